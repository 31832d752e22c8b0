"""What is wrong, where, and what to do about it."""

import difflib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Literal, NamedTuple

EXCERPT_WIDTH = 100
"""Characters of a source line that an excerpt shows at most."""


class Location(NamedTuple):
    """A place in a file: path relative to the source folder; line and column from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One mistake of an author: a place, a sentence and what to do.

    ``stops_render`` tells a mistake that leaves nothing to show from one that
    only must not be published; both are refused by a build.
    """

    location: Location
    rule: str
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    stops_render: bool = False

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.message}"


class SiteError(Exception):
    """Mistakes after which the work at hand cannot go on."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known name most like the word, or an empty string. Likeness is difflib's, 0 to 1."""
    word = word.casefold()
    names = {name.casefold(): name for name in sorted(known)}
    perhaps = [name for name in names if _may_be_like(word, name, likeness)]
    found = difflib.get_close_matches(word, perhaps, n=1, cutoff=likeness) if perhaps else ()
    return names[found[0]] if found else ""


def _may_be_like(word: str, name: str, likeness: float) -> bool:
    """Tell whether two words have lengths and letters that let them be so much alike."""
    return 2 * min(len(word), len(name)) >= likeness * (len(word) + len(name)) and not set(word).isdisjoint(name)


def did_you_mean(word: str, known: Collection[str], otherwise: str = "") -> str:
    """Return a hint that names what was probably meant, or the other hint."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else otherwise


def count(number: int, thing: str) -> str:
    """Return a number of things."""
    return f"{number} {thing}" + ("" if number == 1 else "s")


def locate(path: str, text: str, index: int) -> Location:
    """Return the place of the character at an index of a file's text."""
    before = text[:index]
    return Location(path, before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


def index_of(text: str, at: Location) -> int:
    """Return the index in a file's text of the character at a place: the inverse of ``locate``."""
    return sum(len(line) + 1 for line in text.split("\n", at.line - 1)[: at.line - 1]) + at.column - 1


def explain(problem: Problem, sources: Mapping[str, str]) -> str:
    """Return a problem as people read it: its first line, an excerpt with a caret, the hint."""
    lines = [str(problem), *excerpt(problem.location, sources)]
    if problem.hint:
        lines.append(f"    hint: {problem.hint}")
    return "\n".join(lines)


def excerpt(at: Location, sources: Mapping[str, str]) -> list[str]:
    """Return the line of a place, and a line with a caret below its column; nothing where there is no such line."""
    lines = sources.get(at.path, "").split("\n")
    if at.line > len(lines) or not lines[at.line - 1].strip():
        return []
    start = max(0, at.column - EXCERPT_WIDTH // 2) if at.column > EXCERPT_WIDTH // 2 else 0
    shown = "".join(map(_shown, lines[at.line - 1][start : start + EXCERPT_WIDTH]))
    gutter = f"    {at.line} | "
    indent = sum(_width(ch) for ch in shown[: at.column - 1 - start])
    return [gutter + shown, " " * (len(gutter) + indent) + "^"]


def _shown(character: str) -> str:
    """Return a character as an excerpt shows it: what cannot be seen, or would act on a terminal, has a sign."""
    if character == "\t":
        return " "
    return "\ufffd" if unicodedata.category(character).startswith("C") else character


def _width(character: str) -> int:
    """Return how many cells of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
