"""What a site still waits for: facts that nobody has told, drafts, its address, what is to be looked at again.

The text is for the person who can tell: it can be pasted into a mail, and shows each sentence that is left out, with
a gap in the place of the fact.
"""

import html
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator import prose, references
from generator.facts import Ask, Fact
from generator.model import Build, Entry, Matter, Page, Site, texts_of, waits_for
from generator.problems import Location, Problem, count
from generator.report import as_json as problem_as_json
from generator.usage import in_template
from generator.yamlfile import Text

ADDRESS, REVIEW = "placeholder-url", "stale"
"""The rules whose problems are told here."""
GAP = "____"
BLOCK = re.compile(r"\s*(?:[-*+>]|\d+[.)]|#{1,6}|:(?=\s)|\|)\s*")
"""How a line begins that starts a list item, a quotation, a heading, a definition or a row of a table."""


class Need(NamedTuple):
    """One place that is left out as long as a fact is not told: in which part of the site, and what it says."""

    at: Location
    where: str
    text: str = ""


class Question(NamedTuple):
    """A fact that nobody has told, and all that waits for it."""

    fact: Fact
    needs: tuple[Need, ...]


class Draft(NamedTuple):
    """A file that is not published yet, and what it waits for, if it says so."""

    at: Location
    where: str
    reason: str


def questions(site: Site) -> tuple[Question, ...]:
    """Return each fact that nobody has told, in the order of ``site.yaml``."""
    return tuple(Question(fact, tuple(_needs(fact.name, site))) for fact in _asked(site))


def drafts(site: Site) -> tuple[Draft, ...]:
    """Return each draft, in the order of the pages."""
    waiting = ((page, entry) for page in site.pages for entry in page.entries if entry.matter.draft.waits)
    return tuple(
        Draft(Location(entry.path), _name(page, entry, site), entry.matter.draft.reason) for page, entry in waiting
    )


def problems(made: Build, rule: str) -> tuple[Problem, ...]:
    """Return the problems of one rule."""
    return tuple(problem for problem in made.problems if problem.rule == rule)


def told(made: Build) -> tuple[Problem, ...]:
    """Return the problems that are told here."""
    return (*problems(made, ADDRESS), *problems(made, REVIEW))


def _asked(site: Site) -> tuple[Fact, ...]:
    return tuple(fact for fact in site.facts if isinstance(fact.value, Ask))


# ---------------------------------------------------------------- what waits for a fact


def _needs(fact: str, site: Site) -> Iterator[Need]:
    """Each place that waits for a fact, in the order of the pages; of a template only the first."""
    for page in site.pages:
        for entry in page.entries:
            yield from _in_entry(fact, page, entry, site)
    for name, source in site.templates.items():
        places = (at for word, at in in_template(name, source) if site.facts.untold(word) == fact)
        yield from (Need(at, f"what {at.path} says of it") for at in itertools.islice(places, 1))


def _in_entry(fact: str, page: Page, entry: Entry[Matter], site: Site) -> Iterator[Need]:
    """Each text of an entry that waits, once; its title alone if that does, for then all of it waits."""
    name = _name(page, entry, site)
    if entry is not page.entry and waits_for(entry, site.facts) and fact in entry.body.untold:
        name += ", all of it"
    for text in texts_of(entry.matter):
        places = [each.at for each in references.in_value(text) if _names(each.name, fact, site)]
        if places and text is entry.matter.title:
            yield Need(places[0], f"{_name(page, entry, site)}, all of it")
            return
        yield from (Need(at, name, _said(text, site)) for at in places[:1])
    told: set[str] = set()
    for reference in sorted(entry.body.references, key=lambda reference: reference.at):
        block = _block(entry.markdown, reference.at.line) if _names(reference.name, fact, site) else ""
        if block and block not in told:
            told.add(block)
            yield Need(reference.at, name, _read(block, site))


def _names(name: str | None, fact: str, site: Site) -> bool:
    return bool(name) and site.facts.untold(name or "") == fact


def _name(page: Page, entry: Entry[Matter], site: Site) -> str:
    """Return what people call an entry: the section "Call us", on a page other than the home page with its address."""
    kind = "page" if entry is page.entry else "section" if entry in page.sections else "question"
    on = "" if page.address == "/" or entry is page.entry else f" of the page {page.address}"
    return f'the {kind} "{_said(entry.matter.title, site)}"{on}'


def _block(text: str, line: int) -> str:
    """Return the paragraph, list item, heading or row that a line belongs to."""
    lines = text.split("\n")
    first, end = line - 1, line
    while first and lines[first - 1].strip() and not BLOCK.match(lines[first]):
        first -= 1
    while end < len(lines) and lines[end].strip() and not BLOCK.match(lines[end]):
        end += 1
    return "\n".join(lines[first:end])


# ---------------------------------------------------------------- as it would be read


def _read(block: str, site: Site) -> str:
    """Return a piece of Markdown as it would be read, with gaps for what nobody has told."""
    begin = BLOCK.match(block)
    found = prose.read("", block[begin.end() if begin else 0 :].rstrip("| "))
    filled = prose.fill(found.html, lambda name, _: html.escape(_fact(name, site)))
    below = ", and all that stands below it" if block.lstrip().startswith("#") else ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", filled)).split()) + below


def _said(text: Text, site: Site) -> str:
    """Return a value of front matter as it would be read."""
    return " ".join(references.fill(text.value, lambda name: _fact(name, site)).split())


def _fact(name: str, site: Site) -> str:
    """Return what a name prints: a gap if nobody has told it, the name itself if there is no such fact."""
    text = site.facts.plain(name)
    return f"{{{{ {name} }}}}" if text is None else text or GAP


# ---------------------------------------------------------------- telling


def in_short(made: Build) -> str:
    """Return in one line how much is open: ``5 facts, 1 draft, the site's address``; nothing if nothing is."""
    waiting = sum(entry.matter.draft.waits for entry in made.site.entries)
    review = len(problems(made, REVIEW))
    asked = len(_asked(made.site))
    return ", ".join(
        filter(
            None,
            (
                count(asked, "fact") if asked else "",
                count(waiting, "draft") if waiting else "",
                "the site's address" if problems(made, ADDRESS) else "",
                f"{review} to look at again" if review else "",
            ),
        )
    )


def as_text(made: Build) -> str:
    """Return all that is open as a letter to whoever can tell it."""
    name, today = made.site.settings.name.value, made.site.options.today
    parts = [list(part(made)) for part in (_letter_of_questions, _letter_of_drafts, _letter_of_the_rest)]
    lines = [line for part in parts for line in part]
    of = f"{name}: " if name else ""
    return "\n".join([f"{of}what is still open on {today}", *lines] if lines else [f"{of}nothing is open on {today}"])


def _letter_of_questions(made: Build) -> Iterator[str]:
    found = questions(made.site)
    if found:
        yield from ("", f"{count(len(found), 'question')} to answer")
    for number, question in enumerate(found, 1):
        fact = question.fact
        owner = f" ({fact.details['owner']})" if "owner" in fact.details else ""
        yield from ("", f"{number}. {fact.written}{owner}")
        if question.needs:
            yield "   Left out until this is answered:"
        yield from (f"   - {need.where}{': ' if need.text else ''}{need.text}" for need in question.needs)
        yield f"   The answer belongs in {fact.at.path}, line {fact.at.line}: {fact.name}"


def _letter_of_drafts(made: Build) -> Iterator[str]:
    found = drafts(made.site)
    if found:
        yield from ("", f"{count(len(found), 'draft')}, not published yet", "")
    for draft in found:
        yield f"- {draft.where}{': ' if draft.reason else ''}{draft.reason} ({draft.at.path})"


def _letter_of_the_rest(made: Build) -> Iterator[str]:
    for problem in problems(made, ADDRESS):
        yield from ("", "The site's address on the web", "")
        yield f"- {problem.message} ({problem.location.path}, line {problem.location.line})"
    found = problems(made, REVIEW)
    if found:
        yield from ("", "To look at again", "")
    for problem in found:
        yield f"- {problem.message} ({problem.location.path}, line {problem.location.line}): {problem.hint}"


def as_json(made: Build) -> dict[str, object]:
    """Return all that is open as programs read it."""
    return {
        "facts": [
            {
                "name": question.fact.name,
                "question": question.fact.written,
                **_place(question.fact.at),
                "needed": [{**_place(need.at), "where": need.where, "text": need.text} for need in question.needs],
            }
            for question in questions(made.site)
        ],
        "drafts": [
            {"path": draft.at.path, "where": draft.where, "reason": draft.reason} for draft in drafts(made.site)
        ],
        "address": [problem_as_json(problem) for problem in problems(made, ADDRESS)],
        "review": [problem_as_json(problem) for problem in problems(made, REVIEW)],
    }


def _place(at: Location) -> dict[str, object]:
    return {"path": at.path, "line": at.line, "column": at.column}
