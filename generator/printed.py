"""Checks of the finished pages against the facts: what a template mangles is found here.

Figures that stand in a source as they stand on the page are left to the
checks of the sources, which know where they were written and what is allowed.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from generator import assets, passages, phones, templates, trace
from generator.facts import Fact, Quantity
from generator.model import Site, texts_of
from generator.passages import Passage
from generator.problems import Location, Problem, locate
from generator.reading import Link, Seen
from generator.recognise import CONTRADICTED, UNKNOWN_PHONE, Finding, Recogniser

CALL = re.compile(r"\s*(?:tel|sms):([^?&;]*)", re.IGNORECASE)
CUT = re.compile(r"(?<![\d-])(\d{3})[-. ](\d{3})[-. ](\d{1,3}|\d{5,6})(?![\d-])")
"""A phone number with too few digits at its end, or too many."""
NO_WORDS = re.compile(
    r"https?://\S*|(?:tel|sms|mailto):\S*|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?|\d{4}-\d\d-\d\d(?:T[\d:.Z+-]*)?"
    r"|[A-Z]{2,3}",
    re.ASCII,
)
"""What may stand in JSON-LD without being seen: addresses, days, and codes of languages and countries."""
COUNTS = frozenset({"position", "width", "height"})
"""Keys of JSON-LD whose numbers are no facts."""
SEE_TEMPLATE = "check what the template does to the fact"


@dataclass(frozen=True, slots=True)
class Finished:
    """What the checks need to know: the site, and what recognises its facts."""

    site: Site
    recogniser: Recogniser
    sayings: tuple[str, ...]
    forms: frozenset[str]
    numbers: frozenset[Fraction]

    def fact_of(self, digits: str) -> Fact | None:
        """Return the phone with these digits."""
        return self.recogniser.phones.get(phones.at_home(digits))

    def nearest(self, digits: str, seen: Seen) -> Fact | None:
        """Return the phone whose digits are most like these; of several, one that the page's templates name."""
        near = difflib.get_close_matches(phones.at_home(digits), self.recogniser.phones, n=5, cutoff=0.6)
        facts = [self.recogniser.phones[digits] for digits in near]
        return next((fact for fact in facts if self.use_of(fact, seen) != self.use_of(None, seen)), None)

    def is_written(self, words: str) -> bool:
        """Tell whether words stand in a source just like this, where the checks of the sources have seen them."""
        return any(words in passage.text for passage in written(self.site))

    def is_target(self, digits: str) -> bool:
        """Tell whether a source calls this number by itself."""
        targets = (passage.text for passage in written(self.site) if passage.kind == "target")
        return any(phones.at_home(re.sub(r"\D", "", target)) == digits for target in targets)

    def use_of(self, fact: Fact | None, seen: Seen) -> Location:
        """Return where the templates of a page name a fact first; the page's own template if they do not."""
        for name in sorted(seen.page.templates, key=lambda name: (name != seen.page.page.template, name)):
            at = re.search(rf"\b{re.escape(fact.name)}\b", self.site.templates.get(name, "")) if fact else None
            if at:
                return locate(f"{templates.FOLDER}/{name}", self.site.templates[name], at.start())
        return Location(f"{templates.FOLDER}/{seen.page.page.template}")


def finished(site: Site) -> Finished:
    """Return what the checks need."""
    printed = (form() for fact in site.facts for name, form in fact.forms().items() if name not in {"qr", "link"})
    quantities = [fact.value for fact in site.facts if isinstance(fact.value, Quantity)]
    numbers = (Fraction(n) for value in quantities for n in (value.least, value.most) if n is not None)
    forms = frozenset(_folded(str(text)) for text in printed)
    return Finished(site, Recogniser(site.facts), site.facts.sayings, forms, frozenset(numbers))


def written(site: Site) -> Iterator[Passage]:
    """Each passage of each source."""
    for entry in site.entries:
        text = site.sources.get(entry.path, "")
        yield from passages.of_markdown(entry.path, entry.body.text)
        for value in texts_of(entry.matter) if text else ():
            yield from passages.of_value(text, value)
    for name, text in site.templates.items():
        yield from passages.of_markup(f"{templates.FOLDER}/{name}", text)
    for asset in site.assets.values():
        yield from passages.of_asset(f"{assets.FOLDER}/{asset.name}", assets.text_of(asset) or "")


def _digits(target: str) -> str:
    found = CALL.match(target)
    return phones.at_home(re.sub(r"\D", "", found[1])) if found else ""


def calls_go_to_facts(seen: Seen, known: Finished) -> Iterator[Problem]:
    """Every ``tel:`` and ``sms:`` calls a number that is a fact."""
    for link in dict.fromkeys(seen.calls):
        target = trace.plain(link.target)
        if CALL.match(target) and not known.fact_of(_digits(target)) and not known.is_target(_digits(target)):
            message = f"the link '{target}' calls a number that is no fact"
            yield Problem(
                _place(link, seen, known), UNKNOWN_PHONE, message, "print the form 'tel' or 'sms' of a phone as it is"
            )


def calls_say_what_they_dial(seen: Seen, known: Finished) -> Iterator[Problem]:
    """The number in a link's words is the number that it calls."""
    for link in dict.fromkeys(seen.calls):
        dialled, words = _digits(trace.plain(link.target)), passages.plain(trace.plain(link.words))
        if dialled and (said := _said(words, known)) and said != dialled:
            message = f"a link says '{words.strip()}' and calls {dialled}"
            hint = "take words and target from the same fact"
            yield Problem(_place(link, seen, known), "wrong-call", message, hint)


def _said(words: str, known: Finished) -> str:
    """Return the number that a link's words say; nothing if they say none."""
    found = [
        number for number in phones.numbers(words) if len(number.digits) > phones.SHORT or known.fact_of(number.digits)
    ]
    if found:
        return found[0].digits
    digits = re.sub(r"\D", "", words)
    return phones.at_home(digits) if len(digits) > phones.SHORT else ""


def _place(link: Link, seen: Seen, known: Finished) -> Location:
    """Return where a link was written: in Markdown, or where a template names what it calls."""
    target = trace.plain(link.target)
    if places := seen.page.links.get(target):
        return places[0]
    marks = [*trace.numbers(link.target), *trace.numbers(link.words)]
    found = known.site.facts.find(known.sayings[marks[0]]) if marks else None
    return known.use_of(found[0] if found else known.nearest(_digits(target), seen), seen)


def figures_equal_facts(seen: Seen, known: Finished) -> Iterator[Problem]:
    """Every phone number that is read is a fact, and no figure contradicts one, whatever a template made of it."""
    topic = known.recogniser.topic(_passage(seen.blocks[0].text, known)) if seen.blocks else ""
    here = topic
    for block in dict.fromkeys(seen.blocks):
        passage = _passage(block.text, known)
        if block.kind == "heading":
            here = known.recogniser.topic(passage) or topic
        for finding in known.recogniser.findings(passage, here):
            words = passage.text[finding.start : finding.end]
            if (said := _wrong(finding, words)) and not known.is_written(words):
                message = f"the finished page says '{words}', {said}"
                fact = finding.fact or known.nearest(finding.digits, seen)
                yield Problem(known.use_of(fact, seen), finding.rule, message, SEE_TEMPLATE)
        yield from _cut_short(passage, seen, known)


def _wrong(finding: Finding, words: str) -> str:
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
    printed = {passages.plain(str(print_())).casefold() for print_ in fact.forms().values()}
    return words.casefold() in printed or len(words.split()) <= 2  # noqa: PLR2004


def _cut_short(passage: Passage, seen: Seen, known: Finished) -> Iterator[Problem]:
    for found in CUT.finditer(passage.text):
        begun = found[1] + found[2]
        fact = next((fact for digits, fact in known.recogniser.phones.items() if digits.startswith(begun)), None)
        if fact and not known.is_written(found[0]):
            message = f"the finished page says '{found[0]}', which is {fact.name} with digits lost or added"
            yield Problem(known.use_of(fact, seen), UNKNOWN_PHONE, message, SEE_TEMPLATE)


def _passage(text: str, known: Finished) -> Passage:
    return passages.of_printed(text, known.sayings)


# ---------------------------------------------------------------- JSON-LD


def data_is_known(seen: Seen, known: Finished) -> Iterator[Problem]:
    """Every text in JSON-LD is a fact, a title, or seen on the page; every number is one of a fact."""
    for text in seen.data:
        at = _place_of_data(seen, known)
        try:
            data = json.loads(_only_texts_marked(text))
        except ValueError:
            hint = "print it with 'tojson'"
            yield Problem(at, "json-ld", "this JSON-LD cannot be read", hint)
            continue
        read = _Data(seen, known)
        for key, value in _leaves("", data):
            if not read.is_known(key, value):
                shown = trace.plain(value) if isinstance(value, str) else str(value)
                message = f"the JSON-LD says '{shown}' as '{key}', which is no fact and not on the page"
                yield Problem(at, "json-ld", message, "take it from a fact, or say it on the page too")


def _only_texts_marked(text: str) -> str:
    """Return JSON without the marks around its numbers, which are no JSON."""
    return re.sub(r'("(?:\\.|[^"\\])*")|[^"]+', lambda part: part[1] or trace.plain(part[0]), text)


def _place_of_data(seen: Seen, known: Finished) -> Location:
    for name in sorted(seen.page.templates):
        at = re.search("application/ld\\+json", known.site.templates.get(name, ""), re.IGNORECASE)
        if at:
            return locate(f"{templates.FOLDER}/{name}", known.site.templates[name], at.start())
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

    def __init__(self, seen: Seen, known: Finished) -> None:
        said = [trace.plain(block.text) for block in seen.blocks]
        titles = [text.value for entry in known.site.entries for text in texts_of(entry.matter)]
        self.said = _folded(" ".join([*said, known.site.settings.name.value, *titles]))
        self.known = known

    def is_known(self, key: str, value: object) -> bool:
        """Tell whether a text or number may stand there."""
        if isinstance(value, int | float):
            return key in COUNTS or Fraction(value) in self.known.numbers
        text = str(value)
        if key.startswith("@") or not re.search(r"\w", trace.MARKED.sub("", text)):
            return True
        whole = _folded(trace.plain(text))
        if re.fullmatch(r"[+\d\s().-]{3,}", whole) and re.sub(r"\D", "", whole)[-10:] in self.known.recogniser.phones:
            return True
        return whole in self.said or whole in self.known.forms or bool(NO_WORDS.fullmatch(text))


def _folded(text: str) -> str:
    return " ".join(passages.plain(text).casefold().split())


CHECKS: tuple[Callable[[Seen, Finished], Iterator[Problem]], ...] = (
    calls_go_to_facts,
    calls_say_what_they_dial,
    figures_equal_facts,
    data_is_known,
)
