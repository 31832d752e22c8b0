"""Figures typed by hand, replaced by the names of their facts where nothing that a visitor reads changes."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator import assets, templates, typed
from generator.model import Build, Site, texts_of
from generator.problems import Location, index_of
from generator.recognise import TYPED
from generator.rewording import Edit, Typed, ways

UNPROVEN = "no page proves that it would read the same, letter for letter"


class Change(NamedTuple):
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
    found = [
        _change(each, site)
        for source in typed.sources(site)
        for each in typed.found_in(source, site.facts)
        if each.finding.rule == TYPED and not source.ways_out(each)
    ]
    return tuple(sorted(found, key=lambda change: change.at))


def _change(each: Typed, site: Site) -> Change:
    """Return what becomes of one literal."""
    if each.passage.path.startswith(f"{assets.FOLDER}/"):
        return Change(each.at, each.words, reason="an asset cannot name a fact")
    if each.passage.kind == "expression":
        return Change(each.at, each.words, reason="it stands in the code of a template")
    edits = next((edits for edits in ways(each) if edits), ())
    if not edits:
        says = each.finding.fact.forms()[""]() if each.finding.fact else ""
        return Change(each.at, each.words, reason=f"no form of the fact reads just like it ('{says}')")
    quotes = _quotes(each, edits, site)
    if quotes is None:
        return Change(each.at, each.words, reason="the text would need other quotes around it")
    return Change(each.at, each.words, (*edits, *quotes))


def _quotes(each: Typed, edits: tuple[Edit, ...], site: Site) -> tuple[Edit, ...] | None:
    """Return the quotes that a value of front matter needs when it begins with braces; None if it cannot have them."""
    entry = next((entry for entry in site.entries if entry.path == each.passage.path), None)
    for text in texts_of(entry.matter) if entry else ():
        start = index_of(each.passage.source, text.at)
        if edits[0][0] == start and text.raw[:1] not in {'"', "'", "|", ">"}:
            end = start + len(text.raw.rstrip())
            return None if '"' in text.raw or "\\" in text.raw else ((start, start, '"'), (end, end, '"'))
    return ()


def edits_by_file(made: Iterable[Change]) -> Mapping[str, tuple[Edit, ...]]:
    """Return the edits of each file that changes, by its path and in the order of the text."""
    found: dict[str, set[Edit]] = {}
    for change in made:
        if change.edits:
            found.setdefault(change.at.path, set()).update(change.edits)
    return {path: tuple(sorted(edits, key=lambda edit: (edit[0], edit[1] > edit[0]))) for path, edits in found.items()}


# ---------------------------------------------------------------- the proof

Prove = Callable[[Mapping[str, tuple[Edit, ...]]], Build]
"""Builds the site with these edits made, and drafts shown."""


def proven(made: tuple[Change, ...], before: Build, prove: Prove) -> tuple[Change, ...]:
    """Return the changes, those that cannot be proven without their edits and with the reason.

    Where all together cannot be, each half is tried by itself, so that one change holds up no others.
    """
    wanted = tuple(change for change in made if change.edits)
    good = set(_good(tuple(change for change in wanted if _is_shown(change, before)), before, prove))
    return tuple(
        change if change in good or not change.edits else Change(change.at, change.words, reason=UNPROVEN)
        for change in made
    )


def _good(made: tuple[Change, ...], before: Build, prove: Prove) -> tuple[Change, ...]:
    if not made or reads_the_same(before, prove(edits_by_file(made))):
        return made
    if len(made) == 1:
        return ()
    half = len(made) // 2
    return (*_good(made[:half], before, prove), *_good(made[half:], before, prove))


def _is_shown(change: Change, before: Build) -> bool:
    """Tell whether a page shows the file of a change, for nothing else can prove it."""
    path, pages = change.at.path, before.rendered.pages if before.rendered else ()
    return any(path in page.files or path.removeprefix(f"{templates.FOLDER}/") in page.templates for page in pages)


def reads_the_same(before: Build, after: Build) -> bool:
    """Tell whether every page is the same but for numbers that are links now, and no new mistake is found."""
    if before.rendered is None or after.rendered is None:
        return False
    known = {(problem.rule, problem.message) for problem in before.problems}
    worse = [each for each in after.errors if (each.rule, each.message) not in known]
    old, new = ({page.path: _html(page.html) for page in made.pages} for made in (before.rendered, after.rendered))
    return not worse and old == new


def _html(page: str) -> str:
    """Return a page without links that call the number which they say, and with one kind of space within lines."""
    plain = re.sub(r'<a href="tel:[+\d]+">([\d-]+)</a>', r"\1", page)
    return re.sub(r"[ \n]+", " ", plain)
