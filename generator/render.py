"""The site as finished files: pure, from one value to another."""

import html
import itertools
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple

from jinja2 import Environment, FunctionLoader, TemplateError
from markupsafe import Markup, escape

from generator import assets, policy, prose, references, spread, syntax, templates, trace
from generator.addresses import Address, output_path
from generator.facts import Days, Facts, Form, Phone
from generator.kept import kept
from generator.model import (
    NOT_FOUND,
    Asset,
    Entry,
    FaqMatter,
    Matter,
    Page,
    Rendered,
    RenderedPage,
    SectionMatter,
    Settings,
    Site,
    untold_in,
    waits_for,
)
from generator.problems import Location, Problem, SiteError
from generator.syntax import MistakeError
from generator.trace import Traced, TracedMarkup, marked
from generator.yamlfile import Text

TARGET = re.compile(r'(<a href="|<img alt="[^"]*" src=")([^"]*)')
"""Where Python-Markdown writes the target of a link or picture; other tags of its output have none."""
HEADING_ID = re.compile(r'(<h[1-6] id=")([^"]*)')
ASSET = re.compile(rf"{assets.FOLDER}/[\w./-]+")
SURROGATE = re.compile("[\ud800-\udfff]")
TAG = re.compile(
    r"(?P<tag><(?:script|style)\b[^>]*>)(?P<raw>.*?)(?=</(?:script|style)\s*>)"
    r"""|<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>""",
    re.DOTALL | re.IGNORECASE,
)
"""A tag; with the content of a script or style element, which is left alone."""
PACKAGE = PurePath(__file__).parent
ROOTED = re.compile(r"""(\s(?:href|src|action|poster)\s*=\s*["']?)(/(?!/)[^\s"'>]*)""", re.IGNORECASE)


# ---------------------------------------------------------------- what templates see


class Number(int):
    """A number of a fact; ``words`` is the same in words."""

    words: Traced
    __traced__: Markup


class Day(date):
    """A day on which a fact was checked."""

    __traced__: Markup


class FactView(trace.Printing):
    """A fact, or a group of facts, as templates see it: it prints itself, and has its forms and nothing else.

    ``forms`` gives for each form its fact's number and what prints it.
    """

    __slots__ = ("_forms", "_inside", "_name")

    def __init__(self, name: str, forms: Mapping[str, tuple[int, Form]]) -> None:
        self._name, self._forms = name, forms
        self._inside: dict[str, dict[str, tuple[int, Form]]] = {}
        for form, print_ in forms.items():
            top, _, rest = form.partition(".")
            if top:
                self._inside.setdefault(top, {})[rest] = print_

    def __getattr__(self, name: str) -> object:
        if name not in self._inside:
            raise AttributeError(name)
        return _view(f"{self._name}.{name}", self._inside[name])

    def __iter__(self) -> Iterator[object]:
        raise MistakeError(f"'{self._name}' is no list; name each fact")

    def __html__(self) -> str:
        return str(escape(self._value()))

    def __str__(self) -> str:
        return Traced.from_marked(marked(str(self._value()), self._forms[""][0]))

    def __repr__(self) -> str:
        return self._name

    def __bool__(self) -> bool:
        return "" not in self._forms or bool(str(self))

    @property
    def __traced__(self) -> Markup:
        """How it is printed: escaped, with marks."""
        return escape(marked(str(self._value()), self._forms[""][0]))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self._value()))

    def _value(self) -> object:
        if "" not in self._forms:
            raise MistakeError(f"'{self._name}' is a group of facts; name one of them")
        return self._forms[""][1]()


def _view(name: str, forms: Mapping[str, tuple[int, Form]]) -> object:
    """Return what a template gets under a name: a fact or a group with its forms, or a text or number by itself."""
    is_number = "" in forms and isinstance(forms[""][1](), int)
    return _leaf(forms) if set(forms) == {""} or is_number else FactView(name, forms)


def _leaf(forms: Mapping[str, tuple[int, Form]]) -> object:
    """Return a form of a fact that has no further forms but its words: a text, HTML or a number."""
    number, print_ = forms[""]
    value = print_()
    if isinstance(value, Markup):
        return TracedMarkup.from_marked(marked(value, number))
    if isinstance(value, int):
        found = Number(value)
        found.__traced__ = Markup(marked(str(value), number))  # noqa: S704 - digits
        found.words = Traced.from_marked(marked(str(forms["words"][1]()), number))
        return found
    if isinstance(value, date):
        day = Day(value.year, value.month, value.day)
        day.__traced__ = Markup(marked(str(value), number))  # noqa: S704 - digits
        return day
    return Traced.from_marked(marked(str(value), number))


def fact_views(facts: Facts) -> dict[str, object]:
    """Return what stands at the top of the facts, by name."""
    numbers = {saying: number for number, saying in enumerate(facts.sayings)}
    tops: dict[str, dict[str, tuple[int, Form]]] = {}
    for fact in facts:
        top, _, rest = fact.name.partition(".")
        for form, print_ in fact.forms().items():
            number = numbers.get(f"{fact.name}.{form}", numbers[fact.name])
            tops.setdefault(top, {})[".".join(filter(None, (rest, form)))] = number, print_
    return {top: _view(top, forms) for top, forms in sorted(tops.items())}


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as templates see it."""

    slug: str
    title: str
    nav: str
    number: int
    part: str
    body: Markup


@dataclass(frozen=True, slots=True)
class FaqView:
    """An FAQ entry as templates see it."""

    slug: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as templates see it."""

    title: str
    description: str
    lead: str
    url: str
    path: str
    body: Markup
    sections: tuple[SectionView, ...]
    faq: tuple[FaqView, ...]
    reviewed: date | None
    next_review: date | None
    reviewed_by: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """The site as templates see it; ``pages`` are all but the one for addresses that do not exist."""

    name: str
    url: str
    language: str
    pages: tuple[PageView, ...]


# ---------------------------------------------------------------- the stage


def render(site: Site, *, drafts: bool = False) -> Rendered:
    """Return every file of the site. ``SiteError`` if templates fail: all of their mistakes at once."""
    frame = _frame_of(site)
    setting = frame.setting
    shown = [page for page in site.pages if drafts or not page.entry.matter.draft.waits]
    jinja = _environment(frame, tuple(_listed(shown, setting, drafts, templates.asked_of_pages(frame.templates))))
    made = spread.each(_made, [(page, frame, jinja, drafts) for page in shown])
    rendered = [each for each in made if isinstance(each, RenderedPage)]
    if problems := {problem for each in made if isinstance(each, SiteError) for problem in each.problems}:
        raise SiteError(*sorted(problems))
    address = setting.address
    return Rendered(tuple(rendered), MappingProxyType(dict(_files(rendered, site))), address.whole, address.base_path)


def _files(pages: list[RenderedPage], site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page, and every asset that a page names."""
    wanted: set[str] = set()
    for page in pages:
        yield page.path, page.content
        wanted.update(_assets_named(page))
    for asset in site.assets.values():
        if asset.published in wanted:
            yield asset.published, asset.content


@kept
def _assets_named(page: RenderedPage) -> frozenset[str]:
    return frozenset(ASSET.findall(page.html))


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What the texts of a site are set with: its facts, its address, and where its pictures are published.

    ``numbers`` are the places of what can be printed among ``Facts.sayings``.
    """

    facts: Facts
    numbers: Mapping[str, int]
    address: Address
    pictures: Mapping[str, str]

    def plain(self, text: Text | None) -> str:
        """Return a value of front matter; an empty one if it names what nobody has told yet."""
        if text is None or untold_in(text, self.facts):
            return ""
        return Traced.from_marked(references.fill(text.value, self.in_text))

    def target(self, target: str, *, picture: bool) -> str:
        """Return a link's target as a browser needs it."""
        target = prose.fill(target, lambda name, _: self.in_text(name))
        if picture:
            published = self.pictures.get(trace.plain(target))
            return self.address.of(f"/{published}") if published else target
        return self.address.of(target) if re.match(r"/(?!/)", target) else target

    def in_text(self, name: str) -> str:
        """Return what a fact prints as plain text; an unknown one as it was written."""
        found, text = self.facts.find(name), self.facts.plain(name)
        if found is None or text is None:
            return f"{{{{ {name} }}}}"
        return marked(text, self.numbers.get(name, self.numbers[found[0].name]))

    @kept
    def in_html(self, name: str, running: bool) -> str:  # noqa: FBT001 - as prose.fill gives it
        """Return what a fact prints in HTML; in running text a phone is a link that calls it."""
        found = self.facts.find(name)
        if running and found:
            fact, form = found
            number = self.numbers[fact.name]
            if not form and isinstance(fact.value, Phone):
                return marked(fact.value.link(), number)
            if form in fact.forms() and isinstance(value := self.facts.text(name), Markup):
                return marked(value, number)
        return html.escape(self.in_text(name))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What templates are run with, beside the page: the setting of its texts, the site, templates and assets."""

    setting: Setting
    name: str
    language: str
    templates: Mapping[str, str]
    assets: Mapping[str, Asset]


def _frame_of(site: Site) -> Frame:
    address = Address(site.options.base_url or site.settings.url.value)
    named = {link.target for entry in site.entries for link in entry.body.links if link.picture}
    pictures = tuple((name, site.assets[name].published) for name in sorted(named & site.assets.keys()))
    setting = _setting(site.facts, address, pictures)
    return _frame(setting, site.settings, tuple(site.templates.items()), tuple(site.assets.values()))


@kept
def _setting(facts: Facts, address: Address, pictures: tuple[tuple[str, str], ...]) -> Setting:
    numbers = {saying: number for number, saying in enumerate(facts.sayings)}
    return Setting(facts, numbers, address, dict(pictures))


@kept
def _frame(
    setting: Setting, settings: Settings, sources: tuple[tuple[str, str], ...], files: tuple[Asset, ...]
) -> Frame:
    language = settings.language.value if settings.language else "en"
    return Frame(setting, settings.name.value, language, dict(sources), {asset.name: asset for asset in files})


# ---------------------------------------------------------------- entries to HTML


@dataclass(frozen=True, slots=True, eq=False)
class Typeset:
    """A page whose texts are HTML, before its template: the view of it, and where its links and ids were written."""

    page: Page
    view: PageView
    links: Mapping[str, tuple[Location, ...]]
    ids: Mapping[str, tuple[Location, ...]]
    bodies: Mapping[str, str]


def _made(page: Page, frame: Frame, jinja: templates.Jinja, drafts: bool) -> RenderedPage | SiteError:  # noqa: FBT001
    """Return the finished page, or what is wrong with its template."""
    try:
        return _finished(typeset(page, frame.setting, drafts=drafts), frame, jinja)
    except SiteError as error:
        return error


@kept
def _finished(page: Typeset, frame: Frame, jinja: templates.Jinja) -> RenderedPage:
    """Return the finished page, its HTML with and without marks around facts; ``SiteError`` if its template fails."""
    jinja.used = {page.page.template}
    html = _run(jinja, page, frame)
    return _whole(page, html, frozenset(jinja.used), frame.setting.address)


@kept
def _whole(page: Typeset, html: str, used: frozenset[str], address: Address) -> RenderedPage:
    """Return the page that a template has made; the very same where nothing in it is new."""
    whole = policy.stated(_below(html, address.base_path), address.whole)
    content, marks = trace.parted(whole.encode())
    hidden = [path for path, body in page.bodies.items() if body not in whole and not _is_on(content, body)]
    return RenderedPage(
        page.page,
        output_path(page.page.address),
        content,
        marks,
        used,
        page.links,
        page.ids,
        tuple(page.bodies),
        tuple(hidden),
    )


def _is_on(page: bytes, body: str) -> bool:
    """Tell whether a text is somewhere on a page, without its marks and however it is spaced."""
    return "".join(trace.plain(body).split()) in "".join(page.decode().split())


def _below(page: str, base_path: str) -> str:
    """Return a page whose addresses from the root all stand below the site's path."""
    if not base_path:
        return page

    def prefixed(found: re.Match[str]) -> str:
        is_there = found[2] == base_path or found[2].startswith((f"{base_path}/", f"{base_path}#", f"{base_path}?"))
        return found[0] if is_there else found[1] + base_path + found[2]

    def tag(found: re.Match[str]) -> str:
        return ROOTED.sub(prefixed, found["tag"] or found[0]) + (found["raw"] or "")

    return TAG.sub(tag, page)


def typeset(page: Page, setting: Setting, *, drafts: bool) -> Typeset:
    """Return a page with all its texts set; the very same with drafts and without, where it has none."""
    return _typeset(page, setting, drafts and any(part.matter.draft.waits for part in page.parts))


@kept
def _typeset(page: Page, setting: Setting, drafts: bool) -> Typeset:  # noqa: FBT001 - kept by its arguments
    """Return a page with all its texts set: HTML with their facts filled in, each with its marks."""
    shown = (part for part in page.parts if drafts or not part.matter.draft.waits)
    parts = [part for part in shown if not waits_for(part, setting.facts)]
    entries = [page.entry, *parts]
    bodies = dict(_bodies(entries, page, setting))
    links: dict[str, tuple[Location, ...]] = {}
    for entry in entries:
        for link, target in zip(entry.body.links, _body(entry, setting).targets, strict=True):
            links[target] = (*links.get(target, ()), link.at)
    ids: dict[str, tuple[Location, ...]] = {}
    for entry in parts:
        ids[entry.slug] = (*ids.get(entry.slug, ()), Location(entry.path))
    return Typeset(page, _view_of(page, bodies, setting), links, ids, bodies)


def _view_of(page: Page, bodies: Mapping[str, str], setting: Setting) -> PageView:
    matter = page.entry.matter
    return PageView(
        title=setting.plain(matter.title),
        description=setting.plain(matter.description),
        lead=setting.plain(matter.lead),
        url=setting.address.whole + page.address,
        path=setting.address.of(page.address),
        body=TracedMarkup.from_marked(bodies[page.entry.path]),
        sections=tuple(_sections([each for each in page.sections if each.path in bodies], bodies, setting)),
        faq=tuple(_faq(entry, bodies, setting) for entry in page.faq if entry.path in bodies),
        reviewed=matter.reviewed,
        next_review=_next_review(matter.reviewed, matter.review_every),
        reviewed_by=setting.plain(matter.reviewed_by),
    )


def _sections(
    sections: Iterable[Entry[SectionMatter]], bodies: Mapping[str, str], setting: Setting
) -> Iterator[SectionView]:
    for number, section in enumerate(sections, 1):
        matter = section.matter
        body = TracedMarkup.from_marked(bodies[section.path])
        part = matter.part.value if matter.part else ""
        title, nav = setting.plain(matter.title), setting.plain(matter.nav)
        yield SectionView(section.slug, title, nav, number, part, body)


def _faq(entry: Entry[FaqMatter], bodies: Mapping[str, str], setting: Setting) -> FaqView:
    return FaqView(entry.slug, setting.plain(entry.matter.title), TracedMarkup.from_marked(bodies[entry.path]))


def _bodies(entries: Iterable[Entry[Matter]], page: Page, setting: Setting) -> Iterator[tuple[str, str]]:
    """Each entry's HTML; headings whose id is taken on this page get their entry's slug in front."""
    taken = {entry.slug for entry in page.parts}
    for entry in entries:
        yield entry.path, _with_own_ids(_body(entry, setting).html, entry.slug or "page", taken)


class _Body(NamedTuple):
    """The text of an entry as HTML with marks, and the targets of its links and pictures without."""

    html: str
    targets: tuple[str, ...]


@kept
def _body(entry: Entry[Matter], setting: Setting) -> _Body:
    targets = [setting.target(link.target, picture=link.picture) for link in entry.body.links]
    each = iter(targets)
    with_targets = TARGET.sub(lambda found: found[1] + str(escape(next(each))), entry.body.html)
    return _Body(prose.fill(with_targets, setting.in_html), tuple(map(trace.plain, targets)))


def _with_own_ids(html: str, slug: str, taken: set[str]) -> str:
    """Return HTML in which a heading whose id is taken has the slug in front of it; adds all ids to ``taken``."""

    def own(heading: re.Match[str]) -> str:
        more = (f"{slug}-{heading[2]}-{number}" for number in itertools.count(2))
        names = itertools.chain((heading[2], f"{slug}-{heading[2]}"), more)
        name = next(name for name in names if name not in taken)
        taken.add(name)
        return heading[1] + name

    return HEADING_ID.sub(own, html)


def _next_review(reviewed: date | None, every: Days | None) -> date | None:
    return reviewed + timedelta(days=every.days) if reviewed and every else None


# ---------------------------------------------------------------- templates


def _listed(pages: Iterable[Page], setting: Setting, drafts: bool, asked: str) -> Iterator[PageView]:  # noqa: FBT001
    """Each page of the site with what templates may ask of others: a change of all else leaves them as they are."""
    for page in pages if asked else ():
        view = typeset(page, setting, drafts=drafts).view
        if page.address != NOT_FOUND:
            yield view if asked == templates.ALL else replace(view, body=Markup(), sections=(), faq=())


@kept
def _environment(frame: Frame, pages: tuple[PageView, ...]) -> templates.Jinja:
    """Return Jinja with all that templates are given but their own page."""
    jinja = templates.environment()
    jinja.loader = FunctionLoader(lambda name: _source(frame, name))

    def asset(name: str) -> str:
        return frame.setting.address.of(f"/{_asset(frame, name).published}")

    def inline(name: str) -> Markup:
        try:
            return Markup(assets.inline(_asset(frame, name)))  # noqa: S704 - a file of the site itself
        except ValueError as error:
            raise MistakeError(str(error)) from None

    view = SiteView(frame.name, frame.setting.address.whole, frame.language, pages)
    jinja.globals.update(fact_views(frame.setting.facts), site=view, asset=asset, inline=inline)
    return jinja


def _source(frame: Frame, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Return a template as Jinja wants it: its text, the name that failures are told under, and that it stays."""
    source = frame.templates.get(name)
    return None if source is None else (source, f"{templates.FOLDER}/{name}", lambda: True)


def _asset(frame: Frame, name: object) -> Asset:
    if not isinstance(name, str) or name not in frame.assets:
        raise MistakeError(f"there is no asset '{name}'")
    return frame.assets[name]


CALLED_BY_TEMPLATES = frozenset(
    {"__getattr__", "strip", "plainly", "printing", "joining", "as_json", "_with_marks", "_sound", "_printed"}
)
"""Functions of the package that fail when a template calls them with what they cannot take."""


def _run(jinja: Environment, page: Typeset, frame: Frame) -> str:
    """Run the template of a page. What fails in a template is an author's mistake; what fails elsewhere is not."""
    name = page.page.template
    for template in jinja.cache.values() if jinja.cache else ():
        template._module = None  # noqa: SLF001 - what one page has left in an imported template is not for the next
    try:
        return _sound(jinja.get_template(name).render(page=page.view))
    except Exception as error:
        problem = _failure(error, name, frame)
        if problem is None:
            raise
        raise SiteError(problem) from error


def _sound(html: str) -> str:
    """Return a page of characters that can be written."""
    if SURROGATE.search(html):
        raise MistakeError("it prints half of a character")
    return html


def _failure(error: Exception, name: str, frame: Frame) -> Problem | None:
    """Return a failure as a problem at the template's line; nothing if it arose outside the templates."""
    frames = traceback.extract_tb(error.__traceback__)
    sources = {f"{templates.FOLDER}/{name}": source for name, source in frame.templates.items()}
    places = [each for each in frames if each.filename in sources]
    called = frames[frames.index(places[-1]) + 1 :] if places else frames
    ours = any(each.filename.startswith(str(PACKAGE)) and each.name not in CALLED_BY_TEMPLATES for each in called)
    if ours and not isinstance(error, TemplateError | RecursionError):
        return None
    path, line = (places[-1].filename, places[-1].lineno or 1) if places else (f"{templates.FOLDER}/{name}", 1)
    word = re.search(r"'([\w./-]+)'", str(error))
    at = templates.line_of(path, sources.get(path, ""), line, word[1] if word else "")
    message, hint = syntax.failure(error)
    return Problem(at, "template-failure", f"this template fails: {message}", hint, stops_render=True)
