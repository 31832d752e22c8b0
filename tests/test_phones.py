"""Phone numbers as people write them in prose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import phones
from generator.phones import Number, at_home, numbers


def digits(text: str) -> list[str]:
    """Return the digits of each number in a text."""
    return [number.digits for number in numbers(text)]


def the_one(text: str) -> Number:
    """Return the only number in a text."""
    (number,) = numbers(text)
    return number


GROUPED = [
    "561-555-0100",
    "561 - 555 - 0100",
    "561.555.0100",
    "561 555 0100",
    "561/555-0100",
    "561 / 555 / 0100",
    "561-555.0100",
    "561\u00b7555\u00b70100",
    "561\u2022555\u20220100",
    "561 | 555 | 0100",
    "561_555_0100",
    "561~555~0100",
    "561, 555, 0100",
    "(561) 555-0100",
    "(561)555-0100",
    "( 561 ) 555-0100",
    "(561) 555 0100",
    "[561] 555-0100",
    "1-561-555-0100",
    "1 561 555 0100",
    "1.561.555.0100",
    "1 (561) 555-0100",
    "(1) 561-555-0100",
    "+1 561 555 0100",
    "+1-561-555-0100",
    "+1 (561) 555-0100",
    "+1(561)555-0100",
    "+15615550100",
    "+1 5615550100",
    "(561) 5550100",
]
IN_ONE_PIECE = ["5615550100", "15615550100", "1 5615550100"]
SPOKEN = [
    "five six one, five five five, zero one zero zero",
    "five six one five five five oh one oh oh",
    "Five Six One Five Five Five Zero One Zero Zero",
    "five-six-one five-five-five oh-one-oh-oh",
    "five six one. five five five. zero one zero zero",
    "five six one, triple five, oh one double oh",
    "one five six one five five five zero one zero zero",
    "5 6 1 five five five 0 1 0 0",
]


@pytest.mark.parametrize("text", [*GROUPED, *IN_ONE_PIECE, *SPOKEN])
def test_a_whole_number_is_its_ten_digits(text: str) -> None:
    """However its groups are parted, in one piece, or spoken, with a 1 in front or without it."""
    number = the_one(text)
    assert ("5615550100", 0, len(text)) == (number.digits, number.start, number.end)


@pytest.mark.parametrize("text", ["555-0100", "555 - 0100", "555.0100", "5550100", "five five five, oh one oh oh"])
def test_a_number_without_its_area_code_is_seven_digits(text: str) -> None:
    """It stands by itself."""
    number = the_one(text)
    assert ("5550100", 0, len(text)) == (number.digits, number.start, number.end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("561-555-HELP", "5615554357"),
        ("1-561-555-HELP", "5615554357"),
        ("+1 561 555 HELP", "5615554357"),
        ("561-KL5-0100", "5615550100"),
        ("561-JKL-0100", "5615550100"),
        ("561.555.SWIM", "5615557946"),
        ("1-800-555-SWIM", "8005557946"),
        ("800-GET-HELP", "8004384357"),
        ("1-800-FLOWERS", "8003569377"),
        ("(800) FLOWERS", "8003569377"),
        ("1.800.GETHELP", "8004384357"),
        ("800 CALL NOW", "8002255669"),
        ("561-555-CARES", "5615552273"),
        ("800-PQRS-TUV", "8007777888"),
        ("800-WXYZ-ABC", "8009999222"),
    ],
)
def test_letters_stand_for_the_keys_that_hold_them(text: str, expected: str) -> None:
    """Capitals in place of digits are dialled; those beyond seven are for the eye."""
    number = the_one(text)
    assert (expected, 0, len(text)) == (number.digits, number.start, number.end)


@pytest.mark.parametrize("digits", [12, 24, 25, 26, 30, 35, 60])
def test_a_long_row_of_digits_is_no_number(digits: int) -> None:
    """However long it is, no part of it is taken for a number."""
    assert [*numbers(" ".join(["three"] * digits))] == []
    assert [*numbers(" ".join(["three", "3"] * (digits // 2)))] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+44 20 7946 0100", "+442079460100"),
        ("+442079460100", "+442079460100"),
        ("+44 (20) 7946 0100", "+442079460100"),
        ("+44.20.7946.0100", "+442079460100"),
        ("011 44 20 7946 0100", "+442079460100"),
        ("011-44-20-7946-0100", "+442079460100"),
        ("+33 1 99 00 12 34", "+33199001234"),
        ("+49 30/2345678", "+49302345678"),
    ],
)
def test_a_number_of_another_country_keeps_its_plus(text: str, expected: str) -> None:
    """It is told by its plus sign, or by what is dialled to leave the country."""
    number = the_one(text)
    assert (expected, 0, len(text)) == (number.digits, number.start, number.end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("911", "911"),
        ("988", "988"),
        ("711", "711"),
        ("9-1-1", "911"),
        ("9.1.1", "911"),
        ("9 1 1", "911"),
        ("nine one one", "911"),
        ("nine-eight-eight", "988"),
        ("Seven, one, one", "711"),
        ("nine double one", "911"),
        ("9 one 1", "911"),
    ],
)
def test_three_digits_may_be_a_number(text: str, expected: str) -> None:
    """Together, one by one, or spoken; whether they are dialled is for the sentence to tell."""
    number = the_one(text)
    assert (expected, 0, len(text)) == (number.digits, number.start, number.end)


@pytest.mark.parametrize(
    "text",
    [
        # codes
        "33401-0100",
        "FL 33401-0100",
        "33401",
        "978-0-306-40615-7",
        "ISBN 0-306-40615-2",
        "9780306406157",
        "123-45-6789",
        "12-3456789",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "192.168.100.200",
        "A911",
        "911A",
        "911-B",
        "B-911",
        "#911",
        "#5615550100",
        "X5615550100",
        "v9.1.1",
        "561-5A5-B100",
        # too short, too long, or no area code
        "561-555-010",
        "561-555-01000",
        "55-0100",
        "555-01000",
        "555-0100-2",
        "561-555-0100-22",
        "561555010",
        "56155501000",
        "061-555-0100",
        "161-555-0100",
        "9-1",
        "9-1-1-0",
        "9111",
        "five six",
        "nine one one one",
        # prices, counts, shares
        "$911",
        "$911.50",
        "$561,555",
        "$561-555-0100",
        "\u20ac5550100",
        "911.50",
        "1,911",
        "911,000",
        "911%",
        "3.5",
        # dates and times
        "2026-03-05",
        "03/05/2026",
        "5.3.2026",
        "2026-2027",
        "1990",
        "12:30",
        "911:30",
        "24/7",
        # words
        "one, two and three",
        "nine to five",
        "one-on-one visits",
        "bone one one",
        "no digits at all",
        "",
    ],
)
def test_other_digits_are_no_phone_number(text: str) -> None:
    """ZIP codes, book numbers, prices, counts, dates, times and parts of longer codes are left alone."""
    assert not digits(text)
    assert not digits(f"It says {text} there.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 561-555-0100.", ["561-555-0100"]),
        ("Call (561) 555-0100, ext. 5", ["(561) 555-0100"]),
        ("Call (561-555-0100) today", ["561-555-0100"]),
        ("Call us:561-555-0100!", ["561-555-0100"]),
        ("tel:+1-561-555-0100", ["+1-561-555-0100"]),
        ("Call 561-555-0100 or 561-555-0199", ["561-555-0100", "561-555-0199"]),
        ("Dial 911 or 988; relay: 711.", ["911", "988", "711"]),
        ("Is it 911? '988'!", ["911", "988"]),
        ("988 first, then 561-555-HELP, then +44 20 7946 0100", ["988", "561-555-HELP", "+44 20 7946 0100"]),
        ("Call nine one one, or 555-0100", ["nine one one", "555-0100"]),
        ("1-800-FLOWERS for gifts", ["1-800-FLOWERS"]),
        ("In 561 IN FL", ["561"]),
        ("\u65e5\u672c 561-555-0100", ["561-555-0100"]),
    ],
)
def test_each_number_of_a_text_tells_where_it_stands(text: str, expected: list[str]) -> None:
    """They come in the order of the text, without the signs around them, and none is told twice."""
    assert expected == [text[number.start : number.end] for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, True) for text in GROUPED),
        *((text, False) for text in IN_ONE_PIECE),
        *((text, True) for text in SPOKEN),
        ("555-0100", True),
        ("555.0100", False),
        ("5550100", False),
        ("561-555-HELP", True),
        ("+44 20 7946 0100", True),
        ("911", False),
        ("9 1 1", False),
        ("9-1-1", True),
        ("five five five, oh one oh oh", False),
        ("nine one one", False),
        ("nine-one-one", True),
    ],
)
def test_what_looks_like_nothing_else_is_sure(text: str, expected: bool) -> None:  # noqa: FBT001 - a row of the table
    """Groups, hyphens and letters tell a phone number; bare digits may be anything."""
    assert expected is the_one(text).sure


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("15615550100", "5615550100"),
        ("5615550100", "5615550100"),
        ("1561555010", "1561555010"),
        ("25615550100", "25615550100"),
        ("5550100", "5550100"),
        ("911", "911"),
        ("", ""),
    ],
)
def test_at_home_no_1_is_dialled(whole: str, expected: str) -> None:
    """The 1 in front of ten digits is dropped; anything else stays."""
    assert expected == at_home(whole)


SIGNS = st.sampled_from([*phones.DIGITS, *"0123456789", *"-. ()+/\u0131", "911", "561", "011", "double", "HELP", "x"])


@given(st.lists(SIGNS, max_size=16), st.sampled_from(["", " ", "-"]))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_kinds_that_are_not_looked_for_are_not_there(signs: list[str], between: str) -> None:
    """What each kind has in it is a sign that it may be there: without it, it is not."""
    text = between.join(signs)
    looked_for = [*phones._kinds(text)]  # noqa: SLF001
    every = [phones._spoken, *(kind for _, kinds in phones.WRITTEN for kind in kinds)]  # noqa: SLF001
    assert not [found for kind in every if kind not in looked_for for found in kind(text)]
