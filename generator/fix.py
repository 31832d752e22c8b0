"""Figures typed by hand, replaced by the names of their facts where nothing that a visitor reads changes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import assets, typed
from generator.diff import seen_on
from generator.facts import Fact, Phone, Quantity, Url
from generator.figures import in_words
from generator.model import Build, Site, texts_of
from generator.problems import Location
from generator.recognise import TYPED, Recogniser
from generator.typed import Typed

UNPROVEN = "with the facts in their place a page would read differently"

Edit = tuple[int, int, str]
"""What is replaced in a source: from where, to where, and by what."""


@dataclass(frozen=True, slots=True)
class Change:
    """One literal and what becomes of it: edits of its file, or the reason why it is left alone."""

    at: Location
    words: str
    edits: tuple[Edit, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        if self.reason:
            return f"{self.at}: '{self.words}' is left alone: {self.reason}"
        names = " and ".join(new for _, _, new in self.edits if new.startswith("{{"))
        return f"{self.at}: '{self.words}' is now {names}"


def changes(site: Site) -> tuple[Change, ...]:
    """Return what would become of each literal of a site, in the order of the files."""
    recogniser = Recogniser(site.facts)
    found = [
        _change(each, site)
        for source in typed.sources(site, recogniser)
        for each in typed.found_in(source, recogniser)
        if each.finding.rule == TYPED and not any(way.covers(each.passage, each.finding.core) for way in source.allowed)
    ]
    return tuple(sorted(found, key=lambda change: change.at))


def _change(each: Typed, site: Site) -> Change:
    """Return what becomes of one literal."""
    if each.passage.path.startswith(f"{assets.FOLDER}/"):
        return Change(each.at, each.words, reason="an asset cannot name a fact")
    if each.passage.kind == "expression":
        return Change(each.at, each.words, reason="it stands in the code of a template")
    edits = next((edits for edits in _ways(each) if edits), ())
    if not edits:
        says = each.finding.fact.forms()[""]() if each.finding.fact else ""
        return Change(each.at, each.words, reason=f"no form of the fact reads just like it ('{says}')")
    quotes = _quotes(each, edits, site)
    if quotes is None:
        return Change(each.at, each.words, reason="the text would need other quotes around it")
    return Change(each.at, each.words, (*edits, *quotes))


def _ways(each: Typed) -> Iterator[tuple[Edit, ...]]:
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
        spelled = r"\s+".join(map(re.escape, text.split()))
        for found in re.finditer(rf"(?<![\w-]){spelled}(?!\w)", passage.source[start:end]):
            if start + found.start() <= first and last < start + found.end():
                yield ((start + found.start(), start + found.end(), _name(fact.name, form)),)
    if isinstance(fact.value, Quantity):
        yield _by_number(each, fact, fact.value)


def _whole_forms(fact: Fact) -> list[tuple[str, str]]:
    """Return what each form of a fact prints, and its name; the longest first, and none that is a mere number."""
    others = {*typed.NOT_WORDS, *fact.details, "least", "least.words", "most", "most.words"}
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
    """Replace the numbers alone: the first by the least, the last by the most."""
    start, last = (each.passage.index(place) for place in (each.finding.core[0], each.finding.core[1] - 1))
    found = list(re.finditer(r"\d+|[a-z]+(?:-[a-z]+)?", each.passage.source[start : last + 1]))
    ends = {number: end for end, number in (("most", value.most), ("least", value.least)) if number is not None}
    edits = []
    for number, place in zip(sorted(ends), [found[0], found[-1]] if found else (), strict=False):
        form = {str(number): ends[number], in_words(number): f"{ends[number]}.words"}.get(place[0])
        if form is None:
            return ()
        edits.append((start + place.start(), start + place.end(), _name(fact.name, form)))
    return tuple(edits)


def _name(fact: str, form: str) -> str:
    return f"{{{{ {fact}.{form} }}}}" if form else f"{{{{ {fact} }}}}"


def _quotes(each: Typed, edits: tuple[Edit, ...], site: Site) -> tuple[Edit, ...] | None:
    """Return the quotes that a value of front matter needs when it begins with braces; None if it cannot have them."""
    entry = next((entry for entry in site.entries if entry.path == each.passage.path), None)
    for text in texts_of(entry.matter) if entry else ():
        start = _index(each.passage.source, text.at)
        if edits[0][0] == start and text.raw[:1] not in {'"', "'", "|", ">"}:
            end = start + len(text.raw.rstrip())
            return None if '"' in text.raw or "\\" in text.raw else ((start, start, '"'), (end, end, '"'))
    return ()


def _index(source: str, at: Location) -> int:
    return sum(len(line) + 1 for line in source.split("\n")[: at.line - 1]) + at.column - 1


def edits_by_file(made: Iterable[Change]) -> Mapping[str, tuple[Edit, ...]]:
    """Return the edits of each file that changes, by its path and in the order of the text."""
    found: dict[str, set[Edit]] = {}
    for change in made:
        if change.edits:
            found.setdefault(change.at.path, set()).update(change.edits)
    return {path: tuple(sorted(edits, key=lambda edit: (edit[0], edit[1] > edit[0]))) for path, edits in found.items()}


def reads_the_same(before: Build, after: Build) -> bool:
    """Tell whether every page has the same text, and the same links but for numbers that call now."""
    if before.rendered is None or after.rendered is None:
        return False
    old = {page.path: _text(seen_on(page)) for page in before.rendered.pages}
    new = {page.path: _text(seen_on(page)) for page in after.rendered.pages}
    return old == new


def _text(seen: list[str]) -> list[str]:
    return [line for line in seen if not re.match(r"link: .* -> (?:tel|sms):", line)]
