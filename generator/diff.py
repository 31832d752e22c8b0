"""What a change means: two builds compared as their visitors see them, by facts and by pages."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator import reading, trace
from generator.facts import Fact
from generator.model import Build, RenderedPage
from generator.problems import count
from generator.report import markdown
from generator.usage import printed


class FactChange(NamedTuple):
    """A fact that is not what it was: what it says before and after (nothing where it is not there), and its places."""

    name: str
    before: str
    after: str
    pages: Mapping[str, int]
    in_data: bool = False

    @property
    def places(self) -> int:
        """How many times it is printed."""
        return sum(self.pages.values())


class PageChange(NamedTuple):
    """A page that is not what it was: lines of text, links and data that went (``-``) and came (``+``)."""

    address: str
    lines: tuple[str, ...]
    kind: str = "changed"


class Difference(NamedTuple):
    """All that a visitor would see differently; ``files`` are style sheets, pictures and the like."""

    facts: tuple[FactChange, ...]
    pages: tuple[PageChange, ...]
    files: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.facts or self.pages or self.files)


def difference(before: Build, after: Build) -> Difference:
    """Compare two builds."""
    return Difference(tuple(_facts(before, after)), tuple(_pages(before, after)), tuple(_files(before, after)))


# ---------------------------------------------------------------- facts


def _facts(before: Build, after: Build) -> Iterator[FactChange]:
    old, new = before.site.facts.by_name, after.site.facts.by_name
    for name in dict.fromkeys([*new, *old]):
        was, now = _said(old.get(name)), _said(new.get(name))
        for key in dict.fromkeys([*now, *was]):
            if was.get(key) != now.get(key):
                made = after if name in new else before
                shown = f"{name}.{key}" if key else name
                pages = printed(made.rendered, made.site).get(shown, {}) if made.rendered else {}
                reads_the_same = not key and _prints(old.get(name)) == _prints(new.get(name))
                seen = {page: times for page, times in pages.items() if times and not reads_the_same}
                yield FactChange(shown, was.get(key, ""), now.get(key, ""), seen, _is_in_data(made, shown))


def _prints(fact: Fact | None) -> list[str]:
    """Return what the forms of a fact print."""
    return [str(form()) for form in fact.value.forms().values()] if fact else []


def _said(fact: Fact | None) -> Mapping[str, str]:
    """Return what a fact says: its value under an empty name, and what else is known of it."""
    if fact is None:
        return {}
    checked = {"checked": str(fact.checked)} if fact.checked else {}
    return {"": fact.written, **fact.details, **checked}


def _is_in_data(made: Build, saying: str) -> bool:
    """Tell whether the JSON-LD of a page holds what a fact says."""
    sayings = made.site.facts.sayings
    number = sayings.index(saying) if saying in sayings else -1
    pages = made.rendered.pages if made.rendered else ()
    return any(number in trace.numbers(text) for page in pages for text in reading.read(page).data)


# ---------------------------------------------------------------- pages


def _pages(before: Build, after: Build) -> Iterator[PageChange]:
    old, new = _by_address(before), _by_address(after)
    for address in sorted({*old, *new}):
        was, now = seen_on(old.get(address)), seen_on(new.get(address))
        lines = tuple(_changed_lines(was, now))
        if address not in old:
            yield PageChange(address, lines, "new")
        elif address not in new:
            yield PageChange(address, lines, "gone")
        elif lines:
            yield PageChange(address, lines)


def _changed_lines(was: list[str], now: list[str]) -> Iterator[str]:
    """What went and what came, in the order of the page."""
    for line in difflib.unified_diff(was, now, n=0, lineterm=""):
        if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}:
            yield f"{line[0]} {line[1:]}"


def _by_address(made: Build) -> Mapping[str, RenderedPage]:
    return {page.page.address: page for page in made.rendered.pages} if made.rendered else {}


def seen_on(page: RenderedPage | None) -> list[str]:
    """Return what a visitor sees of a page: each text, each link with its target, each text of its JSON-LD."""
    if page is None:
        return []
    seen = reading.read(page)
    texts = [trace.plain(block.text) for block in seen.blocks]
    links = [f"link: {_line(link.words)} -> {trace.plain(link.target)}" for link in seen.calls]
    codes = [f"{tag}: {_line(text)}" for tag, text in seen.codes if tag not in {"style", "script"}]
    pictures = [f"picture: {_without_fingerprint(target)}" for tag, target, _ in seen.links if tag == "img"]
    return [*texts, *links, *pictures, *(f"JSON-LD: {_line(text)}" for text in seen.data), *codes]


def _without_fingerprint(target: str) -> str:
    return re.sub(r"\.[0-9a-f]{8}(?=\.\w+$)", "", target)


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", trace.plain(text)).strip()


def _files(before: Build, after: Build) -> Iterator[str]:
    """Each asset that is another: a picture, a style sheet, a script."""
    old, new = _assets(before), _assets(after)
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield f"assets/{name}: " + ("gone" if name not in new else "new" if name not in old else "changed")


def _assets(made: Build) -> Mapping[str, bytes]:
    return {name: asset.content for name, asset in made.site.assets.items()}


# ---------------------------------------------------------------- telling


def as_text(found: Difference) -> str:
    """Return a difference as people read it in a terminal."""
    lines = [_fact_line(change) for change in found.facts]
    for page in found.pages:
        lines += ["", page.address + _kind(page), *(f"  {line}" for line in page.lines)]
    return "\n".join([*lines, *([""] if found.files else []), *found.files]).strip("\n") or NOTHING


def as_markdown(found: Difference) -> str:
    """Return a difference as a comment on a change shows it."""
    if not found:
        return f"{NOTHING[0].upper()}{NOTHING[1:]}."
    seen = [change for change in found.facts if change.places]
    unseen = [change for change in found.facts if not change.places]
    lines = ["## What visitors will see differently", ""]
    lines += [f"- {markdown(_fact_line(change))}" for change in seen] or ([] if found.pages else [f"- {NOTHING}"])
    for page in found.pages:
        longest = max(map(len, re.findall("`+", "\n".join(page.lines))), default=0)
        fence = "`" * max(3, longest + 1)
        lines += ["", f"### `{page.address}`{_kind(page)}", "", f"{fence}diff", *page.lines, fence]
    lines += ["", *(f"- {markdown(name)}" for name in found.files)] if found.files else []
    lines += ["", "## Facts that changed without being seen", ""] if unseen else []
    return "\n".join([*lines, *(f"- {markdown(_fact_line(change))}" for change in unseen)])


NOTHING = "visitors see no difference"


def _kind(page: PageChange) -> str:
    return {"new": " (a new page)", "gone": " (the page is gone)", "changed": ""}[page.kind]


def _fact_line(change: FactChange) -> str:
    """Return one line on a fact: ``phones.desk: 9 places on 3 pages (/, /visit/): '1' is now '2'``."""
    if change.places:
        seen = f"{count(change.places, 'place')} on {count(len(change.pages), 'page')}"
        seen += f" ({', '.join(sorted(change.pages))}{'; JSON-LD' if change.in_data else ''})"
    else:
        seen = "seen on no page"
    if not change.before:
        return f"{change.name}: {seen}: new, '{change.after}'"
    if not change.after:
        return f"{change.name}: {seen}: gone, it was '{change.before}'"
    return f"{change.name}: {seen}: '{change.before}' is now '{change.after}'"
