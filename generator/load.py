"""Everything that a build needs, read from the disk once. Nothing after this stage reads it.

What the folders of a site are:

- ``site.yaml``: settings, facts and rules;
- ``content/``: a folder with a ``page.md`` is a page; ``sections/NN-slug.md``
  and ``faq/NN-slug.md`` beside it are its parts, in the order of their numbers;
- ``templates/``, ``assets/``: what designers write.
"""

import functools
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator import assets, content, sitefile
from generator.addresses import DEVICES, LONGEST_NAME, folded
from generator.facts import Ask
from generator.kept import kept
from generator.model import (
    NOT_FOUND,
    Asset,
    Entry,
    FaqMatter,
    MatterT,
    Options,
    Page,
    PageMatter,
    SectionMatter,
    Site,
)
from generator.problems import Location, Problem, SiteError, nearest
from generator.sitefile import SiteFile
from generator.unchanged import FOLDERS

SLUG = re.compile(r"[^\W_][\w-]*")
LITTER = re.compile(
    r"[.#].*|~\$.*|.*~|.*\.(?:bak|swp|swo|tmp|temp|part|crdownload|orig)|thumbs\.db|desktop\.ini",
    re.IGNORECASE | re.DOTALL,
)
"""Names of files that editors, systems and downloads leave about: no part of a site."""
MARKDOWN = {".md", ".markdown"}
NUMBERED = re.compile(r"(\d+)-(.+?)(\.[^.]*)?")
"""The name of a section or FAQ entry: its number, its slug, the ending of the file."""
GONE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)
"""What it means that nothing, or something else, stands where a file or folder was a moment ago: somebody saves it."""
PARTS = {"sections": SectionMatter, "faq": FaqMatter}


def load(root: Path, options: Options) -> Site:
    """Read the site in a folder. Mistakes are gathered in the result; what could be read is there."""
    loader = _Loader(root)
    file = loader.site_file()
    templates, found = dict(loader.texts("templates")), dict(loader.assets())
    loader.same_addresses({f"{assets.FOLDER}/{name}": f"/{assets.FOLDER}/{name}" for name in found})
    silent = frozenset(fact.name for fact in file.facts if isinstance(fact.value, Ask))
    pages = tuple(sorted(loader.content(silent), key=lambda page: page.address))
    return Site(
        file.settings,
        file.facts,
        file.rules,
        pages,
        MappingProxyType(templates),
        MappingProxyType(found),
        MappingProxyType(loader.sources),
        options,
        tuple(loader.problems),
        frozenset(loader.lost),
    )


@functools.lru_cache(maxsize=16_384)
def is_litter(name: str) -> bool:
    """Tell whether a file or folder with this name is no part of a site: hidden, a backup, half a download."""
    return bool(LITTER.fullmatch(name))


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    """Return what stands in a folder, in the order of the names; ``PermissionError`` where it may not be entered."""
    if not os.access(folder, os.X_OK):
        raise PermissionError
    with os.scandir(folder) as found:
        return sorted((entry for entry in found if not is_litter(entry.name)), key=lambda entry: entry.name)


class _Listed(NamedTuple):
    """A file or folder that was found in another."""

    path: Path
    is_folder: bool


class _Named(NamedTuple):
    """A file of ``sections/`` or ``faq/`` with its number, before its text is read."""

    path: Path
    number: int
    slug: str


@dataclass
class _Loader:
    """Reads files below one folder and gathers what is wrong with them."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    prefix: int = 0
    lost: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.prefix = len(os.fspath(self.root / "-")) - 1

    def problem(self, path: str, rule: str, message: str, hint: str, *, stops: bool = False) -> None:
        self.problems.append(Problem(Location(path), rule, message, hint, stops_render=stops))

    # ---------------------------------------------------------------- the disk

    def shown(self, path: Path) -> str:
        """Return a path as problems show it: relative to the source folder, with slashes."""
        name = os.fspath(path)[self.prefix :].replace(os.sep, "/")
        return name.encode("utf-8", "replace").decode()

    def listing(self, folder: Path) -> Iterator[_Listed]:
        """Each file and folder that counts, in one order on every machine; the others are named as problems."""
        try:
            entries = _entries(folder)
        except PermissionError:
            self.problem(
                self.shown(folder), "file", "this folder may not be read", "give yourself the right to read it"
            )
            return
        except GONE:
            self.problem(self.shown(folder), "file", "this folder has gone while it was read", "build again")
            return
        yield from (_Listed(folder / entry.name, entry.is_dir()) for entry in entries if self.is_sound(entry))

    def is_sound(self, entry: "os.DirEntry[str]") -> bool:
        """Tell whether a name leads to a file or folder of this site that can be read."""
        if not entry.is_symlink() and (entry.is_file() or entry.is_dir()):
            return True
        path = Path(entry.path)
        try:
            mode = path.stat().st_mode
        except PermissionError:
            self.problem(self.shown(path), "file", "this file may not be read", "give yourself the right to read it")
            return False
        except (OSError, RuntimeError):
            self.problem(self.shown(path), "file", "this link leads nowhere", "take it out or mend it")
            return False
        if not entry.is_dir() and not entry.is_file():
            self.problem(self.shown(path), "file", "this is neither a file nor a folder", "take it out")
            return False
        return self.is_sound_link(path, is_folder=stat.S_ISDIR(mode))

    def is_sound_link(self, path: Path, *, is_folder: bool) -> bool:
        """Tell whether a link stays inside the site, and leads to no folder that is read anyway."""
        real = path.resolve()
        if not real.is_relative_to(self.root.resolve()):
            self.problem(self.shown(path), "file", "this link leads out of the site", "put the file itself here")
        elif is_folder and self.is_read_anyway(real):
            message = "this link leads to a folder that is read already"
            self.problem(self.shown(path), "file", message, "take it out; put copies of the files here if need be")
        else:
            return True
        return False

    def is_read_anyway(self, real: Path) -> bool:
        """Tell whether a folder is one of those that are read, is in one, or holds one."""
        read = [(self.root / name).resolve() for name in FOLDERS]
        return any(real.is_relative_to(folder) or folder.is_relative_to(real) for folder in read)

    def bytes(self, path: Path) -> bytes | None:
        """Return a file's bytes, nothing (and a problem) if it may not be read."""
        try:
            return path.read_bytes()
        except PermissionError:
            self.problem(self.shown(path), "file", "this file may not be read", "give yourself the right to read it")
        except GONE:
            self.problem(self.shown(path), "file", "there is no such file", "save it here again")
        return None

    def text(self, path: Path) -> str | None:
        """Return a file's text, nothing (and a problem) if it has none."""
        data = self.bytes(path)
        if data is None:
            return None
        try:
            text = content.decode(self.shown(path), data)
        except SiteError as error:
            self.sources[self.shown(path)] = content.plain_lines(data[: content.LONGEST].decode(errors="replace"))
            self.problems.extend(error.problems)
            return None
        self.sources[self.shown(path)] = text
        return text

    def files(self, folder: Path) -> Iterator[Path]:
        """Every file below a folder; none if a folder in it may not be read."""
        for path, is_folder in self.listing(folder):
            if is_folder:
                yield from self.files(path)
            else:
                yield path

    def site_file(self) -> SiteFile:
        """Return what ``site.yaml`` says."""
        found = sitefile.read(self.text(self.root / sitefile.NAME))
        before = [_stopping(problem) for problem in self.problems]
        self.problems[:] = [*before, *found.problems]
        return found

    # ---------------------------------------------------------------- templates and assets

    def texts(self, name: str) -> Iterator[tuple[str, str]]:
        folder = self.root / name
        if not folder.is_dir():
            self.problem(name, "missing-folder", f"there is no folder '{name}'", "it holds page.html", stops=True)
            return
        for path in self.files(folder):
            before = len(self.problems)
            text = self.text(path)
            self.problems[before:] = [_stopping(problem) for problem in self.problems[before:]]
            yield path.relative_to(folder).as_posix(), text or ""

    def assets(self) -> Iterator[tuple[str, Asset]]:
        folder = self.root / assets.FOLDER
        for path in self.files(folder) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if not re.fullmatch(r"[\w./-]+", name):
                hint = "use letters, digits, '.', '-' and '_' only"
                self.problem(self.shown(path), "file-name", "a browser cannot ask for this file by its name", hint)
            elif len(path.name) > LONGEST_NAME:
                self.problem(self.shown(path), "file-name", "this name is too long for an address", "make it shorter")
            else:
                yield name, assets.read(name, self.bytes(path) or b"")

    # ---------------------------------------------------------------- content

    def content(self, silent: frozenset[str]) -> Iterator[Page]:
        folder = self.root / "content"
        if not folder.is_dir():
            hint = "it holds page.md, the home page"
            self.problem("content", "missing-folder", "there is no folder 'content'", hint, stops=True)
            return
        pages = self.with_texts(list(_ContentReader(self).folder(folder, "/")), tuple(sorted(silent)))
        told = any(problem.location.path == "content/page.md" for problem in self.problems)
        if not told and not any(page.address == "/" for page in pages):
            self.problem(
                "content/page.md", "missing-file", "there is no home page", "write it, with 'title: ...'", stops=True
            )
        self.same_addresses({page.entry.path: page.address for page in pages})
        yield from pages

    def with_texts(self, pages: list[Page], silent: tuple[str, ...]) -> list[Page]:
        """Return pages of which the names of their files are known, with what the files say."""
        blank = [entry for page in pages for entry in page.entries if entry.path in self.written]
        read = content.entries([(entry, silent) for entry in blank])
        self.problems.extend(problem for _, problems in read for problem in problems)
        found = {entry.path: entry for entry, _ in read}

        def own(entry: Entry[MatterT]) -> Entry[MatterT]:
            return found.get(entry.path, entry)

        return [
            _page(page.address, own(page.entry), tuple(map(own, page.sections)), tuple(map(own, page.faq)))
            for page in pages
        ]

    def same_addresses(self, addresses: Mapping[str, str]) -> None:
        """Report files that share an address, or whose addresses differ only by case or accents."""
        first: dict[str, str] = {}
        for path, address in sorted(addresses.items()):
            other = first.setdefault(folded(address), path)
            if other != path:
                message = f"this file and {other} have the same address: {addresses[other]}"
                self.problem(path, "same-address", message, "give one of them another name")


def _stopping(problem: Problem) -> Problem:
    return problem._replace(stops_render=True)


@dataclass(frozen=True, slots=True)
class _ContentReader:
    """Reads the pages below a folder."""

    loader: _Loader

    def folder(self, folder: Path, address: str) -> Iterator[Page]:
        """Every page in a folder and the folders below it."""
        parts: dict[str, Path] = {}
        stray: list[Path] = []
        home: Path | None = None
        for path, is_folder in self.loader.listing(folder):
            if is_folder and path.name in PARTS:
                parts[path.name] = path
            elif is_folder:
                yield from self.below(path, address)
            elif path.name == "page.md":
                home = path
            else:
                stray.append(path)
        texts = [path for path in stray if path.suffix.casefold() in MARKDOWN]
        for path in stray:
            self.stray(path, is_page=home is None and texts == [path])
        if home is not None:
            yield self.page(home, address, parts)
        elif parts or texts:
            self.no_page(folder, address, is_told=bool(texts))

    def below(self, folder: Path, address: str) -> Iterator[Page]:
        """Every page in a folder that is none for parts; one that was meant to be, and is misspelt, is told."""
        slug = unicodedata.normalize("NFC", folder.name)
        meant = nearest(folder.name, PARTS, 0.8)
        if meant and not any(found.is_folder or found.path.name == "page.md" for found in self.loader.listing(folder)):
            self.loader.lost.add(f"{address}#")
            shown = self.loader.shown(folder)
            self.loader.problem(shown, "stray-file", "no page uses this folder", f"did you mean {meant}?")
        elif self.is_slug(folder, slug):
            yield from self.folder(folder, f"{address}{slug}/")

    def no_page(self, folder: Path, address: str, *, is_told: bool) -> None:
        """Note that a folder holds parts, or Markdown, and no page; the home page is missed elsewhere."""
        self.loader.lost.add(address)
        if not is_told and address != "/":
            hint = "write it, with 'title: ...'"
            shown = self.loader.shown(folder / "page.md")
            self.loader.problem(shown, "missing-file", "there is no page.md beside these parts", hint)

    def stray(self, path: Path, *, is_page: bool) -> None:
        """Report a file that no page uses."""
        shown = self.loader.shown(path)
        if path.suffix.casefold() in MARKDOWN:
            hint = "if it is the page of this folder, call it page.md" if is_page else ""
            hint = hint or "move it to sections/ or faq/, or into a folder of its own as page.md"
            self.loader.problem(shown, "stray-file", "no page uses a Markdown file in this place", hint)
            return
        hint = "pictures and the like belong in assets/"
        self.loader.problems.append(Problem(Location(shown), "stray-file", "no page uses this file", hint, "warning"))

    def is_slug(self, path: Path, slug: str) -> bool:
        """Tell whether a name can be an address on every host and in every browser."""
        shown = self.loader.shown(path)
        hint = "use letters, digits and '-' only, for example call-us"
        if not SLUG.fullmatch(slug) or slug.casefold() in DEVICES:
            self.loader.problem(shown, "file-name", f"'{_printable(slug)}' cannot be an address", hint)
        elif len(slug.encode()) > LONGEST_NAME:
            self.loader.problem(shown, "file-name", "this name is too long for an address", "make it shorter")
        elif folded(slug) == assets.FOLDER and path.parent == self.loader.root / "content":
            self.loader.problem(shown, "file-name", f"the address /{slug}/ is taken by the site's assets", hint)
        else:
            return True
        return False

    def page(self, path: Path, address: str, parts: Mapping[str, Path]) -> Page:
        entry = self.entry(_Named(path, 0, "" if address == "/" else path.parent.name), PageMatter)
        sections = self.parts(parts.get("sections"), SectionMatter, address)
        faq = self.parts(parts.get("faq"), FaqMatter, address)
        found = Page(NOT_FOUND if address == "/404/" else address, entry, sections, faq)
        self.loader.same_addresses({part.path: f"#{part.slug}" for part in found.parts})
        return found

    def parts(self, folder: Path | None, matter: type[MatterT], address: str) -> tuple[Entry[MatterT], ...]:
        """Return the entries of a folder, in the order of their numbers."""
        if folder is None:
            return ()
        named = [found for listed in self.loader.listing(folder) if (found := self.named(*listed, address))]
        self.same_numbers(named)
        files = [part for part in named if part.path.suffix == ".md" and self.is_slug(part.path, part.slug)]
        return tuple(self.entry(part, matter) for part in sorted(files, key=lambda part: (part.number, part.slug)))

    def named(self, path: Path, is_folder: bool, address: str) -> _Named | None:  # noqa: FBT001 - as it is listed
        """Return a file's number and slug; nothing (and a problem) where its name has none."""
        found = NUMBERED.fullmatch(path.name)
        if is_folder:
            self.loader.problem(
                self.loader.shown(path), "stray-file", "a folder cannot stand here", "put its files one level up"
            )
        elif not found:
            self.loader.lost.add(f"{address}#{_slug_from(path.stem)}")
            hint = f"give it a number and a name: 10-{_slug_from(path.stem)}.md"
            self.loader.problem(
                self.loader.shown(path), "file-name", "this file's name does not begin with a number", hint
            )
        else:
            return _Named(path, int(found[1]), unicodedata.normalize("NFC", found[2]))
        return None

    def same_numbers(self, named: list[_Named]) -> None:
        """Report files that share a number, and files that are not Markdown."""
        first: dict[int, Path] = {}
        for part in named:
            other = first.setdefault(part.number, part.path)
            shown = self.loader.shown(part.path)
            if other != part.path:
                message = f"this file and {self.loader.shown(other)} have the same number: {part.number}"
                self.loader.problem(shown, "same-number", message, "give one of them another number")
            elif part.path.suffix != ".md":
                hint = f"save it as {part.number}-{_slug_from(part.slug)}.md, or move it out of here"
                self.loader.problem(shown, "stray-file", "this is not a Markdown file", hint)

    def entry(self, part: _Named, matter: type[MatterT]) -> Entry[MatterT]:
        """Return an entry without its text, which is read here; all texts are taken apart together."""
        shown = self.loader.shown(part.path)
        if self.loader.text(part.path) is not None:
            self.loader.written.add(shown)
        return content.blank(shown, part.slug, part.number, matter, self.loader.sources.get(shown, ""))


_page = kept(Page)


def _slug_from(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded(words)).strip("-") or "name"


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
