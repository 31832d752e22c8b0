"""Marks around every fact that is printed, so that a finished page tells which of its words come from which fact.

The marks are characters for private use, which no text of a site may hold.
Filters and tests never see them: what a template is given prints itself with
marks where it is printed as it is, and is plain text or a plain number for all
else. Only what a template has printed into a block of its own holds them.
"""

import functools
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Self

from markupsafe import Markup, escape

FIRST, END = 0xF0000, "\U000ffffd"
MOST = 0xFFFC
"""How many sayings can have a mark."""
BEGINS = f"{chr(FIRST)}-{chr(FIRST + MOST)}"
_NUMBER = re.compile(f'"([{BEGINS}])(-?\\d+){END}{END}"')
"""A number of a fact in JSON, which stands there as a text at first."""
MARKED = re.compile(f"([{BEGINS}])([^{BEGINS}{END}]*){END}")
_IN_UTF8 = rb"\xf3[\xb0-\xbf][\x80-\xbf]{2}"
_MARKS = re.compile(rb"(%b)" % _IN_UTF8)
"""All marks as they are in UTF-8; what begins with one certain byte is found soon."""
_WITH_ADDRESSES = re.compile(rb"(%b|%%F3%%B[0-9A-F](?:%%[89AB][0-9A-F]){2})" % _IN_UTF8)
"""The same, also where they have become a part of an address."""


def marked(text: str, number: int) -> str:
    """Return a text with marks around it; the number is the place of what it says among ``Facts.sayings``."""
    return f"{chr(FIRST + number)}{text}{END}" if number <= MOST else text


def plain(text: str) -> str:
    """Return a text without marks, also where they have become a part of an address."""
    if text.isascii() and "%F" not in text:
        return text
    marked = text.encode("utf-8", "surrogatepass")
    return _pattern(marked).sub(b"", marked).decode("utf-8", "surrogatepass")


def _pattern(text: bytes) -> re.Pattern[bytes]:
    return _WITH_ADDRESSES if b"%F3%B" in text else _MARKS


def parted(text: bytes) -> tuple[bytes, bytes]:
    """Return a text in UTF-8 without its marks, and these, each with the number of bytes before it."""
    pieces = _pattern(text).split(text)
    plain_pieces = pieces[::2]
    pieces[::2] = [b"%d" % len(piece) for piece in plain_pieces]
    return b"".join(plain_pieces), b"".join(pieces)


def together(text: bytes, marks: bytes) -> bytes:
    """Return the text again that was parted."""
    pieces = _pattern(marks).split(marks)
    ends = itertools.accumulate(map(int, pieces[::2]), initial=0)
    pieces[::2] = [text[start:end] for start, end in itertools.pairwise(ends)]
    return b"".join(pieces)


def numbers(text: str) -> Iterator[int]:
    """The number of each saying that is printed in a text, in the order of the text."""
    for found in re.finditer(f"[{BEGINS}]", text):
        yield ord(found[0]) - FIRST


class Traced(str):
    """A text that comes from facts. ``__traced__`` is how it is printed: escaped, with marks.

    The text of one fact keeps its marks through what changes no more than its letters' case.
    """

    __slots__ = ("marked",)
    marked: str

    @classmethod
    def from_marked(cls, text: str) -> Self:
        """Return a text whose facts have marks around them."""
        found = cls(plain(text))
        found.marked = text
        return found

    @property
    def __traced__(self) -> Markup:
        """How it is printed."""
        return escape(self.marked)

    def _changed(self, text: str) -> str:
        whole = MARKED.fullmatch(self.marked)
        return Traced.from_marked(f"{whole[1]}{text}{END}") if whole else text

    def upper(self) -> str:
        """Return the text in capitals."""
        return self._changed(super().upper())

    def lower(self) -> str:
        """Return the text in small letters."""
        return self._changed(super().lower())

    def capitalize(self) -> str:
        """Return the text with one capital, at its start."""
        return self._changed(super().capitalize())

    def strip(self, characters: str | None = None, /) -> str:
        """Return the text without space, or these characters, around it."""
        return self._changed(super().strip(characters))


class TracedMarkup(Markup):
    """HTML that comes from facts. ``__traced__`` is the same with marks."""

    __slots__ = ("__traced__",)
    __traced__: Markup

    @classmethod
    def from_marked(cls, html: str) -> Self:
        """Return HTML whose facts have marks around them."""
        found = cls(plain(html))
        found.__traced__ = Markup(html)  # noqa: S704 - what the caller knows to be HTML
        return found


def printed(value: object) -> object:
    """Return what a template prints for a value: with marks, if it comes from facts."""
    return getattr(value, "__traced__", value)


def as_json(value: object, **options: Any) -> str:  # noqa: ANN401 - the options of json.dumps
    """Return a value as JSON in which the texts of facts have their marks."""
    return _NUMBER.sub(rf"\1\2{END}", json.dumps(_with_marks(value), **options))


def _with_marks(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _with_marks(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_marks(inner) for inner in value]
    if not hasattr(value, "__traced__"):
        return value
    text = Markup(value.__traced__).unescape()  # noqa: S704 - the opposite: HTML becomes plain text
    return f"{text}{END}" if isinstance(value, int) else text


# ---------------------------------------------------------------- filters

KEEPING = frozenset({"upper", "lower", "capitalize", "trim", "string", "default", "d", "tojson", "replace", "title"})
"""Filters that may see marks, because they let them be or are made for them."""
Filter = Callable[..., Any]


def filters(known: Mapping[str, Filter]) -> Mapping[str, Filter]:
    """Return filters that know marks: those that print a value print them, all others never see them."""
    found = {name: filter_ if name in KEEPING else _without_marks(filter_) for name, filter_ in known.items()}
    for name in ("safe", "e", "escape"):
        found[name] = _printing(known[name])
    found["join"] = _joining(known["join"])
    return found


def _printing(known: Filter) -> Filter:
    """Return a filter that prints a value of facts with its marks."""

    @functools.wraps(known)
    def printing(value: object, *others: object) -> object:
        return TracedMarkup.from_marked(str(printed(value))) if hasattr(value, "__traced__") else known(value, *others)

    return printing


def _joining(known: Filter) -> Filter:
    """Return a filter that joins values of facts with their marks."""

    @functools.wraps(known)
    def joining(context: object, values: Iterable[object], *others: object, **more: object) -> object:
        return known(context, [printed(value) for value in values], *others, **more)

    return joining


def _without_marks(known: Filter) -> Filter:
    """Return a filter that sees texts without marks, whatever has printed them before."""

    @functools.wraps(known)
    def plainly(*values: object, **more: object) -> object:
        return known(*(_as_plain(value) for value in values), **more)

    return plainly


def _as_plain(value: object) -> object:
    if isinstance(value, str) and (bare := plain(value)) != value:
        return type(value)(bare)
    return str(value) if isinstance(value, Printing) else value


class Printing:
    """What prints itself and is no text: filters see its text."""

    __slots__ = ()
