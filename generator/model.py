"""The values that flow through the stages, all of them frozen.

The front matter of a file is one of the dataclasses here: its fields are the
keys that are allowed, its types what is expected, its docstring what an editor
is told.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Generic, NamedTuple, Self, TypeVar

from generator import references, trace
from generator.facts import Days, Facts
from generator.problems import Location, Problem
from generator.prose import Prose
from generator.yamlfile import Text

NOT_FOUND = "/404.html"
"""The address of ``content/404/page.md``, where hosts look for it."""
NO_REASONS: Mapping[Text, Text] = {}
"""No proxy, for these cannot be pickled, and entries are stored from one build to the next."""
NO_FILES: Mapping[str, bytes] = MappingProxyType({})
BUT_LINE_ENDS = re.compile(r"[^\n]")


class Draft(NamedTuple):
    """Whether a file waits, and for what: ``true``, or a text such as ``a clinician signs it off``."""

    waits: bool = False
    reason: str = ""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read ``draft:``; words that look like yes or no are refused rather than guessed."""
        if text in {"true", "false"}:
            return cls(text == "true")
        if text.casefold() in {"true", "false", "yes", "no", "on", "off", "y", "n", "0", "1"}:
            raise ValueError(f"'{text}' is neither true nor false", "write true, false, or in words what it waits for")
        return cls(waits=True, reason=text)


NO_DRAFT = Draft()


@dataclass(frozen=True, slots=True)
class PageMatter:
    """The front matter of a page.

    title: the heading of the page, and its name in the browser.
    description: one sentence for search engines and previews.
    lead: the first sentences, below the heading.
    template: the file of ``templates/`` that shows it; ``page.html`` unless given.
    draft: true, or what it waits for; a draft is checked and never published.
    aliases: older addresses of this page, such as ``/old/``.
    allow: exact words that a check refuses, each with the reason why they may stand.
    reviewed, review_every, reviewed_by: the last review of the text, and by whom.
    """

    title: Text
    description: Text | None = None
    lead: Text | None = None
    template: Text | None = None
    draft: Draft = NO_DRAFT
    aliases: tuple[Text, ...] = ()
    allow: Mapping[Text, Text] = field(default_factory=lambda: NO_REASONS)
    reviewed: date | None = None
    review_every: Days | None = None
    reviewed_by: Text | None = None


@dataclass(frozen=True, slots=True)
class SectionMatter:
    """The front matter of a section.

    title: the heading of the section.
    nav: its name where the page lists its sections.
    part: the file of ``templates/parts/`` that shows it, if it is more than prose.
    draft: true, or what it waits for; a draft is checked and never published.
    allow: exact words that a check refuses, each with the reason why they may stand.
    """

    title: Text
    nav: Text | None = None
    part: Text | None = None
    draft: Draft = NO_DRAFT
    allow: Mapping[Text, Text] = field(default_factory=lambda: NO_REASONS)


@dataclass(frozen=True, slots=True)
class FaqMatter:
    """The front matter of an FAQ entry.

    title: the question.
    draft: true, or what it waits for; a draft is checked and never published.
    allow: exact words that a check refuses, each with the reason why they may stand.
    """

    title: Text
    draft: Draft = NO_DRAFT
    allow: Mapping[Text, Text] = field(default_factory=lambda: NO_REASONS)


Matter = PageMatter | SectionMatter | FaqMatter
MatterT = TypeVar("MatterT", bound=Matter)
Matter_co = TypeVar("Matter_co", bound=Matter, covariant=True)


def texts_of(matter: Matter) -> Iterator[Text]:
    """Each text of a front matter that a visitor may read."""
    for name in ("title", "nav", "description", "lead", "reviewed_by"):
        if text := getattr(matter, name, None):
            yield text


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Generic[Matter_co]):
    """One Markdown file. ``slug`` is its id and address, ``number`` its place among its neighbours.

    ``source`` is all of its text, ``begin`` the place in it where the front matter ends.
    Where its text could not be read, ``readable`` is false and nothing is known of what is in it;
    ``doubtful`` are the keys of its front matter that it may hold and that could not be read.
    """

    path: str
    slug: str
    number: int
    matter: Matter_co
    body: Prose
    readable: bool = True
    doubtful: frozenset[str] = frozenset()
    source: str = ""
    begin: int = 0

    @property
    def markdown(self) -> str:
        """Its text with spaces in place of the front matter, so that places stay what they are."""
        if not self.readable:
            return ""
        return BUT_LINE_ENDS.sub(" ", self.source[: self.begin]) + self.source[self.begin :]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A folder with a ``page.md``: its address (``/leaflet/``), its own text, its sections and FAQ entries."""

    address: str
    entry: Entry[PageMatter]
    sections: tuple[Entry[SectionMatter], ...] = ()
    faq: tuple[Entry[FaqMatter], ...] = ()

    @property
    def entries(self) -> tuple[Entry[Matter], ...]:
        """The page's own file, then its sections, then its FAQ entries."""
        return (self.entry, *self.parts)

    @property
    def parts(self) -> tuple[Entry[Matter], ...]:
        """Its sections, then its FAQ entries."""
        return (*self.sections, *self.faq)

    @property
    def template(self) -> str:
        """The name of the template that shows the page."""
        return self.entry.matter.template.value if self.entry.matter.template else "page.html"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site.

    name: what the site is called.
    url: its address on the web, without a slash at the end.
    language: the language of its pages, such as ``en``.
    review: the groups of facts that must say when they were checked.
    """

    name: Text
    url: Text
    language: Text | None = None
    review: tuple[Text, ...] = ()


class Asset(NamedTuple):
    """A file of ``assets/``: its name below that folder, and the address that it is published at."""

    name: str
    content: bytes
    published: str


class Options(NamedTuple):
    """What a build is asked to do: the site's address instead of its own, today, and whether to show drafts."""

    today: date
    base_url: str = ""
    drafts: bool = False


class Site(NamedTuple):
    """All that was read: the facts, the pages, the templates and assets; and what was wrong with them.

    ``sources`` holds each text file that was read, by its path, so that a problem can show its line.
    ``lost`` are the addresses that files would have which no page can use: ``/visit/``, ``/visit/#bus``, and
    ``/visit/#`` where more than one file of a page is in a wrong place.
    """

    settings: Settings
    facts: Facts
    rules: tuple[Text, ...]
    pages: tuple[Page, ...]
    templates: Mapping[str, str]
    assets: Mapping[str, Asset]
    sources: Mapping[str, str]
    options: Options
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str] = frozenset()

    @property
    def entries(self) -> tuple[Entry[Matter], ...]:
        """Every Markdown file of the site."""
        return tuple(entry for page in self.pages for entry in page.entries)


def untold_in(text: Text, facts: Facts) -> tuple[str, ...]:
    """Return the facts that a value of front matter names and nobody has told yet."""
    names = (facts.untold(each.name) for each in references.in_value(text) if each.name)
    return tuple(dict.fromkeys(filter(None, names)))


def waits_for(part: Entry[Matter], facts: Facts) -> str:
    """Return why a section or FAQ entry is on no page yet, as long as nobody has told what it needs.

    A section with a ``part`` shows more than its text, and so it stays without.
    """
    if names := untold_in(part.matter.title, facts):
        return f"its title needs {' and '.join(names)}"
    if part.body.untold and not getattr(part.matter, "part", None):
        return f"all of its text needs {' and '.join(part.body.untold)}"
    return ""


@dataclass(frozen=True, slots=True, eq=False)
class RenderedPage:
    """A finished page: where it goes, its bytes, and what was written where.

    ``marks`` are those around what comes from facts (``trace.parted``),
    ``templates`` the names of the templates that made it,
    ``links`` gives the places of each target in Markdown, ``ids`` the files of
    each slug, ``files`` those of all entries that it is made of, ``hidden``
    those of them whose text is nowhere on it.
    """

    page: Page
    path: str
    content: bytes
    marks: bytes
    templates: frozenset[str]
    links: Mapping[str, tuple[Location, ...]]
    ids: Mapping[str, tuple[Location, ...]]
    files: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """Its bytes as a text."""
        return self.content.decode()

    @property
    def marked(self) -> str:
        """The same with marks."""
        return trace.together(self.content, self.marks).decode()


class Rendered(NamedTuple):
    """All finished files by their path below the output folder; the pages among them with what is known of each."""

    pages: tuple[RenderedPage, ...]
    files: Mapping[str, bytes]
    url: str
    base_path: str


class Build(NamedTuple):
    """The outcome: the site, its finished files (none where a mistake leaves nothing to show), and all problems.

    Before its pages are audited, ``is_audited`` is false and those of the sources are all that are known.
    ``beside`` are the files that stand beside the pages, for hosts and search engines.
    """

    site: Site
    rendered: Rendered | None
    problems: tuple[Problem, ...]
    beside: Mapping[str, bytes] = NO_FILES
    is_audited: bool = True

    @property
    def files(self) -> Mapping[str, bytes]:
        """Every file of the site by its path."""
        return {**self.rendered.files, **self.beside} if self.rendered else {}

    @property
    def sources(self) -> Mapping[str, str]:
        """Each text file that was read, by its path."""
        return self.site.sources

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that must not be published."""
        return tuple(problem for problem in self.problems if problem.severity == "error")
