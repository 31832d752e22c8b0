"""Checks that no figure is typed by hand: what a fact holds, what contradicts one, a phone that is none.

Read are Markdown, front matter, the text and attributes of templates, and the
assets that carry words. The way out is ``allow:``, exact words with a reason,
in the front matter of the file, or in a comment of a template or an asset.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator import assets, passages, phones, recognise, sitefile, stored
from generator.facts import Facts, Phone
from generator.kept import kept
from generator.model import Entry, Matter, Site, texts_of
from generator.passages import Passage
from generator.problems import Location, Problem, locate, nearest
from generator.recognise import BESIDE_FACT, CONTRADICTED, TYPED
from generator.rewording import Typed, suggestion
from generator.templates import FOLDER

ALLOW_COMMENT = re.compile(
    r"(?:\{\#|<!--|/\*|//)[^\n]*?(?P<allow>allow):\s*\"(?P<words>[^\"\n]+)\"\s*:?\s*(?P<reason>.*?)\s*(?:\#\}|\*/|-->|$)",
    re.MULTILINE,
)
"""``{# allow: "24 hours a day": the reason #}``."""


class Allowed(NamedTuple):
    """Words that may stand in a file, and where it says so."""

    words: str
    at: Location

    def covers(self, passage: Passage, core: tuple[int, int]) -> bool:
        """Tell whether these words stand around the numbers of a finding, or are the number that a link calls."""
        words = passages.plain(self.words)
        if passage.kind == "target" and any(char.isdigit() for char in words):
            return phones.at_home(re.sub(r"\D", "", words)) == phones.at_home(re.sub(r"\D", "", passage.text))
        found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", passage.text, re.IGNORECASE) if words else ()
        return any(match.start() <= core[0] and core[1] <= match.end() for match in found)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file as it is read: its passages, each with the group that it is about, and what is allowed in it.

    What is allowed is doubtful where it could not be read.
    """

    path: str
    passages: tuple[tuple[Passage, str], ...]
    allowed: tuple[Allowed, ...] = ()
    doubtful: bool = False

    def ways_out(self, typed: Typed) -> tuple[Allowed, ...]:
        """Return what allows a finding in this file."""
        return tuple(way for way in self.allowed if way.covers(typed.passage, typed.finding.core))


def figures_are_facts(site: Site) -> Iterator[Problem]:
    """No figure is typed by hand, none contradicts a fact, and every phone number is one; no way out is unused."""
    files = [(site.facts, *file) for file in _files(site)] if site.facts.readable else []
    facts = stored.mark(site.sources.get(sitefile.NAME, ""))
    for problems in stored.each(_problems_of, files, lambda _, __, *file: (facts, *map(_name, file[:2]))):
        yield from problems


def _name(given: object) -> object:
    """Return all that a value depends on: of an entry, the name and the text of its file."""
    return (given.path, given.source) if isinstance(given, Entry) else given


def _problems_of(facts: Facts, read: Callable[..., Source], *given: object) -> tuple[Problem, ...]:
    return _problems(read(*given), facts)


@kept
def _problems(source: Source, facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with the figures of a file."""
    found = [(typed, source.ways_out(typed)) for typed in found_in(source, facts)]
    used = {way for _, ways_out in found for way in ways_out}
    unused = [way for way in source.allowed if way not in used] if not facts.broken else []
    told = (typed for typed, ways_out in found if not ways_out and not source.doubtful)
    return (*(_problem(typed, facts) for typed in told), *map(_unused, unused))


def _unused(way: Allowed) -> Problem:
    hint = "take it out, or write the words just as they stand in this file"
    return Problem(way.at, "unused-allow", f"nothing in this file needs '{way.words}' to be allowed", hint, "warning")


def found_in(source: Source, facts: Facts) -> Iterator[Typed]:
    """Each finding in a file, allowed or not, each place once."""
    seen = set()
    for passage, topic in source.passages:
        for finding in recognise.of(facts).findings(passage, topic):
            place = passage.index(finding.core[0])
            if place not in seen:
                seen.add(place)
                yield Typed(finding, passage)


# ---------------------------------------------------------------- what is read


def sources(site: Site) -> Iterator[Source]:
    """Each file that carries words."""
    return (read(*given) for read, *given in _files(site))


def _files(site: Site) -> Iterator[tuple[Any, ...]]:
    """Each file that carries words: what reads it, and what that is to be given."""
    for page in site.pages:
        topic = _topic_of(page.entry, "", site.facts)
        for entry in page.entries:
            yield (_of_entry, entry, topic, site.facts)
    for name, text in site.templates.items():
        yield (_of_template, f"{FOLDER}/{name}", text)
    for name, asset in site.assets.items():
        yield (_of_asset, f"{assets.FOLDER}/{name}", assets.text_of(asset) or "")


@kept
def _of_template(path: str, text: str) -> Source:
    return Source(path, _about_nothing(passages.of_markup(path, text)), tuple(_in_comments(path, text)))


@kept
def _of_asset(path: str, text: str) -> Source:
    return Source(path, _about_nothing(passages.of_asset(path, text)), tuple(_in_comments(path, text)))


def _about_nothing(found: tuple[Passage, ...]) -> tuple[tuple[Passage, str], ...]:
    return tuple((passage, "") for passage in found)


def _in_comments(path: str, text: str) -> Iterator[Allowed]:
    for found in ALLOW_COMMENT.finditer(text):
        if found["reason"]:
            yield Allowed(found["words"], locate(path, text, found.start("allow")))


@kept
def _of_entry(entry: Entry[Matter], topic: str, facts: Facts) -> Source:
    """Return a Markdown file: its front matter, then its text, each heading with what stands below it."""
    about = _topic_of(entry, topic, facts)
    found = [(passage, about) for value in texts_of(entry.matter) for passage in passages.of_value(entry.source, value)]
    here = about
    for passage in passages.of_markdown(entry.path, entry.markdown):
        if passage.kind == "heading":
            here = recognise.of(facts).topic(passage) or about
        found.append((passage, here))
    allowed = tuple(Allowed(words.value, words.at) for words in entry.matter.allow)
    return Source(entry.path, tuple(found), allowed, "allow" in entry.doubtful)


@kept
def _topic_of(entry: Entry[Matter], otherwise: str, facts: Facts) -> str:
    """Return the group that a file's title names."""
    title = passages.of_value(entry.source, entry.matter.title) if entry.source else ()
    named = (recognise.of(facts).topic(passage) for passage in title)
    return next(filter(None, named), otherwise)


# ---------------------------------------------------------------- what is said


def _problem(typed: Typed, facts: Facts) -> Problem:
    finding, words = typed.finding, typed.words
    if finding.fact is None:
        message = f"'{words}' is a phone number that is no fact"
        return Problem(typed.at, finding.rule, message, _phone_hint(finding.digits, facts))
    fact = finding.fact
    if finding.rule == BESIDE_FACT:
        message = f"digits stand right beside the fact {fact.name}; they are read as one number"
        return Problem(typed.at, BESIDE_FACT, message, "put a space or words between them, or take the digits out")
    write = suggestion(fact, typed)
    if finding.rule == TYPED:
        hint = f"write {write} instead{_way_out(typed)}"
        return Problem(typed.at, TYPED, f"'{words}' is typed by hand; it is the fact {fact.name}", hint)
    message = f"'{words}' contradicts {fact.name}, which is '{fact.written}' ({fact.at.path}:{fact.at.line})"
    return Problem(typed.at, CONTRADICTED, message, f"write {write} instead, or change the fact{_way_out(typed)}")


def _way_out(typed: Typed) -> str:
    if typed.passage.path.endswith(".md"):
        return "; if it means something else, put these words and the reason below 'allow:' at the top of the file"
    return '; if it means something else, say so in a comment: allow: "the words": the reason'


def _phone_hint(digits: str, facts: Facts) -> str:
    known = {phones.at_home(fact.value.digits): fact.name for fact in facts if isinstance(fact.value, Phone)}
    if near := nearest(digits, known, 0.75):
        return f"did you mean {{{{ {known[near]} }}}}?"
    return "write it in site.yaml, below 'facts:', as 'number: ...', and its name here"
