"""What the preview shows: the bytes of a build, one script more, and what is wrong."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import pytest

from generator import policy, preview
from generator.model import Build
from generator.preview import Link, Shown

Make = Callable[[Mapping[str, str | bytes]], Path]
HOST = "127.0.0.1:8000"
LINK = Link(PurePosixPath("/home/a b"), preview.EDITORS["vscode"])


@pytest.fixture
def good(copy: Path, built: Callable[..., Build]) -> Shown:
    """The good site, shown."""
    return preview.after(None, built(copy, drafts=True))


def test_pages_are_those_of_a_build(good: Shown) -> None:
    """But for the script at their end and the policy, pages are byte for byte what a build writes."""
    assert good.rendered is not None
    for page in good.rendered.pages:
        served = preview.served(page.html, good.url, HOST, "ab12").decode()
        (script,) = re.findall(r'<script async src="/_preview/client\.js\?ab12"[^>]*></script>', served)
        assert policy.without(served.replace(script, "")) == policy.without(page.html)
        assert re.fullmatch(r'<.*\?ab12" data-page="[0-9a-f]{16}" data-bare="[0-9a-f]{16}"></script>', script)


def test_the_policy_lets_one_script_and_one_socket_in(good: Shown) -> None:
    """The policy is the site's own, with the client's address and socket; pages stay on a host without TLS."""
    page = good.page("/")
    before, after = policy.of(page, good.url), preview.policy_of(page, good.url, HOST)
    scripts = next(each for each in before.directives if each.startswith("script-src"))
    expected = {*before.directives} - {scripts, "upgrade-insecure-requests"}
    expected |= {f"{scripts} http://{HOST}/_preview/client.js", f"connect-src ws://{HOST}/_preview/socket"}
    assert {*after.directives} == expected
    assert after.meta in preview.served(page, good.url, HOST, "ab12").decode()


def test_a_page_without_scripts_has_the_clients_only() -> None:
    """Where no script may run, the preview's may, and no other."""
    found = preview.policy_of("<p>Text</p>", "https://small.org", HOST).directives
    assert [each for each in found if "script" in each] == [f"script-src http://{HOST}/_preview/client.js"]


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/visit/", "visit/index.html"),
        ("/visit", None),
        ("//visit/", None),
        ("/../site.yaml", None),
        ("/site.yaml", None),
        ("/.git/config", None),
        ("/visit/../index.html", None),
        ("visit/", None),
        ("", None),
    ],
)
def test_only_finished_files_are_there(good: Shown, path: str, file: str | None) -> None:
    """A path names a file of the output, to the letter, or nothing."""
    assert good.file(path) == file


def test_a_path_without_its_slash_is_moved(good: Shown) -> None:
    """As static hosts do it, for pages only, and never to another host."""
    assert good.moved("/visit") == "/visit/"
    assert [good.moved(path) for path in ("/nowhere", "/visit/", "//visit", "/assets")] == ["", "", "", ""]


def test_a_site_below_a_path(copy: Path, built: Callable[..., Build]) -> None:
    """A site that will stand below a path is previewed below it."""
    shown = preview.after(None, built(copy, base_url="https://a.org/repo"))
    assert (shown.file("/repo/"), shown.file("/"), shown.file("/repository/")) == ("index.html", None, None)
    assert (shown.base_path, shown.moved("/repo")) == ("/repo", "/repo/")


def test_pages_stay_while_there_is_nothing_to_show(copy: Path, built: Callable[..., Build]) -> None:
    """After a mistake that leaves nothing, the last good pages are shown, and what is wrong; then the new ones."""
    first = preview.after(None, built(copy))
    text = (copy / "site.yaml").read_text("utf-8")
    (copy / "site.yaml").write_text(text.replace("  name:", "name:", 1), "utf-8")
    broken = preview.after(first, built(copy))
    assert broken.is_stopped
    assert (broken.rendered, broken.number) == (first.rendered, 2)
    told = preview.message(broken, "/", LINK)
    assert (told["stopped"], told["page"]) == (True, preview.message(first, "/", LINK)["page"])
    (copy / "site.yaml").write_text(text, "utf-8")
    assert not preview.after(broken, built(copy)).is_stopped


def test_nothing_to_show_at_first(make: Make, built: Callable[..., Build]) -> None:
    """Where there has never been a page, an empty one stands there, with the script, and is told of the mistakes."""
    shown = preview.after(None, built(make({"site.yaml": "site: [\n"})))
    assert b"client.js" in preview.served(shown.page("/"), shown.url, HOST, "ab12")
    problems = preview.message(shown, "/", LINK)["problems"]
    assert isinstance(problems, list)
    assert [problem["severity"] for problem in problems] == ["error"]


def test_a_problem_has_all_that_is_told_of_it(copy: Path, built: Callable[..., Build]) -> None:
    """Place, sentence, excerpt with its caret, hint, and the address that opens the file there."""
    text = (copy / "content/page.md").read_text("utf-8")
    (copy / "content/page.md").write_text(text.replace("(visit/)", "(vist/)"), "utf-8")
    told = preview.message(preview.after(None, built(copy)), "/", LINK)
    assert told["problems"] == [
        {
            "place": "content/page.md:12:28",
            "link": "vscode://file/home/a%20b/content/page.md:12:28",
            "severity": "error",
            "message": "the link 'vist/' leads to no page of this site",
            "excerpt": [
                "    12 | Welcome. [Plan your visit](vist/), or read [the questions](#questions).",
                "                                    ^",
            ],
            "hint": "did you mean /visit/?",
        }
    ]


def test_what_stops_the_pages_is_told_first(copy: Path, built: Callable[..., Build]) -> None:
    """Of many problems those come first that leave nothing to show; of very many, the rest is counted."""
    text = "".join(f"[{number}](nowhere{number}/) \n" for number in range(150))
    (copy / "content/page.md").write_text(f"---\ntitle: Home\n---\n\n{text}{{{{ nobody }}}}\n", "utf-8")
    told = preview.message(preview.after(None, built(copy)), "/", LINK)
    assert isinstance(told["problems"], list)
    assert (len(told["problems"]), told["errors"], told["warnings"]) == (100, 151, 0)
    (copy / "templates/plain.html").write_text("{% if %}")
    told = preview.message(preview.after(None, built(copy)), "/", LINK)
    assert isinstance(told["problems"], list)
    assert told["problems"][0]["place"] == "templates/plain.html:1:7"


def test_parts_know_their_files_and_drafts_what_they_wait_for(good: Shown) -> None:
    """Each section and question of a page is told with its file; a draft with its reason."""
    told = preview.message(good, "/", LINK)
    files: Mapping[str, Mapping[str, str]] = told["files"]  # type: ignore[assignment]
    assert files["cost"]["link"] == "vscode://file/home/a%20b/content/faq/10-cost.md:1:1"
    assert {slug: each["draft"] for slug, each in files.items() if each["draft"]} == {
        "plans": "Draft: the council agrees"
    }
    assert told["file"] == {"path": "content/page.md", "link": LINK.to("content/page.md", 1, 1), "draft": ""}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("vscode", "vscode://file/C:/a%20b/x.md:2:3"),
        ("zed", "zed://file/C:/a%20b/x.md:2:3"),
        ("idea", "idea://open?file=C:/a%20b/x.md&line=2&column=3"),
        ("none", ""),
    ],
)
def test_editors_are_opened_by_addresses(name: str, address: str) -> None:
    """Each editor has its own form; spaces and the like are written as addresses want them."""
    assert Link(PurePosixPath("C:/a b"), preview.EDITORS[name]).to("x.md", 2, 3) == address


PAGE = "<html><head>{meta}<style>{style}</style><link rel='stylesheet' href='{sheet}'></head>{body}</html>"


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [({}, True), ({"style": "b{}"}, True), ({"sheet": "/c.css"}, True), ({"body": "<p>"}, False)],
)
def test_a_page_is_compared_without_its_styles(changed: Mapping[str, str], is_same: bool) -> None:  # noqa: FBT001
    """What differs in style sheets only need not be loaded anew; the policy follows from them."""
    texts = {"style": "a{}", "sheet": "/a.css", "body": ""}
    pages = [policy.stated(PAGE.format(meta="", **{**texts, **more}), "https://a.org") for more in ({}, changed)]
    before, after = map(preview.look, pages)
    assert (before.bare == after.bare, before.page == after.page) == (is_same, not changed)


def test_one_line_is_printed_of_each_build(good: Shown) -> None:
    """What changed, how many pages, how long it took."""
    assert preview.line(good, (), 0.0123) == "built: 4 pages, 12 ms"
    assert preview.line(good, ("a.md",), 0.1) == "a.md: 4 pages, 100 ms"
    assert preview.line(good, ("a.md", "b.md"), 1.5) == "2 files: 4 pages, 1500 ms"
