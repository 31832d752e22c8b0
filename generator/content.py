"""One file of content: bytes to text, text to front matter and body, both to an entry."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from generator import stored
from generator.kept import kept, kept_each
from generator.model import Entry, Matter, MatterT
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
PRINTABLE = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""Most texts hold nothing but these, and need not be searched for others."""
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
    if not data.translate(None, PRINTABLE):
        return text
    if found := UNPRINTABLE.search(text):
        message = f"there is a character here that no page can show (U+{ord(found[0]):04X})"
        hint = "take it out; if you cannot see it, delete the letters around it and type them again"
        raise SiteError(Problem(locate(path, text, found.start()), "character", message, hint))
    return text


def plain_lines(text: str) -> str:
    """Return a text without a mark at its start, and with one kind of line end."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@kept
def blank(path: str, slug: str, number: int, matter: type[MatterT], source: str = "") -> Entry[MatterT]:
    """Return an entry whose text is not read yet, or cannot be."""
    title = slug.replace("-", " ") or "home"
    given = matter(title=Text(title, Location(path)))
    return Entry(path, slug, number, given, Prose(""), readable=False, source=source)


class Halves(NamedTuple):
    """What the text of an entry says, in its two halves, and where the first one ends; what is wrong with them.

    Without a ``body`` nothing could be read.
    """

    matter: Any
    body: Prose | None = None
    begin: int = 0
    problems: tuple[Problem, ...] = ()
    doubtful: frozenset[str] = frozenset()


@kept_each
def entries(given: Sequence[tuple[Entry[Any], tuple[str, ...]]]) -> list[tuple[Entry[Any], tuple[Problem, ...]]]:
    """Return for each blank entry the entry with what its text says, and what is wrong with it.

    Blocks that refer to a fact in ``silent``, the second of each, are left out. Even a file with mistakes gives an
    entry, with what the blank one holds in place of what cannot be read, so that the pages around it are checked in
    the same run.
    """
    read = stored.each(_halves, given, _name)
    return [(_filled(blank, each), each.problems) for (blank, _), each in zip(given, read, strict=True)]


def _name(blank: Entry[Matter], silent: tuple[str, ...]) -> object:
    return blank.path, blank.slug, type(blank.matter).__name__, blank.source, silent


def _filled(blank: Entry[MatterT], read: Halves) -> Entry[MatterT]:
    if read.body is None:
        return blank
    return replace(blank, matter=read.matter, body=read.body, readable=True, doubtful=read.doubtful, begin=read.begin)


def _halves(blank: Entry[MatterT], silent: tuple[str, ...]) -> Halves:
    path = blank.path
    try:
        front, begin = split(path, blank.source)
        body = read_prose(path, replace(blank, begin=begin, readable=True).markdown, frozenset(silent))
    except SiteError as error:
        return Halves(blank.matter, problems=error.problems)
    try:
        matter, problems = convert(read_yaml(path, front), blank.matter, path)
    except SiteError as error:
        matter, problems = blank.matter, error.problems
    return Halves(matter, body, begin, problems, _doubtful(front, blank.matter, matter) if problems else frozenset())


def _doubtful(front: str, blank: MatterT, matter: MatterT) -> frozenset[str]:
    """Return the keys that a front matter with mistakes may hold and that could not be read from it."""
    fields = fields_of(type(blank))
    meant = {nearest(word, fields) for word in re.findall(r"^\W*(\w+)", front, re.MULTILINE)} - {""}
    return frozenset(name for name in meant if getattr(matter, name) == getattr(blank, name))


def split(path: str, text: str) -> tuple[str, int]:
    """Return front matter, and where the text below it begins."""
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
    return text[opening.end() : closing.start()], closing.end()


def _problem(path: str, message: str, hint: str) -> Problem:
    return Problem(Location(path), "front-matter", message, hint)
