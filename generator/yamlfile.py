"""YAML read as text with places, and turned into dataclasses, strictly.

Every scalar stays the text that was written; the dataclass that it is turned
into says what it means. (PyYAML alone reads ``24:00`` as 1440, ``no`` as false
and ``0123`` as 83, and lets the second of two equal keys win in silence.)
Aliases, anchors, merges and tags are refused, and depth and size are bounded
while the events are read, so that no file can make the build run away.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self, TypeVar

import yaml

from generator.kept import kept
from generator.problems import Location, Problem, SiteError, did_you_mean, index_of, locate, nearest

MAX_DEPTH = 20
MAX_NODES = 10_000
MAX_BYTES = 256 * 1024

IN_C: Any = getattr(yaml, "CBaseLoader", None)
"""PyYAML's parser in C, where it was built with one."""

T = TypeVar("T")


class Text(NamedTuple):
    """A scalar as written. ``raw`` is its source from ``at`` on, quotes and line breaks included."""

    value: str
    at: Location
    raw: str = ""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and their values, in the order of the file."""

    entries: tuple[tuple[Text, "Node"], ...]
    at: Location

    def get(self, key: str) -> "Node | None":
        """Return the value of a key."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Text | Items | Table


class Scalar(typing.Protocol):
    """A type that is read from a scalar; it raises ``ValueError`` with a sentence and a hint."""

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the value that a text stands for."""


def no_table(node: "Text | Items", key: str) -> Problem:
    """Return the problem of something else where a group of keys belongs; a lost space is the likely cause."""
    if isinstance(node, Text) and (slip := re.match(r"[A-Za-z_]\w*:(?=\S)", node.raw)):
        at = Location(node.at.path, node.at.line, node.at.column + slip.end() - 1)
        return wrong(at, "there is no space after this colon", "put a space after the colon")
    message = f"'{key}' must be a group of keys, not {kind_of(node)}"
    return wrong(node.at, message, "write each key below it, indented: 'key: value'", "wrong-type")


def kind_of(node: Node) -> str:
    """Return what a node is, in an editor's words."""
    return {Text: "text", Items: "a list", Table: "a group of keys"}[type(node)]


def wrong(at: Location, message: str, hint: str = "", rule: str = "yaml") -> Problem:
    """Return a mistake in a YAML text."""
    return Problem(at, rule, message, hint)


# ---------------------------------------------------------------- reading


@kept
def read(path: str, text: str) -> Node | None:
    """Return the one document of a YAML text, nothing if it is empty; ``SiteError`` at the first mistake."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise SiteError(wrong(Location(path), f"this is longer than {MAX_BYTES // 1024} KB", "make it shorter"))
    try:
        found = _document(path, text)
    except yaml.YAMLError as error:
        raise SiteError(_in_plain_words(error, path, text)) from None
    if isinstance(found, Text) and found.value:
        raise SiteError(_slip(path, text, len(text)) or wrong(found.at, "this line has no 'key: value'", KEY_VALUE))
    return found


def _document(path: str, text: str) -> Node | None:
    """Return the document of a text: the same, and refused in the same words, whichever of PyYAML's parsers reads it.

    The one in C takes a fifth of the time. What it refuses is read again by the one in Python, whose errors tell
    more; but for what both tell alike and may come late in a long text: too many values, an open quote, an open tag.
    """
    if IN_C and not UNLIKE.search(text) and not (BRACKET.search(text) and UNLIKE_IN_BRACKETS.search(text)):
        reader = _Reader(path, text, IN_C)
        try:
            return reader.document()
        except (yaml.YAMLError, SiteError) as error:
            if ALIKE.search(str(error)) or reader.nodes > MAX_NODES:
                raise
    return _Reader(path, text, _Loader).document()


UNLIKE = re.compile(
    r"[\t\x85\u2028\u2029\ufeff\ud800-\udfff]|(?<!\S)\?|![^\s!]*!|[>|][-+\d]*#|^(?:---|\.\.\.|%)", re.MULTILINE
)
"""What the two parsers read unlike each other, or place elsewhere."""
UNLIKE_IN_BRACKETS = re.compile(r"[?!]|:\s+[],}#]")
"""The same for a text with brackets or braces, in whatever part of it."""
BRACKET = re.compile(r"[\[{]")
ALIKE = re.compile(r"scanning a quoted scalar.*found unexpected end of stream|scanning a tag.*expected '>'", re.DOTALL)
"""Errors of the parser in C that give the same problem as those of the other."""


class _Loader(yaml.SafeLoader):
    """PyYAML's own loader, but for the brackets that it looks at before it says what the first of them is.

    It looks ahead by a thousand characters, and at each of them back at all that are open.
    """

    def fetch_flow_collection_start(self, token: Any) -> None:  # noqa: ANN401 - a class of PyYAML's tokens
        """Open a bracket or a brace."""
        if self.flow_level == MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=TOO_DEEP, problem_mark=self.get_mark())
        super().fetch_flow_collection_start(token)


class _Reader:
    """Builds nodes from PyYAML's events and stops at the first that is not allowed."""

    def __init__(self, path: str, text: str, parser: Any) -> None:  # noqa: ANN401 - stubs know no type of both
        self.path, self.text, self.nodes = path, text, 0
        self.events: Iterator[Any] = yaml.parse(text, Loader=parser)

    def document(self) -> Node | None:
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                found = self.node(event, 1)
                self.nothing_follows()
                return found
        return None

    def nothing_follows(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                message = "nothing can stand below a line '---' or '...'"
                self.refuse(event, message, "take that line out, and keep everything in one")

    def node(self, event: Any, depth: int) -> Node:  # noqa: ANN401 - PyYAML's events have no useful common type
        self.check(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        at = self.place(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self.children(yaml.SequenceEndEvent, depth)), at)
        nodes = list(self.children(yaml.MappingEndEvent, depth))
        return Table(tuple(self.entries(nodes)), at)

    def children(self, end: type, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield self.node(event, depth + 1)

    def entries(self, nodes: list[Node]) -> Iterator[tuple[Text, Node]]:
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Text):
                raise SiteError(wrong(key.at, "this text begins with a brace or bracket", QUOTE_BRACES))
            if key.value == "<<":
                raise SiteError(wrong(key.at, "'<<' cannot stand here", "write the keys out"))
            yield key, value

    def scalar(self, event: Any) -> Text:  # noqa: ANN401
        raw = self.text[event.start_mark.index : event.end_mark.index]
        bad = next((ch for ch in event.value if "\ud800" <= ch <= "\udfff" or _is_control(ch)), "")
        if bad:
            message = f"there is a character in this text that no page can show (U+{ord(bad):04X})"
            self.refuse(event, message, "take it out")
        if not event.style and (lost := LOST.match(self.text, event.end_mark.index)):
            at = locate(self.path, self.text, lost.end() - 1)
            raise SiteError(wrong(at, "'#' begins a comment, and what follows it is not read", QUOTE_NUMBER))
        return Text(event.value, self.place(event), raw)

    def check(self, event: Any, depth: int) -> None:  # noqa: ANN401
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.refuse(event, CANNOT_BEGIN.format(sign=sign), QUOTE)
        if event.tag is not None:
            self.refuse(event, CANNOT_BEGIN.format(sign="!"), QUOTE)
        if depth > MAX_DEPTH:
            self.refuse(event, TOO_DEEP, "use fewer levels")
        if self.nodes > MAX_NODES:
            self.refuse(event, f"there are more than {MAX_NODES:,} values in this file", "split it up")

    def place(self, event: Any) -> Location:  # noqa: ANN401
        return Location(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse(self, event: Any, message: str, hint: str) -> None:  # noqa: ANN401
        raise SiteError(wrong(self.place(event), message, hint))


def _is_control(character: str) -> bool:
    return (character < " " and character not in "\n\t") or "\x7f" <= character <= "\x9f" or character in "\ufffe\uffff"


# ---------------------------------------------------------------- PyYAML's errors in plain words

KEY_VALUE = "write a key, a colon, a space, a text"
QUOTE = "put double quotes around the text"
QUOTE_NUMBER = 'put double quotes around the whole text: "Room #5"; a comment has a space after its #'
LOST = re.compile(r"[ \t]+#(?=[^\s#])")
"""A comment behind a text that was hardly meant as one."""
QUOTE_BRACES = 'put double quotes around a text that begins with a brace or bracket: "{{ ... }}"'
OPEN_BRACKET = ("this bracket is never closed", "put the bracket that belongs to it at the end of the line")
SPACES = "indent with spaces, as in the lines around it"
TAB = "there is a tab here, where spaces belong"
CANNOT_BEGIN = "a text cannot begin with '{sign}'"
CURLY = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"
UNSEEN = "\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs that nobody sees, brought along from a word processor or the web."""
CURLY_QUOTES = "these are curly quotes, and they would be shown as a part of the text"
STRAIGHT = 'type straight ones: "..."; to show curly ones, put straight ones around them'

TOO_DEEP = f"this is nested more than {MAX_DEPTH} levels deep"

MESSAGES: tuple[tuple[str, str, str, str], ...] = (
    (TOO_DEEP, "problem", TOO_DEEP, "use fewer levels"),
    ("found character '\\\\t'", "problem", TAB, SPACES),
    ("found unexpected end of stream", "context", "this quote is never closed", "put the same quote at the end"),
    ("found unexpected document", "context", "this quote is never closed", "put the same quote at the end"),
    ("mapping values are not allowed", "problem", "there is a colon in this text", QUOTE),
    ("could not find expected ':'", "context", "this line has no 'key: value'", KEY_VALUE),
    ("found character '([@`%])'", "problem", CANNOT_BEGIN, QUOTE),
    ("expected alphabetic or numeric character", "context", CANNOT_BEGIN, QUOTE),
    ("expected chomping or indentation", "context", CANNOT_BEGIN, QUOTE),
    ("found unknown escape character", "problem", "a backslash means something else in double quotes",
     "write two backslashes, or use single quotes"),
    ("found undefined tag|expected URI|could not determine|did not find URI|expected '[!>]'", "context",
     CANNOT_BEGIN, QUOTE),
    ("expected ',' or '[]}]', but got '<stream end>'", "context", *OPEN_BRACKET),
    ("expected ',' or '[]}]'", "problem", "this cannot follow here, between brackets",
     "put commas between the values, and double quotes around a text that holds signs such as : , [ { or ?"),
    ("but found '[]}]'", "problem", "'{sign}' closes nothing that is open",
     "take it out, or put double quotes around the whole text"),
    ("but found '?:", "problem", "there is no key before this colon", KEY_VALUE),
    ("expected the node content", "problem", "this cannot stand here", QUOTE_BRACES),
    ("found '<scalar>'|found '<block mapping start>'.*quot", "problem", "there is text after the closing quote",
     'put double quotes around the whole text, and \\" for a quote inside it'),
    ("sequence entries are not allowed", "problem", "a list cannot begin here", "put each '- ' on a line of its own"),
    ("expected <block end>", "problem", "this line does not line up with the lines above it", SPACES),
    ("expected '?<document start>", "problem", "this line does not line up with the lines above it", SPACES),
)  # fmt: skip
"""A pattern of PyYAML's words, the mark that shows the place, the sentence, the hint; the first that fits wins."""

SUSPECTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"^ *(\t)", re.MULTILINE), TAB, SPACES),
    (re.compile(r"^[ -]*[A-Za-z_]\w*:([^\s\x00-\x7f]|[^\S\n ])", re.MULTILINE),
     "the character after this colon looks like a space but is not", "type the space again"),
    (re.compile(r"^ *[A-Za-z_]\w*(:)(?![\s/])(?=[^\n]*$)", re.MULTILINE),
     "there is no space after this colon", "put a space after the colon"),
    (re.compile(r"^ *[A-Za-z_]\w*: *(\*\S|&\S|!\S|%|@|`)", re.MULTILINE),
     CANNOT_BEGIN, QUOTE),
    (re.compile(r"^(%)", re.MULTILINE), "a line cannot begin with '%'", KEY_VALUE),
    (re.compile(rf"^[ -]*(?:[A-Za-z_]\w*: *)?([{CURLY}])(?=[^\n]*[{CURLY}] *$)", re.MULTILINE), CURLY_QUOTES, STRAIGHT),
)  # fmt: skip
"""Slips that make YAML complain about a later line; looked for in the lines up to the one it names."""


UNCLOSED = re.compile(r"^[ -]*(?:[A-Za-z_]\w*: +)?([\"'])(?:\\.|(?!\1)[^\n])*$", re.MULTILINE)
"""A quote that is not closed in its line: the likely cause where YAML finds something odd behind a later quote."""
AFTER_QUOTES = re.compile(r"expected <block end>, but found '<scalar>'|found unexpected|could not find expected ':'")


def _in_plain_words(error: yaml.YAMLError, path: str, text: str) -> Problem:
    said = str(error)
    mark = getattr(error, "problem_mark", None)
    if slip := _slip(path, text, _end_of_line(text, mark.index if mark else len(text)) + 1):
        return slip
    opened = UNCLOSED.search(text, 0, mark.index if mark else len(text)) if AFTER_QUOTES.search(said) else None
    if opened:
        hint = "put the same quote at the end of the text"
        return wrong(locate(path, text, opened.start(1)), "this quote is never closed", hint)
    begin = getattr(error, "context_mark", None)
    if mark and begin and "expected ',' or" in said and mark.line > begin.line:
        return wrong(_at(path, text, begin), *OPEN_BRACKET)
    for words, which, message, hint in MESSAGES:
        after_quote = mark is None or text[: mark.index].rstrip()[-1:] in {'"', "'"}
        if re.search(words, said, re.DOTALL) and (after_quote or "closing quote" not in message):
            mark = getattr(error, f"{which}_mark", None) or mark
            return _wrong_at(_at(path, text, mark), text, message, hint)
    return wrong(_at(path, text, mark), "this cannot be read", QUOTE)


def _slip(path: str, text: str, upto: int) -> Problem | None:
    for pattern, message, hint in SUSPECTS:
        if slip := pattern.search(text, 0, upto):
            return _wrong_at(locate(path, text, slip.start(1)), text, message, hint)
    return None


def _wrong_at(at: Location, text: str, message: str, hint: str) -> Problem:
    """Return a mistake; its sentence may name the sign that stands at its place."""
    return wrong(at, message.format(sign=text[index_of(text, at) :][:1]), hint)


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _at(path: str, text: str, mark: Any) -> Location:  # noqa: ANN401 - PyYAML's marks have no stub of their own
    """Return the place of a mark; one after the last line means the end of the text."""
    index = len(text.rstrip()) if mark is None else min(mark.index, len(text.rstrip()))
    return locate(path, text, index)


# ---------------------------------------------------------------- turning nodes into dataclasses


def convert(node: Node | None, fallback: T, path: str) -> tuple[T, tuple[Problem, ...]]:
    """Turn a table into the dataclass of ``fallback``, which gives what could not be read.

    The fields are the keys that are allowed, their types what is expected.
    Fields without a default are required.
    """
    if node is not None and not isinstance(node, Table):
        message = f"lines of 'key: value' belong here, not {kind_of(node)}"
        return fallback, (wrong(node.at, message, KEY_VALUE),)
    table = node or Table((), Location(path))
    known = fields_of(type(fallback))
    problems = [*_keys(table, known), *_missing(table, fallback)]
    values = {}
    for name, value in _first_of_each(table).items():
        if name in known:
            try:
                values[name] = _value(name, value, known[name])
            except SiteError as error:
                problems.extend(error.problems)
    return dataclasses.replace(fallback, **values), tuple(problems)  # type: ignore[type-var]


@kept
def fields_of(cls: type) -> Mapping[str, Any]:
    """Return the names and types of a dataclass's fields."""
    hints = typing.get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}


def _first_of_each(table: Table) -> dict[str, Node]:
    return {key.value: value for key, value in reversed(table.entries)}


def _keys(table: Table, known: Mapping[str, Any]) -> Iterator[Problem]:
    yield from duplicates(table)
    for key, _ in table.entries:
        if key.value not in known:
            names = ", ".join(known)
            hint = did_you_mean(key.value, known, f"the keys here are: {names}")
            message = f"there is no key '{key.value}' here"
            if key.value.strip(UNSEEN) in known:
                message, hint = (
                    f"beside the key '{key.value.strip(UNSEEN)}' stands something unseen",
                    "type the line again",
                )
            yield wrong(key.at, message, hint, "unknown-key")


def duplicates(table: Table) -> Iterator[Problem]:
    """Each key that stands in a table a second time."""
    first: dict[str, Location] = {}
    for key, _ in table.entries:
        if key.value in first:
            hint = f"the first is in line {first[key.value].line}; take one of them out"
            yield wrong(key.at, f"the key '{key.value}' is here twice", hint, "duplicate-key")
        first.setdefault(key.value, key.at)


def _missing(table: Table, fallback: object) -> Iterator[Problem]:
    """Each required key that is not there, unless a misspelt one was probably meant."""
    given = {key.value for key, _ in table.entries}
    required = [f.name for f in dataclasses.fields(fallback) if is_required(f)]  # type: ignore[arg-type]
    meant = {nearest(name, fields_of(type(fallback))) for name in given - set(fields_of(type(fallback)))}
    for name in required:
        if name not in given | meant:
            yield wrong(table.at, f"the key '{name}' is missing", f"add a line '{name}: ...'", "missing-key")


def is_required(field: "dataclasses.Field[Any]") -> bool:
    """Tell whether a field must be given."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _value(name: str, node: Node, expected: Any) -> Any:  # noqa: ANN401 - the value's type is read at run time
    if expected == Node:
        return node
    inner = inner_type(expected)
    origin = typing.get_origin(inner)
    if origin is tuple:
        return _sequence(name, node, typing.get_args(inner)[0])
    if origin is not None:
        return _mapping(name, node, typing.get_args(inner)[1])
    if not isinstance(node, Text):
        hint = f"write it behind '{name}:', in the same line"
        raise SiteError(wrong(node.at, f"'{name}' must be {_wanted(inner)}, not {kind_of(node)}", hint, "wrong-type"))
    return _scalar(name, node, inner)


def inner_type(expected: Any) -> Any:  # noqa: ANN401
    """Return the type of a value that is given, without the None of one that is not."""
    if isinstance(expected, types.UnionType):
        return next(arg for arg in typing.get_args(expected) if arg is not type(None))
    return expected


def _wanted(expected: type) -> str:
    return "a date" if expected is date else "text"


def _sequence(name: str, node: Node, item: Any) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(node, Items):
        hint = f"write it on a line of its own below '{name}:', after '- '"
        raise SiteError(wrong(node.at, f"'{name}' must be a list, not {kind_of(node)}", hint, "wrong-type"))
    return tuple(_value(name, each, item) for each in node.items)


def _mapping(name: str, node: Node, item: Any) -> Mapping[Text, Any]:  # noqa: ANN401
    if not isinstance(node, Table):
        raise SiteError(no_table(node, name))
    if twice := tuple(duplicates(node)):
        raise SiteError(*twice)
    return {key: _value(key.value, value, item) for key, value in node.entries}


def _scalar(name: str, text: Text, expected: Any) -> Any:  # noqa: ANN401
    if not text.value.strip():
        raise SiteError(wrong(text.at, f"'{name}' is empty", f"write something after '{name}:'", "empty-value"))
    refuse_curly(text)
    if expected is Text:
        return text
    read_as: Callable[[str], Any] = read_date if expected is date else expected.from_text
    try:
        return read_as(text.value.strip())
    except ValueError as error:
        message, hint = error.args
        raise SiteError(wrong(text.at, f"'{name}': {message}", hint, "wrong-type")) from None


def refuse_curly(text: Text) -> None:
    """Raise ``SiteError`` for a text in curly quotes: they are letters like all others, and somebody meant them not."""
    if re.fullmatch(rf"[{CURLY}][^{CURLY}]*[{CURLY}]", text.raw):
        raise SiteError(wrong(text.at, CURLY_QUOTES, STRAIGHT, "curly-quotes"))


def read_date(text: str) -> date:
    """Return the day that ``2026-11-23`` stands for; ``ValueError`` with a sentence and a hint otherwise."""
    try:
        if re.fullmatch(r"(?:19|20|21)\d\d-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"'{text}' is not a day", "write year, month and day: 2026-11-23")
