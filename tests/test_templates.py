"""Templates read without running them."""

from collections.abc import Mapping

import pytest

from generator.problems import Location, Problem
from generator.templates import Reading, circles, environment, line_of, mistakes, read


def uses(source: str) -> list[tuple[str, str, str]]:
    """Return the kind, the word and the place of each use in a template."""
    return [(use.kind, use.word, str(use.at).removeprefix("templates/")) for use in read("p.html", source).uses]


def names(source: str) -> list[str]:
    """Return the dotted names that a template mentions."""
    return [word for kind, word, _ in uses(source) if kind == "name"]


def unreadable(source: str) -> Problem:
    """Return why a template cannot be read."""
    problem = read("p.html", source).problem
    assert problem is not None
    return problem


def readings(sources: Mapping[str, str]) -> dict[str, Reading]:
    """Read several templates."""
    return {name: read(name, source) for name, source in sources.items()}


def include(*others: str) -> str:
    """Return a template that includes others."""
    return "".join(f"{{% include '{other}' %}}" for other in others)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ phones.a }}", ("name", "phones.a", "p.html:1:4")),
        ("x\n\n  {{ page.titel }}", ("name", "page.titel", "p.html:3:6")),
        ("x\r\ny {{ a }}", ("name", "a", "p.html:2:6")),
        ("{{ a\n  or b }}", ("name", "b", "p.html:2:6")),
        ("{{ a|upper }}", ("filter", "upper", "p.html:1:6")),
        ("{% if a is odd %}{% endif %}", ("test", "odd", "p.html:1:12")),
        ("{% include 'a.html' %}", ("template", "a.html", "p.html:1:13")),
        ("\n{% extends 'b.html' %}", ("template", "b.html", "p.html:2:13")),
        ("{% import 'm.html' as m %}", ("template", "m.html", "p.html:1:12")),
        ("{% from 'm.html' import n %}", ("template", "m.html", "p.html:1:10")),
        ('{{ asset("a.css") }}', ("asset", "a.css", "p.html:1:11")),
        ("{{ inline('b.js') }}", ("asset", "b.js", "p.html:1:12")),
        ("{% for s in page.sections %}{% endfor %}", ("name", "page.sections", "p.html:1:13")),
        ("{% set z = a.b %}", ("name", "a.b", "p.html:1:12")),
    ],
)
def test_each_word_of_a_template_has_its_place(source: str, expected: tuple[str, str, str]) -> None:
    """Names, filters, tests, files and assets are told with file, line and column."""
    assert expected in uses(source)


NAMES = {
    "{{ a.b.c }}": ["a.b.c"],
    "{{ a['b'].c }}": ["a.b.c"],
    "{{ a[0].b }}": ["a"],
    "{{ a[b.c] }}": ["b.c", "a"],
    "{{ a.b() }}": ["a.b"],
    "{{ (a|upper).b }}": ["a"],
    "{{ 'a' ~ b }}": ["b"],
    "{{ a if b else c }}": ["b", "a", "c"],
    "{{ a|default('x') }}": [],
    "{{ a|default(b) }}": ["b"],
    "{% if a is defined %}{% endif %}": [],
    "{# {{ a }} #}": [],
    "{% raw %}{{ a }}{% endraw %}": [],
    "{% if a %}{% elif b %}{% else %}{{ c }}{% endif %}": ["a", "b", "c"],
    "no name": [],
    "": [],
}


def test_names_are_read_as_far_as_they_are_written_out() -> None:
    """Names in every branch are found; those that may be missing, in comments and in raw text are not."""
    assert {source: sorted(found) for source, found in NAMES.items()} == {
        source: sorted(names(source)) for source in NAMES
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [("{{ a.b }}", [True]), ("{{ a.b|upper }}", [False]), ("{% if a.b %}{% endif %}", [False])],
)
def test_a_name_that_is_printed_is_told_from_one_that_is_asked(source: str, expected: list[bool]) -> None:
    """Only what stands alone in double braces is printed as it is."""
    assert expected == [use.printed for use in read("p.html", source).uses if use.kind == "name"]


BARE = {
    "{{ a.b }} {{ a['c'] }}": ["a.b", "a.c"],
    '<a href="{{ a }}">{{ b|upper }}</a>': ["a", "b"],
    "{{ 'x' ~ a ~ 'y' }}": ["a"],
    "{{ {'a': a, 'b': {'c': b}}|tojson }}": ["a", "b"],
    "{% if x %}{{ a }}{% endif %}": ["a"],
    "{% if a.b %}{{ a.b }}{% else %}{{ a.b }}{% endif %}{{ a.b }}": ["a.b", "a.b"],
    "{% if a %}{{ a.b }}{% endif %}": ["a.b"],
    "{% if a.label %}{{ a }}{% endif %}": ["a"],
    "{% if not a %}{{ a }}{% else %}{{ a }}{% endif %}": ["a"],
    "{% if a %}{% elif x %}{{ a }}{% else %}{{ a }}{% endif %}": ["a", "a"],
    "{% if x %}{% elif a %}{{ a }}{% endif %}": [],
    "{% if x %}{% elif not a %}{% else %}{{ a }}{% endif %}": [],
    "{% if a and x %}{{ a }}{% endif %}": [],
    "{% if a or x %}{{ a }}{% endif %}": [],
    "{% if a != 'x' %}{{ a }}{% else %}{{ a }}{% endif %}": [],
    "{% if a['b'] %}{{ a.b }}{% endif %}": [],
    "{% if a %}{% for x in y %}<p>{{ a|upper }}</p>{% endfor %}{% endif %}": [],
    "{% for x in y if a %}{{ a }}{% endfor %}": [],
    "{{ a if a else b }}": ["b"],
    "{{ a if x else b }}": ["a", "b"],
    "{{ b if not a else a }}": ["b"],
    "{{ a if a }}": [],
    "{{ a or 'x' }}": [],
    "{{ a|default('x', true) }}": [],
    "{{ a|d('x')|upper }}": [],
    "{{ x|replace(a, b) }}": ["x"],
    "{{ x(a) }}": [],
    "{% set z = a %}{% if z %}{{ a }}{% endif %}": [],
    "{% set z = a %}": [],
    "{% for x in a %}{% endfor %}": [],
    "{{ a[b] }}": [],
}


def test_a_name_that_is_printed_unasked_is_told_from_one_below_a_condition() -> None:
    """What is printed where a condition on it has not been met leaves a hole; in doubt it does not."""
    found = {text: [use.word for use in read("p.html", text).uses if use.bare] for text in BARE}
    assert found == BARE


@pytest.mark.parametrize("source", ["{% include 'a.html' ignore missing %}", "{% include name %}", "{{ asset(name) }}"])
def test_files_that_cannot_be_known_are_not_told(source: str) -> None:
    """What a template works out only when it runs, or may lack, is no use of a file."""
    assert not [word for kind, word, _ in uses(source) if kind in {"template", "asset"}]


MADE = {
    "{% for s in page.sections %}{% endfor %}": [("s", "page.sections")],
    "{% for a, b in c %}{% endfor %}": [("a", ""), ("b", "")],
    "{% for s in c|sort %}{% endfor %}": [("s", "")],
    "{% set z = a %}": [("z", "")],
    "{% with z = a %}{% endwith %}": [("z", "")],
    "{% macro m(x) %}{% endmacro %}": [("m", ""), ("x", "")],
    "{% import 'm.html' as n %}": [("n", "")],
    "{% from 'm.html' import a, b as c %}": [("a", ""), ("c", "")],
    "{{ a }}": [],
}


def test_names_that_a_template_makes_are_known() -> None:
    """Loops, assignments, macros and imports make names; a loop also says of which list."""
    expected = MADE
    assert expected == {text: sorted(read("p.html", text).made) for text in MADE}


def test_a_template_that_cannot_be_read_is_told_at_its_place() -> None:
    """The mistake stops the rendering; its words are in ``test_syntax``."""
    problem = unreadable("x\n{% endif %}")
    assert (str(problem.location), problem.rule) == ("templates/p.html:2:4", "template-syntax")
    assert problem.stops_render
    assert problem.hint


def test_a_template_that_cannot_be_read_mentions_nothing() -> None:
    """Its words are not known, and none is made up."""
    reading = read("p.html", "{{ a }}{% if %}")
    assert (reading.uses, reading.made) == ((), ())


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        (1, "b", Location("t", 1, 3)),
        (1, "c.d", Location("t", 2, 3)),
        (2, "d", Location("t", 2, 3)),
        (2, "xyz", Location("t", 2, 3)),
        (2, "", Location("t", 2, 3)),
        (99, "", Location("t", 3, 1)),
    ],
)
def test_a_word_is_found_in_or_after_its_line(line: int, word: str, expected: Location) -> None:
    """A word stands alone, not inside another name; without it the line's first letter is the place."""
    assert expected == line_of("t", "a b\n  c.d\nend", line, word)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ({"a": include("a")}, ["templates/a:1:13"]),
        ({"a": include("b"), "b": include("a")}, ["templates/a:1:13"]),
        ({"a": "x\n {% extends 'b' %}", "b": include("a")}, ["templates/a:2:14"]),
        ({"a": "{% import 'b' as b %}", "b": include("a")}, ["templates/a:1:12"]),
        ({"a": include("b"), "b": include("c"), "c": include("a")}, ["templates/a:1:13"]),
        ({"a": include("b"), "b": include("c"), "c": include("b")}, ["templates/b:1:13"]),
        ({n: include(o) for n, o in ("ab", "ba", "cd", "dc")}, ["templates/a:1:13", "templates/c:1:13"]),
        ({"a": include("b", "c"), "b": include("d"), "c": include("d"), "d": ""}, []),
        ({"a": include("b", "b"), "b": ""}, []),
        ({"a": include("missing")}, []),
        ({}, []),
    ],
)
def test_a_circle_of_templates_is_told_once(sources: Mapping[str, str], expected: list[str]) -> None:
    """Whoever includes itself, through however many others, is named; a file used twice is no circle."""
    found = list(circles(readings(sources)))
    assert expected == [str(problem.location) for problem in found]
    assert all(problem.rule == "template-circle" and problem.stops_render and problem.hint for problem in found)


@pytest.mark.parametrize(
    ("source", "place", "rule", "message", "hint"),
    [
        (include("bse.html"), "1:13", "unknown-template", "no template 'bse.html'", "did you mean base.html?"),
        ("{{ asset('scren.css') }}", "1:11", "unknown-asset", "no asset 'scren.css'", "did you mean screen.css?"),
        ("{{ inline('xyz') }}", "1:12", "unknown-asset", "no asset 'xyz'", "check the spelling"),
        ("{{ a|uper }}", "1:6", "unknown-filter", "no filter 'uper'", "did you mean upper?"),
        ("{% if a is od %}{% endif %}", "1:12", "unknown-test", "no test 'od'", "did you mean odd?"),
    ],
)
def test_what_a_template_mentions_must_exist(source: str, place: str, rule: str, message: str, hint: str) -> None:
    """Each missing file, asset, filter and test is told at its place, with the nearest name."""
    (problem,) = mistakes(read("p.html", source), {"p.html", "base.html"}, {"screen.css"}, environment())
    assert (f"templates/p.html:{place}", rule) == (str(problem.location), problem.rule)
    assert message in problem.message
    assert hint in problem.hint
    assert problem.stops_render


def test_what_exists_is_no_mistake() -> None:
    """Files, assets and Jinja's own filters and tests are known."""
    source = include("base.html") + "{{ asset('screen.css')|upper }}{% if a is odd %}{% endif %}"
    assert not list(mistakes(read("p.html", source), {"base.html"}, {"screen.css"}, environment()))
