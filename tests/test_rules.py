"""Rules between facts."""

import pytest

from generator.facts import FactReader, Facts
from generator.problems import Location, Problem
from generator.rules import broken, names_in
from generator.yamlfile import Table, Text, read

FACTS = """\
iop:
  day: 3+ hours a day
  days: 3-5 days a week
  week: 9+ hours a week
  length: 90 days
visit:
  hours: 1-2 hours a visit
  week: 1-3 visits a week
none: 0 days
cap: up to 6 hours a day
phone: {number: 911}
word: three
"""
HERE = Location("site.yaml", 30, 5)


def facts() -> Facts:
    """Return the facts that the rules here are about."""
    table = read("site.yaml", FACTS)
    assert isinstance(table, Table)
    reader = FactReader()
    reader.group(table)
    assert not reader.problems
    return reader.result(readable=True)


def wrong(rule: str) -> list[Problem]:
    """Return what is wrong with a rule."""
    return list(broken(Text(rule, HERE), facts()))


TRUE = [
    "iop.length == 90",
    "iop.length != 91",
    "iop.length < 91",
    "iop.length <= 90",
    "iop.length > 89",
    "iop.length >= 90",
    "iop.length == iop.length.least",
    "iop.length.least == iop.length.most",
    "iop.length * 2 == 180",
    "iop.length / 3 == 30",
    "iop.length + 1 == 91",
    "iop.length - 90 == 0",
    "-iop.length < 0",
    "iop.length / 4 == 22.5",
    "0.1 + 0.2 == 0.3",
    "((iop.length)) == (90)",
    "2 + 3 * 4 == 14",
    "(2 + 3) * 4 == 20",
    "iop.days.least < iop.days.most",
    "iop.days.least < iop.days.most < 7",
    "1 < 2 < iop.length > 3",
    "iop.length == 91 or iop.length == 90",
    "iop.length == 90 and iop.days.most == 5",
    "iop.length == 1 or iop.length == 90 and iop.days.least == 3",
    "cap.most == 6",
    "  iop.length == 90  ",
]


def test_a_rule_that_holds_says_nothing() -> None:
    """Comparisons, arithmetic, brackets, chains, and, or: as in school."""
    assert not [problem for rule in TRUE for problem in wrong(rule)]


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("iop.length == 91", "90 days == 91 is false"),
        ("iop.length != 90", "90 days != 90 is false"),
        ("iop.length < 90", "90 days < 90 is false"),
        ("iop.length <= 89", "90 days <= 89 is false"),
        ("iop.length > 90", "90 days > 90 is false"),
        ("iop.length >= 91", "90 days >= 91 is false"),
        ("91 == iop.length", "91 == 90 days is false"),
        ("iop.days.least < iop.days.most < 4", "5 days a week < 4 is false"),
        ("iop.length == 91 or iop.length == 92", "90 days == 91 is false; 90 days == 92 is false"),
        ("iop.length == 91 and iop.length == 92", "90 days == 91 is false; 90 days == 92 is false"),
        ("iop.length == 90 and iop.length == 92", "90 days == 92 is false"),
        ("(iop.length == 90 or iop.length == 1) and iop.length == 2", "90 days == 2 is false"),
        ("iop.length / 4 == 22", "45/2 days == 22 is false"),
        ("iop.week.least / iop.day.least == 4", "3 days a week == 4 is false"),
    ],
)
def test_a_rule_that_does_not_hold_shows_its_figures(rule: str, outcome: str) -> None:
    """A broken rule stands at its own line, with the figures put in."""
    (problem,) = wrong(rule)
    assert (problem.location, problem.rule, problem.severity) == (HERE, "broken-rule", "error")
    assert problem.message.startswith(f"this rule does not hold: {rule} ({outcome})")
    assert problem.hint


def test_a_broken_rule_names_each_fact_with_its_value_and_line() -> None:
    """Whoever reads it knows every figure that may have to change, and where it stands."""
    (problem,) = wrong("iop.week.least == iop.day.least * iop.days.most")
    expected = (
        "this rule does not hold: iop.week.least == iop.day.least * iop.days.most "
        "(9 hours a week == 15 hours a week is false). "
        "iop.week is '9+ hours a week' (site.yaml:4); "
        "iop.day is '3+ hours a day' (site.yaml:2); "
        "iop.days is '3-5 days a week' (site.yaml:3)"
    )
    assert expected == problem.message


def test_a_fact_that_a_rule_mentions_twice_alike_is_named_once() -> None:
    """The message lists each fact once."""
    (problem,) = wrong("iop.length > 90 and iop.length < 90")
    assert problem.message.count("iop.length is '90 days'") == 1


@pytest.mark.parametrize(
    "rule",
    [
        "iop.week.least == iop.day.least * iop.days.least",
        "iop.week.least / iop.days.least == iop.day.least",
        "iop.week.least / iop.day.least == iop.days.least",
        "visit.hours.most * visit.week.most < iop.week.least",
        "iop.week.least / iop.week.least == 1",
        "iop.day.least + iop.day.least == 6",
        "iop.day.least * 3 == 9",
    ],
)
def test_units_multiply_and_cancel(rule: str) -> None:
    """Hours a day times days a week are hours a week; a typed number fits any unit."""
    assert not wrong(rule)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("iop.day.least < iop.week.least", "3 hours a day and 9 hours a week"),
        ("iop.length == iop.days.least", "90 days and 3 days a week"),
        ("iop.week.least - iop.day.least > 0", "9 hours a week and 3 hours a day"),
        ("iop.week.least + iop.length > 0", "9 hours a week and 90 days"),
        ("iop.week.least == iop.day.least * visit.week.least", "9 hours a week and "),
    ],
)
def test_units_that_do_not_fit_are_refused(rule: str, words: str) -> None:
    """Nothing is compared or added with something of another unit."""
    (problem,) = wrong(rule)
    assert (problem.location, problem.rule) == (HERE, "rule-units")
    assert f"the units do not fit: {words}" in problem.message


@pytest.mark.parametrize("rule", ["iop.length / none > 1", "iop.length / 0 > 1", "iop.length / (1 - 1) > 1"])
def test_a_division_by_zero_is_a_mistake(rule: str) -> None:
    """A rule that divides by zero is told so, whichever fact the zero is from."""
    (problem,) = wrong(rule)
    assert (problem.location, problem.message) == (HERE, "this rule divides by zero")


@pytest.mark.parametrize(
    ("name", "end"), [("iop.day", "iop.day.least"), ("iop.days", "iop.days.most"), ("cap", "cap.most")]
)
def test_a_range_is_no_number(name: str, end: str) -> None:
    """A rule says which end of a range it means."""
    (problem,) = wrong(f"{name} < 3")
    assert f"'{name}' is a range" in problem.message
    assert end in problem.hint


@pytest.mark.parametrize(
    ("rule", "message", "hint"),
    [
        ("iop.lenght == 90", "there is no fact 'iop.lenght'", "did you mean iop.length?"),
        ("iop.length.lest == 90", "there is no fact 'iop.length.lest'", "did you mean least?"),
        ("iop == 90", "there is no fact 'iop'", "'iop' is a group"),
        ("phone == 911", "'phone' is no quantity", "numbers with a unit"),
        ("word == 3", "'word' is no quantity", "numbers with a unit"),
        ("cap.least == 3", "there is no fact 'cap.least'", "cap.most"),
    ],
)
def test_a_rule_is_about_quantities_that_exist(rule: str, message: str, hint: str) -> None:
    """Unknown facts and facts of another kind are named, with the hint that helps."""
    (problem,) = wrong(rule)
    assert message == problem.message
    assert hint in problem.hint


NONSENSE = [
    *("iop.length = 90", "iop.length ==", "(", "iop.length == 90; iop.length == 90", "x := 3", "iop.length <> 3"),
    *("\0", "", "three days", "iop.length == 90\niop.length == 90"),
]


def test_nonsense_cannot_be_read() -> None:
    """What is no expression is told so, with an example."""
    for rule in NONSENSE:
        (problem,) = wrong(rule)
        assert (problem.location, problem.rule, problem.message) == (HERE, "rule", "this rule cannot be read")
        assert "programs.a.length.least" in problem.hint


@pytest.mark.parametrize("rule", ["iop.length", "3", "True", "not iop.length == 90", "lambda: 0", "[1, 2]"])
def test_a_rule_is_a_comparison(rule: str) -> None:
    """A number alone says nothing that could hold."""
    (problem,) = wrong(rule)
    assert f"'{rule}' is not a comparison" == problem.message


PYTHON = [
    *("iop.length ** 2 == 3", "iop.length % 2 == 0", "iop.length // 2 == 45", "len(iop.length) == 3"),
    *("__import__('os').system('true') == 0", "iop.length == '90'", "iop.length == True", "iop.length == 1j"),
    *("iop.length == None", "iop.length == (90, 91)", "iop['length'] == 90", "(x := 3) == 3", "iop.length in [90]"),
    *("(iop.length == 90) == 1", "f'{iop.length}' == 90", "iop.length == (lambda: 90)()", "+iop.length > [0]"),
]


def test_nothing_but_facts_numbers_and_arithmetic_is_understood() -> None:
    """Calls, texts, powers and the rest of Python are refused, never run."""
    for rule in PYTHON:
        (problem,) = wrong(rule)
        assert (problem.location, problem.rule) == (HERE, "rule")
        assert "is not understood in a rule" in problem.message


@pytest.mark.parametrize("sign", ["is", "is not"])
def test_other_comparisons_are_not_understood(sign: str) -> None:
    """Only the six comparisons of numbers are."""
    (problem,) = wrong(f"iop.length {sign} iop.days.least")
    assert problem.message == "this comparison is not understood"


@pytest.mark.parametrize("rule", ["1 < " * 3000 + "2", "1 < " + "(" * 3000 + "2" + ")" * 3000, "-" * 3000 + "1 < 2"])
def test_a_rule_has_a_length_that_can_be_read(rule: str) -> None:
    """A rule of thousands of letters is refused, however deep it is."""
    (problem,) = wrong(rule)
    assert (problem.location, problem.rule) == (HERE, "rule")
    assert problem.hint


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("a.b.least == c * d.e", ["a.b.least", "c", "d.e"]),
        ("a.b < 3 and (a.b > 1 or c.d == -e)", ["a.b", "a.b", "c.d", "e"]),
        ("1 < 2", []),
        ("a ==", []),
        ("\0", []),
    ],
)
def test_the_facts_that_a_rule_mentions_are_known(rule: str, expected: list[str]) -> None:
    """Names come in the order of the rule, forms included; none from a rule that cannot be read."""
    assert expected == list(names_in(Text(rule, HERE)))
