"""Lists as people type them, indented as Python-Markdown wants them.

Python-Markdown takes a list only after a blank line, and nests only by four
spaces; otherwise it joins the lines into one paragraph, in silence. Editors
know the other rule (CommonMark's): what stands below an item's text belongs to
it. This rewrites the second into the first, line by line.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

STEP = 4
"""Spaces by which Python-Markdown indents what is in an item."""
MARKER = re.compile(r"(?P<mark>[-*+:]|\d{1,9}[.)])[ ]+(?=\S)")
RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")


class _Item(NamedTuple):
    """A list item or definition that is open: the columns of its mark and of its text."""

    mark: int
    text: int
    is_definition: bool


def reindent(lines: list[str]) -> list[str]:
    """Return the lines of a Markdown text with its lists in Python-Markdown's form."""
    return list(_Reindent(lines).result())


class _Reindent:
    """One pass over the lines of a text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line.expandtabs(STEP) for line in lines]
        self.items: list[_Item] = []
        self.before = ""
        self.code = False
        self.paragraph = False
        self.unclosed: set[str] = set()

    def result(self) -> Iterator[str]:
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            if not self.items and (not line or (line[0].isalpha() and "|" not in line)):
                yield self._plain(line)
                number += 1
                continue
            text, column = line.strip(), len(line) - len(line.lstrip())
            self.code = self._is_code(column) and bool(text)
            end = number if self.code else self._block_end(number, text)
            if text.startswith(">") and not self.code:
                yield from self._quoted(self.lines[number : end + 1], column)
            elif end > number:
                yield from self._fenced(self.lines[number : end + 1], column)
            else:
                following = self.lines[number + 1].strip() if number + 1 < len(self.lines) else ""
                yield from self._line(line, text, column, following)
            self.before = self.lines[end].strip()
            number = end + 1

    def _plain(self, line: str) -> str:
        """Most lines: outside of lists, and either empty or words; they begin nothing and stay as they are."""
        self.code = False
        self.paragraph = self.paragraph and bool(self.before or not line)
        self.before = line.strip()
        return line

    def _line(self, line: str, text: str, column: int, following: str) -> Iterator[str]:
        """One line of text, put where it belongs; with a blank line before what must begin a block."""
        marker = None if self.code or RULE.match(text) else MARKER.match(text)
        if not text:
            yield ""
        elif self.code:
            yield self._shift() + line[self.items[-1].text if self.items else 0 :]
        elif marker and self._begins_item(marker["mark"]):
            yield from self._item(marker, text, column)
        else:
            yield from self._text(line, text, column, following)

    def _item(self, marker: re.Match[str], text: str, column: int) -> Iterator[str]:
        """A line that begins an item, or a definition."""
        was_in_list, is_definition = bool(self.items), marker["mark"] == ":"
        self._close(column)
        first_below = bool(self.items) and self.items[-1].is_definition
        if self.before and (self.paragraph or first_below or not was_in_list) and not is_definition:
            yield ""
        self.paragraph = False
        yield self._shift() + re.sub(r"^(\d+)\)", r"\1.", text)
        self.items.append(_Item(column, column + len(marker[0]), is_definition))

    def _begins_item(self, mark: str) -> bool:
        """Tell whether a mark begins an item; a number in the middle of a paragraph does not, unless it is 1."""
        in_paragraph = bool(self.before) and not self.items
        return not (in_paragraph and mark[0].isdigit() and mark[:-1] != "1")

    def _text(self, line: str, text: str, column: int, following: str) -> Iterator[str]:
        """A line that begins nothing: it goes on with a paragraph, or begins one."""
        if not self.before:
            self._close(column)
            self.paragraph = bool(self.items)
        elif not self.items and "|" in text and "|" in following and DELIMITER.match(following):
            yield ""
        yield self._shift()[STEP if self.before else 0 :] + text if self.items else line

    def _is_code(self, column: int) -> bool:
        """Tell whether a line is so far in that it is code, or goes on with code."""
        return column >= (self.items[-1].text if self.items else 0) + STEP and (not self.before or self.code)

    def _close(self, column: int) -> None:
        """Leave the items that a column is not inside of; two spaces beyond the mark are inside."""
        while self.items and column < min(self.items[-1].text, self.items[-1].mark + 2):
            self.items.pop()

    def _shift(self) -> str:
        return " " * STEP * len(self.items)

    def _block_end(self, number: int, text: str) -> int:
        """Return the last line of the quotation or the fenced code that begins in a line; else the line itself."""
        if text.startswith(">"):
            rest = range(number, len(self.lines))
            return next((n - 1 for n in rest if not self.lines[n].lstrip().startswith(">")), len(self.lines) - 1)
        mark = FENCE.match(text)
        return self._fence_end(number, mark[1]) if mark and mark[1] not in self.unclosed else number

    def _fence_end(self, number: int, mark: str) -> int:
        """Return the line that closes a fence; its own line if none does, and then none closes a later one."""
        for end in range(number + 1, len(self.lines)):
            closing = self.lines[end].strip()
            if closing.startswith(mark) and not closing.strip(mark[0]):
                return end
        self.unclosed.add(mark)
        return number

    def _quoted(self, lines: list[str], column: int) -> Iterator[str]:
        """A quotation: what is in it is a text of its own."""
        if not self.before:
            self._close(column)
        elif self.items:
            yield ""
        self.paragraph = bool(self.items)
        inside = reindent([re.sub(r"^ *> ?", "", line) for line in lines])
        yield from (f"{self._shift()}> {line}".rstrip() for line in inside)

    def _fenced(self, lines: list[str], column: int) -> Iterator[str]:
        """Fenced code; in a list it becomes indented code, for a fence cannot stand there."""
        self._close(column)
        if not self.items:
            yield from lines
            return
        yield ""
        for line in lines[1:-1]:
            yield self._shift() + " " * STEP + (line[column:] if line[:column].isspace() else line.lstrip())
        yield ""
