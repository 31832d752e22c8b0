"""What a template mangles is found on the finished page, though every source is sound by itself."""

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
  course:
    name: crawl course
    hours: 2+ hours a day
    days: 3-5 days a week
"""
PAGE = (
    "---\ntitle: The crawl course\n---\n\n{{ phones.office }} {{ phones.help }} {{ course.days }} {{ course.hours }}\n"
)
Make = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def told(make: Make, built: Callable[..., Build]) -> Callable[..., list[str]]:
    """Return what is wrong with a page whose template says this."""

    def run(template: str, page: str = PAGE) -> list[str]:
        files = {
            "site.yaml": SITE,
            "content/page.md": page,
            "templates/page.html": "<h1>{{ page.title }}</h1>{{ page.body }}\n" + template,
        }
        made = built(make(files))
        assert [
            each
            for each in made.problems
            if each.rule in {"typed-by-hand", "contradiction"} and "finished" not in each.message
        ] == []
        return [f"{problem.location}: {problem.message}" for problem in made.problems if problem.severity == "error"]

    return run


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            '<p>{{ phones.desk|replace("0100", "0101") }}</p>',
            "2:7: the finished page says '561-555-0101', a phone number that is no fact",
        ),
        (
            "<p>{{ phones.desk|string|truncate(11, true, '', 0) }}</p>",
            "2:7: the finished page says '561-555-010', which is phones.desk with digits lost or added",
        ),
        (
            "<p>{{ course.days.most + 1 }} days a week</p>",
            "2:7: the finished page says '6 days a week', but course.days is '3-5 days a week'",
        ),
        (
            "<p>{{ course.hours|replace('2', '4') }}</p>",
            "2:7: the finished page says '4 or more hours a day', but course.hours is '2+ hours a day'",
        ),
        (
            "<p>{{ course.hours|replace(' or more', '') }}</p>",
            "2:7: the finished page says '2 hours a day', but course.hours is '2+ hours a day'",
        ),
        (
            "<p title='{{ course.hours.least * 2 }} hours a day'></p>",
            "2:14: the finished page says '4 hours a day', but course.hours is '2+ hours a day'",
        ),
        (
            '<a href="{{ phones.desk.tel }}">{{ phones.office }}</a>',
            "2:13: a link says '561-555-0199' and calls 5615550100",
        ),
        (
            '<a href="{{ phones.desk.tel }}" aria-label="Call {{ phones.office }}">Call</a>',
            "2:13: a link says 'Call 561-555-0199 Call' and calls 5615550100",
        ),
        (
            '<a href="tel:{{ phones.desk|replace("0100", "01") }}">Call</a>',
            "2:17: the link 'tel:561-555-01' calls a number that is no fact",
        ),
        ('<a href="sms:{{ 90 + 9 }}{{ 9 }}">Text</a>', "1:1: the link 'sms:999' calls a number that is no fact"),
        (
            '<a href="{{ phones.help.tel }}">Call {{ phones.desk }}</a>',
            "2:13: a link says 'Call 561-555-0100' and calls 988",
        ),
    ],
)  # fmt: skip
def test_a_spoiled_template(told: Callable[..., list[str]], template: str, said: str) -> None:
    """A number or a figure that a template spoils is one error, where the template names the fact."""
    assert [f"templates/page.html:{said}"] == told(template)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (
            "{% filter replace('0100', '0101') %}<p>Call {{ phones.desk }}</p>{% endfilter %}",
            "'561-555-0101', but phones.desk",
        ),
        ("{% set x %}{{ course.hours }}{% endset %}<p>{{ x|replace('2', '5') }}</p>", "'5 or more hours a day'"),
        ("<p>The crawl course takes {{ course.days.least }} hours a day.</p>", "'3 hours a day', but course.hours"),
        ("<p>The crawl course takes {{ course.hours|replace('2', '1') }}.</p>", "'1 or more hours a day'"),
        ("<p>Call {{ (phones.desk|string)[:9] }}</p>", "which is phones.desk with digits lost or added"),
        ("<p>Call {{ (phones.desk|string)[1:] }}</p>", "with digits lost or added"),
        (
            "<p data-phone='{{ phones.desk|replace('0100', '0101') }}'></p>",
            "'561-555-0101', a phone number that is no fact",
        ),
        ("<a href='{{ phones.desk.tel }}0'>Call</a>", "'tel:+156155501000' calls a number that is no fact"),
        ("<a href='{{ phones.desk.tel }}x'>Call</a>", "'tel:+15615550100x' calls a number that is no fact"),
        ("<map><area href='{{ phones.desk.tel }}0' alt='x'></map>", "calls a number that is no fact"),
        ("<a href='{{ phones.desk.tel }}' title='{{ phones.office }}'>Call</a>", "and calls 5615550100"),
        ("<a href='{{ phones.desk.tel }}'>{{ phones.desk }} or {{ phones.office }}</a>", "and calls 5615550100"),
        ("<a href='{{ phones.desk.tel }}'>Call the {{ phones.help.label }}</a>", "and calls 5615550100"),
        ("<a href='tel:{{ phones.desk.label }}'>Call</a>", "'tel:Front desk' calls a number that is no fact"),
    ],
)
def test_ways_to_spoil(told: Callable[..., list[str]], template: str, words: str) -> None:
    """Whatever spoils a number, once it is on the page it is one error."""
    assert [words in said for said in told(template)] == [True], told(template)


def test_one_page_vouches_for_no_other(make: Make, built: Callable[..., Build]) -> None:
    """What stands in a source of one page, allowed or innocent, excuses nothing on another."""
    allowed = '---\ntitle: Fax\nallow:\n  "561-555-0101": the fax\n---\n\nFax 561-555-0101.\n'
    template = "<h1>{{ page.title }}</h1>{{ page.body }}"
    template += "{% if page.path == '/' %}{{ phones.desk|replace('0100', '0101') }}{% endif %}"
    files = {
        "site.yaml": SITE,
        "content/page.md": PAGE,
        "content/fax/page.md": allowed,
        "templates/page.html": template,
    }
    said = [problem.message for problem in built(make(files)).problems if problem.severity == "error"]
    assert said == ["the finished page says '561-555-0101', a phone number that is no fact"]


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ phones.desk|upper }} {{ course.hours|upper }} {{ course.days|title }} {{ phones.desk.label|lower }}</p>",
        "<a href='{{ phones.desk.tel }}'>Call {{ phones.desk }}</a> {{ phones.office.link }}",
        "{% set hours = course.hours %}<p>{{ hours }} {{ hours.least }} hours {{ course.days.short }}</p>",
        "{% macro say(what) %}<b>{{ what }}</b>{% endmacro %}{{ say(course.hours) }}, {{ say(phones.desk) }}",
        "{% for each in [course.hours, course.days] %}{{ each }}, {% endfor %}",
        "<p>{{ [phones.desk, phones.office]|join(' or ') }}</p><p>{{ 'Ring ' ~ phones.desk }}</p>",
        "<a href='https://a.org/?q={{ phones.desk|urlencode }}'>x</a>",
        "<svg width='{{ course.hours.least * 40 }}'></svg>",
        "{% filter upper %}{{ course.hours }}{% endfilter %}",
        "<p>{{ course.hours.least.words|capitalize }} hours a day is the least.</p>",
    ],
)
def test_a_sound_template(told: Callable[..., list[str]], template: str) -> None:
    """What filters and loops leave as it is, is no mistake."""
    assert told(template) == []


def test_no_mark_is_left_in_a_page(make: Make, built: Callable[..., Build]) -> None:
    """The marks that tell of facts are gone from the finished files, whatever a template does with them."""
    template = "{{ page.body }}{% set all %}{{ phones.desk }}{% endset %}{{ all|upper }}{{ page.title|list }}"
    template += "{{ {'a': phones.desk}|tojson }}"
    made = built(make({"site.yaml": SITE, "content/page.md": PAGE, "templates/page.html": template}))
    assert [ch for ch in made.files["index.html"].decode() if ord(ch) >= 0xF0000] == []


def test_words_and_target_in_markdown(told: Callable[..., list[str]]) -> None:
    """A link whose words and target are of two phones is told where it is written."""
    page = PAGE + "\n[Ring {{ phones.desk }}]({{ phones.office.tel }})\n"
    said = "content/page.md:7:26: a link says 'Ring 561-555-0100' and calls 5615550199"
    assert [said] == told("", page)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"name": "Other pool"}', "the JSON-LD says 'Other pool' as 'name', which is no fact and not on the page"),
        ('{"a": [{"b": "Open daily"}]}', "the JSON-LD says 'Open daily' as 'b', which is no fact and not on the page"),
        ('{"minValue": 7}', "the JSON-LD says '7' as 'minValue', which is no fact and not on the page"),
        ('{"telephone": {{ phones.desk|replace("0100", "0101")|tojson }}}',
         "the JSON-LD says '561-555-0101' as 'telephone', which is no fact and not on the page"),
        ('{"name": }', "this JSON-LD cannot be read"),
        ("", "this JSON-LD cannot be read"),
        ('{"n": NaN}', "this JSON-LD cannot be read"),
        ("[" * 3000, "this JSON-LD cannot be read"),
        ('{"n": 1e400}', "the JSON-LD says 'inf' as 'n', which is no fact and not on the page"),
        ('{"telephone": {{ (phones.desk|string)[:11]|tojson }}}',
         "the JSON-LD says '561-555-010' as 'telephone', which is no fact and not on the page"),
        ('{"price": "12"}', "the JSON-LD says '12' as 'price', which is no fact and not on the page"),
    ],
)  # fmt: skip
def test_json_ld_that_says_something_else(told: Callable[..., list[str]], data: str, said: str) -> None:
    """A text or number in JSON-LD that is no fact and nowhere on the page is told."""
    assert [f"templates/page.html:2:15: {said}"] == told(f'<script type="application/ld+json">{data}</script>')


@pytest.mark.parametrize(
    "data",
    [
        '{"@context": "https://schema.org", "@type": "Course", "name": "Pool", "inLanguage": "en-US"}',
        '{"telephone": {{ phones.desk|tojson }}, "headline": {{ page.title|tojson }}}',
        '{"minValue": {{ course.hours.least }}, "maxValue": {{ course.days.most }}}',
        '{{ {"telephone": phones.desk, "timeRequired": course.hours, "url": site.url, "position": 1}|tojson }}',
        '{"telephone": "{{ phones.desk.tel[4:] }}", "dateModified": "2026-01-01"}',
        '{"description": "{{ course.hours }}, {{ course.days }}"}',
    ],
)
def test_json_ld_that_says_what_is_known(told: Callable[..., list[str]], data: str) -> None:
    """Facts, titles, what stands on the page, types, addresses and languages may be in JSON-LD."""
    assert told(f'<script type="application/ld+json">{data}</script>') == []
