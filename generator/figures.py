"""Quantities in prose, in all the ways that people write them.

A text is a passage as ``passages`` gives it: dashes and spaces of one kind,
no marks, no line breaks. It is read word by word, as an editor reads: a
number, perhaps a bound or a second number, its unit before or after, and the
period it is meant for. What the figure is compared with is not known here.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
HUNDRED, THOUSAND = 100, 1000
SPELLED: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(ONES)}
    | {word: 10 * number for number, word in enumerate(TENS) if word}
    | {"couple": 2, "dozen": 12, "fourty": 40, "ninty": 90}
)
COUNTS: Mapping[str, int] = MappingProxyType({"once": 1, "twice": 2, "thrice": 3})
HALVES: Mapping[str, Fraction] = MappingProxyType(
    {"\u00bd": Fraction(1, 2), "\u00bc": Fraction(1, 4), "\u00be": Fraction(3, 4)}
)

UNITS = ("minute", "hour", "day", "week", "month", "year", "visit")
SHORT: Mapping[str, str] = MappingProxyType(
    {"min": "minute", "hr": "hour", "h": "hour", "wk": "week", "mo": "month", "yr": "year"}
)
"""How units are shortened."""
OCCASIONS = frozenset({"time", "session", "appointment", "meeting", "x"})
"""Other words for visits; they count as visits only where it is clear what is visited."""
ADVERBS: Mapping[str, str] = MappingProxyType(
    {"daily": "day", "weekly": "week", "hourly": "hour", "monthly": "month", "yearly": "year", "annually": "year"}
    | {"nightly": "night", "biweekly": "fortnight"}
)
LONGEST_FILLER = 3
"""Words that may stand between a number and its unit: three full group hours."""
REACH = 10
"""Words between a unit and its period: three hours of counseling and education a day."""


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
    single = word.removesuffix("s") if len(word) > 1 else word
    single = SHORT.get(single, single)
    return "visit" if single in OCCASIONS else single if single in {*UNITS, "night"} else ""


# ---------------------------------------------------------------- words

WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?[\u00bd\u00bc\u00be]?|[^\W\d_]+(?:'[^\W\d_]+)?|[\u00bd\u00bc\u00be]|\S"
)
SENTENCE_END = re.compile(r"[.!?](?=[\"')\]]*\s+[\"'(\[]*[A-Z\d\ufffc])|[!?;](?=\s)|\|")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or sign, in lower case; ``glued`` tells that no space stands before it."""

    text: str
    start: int
    end: int
    glued: bool


def words_of(text: str) -> list[Word]:
    """Return the words of a passage."""
    words: list[Word] = []
    for found in WORD.finditer(text):
        glued = bool(words) and words[-1].end == found.start()
        words.append(Word(found[0].lower(), found.start(), found.end(), glued))
    return words


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


def phrases(*texts: str, ending: bool = False) -> Phrases:
    """Return phrases by their first word, or by their last; the longest come first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for text in texts:
        words = tuple(word.text for word in words_of(text))
        found.setdefault(words[-1 if ending else 0], []).append(words)
    return {key: tuple(sorted(each, key=len, reverse=True)) for key, each in found.items()}


STARTERS = frozenset({*COUNTS, *HALVES, "a", "an", "half", "hundred"})
CLOCK = phrases("am", "pm", "a . m", "p . m", "o'clock", "noon")
"""What makes a number a time of day."""


class Line:
    """The words of a passage, to be asked what stands where. Hyphens do not part the words of a phrase."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """Return a word; nothing beyond either end."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def glued(self, index: int) -> bool:
        """Tell whether no space stands before a word."""
        return 0 < index < len(self.words) and self.words[index].glued

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
        """Return the number that begins here, and where it ends."""
        word = self.at(index)
        found = self._digits(index) if word[:1].isdigit() else self._spelled(index)
        if not found:
            return None
        value, end = found
        if self.at(end) in HALVES:
            value, end = value + HALVES[self.at(end)], end + 1
        if (self.at(end), self.at(end + 1), self.at(end + 2)) == ("and", "a", "half"):
            value, end = value + Fraction(1, 2), end + 3
        if self.at(end) == "(" and (inside := self.number(end + 1)) and self.at(inside[1]) == ")":
            end = inside[1] + 1
        return value, end

    def _digits(self, index: int) -> tuple[Fraction, int] | None:
        word = self.at(index)
        before = self.at(index - 1) if self.glued(index) else ""
        after = self.at(index + 1) if self.glued(index + 1) else ""
        behind = self.at(index + 2) if self.glued(index + 2) else ""
        if before in {*"$\u20ac\u00a3#/:.&@_"} or (before == "-" and not self._is_count(index - 2)):
            return None
        if after == "%" or (after in {*"/:."} and behind[:1].isdigit()):
            return None
        if self.starts(index + 1, CLOCK):
            return None
        if after[:1].isalpha() and not unit_of(after) and after not in {"plus", "to"}:
            return None
        half = HALVES.get(word[-1], Fraction(0))
        return Fraction(word.rstrip("".join(HALVES)).replace(",", "")) + half, index + 1

    def _is_count(self, index: int) -> bool:
        """Tell whether a hyphen behind this word may join it to a number."""
        word = self.at(index)
        return not self.glued(index + 1) or word[:1].isdigit() or word in {"to", "or", "and", ")"} or bool(unit_of(word))

    def _spelled(self, index: int) -> tuple[Fraction, int] | None:
        start, total, below = index, 0, HUNDRED
        index += self.at(index) in {"a", "half"} and self.at(index + 1) in {"dozen", "hundred", "couple"}
        if index > start and self.at(index) == "hundred":
            total = 1
        while True:
            word = self.at(index)
            joined = index + (word in {"-", "and"} and total > 0)
            value = SPELLED.get(self.at(joined))
            if word == "hundred" and 0 < total < 10:  # noqa: PLR2004
                total, below, index = total * HUNDRED, HUNDRED, index + 1
            elif value is None or not value < below or (word == "and" and total < HUNDRED):
                break
            else:
                total, index = total + value, joined + 1
                below = 10 if value >= 20 else 1  # noqa: PLR2004 - nothing follows a number below twenty
                if value < 10 and self.at(index) == "hundred":  # noqa: PLR2004
                    below = HUNDRED
        if self.at(index) == "of" and self.at(index - 1) == "couple":
            index += 1
        return (Fraction(total), index) if index > start and total else None


# ---------------------------------------------------------------- quantities

AT_LEAST = (
    *("at least", "at the least", "at the very least", "at a minimum", "at a minimum of", "at minimum", "a minimum of"),
    *("minimum of", "minimum", "minimum is", "min", "min.", "no less than", "no fewer than", "not less than", "not fewer than"),
    *("never less than", "never fewer than", "not under", "never under", "upwards of", "upward of", "more than", "over"),
    *("above", "starting at", "starting from", "starts at", "as few as", "as little as", "> =", ">", "\u2265", "a floor of"),
    *("nothing less than", "nothing under", "the minimum is", "beyond", "longer than", "greater than", "floor of"),
)
AT_MOST = (
    *("up to", "at most", "at the most", "at the very most", "at a maximum", "a maximum of", "maximum of", "maximum", "max"),
    *("max.", "no more than", "not more than", "never more than", "no longer than", "not over", "no over", "as many as"),
    *("as much as", "as long as", "under", "less than", "fewer than", "below", "< =", "<", "\u2264", "a cap of", "a ceiling of"),
    *("capped at", "limited to", "a limit of", "not to exceed", "not exceeding", "never over", "shorter than"),
)
ABOUT = (
    *("about", "around", "roughly", "approximately", "approx", "approx.", "some", "nearly", "almost", "just", "only"),
    *("exactly", "precisely", "a full", "full", "a mere", "mere", "~", "a good", "a solid", "close to", "a total of"),
    *("an average of", "just about", "a whole", "whole", "maybe", "perhaps", "typically", "usually", "generally", "often"),
)
BETWEEN = ("between", "from", "anywhere from", "anywhere between", "somewhere between", "both", "either")
MORE = (
    *("+", "plus", "or more", "or longer", "or so", "or above", "or greater", "or over", "and up", "and more", "and above"),
    *("at least", "at the least", "at minimum", "at a minimum", "minimum", "min", ", minimum", ", at minimum", "or better"),
    *(", at least", ", or more", "( or more )", ", or longer", "or beyond", "at the very least", ", at a minimum", "( minimum )"),
)
LESS = (
    *("or less", "or fewer", "or under", "at most", "at the most", "maximum", "max", "tops", ", tops", ", at most", "or below"),
    *(", maximum", ", max", ", no more", ", or less", "( maximum )", "( max )", ", no longer", "at a maximum"),
)
JOINS = (
    *("-", "to", "through", "thru", "or", "or even", "or up to", "and up to", "up to", "or as many as", "to as many as"),
    *("and", "till", "until", "/", ". .", ". . .", ",", ", or", ", and", "and at most", "and no more than", "and not more than"),
    *("and a maximum of", "but no more than", "but not more than", "but at most", "and as many as", ", sometimes", "and a max of"),
    *("and maybe", "or maybe", "or sometimes", "and sometimes", "sometimes", "- or -"),
)
LEAST_BEFORE, MOST_BEFORE = phrases(*AT_LEAST, ending=True), phrases(*AT_MOST, ending=True)
ABOUT_BEFORE, BETWEEN_BEFORE = phrases(*ABOUT, ending=True), phrases(*BETWEEN, ending=True)
MORE_AFTER, LESS_AFTER, JOIN = phrases(*MORE), phrases(*LESS), phrases(*JOINS)
NO_FILLER = frozenset(
    "of to and or a an the in on at for per each every is are was were be with by from than but as if so who that which it"
    " you we they he she i has have had do does did will can may more less people persons not until before after when"
    " while their his her our your my out".split()
)
"""Words that part a number from a unit that follows."""
PERIOD_SIGNS = (
    *("a", "an", "per", "each", "every", "every single", "any", "of each", "of every", "of a", "of the", "in a", "in an"),
    *("in each", "in any", "in every", "in one", "out of each", "out of every", "out of the", "over a", "over the", "over each"),
    *("during a", "during each", "during the", "during every", "across a", "across the", "across each", "through the"),
    *("of your", "of their", "in the", "in your", "within a", "within the", "within each", "within one", "from each"),
    *("from every", "from your", "throughout the", "throughout each", "for each", "for every", "to a", "to the", "to each", "/"),
    *("in any given", "in a given", "in a typical", "of any", "of any given", "over one", "of one", "a typical", "a given"),
    *("each and every", "p", "p.", "in your typical", "of their", "by the", "spread over the", "one"),
)
PERIOD_SIGN = phrases(*PERIOD_SIGNS)
BREAKS = frozenset("before after until till ago later when while because since then ; | . ! ? :".split())
"""Words beyond which a period belongs to something else."""
IS = phrases(
    *(":", "=", "-", "|", "is", "are", "(", "come to", "comes to", "add up to", "adds up to", "amount to", "total", "number"),
    *("equals", "equal", "run to", "runs to", "reach", ",", ": |", "will be", "is set at", "are set at", "- :", "make", "of"),
)
"""What may stand between a unit and the number behind it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a text: what ``Quantity`` holds, but with any number; and where it stands.

    ``start`` and ``end`` hold all its words, ``core`` the numbers alone.
    ``word`` is the unit as it was written, in the singular.
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


@dataclass(frozen=True, slots=True)
class _Numbers:
    """One or two numbers with their bounds: words from ``start`` to ``end``, the numbers themselves from ``first`` to ``last``."""

    values: tuple[Fraction, ...]
    bound: str
    start: int
    first: int
    last: int
    end: int
    unit: str = ""


BEGINS = re.compile(
    rf"\d|[\u00bd\u00bc\u00be]|(?<![^\W\d_])(?:{'|'.join([*SPELLED, *COUNTS, 'hundred'])}|an? (?=[hdwmvy]))", re.IGNORECASE
)
"""What every quantity has in it; most passages have none."""


@functools.lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the quantities in a passage, in the order of the text."""
    return tuple(_figures(Line(text))) if BEGINS.search(text) else ()


def _figures(line: Line) -> Iterator[Figure]:
    index = 0
    while index < len(line):
        found = _figure(line, index)
        if found:
            yield found[0]
        index = max(found[1] if found else 0, index + 1)


def _figure(line: Line, index: int) -> tuple[Figure, int] | None:
    """Return the quantity whose number begins here, and the word that it ends before."""
    word = line.at(index)
    if not (word[0].isdigit() or word in SPELLED or word in STARTERS):
        return None
    if line.at(index) in COUNTS:
        return _counted(line, index)
    if line.at(index) in {"a", "an"} and unit_of(line.at(index + 1)) and line.at(index - 1) != "half":
        return _one(line, index)
    numbers = _numbers(line, index)
    if not numbers:
        return None
    after = _unit_after(line, numbers)
    before = None if after else _unit_before(line, numbers)
    return after or before or (None if numbers.last == index + 1 else None)


def _numbers(line: Line, index: int) -> _Numbers | None:
    """Return the numbers that begin here, with what bounds them on both sides."""
    found = line.number(index)
    if not found:
        return None
    start, bound = _bound_before(line, index)
    first, end = found
    values, unit = (first,), ""
    end, bound_after = _bound_after(line, end)
    second_at = end
    shift = line.at(second_at) == "-" and bool(unit_of(line.at(second_at + 1)))
    if unit_of(line.at(second_at + shift)):
        unit, second_at = unit_of(line.at(second_at + shift)), second_at + shift + 1
        second_at = _period(line, second_at, near=True)[1]
    if second := _second(line, second_at, between=bound == "between"):
        again = _unit_at(line, second[1])
        if not unit or (again and unit_of(line.at(again)) == unit):
            values, end = (first, second[0]), second[1]
            end, bound_after = _bound_after(line, end)
            start = start if bound != "most" else start
            return _Numbers(values, "range", start, index, second[1], end)
    bound = bound_after or ("" if bound == "between" else bound)
    return _Numbers(values, bound, start, index, found[1], end)


def _bound_before(line: Line, index: int) -> tuple[int, str]:
    """Return where the words begin that bound a number from the left, and what they say."""
    start = index
    for _ in range(2):
        about = line.ends(start, ABOUT_BEFORE)
        start = about if about is not None else start
    for known, bound in ((LEAST_BEFORE, "least"), (MOST_BEFORE, "most"), (BETWEEN_BEFORE, "between")):
        found = line.ends(start, known)
        if found is not None:
            return found, bound
    return (start if start < index else index), ""


def _bound_after(line: Line, index: int) -> tuple[int, str]:
    """Return where the words end that bound a number from the right, and what they say."""
    index += line.at(index) == "-" and bool(line.starts(index + 1, MORE_AFTER))
    if (end := line.starts(index, MORE_AFTER)) and not line.number(end):
        return end, "least"
    if end := line.starts(index, LESS_AFTER):
        return end, "most"
    return index, ""


def _second(line: Line, index: int, *, between: bool) -> tuple[Fraction, int] | None:
    """Return the second number of a range, and where it ends; of three numbers the last."""
    end = line.starts(index + 1, JOIN) if line.at(index) == "-" else 0
    end = end or line.starts(index, JOIN)
    end += bool(end) and line.at(end) == "-"
    if not end or (line.at(index) == "and" and end == index + 1 and not between):
        return None
    start = end
    while (about := line.starts(start, ABOUT_AFTER)) and about > start:
        start = about
    found = line.number(start)
    if not found:
        return None
    return _second(line, found[1], between=True) or found


ABOUT_AFTER = phrases(*ABOUT)


def _unit_at(line: Line, index: int) -> int:
    """Return where the unit is that a number before this word counts; 0 if there is none."""
    index += line.at(index) == "-"
    for filler in range(LONGEST_FILLER + 1):
        word = line.at(index + filler)
        if unit_of(word) and not (word == "min" and line.at(index + filler + 1) == "."):
            return index + filler if index + filler else 0
        if word in NO_FILLER or not (word.isalpha() or word == "-") or word in SPELLED:
            return 0
    return 0


def _unit_after(line: Line, numbers: _Numbers) -> tuple[Figure, int] | None:
    """Return the figure whose unit stands behind its numbers."""
    at = _unit_at(line, numbers.end)
    if not at:
        return None
    word, end = line.at(at), at + 1
    if (line.at(end), line.at(end + 1), line.at(end + 2)) == ("(", "s", ")"):
        end += 3
    fillers = [line.at(place) for place in range(numbers.end, at)]
    end, late = _bound_after(line, end)
    period, end = _period(line, end, hyphen=line.at(numbers.end) == "-" or line.at(end) == "-")
    period = period or next((ADVERBS[filler] for filler in fillers if filler in ADVERBS), "") or _period_before(line, numbers.start)
    last, bound_last = _bound_after(line, end)
    bound = bound_last or late or numbers.bound
    return _made(line, numbers, bound, (word, period), (numbers.start, max(last, end)))


def _unit_before(line: Line, numbers: _Numbers) -> tuple[Figure, int] | None:
    """Return the figure whose unit stands before its numbers: ``Hours per week: 9``."""
    index = numbers.start
    while (start := line.ends(index, IS_BEFORE)) is not None:
        index = start
    if index == numbers.start:
        return None
    for back in range(1, REACH + 2):
        word = line.at(index - back)
        if word in {"", ".", ";", "!", "?"}:
            return None
        if (unit := unit_of(word)) and not _is_period(line, index - back):
            period, _ = _period(line, index - back + 1)
            if not period and line.at(index - back - 1) in ADVERBS:
                back, period = back + 1, ADVERBS[line.at(index - back - 1)]
            late, end = _period(line, numbers.end, near=True)
            return _made(line, numbers, numbers.bound, (word, period or late), (index - back, end)) if unit else None
    return None


IS_BEFORE = phrases(
    *(":", "=", "-", "|", "is", "are", "(", "come to", "comes to", "add up to", "adds up to", "amount to", "total", "number"),
    *("equals", "equal", "run to", "runs to", "reach", "will be", "set at", "make", "were", "was", "required", "needed"),
    ending=True,
)


def _is_period(line: Line, index: int) -> bool:
    """Tell whether a unit stands there as a period: ``a week``."""
    return any(line.ends(index, signs) is not None for signs in (PERIOD_BEFORE,))


PERIOD_BEFORE = phrases(*PERIOD_SIGNS, ending=True)


def _made(
    line: Line, numbers: _Numbers, bound: str, unit: tuple[str, str], span: tuple[int, int]
) -> tuple[Figure, int]:
    values = sorted(numbers.values)
    least = None if bound == "most" else values[0]
    most = None if bound == "least" else values[-1]
    if numbers.bound == "range":
        least, most = values[0], values[-1]
    word, period = unit
    start, end = line.words[span[0]].start, line.words[span[1] - 1].end
    core = line.words[numbers.first].start, line.words[numbers.last - 1].end
    single = word.removesuffix("s") if len(word) > 1 else word
    return Figure(least, most, unit_of(word), period, start, end, core, single, bound in {"least", "most"}), span[1]


def _period(line: Line, index: int, *, near: bool = False, hyphen: bool = False) -> tuple[str, int]:
    """Return the period that a unit before this word is counted in, and where it ends; or nothing, and this word."""
    if hyphen and unit_of(line.at(index)):
        return unit_of(line.at(index)), index + 1
    for ahead in range(1 if near else REACH):
        here = index + ahead
        word = line.at(here)
        if word in ADVERBS:
            return ADVERBS[word], here + 1
        shift = word == "-"
        end = line.starts(here + shift, PERIOD_SIGN)
        if end:
            end += line.at(end) == "-"
            word = line.at(end)
            if unit_of(word) and not word.endswith("s") and word not in {"time", "x"}:
                return unit_of(word), end + 1
        if not word or word in BREAKS or line.number(here) or (unit_of(word) and not shift and word != "time"):
            break
    return "", index


def _period_before(line: Line, index: int) -> str:
    """Return the period that a clause sets before a number: ``Each week you spend nine hours``."""
    for back in range(1, REACH):
        word = line.at(index - back)
        if word in {"", ".", "!", "?", ";", "|"}:
            return ""
        if word in ADVERBS and word != "daily":
            return ADVERBS[word]
        if word == "daily":
            return "day"
        if unit_of(word) and _is_period(line, index - back):
            return unit_of(word)
        if line.number(index - back) and line.at(index - back) not in {"one"}:
            return ""
    return ""


def _one(line: Line, index: int) -> tuple[Figure, int] | None:
    """Return the figure of ``an hour a day``; of ``an hour or two``."""
    word, end, values = line.at(index + 1), index + 2, (Fraction(1),)
    join = line.starts(end, phrases("or", "to", "-"))
    second = line.number(join) if join else None
    if second:
        values, end = (Fraction(1), second[0]), second[1]
        if unit_of(line.at(end)):
            word, end = line.at(end), end + 1
    period, last = _period(line, end, near=not second)
    if (not period and not second) or _is_period(line, index + 1) and line.at(index - 1) in {"once", "twice"}:
        return None
    if not second and _follows_a_figure(line, index):
        return None
    numbers = _Numbers(values, "range" if second else "", index, index, end, end)
    return _made(line, numbers, "", (word, period), (index, last))


def _follows_a_figure(line: Line, index: int) -> bool:
    """Tell whether ``a week`` here is the period of what stands before it."""
    before = line.at(index - 1)
    return bool(unit_of(before)) or before in ADVERBS or before in COUNTS


def _counted(line: Line, index: int) -> tuple[Figure, int] | None:
    """Return the figure of ``once or twice a week``."""
    values, end = (Fraction(COUNTS[line.at(index)]),), index + 1
    join = line.starts(end, phrases("or", "to", "-"))
    if join and line.at(join) in COUNTS:
        values, end = (*values, Fraction(COUNTS[line.at(join)])), join + 1
    elif join and (number := line.number(join)) and line.at(number[1]) == "times":
        values, end = (*values, number[0]), number[1] + 1
    period, last = _period(line, end, near=True)
    if not period:
        return None
    start, bound = _bound_before(line, index)
    numbers = _Numbers(values, "range" if len(values) > 1 else bound, start, index, end, end)
    return _made(line, numbers, numbers.bound, ("time", period), (start, last))
