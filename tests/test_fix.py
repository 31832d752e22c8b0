"""Figures typed by hand are replaced where a visitor reads the same, letter for letter; all else is left alone."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model import Build, Options
from generator.pipeline import build
from tests.conftest import TODAY
from tests.test_build import call
from tests.test_typed import SITE, page

Make = Callable[[Mapping[str, str | bytes]], Path]
TEMPLATE = "<title>{{ page.title }}</title>{{ page.body }}"


def text_of(made: Build) -> str:
    """Return what is read on the home page: its HTML without links."""
    return " ".join(re.sub(r"</?a\b[^>]*>", "", made.files["index.html"].decode()).split())


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Call 561-555-0100 now.", "Call {{ phones.desk }} now."),
        ("Call **561-555-0199**.", "Call **{{ phones.office }}**."),
        (
            "[Ring](tel:+15615550100) or [text](sms:988).",
            "[Ring]({{ phones.desk.tel }}) or [text]({{ phones.help.sms }}).",
        ),
        ("[561-555-0100](tel:+15615550100)", "[{{ phones.desk }}]({{ phones.desk.tel }})"),
        ("It takes 30 or more days.", "It takes {{ courses.crawl.length }}."),
        ("It takes at least 30 days.", "It takes {{ courses.crawl.length.at_least }}."),
        ("It takes thirty days.", "It takes {{ courses.crawl.length.least.words }} days."),
        ("A 30-day course.", "A {{ courses.crawl.length.least }}-day course."),
        ("Come 3 to 5 days a\nweek.", "Come {{ courses.crawl.days }}."),
        ("Come 3\u20135 days a week.", "Come {{ courses.crawl.days.short }}."),
        ("Come three to five days.", "Come {{ courses.crawl.days.amount.words }}."),
        ("Come 3-5 days a week.", "Come {{ courses.crawl.days.least }}-{{ courses.crawl.days.most }} days a week."),
        ("It takes 30\u00a0or more days.", "It takes {{ courses.crawl.length.least }}\u00a0or more days."),
        ("Buy a 10-visit ticket.", "Buy a {{ tickets }}."),
        ("[The way](https://pool.org/map)", "[The way]({{ map }})"),
        ("> Call 988.\n\n- 30 or more days\n", "> Call {{ phones.help }}.\n\n- {{ courses.crawl.length }}\n"),
    ],
)
def test_what_is_replaced(make: Make, capsys: pytest.CaptureFixture[str], typed: str, written: str) -> None:
    """The file names the fact, the page reads the same, and nothing is left to say."""
    root = make({"site.yaml": SITE, **page(typed)})
    before = text_of(build(root, Options(TODAY)))
    status, _, err = call(capsys, "check", "--fix", "--quiet", "--source", root)
    assert written == (root / "content/page.md").read_text("utf-8").split("---\n\n")[1].rstrip("\n") + (
        "\n" if typed.endswith("\n") else ""
    )
    assert before == text_of(build(root, Options(TODAY)))
    assert (status, " is now {{ " in err) == (0, True)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Call (561) 555-0100.", "no form of the fact reads just like it ('561-555-0100')"),
        ("Call 561.555.0100.", "no form of the fact reads just like it"),
        ("Call 561&#8209;555&#8209;0100.", "no form of the fact reads just like it"),
        ("[Ring](tel:561-555-0100)", "no form of the fact reads just like it"),
        ("Thirty or more days it takes.", "no form of the fact reads just like it"),
        ("It takes *thirty* or more days.", None),
    ],
)
def test_what_is_left_alone(make: Make, capsys: pytest.CaptureFixture[str], typed: str, reason: str | None) -> None:
    """Another spelling stays as it is, and it is said why."""
    root = make({"site.yaml": SITE, **page(typed)})
    before = (root / "content/page.md").read_bytes()
    status, _, err = call(capsys, "check", "--fix", "--source", root)
    if reason:
        assert before == (root / "content/page.md").read_bytes()
        assert (status, f"is left alone: {reason}" in err) == (1, True)
    else:
        assert b"*{{ courses.crawl.length.least.words }}* or more days" in (root / "content/page.md").read_bytes()


def test_contradictions_and_foreign_numbers_are_never_touched(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is for a person to decide."""
    root = make({"site.yaml": SITE, **page("It takes at least 40 days. Call 561-555-0142.")})
    before = (root / "content/page.md").read_bytes()
    status, _, err = call(capsys, "check", "--fix", "--source", root)
    assert (1, before, False) == (status, (root / "content/page.md").read_bytes(), "left alone" in err)


def test_allowed_words_stay(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What is allowed is not typed by mistake."""
    root = make({"site.yaml": SITE, **page("Give 30 days of notice.", 'allow:\n  "30 days": a notice\n')})
    before = (root / "content/page.md").read_bytes()
    call(capsys, "check", "--fix", "--source", root)
    assert before == (root / "content/page.md").read_bytes()


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Call 561-555-0100", "Call {{ phones.desk }}"),
        ("561-555-0100 calls us", '"{{ phones.desk }} calls us"'),
        ("'561-555-0100'", "'{{ phones.desk }}'"),
        ('561-555-0100 is "ours"', None),
        (">\n  Call\n  561-555-0100", ">\n  Call\n  {{ phones.desk }}"),
    ],
)
def test_in_front_matter(make: Make, capsys: pytest.CaptureFixture[str], title: str, written: str | None) -> None:
    """A value that begins with braces gets quotes; one that cannot have them is left alone."""
    root = make({"site.yaml": SITE, "content/page.md": f"---\ntitle: {title}\n---\n"})
    status, _, err = call(capsys, "check", "--fix", "--source", root)
    assert f"---\ntitle: {written or title}\n---\n" == (root / "content/page.md").read_text("utf-8")
    assert (status, "other quotes" in err) == ((0, False) if written else (1, True))


def test_in_templates_and_assets(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Templates name facts too; their code and assets do not."""
    template = (
        '<p title="561-555-0100">Ring 561-555-0199</p>{% set a = "988" %}{{ page.body }}<a href="tel:988">Help</a>'
    )
    files = {"templates/page.html": template, "assets/call.txt": "Call 561-555-0100"}
    root = make({"site.yaml": SITE, **page("x"), **files})
    _, _, err = call(capsys, "check", "--fix", "--source", root)
    written = '<p title="{{ phones.desk }}">Ring {{ phones.office }}</p>{% set a = "988" %}{{ page.body }}'
    written += '<a href="{{ phones.help.tel }}">Help</a>'
    assert (root / "templates/page.html").read_text("utf-8") == written
    assert (root / "assets/call.txt").read_text("utf-8") == "Call 561-555-0100"
    assert "an asset cannot name a fact" in err
    assert "it stands in the code of a template" in err


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_all_other_bytes_stay(make: Make, capsys: pytest.CaptureFixture[str], end: str, mark: str) -> None:
    """Line ends, a byte order mark, odd spaces and a missing last line end stay as they are."""
    lines = ["---", "title: Home", "---", "", "caf\u00e9\u00a0 ", "", "Call 561-555-0100,\t or 988.  ", "", "end"]
    text = mark + end.join(lines)
    root = make({"site.yaml": SITE, "content/page.md": text.encode()})
    call(capsys, "check", "--fix", "--source", root)
    wanted = text.replace("561-555-0100", "{{ phones.desk }}").replace("988", "{{ phones.help }}")
    assert wanted.encode() == (root / "content/page.md").read_bytes()


def test_it_is_done_once(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run changes nothing and says nothing of it."""
    root = make({"site.yaml": SITE, **page("Call 561-555-0100.")})
    call(capsys, "check", "--fix", "--source", root)
    before = (root / "content/page.md").read_bytes()
    status, _, err = call(capsys, "check", "--fix", "--source", root)
    assert (0, before, False) == (status, (root / "content/page.md").read_bytes(), " is now " in err)


def test_what_cannot_be_proven_is_not_done(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a page would read differently, as where a template counts letters, nothing is written."""
    template = "{{ page.body|length }} {{ page.body }}"
    root = make({"site.yaml": SITE, "templates/page.html": template, **page("Call 561-555-0100.")})
    before = (root / "content/page.md").read_bytes()
    _, _, err = call(capsys, "check", "--fix", "--source", root)
    assert before == (root / "content/page.md").read_bytes()
    assert "left alone: no page proves that it would read the same" in err


@pytest.mark.parametrize(
    "typed",
    [
        "It takes thirty (30) days.",
        "Come 3 (three) to 5 (five) days a week.",
        "Call {561-555-0100} now.",
        "Come 3 to 5  \ndays a week.",
        "## It takes 30 or more days\n\nSee [above](#it-takes-30-or-more-days).",
    ],
)
def test_what_would_not_stay_the_same(make: Make, capsys: pytest.CaptureFixture[str], typed: str) -> None:
    """Half a figure, other braces, other spaces, a line break, a heading that is linked to: all stay; others do not."""
    front = "---\ntitle: More\n---\n\n"
    files = {"content/more/page.md": f"{front}{typed}\n", "content/next/page.md": f"{front}Call 561-555-0199.\n"}
    root = make({"site.yaml": SITE, **page("Call 561-555-0100."), **files})
    call(capsys, "check", "--fix", "--source", root)
    assert (root / "content/more/page.md").read_text("utf-8") == f"{front}{typed}\n"
    assert "{{ phones.office }}" in (root / "content/next/page.md").read_text("utf-8")
    assert "{{ phones.desk }}" in (root / "content/page.md").read_text("utf-8")


def test_what_no_page_shows_is_left_alone(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A template that no page is made with proves nothing; a draft is proven as a draft."""
    draft = "---\ntitle: More\ndraft: true\n---\n\nCall 561-555-0100. Call {561-555-0199}.\n"
    root = make({"site.yaml": SITE, **page("x"), "templates/old.html": "561-555-0100", "content/more/page.md": draft})
    call(capsys, "check", "--fix", "--source", root)
    assert (root / "templates/old.html").read_text("utf-8") == "561-555-0100"
    assert (root / "content/more/page.md").read_text("utf-8") == draft.replace("561-555-0100", "{{ phones.desk }}")


def test_links_to_files_stay_links(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a file is a link, what it leads to is changed."""
    root = make({"site.yaml": SITE, **page("x"), "common/more.md": "---\ntitle: More\n---\n\nCall 561-555-0100.\n"})
    (root / "content/faq").mkdir()
    (root / "content/faq/10-more.md").symlink_to("../../common/more.md")
    (root / "templates/page.html").write_text(
        "{{ page.body }}{% for each in page.faq %}{{ each.body }}{% endfor %}", "utf-8"
    )
    call(capsys, "check", "--fix", "--source", root)
    assert (root / "content/faq/10-more.md").is_symlink()
    assert "{{ phones.desk }}" in (root / "common/more.md").read_text("utf-8")
