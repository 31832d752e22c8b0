"""One mistake, many effects: each effect is told once, at its place, and what only follows from it is not told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model import Build

Change = Callable[[Path], object]


def put(file: str, good: str, bad: str) -> Change:
    """Return what replaces a text in a file."""

    def run(site: Path) -> None:
        text = (site / file).read_text("utf-8")
        assert good in text
        (site / file).write_text(text.replace(good, bad, 1), "utf-8")

    return run


def move(old: str, new: str) -> Change:
    """Return what renames a file or folder."""
    return lambda site: (site / old).rename(site / new)


def remove(name: str) -> Change:
    """Return what takes a file or folder away."""
    return lambda site: shutil.rmtree(site / name) if (site / name).is_dir() else (site / name).unlink()


HOME, VISIT, COST, QUESTIONS = (
    "content/page.md",
    "content/visit/page.md",
    "content/faq/10-cost.md",
    "content/sections/30-questions.md",
)
PARKING, CALL, SHELVES = (
    "content/visit/parking/page.md",
    "content/sections/10-call.md",
    "content/sections/20-collections.md",
)
BASE, PAGE, PLAIN = "templates/base.html", "templates/page.html", "templates/plain.html"
ASKS = (
    put(HOME, "Welcome.", "Welcome. [Cost](#cost)."),
    put("content/404/page.md", "Go ", "[Cost](/#cost). Go "),
)
"""With the one that is there three links to a question, in three files."""

# fmt: off
EFFECTS = {
    # what happened: what was done, each place, and what the hint says there
    "a question renamed a little": ((*ASKS, move(COST, "content/faq/10-costs.md")), (
        ("content/404/page.md:5:8", "did you mean #costs?"),
        (f"{HOME}:12:17", "did you mean #costs?"),
        (f"{VISIT}:7:60", "did you mean #costs?"),
    )),
    "a question renamed altogether": ((*ASKS, move(COST, "content/faq/10-price.md")), (
        ("content/404/page.md:5:8", "10-call.md is #call"),
        (f"{HOME}:12:17", "10-call.md is #call"),
        (f"{VISIT}:7:60", "10-call.md is #call"),
    )),
    "a folder renamed": ((move("content/visit", "content/visits"),), (
        (f"{HOME}:12:28", "did you mean /visits/?"),
        (f"{SHELVES}:11:37", "did you mean /visits/parking/?"),
        (f"{SHELVES}:23:7", "did you mean /visits/?"),
        (f"{BASE}:15:83", "did you mean /visits/?"),  # on all five pages
    )),
    "a fact renamed": ((put("site.yaml", "    desk:", "    front_desk:"),), (
        (f"{HOME}:3:33", "did you mean phones.front_desk?"),
        (f"{CALL}:2:17", "did you mean phones.front_desk?"),
        (f"{CALL}:6:5", "did you mean phones.front_desk?"),
        (f"{BASE}:10:53", "did you mean phones.front_desk?"),
        (f"{BASE}:15:4", "did you mean phones.front_desk.link?"),
        (f"{BASE}:15:27", "did you mean phones.front_desk.label?"),
    )),
    "a fact renamed beyond recognition": ((put("site.yaml", "    loan:", "    lending:"),), (
        (f"{COST}:7:13", "did you mean opening.lending.at_least.words?"),
        (f"{CALL}:11:85", "did you mean opening.lending.amount?"),
        (f"{SHELVES}:8:12", "did you mean opening.lending.least?"),
        ("site.yaml:30:5", "did you mean opening.lending?"),
        (f"{BASE}:10:74", "did you mean opening.lending.least?"),
    )),
    "a fact that only a template names, renamed": ((put("site.yaml", "  motto:", "  creed:"), put(
        HOME, "{{ motto }}", ""), put(PLAIN, "{{ page.body }}", "{{ page.body }}{{ motto }}")), (
        (f"{PLAIN}:2:60", "check the spelling"),
    )),
    "a group renamed": ((put("site.yaml", "  answers:", "  questions:"),), (
        (f"{HOME}:16:21", "did you mean questions.ramp?"),
        (f"{CALL}:12:26", "did you mean questions.ramp?"),
    )),
    "a template that fails on every page": ((put(BASE, "{{ page.url }}", "{{ page.url / 0 }}"),), (
        (f"{BASE}:7:1", "join texts with '~'"),
    )),
    "a name that fails on every page": ((put(BASE, "<body>", "<body>{% set s = page.sections %}{{ s.foo }}"),), (
        (f"{BASE}:12:1", "check the names"),
    )),
    "a template that cannot be read": ((put(BASE, "<body>", "<body>{% if %}"),), ((f"{BASE}:12:13", "write what"),)),
    "a template that two others extend, gone": ((remove(BASE),), (
        (f"{PAGE}:1:13", "did you mean page.html?"),
        (f"{PLAIN}:1:13", "did you mean page.html?"),
    )),
    "the template of all pages, gone": ((remove(PAGE),), ((f"{PAGE}:1:1", "write it"),)),
    "the template of all pages, empty": ((put(PAGE, (Path(__file__).parent / "sites/good" / PAGE).read_text("utf-8"), ""),), (
        (f"{PAGE}:1:1", "{{ page.body }}"),
    )),
    "a template that shows no page": ((put(BASE, "{% block body %}{% endblock %}", ""),), ((f"{PAGE}:1:1", "page.body"),)),
    "a style sheet gone": ((remove("assets/screen.css"),), ((f"{BASE}:8:40", "did you mean print.css?"),)),
    "a picture gone": ((remove("assets/door.svg"),), ((f"{HOME}:14:15", "put the file into assets/"),)),
    "a page that is a draft": ((put(VISIT, "title:", "draft: true\ntitle:"),), (
        (f"{HOME}:12:28", f"or the line 'draft:' in {VISIT}"),
        (f"{SHELVES}:23:7", f"or the line 'draft:' in {VISIT}"),
        (f"{PARKING}:8:18", f"or the line 'draft:' in {VISIT}"),
        (f"{BASE}:15:83", f"or the line 'draft:' in {VISIT}"),
    )),
    "a question that is a draft": ((put(COST, "title:", "draft: true\ntitle:"),), ((f"{VISIT}:7:60", "or the line 'draft:'"),)),
    "questions that no section shows": ((put(QUESTIONS, "part: faq\n", ""),), (
        (f"{HOME}:1:1", "write 'part: faq' below the title"),
        (f"{VISIT}:7:60", f"does not show {COST}"),
    )),
    "the same link three times": ((put(VISIT, "mailto:desk@rivertown.org", "x:1) [x](x:1) [x](x:1"),), (
        (f"{VISIT}:7:92", "https:, tel:, sms: or mailto:"),
        (f"{VISIT}:7:101", "https:, tel:, sms: or mailto:"),
        (f"{VISIT}:7:110", "https:, tel:, sms: or mailto:"),
    )),
    "a folder of pictures that is linked": (
        (lambda site: (site / "content/tour").mkdir(), lambda site: (site / "content/tour/a.png").write_bytes(b""),
         put(HOME, "Welcome.", "Welcome. [Tour](tour/).")), (
        (f"{HOME}:12:17", "a page is linked by its address"),
        ("content/tour/a.png:1:1", "belong in assets/"),
    )),
    "questions that no section shows, and a draft": (
        (put(QUESTIONS, "part: faq\n", ""), put(VISIT, "a question](../#cost)", "home](../)")), (
        (f"{HOME}:1:1", "write 'part: faq' below the title"),
    )),
    "questions of a section that is a draft": (
        (put(QUESTIONS, "part:", "draft: true\npart:"), put(VISIT, "a question](../#cost)", "home](../)")), (
        (f"{HOME}:12:61", "or the line 'draft:'"),
    )),
    # one cause, and nothing but it
    "parts and a picture without a page": (
        (lambda site: (site / "content/tour/faq").mkdir(parents=True),
         lambda site: (site / "content/tour/a.png").write_bytes(b"")), (
        ("content/tour/a.png:1:1", "belong in assets/"),
        ("content/tour/page.md:1:1", "write it"),
    )),
    "site.yaml that cannot be read": ((put("site.yaml", "  name: R", '  name: "R'),), (("site.yaml:3:9", "same quote"),)),
    "site.yaml with a tab in its last line": ((put("site.yaml", "  - opening.week.most", "\t- opening.week.most"),), (
        ("site.yaml:30:1", "indent with spaces"),
    )),
    "the facts misspelt": ((put("site.yaml", "\nfacts:", "\nfact:"),), (("site.yaml:7:1", "did you mean facts?"),)),
    "the facts stand in": ((put("site.yaml", "\nfacts:", "\n  facts:"),), (("site.yaml:7:3", "at the very beginning"),)),
    "the site misspelt": ((put("site.yaml", "site:", "sites:"),), (("site.yaml:2:1", "did you mean site?"),)),
    "a phone that cannot be read": ((put("site.yaml", "555-0100", "555-010"),), (("site.yaml:10:15", "3, 10 or 11"),)),
    "a quantity that cannot be read": ((put("site.yaml", "6-8 hours", "6-8 huors"),), (("site.yaml:17:12", "hours?"),)),
    "a group that is there twice": ((put("site.yaml", "    week:", "  opening:\n    week:"),), (("site.yaml:19:3", "line 16"),)),
    "a title whose quote is not closed": ((put(HOME, "title: R", 'title: "R'),), ((f"{HOME}:2:8", "same quote"),)),
    "no title": ((put(COST, "title:", "titel:"),), ((f"{COST}:2:1", "did you mean title?"),)),
    "a part that cannot be read": ((put(QUESTIONS, "title: Q", 'title: "Q'),), ((f"{QUESTIONS}:2:8", "same quote"),)),
    "a part misspelt": ((put(QUESTIONS, "part:", "prat:"),), ((f"{QUESTIONS}:4:1", "did you mean part?"),)),
    "a template misspelt": ((put(PARKING, "template:", "templte:"),), ((f"{PARKING}:3:1", "did you mean template?"),)),
    "allowed words that cannot be read": ((put(HOME, "allow:", "alow:"),), ((f"{HOME}:8:1", "did you mean allow?"),)),
    "allowed words as a list": ((put(HOME, '  "21 days": how', '  - "21 days": how'),), ((f"{HOME}:9:3", "below it"),)),
    "a page without front matter": ((put(HOME, "---\n", ""),), ((f"{HOME}:1:1", "begin it with"),)),
    "a page saved as UTF-16": ((lambda site: (site / PARKING).write_text("---\n", "utf-16"),), ((f"{PARKING}:1:1", "UTF-8"),)),
    "a page misspelt": ((move(VISIT, "content/visit/Page.md"),), (("content/visit/Page.md:1:1", "call it page.md"),)),
    "a page of another name": ((move(VISIT, "content/visit/visit.md"),), (("content/visit/visit.md:1:1", "call it page.md"),)),
    "a question without a number": ((move(COST, "content/faq/cost.md"),), (("content/faq/cost.md:1:1", "10-cost.md"),)),
    "the questions misspelt": ((move("content/faq", "content/faqs"),), (("content/faqs:1:1", "did you mean faq?"),)),
    "the sections misspelt": ((move("content/sections", "content/section"),), (("content/section:1:1", "did you mean sections?"),)),
}
# fmt: on


@pytest.mark.parametrize("name", EFFECTS)
def test_each_effect_is_told_once(copy: Path, built: Callable[..., Build], name: str) -> None:
    """Nothing is told twice, nothing but what has to be changed is told, and hints name what was probably meant."""
    changes, expected = EFFECTS[name]
    for change in changes:
        change(copy)
    problems = built(copy).problems
    assert [str(problem.location) for problem in problems] == [place for place, _ in expected]
    assert [hint for problem, (_, hint) in zip(problems, expected, strict=True) if hint not in problem.hint] == []
