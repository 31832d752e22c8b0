"""References to facts in front matter."""

import pytest

from generator.problems import Location
from generator.references import fill, in_value
from generator.yamlfile import Table, Text, read


def value(source: str) -> Text:
    """Return the value of the first key of a YAML text."""
    table = read("p.md", source)
    assert isinstance(table, Table)
    text = table.entries[0][1]
    assert isinstance(text, Text)
    return text


def print_fact(name: str) -> str:
    """Print a fact as its name in angle brackets."""
    return f"<{name}>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("t: Call {{ a.b }} now", [("a.b", 1, 12)]),
        ("t: x{{a}}", [("a", 1, 7)]),
        ('t: "{{ a }}"', [("a", 1, 8)]),
        ('t: "Call {{ a.b }} and {{c}}"', [("a.b", 1, 13), ("c", 1, 26)]),
        ("t: 'it''s {{ a.b }}'", [("a.b", 1, 14)]),
        ("k:    x {{a}}", [("a", 1, 11)]),
        ("t: \u65e5\u672c {{ a }}", [("a", 1, 10)]),
        ('t: "\\x41{{ a }}"', [("a", 1, 12)]),
        ("t: plain\n  more {{ a }}", [("a", 2, 11)]),
        ('t: "one\n  {{ a.b }}"', [("a.b", 2, 6)]),
        ("t: 'one\n\n   {{ a.b }}'", [("a.b", 3, 7)]),
        ("t: |\n  one\n  two {{ a.b }}\n", [("a.b", 3, 10)]),
        ("t: |-\n\n  x {{ a }}", [("a", 3, 8)]),
        ("t: |2\n   x {{ a }}\n", [("a", 2, 9)]),
        ("t: >-\n  one\n  {{ a.b }} two\n  {{ c }}\n", [("a.b", 3, 6), ("c", 4, 6)]),
        ("t: nothing", []),
        ("t: x }} y {", []),
        ("t: a # {{ b }}", []),
    ],
)
def test_references_in_a_value_have_their_place_in_the_file(source: str, expected: list[tuple[str, int, int]]) -> None:
    """In plain, quoted and block texts alike, the place is that of the name."""
    found = [(each.name, each.at) for each in in_value(value(source))]
    assert [(name, Location("p.md", line, column)) for name, line, column in expected] == found


def test_a_value_below_other_lines_keeps_its_place() -> None:
    """Lines count from the start of the file."""
    table = read("p.md", "a: b\n\nt: >\n  one\n  {{ c.d }}\n")
    assert isinstance(table, Table)
    text = table.entries[1][1]
    assert isinstance(text, Text)
    assert [Location("p.md", 5, 6)] == [reference.at for reference in in_value(text)]


def test_anything_but_a_dotted_name_is_no_name() -> None:
    """It is a mistake, at its braces, with what was written."""
    for written in [
        "{{ a b }}",
        "{{ }}",
        "{{ a|b }}",
        "{{ a.1 }}",
        "{{ a..b }}",
        "{{ .a }}",
        "{{ a. }}",
        "{{ \u00e9 }}",
    ]:
        (reference,) = in_value(value(f"t: x {written} y"))
        assert (None, written, Location("p.md", 1, 6)) == (reference.name, reference.written, reference.at)


@pytest.mark.parametrize("text", ["x {{ y", "x {{ y }", "x {{", "x {{ { }}"])
def test_braces_that_are_not_closed_are_told(text: str) -> None:
    """An opening pair alone is a mistake at its place."""
    (reference,) = in_value(Text(text, Location("p.md", 4, 8)))
    assert (None, "{{", Location("p.md", 4, 10)) == (reference.name, reference.written, reference.at)


@pytest.mark.parametrize(("slashes", "expected"), [("", ["b"]), ("\\", []), ("\\\\", ["b"]), ("\\\\\\", [])])
def test_a_backslash_makes_braces_plain(slashes: str, expected: list[str]) -> None:
    """One backslash makes them literal, two are a backslash before a reference."""
    assert expected == [reference.name for reference in in_value(value(f"t: a {slashes}{{{{ b }}}}"))]


FILLED = {
    "Call {{ a.b }} now": "Call <a.b> now",
    "{{a}}{{  b.c  }}": "<a><b.c>",
    "{{\n a }}": "<a>",
    "no braces": "no braces",
    "\\{{ a }}": "{{ a }}",
    "\\{% a %}": "{% a %}",
    "\\\\{{ a }}": "\\\\<a>",
    "{{ a b }} {{ c }}": "{{ a b }} <c>",
    "x {{ y": "x {{ y",
    "": "",
}


def test_references_are_filled_in() -> None:
    """Names are printed, escaped braces lose their backslash, everything else stays."""
    assert {text: fill(text, print_fact) for text in FILLED} == FILLED


def test_what_a_fact_prints_is_not_read_again() -> None:
    """Braces in a value are text."""
    assert fill("{{ a }}", lambda _: "{{ b }}") == "{{ b }}"
