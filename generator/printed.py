"""Checks of the finished pages against the facts: what a template mangles is found here.

Figures that stand in a source as they stand on the page are left to the
checks of the sources, which know where they were written and what is allowed.
"""

import difflib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from generator import assets, passages, phones, recognise, templates, trace
from generator.facts import Fact, Facts, Phone, Quantity
from generator.figures import Figure, figures, has_number
from generator.kept import kept
from generator.model import Entry, Matter, Site, texts_of
from generator.passages import Passage
from generator.problems import Location, Problem, locate
from generator.reading import CALL, Link, Seen
from generator.recognise import CONTRADICTED, UNKNOWN_PHONE, Finding, Recogniser, bounds, numbers_of

CUT = re.compile(r"(?<![\d.,$])\(?\d(?:[-. ()]{0,2}\d){5,13}(?:-(?!\d))?(?![\d%])")
"""Digits that may be a phone number with some lost or added."""
NO_WORDS = re.compile(
    r"https?://\S*|mailto:\S*|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?|\d{4}-\d\d-\d\d(?:T[\d:.Z+-]*)?"
    r"|[A-Z]{2,3}",
    re.ASCII,
)
"""What may stand in JSON-LD without being seen: addresses, days, and codes of languages and countries."""
COUNTS = frozenset({"position", "width", "height"})
"""Keys of JSON-LD whose numbers are no facts."""
Title = tuple[str, tuple[str, ...]]
"""A value of front matter, and the words of its passages."""
SEE_TEMPLATE = "check what the template does to the fact"


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """What facts can say: their printed forms, their numbers, and what finds them in a text."""

    facts: Facts
    recogniser: Recogniser
    sayings: tuple[str, ...]
    forms: frozenset[str]
    numbers: frozenset[Fraction]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the checks of a page need to know beside the page: facts, and all else that can be printed on it.

    ``titles`` are the values of all front matter, of other pages too; ``files`` the texts of assets.
    """

    spoken: Spoken
    templates: Mapping[str, str]
    files: Mapping[str, str]
    titles: tuple[Title, ...]
    name: str

    def fact_of(self, digits: str) -> Fact | None:
        """Return the phone with these digits."""
        return self.spoken.recogniser.phones.get(phones.at_home(digits))

    def nearest(self, digits: str, seen: Seen) -> Fact | None:
        """Return the phone whose digits are most like these; of several, one that the page's templates name."""
        near = difflib.get_close_matches(phones.at_home(digits), self.spoken.recogniser.phones, n=5, cutoff=0.6)
        facts = [self.spoken.recogniser.phones[digits] for digits in near]
        return next((fact for fact in facts if self.use_of(fact, seen) != self.use_of(None, seen)), None)

    def is_written(self, sentence: str, words: str, seen: Seen) -> bool:
        """Tell whether a sentence stands in a source of a page, where the checks of the sources have seen it.

        A title or another value of front matter can be a part of a longer sentence.
        """
        sentence = sentence.strip()
        return any(sentence in text or (text in sentence and words in text) for _, text in written(seen, self))

    def is_target(self, target: str, seen: Seen) -> bool:
        """Tell whether a source of a page calls this number, or has this address, by itself."""
        digits = _digits(target)
        found = (text for kind, text in written(seen, self) if kind == "target")
        return any(other == target or (_digits(other) == digits and digits.isdigit()) for other in found)

    def use_of(self, fact: Fact | None, seen: Seen) -> Location:
        """Return where the templates of a page name a fact first; the page's own template if they do not."""
        for name in sorted(seen.page.templates, key=lambda name: (name != seen.page.page.template, name)):
            at = re.search(rf"\b{re.escape(fact.name)}\b", self.templates.get(name, "")) if fact else None
            if at:
                return locate(f"{templates.FOLDER}/{name}", self.templates[name], at.start())
        return Location(f"{templates.FOLDER}/{seen.page.page.template}")


def known(site: Site) -> Known:
    """Return what the checks need."""
    titles = (title for entry in site.entries for title in _titles(entry))
    files = ((f"{assets.FOLDER}/{asset.name}", assets.text_of(asset) or "") for asset in site.assets.values())
    return _known(site.facts, site.settings.name.value, tuple(titles), tuple(site.templates.items()), tuple(files))


@kept
def _known(
    facts: Facts,
    name: str,
    titles: tuple[Title, ...],
    sources: tuple[tuple[str, str], ...],
    files: tuple[tuple[str, str], ...],
) -> Known:
    return Known(_spoken(facts), dict(sources), dict(files), titles, name)


@kept
def _spoken(facts: Facts) -> Spoken:
    printed = (form() for fact in facts for name, form in fact.forms().items() if name not in {"qr", "link"})
    quantities = [fact.value for fact in facts if isinstance(fact.value, Quantity)]
    numbers = frozenset(number for value in quantities for number in numbers_of(value))
    forms = frozenset(_folded(str(text)) for text in printed)
    return Spoken(facts, recognise.of(facts), facts.sayings, forms, numbers)


@kept
def _titles(entry: Entry[Matter]) -> tuple[Title, ...]:
    """Return what a front matter can print on any page: each value, and the words in it."""
    text = entry.source
    values = [(value.value, passages.of_value(text, value) if text else ()) for value in texts_of(entry.matter)]
    return tuple((value, tuple(passage.text for passage in found)) for value, found in values)


@kept
def written(seen: Seen, known: Known) -> tuple[tuple[str, str], ...]:
    """Return the kind and the words of each passage of each source that a page is made of."""
    entries = seen.page.page.entries
    found = [each for entry in entries for each in passages.of_markdown(entry.path, entry.markdown)]
    for name in sorted(seen.page.templates & known.templates.keys()):
        found += passages.of_markup(f"{templates.FOLDER}/{name}", known.templates[name])
    for path, text in known.files.items():
        found += passages.of_asset(path, text)
    titles = [("words", words) for _, passages_of_it in known.titles for words in passages_of_it]
    return (*((passage.kind, passage.text) for passage in found), *titles)


def _digits(target: str) -> str:
    """Return the number that a link calls; nothing for another link, a question mark for one that cannot be called."""
    found = CALL.match(target)
    if not found:
        return ""
    number = re.sub(r"[\s().-]|%20", "", found[1])
    return phones.at_home(number.removeprefix("+")) if re.fullmatch(r"\+?\d+", number) else "?"


def calls_go_to_facts(seen: Seen, known: Known) -> Iterator[Problem]:
    """Every ``tel:`` and ``sms:`` calls a number that is a fact."""
    for link in dict.fromkeys(seen.calls):
        target = trace.plain(link.target)
        if CALL.match(target) and not known.fact_of(_digits(target)) and not known.is_target(target, seen):
            message = f"the link '{target}' calls a number that is no fact"
            yield Problem(
                _place(link, seen, known), UNKNOWN_PHONE, message, "print the form 'tel' or 'sms' of a phone as it is"
            )


def calls_say_what_they_dial(seen: Seen, known: Known) -> Iterator[Problem]:
    """The number in a link's words is the number that it calls."""
    for link in dict.fromkeys(seen.calls):
        dialled = _digits(trace.plain(link.target))
        words = passages.plain(trace.plain(link.words)) if dialled else ""
        if dialled and {*_said(words, known), *_named_in(link.words, known)} - {dialled}:
            message = f"a link says '{words.strip()}' and calls {dialled}"
            hint = "take words and target from the same fact"
            yield Problem(_place(link, seen, known), "wrong-call", message, hint)


def _said(words: str, known: Known) -> set[str]:
    """Return the numbers that a link's words say."""
    found = [number.digits for number in phones.numbers(words)]
    found = [digits for digits in found if len(digits) > phones.SHORT or known.fact_of(digits)]
    digits = phones.at_home(re.sub(r"\D", "", words))
    return {*found} if found else {digits} if len(digits) > phones.SHORT else set()


def _named_in(words: str, known: Known) -> set[str]:
    """Return the numbers of the phones whose value or label a link's words print."""
    facts = (known.spoken.facts.find(known.spoken.sayings[number]) for number in trace.numbers(words))
    return {phones.at_home(each[0].value.digits) for each in facts if each and isinstance(each[0].value, Phone)}


def _place(link: Link, seen: Seen, known: Known) -> Location:
    """Return where a link was written: in Markdown, or where a template names what it calls."""
    target = trace.plain(link.target)
    if places := seen.page.links.get(target):
        return places[0]
    marks = [*trace.numbers(link.target), *trace.numbers(link.words)]
    found = known.spoken.facts.find(known.spoken.sayings[marks[0]]) if marks else None
    return known.use_of(found[0] if found else known.nearest(_digits(target), seen), seen)


def figures_equal_facts(seen: Seen, known: Known) -> Iterator[Problem]:
    """Every phone number that is read is a fact, and no figure contradicts one, whatever a template made of it."""
    topic = known.spoken.recogniser.topic(_passage(seen.blocks[0].text, known.spoken)) if seen.blocks else ""
    here = topic
    for block in dict.fromkeys(seen.blocks):
        if block.kind == "heading":
            here = known.spoken.recogniser.topic(_passage(block.text, known.spoken)) or topic
        for wrong in (
            _wrong_in(block.text, here, known.spoken) if block.kind == "heading" or has_number(block.text) else ()
        ):
            if not wrong.sentence or not known.is_written(wrong.sentence, wrong.words, seen):
                fact = wrong.fact or known.nearest(wrong.digits, seen)
                message = f"the finished page says '{wrong.words}', {wrong.said}"
                yield Problem(known.use_of(fact, seen), wrong.rule, message, SEE_TEMPLATE)


class _Wrong(NamedTuple):
    """Words of a page that are wrong unless a source has the same ``sentence``; an empty one is wrong in any case."""

    rule: str
    words: str
    said: str
    fact: Fact | None
    sentence: str = ""
    digits: str = ""


@kept
def _wrong_in(text: str, topic: str, spoken: Spoken) -> tuple[_Wrong, ...]:
    """Return what a text of a page gets wrong, if it stands below a heading with this topic."""
    passage = _passage(text, spoken)
    found = list(_spoiled(text, spoken))
    for finding in spoken.recogniser.findings(passage, topic):
        words = passage.text[finding.start : finding.end]
        if said := _said_wrong(finding, words):
            found.append(_Wrong(finding.rule, words, said, finding.fact, _around(passage, finding), finding.digits))
    return (*found, *_in_another_frame(text, topic, spoken), *_cut_short(passage, spoken))


def _around(passage: Passage, finding: Finding) -> str:
    """Return the sentence of a finding."""
    start, end = bounds(passage.text, finding.core[0])
    return passage.text[start:end]


def _spoiled(text: str, spoken: Spoken) -> Iterator[_Wrong]:
    """Each print of a fact that is none of its forms any more, as after a filter over a whole block."""
    for mark in trace.MARKED.finditer(text):
        found = spoken.facts.find(spoken.sayings[ord(mark[1]) - trace.FIRST])
        words = _folded(trace.plain(mark[2]))
        if found and words and words not in spoken.forms:
            fact = found[0]
            yield _Wrong("spoiled-fact", words, f"but {fact.name} is '{fact.written}'", fact)


def _in_another_frame(text: str, topic: str, spoken: Spoken) -> Iterator[_Wrong]:
    """Each figure that is partly a fact and contradicts another: a number of days before the word hours."""
    prints = [each for each in _prints(text, spoken) if isinstance(each[0].value, Quantity)]
    if not prints:
        return
    passage = passages.of_printed(text, spoken.sayings, filled=True)
    framed_anew = {each.core for each in figures(passage.text) if _is_framed_anew(each, passage.text, prints)}
    for finding in spoken.recogniser.findings(passage, topic) if framed_anew else ():
        if finding.rule == CONTRADICTED and finding.fact and finding.core in framed_anew:
            said = f"but {finding.fact.name} is '{finding.fact.written}'"
            yield _Wrong(CONTRADICTED, passage.text[finding.start : finding.end], said, finding.fact)


Print = tuple[Fact, int, int]
"""A fact that is printed in a passage, and where that begins and ends."""


def _prints(text: str, spoken: Spoken) -> Iterator[Print]:
    """Each fact that a marked text prints, and where that begins and ends in the passage that the text is."""
    before, read, last = 0, 0, ""
    for mark in trace.MARKED.finditer(text):
        more = passages.plain(f"x{last}{trace.plain(text[read : mark.start()])}x")[1:-1]
        before, read, last = before + len(more) - len(last), mark.start(), more[-1:]
        found = spoken.facts.find(spoken.sayings[ord(mark[1]) - trace.FIRST])
        if found and (words := passages.plain(trace.plain(mark[2]))):
            yield found[0], before, before + len(words)


def _is_framed_anew(figure: Figure, text: str, prints: list[Print]) -> bool:
    """Tell whether a figure takes its numbers from a fact that it is not."""
    around = [fact for fact, start, end in prints if start <= figure.core[0] and figure.core[1] <= end]
    return bool(around) and not _is_framed_as(around[0], text[figure.start : figure.end])


def _is_framed_as(fact: Fact, words: str) -> bool:
    """Tell whether words around a fact's number say its own unit, and no other period: three days, of 3 days a week."""
    value = fact.value
    return not isinstance(value, Quantity) or any(
        figure.unit == value.unit and figure.period in {"", value.period} for figure in figures(words)
    )


def _said_wrong(finding: Finding, words: str) -> str:
    """Return what is wrong with a figure that no source has; a figure that equals its fact is right."""
    if finding.rule == UNKNOWN_PHONE:
        return "a phone number that is no fact"
    if finding.fact is None or not isinstance(finding.fact.value, Quantity):
        return ""
    if finding.rule == CONTRADICTED or not _is_a_form(words, finding.fact):
        return f"but {finding.fact.name} is '{finding.fact.written}'"
    return ""


def _is_a_form(words: str, fact: Fact) -> bool:
    """Tell whether words are a fact in one of its forms, or say no more of it than a number and its unit."""
    printed = (passages.plain(str(fact.forms()[name]())).casefold() for name in fact.value.forms())
    return len(words.split()) <= 2 or any(len(form) > 2 and form in words.casefold() for form in printed)  # noqa: PLR2004


def _cut_short(passage: Passage, spoken: Spoken) -> Iterator[_Wrong]:
    for found in CUT.finditer(passage.text) if phones.DIGIT.search(passage.text) else ():
        digits = re.sub(r"\D", "", found[0])
        facts = [fact for whole, fact in spoken.recogniser.phones.items() if digits != whole and _is_cut(digits, whole)]
        if facts:
            words = found[0].strip(" -.(")
            said = f"which is {facts[0].name} with digits lost or added"
            yield _Wrong(UNKNOWN_PHONE, words, said, facts[0], found[0])


def _is_cut(digits: str, whole: str) -> bool:
    """Tell whether digits are a part of a number, too long a part for chance, or the number with more behind it."""
    return len(whole) == phones.WHOLE and digits != whole[3:] and (digits in whole or digits.startswith(whole))


def _passage(text: str, spoken: Spoken) -> Passage:
    return passages.of_printed(text, spoken.sayings)


# ---------------------------------------------------------------- JSON-LD


def data_is_known(seen: Seen, known: Known) -> Iterator[Problem]:
    """Every text in JSON-LD is a fact, a title, or seen on the page; every number is one of a fact."""
    for text in seen.data:
        at = _place_of_data(seen, known)
        try:
            data = json.loads(_only_texts_marked(text), parse_constant=_refuse)
        except (ValueError, RecursionError):
            hint = "print it with 'tojson'"
            yield Problem(at, "json-ld", "this JSON-LD cannot be read", hint)
            continue
        read = _Data(seen, known)
        for key, value in _leaves("", data):
            if not read.is_known(key, value) and not _is_told(value, seen, known):
                shown = trace.plain(value) if isinstance(value, str) else str(value)
                message = f"the JSON-LD says '{shown}' as '{key}', which is no fact and not on the page"
                yield Problem(at, "json-ld", message, "take it from a fact, or say it on the page too")


def _is_told(value: object, seen: Seen, known: Known) -> bool:
    """Tell whether a number stands in a source like this, whose checks have told it."""
    text = str(value)
    return len(re.sub(r"\D", "", text)) >= phones.LOCAL and known.is_written(text, text, seen)


def _refuse(constant: str) -> object:
    raise ValueError(constant)


def _only_texts_marked(text: str) -> str:
    """Return JSON without the marks around its numbers, which are no JSON."""
    return re.sub(r'("(?:\\.|[^"\\])*")|[^"]+', lambda part: part[1] or trace.plain(part[0]), text)


def _place_of_data(seen: Seen, known: Known) -> Location:
    for name in sorted(seen.page.templates):
        at = re.search("application/ld\\+json", known.templates.get(name, ""), re.IGNORECASE)
        if at:
            return locate(f"{templates.FOLDER}/{name}", known.templates[name], at.start())
    return known.use_of(None, seen)


def _leaves(key: str, data: object) -> Iterator[tuple[str, object]]:
    """Each text and number, with the key that it stands under."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _leaves(str(name), value)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(key, value)
    elif data is not None and not isinstance(data, bool):
        yield key, data


class _Data:
    """What JSON-LD may say on a page."""

    def __init__(self, seen: Seen, known: Known) -> None:
        said = [trace.plain(block.text) for block in seen.blocks]
        self.said = _folded(" ".join([*said, known.name, *(title for title, _ in known.titles)]))
        self.known = known

    def is_known(self, key: str, value: object) -> bool:
        """Tell whether a text or number may stand there."""
        if isinstance(value, int | float):
            return key in COUNTS or (math.isfinite(value) and Fraction(value) in self.known.spoken.numbers)
        text = str(value)
        whole = _folded(re.sub(r"<[^<>]*>", " ", trace.plain(text)))
        if CALL.match(whole):
            return bool(self.known.fact_of(_digits(whole)))
        if re.fullmatch(r"[+\d\s().,-]+", whole):
            return self._is_a_number(re.sub(r"[^\d+]", "", whole))
        if key.startswith("@") or not re.search(r"\w", trace.MARKED.sub("", text)) or NO_WORDS.fullmatch(text):
            return True
        return whole in self.known.spoken.forms or bool(re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", self.said))

    def _is_a_number(self, digits: str) -> bool:
        number = digits.removeprefix("+")
        is_phone = phones.at_home(number) in self.known.spoken.recogniser.phones
        return is_phone or (number.isdigit() and Fraction(number) in self.known.spoken.numbers)


def _folded(text: str) -> str:
    return " ".join(passages.plain(text).casefold().split())


CHECKS: tuple[Callable[[Seen, Known], Iterator[Problem]], ...] = (
    calls_go_to_facts,
    calls_say_what_they_dial,
    figures_equal_facts,
    data_is_known,
)


def problems(seen: Seen, known: Known) -> tuple[Problem, ...]:
    """Everything that a page says otherwise than the facts."""
    return tuple(problem for check in CHECKS for problem in check(seen, known)) if known.spoken.facts.readable else ()
