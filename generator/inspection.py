"""A finished page looked through by itself: all that the audit has to know of it.

What a browser finds in a page is much, what is asked of it is little, and both are the same for the same page. So each
page is read, looked through and forgotten, by several processes at once; and what the last build has found in a page is
not looked for again (``stored``).
"""

import functools
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator import blocked, policy, printed, reading, sitefile, stored
from generator.addresses import Address, file_at
from generator.blocked import Blocked
from generator.kept import kept
from generator.model import RenderedPage, Site
from generator.printed import Known
from generator.problems import Problem
from generator.reading import Seen

SCHEMES = {"https", "tel", "sms", "mailto"}
HOST = re.compile(r"//[^/?#]+")
Trouble = tuple[str, str, str]
"""What is wrong with a link: the rule, the message, the hint."""


class Inside(NamedTuple):
    """Where in the site a link leads: a file of the output, nothing if out of it, and an id."""

    file: str | None
    anchor: str


class Link(NamedTuple):
    """An element that leads somewhere, its target, and what is wrong with that or where it leads."""

    tag: str
    target: str
    leads: Trouble | Inside


class Inspected(NamedTuple):
    """What a page holds: its ids, and those that it has more than once; its links, but for those that are right anyway.

    wordless: the addresses of pictures without ``alt``.
    blocked: what its policy forbids in it; sheets: the output files of its style sheets.
    problems: what it says otherwise than the facts.
    """

    ids: tuple[str, ...]
    repeated: tuple[tuple[str, int], ...]
    links: tuple[Link, ...]
    wordless: tuple[str, ...]
    blocked: tuple[Blocked, ...]
    sheets: tuple[str, ...]
    problems: tuple[Problem, ...]


def inspect(pages: Sequence[RenderedPage], site: Site, address: Address) -> list[Inspected]:
    """Return what is in each of some finished pages."""
    known = printed.known(site)
    common = functools.cache(lambda: _name(known, site, address))
    given = [(page, known, address) for page in pages]
    return stored.each(_inspected, given, lambda page, *_: (common(), *_sources_of(page)))


def _name(known: Known, site: Site, address: Address) -> str:
    """Return a name for what is common to all pages."""
    facts = site.sources.get(sitefile.NAME, "")
    return stored.mark((facts, known.name, known.titles, known.templates, known.files, address.url))


def _sources_of(page: RenderedPage) -> Iterator[object]:
    """All that a page is made of, and that what is found in it depends on."""
    yield from (page.path, page.content, page.marks, tuple(sorted(page.templates)), page.files)
    yield from ((entry.path, entry.source) for entry in page.page.entries)


@kept
def _inspected(page: RenderedPage, known: Known, address: Address) -> Inspected:
    seen = reading.read(page)
    times = Counter(seen.ids) if len({*seen.ids}) < len(seen.ids) else {}
    return Inspected(
        seen.ids,
        tuple((name, count) for name, count in times.items() if count > 1),
        tuple(_links(seen, address)),
        seen.wordless,
        tuple(_blocked(page, address)),
        tuple(_sheets(seen, address)),
        printed.problems(seen, known),
    )


def _blocked(page: RenderedPage, address: Address) -> Iterable[Blocked]:
    """What a page's policy forbids in it; pictures of Markdown are told by ``check``."""
    found = blocked.in_page(page.html, address.url)
    return (each for each in found if each.tag != "img" or each.value not in page.links)


def _sheets(seen: Seen, address: Address) -> Iterator[str]:
    for tag, target, rel in seen.links:
        if tag == "link" and "stylesheet" in rel.lower() and policy.is_own(target, address.url):
            yield _file(seen.page.path, address.base_path, target) or ""


# ---------------------------------------------------------------- where links lead


def _links(seen: Seen, address: Address) -> Iterator[Link]:
    base_path = address.base_path
    for tag, target, rel in seen.links:
        told = "{{" in target or (tag == "img" and target in seen.page.links) or target.startswith(address.url)
        leads = None if told else _lead(seen.page.path, base_path, tag, target, rel)
        if leads:
            yield Link(tag, target, leads)


def _lead(here: str, base_path: str, tag: str, target: str, rel: str) -> Trouble | Inside | None:
    plain = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]+", "", target)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", plain)
    if plain.startswith(("//", "\\", "/\\")):
        return "link-scheme", f"the link '{target}' does not say how to reach it", "write https:// in front"
    if scheme and scheme[1].lower() == "data" and (tag == "img" or "icon" in rel):
        return None
    if scheme:
        return _bad_scheme(target, scheme[1].lower())
    if not target.strip():
        hint = "write one: a page, a #section, or https://..."
        return "broken-link", "this link leads nowhere: it has no address", hint
    try:
        return Inside(_file(here, base_path, target), unquote(urlsplit(target).fragment))
    except ValueError:
        return "broken-link", f"the link '{target}' is not an address", "write it anew"


def _bad_scheme(target: str, scheme: str) -> Trouble | None:
    if scheme in SCHEMES and (scheme != "https" or HOST.match(target.strip()[6:])):
        return None
    hint = "write https:// instead" if scheme == "http" else "a link may begin with https:, tel:, sms: or mailto:"
    return "link-scheme", f"the link '{target}' is not one that is safe to follow", hint


def _file(page: str, base_path: str, target: str) -> str | None:
    """Return the output file that a relative link of a page leads to, nothing if it leads out of the site."""
    root = f"{base_path or '/.'}/"
    path = unquote(urlsplit(target).path)
    if path.startswith("/") and not base_path:
        path = f"/.{path}"
    here = f"{root}{page}"
    whole = posixpath.join(posixpath.dirname(here), path) if path else here
    inside = _without_dots(whole.removeprefix(root)) if whole.startswith(root) else None
    if inside is None:
        return "index.html" if f"{whole}/" == root else None
    return file_at(inside)


def _without_dots(path: str) -> str | None:
    """Return a path below the site's root without '.' and '..', nothing if it leads out of the site."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    is_folder = path.rsplit("/", 1)[-1] in {"", ".", ".."}
    return "/".join(parts) + ("/" if is_folder and parts else "")
