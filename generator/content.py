"""One file of content: bytes to text, text to front matter and body, both to an entry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator import stored
from generator.kept import kept, kept_each
from generator.model import Entry, MatterT
from generator.problems import Location, Problem, SiteError, locate, nearest
from generator.prose import RESERVED_CHARACTERS, Prose
from generator.prose import read as read_prose
from generator.yamlfile import Text, convert, fields_of
from generator.yamlfile import read as read_yaml

FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffc-\uffff"
    f"\U000f0000-\U0010ffff{RESERVED_CHARACTERS}]"
)
LONGEST = 2_000_000
"""Bytes of a text file: some hundred thousand words; what is longer is a picture that was pasted, or a slip."""
BEGIN = "begin it with three lines: '---', 'title: ...', '---'"
AS_UTF8 = "save it as UTF-8 (in most editors: Save as, Encoding)"


def decode(path: str, data: bytes) -> str:
    """Return a file's text with plain line ends; ``SiteError`` where it is no text that a page can show."""
    if len(data) > LONGEST:
        hint = "split it up; a picture is a file of its own, in assets/"
        raise SiteError(Problem(Location(path), "size", f"this file is longer than {LONGEST // 1_000_000} MB", hint))
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:2]:
        raise SiteError(Problem(Location(path), "encoding", "this file is saved as UTF-16", AS_UTF8))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        at = locate(path, plain_lines(before), len(plain_lines(before)))
        message = "this file is not saved as UTF-8; here is the first letter that cannot be read"
        raise SiteError(Problem(at, "encoding", message, AS_UTF8)) from None
    text = plain_lines(text)
    if found := UNPRINTABLE.search(text):
        message = f"there is a character here that no page can show (U+{ord(found[0]):04X})"
        hint = "take it out; if you cannot see it, delete the letters around it and type them again"
        raise SiteError(Problem(locate(path, text, found.start()), "character", message, hint))
    return text


def plain_lines(text: str) -> str:
    """Return a text without a mark at its start, and with one kind of line end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@kept
def blank(path: str, slug: str, number: int, matter: type[MatterT]) -> Entry[MatterT]:
    """Return an entry of which nothing but the name of its file is known."""
    title = slug.replace("-", " ") or "home"
    return Entry(path, slug, number, matter(title=Text(title, Location(path))), Prose(""), readable=False)


@dataclass(frozen=True, slots=True)
class Halves:
    """The two parts of a file: front matter as it is written, and the body; or what is wrong with it as a whole."""

    front: str = ""
    body: Prose | None = None
    problems: tuple[Problem, ...] = ()


def halves(path: str, text: str, silent: tuple[str, ...]) -> Halves:
    """Return the parts of a file's text; blocks that refer to a fact in ``silent`` are left out."""
    try:
        front, body = split(path, text)
        return Halves(front, read_prose(path, body, frozenset(silent)))
    except SiteError as error:
        return Halves(problems=error.problems)


@kept_each
def entries(
    given: Sequence[tuple[Entry[Any], str, tuple[str, ...]]],
) -> list[tuple[Entry[Any], tuple[Problem, ...]]]:
    """Return for each blank entry and the text of its file the entry, and what is wrong with it.

    Even a file with mistakes gives an entry, with what the blank one holds
    in place of what cannot be read, so that the pages around it are checked
    in the same run.
    """
    read = stored.each(halves, [(blank.path, text, silent) for blank, text, silent in given])
    return [_entry(blank, each) for (blank, _, _), each in zip(given, read, strict=True)]


def _entry(blank: Entry[MatterT], read: Halves) -> tuple[Entry[MatterT], tuple[Problem, ...]]:
    if read.body is None:
        return blank, read.problems
    try:
        matter, problems = convert(read_yaml(blank.path, read.front), blank.matter, blank.path)
    except SiteError as error:
        matter, problems = blank.matter, error.problems
    doubtful = _doubtful(read.front, blank.matter, matter) if problems else frozenset()
    return replace(blank, matter=matter, body=read.body, readable=True, doubtful=doubtful), problems


def _doubtful(front: str, blank: MatterT, matter: MatterT) -> frozenset[str]:
    """Return the keys that a front matter with mistakes may hold and that could not be read from it."""
    fields = fields_of(type(blank))
    meant = {nearest(word, fields) for word in re.findall(r"^\W*(\w+)", front, re.MULTILINE)} - {""}
    return frozenset(name for name in meant if getattr(matter, name) == getattr(blank, name))


def split(path: str, text: str) -> tuple[str, str]:
    """Return front matter, and the body with spaces in place of all before it, so that places stay what they are."""
    if not text.strip():
        raise SiteError(_problem(path, "this file is empty", BEGIN))
    opening = FENCE.match(text)
    if not opening:
        late = FENCE.match(text.lstrip())
        hint = "take out what stands above the first '---'" if late else BEGIN
        raise SiteError(_problem(path, "this file does not begin with front matter", hint))
    closing = FENCE.search(text, opening.end())
    if not closing:
        raise SiteError(_problem(path, "the front matter that opens here is never closed", "put a line '---' after it"))
    front = text[opening.end() : closing.start()]
    return front, re.sub(r"[^\n]", " ", text[: closing.end()]) + text[closing.end() :]


def _problem(path: str, message: str, hint: str) -> Problem:
    return Problem(Location(path), "front-matter", message, hint)
