"""Text as a reader reads it, each character with its place in the file.

Markdown, YAML, HTML and scripts are taken apart into passages: runs of words
that are read in one go, such as a paragraph, a title or an alt text. Marks,
tags and line breaks are gone from them, entities are letters, dashes and
spaces of every kind are one kind, and a reference to a fact is one character.
What stands in code is not in any passage.
"""

import bisect
import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import ClassVar

from generator import trace
from generator.indent import DELIMITER, FENCE, MARKER, RULE
from generator.kept import kept
from generator.problems import Location, index_of, locate
from generator.references import REFERENCE
from generator.vocabulary import SPELLED, words
from generator.yamlfile import Text

FACT = "\ufffc"
"""What stands in a passage for a reference to a fact."""
GAP = "\ufffd"
"""What stands in a passage for something that is not read as words: code, a picture."""
ENTITY = r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
"""An entity of HTML, without the semicolon that ends it."""
Span = tuple[int, int]
"""Where a part of a source begins and ends."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are read in one go.

    ``runs`` are the parts of ``text`` that stand in one piece in ``source``:
    the index in both where each begins. ``references`` gives the fact that
    each ``FACT`` in ``text`` names. ``kind`` is ``words``, ``heading``,
    ``expression`` for a text in a template's code, or ``target`` for the
    address of a link.
    """

    path: str
    source: str
    text: str
    runs: Sequence[tuple[int, int]]
    references: Mapping[int, str]
    kind: str = "words"

    def index(self, start: int) -> int:
        """Return the index in the source of a character of the text."""
        begin, place = self.runs[bisect.bisect_right(self.runs, start, key=itemgetter(0)) - 1]
        return place + start - begin

    def at(self, start: int) -> Location:
        """Return the place in the file of a character of the text."""
        return locate(self.path, self.source, self.index(start))


# ---------------------------------------------------------------- characters

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\u034f\u180e"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u02d7\ufe58\ufe63\uff0d\u30fc\u2500"
QUOTES = {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u00b4": "'"}
PLAIN: Mapping[int, str | None] = MappingProxyType(
    {ord(ch): "" for ch in INVISIBLE}
    | {ord(ch): "-" for ch in DASHES}
    | {ord(ch): plain for ch, plain in QUOTES.items()}
    | {ord("\u2044"): "/", ord("\u2215"): "/"}
)
"""What a reader takes each character for: nothing, or another one."""


def _plain(character: str) -> str:
    """Return what a reader takes one character for."""
    if character < "\x7f":
        return " " if character.isspace() else character
    if ord(character) in PLAIN:
        return PLAIN[ord(character)] or ""
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    simple = unicodedata.normalize("NFKC", character)
    return simple if len(simple) == 1 else character


def plain(text: str) -> str:
    """Return a text as a passage has it."""
    if text.isascii():
        return re.sub(r"-+", "-", re.sub(r"\s+", " ", text)).strip()
    writer = _Writer()
    writer.add(text, 0)
    return "".join(writer.pieces).strip()


RUNS = re.compile(r"(?P<plain>(?:[!-,.-~]++[ -]?+)++)|.", re.DOTALL)
"""Words that are what they are, at most one space or dash behind each, as many as there are; or another character."""


class _Writer:
    """Gathers the characters of one passage."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, int]] = []
        self.references: dict[int, str] = {}

    def add(self, text: str, place: int) -> None:
        """Add a text that begins at a place of the source."""
        for run in RUNS.finditer(text):
            if run.lastgroup:
                self._append(run[0], place + run.start())
            else:
                self._add_one(_plain(run[0]), place + run.start())

    def add_at(self, text: str, place: int) -> None:
        """Add a text all of which stands at a place of the source, such as an entity."""
        for character in text:
            self._add_one(_plain(character), place)

    def fact(self, name: str, place: int) -> None:
        """Add a reference to a fact."""
        self.references[self.length] = name
        self._append(FACT, place)

    def _add_one(self, character: str, place: int) -> None:
        """Add what a reader takes a character for; of several spaces or dashes one."""
        last = self.pieces[-1][-1] if self.pieces else " "
        if character and not (character == last and character in " -"):
            self._append(character, place)

    def _append(self, piece: str, place: int) -> None:
        self.pieces.append(piece)
        self.runs.append((self.length, place))
        self.length += len(piece)

    def passage(self, path: str, source: str, kind: str = "words") -> Passage:
        return Passage(path, source, "".join(self.pieces), self.runs, MappingProxyType(self.references), kind)


# ---------------------------------------------------------------- attributes

ATTRIBUTE = re.compile(
    r"(?<![^\s\"'}])(?P<name>[^\s\"'<>/={}%]++)\s*=\s*(?:\"(?P<double>(?:\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|[^\"])*)\"|'(?P<single>(?:\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|[^'])*)'|(?P<bare>[^\s\"'<>=`]+))",
    re.DOTALL,
)
WORDED = words(
    """alt title aria-label aria-description aria-roledescription aria-valuetext placeholder content label summary
    value"""
)
"""Attributes that a reader sees or hears."""


def is_worded(attribute: str) -> bool:
    """Tell whether a reader sees or hears an attribute; a script can show what begins with data-."""
    return attribute in WORDED or attribute.startswith("data-")


def _attributes(text: str, span: Span) -> Iterator[tuple[str, Span]]:
    """Each attribute in a part of a text that has words or leads somewhere: its kind, and where its value is."""
    for found in ATTRIBUTE.finditer(text, *span):
        name = found["name"].lower()
        if is_worded(name):
            yield "words", found.span(found.lastgroup or "bare")
        elif name in {"href", "xlink:href", "action"}:
            yield "target", found.span(found.lastgroup or "bare")


# ---------------------------------------------------------------- Markdown

QUOTED = r"\"[^\"]{0,2000}\"|'[^']{0,2000}'"
MARKDOWN = re.compile(
    r"(?P<code>(?<![`\\])(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<reference>{REFERENCE.pattern})"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<picture>!\[(?P<alt>[^\]]{0,500})\](?:\((?P<src>[^()]{0,2000}(?:\([^()]{0,2000}\)[^()]{0,2000}){0,4})\)|\[[^\]]{0,200}\]))"
    r"|(?P<link>\]\(\s{0,9}(?P<target><[^>\n]{0,1000}>|(?:\{\{[^{}]*\}\}|\([^()\s]*\)|[^\s()\"'])*)"
    rf"(?:\s+(?P<title>{QUOTED}))?\s*\)|\]\[[^\]\n]*\])"
    rf"|(?P<entity>{ENTITY};)"
    r"|(?P<mark>(?<!\d)\*+|\*+(?!\d)|(?<![^\W_])_+|_+(?![^\W_])|[\[\]]|\\(?=\n))"
    r"|<(?P<auto>(?:https?://|ftp://|tel:|sms:)[^<>\s]{1,1000})>"
    r"|(?P<tag><[A-Za-z/!?][^>]{0,1000}>)"
    r"|(?P<plain>[^\\`{!\[\]<&*_]+|.)",
    re.DOTALL,
)
"""The pieces of a Markdown paragraph; each piece of plain text ends before whatever may be a mark."""
QUOTE_MARK = re.compile(r"(?:[ \t]*>)+[ \t]?|[ \t]*")
CODE_INDENT = 4


@kept
def of_markdown(path: str, text: str) -> tuple[Passage, ...]:
    """Return the passages of a Markdown text."""
    return tuple(_Markdown(path, text).passages())


class _Blocks:
    """Finds the blocks of a Markdown text.

    ``text`` is the source with spaces in place of all that is not words: the
    marks before lines, code, rules; so that places stay what they are.
    """

    def __init__(self, source: str) -> None:
        self.fence, self.before, self.in_list, self.quoted = "", "blank", False, False
        self.source = source
        self.fences: dict[str, int] = {}
        written = source.split("\n")
        lines = [self.line(line, following) for line, following in zip(written, [*written[1:], ""], strict=True)]
        self.text = "\n".join(words for _, words in lines)
        self.kinds = [kind for kind, _ in lines]

    def __iter__(self) -> Iterator[tuple[str, Span]]:
        """Each block: its kind, and where it begins and ends."""
        begun = here = 0
        for kind, line in zip(self.kinds, self.text.split("\n"), strict=True):
            if kind not in {"text", "definition"} and begun < here:
                yield "heading" if kind == "underline" else "words", (begun, here - 1)
                begun = here
            here += len(line) + 1
            if kind == "heading":
                yield kind, (begun, here - 1)
            if kind in {"heading", "blank", "code", "rule", "underline"}:
                begun = here
        yield "words", (begun, here - 1)

    def line(self, line: str, following: str) -> tuple[str, str]:
        """Return the kind of a line, and the line with spaces in place of its marks."""
        kind, begin = self.kind(line)
        is_quoted = line.lstrip().startswith(">")
        is_head = "|" in line and "|" in following and DELIMITER.fullmatch(following.strip())
        if kind == "text" and self.before == "text" and (is_head or (is_quoted and not self.quoted)):
            kind = "item"  # it begins a block, as an item does
        self.quoted = is_quoted
        self.in_list = kind in {"item", "definition"} or (
            self.in_list and (line[:1] in {" ", "\t", ""} or self.before != "blank")
        )
        self.before = kind
        if kind in {"code", "rule", "underline", "blank"}:
            return kind, " " * len(line)
        return kind, (": " if kind == "definition" else "").rjust(begin) + line[begin:]

    def kind(self, line: str) -> tuple[str, int]:
        """Return the kind of a line, and where its words begin."""
        if not self.fence and (not line or line[0].isalpha()):
            return "text" if line else "blank", 0
        quoted = QUOTE_MARK.match(line)
        begin = quoted.end() if quoted else 0
        rest = line[begin:].rstrip()
        if self.is_fenced(rest) or self.is_code(line):
            return "code", begin
        if not rest:
            return "blank", begin
        if re.fullmatch(r"=+|-+", rest) and self.before == "text":
            return "underline", begin
        if RULE.match(rest):
            return "rule", begin
        return self.marked(rest, begin)

    def marked(self, rest: str, begin: int) -> tuple[str, int]:
        """Return the kind of a line that a mark at its start may tell, and where its words begin."""
        if heading := re.match(r"#{1,6}(?=[\s\w])", rest):
            return "heading", begin + heading.end()
        mark = MARKER.match(rest)
        if mark and (
            not mark["mark"][0].isdigit() or mark["mark"][:-1] == "1" or self.before != "text" or self.in_list
        ):
            return ("definition" if mark["mark"] == ":" else "item"), begin + mark.end()
        return "text", begin

    def is_code(self, line: str) -> bool:
        indent = len(line.expandtabs(CODE_INDENT)) - len(line.expandtabs(CODE_INDENT).lstrip())
        return indent >= CODE_INDENT and self.before in {"blank", "code"} and not self.in_list and bool(line.strip())

    def closings(self, fence: str) -> int:
        """Return how many lines of the source could close a fence."""
        if fence not in self.fences:
            closing = re.compile(rf"^[ \t>]*{fence}{fence[0]}*[ \t]*$", re.MULTILINE)
            self.fences[fence] = len(closing.findall(self.source))
        return self.fences[fence]

    def is_fenced(self, rest: str) -> bool:
        """Tell whether a line opens, closes or is in fenced code; a fence that is never closed is text."""
        mark = FENCE.match(rest)
        if not self.fence and mark:
            self.fence = mark[1] if self.closings(mark[1]) > 1 or rest != mark[1] else ""
            return bool(self.fence)
        if self.fence and rest.startswith(self.fence) and not rest.strip(self.fence[0]):
            self.fence = ""
            return True
        return bool(self.fence)


class _Reader:
    """Gathers the passages of a text; each way of writing says what its pieces mean (``piece``)."""

    pieces: ClassVar[re.Pattern[str]]

    def __init__(self, path: str, source: str) -> None:
        self.path, self.source, self.text = path, source, source
        self.found: list[Passage] = []

    def keep(self, writer: _Writer, kind: str = "words") -> None:
        """Keep what was gathered as a passage, if it is more than space."""
        passage = writer.passage(self.path, self.source, kind)
        if passage.text.strip():
            self.found.append(passage)

    def inline(self, span: Span, writer: _Writer) -> None:
        """Read a part of the text."""
        for piece in self.pieces.finditer(self.text, *span) if span[0] < span[1] else ():
            self.piece(piece, writer)

    def piece(self, piece: re.Match[str], writer: _Writer) -> None:
        """Read one piece."""
        raise NotImplementedError

    def aside(self, span: Span, kind: str = "words") -> None:
        """Read a part of the text as a passage of its own; a part that is not there has none."""
        writer = _Writer()
        self.inline(span, writer)
        self.keep(writer, kind)


class _Markdown(_Reader):
    """Reads the blocks of a Markdown text."""

    pieces = MARKDOWN

    def passages(self) -> list[Passage]:
        """Return the passages in the order of the text."""
        blocks = _Blocks(self.source)
        self.text = blocks.text
        for kind, (start, end) in blocks:
            lines = list(_lines(self.text, start, end))
            delimiter = self.text[slice(*lines[1])].strip() if len(lines) > 1 else ""
            if "|" in delimiter and DELIMITER.fullmatch(delimiter):
                self.table(lines)
            else:
                self.aside((start, end), kind)
        return self.found

    def piece(self, piece: re.Match[str], writer: _Writer) -> None:
        """Read one piece of a paragraph."""
        start, kind = piece.start(), piece.lastgroup
        if kind == "plain":
            writer.add(piece[0], start)
        elif kind == "escaped":
            writer.add(piece["escaped"], start + 1)
        elif kind == "reference":
            writer.fact(piece["name"] or "", start)
        elif kind == "entity":
            writer.add_at(html.unescape(piece["entity"]), start)
        elif kind in {"code", "picture"}:
            writer.add(GAP, start)
            self.picture(piece)
        elif kind == "link":
            start, end = piece.span("target")
            is_angled = self.text[start : start + 1] == "<"
            self.aside((start + is_angled, end - is_angled), "target")
            self.aside(piece.span("title"))
        elif kind == "auto":
            self.aside(piece.span("auto"), "target")
        elif kind == "tag":
            for kind_of_value, span in _attributes(self.text, piece.span("tag")):
                self.aside(span, kind_of_value)

    def picture(self, piece: re.Match[str]) -> None:
        """Read the alt text and the title of a picture."""
        if piece["alt"]:
            self.aside(piece.span("alt"))
        if title := re.compile(QUOTED).search(self.text, *piece.span("src")) if piece["src"] else None:
            self.aside(title.span())

    def table(self, lines: list[Span]) -> None:
        """Read each row as one passage; a cell that is a bare number is read with the head of its column too."""
        head = list(_cells(self.text, lines[0]))
        self.row(head, "|")
        for line in lines[2:]:
            cells = list(_cells(self.text, line))
            self.row(cells, "|")
            for above, cell in zip(head[1:], cells[1:], strict=False):
                words = re.findall(r"[^\W\d_]{3,}|\d|\+", self.text[slice(*cell)])
                if words and (words[-1][-1] in "0123456789+" or words[-1].lower() in SPELLED):
                    self.row([cells[0], above, cell], ":")

    def row(self, cells: list[Span], sign: str) -> None:
        """Read cells as one passage, with a sign before the last."""
        writer = _Writer()
        for number, cell in enumerate(cells, 1):
            writer.add_at(f" {sign if number == len(cells) else '|'} ", cell[0])
            self.inline(cell, writer)
        self.keep(writer)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Where each line of a part of a text begins and ends."""
    for line in text[start:end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cells(text: str, line: Span) -> Iterator[Span]:
    """Where each cell of a row begins and ends."""
    for cell in re.compile(r"(?:\\\||[^|])+").finditer(text, *line):
        if cell[0].strip() or line[0] < cell.start() < cell.end() < line[1]:
            yield cell.span()


# ---------------------------------------------------------------- YAML

YAML_ESCAPES = r"|(?P<code>\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}))|\\(?P<escaped>[^\n]|\n\s*)"
YAML = re.compile(
    rf"(?P<reference>{REFERENCE.pattern}){YAML_ESCAPES}"
    rf"|(?P<entity>{ENTITY};)"
    r"|(?P<plain>[^\\{&]+|.)",
    re.DOTALL,
)


YAML_LETTERS = {"n": " ", "r": " ", "t": " ", "N": " ", "_": " ", " ": " "}


class _Yaml(_Reader):
    """Reads a value of YAML in double quotes from its source."""

    pieces = YAML

    def piece(self, piece: re.Match[str], writer: _Writer) -> None:
        """Read one piece of a value."""
        start, escapes = piece.start(), piece.groupdict()
        if piece["plain"] is not None:
            writer.add(piece["plain"], start)
        elif escapes.get("escaped") is not None:
            writer.add_at(YAML_LETTERS.get(piece["escaped"], piece["escaped"].strip()), start + 1)
        elif piece["reference"] is not None:
            writer.fact(piece["name"] or "", start)
        elif escapes.get("code") is not None:
            writer.add_at(chr(int(f"0x{piece['code'][2:]}", 0)), start)
        else:
            writer.add_at(html.unescape(piece["entity"]), start)


class _PlainYaml(_Yaml):
    """Reads any other value of YAML, in which a backslash is a backslash."""

    pieces = re.compile(YAML.pattern.replace(YAML_ESCAPES, r"|\\(?P<escaped>\{)"), re.DOTALL)


def of_value(source: str, value: Text) -> tuple[Passage, ...]:
    """Return what a value of YAML says, with places in the whole source of its file."""
    start = index_of(source, value.at)
    end = start + len(value.raw)
    if value.raw[:1] in {"|", ">"}:
        start = source.find("\n", start, end) + 1
    reader = (_Yaml if value.raw[:1] == '"' else _PlainYaml)(value.at.path, source)
    reader.aside((start, end))
    return tuple(reader.found)


# ---------------------------------------------------------------- HTML, SVG and templates

EXPRESSION = r"\{\{-?(?P<expression>(?:[^}\"']|\"[^\"]{0,500}\"|'[^']{0,500}'|\}(?!\})){0,2000}?)-?\}\}"
TAG = (
    r"</?(?P<tag>[A-Za-z][\w:-]*)"
    r"(?P<attributes>(?:\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\"[^\"]*+\"|'[^']*+'|[^>\"'{]++|\{(?![{%])){0,300}+)>"
)
MARKUP = re.compile(
    r"(?P<comment>\{\#.{0,20000}?\#\}|<!--.{0,20000}?-->|<!doctype[^>]*>)"
    rf"|{EXPRESSION}"
    r"|\{%-?(?P<statement>.{0,2000}?)-?%\}"
    r"|<(?P<raw>script|style)\b(?P<rawtag>[^>]*)>(?P<content>.{0,100000}?)</(?P=raw)\s*>"
    r"|<(?P<code>code|pre|kbd|samp)\b[^>]*>.{0,20000}?</(?P=code)\s*>"
    rf"|{TAG}"
    rf"|(?P<entity>{ENTITY};?)"
    r"|(?P<plain>[^{<&]+|.)",
    re.DOTALL | re.IGNORECASE,
)
INLINE = words(
    """a abbr b bdi bdo big cite data del dfn em font i ins label mark q s small span strong sub sup time tspan u var
    wbr"""
)
"""Elements that stand within a sentence; all others end it."""
STRINGS = re.compile(
    r"(?P<skip>/\*.*?\*/|(?<![:\w\\])//[^\n]*|\burl\([^)]*\))"
    r"|\"(?P<double>(?:\\.|[^\"\\\n])*)\"|'(?P<single>(?:\\.|[^'\\\n])*)'|`(?P<ticks>(?:\\.|[^`\\])*)`",
    re.DOTALL,
)
"""The texts in a script or style sheet."""
EXPRESSION_STRINGS = re.compile(r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'")


@kept
def of_markup(path: str, text: str) -> tuple[Passage, ...]:
    """Return the passages of HTML, SVG or a template."""
    reader = _Markup(path, text)
    reader.read()
    return tuple(reader.found)


class _Markup(_Reader):
    """Reads HTML, SVG and templates."""

    pieces = MARKUP

    def read(self) -> None:
        """Read the whole text."""
        self.now = _Writer()
        self.inline((0, len(self.source)), self.now)
        self.end()

    def end(self) -> None:
        """End the passage at hand."""
        self.keep(self.now)
        self.now = _Writer()

    def piece(self, piece: re.Match[str], writer: _Writer) -> None:  # noqa: ARG002 - a tag may begin another passage
        """Read one piece of markup."""
        start = piece.start()
        if piece["plain"] is not None:
            self.now.add(piece["plain"], start)
        elif piece["entity"] is not None:
            self.now.add_at(html.unescape(piece["entity"]), start)
        elif piece["expression"] is not None:
            self.now.fact(_leading_name(piece["expression"]), start)
            self.strings(EXPRESSION_STRINGS, piece.span("expression"), "expression")
        elif piece["statement"] is not None:
            self.strings(EXPRESSION_STRINGS, piece.span("statement"), "expression")
        elif piece["raw"] is not None:
            self.end()
            self.strings(STRINGS, piece.span("content"))
        elif piece["code"] is not None:
            self.now.add(GAP, start)
        elif piece["tag"] is not None:
            self.tag(piece)

    def tag(self, piece: re.Match[str]) -> None:
        """Read the attributes of a tag; a tag that is not within a sentence ends the passage."""
        if piece["tag"].lower() not in INLINE:
            self.end()
        for kind, span in _attributes(self.source, piece.span("attributes")):
            self.attribute(span, kind)

    def attribute(self, span: Span, kind: str) -> None:
        """Read the value of an attribute as a passage of its own, in the middle of the one at hand."""
        around, self.now = self.now, _Writer()
        self.inline(span, self.now)
        self.keep(self.now, kind)
        self.now = around

    def strings(self, pattern: re.Pattern[str], span: Span, kind: str = "words") -> None:
        """Read each text in a piece of code as a passage of its own."""
        for found in pattern.finditer(self.source, *span):
            if found.lastgroup != "skip":
                reader = _Yaml(self.path, self.source)
                reader.aside(found.span(found.lastgroup or 0), kind)
                self.found.extend(reader.found)


def _leading_name(expression: str) -> str:
    """Return the dotted name that an expression begins with."""
    name = re.match(r"\s*([A-Za-z_][\w.]*)", expression)
    return name[1] if name else ""


# ---------------------------------------------------------------- other files


@kept
def of_code(path: str, text: str) -> tuple[Passage, ...]:
    """Return the texts in a script, a style sheet or JSON."""
    reader = _Markup(path, text)
    reader.strings(STRINGS, (0, len(text)))
    return tuple(reader.found)


class _Words(_Reader):
    """Reads a text in which every character is itself."""

    pieces = re.compile(r"(?P<plain>.+)", re.DOTALL)

    def piece(self, piece: re.Match[str], writer: _Writer) -> None:
        """Read all of it."""
        writer.add(piece[0], piece.start())


@kept
def of_words(path: str, text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of a plain text."""
    reader = _Words(path, text)
    start = 0
    for end in [*(gap.start() for gap in re.finditer(r"\n[ \t]*\n", text)), len(text)]:
        reader.aside((start, end))
        start = end
    return tuple(reader.found)


def of_printed(text: str, names: Sequence[str], *, filled: bool = False) -> Passage:
    """Return a text of a finished page, in which each fact that has marks around it is one character, or filled in."""
    writer, end = _Writer(), 0
    for found in trace.MARKED.finditer(text):
        writer.add(trace.plain(text[end : found.start()]), end)
        if filled:
            writer.references[writer.length] = names[ord(found[1]) - trace.FIRST]
            writer.add(found[2], found.start())
        else:
            writer.fact(names[ord(found[1]) - trace.FIRST], found.start())
        end = found.end()
    writer.add(trace.plain(text[end:]), end)
    return writer.passage("", text)


def of_asset(path: str, text: str) -> tuple[Passage, ...]:
    """Return the passages of an asset; a file whose name does not tell of words has none."""
    reader = READERS.get(PurePosixPath(path).suffix.lower())
    return reader(path, text) if reader else ()


READERS: Mapping[str, Callable[[str, str], tuple[Passage, ...]]] = MappingProxyType(
    dict.fromkeys((".html", ".htm", ".svg", ".xml"), of_markup)
    | dict.fromkeys((".js", ".mjs", ".css", ".json", ".webmanifest"), of_code)
    | dict.fromkeys((".txt", ".md", ".vtt", ".srt", ".csv", ".vcf", ".ics"), of_words)
)
"""What reads an asset, by the ending of its name; other files carry no words."""
