"""New sections, questions and pages: a file that fits at once, that no visitor sees before it is written."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

import build
from generator import new, write
from generator.check import PLACEHOLDER
from generator.model import Build
from generator.yamlfile import Table, Text, read
from tests.conftest import GOOD
from tests.test_build import call

Make = Callable[[Mapping[str, str | bytes]], Path]

SLUGS = [
    ("May I bring somebody?", "may-i-bring-somebody"),
    ("Müller & Söhne: ÄÖÜ straße", "muller-sohne-aou-strasse"),
    ('What\'s new? It\u2019s "this"!', "whats-new-its-this"),
    ("A/B_c--d   e", "a-b-c-d-e"),
    ("24/7", "24-7"),
    ("København, Łódź", "københavn-łodz"),
    ("İstanbul ﬁne ½", "istanbul-fine-1-2"),
    ("Дом и сад", "дом-и-сад"),
    ("한국어", "한국어"),
    ("🎉 Party 🎉", "party"),
    ("Call {{ phones.desk }} now", "call-now"),
    ("../../etc/passwd", "etc-passwd"),
    ("???", ""),
    ("🎉", ""),
    ("{{ phones.desk }}", ""),
    ("word " * 30, "-".join(["word"] * 12)),
    ("1234 " * 12, "-".join(["1234"] * 12)),
    ("x" * 200, "x" * 60),
    ("語" * 200, "語" * 20),
    ("é" * 59 + " b", "e" * 59),
]


@pytest.mark.parametrize(("title", "slug"), SLUGS)
def test_a_slug_is_made_of_the_words(title: str, slug: str) -> None:
    """Accents and punctuation go, other scripts stay, long ones end with a whole word; facts are no part of it."""
    assert new.slug_of(title) == slug
    assert len(slug.encode()) <= new.LONGEST_SLUG


TITLES = [
    *[title.strip() for title, _ in SLUGS],
    "Detox: is it part of this?",
    'He said "hi"',
    "'quoted' and \\back\\slash",
    "{a: b} [c]",
    "# no comment # at all",
    "- item",
    "a\u00a0b",
    "~",
    "yes",
    "No",
    "null",
    "2026-11-23",
    "2026-13-45",
    "0123",
    "*a &b !c %d @e `f",
    "Who? {{ who }}, \\{{ plain }}",
    "trailing:",
    "x: y",
    "---",
    "| a",
    "a #b",
    "<b>&amp;</b>",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_reads_back_exactly(title: str) -> None:
    """What is written is YAML that gives just this title, to the build and to any other reader."""
    text = f"title: {new.as_yaml(title)}\n"
    assert yaml.safe_load(text) == {"title": title}
    node = read("a.md", text)
    assert isinstance(node, Table)
    assert isinstance(value := node.get("title"), Text)
    assert value.value == title


@pytest.mark.parametrize("title", ["May I bring somebody?", "What's new", "Detox (for adults), at last!"])
def test_a_plain_title_has_no_quotes(title: str) -> None:
    """Nobody meets quotes without need."""
    assert new.as_yaml(title) == title


def test_files_that_fit_at_once(copy: Path, built: Callable[..., Build], capsys: pytest.CaptureFixture[str]) -> None:
    """Each is the next of its kind, has a free address, says what to do, and is checked without a problem."""
    wanted = (
        (("faq", "What does it cost?"), "content/faq/30-what-does-it-cost.md", "(#what-does-it-cost)"),
        (("faq", "Cost"), "content/faq/40-cost-2.md", "(/#cost-2)"),
        (("section", "Cost: again"), "content/sections/100-cost-again.md", "(#cost-again)"),
        (("section", "Questions"), "content/sections/110-questions-2.md", "'questions' is taken"),
        (("section", "Sundays"), "content/sections/120-sundays-2.md", "(#sundays-2)"),
        (("section", "Fees"), "content/sections/130-fees-2.md", "(#fees-2)"),
        (("section", "Ramp"), "content/sections/140-ramp-2.md", "(#ramp-2)"),
        (("section", "Top"), "content/sections/150-top-2.md", "(#top-2)"),
        (("section", "NUL"), "content/sections/160-nul-2.md", "(#nul-2)"),
        (("section", "???"), "content/sections/170-section.md", "(#section)"),
        (("section", "By bus", "--page", "visit"), "content/visit/sections/10-by-bus.md", "(/visit/#by-bus)"),
        (("section", "한국어"), "content/sections/180-한국어.md", "(#한국어)"),
        (("section", "한국어!"), "content/sections/190-한국어-2.md", "(#한국어-2)"),
        (("page", "Visit"), "content/visit-2/page.md", "(/visit-2/)"),
        (("page", "Find us"), "content/find-us-2/page.md", "'find-us' is taken"),
        (("page", "Assets"), "content/assets-2/page.md", "(/assets-2/)"),
        (("page", "FAQ", "--page", "visit"), "content/visit/faq-2/page.md", "(/visit/faq-2/)"),
        (("page", "Bus", "stop", "--page", "/visit/"), "content/visit/bus-stop/page.md", "(/visit/bus-stop/)"),
        (("section", 'Call {{ phones.desk }}: "now"'), "content/sections/200-call-now.md", "(#call-now)"),
    )  # fmt: skip
    with (copy / "content/faq/20-dogs.md").open("a", encoding="utf-8") as dogs:
        dogs.write("\n### Ramp\n\nIt is {{ answers.ramp }}.\n")
    for words, path, said in wanted:
        status, out, err = call(capsys, "new", *words, "--source", copy)
        assert (status, err) == (0, "")
        assert out.splitlines()[0] == str(copy / path)
        assert said in out
        assert "draft:" in out
    assert built(copy).problems == ()
    assert list(built(copy).files) == list(built(GOOD).files)
    for _, path, _ in wanted:
        text = (copy / path).read_text("utf-8")
        (copy / path).write_text(text.replace(f"draft: {new.REASON}\n", "").replace(PLACEHOLDER, "Words."), "utf-8")
    assert built(copy).problems == ()


def test_a_placeholder_is_never_published(
    copy: Path, built: Callable[..., Build], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the line 'draft:' the sentence that holds the place is an error."""
    call(capsys, "new", "section", "New", "--source", copy)
    path = copy / "content/sections/100-new.md"
    assert PLACEHOLDER not in "".join(file.decode() for file in built(copy).files.values())
    path.write_text(path.read_text("utf-8").replace(f"draft: {new.REASON}\n", ""), "utf-8")
    assert [str(problem.location) for problem in built(copy).errors] == ["content/sections/100-new.md:5:1"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what is new; there are: section, faq, page"),
        (("question", "Why?"), "there is no kind 'question'; there are: section, faq, page"),
        (("faq",), "the title is missing"),
        (("faq", " \n "), "the title is missing"),
        (("faq", "\u200b\u00a0"), "the title is missing"),
        (("faq", "Why?", "--page", "visits"), "there is no page 'visits'; the pages are: /, 404, visit, visit/parking"),
        (("faq", "Call (555) 555-0100?"), "2:13: error: '(555) 555-0100' is typed by hand; it is the fact phones.desk"),
        (("faq", "Open five days a week?"), "it is the fact opening.days"),
        (("faq", "{{ phones.dask }}"), "there is no fact 'phones.dask'"),
        (("faq", "{{ phones.desk"), "these braces are never closed"),
        (("page", "At {{ answers.ramp }}"), "nobody has told answers.ramp yet"),
        (("faq", "bell\a"), "there is a character here that no page can show (U+0007)"),
        (("faq", "bad \udcff"), "cannot be read as UTF-8"),
        (("faq", "Which bus?", "--page", "visit"), "no section of this page shows its questions"),
        (("section", "x", "--page", "visit/parking"), "this text is nowhere on the page /visit/parking/"),
    ],
)
def test_what_would_be_a_mistake_is_refused(
    copy: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    """Status 2, a sentence, and nothing is written."""
    before = sorted(copy.rglob("*"))
    status, out, err = call(capsys, "new", *words, "--source", copy)
    assert (status, out) == (2, "")
    assert said in err
    assert sorted(copy.rglob("*")) == before


def test_a_site_with_mistakes_gets_its_file(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong elsewhere is no reason; the number and the address keep clear of files that cannot be read, too."""
    site = make(
        {
            "site.yaml": "site: [",
            "content/page.md": b"\xff\xfe",
            "content/sections/70-a.md": "---\ntitle: A\n---\n\n### Next\n",
            "content/sections/85-b.txt": "",
            "content/sections/c.md": "",
            "content/faq/5-new.md": "",
        }
    )
    assert call(capsys, "new", "section", "New", "--quiet", "--source", site) == (
        0,
        f"{site / 'content/sections/90-new-2.md'}\n",
        "",
    )
    call(capsys, "new", "section", "Next", "--source", site)
    assert (site / "content/sections/100-next-2.md").is_file()
    (site / "content/page.md").unlink()
    assert call(capsys, "new", "faq", "Why?", "--source", site)[0] == 0
    assert (site / "content/faq/10-why.md").is_file()


def test_nothing_is_ever_overwritten(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that came between looking and writing stays as it is."""
    path = copy / "content/faq/30-why.md"
    look = build.names_in

    def look_then_lose(folder: Path) -> list[str]:
        names = look(folder)
        path.write_text("---\ntitle: Mine\n---\n", "utf-8")
        return [name for name in names if name != path.name]

    monkeypatch.setattr(build, "names_in", look_then_lose)
    status, _, err = call(capsys, "new", "faq", "Why?", "--source", copy)
    assert (status, "is there already; nothing was written" in err) == (2, True)
    assert path.read_text("utf-8") == "---\ntitle: Mine\n---\n"


def test_a_disk_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that could not be written whole is gone."""

    def full(path: Path, _: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write.create(tmp_path / "a.md", "text")
    assert list(tmp_path.iterdir()) == []


def test_the_clinics_site(
    site_copy: Callable[[Path], Path], built: Callable[..., Build], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the site itself each kind fits too, on the leaflet as well, as a draft and once it is written."""
    site = site_copy(tmp_path)
    before = built(site)
    for words in (("section", "Exit"), ("faq", "Why?", "--page", "leaflet"), ("page", "Us")):
        assert call(capsys, "new", *words, "--source", site)[0] == 0
    drafts = built(site)
    assert (drafts.problems, drafts.files) == (before.problems, before.files)
    for path in (site / "content").rglob("*.md"):
        text = path.read_text("utf-8").replace(f"draft: {new.REASON}\n", "")
        path.write_text(text.replace(PLACEHOLDER, "Words."), "utf-8")
    assert built(site).problems == before.problems
    assert "us/index.html" in built(site).files
