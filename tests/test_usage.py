"""Where facts are used and which pages they reach: the tool and the finished pages say the same."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model import Build, Options
from generator.pipeline import build
from generator.usage import Usage, in_full, overview, usages
from tests.conftest import GOOD, TODAY
from tests.test_build import call
from tests.test_site import ROOT


@pytest.fixture(scope="module")
def good() -> dict[str, Usage]:
    """The facts of the good site by name."""
    return {use.fact.name: use for use in usages(build(GOOD, Options(TODAY)))}


@pytest.fixture(scope="module")
def clinic() -> Build:
    """The clinic's site."""
    return build(ROOT, Options(TODAY))


def test_each_use_has_its_place() -> None:
    """Markdown, front matter, templates and rules: the uses are just the places where the names stand in the files."""
    files = [path for name in ("content", "templates") for path in (ROOT / name).rglob("*") if path.is_file()]
    lines = [
        (path.relative_to(ROOT).as_posix(), number, line)
        for path in (*files, ROOT / "site.yaml")
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if path.name != "site.yaml" or line.startswith("  - ")
    ]
    for use in usages(build(ROOT, Options(TODAY))):
        name = re.compile(rf"(?<![\w.]){re.escape(use.fact.name)}(?:\.[a-z_]+)*(?![\w.])(?!:)")
        found = {(path, number, at.start() + 1) for path, number, line in lines for at in name.finditer(line)}
        assert {(at.path, at.line, at.column) for at, said in use.uses if said.startswith(use.fact.name)} == found


def test_names_that_stand_twice_in_a_line_have_two_places(make: Callable[..., Path]) -> None:
    """Two uses of one name in one line of a template are two places."""
    site = "site:\n  name: A\n  url: https://a.org\nfacts:\n  a: b\n"
    root = make({"site.yaml": site, "templates/page.html": "<p>{{ a }} and {{ a }}</p>{{ page.body }}\n{{ a }}"})
    (found,) = usages(build(root, Options(TODAY)))
    assert [f"{at.line}:{at.column}" for at, _ in found.uses] == ["1:7", "1:19", "2:4"]
    assert found.pages == {"/": 3}


def test_a_name_in_a_rule_has_its_column() -> None:
    """Both sides of a rule are uses, though one name begins like another."""
    uses = {use.fact.name: use for use in usages(build(GOOD, Options(TODAY)))}["opening.hours"].uses
    assert [str(at) for at, _ in uses if at.path == "site.yaml"] == ["site.yaml:29:27", "site.yaml:30:26"]


def test_pages_count_what_they_print(good: dict[str, Usage]) -> None:
    """A fact in a template reaches every page that is made with it; a label is not the number."""
    every_page = {"/", "/404.html", "/visit/", "/visit/parking/"}
    assert every_page == set(good["phones.desk"].pages)
    assert every_page == set(good["phones.toll_free"].pages)
    assert good["opening.week"].pages == {"/": 2, "/visit/parking/": 1}


def test_a_fact_that_nobody_has_told_is_printed_nowhere(good: dict[str, Usage]) -> None:
    """Paragraphs that ask for it are left out, and so it is on no page."""
    assert good["answers.ramp"].pages == {}
    assert len(good["answers.ramp"].uses) == 2


def test_what_is_left_out_uses_its_facts_all_the_same(make: Callable[[Mapping[str, str]], Path]) -> None:
    """In titles, names and texts that no page shows yet, and below headings that are left out, each use counts."""
    files = {
        "site.yaml": "site:\n  name: S\n  url: https://s.org\nfacts:\n  who: {ask: 'Who?'}\n  desk: {number: 211}\n",
        "content/sections/1-a.md": "---\ntitle: A {{ who }}\nnav: N {{ who }}\n---\n\n{{ desk }}\n",
        "content/sections/2-b.md": "---\ntitle: B\n---\n\n## H {{ who }}\n\n{{ desk }}\n",
    }
    made = build(make(files), Options(TODAY))
    assert made.problems == ()
    who, desk = usages(made)
    a, b = "content/sections/1-a.md", "content/sections/2-b.md"
    assert [str(at) for at, _ in who.uses] == [f"{a}:2:13", f"{a}:3:11", f"{b}:5:9"]
    assert [str(at) for at, _ in desk.uses] == [f"{a}:6:4", f"{b}:7:4"]
    assert (who.pages, desk.pages) == ({}, {})


def texts(made: Build) -> dict[str, str]:
    """Return each page's HTML by its address, without scripts and styles but for JSON-LD."""
    pages = made.rendered.pages if made.rendered else ()
    return {
        page.page.address: re.sub(r'(?s)<(style|script)\b(?! type="application/ld).*?</\1>', "", page.html)
        for page in pages
    }


def test_the_clinics_numbers_are_where_the_tool_says(clinic: Build) -> None:
    """For each phone: as many places on each page as its digits are found by searching the output."""
    for use in usages(clinic):
        if use.fact.value.WORD == "phone":
            shown = use.fact.forms()[""]()
            search = re.compile(rf'(?<![\d:+]){shown}(?!\d)|href="(?:sms|tel):{shown}">(?=[A-Za-z])')
            found = {address: len(search.findall(text)) for address, text in texts(clinic).items()}
            assert {page: times for page, times in found.items() if times} == seen(use), use.fact.name


def test_every_figure_is_where_the_tool_says(clinic: Build) -> None:
    """For each quantity: the pages that the tool names are those where one of its forms is found."""
    for use in usages(clinic):
        if use.fact.value.WORD == "quantity":
            forms = [
                str(form()) for name, form in use.fact.forms().items() if name in {"", "at_least", "words", "amount"}
            ]
            found = {address for address, text in texts(clinic).items() if any(form in text for form in forms)}
            assert found == set(seen(use)), use.fact.name


def seen(use: Usage) -> dict[str, int]:
    """Return the pages that print a fact."""
    return {page: times for page, times in use.pages.items() if times}


# ---------------------------------------------------------------- the command


def test_the_overview_has_a_line_for_each_fact(clinic: Build) -> None:
    """Name, value, how often it is used and seen, when it was checked."""
    lines = overview(usages(clinic)).splitlines()
    assert list(clinic.site.facts.by_name) == [line.split()[0] for line in lines]
    (line,) = (line for line in lines if line.startswith("crisis.lifeline"))
    assert re.fullmatch(r"crisis\.lifeline +988 +\d+ uses, \d+ places on 3 pages +checked \d{4}-\d\d-\d\d", line)


def test_one_fact_in_full(clinic: Build) -> None:
    """Its forms, its uses and its pages."""
    (use,) = (use for use in usages(clinic) if use.fact.name == "phones.consultation")
    text = in_full(use)
    for words in (
        "phones.consultation: 561-899-6088 (phone, site.yaml:",
        "{{ phones.consultation.tel }}",
        "tel:+15618996088",
        "content/sections/10-call.md:7:8  phones.consultation",
        f"{sum(use.pages.values())} places on 3 pages",
        f"/leaflet/ ({use.pages['/leaflet/']} times)",
    ):
        assert words in text


def test_the_command_shows_one_fact_a_group_or_all(capsys: pytest.CaptureFixture[str]) -> None:
    """A name is a fact or a group."""
    status, out, err = call(capsys, "facts", "--source", GOOD, "--today", "2026-03-01")
    assert (status, err, len(out.splitlines())) == (0, "", 12)
    assert call(capsys, "facts", "phones.desk", "--source", GOOD)[1].startswith("phones.desk: (555) 555-0100 (phone, ")
    assert call(capsys, "facts", "phones", "--source", GOOD)[1].count("used in") == 3


def test_the_command_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json: name, kind, value, checked, uses with their places, pages."""
    status, out, _ = call(capsys, "facts", "opening.loan", "--json", "--source", GOOD)
    (fact,) = json.loads(out)["facts"]
    assert (
        status, fact["name"], fact["kind"], fact["value"], fact["checked"],
    ) == (0, "opening.loan", "quantity", "21 days", "2026-01-05")  # fmt: skip
    assert fact["uses"][0] == {
        "path": "content/faq/10-cost.md",
        "line": 7,
        "column": 13,
        "name": "opening.loan.at_least.words",
    }
    assert "/" in fact["pages"]


@pytest.mark.parametrize(
    "words",
    [("facts", "phones.dsk"), ("facts", "phones", "desk"), ("facts", "--fix"), ("check", "--json"), ("build", "x")],
)
def test_wrong_calls(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """A fact that is not there, a word too many, an option of another command: status 2."""
    status, out, err = call(capsys, *words, "--source", GOOD)
    assert (status, out) == (2, "")
    assert "error: " in err


def test_an_unknown_fact_has_a_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """The name that was probably meant is said."""
    assert "did you mean phones.desk?" in call(capsys, "facts", "phones.dsk", "--source", GOOD)[2]


def test_without_facts_that_can_be_read(make: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is told, with status 1."""
    root = make({"site.yaml": "site:\n  name: A\n  url: https://a.org\nfacts: [x]\n"})
    status, out, err = call(capsys, "facts", "--source", root)
    assert (status, out) == (1, "")
    assert "site.yaml:4:8: error: " in err
