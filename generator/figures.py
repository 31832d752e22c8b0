"""Quantities in prose, in all the ways that people write them.

A text is a passage as ``passages`` gives it: dashes and spaces of one kind,
no marks, no line breaks. It is read word by word, as an editor reads: a
number, perhaps a bound or a second number, its unit before or after, and the
period it is meant for. What the figure is compared with is not known here.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from generator import vocabulary as says
from generator.kept import kept
from generator.vocabulary import ADVERBS, COUNTS, HALVES, OCCASIONS, ONES, SHORT, SPELLED, TENS, UNITS, Phrases

DOZEN, HUNDRED, THOUSAND = 12, 100, 1000
LONGEST_NUMBER = 12
"""Characters; whatever is longer counts nothing."""
LONGEST_FILLER = 3
"""Words that may stand between a number and its unit: three full group hours."""
NEAR, REACH = 5, 10
"""Words between a unit and its period: three hours here a day, three hours of counseling and education a day."""


_SINGLE = {**{unit: unit for unit in (*UNITS, "night")}, **SHORT, **dict.fromkeys(OCCASIONS, "visit")}
UNIT: Mapping[str, str] = {word + end: unit for word, unit in _SINGLE.items() for end in ("", "s")}
"""The units by all the words that stand for them, in the singular and the plural."""


BEGINNING = frozenset({*SPELLED, *says.STARTERS})
"""Words that a quantity may begin with, if it does not with a digit."""


def in_words(number: int) -> str:
    """Return a whole number in English words; digits from a thousand on."""
    if number < len(ONES):
        return ONES[number]
    if number < HUNDRED:
        tens, ones = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[ones]}" if ones else "")
    if number < THOUSAND:
        hundreds, rest = divmod(number, HUNDRED)
        return f"{ONES[hundreds]} hundred" + (f" {in_words(rest)}" if rest else "")
    return str(number)


def unit_of(word: str) -> str:
    """Return the unit that a word stands for, in the singular; nothing for any other word."""
    return UNIT.get(word, "")


def _single(word: str) -> str:
    return word.removesuffix("s") if len(word) > 1 else word


# ---------------------------------------------------------------- words and numbers


class Line:
    """The words of a passage, to be asked what stands where. Hyphens do not part the words of a phrase."""

    def __init__(self, text: str) -> None:
        self.words = says.words_of(text)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """Return a word; nothing beyond either end."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def beside(self, index: int, *, before: int = 0) -> str:
        """Return a word that no space parts from the word after it, or else before it."""
        glued = index + before
        return self.at(index) if 0 < glued < len(self.words) and self.words[glued].glued else ""

    def starts(self, index: int, known: Phrases) -> int:
        """Return where a phrase that begins here ends; 0 if none does."""
        for phrase in known.get(self.at(index), ()):
            here = index
            for word in phrase:
                here += self.at(here) == "-" and word != "-"
                if self.at(here) != word:
                    break
                here += 1
            else:
                return here
        return 0

    def ends(self, index: int, known: Phrases) -> int | None:
        """Return where a phrase begins that ends before this word."""
        index -= self.at(index - 1) == "-" and "-" not in known
        for phrase in known.get(self.at(index - 1), ()):
            here = index - 1
            for word in reversed(phrase):
                here -= self.at(here) == "-" and word != "-"
                if self.at(here) != word:
                    break
                here -= 1
            else:
                return here + 1
        return None

    def number(self, index: int) -> tuple[Fraction, int] | None:
        """Return the number that begins here, and where it ends; said twice, as in three (3), it is one."""
        found = self._plain_number(index)
        if not found:
            return None
        value, end = found
        if self.at(end) in HALVES:
            value, end = value + HALVES[self.at(end)], end + 1
        if half := self.starts(end + (self.at(end) == "-"), says.AND_A_HALF):
            value, end = value + Fraction(1, 2), half
        again = self._plain_number(end + 1) if self.at(end) == "(" else None
        return value, again[1] + 1 if again and self.at(again[1]) == ")" else end

    def _plain_number(self, index: int) -> tuple[Fraction, int] | None:
        word = self.at(index)
        if word in HALVES:
            return HALVES[word], index + 1
        found = None
        if word[:1].isdecimal():
            found = self._digits(index)
        elif word in BEGINNING:
            found = self._spelled(index)
        if found and self.at(found[1]) == "dozen":
            return found[0] * DOZEN, found[1] + 1
        return found

    def _digits(self, index: int) -> tuple[Fraction, int] | None:
        """Return a number in digits that is no price, time, date, code or part of one."""
        word = self.at(index)
        if len(word) > LONGEST_NUMBER:
            return None
        before, after = self.beside(index - 1, before=1), self.beside(index + 1)
        behind = self.beside(index + 2) if after else ""
        if before in {*"$\u20ac\u00a3#/:.&@_"} or before.isalpha() or (before == "-" and not self._joins(index - 2)):
            return None
        if after == "%" or (after in {*"/:."} and behind[:1].isdecimal()) or self.starts(index + 1, says.CLOCK):
            return None
        if after[:1].isalpha() and not unit_of(after) and after not in {"plus", "to"}:
            return None
        return _in_digits(word), index + 1

    def _joins(self, index: int) -> bool:
        """Tell whether a hyphen behind this word may join it to a number, as in a range."""
        word = self.beside(index, before=1)
        return not word or word[:1].isdecimal() or word in {"to", "or", "and", ")"} or bool(unit_of(word))

    def _spelled(self, index: int) -> tuple[Fraction, int] | None:
        """Return a number in words below a thousand: twenty-one, a hundred and twenty, half a dozen, a couple of."""
        start = index
        index += self.at(index) in {"a", "half"} and self.at(index + 1) in {"a", "dozen", "hundred", "couple"}
        index += index > start and self.at(index) == "a"
        total, index = self._below_hundred(index)
        if self.at(index) == "hundred" and (total or index > start):
            total, index = max(total, 1) * HUNDRED, index + 1
            more, end = self._below_hundred(index + (self.at(index) in {"and", "-"}))
            total, index = total + more, end if more else index
        if not total:
            return None
        halved = Fraction(total, 2) if self.at(start) == "half" else Fraction(total)
        return halved, index + (self.at(index) == "of" and self.at(index - 1) == "couple")

    def _below_hundred(self, index: int) -> tuple[int, int]:
        """Return a number in words below a hundred, and where it ends; 0 if there is none."""
        value = SPELLED.get(self.at(index), 0)
        if not value:
            return 0, index
        ones = index + 1 + (self.at(index + 1) == "-")
        more = SPELLED.get(self.at(ones), 0)
        if value in range(20, HUNDRED, 10) and 0 < more < len(ONES) // 2:
            return value + more, ones + 1
        return value, index + 1


@functools.lru_cache(maxsize=256)
def _in_digits(word: str) -> Fraction:
    """Return the number that digits write, perhaps with a half behind them."""
    return Fraction(word.rstrip("".join(HALVES)).replace(",", "")) + HALVES.get(word[-1], 0)


# ---------------------------------------------------------------- quantities


class Figure(NamedTuple):
    """A quantity in a text: what ``Quantity`` holds, but with any number; and where it stands.

    ``start`` and ``end`` hold all its words, ``core`` the numbers alone.
    ``word`` is the unit as it was written, in the singular; ``bound`` tells
    whether it has one end only, such as at least 9.
    """

    least: Fraction | None
    most: Fraction | None
    unit: str
    period: str
    start: int
    end: int
    core: tuple[int, int]
    word: str = ""
    bound: bool = False

    @property
    def numbers(self) -> frozenset[Fraction]:
        """The numbers that are said."""
        return frozenset(number for number in (self.least, self.most) if number is not None)


class _Numbers(NamedTuple):
    """One number or two, from ``first`` to ``last``; with their bound from ``start`` to ``end``."""

    values: tuple[Fraction, ...]
    bound: str
    start: int
    first: int
    last: int
    end: int


_NUMBERS = (*SPELLED, *COUNTS, "hundred")
BEGINS = re.compile(rf"[\W\d_{''.join(HALVES)}](?:(?<=[\d{''.join(HALVES)}])|{'|'.join(_NUMBERS)}|an? (?=[hdwmvy]))")
"""What every quantity has in it, in small letters: a digit, or a word of a number where a word begins."""
COUNTED = frozenset({*UNIT, *ADVERBS})
"""Words of which every quantity has one as well."""


def has_number(text: str) -> bool:
    """Tell whether a text has what every quantity has in it; most have not."""
    return bool(BEGINS.search(f" {says.lower(text)}"))


@kept
def figures(text: str) -> tuple[Figure, ...]:
    """Return the quantities in a passage, in the order of the text."""
    is_there = not COUNTED.isdisjoint(says.plain_words(text)) and has_number(text)
    return tuple(_figures(Line(text))) if is_there else ()


def _figures(line: Line) -> Iterator[Figure]:
    end = 0
    for index, (word, *_) in enumerate(line.words):
        if index >= end and (word in BEGINNING or word[0].isdecimal()) and (found := _figure(line, index)):
            figure, end = found
            yield figure


def _figure(line: Line, index: int) -> tuple[Figure, int] | None:
    """Return the quantity whose number begins here, and the word that it ends before."""
    word = line.at(index)
    if word in COUNTS:
        return _counted(line, index)
    if word in {"a", "an"} and unit_of(line.at(index + 1)):
        return _one(line, index)
    numbers = _numbers(line, index)
    return (_unit_after(line, numbers) or _unit_before(line, numbers)) if numbers else None


def _numbers(line: Line, index: int) -> _Numbers | None:
    """Return the numbers that begin here, with what bounds them on both sides."""
    found = line.number(index)
    if not found:
        return None
    start, bound = _bound_before(line, index)
    end, bound_after = _bound_after(line, found[1])
    unit, second_at = _unit_between(line, end)
    second = _second(line, second_at, between=bound == "between")
    again = _unit_at(line, second[1]) if second else 0
    if second and second[0] != found[0] and (not unit or (again and unit_of(line.at(again)) == unit)):
        end, _ = _bound_after(line, second[1])
        return _Numbers((found[0], second[0]), "range", start, index, second[1], end)
    bound = bound_after or ("" if bound == "between" else bound)
    return _Numbers((found[0],), bound, start, index, found[1], end)


def _unit_between(line: Line, index: int) -> tuple[str, int]:
    """Return the unit that stands behind the first number of a range, and where the range goes on: 3 days to 5 days."""
    at = index + (line.at(index) == "-" and bool(unit_of(line.at(index + 1))))
    unit = unit_of(line.at(at))
    return unit, _period(line, at + 1, near=True)[1] if unit else index


def _bound_before(line: Line, index: int) -> tuple[int, str]:
    """Return where the words begin that bound a number from the left, and what they say."""
    for _ in range(2):
        about = line.ends(index, says.ABOUT_BEFORE)
        index = index if about is None else about
    known = ((says.LEAST_BEFORE, "least"), (says.MOST_BEFORE, "most"), (says.BETWEEN_BEFORE, "between"))
    found = [(start, bound) for phrases, bound in known if (start := line.ends(index, phrases)) is not None]
    return min(found, default=(index, ""))


def _bound_after(line: Line, index: int) -> tuple[int, str]:
    """Return where the words end that bound a number from the right, and what they say."""
    index += line.at(index) == "-" and bool(line.starts(index + 1, says.MORE_AFTER))
    if line.at(index) == "min" and not unit_of(line.at(index - 1)) and not _unit_at(line, index + 1):
        return index, ""  # minutes, not a minimum
    if (end := line.starts(index, says.MORE_AFTER)) and not line.number(end):
        return end, "least"
    if end := line.starts(index, says.LESS_AFTER):
        return end, "most"
    return index, ""


def _second(line: Line, index: int, *, between: bool) -> tuple[Fraction, int] | None:
    """Return the second number of a range, and where it ends; of three numbers the last."""
    found = _joined(line, index, between=between)
    return (_joined(line, found[1], between=True) or found) if found else None


def _joined(line: Line, index: int, *, between: bool) -> tuple[Fraction, int] | None:
    """Return the number that what stands here joins to the one before, and where it ends."""
    end = line.starts(index + 1, says.JOINS) if line.at(index) == "-" else 0
    end = end or line.starts(index, says.JOINS)
    if not end or (line.at(index) == "and" and end == index + 1 and not between):
        return None
    start = end + (line.at(end) == "-")
    while about := line.starts(start, says.ABOUT_AFTER):
        start = about
    return line.number(start)


def _unit_at(line: Line, index: int) -> int:
    """Return where the unit is that a number before this word counts; 0 if there is none."""
    index += line.at(index) == "-"
    for here in range(index, index + LONGEST_FILLER + 1):
        word = line.at(here)
        if unit_of(word):
            return here
        if word in says.NO_FILLER or word in SPELLED or not (word.isalpha() or word == "-"):
            return 0
    return 0


def _unit_after(line: Line, numbers: _Numbers) -> tuple[Figure, int] | None:
    """Return the figure whose unit stands behind its numbers."""
    at = _unit_at(line, numbers.end)
    if not at:
        return None
    end = at + 1 + 3 * ((line.at(at + 1), line.at(at + 2), line.at(at + 3)) == ("(", "s", ")"))
    end += line.at(end) == "." and _single(line.at(at)) in SHORT and end + 1 < len(line)
    end, late = _bound_after(line, end)
    period, end = _period(line, end, hyphen="-" in {line.at(numbers.end), line.at(end)})
    between = (ADVERBS.get(line.at(place), "") for place in range(numbers.end, at))
    period = period or next(filter(None, between), "") or _period_before(line, numbers.start)
    last, latest = _bound_after(line, end)
    return _made(line, numbers, latest or late or numbers.bound, (line.at(at), period), (numbers.start, last))


def _unit_before(line: Line, numbers: _Numbers) -> tuple[Figure, int] | None:
    """Return the figure whose unit stands before its numbers: ``Hours per week: 9``, ``How many hours? 9``."""
    index = numbers.start
    while (start := line.ends(index, says.IS_BEFORE)) is not None:
        index = start
    if index == numbers.start:
        return None
    asked = line.at(numbers.start - 1) == "?"
    for here in range(index - 1, index - 2 - REACH - 2 * asked, -1):
        word = line.at(here)
        if not word or word in says.SENTENCE_ENDS - {"|"} or (asked and word == ","):
            return None
        if unit_of(word) and not _is_period(line, here) and (not asked or line.at(here - 1) in {"many", "much"}):
            return _labelled(line, numbers, here)
    return None


def _labelled(line: Line, numbers: _Numbers, at: int) -> tuple[Figure, int]:
    """Return the figure whose unit stands as a label before it."""
    period, _ = _period(line, at + 1)
    start = at - (not period and line.at(at - 1) in ADVERBS)
    period = period or ADVERBS.get(line.at(at - 1), "")
    late, end = _period(line, numbers.end, near=True)
    return _made(line, numbers, numbers.bound, (line.at(at), period or late), (start, end))


def _made(
    line: Line, numbers: _Numbers, bound: str, unit: tuple[str, str], span: tuple[int, int]
) -> tuple[Figure, int]:
    values, (word, period), (start, end) = sorted(numbers.values), unit, span
    is_range = numbers.bound == "range"
    least = None if bound == "most" and not is_range else values[0]
    most = None if bound == "least" and not is_range else values[-1]
    core = line.words[numbers.first].start, line.words[numbers.last - 1].end
    place = line.words[start].start, line.words[end - 1].end
    return Figure(least, most, unit_of(word), period, *place, core, _single(word), bound in {"least", "most"}), end


# ---------------------------------------------------------------- periods


def _period(line: Line, index: int, *, near: bool = False, hyphen: bool = False) -> tuple[str, int]:
    """Return the period that a unit before this word is counted in, and where it ends; or nothing, and this word."""
    if hyphen and unit_of(line.at(index)):
        return unit_of(line.at(index)), index + 1
    for here in range(index, index + (1 if near else REACH if line.at(index) == "of" else NEAR)):
        word = line.at(here)
        if word in ADVERBS:
            return ADVERBS[word], here + 1
        shift = word == "-"
        if end := line.starts(here + shift, says.PERIOD_AFTER):
            end += line.at(end) == "-"
            if _can_be_a_period(line.at(end)) and line.at(end + 1) not in says.NO_PERIOD:
                return unit_of(line.at(end)), end + 1
        if not word or word in says.BREAKS or (word == "," and here > index) or line.number(here):
            break
        if unit_of(word) and not shift and word != "time":
            break
    return "", index


def _can_be_a_period(word: str) -> bool:
    return bool(unit_of(word)) and not word.endswith("s") and word not in {"time", "x"}


def _is_period(line: Line, index: int) -> bool:
    """Tell whether a unit stands there as a period: ``a week``."""
    return line.ends(index, says.PERIOD_BEFORE) is not None


def _period_before(line: Line, index: int) -> str:
    """Return the period that a clause sets before a number: ``Each week you spend nine hours``."""
    for here in range(index - 1, index - REACH, -1):
        word = line.at(here)
        if word == "?" and here == index - 1:
            continue  # the figure answers a question
        if not word or word in says.SENTENCE_ENDS or (line.number(here) and word != "one"):
            return ""
        if word in ADVERBS:
            return ADVERBS[word]
        if unit_of(word):
            sign = line.ends(here, says.PERIOD_BEFORE)
            if sign is None and line.at(here - 1).isalpha():
                sign = line.ends(here - 1, says.PERIOD_BEFORE)
            if sign is None and _single(word) in OCCASIONS:
                continue
            is_taken = sign is None or unit_of(line.at(sign - 1)) or line.at(sign - 1) in COUNTS
            return "" if is_taken else unit_of(word)
    return ""


# ---------------------------------------------------------------- an hour a day, once a week


def _one(line: Line, index: int) -> tuple[Figure, int] | None:
    """Return the figure of ``half an hour a day``, of ``an hour or two``; nothing where ``a week`` is a period."""
    before = line.at(index - 1)
    word, end, values = line.at(index + 1), index + 2, [Fraction(1, 2) if before == "half" else Fraction(1)]
    join = line.starts(end, says.OR_TO)
    if second := line.number(join) if join else None:
        values, end = [*values, second[0]], second[1]
        word, end = (line.at(end), end + 1) if unit_of(line.at(end)) else (word, end)
    period, last = _period(line, end, near=not second)
    if not second and (not period or unit_of(before) or before in ADVERBS or before in COUNTS):
        return None
    start, bound = _bound_before(line, index - (before == "half"))
    numbers = _Numbers(tuple(values), "range" if second else bound, start, index, end, end)
    return _made(line, numbers, numbers.bound, (word, period), (start, last))


def _counted(line: Line, index: int) -> tuple[Figure, int] | None:
    """Return the figure of ``once or twice a week``."""
    values, end = [Fraction(COUNTS[line.at(index)])], index + 1
    join = line.starts(end, says.OR_TO)
    if join and line.at(join) in COUNTS:
        values, end = [*values, Fraction(COUNTS[line.at(join)])], join + 1
    elif join and (number := line.number(join)) and line.at(number[1]) == "times":
        values, end = [*values, number[0]], number[1] + 1
    period, last = _period(line, end, near=True)
    if not period:
        return None
    start, bound = _bound_before(line, index)
    numbers = _Numbers(tuple(values), "range" if len(values) > 1 else bound, start, index, end, end)
    return _made(line, numbers, numbers.bound, ("time", period), (start, last))
