"""Figures typed by hand are told at their place, with what to write instead; and there is a way out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model import Build

SITE = """\
site:
  name: Pool
  url: https://pool.org
facts:
  phones:
    desk: {number: 561-555-0100, label: Front desk}
    office: {number: 561-555-0199}
    help: {number: 988, label: Crisis line}
  courses:
    crawl:
      name: crawl course
      short: CC
      hours: 2+ hours a day
      days: 3-5 days a week
      length: 30+ days
    dive:
      name: diving lessons
      hours: 6+ hours a day
  tickets: 10-visit ticket
  map: https://pool.org/map
"""
Make = Callable[[Mapping[str, str | bytes]], Path]
Found = list[tuple[str, str]]
RULES = {"typed-by-hand", "contradiction", "unknown-phone", "unused-allow", "beside-fact"}


@pytest.fixture
def told(make: Make, built: Callable[..., Build]) -> Callable[[Mapping[str, str]], Found]:
    """Build a site with these files, and return where figures were found, and what was said."""

    def run(files: Mapping[str, str]) -> Found:
        problems = built(make({"site.yaml": SITE, **files})).problems
        return [(str(problem.location), problem.message) for problem in problems if problem.rule in RULES]

    return run


def page(body: str, front: str = "") -> dict[str, str]:
    """Return a home page with this text, from line 6 on, and this front matter."""
    return {"content/page.md": f"---\ntitle: Home\n{front}---\n\n{body}\n"}


@pytest.mark.parametrize(
    ("body", "column", "said"),
    [
        ("Call (561) 555-0100.", 6, "'(561) 555-0100' is typed by hand; it is the fact phones.desk"),
        ("Call **561**.555.0100", 8, "'561.555.0100' is typed by hand; it is the fact phones.desk"),
        ("Call 561&#8209;555&nbsp;0199", 6, "'561-555 0199' is typed by hand; it is the fact phones.office"),
        ("[Ring](tel:+15615550100)", 12, "'+15615550100' is typed by hand; it is the fact phones.desk"),
        ("![Call 561-555-0100](x.png)", 8, "'561-555-0100' is typed by hand; it is the fact phones.desk"),
        ('[a](https://a.org "ring 561-555-0100")', 25, "'561-555-0100' is typed by hand; it is the fact phones.desk"),
        ("In danger? Dial nine-eight-eight.", 17, "'nine-eight-eight' is typed by hand; it is the fact phones.help"),
        ("The crawl course takes *thirty* days.", 25,
         "'thirty days' is typed by hand; it is the fact courses.crawl.length"),
        ("Come three to\nfive days a week.", 6,
         "'three to five days a week' is typed by hand; it is the fact courses.crawl.days"),
        ("Buy a ten-visit ticket.", 7, "'ten-visit ticket' is typed by hand; it is the fact tickets"),
        ("[Way](https://pool.org/map)", 7, "'https://pool.org/map' is typed by hand; it is the fact map"),
        ("Plan on at least 40 days.", 9,
         "'at least 40 days' contradicts courses.crawl.length, which is '30+ days' (site.yaml:15)"),
        (
            "Diving lessons take up to 8 hours a day.",
            21,
            "'up to 8 hours a day' contradicts courses.dive.hours, which is '6+ hours a day' (site.yaml:18)",
        ),
        ("Call 561-555-0142.", 6, "'561-555-0142' is a phone number that is no fact"),
        ("Call 1-800-555-SWIM.", 6, "'1-800-555-SWIM' is a phone number that is no fact"),
        ("[Ring](sms:5615550142)", 12, "'5615550142' is a phone number that is no fact"),
    ],
)  # fmt: skip
def test_in_markdown(told: Callable[[Mapping[str, str]], Found], body: str, column: int, said: str) -> None:
    """A figure in Markdown is told once, at its first character."""
    found = told({**page(body), "assets/x.png": ""})
    assert [(f"content/page.md:5:{column}", said)] == found


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("The tour takes 60 minutes.", "'60 minutes' contradicts tour, which is '90 minutes'"),
        ("Each lesson lasts 30 minutes.", "'30 minutes' contradicts lessons.length, which is '45 minutes'"),
        ("Lessons take 45 minutes.", "'45 minutes' is typed by hand; it is the fact lessons.length"),
        ("The walk takes 60 minutes.", ""),
    ],
)
def test_groups_without_a_name(make: Make, built: Callable[..., Build], body: str, said: str) -> None:
    """A group without texts, and a fact in no group, are called by their keys."""
    site = "site:\n  name: A\n  url: https://a.org\nfacts:\n  tour: 90 minutes\n  lessons: {length: 45 minutes}\n"
    found = [each.message for each in built(make({"site.yaml": site, **page(body)})).problems if each.rule in RULES]
    assert [message[: len(said)] for message in found] == ([said] if said else [])


def test_nothing_is_said_of_facts_code_and_other_numbers(told: Callable[[Mapping[str, str]], Found]) -> None:
    """References, code and figures of other things are left alone."""
    body = """\
{{ courses.crawl.length }} and {{ courses.crawl.days.short }}, `30 days`, 12 steps, 24 hours a day, in 2019.

```
561-555-0100
```

We live at 988 Elm Street. She works 40 hours a week. Two of the three came.
"""
    assert told(page(body)) == []


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Crawl in 30 days", "2:17"),
        ('"Crawl in 30 days"', "2:18"),
        ("'It''s 30 days'", "2:15"),
        (">-\n  Crawl in\n  30 days", "4:3"),
    ],
)
def test_in_front_matter(told: Callable[[Mapping[str, str]], Found], title: str, place: str) -> None:
    """A figure in a title is told at its place, however the title is quoted."""
    found = told({"content/page.md": f"---\ntitle: {title}\n---\n"})
    assert [(f"content/page.md:{place}", "'30 days' is typed by hand; it is the fact courses.crawl.length")] == found


@pytest.mark.parametrize(
    ("template", "column"),
    [
        ("<p>Call <b>561</b>-555-0100</p>", 12),
        ("<p title='Ring 561-555-0100'></p>", 16),
        ('<a href="tel:+15615550100">x</a>', 14),
        ('<p data-call="561-555-0100"></p>', 15),
        ('<script type="application/ld+json">{"telephone": "561-555-0100"}</script>', 51),
        ('{% set phone = "561-555-0100" %}', 17),
        ('{{ "561-555-0100" }}', 5),
    ],
)
def test_in_a_template(told: Callable[[Mapping[str, str]], Found], template: str, column: int) -> None:
    """A figure in a template is told: in its text, its attributes, its scripts and its code."""
    found = told({"templates/page.html": f"<title>x</title>\n{template}", **page("")})
    assert [f"templates/page.html:2:{column}"] == [place for place, _ in found]


def test_not_in_the_comments_of_a_template(told: Callable[[Mapping[str, str]], Found]) -> None:
    """What no visitor reads is not looked at."""
    template = "{# call 561-555-0100 #}<!-- 30 days --><style>p{margin:30px}</style><code>30 days</code>"
    assert told({"templates/page.html": template, **page("")}) == []


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("door.svg", "<svg><title>Call\n561-555-0100</title></svg>", "2:1"),
        ("call.js", "// 561-555-0100\nvar a = '561-555-0100'", "2:10"),
        ("site.css", "/* 30 days */\n.a::after { content: 'thirty days' }", "2:23"),
        ("robots.txt", "Call us:\n\n561-555-0100", "3:1"),
    ],
)
def test_in_an_asset(told: Callable[[Mapping[str, str]], Found], name: str, text: str, place: str) -> None:
    """A figure in an asset that carries words is told; comments are no words."""
    assert [f"assets/{name}:{place}"] == [at for at, _ in told({f"assets/{name}": text, **page("")})]


def test_a_bare_number_in_a_table_is_read_with_its_column(told: Callable[[Mapping[str, str]], Found]) -> None:
    """A number alone in a cell has its unit in the head of the column, and its subject in the first cell."""
    body = "| Course | Hours a day |\n| --- | --- |\n| Crawl course | 4 |\n| Diving lessons | 6+ |"
    said = [
        (
            "content/page.md:7:18",
            "'Hours a day : 4' contradicts courses.crawl.hours, which is '2+ hours a day' (site.yaml:13)",
        ),
        ("content/page.md:8:20", "'Hours a day : 6+' is typed by hand; it is the fact courses.dive.hours"),
    ]
    assert said == told(page(body))


def test_the_heading_tells_what_a_figure_is_about(told: Callable[[Mapping[str, str]], Found]) -> None:
    """Without a name in the sentence, the heading above it counts, then the title."""
    body = "## Diving lessons\n\nYou swim 5 hours a day.\n\n## The crawl course\n\nYou swim 5 hours a day."
    contradicted = [message.split(" contradicts ")[1].split(",")[0] for _, message in told(page(body))]
    assert contradicted == ["courses.dive.hours", "courses.crawl.hours"]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("It takes at least 30 days.", "write {{ courses.crawl.length.at_least }} instead; "),
        ("It takes thirty or more days.", "write {{ courses.crawl.length.words }} instead; "),
        ("It takes thirty days.", "write {{ courses.crawl.length.least.words }} days instead; "),
        ("A 30-day course.", "write {{ courses.crawl.length.least }}-day instead; "),
        ("It takes 3 to 5 days a week.", "write {{ courses.crawl.days }} instead; "),
        ("[Ring](tel:5615550100)", "write {{ phones.desk.tel }} instead; "),
        ("[Text](sms:988)", "write {{ phones.help.sms }} instead; "),
        ("It takes at least 40 days.", "write {{ courses.crawl.length.at_least }} instead, or change the fact; "),
        ("Call 561-555-0101.", "did you mean {{ phones.desk }}?"),
        ("Call 305-777-1234.", "write it in site.yaml, below 'facts:', as 'number: ...', and its name here"),
    ],
)
def test_hints_name_the_form_to_write(make: Make, built: Callable[..., Build], body: str, hint: str) -> None:
    """The hint names the form of the fact that is most like what was typed."""
    problems = [each for each in built(make({"site.yaml": SITE, **page(body)})).problems if each.rule in RULES]
    assert [problem.hint.startswith(hint) for problem in problems] == [True], problems


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("It takes 1{{ courses.crawl.hours }}.", 10),
        ("Call {{ phones.desk }}7.", 6),
        ("Call {{ phones.desk }}-22 now.", 6),
        ("It takes {{ courses.crawl.hours.least }}.5 hours a day.", 10),
        ("It takes twenty-{{ courses.crawl.hours.least.words }} hours.", 10),
    ],
)
def test_digits_beside_a_fact(told: Callable[[Mapping[str, str]], Found], body: str, column: int) -> None:
    """Digits that are read as a part of a fact's number are an error."""
    assert [place for place, _ in told(page(body))] == [f"content/page.md:5:{column}"]


def test_words_beside_a_fact(told: Callable[[Mapping[str, str]], Found]) -> None:
    """Hyphens, words and other facts may stand beside a fact."""
    days = "{{ courses.crawl.days.least }}-{{ courses.crawl.days.most }} days"
    assert (
        told(page(f"A {{{{ courses.crawl.length.least }}}}-day course, {days}. 2 of us rang {{{{ phones.desk }}}}."))
        == []
    )


@pytest.mark.parametrize(("target", "column"), [("tel:", 5), ("sms:", 5), ("tel:now", 5)])
def test_a_target_without_a_number(told: Callable[[Mapping[str, str]], Found], target: str, column: int) -> None:
    """A link that calls nobody is told, and no crash."""
    assert told(page(f"[x]({target})")) == [
        (f"content/page.md:5:{column}", f"'{target}' is a phone number that is no fact")
    ]


@pytest.mark.parametrize("words", [" ", "-", "1", "hours"])
def test_a_way_out_must_hold_the_whole_number(told: Callable[[Mapping[str, str]], Found], words: str) -> None:
    """Empty words, or a part of a number, excuse nothing."""
    found = told(page("The crawl course takes 14 hours a day.", f'allow:\n  "{words}": because\n'))
    assert [place for place, _ in found] == ["content/page.md:4:3", "content/page.md:7:24"]


# ---------------------------------------------------------------- the way out


def test_allowed_words_may_stand(told: Callable[[Mapping[str, str]], Found]) -> None:
    """Words that the front matter allows are not told, wherever they stand in that file."""
    front = 'allow:\n  "30 days": a notice, not the course\n  "561-555-0142": an example\n'
    assert told(page("Give thirty **30 days** of notice. Ring 561-555-0142.".replace("thirty ", ""), front)) == []


def test_other_words_are_still_told(told: Callable[[Mapping[str, str]], Found]) -> None:
    """The way out holds for the exact words only."""
    found = told(page("Give 30 days, or thirty days.", 'allow:\n  "30 days": a notice\n'))
    assert found == [("content/page.md:7:18", "'thirty days' is typed by hand; it is the fact courses.crawl.length")]


def test_an_unused_way_out_is_told(told: Callable[[Mapping[str, str]], Found]) -> None:
    """Words that nothing needs to be allowed are reported at their line."""
    found = told(page("Nothing.", 'allow:\n  "30 days": a notice\n'))
    assert found == [("content/page.md:4:3", "nothing in this file needs '30 days' to be allowed")]


def test_the_way_out_of_a_template(told: Callable[[Mapping[str, str]], Found]) -> None:
    """A comment of a template allows words in it, with a reason; without one it does not."""
    template = '{# allow: "30 days": a notice #}<p>30 days</p>'
    assert told({"templates/page.html": template, **page("")}) == []
    found = told({"templates/page.html": template.replace(": a notice", ""), **page("")})
    assert [place for place, _ in found] == ["templates/page.html:1:26"]


def test_the_way_out_of_an_asset(told: Callable[[Mapping[str, str]], Found]) -> None:
    """A comment of an asset does the same."""
    text = '/* allow: "30 days": a notice */\n.a::after { content: "30 days" }'
    assert told({"assets/site.css": text, **page("")}) == []


def test_an_unused_way_out_of_a_template_is_told(told: Callable[[Mapping[str, str]], Found]) -> None:
    """It is told at the comment."""
    found = told({"templates/page.html": '\n{# allow: "30 days": a notice #}', **page("")})
    assert found == [("templates/page.html:2:4", "nothing in this file needs '30 days' to be allowed")]


def test_what_is_allowed_may_be_on_the_finished_page(make: Make, built: Callable[..., Build]) -> None:
    """A number that is allowed in Markdown is no mistake of the page either, and neither is its link."""
    files = page(
        "Ring [561-555-0142](tel:+15615550142).", 'allow:\n  "561-555-0142": an example\n  "+15615550142": the same\n'
    )
    assert [each for each in built(make({"site.yaml": SITE, **files})).problems if each.severity == "error"] == []
