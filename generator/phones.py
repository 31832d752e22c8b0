"""Phone numbers in prose, in all the ways that people write them.

Numbers of the North American plan, as 3, 7, 10 or 11 digits: in groups, in
one piece, digit by digit in words, with letters for digits; and numbers of
other countries, which are told by their plus sign.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.vocabulary import plain_words

SHORT, LOCAL, WHOLE = 3, 7, 10
DIGITS: Mapping[str, str] = MappingProxyType(
    {"zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
    | {"seven": "7", "eight": "8", "nine": "9"}
)
KEYS: Mapping[str, str] = MappingProxyType(
    {
        letter: digit
        for digit, letters in zip("23456789", ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), strict=True)
        for letter in letters
    }
)
"""The letters on the keys of a phone."""

_SIGN = r"[ ]?[-./\u00b7\u2022|~_*,][ ]?|[ ]"
_AREA = r"(?:\(\s?[2-9]\d\d\s?\)|\[\s?[2-9]\d\d\s?\]|[2-9]\d\d)"
_END = r"(?:[ ]?(?:x|ext\.?)[ ]?\d{1,5})?(?![\w-]|\.\d|/\d{1,2}(?!\d))"
GROUPED = re.compile(
    r"(?<![\w$\u20ac\u00a3#])(?<!\d[-.])(?:\(?(?:\+?\s?|00|011[ -]?)1\)?"
    rf"(?:{_SIGN})?)?(?:(?:{_AREA})(?:{_SIGN}|(?<=[)\]]))\d{{3}}(?:{_SIGN})?|[2-9]\d{{5}}(?:{_SIGN}))\d{{4}}{_END}"
)
JOINED = re.compile(rf"(?<![\w$\u20ac\u00a3#.-])(?:\+?\s?1[ -]?)?(?:\([2-9]\d\d\)\s?)?(?:[2-9]\d\d)?[2-9]\d{{6}}{_END}")
LOCALLY = re.compile(rf"(?<![\w$\u20ac\u00a3#])(?<!\d[-./ ])(?<!\d\) )(?<!\))[2-9]\d\d[ ]?[-.][ ]?\d{{4}}{_END}")
ABROAD = re.compile(r"(?<![\w+])(?:\+|\b011[ -])\s?(?!1[ .(-]?[\d(])[2-9]\d{0,2}(?:[ .()/-]{0,2}\d){6,12}(?![\w-])")
VANITY = re.compile(
    r"(?<![\w$#-])(?:\(?\+?1\)?[ .-]?)?\(?(?P<area>[2-9]\d\d)\)?[ .-]"
    r"(?P<word>[A-Z0-9]{3}[ .-]?[A-Z0-9]{4,7}|[A-Z0-9]{7,10}|[A-Z]{2,8}(?:[ .-][A-Z]{2,8}){1,2})(?![\w-])"
)
_DIGIT = rf"(?:{'|'.join(DIGITS)}|\d)"
SPOKEN = re.compile(
    rf"(?<![\w-])(?:(?:double|triple|{_DIGIT})(?:[ ]?[-,./][ ]?|[ ])){{2,24}}{_DIGIT}(?![\w-])", re.IGNORECASE
)
SIGN = 3
"""Characters between two digits of a number at most."""
THREE = re.compile(
    r"(?<![\w$\u20ac\u00a3#.,:-])(?<!\d )\d(?:\d\d|(?P<sign>[-. ])\d(?P=sign)\d)"
    r"(?![\w%]|[-.,:]\d|/\d\d?(?!\d)|/\d{4}|-\w| \d)"
)
DIGIT = re.compile(r"\d")
LETTERS = 2
"""Letters that a number must have at least to be one with letters."""


class Number(NamedTuple):
    """A phone number in a text: its digits as dialled at home (without the 1 in front), and where it stands.

    ``sure`` tells that nothing else is written like this.
    """

    digits: str
    start: int
    end: int
    sure: bool = True


def numbers(text: str) -> Iterator[Number]:
    """Each phone number in a passage, in the order of the text; those of three digits are only perhaps ones."""
    found = sorted((each for kind in _kinds(text) for each in kind(text)), key=lambda each: (each.start, -each.end))
    end = -1
    for number in found:
        if number.start >= end:
            yield number
            end = number.end


def _kinds(text: str) -> Iterator[Callable[[str], Iterator[Number]]]:
    """Each kind of number that can be in a passage; in most there is none."""
    if DIGIT.search(text):
        for sign, kinds in WRITTEN:
            if sign.search(text):
                yield from kinds
    if not DIGITS.keys().isdisjoint(plain_words(text)):
        yield _spoken


def at_home(digits: str) -> str:
    """Return the digits that are dialled within the country."""
    return digits[1:] if len(digits) == WHOLE + 1 and digits[0] == "1" else digits


def _grouped(text: str) -> Iterator[Number]:
    for found in GROUPED.finditer(text):
        digits = re.sub(r"\D", "", re.split("[x e]*x", found[0])[0])
        yield Number(at_home(digits.removeprefix("00").removeprefix("011")), *found.span())


def _joined(text: str) -> Iterator[Number]:
    for found in JOINED.finditer(text):
        digits = at_home(re.sub(r"\D", "", found[0]))
        yield Number(digits, *found.span(), sure=found[0][0] in "+(" and len(digits) == WHOLE)


def _local(text: str) -> Iterator[Number]:
    for found in LOCALLY.finditer(text):
        yield Number(re.sub(r"\D", "", found[0]), *found.span(), sure="-" in found[0])


def _abroad(text: str) -> Iterator[Number]:
    for found in ABROAD.finditer(text):
        yield Number("+" + re.sub(r"\D", "", found[0]).removeprefix("011"), *found.span())


def _vanity(text: str) -> Iterator[Number]:
    for found in VANITY.finditer(text):
        word = found["word"].rstrip(" .-")
        letters = sum(character.isalpha() for character in word)
        keys = re.sub(r"[^A-Z0-9]", "", word)
        if letters >= LETTERS and len(keys) >= LOCAL and re.search(r"[A-Z]{2}", word):
            digits = "".join(KEYS.get(key.lower(), key) for key in keys)[:LOCAL]
            yield Number(found["area"] + digits, found.start(), found.start("word") + len(word))


def _spoken(text: str) -> Iterator[Number]:
    end = -SIGN - 1
    for found in SPOKEN.finditer(text):
        goes_on, end = found.start() - end <= SIGN, found.end()
        words = re.findall(r"[a-z]+|\d", found[0].lower())
        if goes_on or not any(word in DIGITS for word in words):
            continue
        digits, times = "", 1
        for word in words:
            digits += DIGITS.get(word, word if word.isdigit() else "") * times
            times = {"double": 2, "triple": 3}.get(word, 1)
        if len(at_home(digits)) in {SHORT, LOCAL, WHOLE}:
            yield Number(at_home(digits), *found.span(), sure=len(digits) > LOCAL or "-" in found[0])


def _three(text: str) -> Iterator[Number]:
    for found in THREE.finditer(text):
        yield Number(re.sub(r"\D", "", found[0]), *found.span(), sure=found[0].count("-") == SHORT - 1)


WRITTEN = (
    (re.compile(r"\d{3}"), (_grouped, _joined, _local, _vanity)),
    (re.compile(r"\+|011"), (_abroad,)),
    (re.compile(r"\d[-. ]?\d[-. ]?\d"), (_three,)),
)
"""The kinds of numbers with digits, by what each of them has in it."""
