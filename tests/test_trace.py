"""Marks around facts: on finished pages they tell what comes from which fact, and nobody else sees them."""

import json
import re
from urllib.parse import quote

import pytest
from markupsafe import Markup

from generator import templates, trace
from generator.render import Number
from generator.trace import Traced, TracedMarkup, as_json, marked, numbers, plain, printed

HOURS = Traced.from_marked(marked("9 hours", 4))
TWO = Traced.from_marked(f"{marked('Pool', 1)} and {marked('desk', 2)}")
AMPERSAND = Traced.from_marked(marked("R&D <lab>", 3))
WIDE = "caf\u00e9 6"
CALL = TracedMarkup.from_marked(marked('<a href="tel:988">988</a>', 7))


def nine() -> Number:
    """Return the number 9 of a fact."""
    number = Number(9)
    number.__traced__ = Markup(marked("9", 5))  # noqa: S704 - a digit
    number.words = Traced.from_marked(marked("nine", 6))
    return number


def rendered(template: str) -> str:
    """Return what a template prints."""
    names = {"hours": HOURS, "two": TWO, "lab": AMPERSAND, "call": CALL, "nine": nine()}
    return templates.environment().from_string(template).render(names)


def spelled(text: str) -> str:
    """Return a text in which the marks can be read: ``<4:9 hours>``."""
    opened = re.sub(
        f"[{chr(trace.FIRST)}-{chr(trace.FIRST + trace.MOST)}]", lambda m: f"<{ord(m[0]) - trace.FIRST}:", text
    )
    return opened.replace(trace.END, ">")


@pytest.mark.parametrize("text", ["9 hours", "", "a\nb", "{{ x }}", "\u65e5\u672c", "<b>"])
@pytest.mark.parametrize("number", [0, 1, 255, trace.MOST])
def test_a_mark_names_its_saying_and_leaves_the_text_alone(text: str, number: int) -> None:
    """What is marked can be told by its number, and is the same text without its marks."""
    written = f"before {marked(text, number)} after"
    assert [number] == list(numbers(written))
    assert f"before {text} after" == plain(written)
    assert [text] == [found[2] for found in trace.MARKED.finditer(written)]


def test_marks_are_told_in_the_order_of_the_text() -> None:
    """Each place counts, even where the same saying stands twice."""
    expected = [8, 3, 8]
    assert expected == list(numbers(f"{marked('a', 8)}, {marked('b', 3)}{marked('a', 8)}"))


def test_marks_side_by_side_do_not_run_into_each_other() -> None:
    """Every fact keeps its own words."""
    expected = [(1, "a"), (2, "b")]
    found = trace.MARKED.finditer(marked("a", 1) + marked("b", 2))
    assert expected == [(ord(each[1]) - trace.FIRST, each[2]) for each in found]


def test_a_saying_beyond_the_last_mark_has_none() -> None:
    """There are only so many marks; what is beyond them is printed as it is."""
    expected = "9 hours"
    assert expected == marked(expected, trace.MOST + 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no facts",
        marked("9 hours", 0),
        f"1{marked('2', 3)}4{marked('', 5)}{marked(WIDE, trace.MOST)}7",
        f"12{quote(marked('3', 4))}56 %F3%B {marked('7', 8)}9",
        f"{trace.END}1%F3%B0%80%8",
    ],
)
def test_a_text_and_its_marks_are_told_apart(text: str) -> None:
    """Both together are the text again, digits beside a mark and marks in an address included."""
    plain_text, marks = trace.parted(text.encode())
    assert plain(text) == plain_text.decode()
    assert trace.together(plain_text, marks).decode() == text


@pytest.mark.parametrize("text", ["no facts", "", "\ue000 \U0010fffc"])
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    """Nothing but marks is taken out."""
    assert text == plain(text)
    assert not list(numbers(text))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ hours }}", "<4:9 hours>"),
        ("a {{ hours }} b", "a <4:9 hours> b"),
        ('<p title="{{ hours }}">', '<p title="<4:9 hours>">'),
        ("{{ hours }}{{ hours }}", "<4:9 hours><4:9 hours>"),
        ("{{ two }}", "<1:Pool> and <2:desk>"),
        ("{{ lab }}", "<3:R&amp;D &lt;lab&gt;>"),
        ("{{ call }}", '<7:<a href="tel:988">988</a>>'),
        ("{{ nine }}", "<5:9>"),
        ("{{ nine.words }}", "<6:nine>"),
        ("{{ hours|upper }}", "<4:9 HOURS>"),
        ("{{ hours.upper() }}", "<4:9 HOURS>"),
        ("{{ nine.words|capitalize }}", "<6:Nine>"),
        ("{{ hours|upper|lower }}", "<4:9 hours>"),
        ("{% for x in [hours, nine] %}{{ x }};{% endfor %}", "<4:9 hours>;<5:9>;"),
        ("{% set x = hours %}{{ x }}", "<4:9 hours>"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(hours) }}", "<4:9 hours>"),
        ("{{ hours or 'none' }}", "<4:9 hours>"),
    ],
)
def test_marks_survive_printing(template: str, expected: str) -> None:
    """A fact that is printed as it is, or in other letters, keeps its marks; what is not HTML is escaped."""
    assert expected == spelled(rendered(template))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ hours|replace('9', '8') }}", "8 hours"),
        ("{{ hours[:1] }}", "9"),
        ("{{ hours|length }}", "7"),
        ("{{ hours == '9 hours' }}", "True"),
        ("{{ 'hours' in hours }}", "True"),
        ("{{ nine + 1 }}", "10"),
        ("{{ nine * 2 }}", "18"),
        ("{{ nine == 9 }}", "True"),
        ("{{ nine > 8 }}", "True"),
        ("{{ two|upper }}", "POOL AND DESK"),
        ("{{ call|striptags }}", "988"),
        ("no fact", "no fact"),
        ("{{ 'text' }} {{ 3 }}", "text 3"),
    ],
)
def test_what_is_made_from_facts_is_no_fact(template: str, expected: str) -> None:
    """Whatever changes, cuts, counts or compares a fact sees its plain text or number, and gives one without marks."""
    assert expected == rendered(template)


def test_a_traced_text_is_plain_for_python() -> None:
    """It equals, hashes, joins and is written as the text without marks."""
    expected = "9 hours"
    assert expected == HOURS
    assert hash(expected) == hash(HOURS)
    assert f"{expected} a day" == f"{HOURS} a day"
    assert json.dumps(expected) == json.dumps(HOURS)
    assert f"{expected}, {expected}" == ", ".join(2 * [HOURS])


def test_traced_html_is_plain_html_for_python() -> None:
    """It stays safe HTML, without marks until it is printed."""
    expected = '<a href="tel:988">988</a>'
    assert expected == str(CALL)
    assert f"<b>{expected}</b>" == Markup("<b>{}</b>").format(CALL)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (Traced.from_marked(marked("Front desk", 2)).upper(), "<2:FRONT DESK>"),
        (Traced.from_marked(marked("Front Desk", 2)).lower(), "<2:front desk>"),
        (Traced.from_marked(marked("front DESK", 2)).capitalize(), "<2:Front desk>"),
        (Traced.from_marked(marked(" desk ", 2)).strip(), "<2:desk>"),
        (Traced.from_marked(marked("--desk-", 2)).strip("-"), "<2:desk>"),
        (Traced.from_marked(marked("desk", 2)).upper().lower().capitalize(), "<2:Desk>"),
    ],
)
def test_other_letters_keep_the_mark(changed: str, expected: str) -> None:
    """The text of one fact is still that fact in capitals, in small letters, or without space around it."""
    assert expected == spelled(str(printed(changed)))


@pytest.mark.parametrize("text", [TWO, Traced.from_marked(f"{marked('9', 4)} hours"), Traced.from_marked("no fact")])
def test_a_text_that_is_more_than_one_fact_loses_its_marks_when_changed(text: Traced) -> None:
    """Where a mark would have to stand is no longer known."""
    assert not list(numbers(str(printed(text.upper()))))


@pytest.mark.parametrize("value", ["text", 9, None, 1.5, ("a",), Markup("<b>")])
def test_what_is_no_fact_is_printed_as_it_is(value: object) -> None:
    """Only facts have marks."""
    assert value is printed(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (HOURS, '"<4:9 hours>"'),
        (AMPERSAND, '"<3:R&D <lab>>"'),
        ({"a": HOURS, "b": [HOURS, "x"]}, '{"a": "<4:9 hours>", "b": ["<4:9 hours>", "x"]}'),
        ((TWO, None, True, 1.5), '["<1:Pool> and <2:desk>", null, true, 1.5]'),
        ({"a": {"b": {"c": HOURS}}}, '{"a": {"b": {"c": "<4:9 hours>"}}}'),
        ({1: HOURS}, '{"1": "<4:9 hours>"}'),
        ({"n": nine()}, '{"n": <5:9>}'),
        ([nine(), nine().words], '[<5:9>, "<6:nine>"]'),
        ([], "[]"),
    ],
)
def test_json_holds_the_marks_of_texts(value: object, expected: str) -> None:
    """Texts are marked however deep they stand, and not escaped for HTML; a number stays a number."""
    assert expected == spelled(as_json(value, ensure_ascii=False))


def test_json_without_marks_is_the_json_of_the_plain_values() -> None:
    """What is published is what ``json`` would have written without marks."""
    given = {"hours": HOURS, "all": [TWO, nine(), {"lab": AMPERSAND}]}
    expected = {"hours": "9 hours", "all": ["Pool and desk", 9, {"lab": "R&D <lab>"}]}
    assert expected == json.loads(plain(as_json(given, ensure_ascii=False)))


def test_json_takes_the_options_of_json() -> None:
    """Keys are sorted and texts kept, if so asked."""
    expected = '{"a": "\u00e9", "b": 1}'
    assert expected == as_json({"b": 1, "a": "\u00e9"}, sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ('{{ {"name": hours, "n": nine}|tojson }}', '{"n": <5:9>, "name": "<4:9 hours>"}'),
        ("{{ [two]|tojson }}", '["<1:Pool> and <2:desk>"]'),
        ("{{ lab|tojson }}", '"<3:R\\u0026D \\u003clab\\u003e>"'),
    ],
)
def test_tojson_in_a_template_keeps_the_marks(template: str, expected: str) -> None:
    """Data in a page tells its facts too, and is safe in a script."""
    assert expected == spelled(rendered(template))
