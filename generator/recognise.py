"""Facts recognised in prose: typed by hand, contradicted, or a phone number that is no fact.

What is looked for is derived from the facts themselves: their numbers, units
and periods, and the names of the groups that they stand in, which are what a
sentence is about. A figure without a name counts for the topic of its text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from generator import phones
from generator.facts import Fact, Facts, Phone, Quantity, Url, Words
from generator.figures import OCCASIONS, SENTENCE_END, SPELLED, UNITS, Figure, figures, in_words
from generator.passages import FACT, Passage

TYPED, CONTRADICTED, UNKNOWN_PHONE = "typed-by-hand", "contradiction", "unknown-phone"


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a passage that a fact has something to say of: which, and from where to where.

    ``core`` is the part that makes the figure: its numbers, without unit and period.
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


def group_of(name: str) -> str:
    """Return the group that a fact stands in."""
    return name.rpartition(".")[0]


class Subjects:
    """What the figures are about: each group that holds quantities, with its names."""

    def __init__(self, facts: Facts) -> None:
        groups = dict.fromkeys(group_of(fact.name) for fact in facts if isinstance(fact.value, Quantity))
        self.names = {name: group for group in groups if group for name in _names(group, facts)}
        heads = {name.split()[-1] for name in self.names if len(name.split()) > 1}
        self.head = re.compile(rf"(?<!\w)(?:the|our|this|your)(?: [a-z]+)?? (?:{'|'.join(sorted(map(re.escape, heads))) or '-'})(?!\w)", re.IGNORECASE)
        self.groups = frozenset(groups)
        longest = sorted(self.names, key=len, reverse=True)
        pattern = "|".join(_spelling(name) for name in longest)
        self.pattern = re.compile(rf"(?<!\w)(?:{pattern})(?:s|es|mes?)?(?!\w)", re.IGNORECASE) if longest else None

    def named(self, passage: Passage, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str]]:
        """Each place where a part of a passage names a group, and the group."""
        end = len(passage.text) if end is None else end
        for found in self.pattern.finditer(passage.text, start, end) if self.pattern else ():
            words = re.sub("[ -]+", " ", found[0].lower().replace(".", ""))
            yield found.start(), self.names.get(words) or self.names.get(words.removesuffix("s")) or self._near(words)
        for place, name in passage.references.items():
            group = next((group for group in self._around(name) if group in self.groups), "")
            if start <= place < end and group:
                yield place, group

    def _near(self, words: str) -> str:
        return next(group for name, group in self.names.items() if words.startswith(name))

    @staticmethod
    def _around(name: str) -> Iterator[str]:
        while name := group_of(name):
            yield name


def _spelling(name: str) -> str:
    """Return what finds a name: its words with hyphens or spaces, an abbreviation with or without dots."""
    if " " not in name and len(name) <= LONGEST_ABBREVIATION:
        return r"\.?".join(map(re.escape, name))
    return "[ -]+".join(map(re.escape, name.split()))


def _names(group: str, facts: Facts) -> Iterator[str]:
    """What a group is called: its texts, those without their last word, and its own key."""
    yield group.rpartition(".")[2].replace("_", " ").lower()
    for fact in facts:
        if group_of(fact.name) == group and isinstance(fact.value, Words):
            words = re.findall(r"[^\W_]+", fact.value.text.lower())
            if 0 < len(words) <= LONGEST_NAME and not re.search(r"\d", fact.value.text):
                yield " ".join(words)
                if len(words) > 2:  # noqa: PLR2004 - two words are left
                    yield " ".join(words[:-1])


# ---------------------------------------------------------------- recognising

DETERMINERS = frozenset("a an the our your this that these each every all most many some any one".split())
PEOPLE = frozenset(
    "you u we it they this that these everyone everybody anyone people most many some clients client patients patient participants"
    " participant members member residents attendees folks newcomers beginners adults students others parents".split()
)
"""What a sentence about the topic may begin with."""
OTHERS = frozenset("i he she my his her".split())
CLAUSE = re.compile(r"[,:(-] |\b(?:because|while|but|so|and|since|though|although) ", re.IGNORECASE)
DOINGS = frozenset("attend attended attending come came comes go went goes here there".split())
MODIFIERS = frozenset(
    "full whole entire complete typical standard average usual normal regular weekly daily minimum maximum shortest longest total"
    " single structured active first own new lgbtq recommended required suggested expected and or of s".split()
)
"""What may stand before a noun that means the topic; any other word makes it something else: a detox stay."""
OTHER_DOINGS = frozenset(
    "work works worked working sleep sleeps slept sleeping drive drives drove driving study studies studied volunteer volunteers"
    " volunteered commute commutes watch watches watched exercise exercises exercised walk walks walked wait"
    " waits waited waiting open opens opened closed closes staffed bakery job jobs shift shifts overtime deliver delivers delivered"
    " park parking refund refunds respond responds reply replies insurance insurer appeal appeals invoice lease rent".split()
)
"""Words of sentences about something else that takes time."""
COMMON_NOUNS = frozenset(
    "program programs programme programmes course courses plan plans schedule schedules session sessions class classes"
    " treatment care therapy counseling service services length duration stay visit visits meeting meetings group groups"
    " attendance commitment requirement participation enrollment track term workload time minimum maximum".split()
)
"""Words for what takes up somebody's time."""
STARTS = frozenset(
    "plan expect count allow set reserve commit come attend spend stay give budget usually typically normally generally often"
    " about around roughly approximately at up no not between from over under minimum maximum min max just only more less"
    " fewer nearly almost anywhere starting for with in on per each every how is are do does can will may must should shall"
    " imagine show clear block keep take make need want join complete finish".split()
)
PASSING = re.compile(
    r" ?(?:-|,|\))? ?(?:ago|later|earlier|old|of age|away|from (?:now|today|here)|before|after|prior|in advance|ahead|early|late|notice"
    r"|apart|overdue|following|since|left|remaining|behind|past|into|in a row|sober|clean|supply|supplies|worth of|weekend|drive|flight|walk|ride|trip"
    r"|shift|shifts|window|warranty|guarantee|delivery|turnaround|wait|nap|sleep|of sleep|of rest|work ?week|fast|break|delay|grace|trial|return|lunch"
    r"|business|working|calendar|school)(?!\w)",
    re.IGNORECASE,
)
"""Words behind a quantity that make it a moment, an age or a distance."""
PASSED = re.compile(
    r"(?:(?<!\w)(?:age[sd]?|in|within|after|past|(?:the|these|those|my|his|her|our|your) last|next|first|previous|every|another|until|by|since|before|day|days|week|room|page|chapter|"
    r"level|step|grade|vol|no|number|nearly|almost|on|once) )$",
    re.IGNORECASE,
)
"""Words before a quantity that do the same."""
ALWAYS = frozenset({(24, "hour", "day"), (7, "day", "week"), (365, "day", "year"), (12, "month", "year"), (52, "week", "year"), (60, "minute", "hour")})
"""Figures that mean: always."""


class Recogniser:
    """Looks for the facts of a site in prose."""

    def __init__(self, facts: Facts) -> None:
        self.subjects = Subjects(facts)
        self.modifiers = MODIFIERS | DETERMINERS | STARTS | {word for name in self.subjects.names for word in name.split()}
        self.nouns = COMMON_NOUNS | {word for name in self.subjects.names for word in name.split()}
        self.quantities = [(fact, fact.value) for fact in facts if isinstance(fact.value, Quantity)]
        self.phones = {phones.at_home(fact.value.digits): fact for fact in facts if isinstance(fact.value, Phone)}
        self.local = {digits[3:]: fact for digits, fact in self.phones.items() if len(digits) == phones.WHOLE}
        self.has_short = any(len(digits) == phones.SHORT for digits in self.phones)
        self.terms = [(_term(fact.value.text), fact) for fact in facts if isinstance(fact.value, Words) and _has_figure(fact.value.text)]
        self.urls = {fact.value.address: fact for fact in facts if isinstance(fact.value, Url)}
        self.cues = _cues(facts)

    def topic(self, passage: Passage) -> str:
        """Return the group that a passage names first, if any."""
        return next((group for _, group in sorted(self.subjects.named(passage))), "")

    def findings(self, passage: Passage, topic: str = "") -> Iterator[Finding]:
        """Each place of a passage that a fact has something to say of, in the order of the text."""
        if passage.kind == "target":
            yield from self._in_target(passage)
            return
        found = [*self._terms(passage), *self._urls(passage), *self._phones(passage)]
        taken = [(each.start, each.end) for each in found]
        for figure in figures(passage.text):
            if not any(start < figure.core[1] and figure.core[0] < end for start, end in taken):
                found.extend(self._judged(figure, passage, topic))
        yield from sorted(found, key=lambda each: each.start)

    # -- texts and addresses

    def _terms(self, passage: Passage) -> Iterator[Finding]:
        for pattern, fact in self.terms:
            for found in pattern.finditer(passage.text):
                yield Finding(TYPED, *found.span(), found.span(), fact)

    def _urls(self, passage: Passage) -> Iterator[Finding]:
        for address, fact in self.urls.items():
            for found in re.finditer(re.escape(address) + r"(?![\w/?#-])", passage.text):
                yield Finding(TYPED, *found.span(), found.span(), fact)

    # -- phones

    def _in_target(self, passage: Passage) -> Iterator[Finding]:
        found = CALLS.match(passage.text)
        if not found:
            yield from self._urls(passage)
            for number in re.finditer(r"(?<!\d)1?\d{10}(?!\d)", passage.text):
                if fact := self.phones.get(phones.at_home(number[0])):
                    yield Finding(TYPED, *number.span(), number.span(), fact, phones.at_home(number[0]))
        elif FACT not in found[1]:
            digits = phones.at_home(re.sub(r"\D", "", found[1]))
            span = found.start(1), found.start(1) + len(found[1].rstrip())
            fact = self.phones.get(digits) or self.local.get(digits)
            yield Finding(TYPED if fact else UNKNOWN_PHONE, *span, span, fact, digits)

    def _phones(self, passage: Passage) -> Iterator[Finding]:
        for number in phones.numbers(passage.text):
            span = number.start, number.end
            fact = self.phones.get(number.digits) or self.local.get(number.digits)
            if len(number.digits) == phones.SHORT:
                if fact and self._is_called(passage, number, fact):
                    yield Finding(TYPED, *span, span, fact, number.digits)
                elif not fact and self.has_short and _is_dialled(passage, number, self.cues):
                    yield Finding(UNKNOWN_PHONE, *span, span, None, number.digits)
            elif fact:
                yield Finding(TYPED, *span, span, fact, number.digits)
            elif self._is_a_phone(passage, number):
                yield Finding(UNKNOWN_PHONE, *span, span, None, number.digits)

    def _is_a_phone(self, passage: Passage, number: phones.Number) -> bool:
        """Tell whether digits that are no fact are a phone number at all."""
        before = passage.text[max(0, number.start - 24) : number.start]
        if CODES.search(before):
            return False
        return number.sure or bool(self.cues.search(_sentence(passage.text, number.start)))

    def _is_called(self, passage: Passage, number: phones.Number, fact: Fact) -> bool:
        """Tell whether three digits are a number to call, not a house, a room or a price."""
        before, after = passage.text[: number.start], passage.text[number.end :]
        if ROOMS.search(before) or MEASURES.match(after) or STREETS.match(after):
            return False
        sentence = _sentence(passage.text, number.start)
        around = sentence.replace(passage.text[number.start : number.end], " ")
        if self.cues.search(around) or any(word in around.lower() for word in _label_words(fact)):
            return True
        if number.sure:
            return True
        return not re.match(r"[ -](?!(?:is|and|or|if|when|to|at|for|any|now|day|from|with|in|has|can|will|was|are)\b)[a-z]", after) and not re.search(
            r"\b(?!(?:and|or|to|with|is|then|plus|at|on|via|use|also|just|either|have|save|for)\b)\w+ $", before, re.IGNORECASE
        )

    # -- quantities

    def _judged(self, figure: Figure, passage: Passage, topic: str) -> Iterator[Finding]:
        fact, rule = self._verdict(figure, passage, topic)
        if fact:
            yield Finding(rule, figure.start, figure.end, figure.core, fact)

    def _verdict(self, figure: Figure, passage: Passage, topic: str) -> tuple[Fact | None, str]:
        """Return the fact that holds a figure, or that it contradicts; none if it is innocent."""
        same = [(fact, value) for fact, value in self.quantities if value.unit == figure.unit]
        if not same or _means_always(figure):
            return None, ""
        named = self._named(figure, passage)
        if figure.word in OCCASIONS and not any(group_of(fact.name) == named for fact, _ in same):
            same = [each for each in same if figure.period and _numbers(each[1]) == figure.numbers and len(figure.numbers) > 1]
        passing = _is_passing(figure, passage)
        about = named or topic
        exact = [each for each in same if each[1].period == figure.period]
        own = [each for each in exact if group_of(each[0].name) == about]
        if named and figure.period and own and not passing and not any(_numbers(value) == figure.numbers for _, value in own):
            return own[0][0], CONTRADICTED
        whole = [fact for fact, value in same if value.period in {figure.period, figure.period or value.period} and _numbers(value) == figure.numbers]
        if whole and not passing:
            return min(whole, key=lambda fact: (group_of(fact.name) != about, fact.name)), TYPED
        pool = own or ([] if named else exact if figure.period or not about else [])
        if not pool or passing or not (named or self._is_about_the_topic(figure, passage)):
            return None, ""
        return pool[0][0], CONTRADICTED

    def _named(self, figure: Figure, passage: Passage) -> str:
        """Return the group that the figure's sentence names: the last one before it, or else the first after it.

        A sentence that begins with the figure answers the one before it.
        """
        start, end = _bounds(passage.text, figure.core[0])
        named = sorted(self.subjects.named(passage, start, end))
        before = [group for place, group in named if place <= figure.start]
        if not named and start and figure.start - start <= 2:  # noqa: PLR2004 - a space, a quote
            before = [group for _, group in sorted(self.subjects.named(passage, _bounds(passage.text, start - 2)[0], start))]
        return before[-1] if before else named[0][1] if named else ""

    def _is_about_the_topic(self, figure: Figure, passage: Passage) -> bool:
        """Tell whether a sentence that names nothing is about its text's topic, not about a bus or a job."""
        start, end = _bounds(passage.text, figure.core[0])
        clause = _clause(passage.text, start, figure.start)
        before, behind = _words(passage.text[clause : figure.start]), passage.text[figure.end : end]
        after = _words(CLAUSE.split(behind, maxsplit=1)[0])
        if OTHER_DOINGS & {*before, *after[:4]} or (not figure.period and PASSED.search(passage.text[start : figure.start])):
            return False
        if self.subjects.head.search(passage.text, start, end):
            return True
        if OTHERS & {*before} and not (self.nouns | DOINGS) & {*before, *after}:
            return False
        inside = _words(passage.text[figure.start : figure.core[0]]) + after[:2]
        said = figure.bound or bool(figure.period) or bool(self.nouns & {*before, *inside})
        if not before and behind[:1] == "," and set(_words(behind)[:1]) & (DETERMINERS | OTHERS):
            before = _words(behind)
        return said and self._begins_like_the_topic(before)

    def _begins_like_the_topic(self, words: list[str]) -> bool:
        """Tell whether a sentence begins with somebody or something that a text is about all along."""
        if not words or words[0] in STARTS:
            return True
        noun = next((place for place, word in enumerate(words[:5]) if word in self.nouns), None)
        if noun is not None and self.modifiers.issuperset(words[:noun]):
            return True
        if words[0] in DETERMINERS:
            return len(words) == 1 or bool(noun is None and PEOPLE & set(words[1:5]))
        return words[0] in PEOPLE


def _clause(text: str, start: int, end: int) -> int:
    """Return where the last clause begins that has words before an index."""
    begins = [found.end() for found in CLAUSE.finditer(text, start, end) if _words(text[found.end() : end])]
    return max(begins, default=start)


def _words(text: str) -> list[str]:
    return [word.partition("'")[0] for word in re.findall(r"[\w']+", text.lower())]


CALLS = re.compile(r"\s*(?:(?:tel|sms|callto|facetime|facetime-audio|whatsapp):|https?://(?:wa\.me|api\.whatsapp\.com/send\?phone=)/?)([^?&;/]*)", re.IGNORECASE)
"""Addresses that call somebody."""
DIALLED = re.compile(
    r"\b(?:call|dial|text|txt|phone|ring|calling|dialing|texting|telephone)(?:(?: or|/|,| and)? ?(?:call|dial|text|txt|phone|ring))?(?: us| me| her| him| them)?(?: at| on)?[: ]*$",
    re.IGNORECASE,
)


def _is_dialled(passage: Passage, number: phones.Number, cues: re.Pattern[str]) -> bool:
    """Tell whether three digits that are no fact are told to be dialled."""
    before, after = passage.text[: number.start], passage.text[number.end :]
    if MEASURES.match(after) or STREETS.match(after) or re.match(r" [a-z]+s\b", after):
        return False
    return bool(DIALLED.search(before)) or (number.sure and bool(cues.search(_sentence(passage.text, number.start))))


CODES = re.compile(r"(?:\b(?:isbn|npi|ein|id|order|part|case|account|acct|ref|reference|invoice|serial|model|license|licence|policy|claim|no|nr|number|docket|form|group|member|tracking|permit)[.:]?(?: (?:no|number|id|code)[.:]?)? ?#? ?|#)$", re.IGNORECASE)
ROOMS = re.compile(r"(?:\b(?:suite|ste|room|rm|unit|apt|apartment|page|pages|p|pp|route|highway|hwy|bus|flight|porsche|box|building|bldg|floor|locker|chapter|section|psalm|area code|year|level|channel|no|number|nr|model|article|title|gate|track|exit|boeing|form|code|file|lot|bay|hall|interstate|road|rd|sr|us|extension|ext|version|weighs?|costs?|over|about|nearly|almost|roughly|of|in|around|some|than|the first|approximately)[.:]? ?#?|[$#\u20ac\u00a3]) ?$", re.IGNORECASE)
MEASURES = re.compile(r" ?(?:%|percent|miles?|km|kg|lbs?|pounds?|dollars?|feet|ft|people|persons|pages|steps|meters|square|points|bricks|guests|seats|words|calories|grams|mg|degrees|votes|others|visitors|days|hours|minutes|years|a\.?m\.?|p\.?m\.?|ad\b|bc\b|bce\b|of\b|copies|members|beds|students|chairs)", re.IGNORECASE)
STREETS = re.compile(r" (?:[NSEW]\.? |North |South |East |West )?(?:[A-Z][\w']+|\d+(?:st|nd|rd|th)) (?:[A-Z][\w']+ )?(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Court|Ct|Place|Pl|Terrace|Highway|Hwy|Parkway|Circle|Square|Trail)\b")


def _cues(facts: Facts) -> re.Pattern[str]:
    """Words that tell of a call."""
    return re.compile(
        r"\b(?:call(?:s|ed|ing|ers?)?|dial(?:s|ed|ing|led)?|texts?|texted|texting|txt|tty|tdd|phones?|phoned|rings?|telephone|contact|reach|hotlines?|helplines?|lifelines?|operators?"
        r"|dispatchers?|emergency|emergencies|crisis|counselors?|relay|fax|sms|message|punch|press|tap|tel|cell|mobile|voicemail)\b|\bline\b(?! of\b)",
        re.IGNORECASE,
    )


def _label_words(fact: Fact) -> set[str]:
    return {word for word in re.findall(r"[a-z]{5,}", fact.details.get("label", "").lower()) if word not in {"services", "service", "center", "number"}}


def _has_figure(text: str) -> bool:
    return bool(re.search(r"\d", text))


def _term(text: str) -> re.Pattern[str]:
    """Return what finds a text with a figure, in digits or words, with hyphens or spaces, one or many."""
    parts = []
    for word in re.findall(r"\d+|[^\W\d_]+", text.lower()):
        if word.isdigit():
            parts.append(f"(?:{word}|{in_words(int(word)).replace('-', '[ -]')})")
        else:
            parts.append(re.escape(word.removesuffix("s")) + "s?")
    return re.compile(r"(?<!\w)" + r"[ -]+".join(parts) + r"(?!\w)", re.IGNORECASE)


def _numbers(value: Quantity) -> frozenset[Fraction]:
    return frozenset(Fraction(number) for number in (value.least, value.most) if number is not None)


def _means_always(figure: Figure) -> bool:
    return len(figure.numbers) == 1 and (int(next(iter(figure.numbers))), figure.unit, figure.period) in ALWAYS


def _is_passing(figure: Figure, passage: Passage) -> bool:
    """Tell whether a quantity is a moment, an age or a distance."""
    before, after = passage.text[: figure.start], passage.text[figure.end :]
    return bool(PASSING.match(after) or re.search(r"(?:\bage[sd]?|\baged|\bday|\bdays) $", before, re.IGNORECASE))


def _bounds(text: str, index: int) -> tuple[int, int]:
    """Return where the sentence around an index begins and ends."""
    ends = [found.end() for found in SENTENCE_END.finditer(text)]
    return max((end for end in ends if end <= index), default=0), min((end for end in ends if end > index), default=len(text))


def _sentence(text: str, index: int) -> str:
    start, end = _bounds(text, index)
    return text[start:end]
