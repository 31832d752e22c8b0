"""How a figure that was typed by hand is said by its fact: letter for letter, or as nearly as a form can."""

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.facts import Fact, Phone, Quantity, Url
from generator.figures import in_words
from generator.passages import Passage
from generator.problems import Location
from generator.recognise import Finding
from generator.vocabulary import SPELLED

Edit = tuple[int, int, str]
"""What is replaced in a source: from where, to where, and by what."""


class Typed(NamedTuple):
    """A finding where it was written."""

    finding: Finding
    passage: Passage

    @property
    def at(self) -> Location:
        """Where it begins; in a table, where the head of the column is read with it, in its own cell."""
        finding, passage = self.finding, self.passage
        return passage.at(finding.start if passage.index(finding.start) >= passage.index(0) else finding.core[0])

    @property
    def words(self) -> str:
        """The words as a reader reads them."""
        return self.passage.text[self.finding.start : self.finding.end]


def suggestion(fact: Fact, each: Typed) -> str:
    """Return what to write instead: the same words with the fact in them, or else the form that is most like them."""
    edits = next((edits for edits in ways(each) if edits), ())
    start, end = each.passage.index(each.finding.start), each.passage.index(each.finding.end - 1) + 1
    if not edits or not all(start <= first and last <= end for first, last, _ in edits):
        return f"{{{{ {nearest_form(fact, each)} }}}}"
    source, parts = each.passage.source, []
    for first, last, new in edits:
        parts += [source[start:first], new]
        start = last
    return " ".join("".join([*parts, source[start:end]]).split())


def ways(each: Typed) -> Iterator[tuple[Edit, ...]]:
    """Each way to say a literal by its fact, the one that replaces most first."""
    fact, passage, finding = each.finding.fact, each.passage, each.finding
    if fact is None:
        return
    start, end = passage.index(finding.start), passage.index(finding.end - 1) + 1
    if passage.kind == "target":
        yield _in_target(each, fact, (start, end))
        return
    first, last = passage.index(finding.core[0]), passage.index(finding.core[1] - 1)
    for text, form in _whole_forms(fact):
        spelled = r"[ \n]+".join(map(re.escape, text.split(" ")))
        for found in re.finditer(rf"(?<![\w-]){spelled}(?!\w)", passage.source[start:end]):
            if start + found.start() <= first and last < start + found.end():
                yield ((start + found.start(), start + found.end(), _name(fact.name, form)),)
    if isinstance(fact.value, Quantity):
        yield _by_number(each, fact, fact.value)


def _whole_forms(fact: Fact) -> list[tuple[str, str]]:
    """Return what each form of a fact prints, and its name; the longest first, and none that is a mere number."""
    others = {*NOT_WORDS, *fact.details, "least", "least.words", "most", "most.words"}
    forms = [(str(print_()), name) for name, print_ in fact.forms().items() if name not in others]
    return sorted(forms, key=lambda form: (-len(form[0]), len(form[1])))


def _in_target(each: Typed, fact: Fact, span: tuple[int, int]) -> tuple[Edit, ...]:
    """Replace the whole of an address, or of ``tel:+15615550100``; another spelling or scheme is left alone."""
    start, end = span
    written = each.passage.source[start:end]
    if isinstance(fact.value, Url):
        return ((start, end, _name(fact.name, "")),)
    scheme = re.search(r"(tel|sms):$", each.passage.source[:start])
    if not scheme or not isinstance(fact.value, Phone) or written != fact.value.address:
        return ()
    return ((scheme.start(), end, _name(fact.name, scheme[1])),)


def _by_number(each: Typed, fact: Fact, value: Quantity) -> tuple[Edit, ...]:
    """Replace the numbers alone, the first by the least, the last by the most; nothing where one is said twice."""
    start, last = (each.passage.index(place) for place in (each.finding.core[0], each.finding.core[1] - 1))
    words = re.finditer(r"\d+|[A-Za-z]+(?:-[a-z]+)?", each.passage.source[start : last + 1])
    found = [word for word in words if word[0][0].isdigit() or {*word[0].lower().split("-")} <= {*SPELLED}]
    ends = {number: end for end, number in (("most", value.most), ("least", value.least)) if number is not None}
    edits = []
    for number, place in zip(sorted(ends), found if len(found) == len(ends) else (), strict=False):
        form = {str(number): ends[number], in_words(number): f"{ends[number]}.words"}.get(place[0])
        if form is None:
            return ()
        edits.append((start + place.start(), start + place.end(), _name(fact.name, form)))
    return tuple(edits)


def _name(fact: str, form: str) -> str:
    return f"{{{{ {fact}.{form} }}}}" if form else f"{{{{ {fact} }}}}"


def nearest_form(fact: Fact, each: Typed) -> str:
    """Return the form of a fact whose print is most like what was typed; in a link's target the target."""
    forms = fact.forms()
    if each.passage.kind == "target":
        scheme = each.passage.text.partition(":")[0].strip().lower()
        return f"{fact.name}.{scheme}" if scheme in forms else fact.name
    printed = {name: str(forms[name]()) for name in forms if name not in NOT_WORDS and name not in fact.details}
    words = each.words.casefold()

    def likeness(name: str) -> float:
        return difflib.SequenceMatcher(None, words, printed[name].casefold(), autojunk=False).ratio()

    best = max(printed, key=lambda name: (likeness(name), -len(name)))
    return f"{fact.name}.{best}" if best else fact.name


NOT_WORDS = frozenset({"tel", "sms", "link", "qr", "checked"})
"""Forms that are no words of a sentence."""
