"""Quantities as people write them in prose."""

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.figures import Figure, Line, _figures, figures, has_number, in_words, unit_of
from generator.vocabulary import ADVERBS, OCCASIONS, SHORT, SPELLED, STARTERS, UNITS

Number = int | Fraction | None
Said = tuple[Number, Number, str, str]
HALF = Fraction(1, 2)


def said(text: str) -> list[Said]:
    """Return what each quantity in a text says: at least, at most, of what, in what period."""
    return [(figure.least, figure.most, figure.unit, figure.period) for figure in figures(text)]


def the_one(text: str) -> Figure:
    """Return the only quantity in a text."""
    (figure,) = figures(text)
    return figure


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    "text",
    [
        "3-5 days a week",
        "3 - 5 days a week",
        "3 to 5 days a week",
        "3-to-5 days a week",
        "3 through 5 days a week",
        "3 till 5 days a week",
        "3 ... 5 days a week",
        "between 3 and 5 days a week",
        "from 3 to 5 days a week",
        "anywhere from 3 to 5 days a week",
        "somewhere between three and five days a week",
        "either 3 or 5 days a week",
        "both 3 and 5 days a week",
        "three to five days a week",
        "three-to-five-day week",
        "3to 5 days a week",
        "3 to 5 days a week at most",
        "3-5 days a week minimum",
        "3, 4 or 5 days a week",
        "3 or 4 or 5 days a week",
        "3 or even 5 days a week",
        "3 to about 5 days a week",
        "3 days to 5 days a week",
        "3 days, sometimes 5 days, a week",
        "3 days a week to 5 days a week",
        "3 days a week up to 5 days a week",
        "5 to 3 days a week",
        "at least 3 and at most 5 days a week",
        "at least 3 but no more than 5 days a week",
        "a minimum of 3 and a maximum of 5 days a week",
        "3 and up to 5 days a week",
        "at least 3 to 5 days a week",
        "three (3) to five (5) days a week",
    ],
)
def test_a_range_has_two_ends(text: str) -> None:
    """Two numbers are a range however they are joined; of more numbers the outer ones count."""
    expected: list[Said] = [(3, 5, "day", "week")]
    assert expected == said(text)


@pytest.mark.parametrize(
    "text",
    [
        "at least 9 hours a week",
        "at the very least 9 hours a week",
        "9+ hours a week",
        "9 + hours a week",
        "9 plus hours a week",
        "9plus hours a week",
        "nine-plus hours a week",
        "9 or more hours a week",
        "9 (or more) hours a week",
        "9 hours or more a week",
        "9 hours a week or more",
        "9 hours a week, or more",
        "9 hours a week at minimum",
        "9 hours a week minimum",
        "9 hours a week (minimum)",
        "9 hours a week at the very least",
        "9 hours a week and up",
        "no fewer than 9 hours a week",
        "no less than nine hours a week",
        "never under 9 hours a week",
        "a minimum of 9 hours a week",
        "minimum 9 hours a week",
        "more than 9 hours a week",
        "over 9 hours a week",
        "upwards of 9 hours a week",
        "starting at 9 hours a week",
        "as few as 9 hours a week",
        "> 9 hours a week",
        ">= 9 hours a week",
        "\u2265 9 hours a week",
        "about at least 9 hours a week",
        "at least about 9 hours a week",
        "AT LEAST NINE HOURS A WEEK",
    ],
)
def test_a_lower_bound_leaves_the_upper_end_open(text: str) -> None:
    """Words or signs before or after the number, its unit or its period say that it is the least."""
    expected: list[Said] = [(9, None, "hour", "week")]
    assert expected == said(text)
    assert the_one(text).bound


@pytest.mark.parametrize(
    "text",
    [
        "up to 6 hours a day",
        "at most 6 hours a day",
        "6 hours a day at most",
        "6 or fewer hours a day",
        "6 hours or less a day",
        "6 hours a day, tops",
        "6 hours a day max",
        "6 hours a day (max)",
        "6 hours a day, no more",
        "no more than six hours a day",
        "never more than 6 hours a day",
        "not over 6 hours a day",
        "not to exceed 6 hours a day",
        "a maximum of 6 hours a day",
        "max. 6 hours a day",
        "under 6 hours a day",
        "less than 6 hours a day",
        "as many as 6 hours a day",
        "capped at 6 hours a day",
        "limited to 6 hours a day",
        "< 6 hours a day",
        "<= 6 hours a day",
        "\u2264 6 hours a day",
        "just under 6 hours a day",
    ],
)
def test_an_upper_bound_leaves_the_lower_end_open(text: str) -> None:
    """Words or signs before or after the number, its unit or its period say that it is the most."""
    expected: list[Said] = [(None, 6, "hour", "day")]
    assert expected == said(text)
    assert the_one(text).bound


@pytest.mark.parametrize(
    "text",
    [
        "90 days",
        "about 90 days",
        "roughly 90 days",
        "~90 days",
        "exactly 90 days",
        "a full 90 days",
        "a total of 90 days",
    ],
)
def test_a_number_without_a_bound_is_both_ends(text: str) -> None:
    """Words that make it more or less exact do not change what it is."""
    expected: list[Said] = [(90, 90, "day", "")]
    assert expected == said(text)
    assert not the_one(text).bound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one day", 1),
        ("Nineteen days", 19),
        ("ninety days", 90),
        ("NINETY DAYS", 90),
        ("twenty-one days", 21),
        ("twenty one days", 21),
        ("a hundred days", 100),
        ("one hundred days", 100),
        ("a hundred and five days", 105),
        ("one hundred twenty-five days", 125),
        ("three hundred and sixty-five days", 365),
        ("a dozen days", 12),
        ("half a dozen days", 6),
        ("a couple of days", 2),
        ("a couple days", 2),
        ("one and a half days", 1 + HALF),
        ("three and a half days", 3 + HALF),
        ("fourty days", 40),
        ("90 days", 90),
        ("1,000 days", 1000),
        ("12,345 days", 12345),
        ("1.5 days", 1 + HALF),
        ("1\u00bd days", 1 + HALF),
        ("1 \u00bd days", 1 + HALF),
        ("2\u00bc days", Fraction(9, 4)),
        ("0 days", 0),
        ("ninety (90) days", 90),
        ("90 (ninety) days", 90),
        ("twenty-one (21) days", 21),
    ],
)
def test_a_number_may_be_digits_or_words(text: str, expected: int | Fraction) -> None:
    """Digits with commas and fractions, words, and both, one in brackets after the other, are one number."""
    assert [(expected, expected, "day", "")] == said(text)


def test_every_number_in_words_is_read_back() -> None:
    """What a fact prints in words is recognised where somebody types it, with or without its hyphen."""
    for number in range(1, 1000):
        for words in (in_words(number), in_words(number).replace("-", " ")):
            assert [(number, number, "day", "")] == said(f"{words} days")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "zero"),
        (1, "one"),
        (12, "twelve"),
        (13, "thirteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (90, "ninety"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (101, "one hundred one"),
        (342, "three hundred forty-two"),
        (999, "nine hundred ninety-nine"),
        (1000, "1000"),
    ],
)
def test_a_whole_number_in_words(number: int, expected: str) -> None:
    """Up to a thousand there are words; from there on digits."""
    assert expected == in_words(number)


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90 days", (90, 90, "day", "")),
        ("90 Days", (90, 90, "day", "")),
        ("a 90-day program", (90, 90, "day", "")),
        ("a ninety-day program", (90, 90, "day", "")),
        ("a 90-plus-day program", (90, None, "day", "")),
        ("a 90 to 120-day program", (90, 120, "day", "")),
        ("30 minutes", (30, 30, "minute", "")),
        ("30 mins", (30, 30, "minute", "")),
        ("9h", (9, 9, "hour", "")),
        ("9 hrs", (9, 9, "hour", "")),
        ("9 hour(s) a week", (9, 9, "hour", "week")),
        ("6 wks", (6, 6, "week", "")),
        ("18 mos", (18, 18, "month", "")),
        ("2 yrs", (2, 2, "year", "")),
        ("seven nights", (7, 7, "night", "")),
        ("12 visits", (12, 12, "visit", "")),
        ("3 full group hours a day", (3, 3, "hour", "day")),
        ("9 clinical hours a week", (9, 9, "hour", "week")),
        ("at least 9 therapeutic hours a week", (9, None, "hour", "week")),
    ],
)
def test_a_unit_stands_behind_its_number(text: str, expected: Said) -> None:
    """It may be shortened, joined by a hyphen, or a few words away; it is told in the singular."""
    assert [expected] == said(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hours", "hour"),
        ("hrs", "hour"),
        ("wk", "week"),
        ("sessions", "visit"),
        ("times", "visit"),
        ("x", "visit"),
        ("night", "night"),
        ("ours", ""),
        ("weekday", ""),
        ("daily", ""),
        ("s", ""),
        ("", ""),
    ],
)
def test_a_word_is_a_unit_or_none(word: str, expected: str) -> None:
    """Short forms and plurals are the same unit; other words are none."""
    assert expected == unit_of(word)


@pytest.mark.parametrize(
    ("text", "word"),
    [("3 sessions a week", "session"), ("3 times a week", "time"), ("3x a week", "x"), ("3 visits a week", "visit")],
)
def test_occasions_are_visits_and_keep_their_word(text: str, word: str) -> None:
    """Times and sessions count like visits; which word it was is told too."""
    expected: list[Said] = [(3, 3, "visit", "week")]
    assert expected == said(text)
    assert word == the_one(text).word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hours per week: 9", (9, 9, "hour", "week")),
        ("Hours a day: 3-5", (3, 5, "hour", "day")),
        ("Hours: 9 per week", (9, 9, "hour", "week")),
        ("Weekly hours: 9+", (9, None, "hour", "week")),
        ("Hours per week | 9", (9, 9, "hour", "week")),
        ("Days per week: at least 3", (3, None, "day", "week")),
        ("Days per week = up to 5", (None, 5, "day", "week")),
        ("Number of days: ninety", (90, 90, "day", "")),
        ("Length in days: 90", (90, 90, "day", "")),
        ("Days (90)", (90, 90, "day", "")),
        ("The number of hours per week is nine", (9, 9, "hour", "week")),
        ("The weekly hours come to 9", (9, 9, "hour", "week")),
        ("How many days? 90", (90, 90, "day", "")),
        ("How many days? Ninety.", (90, 90, "day", "")),
        ("How many hours? 9 a week", (9, 9, "hour", "week")),
        ("How many hours a week? At least nine.", (9, None, "hour", "week")),
        ("How many days a week? 3 to 5", (3, 5, "day", "week")),
    ],
)
def test_a_unit_may_stand_before_its_number(text: str, expected: Said) -> None:
    """Labels, heads of columns and questions name the unit and the period of what follows."""
    assert [expected] == said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Many days. 90",
        "Days; 90",
        "The day is new! 90",
        "In these days, 90",
        "Days go by. The number: 90",
        "Which days are best? 90 guests asked",
        "Days: 90%",
        "Hours: $9",
        "Hours: 9:30",
        "Hours: 9 am",
        "Hours: 9 o'clock",
        "Days: 3/5",
        "Days: 3.5.1",
        "Days: the 3rd",
    ],
)
def test_a_unit_of_another_sentence_is_no_label(text: str) -> None:
    """Only a label, a verb or a question leads from a unit to a number behind it, and only to one that counts."""
    assert not said(text)


# ---------------------------------------------------------------- periods


@pytest.mark.parametrize(
    "between",
    [
        *(
            "a",
            "per",
            "each",
            "every",
            "every single",
            "each and every",
            "any",
            "one",
            "/",
            "p.",
            "in a",
            "in any given",
        ),
        *("of the", "of every", "out of the", "over each", "during the", "across the", "throughout the", "within each"),
        *("for every", "spread over the", "in a typical", "of your", "to the"),
    ],
)
def test_a_period_follows_its_unit(between: str) -> None:
    """Many words mean: a week."""
    expected: list[Said] = [(9, 9, "hour", "week")]
    assert expected == said(f"9 hours {between} week")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 hrs/wk", (9, 9, "hour", "week")),
        ("9h/week", (9, 9, "hour", "week")),
        ("3 hours here a day", (3, 3, "hour", "day")),
        ("3 hours of counseling a day", (3, 3, "hour", "day")),
        ("3 hours of your time a day", (3, 3, "hour", "day")),
        ("three hours of group therapy with us each day", (3, 3, "hour", "day")),
        ("3-hour days", (3, 3, "hour", "day")),
        ("a 5-day week", (5, 5, "day", "week")),
        ("9 hours weekly", (9, 9, "hour", "week")),
        ("9 hours of care weekly", (9, 9, "hour", "week")),
        ("3 hours daily", (3, 3, "hour", "day")),
        ("8 hours nightly", (8, 8, "hour", "night")),
        ("2 visits annually", (2, 2, "visit", "year")),
        ("1 visit biweekly", (1, 1, "visit", "fortnight")),
        ("3 daily hours", (3, 3, "hour", "day")),
        ("12 weekly sessions", (12, 12, "visit", "week")),
        ("30-minute daily walks", (30, 30, "minute", "day")),
        ("a weekly total of 9 hours", (9, 9, "hour", "week")),
        ("1-2 hours a visit", (1, 2, "hour", "visit")),
        ("an hour per session", (1, 1, "hour", "visit")),
    ],
)
def test_a_period_may_be_near_far_or_an_adverb(text: str, expected: Said) -> None:
    """It is found in the words behind the unit, between number and unit, and in the word before."""
    assert [expected] == said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Each week you spend nine hours here", (9, 9, "hour", "week")),
        ("Every day there are 3 hours of groups", (3, 3, "hour", "day")),
        ("In a week, that is 9 hours", (9, 9, "hour", "week")),
        ("Per week: 9 hours", (9, 9, "hour", "week")),
        ("Each week in the pool takes 9 hours", (9, 9, "hour", "week")),
        ("Weekly, you spend 9 hours", (9, 9, "hour", "week")),
        ("Daily: 3 hours", (3, 3, "hour", "day")),
        ("How much a week? Nine hours", (9, 9, "hour", "week")),
    ],
)
def test_a_period_may_stand_before_its_number(text: str, expected: Said) -> None:
    """The clause before a number sets the period that it is meant for."""
    assert [expected] == said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Each week is new. Nine hours go by.", (9, 9, "hour", "")),
        ("Is it each week? We think 9 hours", (9, 9, "hour", "")),
        ("9 hours. A week is long.", (9, 9, "hour", "")),
        ("9 hours of care, a week of rest", (9, 9, "hour", "")),
        ("2 hours at a time", (2, 2, "hour", "")),
        ("9 hours before a week is over", (9, 9, "hour", "")),
        ("9 hours while a week passes", (9, 9, "hour", "")),
        ("2 visits; a week of rest", (2, 2, "visit", "")),
        ("2 visits a year later", (2, 2, "visit", "")),
        ("2 visits a month ago", (2, 2, "visit", "")),
        ("90 days or weeks", (90, 90, "day", "")),
    ],
)
def test_a_unit_that_belongs_to_something_else_is_no_period(text: str, expected: Said) -> None:
    """Sentences end it, words such as before and while part it, and a year later is a moment."""
    assert [expected] == said(text)


# ---------------------------------------------------------------- an hour, once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an hour a day", (1, 1, "hour", "day")),
        ("a visit per week", (1, 1, "visit", "week")),
        ("one hour a day", (1, 1, "hour", "day")),
        ("an hour or two", (1, 2, "hour", "")),
        ("an hour or two a day", (1, 2, "hour", "day")),
        ("a day or two each week", (1, 2, "day", "week")),
        ("an hour to two hours a visit", (1, 2, "hour", "visit")),
        ("once a week", (1, 1, "visit", "week")),
        ("twice a week", (2, 2, "visit", "week")),
        ("twice weekly", (2, 2, "visit", "week")),
        ("thrice a month", (3, 3, "visit", "month")),
        ("Once every day", (1, 1, "visit", "day")),
        ("once or twice a week", (1, 2, "visit", "week")),
        ("once to three times a week", (1, 3, "visit", "week")),
        ("once or 3 times a month", (1, 3, "visit", "month")),
        ("at least once a week", (1, None, "visit", "week")),
        ("up to twice a day", (None, 2, "visit", "day")),
        ("about once a month", (1, 1, "visit", "month")),
    ],
)
def test_one_may_be_an_article_and_a_count_an_adverb(text: str, expected: Said) -> None:
    """An hour is one where a period or a second number tells that it is counted; once and twice are visits."""
    assert [expected] == said(text)


# ---------------------------------------------------------------- where they stand


@pytest.mark.parametrize(
    ("text", "whole", "core"),
    [
        ("Plan on at least 9 hours a week.", "at least 9 hours a week", "9"),
        ("You come 3-5 days a week, at ease.", "3-5 days a week", "3-5"),
        ("We meet between 3 and 5 days.", "between 3 and 5 days", "3 and 5"),
        ("The course runs about 90 days.", "about 90 days", "90"),
        ("It takes three (3) hours of care", "three (3) hours", "three (3)"),
        ("It is a 90-day program", "90-day", "90"),
        ("We offer 12 weekly sessions.", "12 weekly sessions", "12"),
        ("Plan 9 hours a week or more, all year", "9 hours a week or more", "9"),
        ("Hours per week: 9+, all year", "Hours per week: 9+", "9"),
        ("So: weekly hours: 9", "weekly hours: 9", "9"),
        ("How many days? 90 in all", "days? 90", "90"),
        ("Each week you spend nine hours", "nine hours", "nine"),
        ("Come once or twice a week, please", "once or twice a week", "once or twice"),
        ("Come at least once a week, please", "at least once a week", "once"),
        ("Give it an hour or two a day.", "an hour or two a day", "an hour or two"),
        ("It is 1,000 hours", "1,000 hours", "1,000"),
    ],
)
def test_a_figure_tells_where_its_words_and_its_numbers_stand(text: str, whole: str, core: str) -> None:
    """The whole has bound, unit and period in it; the core is the numbers alone."""
    figure = the_one(text)
    assert (whole, core) == (text[figure.start : figure.end], text[slice(*figure.core)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 hours a day, 5 days a week", [(3, 3, "hour", "day"), (5, 5, "day", "week")]),
        ("90 days, 9+ hours a week", [(90, 90, "day", ""), (9, None, "hour", "week")]),
        ("1-2 hours a visit, 1-3 visits a week", [(1, 2, "hour", "visit"), (1, 3, "visit", "week")]),
        ("3 hours or 5 days", [(3, 3, "hour", ""), (5, 5, "day", "")]),
        ("3 hours to 5 days", [(3, 3, "hour", ""), (5, 5, "day", "")]),
        ("2 days and 3 days", [(2, 2, "day", ""), (3, 3, "day", "")]),
        ("9 hours in 3 visits a week", [(9, 9, "hour", ""), (3, 3, "visit", "week")]),
        ("once or 3 days a week", [(3, 3, "day", "week")]),
        ("twelve one-hour sessions", [(1, 1, "hour", "visit")]),
        ("2 hours, 3 days and 4 weeks", [(2, 2, "hour", ""), (3, 3, "day", ""), (4, 4, "week", "")]),
        ("a 5-day week of 3-hour days", [(5, 5, "day", "week"), (3, 3, "hour", "day")]),
        ("It lasts 90 days. Come twice a week.", [(90, 90, "day", ""), (2, 2, "visit", "week")]),
        ("90 beds, 9 hours", [(9, 9, "hour", "")]),
        ("$90 for 9 hours", [(9, 9, "hour", "")]),
    ],
)
def test_each_figure_of_a_text_is_told_by_itself(text: str, expected: list[Said]) -> None:
    """They stand in the order of the text, and two units are no range."""
    assert expected == said(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3-5 days", {3, 5}), ("9+ hours", {9}), ("up to 6 hours", {6}), ("90 days", {90}), ("3, 4 or 5 days", {3, 5})],
)
def test_the_numbers_of_a_figure_are_those_that_are_said(text: str, expected: set[int]) -> None:
    """An open end is no number, and a number that is both ends is one."""
    assert expected == the_one(text).numbers


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    "text",
    [
        # prices
        "$9 an hour",
        "$ 9 an hour",
        "$1,500 a month",
        "$3-5 a day",
        "\u20ac90 per day",
        "\u00a390 a day",
        "9 dollars an hour",
        "90 euros per day",
        # times of day
        "at 9 am every day",
        "at 9 a.m. each day",
        "9 AM daily",
        "9 p.m. daily",
        "at 9:30 every day",
        "9:00-17:00 hours",
        "9 o'clock each day",
        "9 a.m. to 5 p.m. daily",
        # dates
        "on 3/5/2026",
        "2026-03-05",
        "05.03.2026",
        "the 3rd day",
        "the 90th day",
        "the first day of the week",
        "in the 1990s days were long",
        "in 2026, days were long",
        # versions, shares, codes
        "version 3.5.1 days",
        "50% of days",
        "90 % of the days",
        "90% each day",
        "24/7",
        "ID #123 days",
        "@9 days",
        "room_9 days",
        "12345678901234 days",
        "5K a day",
        # other things
        "90 people come each day",
        "3 people a week",
        "90",
        "ninety",
        "Call 561-555-0100",
        "9 to 5",
        # units alone
        "a week",
        "an hour",
        "days a week",
        "every day",
        "a few days a week",
        "several hours a day",
        "many hours a week",
        "several hundred days",
        "hours at a time",
        "days and nights",
        # words that look like numbers
        "often an hour",
        "once upon a time",
        "once you arrive",
        "twice as long",
        "someone each day",
        "tense hours",
        "a weighty hour",
        "",
    ],
)
def test_other_numbers_and_other_words_are_no_quantities(text: str) -> None:
    """Prices, times of day, dates, versions, shares and codes count nothing, nor does a unit without a number."""
    assert not said(text)


ANY_WORD = st.one_of(
    st.sampled_from(sorted({*SPELLED, *STARTERS})),
    st.sampled_from([*UNITS, *SHORT, *OCCASIONS, *ADVERBS, "night", "hours", "weeks", "x", "wee\u212a"]),
    st.sampled_from(
        ["9", "1,000", "\u00bd", "-", "+", "(", ")", ".", ":", "?", "|", "s\u0130x", "per", "or", "to", "many"]
    ),
)


@given(st.lists(ANY_WORD, max_size=8), st.sampled_from(["", " ", "-"]))
@example(["9", "nights"], " ")
@example(["twice", "nightly"], " ")
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_what_is_let_go_at_once_has_no_quantity(words: list[str], sign: str) -> None:
    """A text without a unit is not read word by word; it would give nothing."""
    text = sign.join(words)
    assert figures(text) == (tuple(_figures(Line(text))) if has_number(text) else ())
