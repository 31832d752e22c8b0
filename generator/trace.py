"""Marks around every fact that is printed, so that a finished page tells which of its words come from which fact.

The marks are characters for private use, which no text of a site may hold.
Templates never see them: what they are given prints itself with marks where
it is printed as it is, and is plain text or a plain number for all else.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

from markupsafe import Markup, escape

FIRST, END = 0xF0000, "\U0010fffd"
MOST = 0xFFFD
"""How many sayings can have a mark."""
MARKS = f"[{chr(FIRST)}-{chr(FIRST + MOST)}{END}]"
MARKED = re.compile(f"([{chr(FIRST)}-{chr(FIRST + MOST)}])((?:(?!{MARKS}).)*){END}", re.DOTALL)
_MARKS = re.compile(MARKS)


def marked(text: str, number: int) -> str:
    """Return a text with marks around it; the number is the place of what it says among ``Facts.sayings``."""
    return f"{chr(FIRST + number)}{text}{END}" if number <= MOST else text


def plain(text: str) -> str:
    """Return a text without marks."""
    return _MARKS.sub("", text)


def numbers(text: str) -> Iterator[int]:
    """The number of each saying that is printed in a text, in the order of the text."""
    for found in re.finditer(f"[{chr(FIRST)}-{chr(FIRST + MOST)}]", text):
        yield ord(found[0]) - FIRST


class Traced(str):
    """A text that comes from facts. ``traced`` is how it is printed: escaped, with marks.

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
    def traced(self) -> Markup:
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
    """HTML that comes from facts. ``traced`` is the same with marks."""

    __slots__ = ("traced",)
    traced: Markup

    @classmethod
    def from_marked(cls, html: str) -> Self:
        """Return HTML whose facts have marks around them."""
        found = cls(plain(html))
        found.traced = Markup(html)  # noqa: S704 - what the caller knows to be HTML
        return found


def printed(value: object) -> object:
    """Return what a template prints for a value: with marks, if it comes from facts."""
    return getattr(value, "traced", value)


def as_json(value: object, **options: Any) -> str:  # noqa: ANN401 - the options of json.dumps
    """Return a value as JSON in which the texts of facts have their marks."""
    return json.dumps(_with_marks(value), **options)


def _with_marks(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _with_marks(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_marks(inner) for inner in value]
    if hasattr(value, "traced") and not isinstance(value, int):
        return Markup(value.traced).unescape()  # noqa: S704 - the opposite: HTML becomes plain text
    return value
