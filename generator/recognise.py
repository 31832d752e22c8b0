"""Facts recognised in prose: typed by hand, contradicted, or a phone number that is no fact.

What is looked for is derived from the facts themselves: their numbers, units
and periods, and the names of the groups that they stand in, which are what a
sentence is about. A figure without a name counts for the topic of its text.
"""

import bisect
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from generator import phones
from generator import vocabulary as says
from generator.facts import Fact, Facts, Phone, Quantity, Url, Words
from generator.figures import Figure, figures, in_words, unit_of
from generator.kept import kept
from generator.passages import FACT, Passage, plain

TYPED, CONTRADICTED, UNKNOWN_PHONE = "typed-by-hand", "contradiction", "unknown-phone"
BESIDE_FACT = "beside-fact"
BESIDE = re.compile(
    rf"(?:\d[.,]?|(?<!\w)(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-){FACT}|{FACT}(?:[.,-]?\d)",
    re.IGNORECASE,
)
"""A fact with digits beside it."""
TOUCHING = frozenset("0123456789.,-")
"""What stands right beside a fact with digits beside it."""
SENTENCE_END = re.compile(r"[.!?](?=[\"')\]]*\s+[\"'(\[]*[A-Z\d\ufffc])|[!?;](?=\s)")


class Finding(NamedTuple):
    """A place in a passage that a fact has something to say of: from where to where, and which fact.

    ``core`` is the part that makes the figure: its numbers, without unit and
    period. ``digits`` are those of a phone number, as they are dialled at home.
    """

    rule: str
    start: int
    end: int
    core: tuple[int, int]
    fact: Fact | None = None
    digits: str = ""


# ---------------------------------------------------------------- what a sentence is about

LONGEST_NAME = 6
"""Words of a text that can be the name of a group."""
LONGEST_ABBREVIATION = 5
"""Letters of a name that may be written with dots."""


def group_of(name: str) -> str:
    """Return the group that a fact stands in; a fact in no group is one by itself."""
    return name.rpartition(".")[0] or name


class Subjects:
    """What figures are about: each group that holds quantities, with its names."""

    def __init__(self, facts: Facts) -> None:
        self.groups = frozenset(group_of(fact.name) for fact in facts if isinstance(fact.value, Quantity))
        self.names = {name: group for group in sorted(filter(None, self.groups)) for name in _names(group, facts)}
        heads = {name.split()[-1] for name in self.names if len(name.split()) > 1}
        self.name = _any_of(_spelling(name) for name in sorted(self.names, key=len, reverse=True))
        self.head = _any_of((re.escape(head) for head in sorted(heads)), r"(?:the|our|this|your)(?: [\w-]+)?? ")

    def named(self, passage: Passage, start: int = 0, end: int | None = None) -> list[tuple[int, str]]:
        """Return each place where a part of a passage names a group, and the group, in the order of the text."""
        end = len(passage.text) if end is None else end
        found = [(name.start(), self._group(name[0])) for name in self.name.finditer(passage.text, start, end)]
        for place, reference in passage.references.items():
            if start <= place < end and (group := next((g for g in _around(reference) if g in self.groups), "")):
                found.append((place, group))
        return sorted(found)

    def _group(self, written: str) -> str:
        words = re.sub("[ -]+", " ", written.lower().replace(".", ""))
        return self.names.get(words) or next(group for name, group in self.names.items() if words.startswith(name))


def _any_of(alternatives: Iterator[str], before: str = "") -> re.Pattern[str]:
    """Return what finds any of these words, one or many; nothing at all where there are none."""
    either = "|".join(alternatives)
    return re.compile(rf"(?<!\w){before}(?:{either})(?:s|es|mes?)?(?!\w)" if either else r"(?!)", re.IGNORECASE)


def _spelling(name: str) -> str:
    """Return what finds a name: its words with hyphens or spaces, an abbreviation with or without dots."""
    if " " not in name and len(name) <= LONGEST_ABBREVIATION:
        return r"\.?".join(map(re.escape, name))
    return "[ -]+".join(map(re.escape, name.split()))


@kept
def _around(name: str) -> tuple[str, ...]:
    """Return a name, and each group around it, the smallest first."""
    parts = name.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))


def _names(group: str, facts: Facts) -> Iterator[str]:
    """What a group is called: its own key, its texts, and those without their last word."""
    key = group.rpartition(".")[2].replace("_", " ").lower()
    yield from (name for name in (key, key.removesuffix("s")) if not unit_of(name))
    for fact in facts:
        if group_of(fact.name) == group and isinstance(fact.value, Words) and not re.search(r"\d", fact.value.text):
            words = re.findall(r"[^\W_]+", fact.value.text.lower())
            if 0 < len(words) <= LONGEST_NAME:
                yield " ".join(words)
            if 2 < len(words) <= LONGEST_NAME:  # noqa: PLR2004 - two words must be left
                yield " ".join(words[:-1])


# ---------------------------------------------------------------- recognising

CALL = re.compile(
    r"\s*(?:(?:tel|sms|callto|facetime|facetime-audio|whatsapp):"
    r"|https?://(?:wa\.me|api\.whatsapp\.com/send\?phone=)/?)([^?&;/]*)",
    re.IGNORECASE,
)
"""Addresses that call somebody."""
LONGEST_SENTENCE = 600
"""Characters to each side of a figure that are looked at."""
ASIDE = 60
"""Characters beside a figure that may tell what it is."""
CLOSE = 3
"""Spaces between a name and a figure that is said of it: the program meets seven days a week."""


class Recogniser:
    """Looks for the facts of a site in prose."""

    def __init__(self, facts: Facts) -> None:
        self.subjects = Subjects(facts)
        self.quantities = [(fact, fact.value) for fact in facts if isinstance(fact.value, Quantity)]
        self.phones = {phones.at_home(fact.value.digits): fact for fact in facts if isinstance(fact.value, Phone)}
        self.local = {digits[3:]: fact for digits, fact in self.phones.items() if len(digits) == phones.WHOLE}
        numeric = (fact for fact in facts if isinstance(fact.value, Quantity | Phone))
        forms = ((fact, name) for fact in numeric for name in fact.value.forms())
        self.numeric = {".".join(filter(None, (fact.name, name))): fact for fact, name in forms}
        self.terms = [(_term(fact.written), fact) for fact in facts if _is_term(fact)]
        self.urls = {fact.value.address: fact for fact in facts if isinstance(fact.value, Url)}
        own = {word for name in self.subjects.names for word in name.split()}
        self.nouns, self.modifiers = says.NOUNS | own, says.MODIFIERS | says.DETERMINERS | says.OPENINGS | own

    def topic(self, passage: Passage) -> str:
        """Return the group that a passage names first, if any."""
        return next((group for _, group in self.subjects.named(passage)), "")

    def findings(self, passage: Passage, topic: str = "") -> list[Finding]:
        """Return each place of a passage that a fact has something to say of, in the order of the text."""
        if passage.kind == "target":
            return list(self._in_target(passage))
        found = [*self._terms(passage), *self._urls(passage), *self._phones(passage), *self._beside_facts(passage)]
        taken = [(each.start, each.end) for each in found]
        for figure in figures(passage.text):
            if not any(start < figure.core[1] and figure.core[0] < end for start, end in taken):
                fact, rule = _Judgement(self, figure, passage, topic).verdict()
                found += [Finding(rule, figure.start, figure.end, figure.core, fact)] if fact else []
        return sorted(found, key=lambda each: each.start)

    def _beside_facts(self, passage: Passage) -> Iterator[Finding]:
        """Digits that a reader takes for a part of the number that a fact prints."""
        text = passage.text
        touched = any({text[place - 1 : place], text[place + 1 : place + 2]} & TOUCHING for place in passage.references)
        for found in BESIDE.finditer(text) if touched else ():
            place = text.index(FACT, found.start(), found.end())
            fact = self.numeric.get(passage.references.get(place, ""))
            if fact:
                yield Finding(BESIDE_FACT, *found.span(), found.span(), fact)

    # -- texts and addresses

    def _terms(self, passage: Passage) -> Iterator[Finding]:
        for pattern, fact in self.terms:
            for found in pattern.finditer(passage.text):
                yield Finding(TYPED, *found.span(), found.span(), fact)

    def _urls(self, passage: Passage) -> Iterator[Finding]:
        for address, fact in self.urls.items():
            pattern = rf"{re.escape(address)}(?![\w/?#-])"
            for found in re.finditer(pattern, passage.text) if address in passage.text else ():
                yield Finding(TYPED, *found.span(), found.span(), fact)

    # -- phones

    def phone(self, digits: str) -> Fact | None:
        """Return the fact with these digits, with or without the area code."""
        return self.phones.get(digits) or self.local.get(digits)

    def _in_target(self, passage: Passage) -> Iterator[Finding]:
        called = CALL.match(passage.text)
        if called and FACT not in called[1]:
            span = called.start(1), called.start(1) + len(called[1].rstrip())
            digits = phones.at_home(re.sub(r"\D", "", called[1]))
            yield self._number(digits, span if digits else (0, len(passage.text)))
        elif not called:
            yield from self._urls(passage)
            for found in re.finditer(r"(?<!\d)1?\d{10}(?!\d)", passage.text):
                if phones.at_home(found[0]) in self.phones:
                    yield self._number(phones.at_home(found[0]), found.span())

    def _number(self, digits: str, span: tuple[int, int]) -> Finding:
        fact = self.phone(digits)
        return Finding(TYPED if fact else UNKNOWN_PHONE, *span, span, fact, digits)

    def _phones(self, passage: Passage) -> Iterator[Finding]:
        for number in phones.numbers(passage.text):
            fact = self.phone(number.digits)
            if len(number.digits) == phones.SHORT:
                is_one = _is_called(passage, number, fact) if fact else self._is_dialled(passage, number)
            else:
                is_one = bool(fact) or _is_a_phone(passage, number)
            if is_one:
                yield self._number(number.digits, (number.start, number.end))

    def _is_dialled(self, passage: Passage, number: phones.Number) -> bool:
        """Tell whether three digits that are no fact are told to be dialled."""
        before, after = _around_number(passage, number)
        if says.MEASURES.match(after) or says.STREETS.match(after) or re.match(r" [a-z]+s\b", after):
            return False
        has_short = any(len(digits) == phones.SHORT for digits in self.phones)
        calls = number.sure and says.CALLS.search(_sentence(passage.text, number.start))
        return has_short and bool(says.DIALLED.search(before) or calls)


def _around_number(passage: Passage, number: phones.Number) -> tuple[str, str]:
    """Return what stands right before and right after a number."""
    return passage.text[max(0, number.start - ASIDE) : number.start], passage.text[number.end : number.end + ASIDE]


def _is_a_phone(passage: Passage, number: phones.Number) -> bool:
    """Tell whether digits that are no fact are a phone number at all."""
    if says.CODES.search(_around_number(passage, number)[0]):
        return False
    return number.sure or bool(says.CALLS.search(_sentence(passage.text, number.start)))


def _is_called(passage: Passage, number: phones.Number, fact: Fact) -> bool:
    """Tell whether three digits are a number to call, not a house, a room or a price."""
    before, after = _around_number(passage, number)
    if says.ROOMS.search(before) or says.MEASURES.match(after) or says.STREETS.match(after):
        return False
    around = _sentence(passage.text, number.start).replace(passage.text[number.start : number.end], " ").lower()
    label = set(re.findall(r"[a-z]{5,}", fact.details.get("label", "").lower())) - says.PLAIN_LABELS
    if number.sure or says.CALLS.search(around) or any(word in around for word in label):
        return True
    return not says.GOES_ON.match(after) and not says.LEADS_UP.search(before)


@kept
def of(facts: Facts) -> Recogniser:
    """Return what looks for these facts."""
    return Recogniser(facts)


# ---------------------------------------------------------------- quantities


class _Judgement:
    """Whether one figure is typed by hand, contradicts a fact, or is innocent."""

    def __init__(self, recogniser: Recogniser, figure: Figure, passage: Passage, topic: str) -> None:
        self.known, self.figure, self.passage = recogniser, figure, passage
        self.text = passage.text
        self.start, self.end = bounds(self.text, figure.core[0])
        self.topic = topic

    def verdict(self) -> tuple[Fact | None, str]:
        """Return the fact that holds a figure, or that it contradicts; none if it is innocent.

        A moment or an age is innocent, unless a fact without a period has just its number and unit.
        """
        figure = self.figure
        same = [(fact, value) for fact, value in self.known.quantities if value.unit == figure.unit]
        if not same or (self._means_always() and not self._is_close_to_a_name()):
            return None, ""
        named = self._named()
        same = self._visits(same, named)
        exact = [each for each in same if each[1].period == figure.period]
        own = [each for each in exact if group_of(each[0].name) == (named or self.topic)]
        whole = [fact for fact, value in same if self._holds(value)]
        if self._is_passing() and not (named and own and (figure.period or self._is_told())):
            return next((fact for fact, value in exact if not value.period and self._holds(value)), None), TYPED
        if own and (self._is_other(own) if named else self._is_turned(own)):
            return own[0][0], CONTRADICTED
        if whole:
            return min(whole, key=lambda fact: (group_of(fact.name) != (named or self.topic), fact.name)), TYPED
        pool = own or ([] if named or not (figure.period or not self.topic) else exact)
        return (pool[0][0] if pool and (named or self._is_about_the_topic()) else None), CONTRADICTED

    def _is_other(self, own: list[tuple[Fact, Quantity]]) -> bool:
        """Tell whether no fact of the group that is named has these numbers, or one has them as its other end."""
        return not any(self._holds(value) for _, value in own) or self._is_turned(own)

    def _is_turned(self, own: list[tuple[Fact, Quantity]]) -> bool:
        """Tell whether the figure says at most what a fact says at least, or the other way round."""
        figure = self.figure
        held = [value for _, value in own if self._holds(value) and None in {value.least, value.most}]
        return figure.bound and any((figure.least is None) != (value.least is None) for value in held)

    def _holds(self, value: Quantity) -> bool:
        """Tell whether a fact has just these numbers; a figure without a period fits any."""
        return value.period == (self.figure.period or value.period) and numbers_of(value) == self.figure.numbers

    def _is_told(self) -> bool:
        """Tell whether the words before the figure say how long something is."""
        return bool(says.TOLD.search(self.text, self.start, self.figure.start))

    def _visits(self, same: list[tuple[Fact, Quantity]], named: str) -> list[tuple[Fact, Quantity]]:
        """Return the facts that times and sessions can be about: those of a named group, or the very same range."""
        if self.figure.word not in says.OCCASIONS or any(group_of(fact.name) == named for fact, _ in same):
            return same
        is_range = self.figure.period and len(self.figure.numbers) > 1
        return [each for each in same if is_range and numbers_of(each[1]) == self.figure.numbers]

    # -- what the figure says

    def _is_passing(self) -> bool:
        """Tell whether the quantity is a moment, an age or a distance."""
        before = self.text[max(0, self.figure.start - ASIDE) : self.figure.start]
        return bool(says.PASSING.match(self.text, self.figure.end) or says.AGED.search(before))

    def _means_always(self) -> bool:
        numbers = self.figure.numbers
        return len(numbers) == 1 and (int(min(numbers)), self.figure.unit, self.figure.period) in says.ALWAYS

    def _is_close_to_a_name(self) -> bool:
        """Tell whether a name stands right before a figure of days: then it does not mean always."""
        start, end = max(self.start, self.figure.start - 24), self.figure.start
        places = [place for place, _ in self.known.subjects.named(self.passage, start, end)]
        places += [found.start() for found in self.known.subjects.head.finditer(self.text, start, end)]
        return self.figure.unit != "hour" and any(self.text[place:end].count(" ") <= CLOSE for place in places)

    # -- what the sentence is about

    def _named(self) -> str:
        """Return the group that the sentence names: the last one before the figure, or else the first after it.

        A sentence that begins with the figure answers the one before it.
        """
        named = self.known.subjects.named(self.passage, self.start, self.end)
        if not named and self._is_first():
            named = self.known.subjects.named(self.passage, self._sentence_before(), self.start)[-1:]
        before = [group for place, group in named if place <= self.figure.start]
        return before[-1] if before else named[0][1] if named else ""

    def _is_first(self) -> bool:
        return not _words(self.text[self.start : self.figure.start])

    def _sentence_before(self) -> int:
        return bounds(self.text, self.start - 2)[0] if self.start else 0

    def _is_about_the_topic(self) -> bool:
        """Tell whether a sentence that names nothing is about its text's topic, not about a bus or a job."""
        figure, behind = self.figure, self.text[self.figure.end : self.end]
        before = _words(self.text[self._clause() : figure.start])
        after = _words(says.CLAUSE.split(behind, maxsplit=1)[0])
        if after and after[0] in self.known.nouns and self.known.modifiers.issuperset(before):
            return True
        if says.OTHER_DOINGS & {*before, *after[:4]}:
            return False
        if says.ENDS & {*before} or (figure.period and self.known.nouns & {*after[:3]}):
            return True
        if not figure.period and says.PASSED.search(self.text[self.start : figure.start]):
            return False
        return self._has_head() or self._is_topical(before, after, behind)

    def _has_head(self) -> bool:
        """Tell whether the sentence speaks of the program, whatever the topic's names end with."""
        start = self._sentence_before() if self._is_first() else self.start
        return bool(self.known.subjects.head.search(self.text, start, self.end))

    def _is_topical(self, before: list[str], after: list[str], behind: str) -> bool:
        """Tell whether a figure says enough, and its clause begins, like something that is said of the topic."""
        figure = self.figure
        inside = _words(self.text[figure.core[1] : figure.end])
        if says.OTHERS & {*before}:
            done = (self.known.nouns | says.DOINGS) & {*before, *inside, *after}
            return bool(figure.period and done) and not says.THIRD & {*before}
        inside += _words(self.text[figure.start : figure.core[0]]) + after[:2]
        if not before and behind[:1] == "," and (says.DETERMINERS | says.OTHERS) & {*_words(behind)[:1]}:
            before = _words(behind)
        is_said = figure.bound or figure.period or self.known.nouns & {*before, *inside}
        is_said = is_said or says.LENGTHS & {*_words(behind)}
        if self.text[: figure.start].rstrip()[-1:] == ":" and before:
            is_label = self.known.modifiers.issuperset(before) or (self.known.nouns | says.PEOPLE) & {*before}
            return bool(is_said and is_label)
        return bool(is_said) and self._begins_like_the_topic(before)

    def _clause(self) -> int:
        """Return where the last clause begins that has words before the figure."""
        end = self.figure.start
        last_word = len(re.sub(r"[^\w']+$", "", self.text[self.start : end])) + self.start - 1
        begins = (found.end() for found in says.CLAUSE.finditer(self.text, self.start, end))
        return max((begin for begin in begins if begin <= last_word), default=self.start)

    def _begins_like_the_topic(self, words: list[str]) -> bool:
        """Tell whether a clause begins with somebody or something that a text is about all along.

        A figure with a period says so much that only a subject of its own makes it something else.
        """
        while words and words[0] in says.INTERJECTIONS:
            words = words[1:]
        if not words or words[0] in says.OPENINGS | says.PEOPLE - says.DETERMINERS:
            return True
        noun = next((place for place, word in enumerate(words[:5]) if word in self.known.nouns), None)
        if noun is not None and self.known.modifiers.issuperset(words[:noun]):
            return True
        if words[0] in says.DETERMINERS:
            return len(words) == 1 or bool(noun is None and says.PEOPLE & {*words[1:5]})
        has_subject = words[0].endswith("s") or (words[1:] and (words[1].endswith(("s", "ed")) or words[1] in says.BE))
        return bool(self.figure.period) and (not has_subject or "you" in words[:4])


def _words(text: str) -> list[str]:
    """Return the words of a text; short forms without what is short for a verb, and what is owned as it is."""
    found = re.findall(r"[\w']+", text.lower())
    return [word if word.endswith("'s") and word[:-2] not in says.PEOPLE else word.partition("'")[0] for word in found]


def bounds(text: str, index: int) -> tuple[int, int]:
    """Return where the sentence around an index begins and ends."""
    ends = _sentence_ends(text)
    place = bisect.bisect_right(ends, index)
    begin, end = ends[place - 1] if place else 0, ends[place] if place < len(ends) else len(text)
    return max(begin, index - LONGEST_SENTENCE), min(end, index + LONGEST_SENTENCE)


@kept
def _sentence_ends(text: str) -> tuple[int, ...]:
    return tuple(found.end() for found in SENTENCE_END.finditer(text))


def _sentence(text: str, index: int) -> str:
    start, end = bounds(text, index)
    return text[start:end]


@kept
def numbers_of(value: Quantity) -> frozenset[Fraction]:
    """Return the numbers that a quantity is made of."""
    return frozenset(Fraction(number) for number in (value.least, value.most) if number is not None)


def _is_term(fact: Fact) -> bool:
    """Tell whether a fact is a text that holds a figure; other texts are words like any others."""
    return isinstance(fact.value, Words) and bool(re.search(r"\d", fact.value.text))


def _term(text: str) -> re.Pattern[str]:
    """Return what finds a text with a figure, in digits or words, with hyphens or spaces, one or many."""
    pattern = ""
    for word in says.words_of(plain(text)):
        if word.text == "-":
            continue
        sign = "[ -]*" if word.glued and pattern else "[ -]+" if pattern else ""
        is_number = word.text.isdecimal() and len(word.text) <= 3  # noqa: PLR2004 - what in_words has words for
        spelled = in_words(int(word.text)).replace("-", "[ -]") if is_number else ""
        many = "s?" if word.text.isalpha() else ""
        pattern += sign + (f"(?:{word.text}|{spelled})" if spelled else re.escape(word.text.removesuffix("s")) + many)
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
