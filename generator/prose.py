"""Markdown to HTML: pure, and with the place of all that can go wrong in it.

Python-Markdown tells no places. So whatever needs one (references to facts,
link targets, raw HTML) gets a numbered mark in the source before it is
parsed; where the mark comes out says what it was (in code it was nothing), and
its number says where it stood. The marks are made of letters, so that
Markdown treats a reference as a word.

References leave this module as marks too: the values of facts are filled in
afterwards (``fill``), so that the result depends on the text alone.
"""

import bisect
import functools
import html
import re
from collections.abc import Callable, Container, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor, slugify_unicode
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator import effort
from generator.effort import Effort, TooMuchError
from generator.indent import reindent
from generator.kept import kept
from generator.problems import Location, Problem, SiteError
from generator.references import REFERENCE, Reference, as_reference
from generator.signs import Signs

OPEN, CLOSE = "\U00010a60", "\U00010a61"
"""The marks in the source: two Old South Arabian letters, refused in content (``RESERVED_CHARACTERS``)."""
RESERVED_CHARACTERS = OPEN + CLOSE
RUNNING, PLAIN, END = "\x0e", "\x0f", "\x1c"
"""The marks in the result: a fact in running text, or in a title, a link or an attribute. No content holds them."""

MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
RESULT_MARK = re.compile(f"([{RUNNING}{PLAIN}])([\\w.]+){END}")
TAG = r"<(?=[A-Za-z/!?])(?!(?:https?|ftp)://[^<>\s]*>)(?![^<>\s@]+@[^<>\s@]+>)"
DESTINATION = r"\]\([ \t]*\n?[ \t]*<?(?=[^\s])|^ {0,3}\[[^\[\]\n]+\]:[ \t]*\n?[ \t]*<?(?=[^\s<])"
WORDS = r"(?>(?<![^\n])(?=\ {1,3}\[)|[^\\{<\]\[\n]*+)"
"""What no token begins in, as long as can be; or nothing, where the indented label of a link may begin a line."""
TOKEN = re.compile(
    rf"{WORDS}(?:.{WORDS}){{0,200}}?"
    rf"(?:\Z|(?P<reference>{REFERENCE.pattern})|(?P<tag>(?<!\\){TAG})|(?P<destination>{DESTINATION}))"
    rf"|{WORDS}(?:.{WORDS}){{200}}",
    re.MULTILINE | re.DOTALL,
)
"""What stands before a token, and the token, if there is one: to try it at each letter takes ten times as long."""
AUTOLINK = re.compile(r"<((?:https?|ftp)://[^<>\s]*)>")
NO_LINK = re.compile(
    r"(?P<label>(?<!\[\d)(?<!\[\d\d)\]\s?\[(?P<name>[^\[\]]*)\])"
    r"|(?P<space>(?<!\[\ )\]\ +\((?:[#/.]|[a-z]+:|[\w/-]+/\))[^()\s]*\)?)"
    r"|(?P<turned>\)\[(?:[#/.]|[a-z]+:|[\w/-]+/\])[^\[\]\s]*\]?)"
)
"""What is left in a finished text of a link that is none: a label that no line explains (numbers in brackets apart),
a space between the brackets, or the brackets the wrong way round."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CODE = frozenset({"code", "pre"})
HOLDERS = frozenset({"ul", "ol", "dl", "li", "blockquote"})
BLOCKS = frozenset({"p", "li", "dd", "dt", "tr", "blockquote", *HEADINGS})


class Link(NamedTuple):
    """A link or a picture, in the order of the text: ``target`` with marks of facts; ``text`` is a picture's alt."""

    target: str
    at: Location
    picture: bool = False
    text: str = ""


class NoLink(NamedTuple):
    """What was meant as a link and is none: ``label``, ``space`` or ``turned`` (see ``NO_LINK``)."""

    kind: str
    at: Location
    name: str = ""


class Prose(NamedTuple):
    """A Markdown text as HTML with marks, and all in it that has a place.

    ``gone`` are the ids of headings that are left out; ``untold`` the silent
    facts that leave nothing at all of the text.
    """

    html: str
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Location, ...] = ()
    no_links: tuple[NoLink, ...] = ()
    ids: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


@kept
def read(path: str, text: str, silent: frozenset[str] = frozenset()) -> Prose:
    """Turn a Markdown text into HTML; ``SiteError`` where it is nested too deeply or takes too long.

    Blocks that refer to a fact in ``silent`` are left out, and so are headings
    below which that leaves nothing; a heading that refers to one goes with all
    that stands below it.
    """
    source = _Source(path, text)
    markdown, resolver, steps = _markdown()
    resolver.start(source, silent)
    steps.start(text)
    markdown.reset()
    try:
        return resolver.prose(source.restored(markdown.convert(source.marked())))
    except (RecursionError, TooMuchError) as error:
        _markdown.cache_clear()  # it was left in the middle of something
        raise SiteError(_too_hard(error, path, text)) from None


def _too_hard(error: Exception, path: str, text: str) -> Problem:
    at = Location(path, effort.densest(text))
    if isinstance(error, RecursionError):
        hint = "use fewer levels of lists and quotations, and put blank lines between paragraphs"
        return Problem(at, "nesting", "this text is nested too deeply", hint)
    message = "this text would take too long to read: too much is opened and never closed, or too much stands in one go"
    hint = "close each bracket, or put a backslash before it; put blank lines between paragraphs"
    return Problem(at, "nesting", message, hint)


def fill(text: str, print_fact: Callable[[str, bool], str]) -> str:
    """Return a result with every fact filled in; ``print_fact`` takes a name and whether it is in running text."""
    return RESULT_MARK.sub(lambda mark: print_fact(mark[2], mark[1] == RUNNING), text)


class _Source:
    """A text with numbered marks for all that may need its place."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text, self.read = path, text, 0
        self.tokens = [found for found in TOKEN.finditer(text) if found.lastgroup]
        self.autolinks = [(found[1], found.start(1)) for found in AUTOLINK.finditer(text)]

    def marked(self) -> str:
        parts: list[str] = []
        end = 0
        for number, token in enumerate(self.tokens):
            at = token.end() if token["destination"] is not None else max(token.span("whole")[0], token.span("tag")[0])
            parts += self.text[end:at], f"{OPEN}{number}{CLOSE}"
            end = token.end()
        return "".join((*parts, self.text[end:]))

    def written(self, number: int) -> str:
        """Return what a mark stands for, as code shows it."""
        token = self.tokens[number]
        if token["destination"] is not None:
            return ""
        return "<" if token["tag"] is not None else token["whole"]

    def restored(self, text: str) -> str:
        """Return an HTML text in which every mark is again what was written."""
        return MARK.sub(lambda mark: html.escape(self.written(int(mark[1])), quote=False), text)

    @functools.cached_property
    def lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def at(self, index: int) -> Location:
        line = bisect.bisect_right(self.lines, index)
        return Location(self.path, line, index - self.lines[line - 1] + 1)

    def place(self, number: int) -> Location:
        token = self.tokens[number]
        return self.at(token.end() if token["destination"] is not None else token.start(token.lastgroup or 0))

    def reference(self, number: int) -> Reference | None:
        token = self.tokens[number]
        return as_reference(token, self.at) if token["reference"] is not None else None

    def no_link(self, found: re.Match[str], labels: Container[str]) -> NoLink:
        """Return what was meant as a link with its place, each only once; there may be marks of Markdown in it."""
        kind, is_plain = found.lastgroup or "", not re.search(f"[\x02{OPEN}]", found[0])
        for there in NO_LINK.finditer(self.text, self.read):
            is_it = there.lastgroup == kind and (there[0] == found[0] or not is_plain)
            if is_it and not (kind == "label" and self._label(there) in labels):
                self.read = there.start() + 1
                name = " ".join((there["name"] or "").split()) or "..."
                return NoLink(kind, self.at(there.start() + 1), name)
        return NoLink(kind, self.at(len(self.text) - len(self.text.lstrip())), "...")

    def _label(self, found: re.Match[str]) -> str:
        """Return the label that a link names, as Markdown compares it: the one in brackets, else its words."""
        words = re.search(r"\[([^\[\]`]*)$", self.text[max(0, found.start() - 200) : found.start()])
        return " ".join((found["name"] or (words[1] if words else "")).lower().split())

    def autolink(self, target: str) -> Location:
        """Return the place of a link that was written ``<https://...>``, each only once."""
        for index, (found, start) in enumerate(self.autolinks):
            if found == target:
                del self.autolinks[index]
                return self.at(start)
        return Location(self.path)


class _Resolver(Treeprocessor):
    """Reads the marks off Markdown's finished tree, where it is known what is code, title, link or running text."""

    def start(self, source: _Source, silent: AbstractSet[str]) -> None:
        self.source, self.silent = source, silent
        self.references: list[Reference] = []
        self.links: list[Link] = []
        self.tags: list[Location] = []
        self.no_links: list[NoLink] = []
        self.ids: list[str] = []
        self.gone: list[str] = []

    def prose(self, result: str) -> Prose:
        places = tuple(self.tags), tuple(self.no_links)
        found = tuple(self.references), tuple(self.links), *places, tuple(self.ids), tuple(self.gone)
        silent = dict.fromkeys(filter(None, (self._silent(each.name or "") for each in self.references)))
        return Prose(result, *found, () if result.strip() else tuple(silent))

    def run(self, root: Element) -> None:
        if self.silent:
            blocks = list(root)
            self._leave_out(root)
            self._leave_out_emptied(root, blocks, blocks)
        self._element(root, running=True)

    def _element(self, element: Element, *, running: bool) -> None:
        if element.tag in CODE:
            return
        if element.attrib:
            self._attributes(element)
        inside = running and element.tag != "a" and element.tag not in HEADINGS
        if element.text and element.text != "\n":
            element.text = self._said(element.text, running=inside)
        for child in element:
            self._element(child, running=inside)
            if child.tail and child.tail != "\n":
                child.tail = self._said(child.tail, running=inside)

    def _said(self, text: str, *, running: bool) -> str:
        """Return a text that visitors read with the marks of facts; what was meant as a link in it is none."""
        if "]" in text or ")[" in text:
            self.no_links += (self.source.no_link(found, self.md.references) for found in NO_LINK.finditer(text))
        return self._text(text, running=running)

    def _text(self, text: str, *, running: bool) -> str:
        if OPEN not in text:
            return text
        return MARK.sub(lambda mark: self._mark(int(mark[1]), RUNNING if running else PLAIN), text)

    def _mark(self, number: int, sign: str) -> str:
        reference = self.source.reference(number)
        if reference is None:
            if self.source.tokens[number]["tag"] is not None:
                self.tags.append(self.source.place(number))
            return self.source.written(number)
        self.references.append(reference)
        return reference.written if reference.name is None else f"{sign}{reference.name}{END}"

    def _attributes(self, element: Element) -> None:
        target = element.get("href") if element.tag == "a" else element.get("src") if element.tag == "img" else None
        place = self._place(target) if target is not None else None
        for name, value in element.items():
            element.set(name, self._text(value, running=False))
        if place:
            written = _as_read(element.get("href") or element.get("src") or "")
            self.links.append(Link(written, place, element.tag == "img", element.get("alt") or ""))
        if alignment := element.attrib.pop("align", ""):
            element.set("class", alignment)
        if element.tag in HEADINGS and "id" in element.attrib:
            self.ids.append(element.attrib["id"])

    def _place(self, target: str) -> Location:
        found = MARK.match(target)
        return self.source.place(int(found[1])) if found else self.source.autolink(_as_read(target))

    # -- facts that nobody has told yet

    def _leave_out(self, parent: Element) -> None:
        blocks = list(parent)
        for heading, below in _below_headings(blocks):
            if self._is_silent(heading):
                self._drop(parent, [heading, *below])
        groups = _definitions(parent) if parent.tag == "dl" else []
        for child in list(parent):
            if child.tag in BLOCKS and self._is_silent(child):
                self._drop(parent, [child])
                continue
            self._leave_out(child)
            if _is_emptied(child):
                self._drop(parent, [child])
        for group in groups:
            left = [child for child in group if child in list(parent)]
            if len(left) < len(group) and {child.tag for child in left} != {"dt", "dd"}:
                self._drop(parent, left)
        for heading, below in reversed(_below_headings(blocks)):
            self._leave_out_emptied(parent, [heading, *below], below)

    def _leave_out_emptied(self, parent: Element, part: list[Element], below: list[Element]) -> None:
        """Leave out a part of a text if something stood in it and nothing is left; a rule says nothing by itself."""
        said = [block for block in below if block.tag != "hr"]
        if said and set(parent).isdisjoint(said):
            self._drop(parent, part)

    def _drop(self, parent: Element, blocks: list[Element]) -> None:
        """Take blocks out; their references and mistakes are read, and none of their links."""
        for block in blocks:
            if block in list(parent):
                links, ids = len(self.links), len(self.ids)
                self._element(block, running=True)
                self.gone += self.ids[ids:]
                del self.links[links:], self.ids[ids:]
                parent.remove(block)

    def _is_silent(self, element: Element) -> bool:
        """Tell whether a block's own text refers to a silent fact; blocks inside it answer for themselves."""
        return any(
            (reference := self.source.reference(int(mark[1]))) is not None and self._silent(reference.name or "")
            for text in _own_texts(element)
            for mark in MARK.finditer(text)
        )

    def _silent(self, name: str) -> str:
        """Return the silent fact that a name leads to, if any."""
        return next((fact for fact in self.silent if name == fact or name.startswith(f"{fact}.")), "")


def _below_headings(blocks: list[Element]) -> list[tuple[Element, list[Element]]]:
    """Return each heading with what stands below it, up to the next one of the same or a higher level."""
    found: list[tuple[Element, list[Element]]] = []
    for start, heading in enumerate(blocks, 1):
        if heading.tag in HEADINGS:
            ends = (n for n in range(start, len(blocks)) if blocks[n].tag in HEADINGS and blocks[n].tag <= heading.tag)
            found.append((heading, blocks[start : next(ends, len(blocks))]))
    return found


def _is_emptied(element: Element) -> bool:
    """Tell whether what holds other blocks has lost all of them; the head of a table is not enough to show."""
    if element.tag == "table":
        return element.find("tbody/tr") is None
    return element.tag in HOLDERS and not len(element) and not (element.text or "").strip()


def _definitions(definitions: Element) -> list[list[Element]]:
    """Return the terms of a list of definitions, each group of terms with what is said of it."""
    groups: list[list[Element]] = []
    for child in definitions:
        if not groups or (child.tag == "dt" and groups[-1][-1].tag == "dd"):
            groups.append([])
        groups[-1].append(child)
    return groups


def _as_read(attribute: str) -> str:
    """Return an attribute as a browser reads it; Markdown's own marks for escapes are still in it."""
    plain = re.sub("\x02(\\d+)\x03", lambda code: chr(int(code[1])), attribute.replace("\x02amp\x03", "&"))
    return html.unescape(plain)


def _own_texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    yield from element.attrib.values()
    for child in element:
        if child.tag not in BLOCKS and child.tag not in {"ul", "ol", "dl", "table", "pre", "code"}:
            yield from _own_texts(child)
        yield child.tail or ""


class _Lists(Preprocessor):
    """Indents lists as Python-Markdown wants them, before it looks for fenced code."""

    def run(self, lines: list[str]) -> list[str]:
        return reindent(lines)


class _Ids(TocTreeprocessor):
    """Gives each heading an id; makes no list of them, for templates show none."""

    def build_toc_div(self, toc_list: list[Any]) -> Element:  # noqa: ARG002 - the signature is Python-Markdown's
        return Element("div")


class _Headings(TocExtension):
    TreeProcessorClass = _Ids


class _Marks(Extension):
    """Reads the marks, and takes raw HTML out of Markdown: what looks like a tag is text, and a mistake."""

    def __init__(self) -> None:
        super().__init__()
        self.resolver = _Resolver()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Lists(md), "lists", 27)
        md.inlinePatterns.deregister("html")
        md.ESCAPED_CHARS.append("<")
        self.resolver.md = md
        md.treeprocessors.register(self.resolver, "marks", 3)


@functools.cache
def _markdown() -> tuple[Markdown, _Resolver, Effort]:
    """Return the one converter; objects, not names, for by name every installed package is searched."""
    marks, steps = _Marks(), Effort()
    extensions: list[Extension] = [
        TableExtension(use_align_attribute=True),
        DefListExtension(),
        SaneListExtension(),
        FencedCodeExtension(),
        _Headings(marker="", slugify=_heading_id),
        SmartyExtension(),
        marks,
        Signs(),
        steps,
    ]
    return Markdown(extensions=extensions, output_format="html"), marks.resolver, steps


def _heading_id(title: str, separator: str) -> str:
    """Return a heading's id, made of its words without its facts, so that a new figure breaks no link."""
    return slugify_unicode(MARK.sub("", title), separator) or "part"
