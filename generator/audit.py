"""Checks of the finished pages, as a browser sees them: links, anchors, ids, pictures, what it refuses to do.

What is found here shows on a page; it is reported where it was written: in the
Markdown file, or else in the template.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from generator import assets, blocked
from generator.addresses import ROBOTS, SITEMAP, Address, address_of, older, output_path
from generator.blocked import Blocked
from generator.inspection import Inside, Inspected, Trouble, inspect
from generator.model import Rendered, RenderedPage, Site, waits_for
from generator.problems import Location, Problem, did_you_mean, locate, nearest

ALIKE = 0.7
"""How alike two short names must be for one to be a slip of the other."""


def audit(rendered: Rendered, site: Site, audited: Rendered | None = None) -> Iterator[Problem]:
    """Everything that is wrong with the finished pages, each mistake once at each place that it was written.

    Pages that are the same in what was audited before are only there to be linked to.
    """
    inspected = inspect(rendered.pages, site, Address(rendered.url))
    pages = {page.path: _Audited(page, found) for page, found in zip(rendered.pages, inspected, strict=True)}
    before = {page.path: page.content for page in audited.pages} if audited else {}
    finished = _Finished(rendered, pages, site, _sources(site))
    told: set[tuple[str, str]] = set()
    for page in pages.values():
        for problem in _problems(page, finished) if before.get(page.page.path) != page.page.content else ():
            in_template = problem.location.path.startswith("templates/")
            if not in_template or (problem.rule, problem.message) not in told:
                yield problem
            told.add((problem.rule, problem.message))


def _problems(seen: "_Audited", site: "_Finished") -> Iterator[Problem]:
    for check in CHECKS:
        yield from check(seen, site)
    yield from seen.found.problems


def _sources(site: Site) -> Mapping[str, str]:
    """Return each text that can be a part of a page."""
    inlined = [asset for name, asset in site.assets.items() if name.endswith((".css", ".svg"))]
    return {**site.sources, **{f"{assets.FOLDER}/{asset.name}": assets.text_of(asset) or "" for asset in inlined}}


class _Audited(NamedTuple):
    """A finished page and what is in it."""

    page: RenderedPage
    found: Inspected


class _Finished(NamedTuple):
    """The whole output, and where its texts were written."""

    rendered: Rendered
    pages: Mapping[str, _Audited]
    site: Site
    sources: Mapping[str, str]

    def places(self, seen: _Audited, target: str) -> Iterator[Location]:
        """Where a link was written: in Markdown, else in a template."""
        yield from seen.page.links.get(target) or (self.template(seen, target),)

    def template(self, seen: _Audited, target: str) -> Location:
        """Return where a template writes a link or picture; the page's own template if that is not to be found."""
        plain = target.removeprefix(self.rendered.base_path)
        asset = re.sub(r"^/assets/(.+)\.[0-9a-f]{8}(\.\w+)$", r"\1\2", plain)
        found = (self.in_templates(seen, written, """["'=]""") for written in (target, plain, asset) if written)
        return next(filter(None, found), self.own(seen))

    def own(self, seen: _Audited) -> Location:
        """Return the template of a page."""
        return Location(f"templates/{seen.page.page.template}")

    def in_templates(self, seen: _Audited, written: str, before: str) -> Location | None:
        """Return where a template holds a value of an attribute; the page's own template is searched first."""
        others = sorted(path for path in self.sources if path.startswith("templates/"))
        return self.find(written, before, [self.own(seen).path, *others])

    def find(self, written: str, before: str, paths: Iterable[str]) -> Location | None:
        """Return where one of these files holds a value."""
        for path in paths:
            at = re.search(rf"""(?:{before})({re.escape(written)})(?=["'\s>)])""", self.sources.get(path, ""))
            if at:
                return locate(path, self.sources[path], at.start(1))
        return None

    def blocked(self, seen: _Audited) -> Iterator[Blocked]:
        """What a page's policy forbids in it and in its style sheets."""
        yield from seen.found.blocked
        for file in seen.found.sheets:
            sheet = self.rendered.files.get(file, b"")
            yield from blocked.in_sheet(sheet.decode(errors="replace"), self.rendered.url)

    def asking(self, seen: _Audited, found: Blocked) -> Location:
        """Return where a template, style sheet or drawing asks for what is forbidden."""
        before = rf"""(?i:{re.escape(found.name)})(?:\s*[=(]\s*|\s*url\(\s*|\s*)["']?"""
        inlined = sorted(path for path in self.sources if path.startswith(f"{assets.FOLDER}/"))
        value = found.value
        for written in (value, html.escape(value, quote=False), value.removeprefix(self.rendered.base_path)):
            if at := self.in_templates(seen, written, before) or self.find(written, before, inlined):
                return at
        named = self.in_templates(seen, f"{found.name}=", rf"(?i:<{found.tag})\b[^<>]*?\s")
        return named or self.template(seen, value)

    def draft(self, file: str) -> str:
        """Return the Markdown file of a page that is a draft, and so is not among the finished files."""
        waiting = (page.entry for page in self.site.pages if page.entry.matter.draft.waits)
        return next((entry.path for entry in waiting if entry.path == f"content{_address(file)}page.md"), "")

    def is_lost(self, address: str, anchor: str = "") -> bool:
        """Tell whether an address would be there if a file were in its place: that is told as an error of the file."""
        lost = self.site.lost
        return address in lost or bool(anchor and ({f"{address}#", f"{address}#{anchor}"} & lost))

    def waits_for(self, there: _Audited, anchor: str) -> str:
        """Return why an id is not on a page yet: it is a draft, or for what nobody has told."""
        page = there.page.page
        for part in page.parts:
            if anchor in {part.slug, *part.body.ids} and part.path not in there.page.files:
                why = waits_for(part, self.site.facts)
                return f"{why}, which nobody has told" if why else f"{part.path} is a draft"
        is_gone = any(anchor in entry.body.gone for entry in page.entries)
        return "it needs a fact that nobody has told" if is_gone else ""

    def addresses(self) -> list[str]:
        """Return the address of every page, as one writes it."""
        return [self.rendered.base_path + address_of(path) for path in self.pages]


def links_lead_somewhere(seen: _Audited, site: _Finished) -> Iterator[Problem]:
    """Every link has an allowed scheme, or leads to a page and an id of the site.

    Unknown facts and Markdown's pictures are told by ``check`` already, what is blocked below.
    """
    blocked_here = {(found.tag, found.value) for found in site.blocked(seen)}
    for tag, target, leads in seen.found.links:
        trouble = _broken(seen, site, target, leads) if isinstance(leads, Inside) else leads
        if trouble and (tag, target) not in blocked_here:
            rule, message, hint = trouble
            for at in site.places(seen, target):
                yield Problem(at, rule, message, hint)


def _broken(seen: _Audited, site: _Finished, target: str, leads: Inside) -> Trouble | None:
    file, anchor = leads.file, leads.anchor
    if file is None or (file not in site.rendered.files and file not in {ROBOTS, SITEMAP}):
        return None if file and site.is_lost(_address(file)) else _no_page(site, target, file)
    there = site.pages.get(file)
    if not anchor or there is None or anchor in there.found.ids or (anchor == "top" and file == seen.page.path):
        return None
    if _is_doubtful(there, anchor) or site.is_lost(_address(file), anchor):
        return None
    return _no_anchor(seen, site, there, anchor, urlsplit(target).path)


def _address(file: str) -> str:
    """Return the address of the folder that a file of the output stands for, be it there or not."""
    return f"{address_of(file).rstrip('/')}/"


def _is_doubtful(there: _Audited, anchor: str) -> bool:
    """Tell whether a page may hold an id once its files can be read."""
    page = there.page.page
    known = {name for part in page.parts for name in (part.slug, *part.body.ids)}
    is_shown_else = any(entry.doubtful & {"part", "template"} for entry in page.entries)
    return not all(entry.readable for entry in page.entries) or (is_shown_else and anchor in known)


def _no_page(site: _Finished, target: str, file: str | None) -> Trouble:
    if file and (path := site.draft(file)):
        hint = f"take this link out, or the line 'draft:' in {path}"
        return "broken-link", f"the link '{target}' leads to a draft, which is not published", hint
    return "broken-link", f"the link '{target}' leads to no page of this site", _page_hint(site, target, file)


def _no_anchor(seen: _Audited, site: _Finished, there: _Audited, anchor: str, path: str) -> Trouble:
    where = "this page" if there is seen else f"'{path}'"
    if why := site.waits_for(there, anchor):
        hint = "name that fact in the sentence of this link as well, and both come together; or take the link out"
        hint = "take this link out, or the line 'draft:' there" if why.endswith("a draft") else hint
        return "broken-anchor", f"'#{anchor}' is not on {where} yet: {why}", hint
    hidden = next((part.path for part in there.page.page.parts if part.slug == anchor), "")
    hint = "a section or question is linked by the name of its file: 10-call.md is #call"
    if hidden:
        hint = f"the template of that page does not show {hidden}"
    elif near := nearest(anchor, there.found.ids, ALIKE):
        hint = f"did you mean #{near}?"
    return "broken-anchor", f"there is no '#{anchor}' on {where}", hint


def _page_hint(site: _Finished, target: str, file: str | None) -> str:
    if moved := [page for page in site.site.pages if file in [output_path(old) for old in older(page)]]:
        return f"that is an older address; link to {site.rendered.base_path}{moved[0].address}"
    if file and f"{file}/index.html" in site.rendered.files:
        return f"put a slash at the end: {urlsplit(target).path}/"
    if target.endswith(".md"):
        return "link to the address, not to the file: a section is #slug, a page its folder and a slash"
    return did_you_mean(target, site.addresses(), "a page is linked by its address, such as /leaflet/")


def ids_are_unique(seen: _Audited, site: _Finished) -> Iterator[Problem]:
    """No two elements of a page share an id, or links lead to the wrong one; ``load`` tells files with one slug."""
    for name, times in seen.found.repeated:
        files = seen.page.ids.get(name, ())
        if times > max(len(files), 1):
            at = site.in_templates(seen, name, "id=[\"']?") or (files or [site.own(seen)])[0]
            yield Problem(at, "same-id", f"two places of a page have the id '{name}'", "give one of them another name")


def pictures_have_words(seen: _Audited, site: _Finished) -> Iterator[Problem]:
    """Every picture of a template has an ``alt``, be it empty for a mere ornament."""
    for source in seen.found.wordless:
        message = f"the picture '{source}' has no alt text"
        hint = 'say what it shows: alt="A red door"; alt="" for an ornament'
        yield Problem(site.template(seen, source), "missing-alt", message, hint)


def nothing_is_blocked(seen: _Audited, site: _Finished) -> Iterator[Problem]:
    """Nothing of a page is without effect because the page's policy forbids it."""
    for found in site.blocked(seen):
        yield Problem(site.asking(seen, found), "blocked", found.message, found.hint)


def entries_are_shown(seen: _Audited, site: _Finished) -> Iterator[Problem]:
    """Every section and FAQ entry of a page is somewhere on it; told only where it is known what the page holds."""
    page, hidden = seen.page.page, list(seen.page.hidden)
    is_doubtful = any(entry.doubtful & {"part", "template"} for entry in page.entries)
    is_waiting = any(entry.path not in seen.page.files and entry.matter.part for entry in page.sections)
    if not hidden or is_doubtful or is_waiting or site.is_lost(page.address, "any"):
        return
    texts = {entry.path for entry in page.entries if entry.body.html.strip()} & {*seen.page.files}
    if len(hidden) == len(texts):
        message, hint = "this template shows nothing of what its pages say", "print page.body, and that of each section"
        yield Problem(site.own(seen), "not-shown", message, hint, "warning")
        return
    questions = {entry.path for entry in page.faq} & texts
    if questions and questions <= set(hidden):
        message, hint = "no section of this page shows its questions", "write 'part: faq' below the title of one"
        yield Problem(Location(page.entry.path), "not-shown", message, hint, "warning")
        hidden = [path for path in hidden if path not in questions]
    for path in hidden:
        message = f"this text is nowhere on the page {page.address}"
        yield Problem(Location(path), "not-shown", message, "its template does not print it", "warning")


CHECKS: tuple[Callable[[_Audited, _Finished], Iterator[Problem]], ...] = (
    links_lead_somewhere,
    ids_are_unique,
    pictures_have_words,
    nothing_is_blocked,
    entries_are_shown,
)
