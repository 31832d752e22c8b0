r"""References to facts in text: ``{{ phones.consultation }}``.

Only dotted names are understood; anything else in double braces is a mistake
with a place. A literal ``{{`` is written ``\{{``.
"""

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.problems import Location, locate
from generator.yamlfile import Text

REFERENCE = re.compile(
    r"(?<!\\)(?P<slashes>(?:\\\\)*)(?P<whole>\{\{\s*+"
    r"(?P<name>(?:[^\s{}`]++(?:(?:[^\S\n]|\n(?!\s*\n))++(?=[^\s{}`]))?+)*+)\s*+\}\}|\{\{)"
)
"""Double braces that no backslash makes literal, with what stands in them; or an opening pair alone."""

NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)


class Reference(NamedTuple):
    """A name in double braces. ``name`` is ``None`` if what stands there is no dotted name."""

    name: str | None
    written: str
    at: Location


def as_reference(found: re.Match[str], at: Callable[[int], Location]) -> Reference:
    """Return what a match of ``REFERENCE`` says; ``at`` gives the place of an index of the searched text."""
    name = found["name"]
    if name is not None and NAME.fullmatch(name):
        return Reference(name, found["whole"], at(found.start("name")))
    return Reference(None, found["whole"], at(found.start("whole")))


def in_value(text: Text) -> Iterator[Reference]:
    """Each reference in a YAML value, with its place in the file."""
    source, end = text.raw or text.value, 0
    for found in REFERENCE.finditer(text.value):
        written = re.compile(r"\s+".join(map(re.escape, found["whole"].split()))).search(source, end)
        start, end = written.span() if written else (end, end)
        is_name = found["name"] is not None and NAME.fullmatch(found["name"])
        shift = source.find(found["name"], start) - found.start("name") if is_name else start - found.start("whole")
        yield as_reference(found, functools.partial(_at, text, source, shift))


def _at(text: Text, source: str, shift: int, index: int) -> Location:
    """Return the place in the file of a character of a value; ``shift`` is how far its source is ahead of it."""
    inside = locate(text.at.path, source, max(index + shift, 0))
    column = inside.column + (text.at.column - 1 if inside.line == 1 else 0)
    return Location(text.at.path, text.at.line + inside.line - 1, column)


def fill(text: str, print_fact: Callable[[str], str]) -> str:
    """Return a text of front matter with its references printed; unknown ones stay as they were written."""

    def printed(found: re.Match[str]) -> str:
        name = found["name"]
        known = name is not None and NAME.fullmatch(name)
        return found["slashes"] + (print_fact(name) if known else found["whole"])

    return re.sub(r"\\(?=\{[{%#])", "", REFERENCE.sub(printed, text))
