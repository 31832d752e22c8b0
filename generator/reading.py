"""A finished page read back, as a browser and its reader find it."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any, NamedTuple

from generator import trace
from generator.kept import kept
from generator.model import RenderedPage
from generator.passages import is_worded
from generator.vocabulary import words

LINKS = frozenset(
    {("a", "href"), ("area", "href"), ("form", "action"), ("link", "href"), ("script", "src"), ("iframe", "src")}
    | {("img", "src"), ("source", "src"), ("video", "src"), ("video", "poster"), ("audio", "src"), ("embed", "src")}
    | {("object", "data")}
)
"""Elements and attributes that lead somewhere, or show what is elsewhere."""
BLOCKS = words(
    """address article aside blockquote body br button caption dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hr html label legend li main nav ol option output p pre search section
    summary svg table tbody td template text tfoot th thead title tr ul"""
)
"""Elements that end a sentence."""
HEADINGS = frozenset({"title", "h1", "h2", "h3", "h4", "h5", "h6"})
CALL = re.compile(r"\s*(?:tel|sms):([^?&;]*)", re.IGNORECASE)
"""The address of a link that calls a number."""
UNREAD = frozenset({"script", "style", "code", "pre", "kbd", "samp", "template"})
GIVEN = re.compile(r"[ \t\n\r\f]++([a-z][\w:.-]*+)(?:=\"((?:[^\"&]|&[\w#]{1,31};)*+)\")?+", re.ASCII | re.IGNORECASE)
_NAME, _REST = "[a-z][a-z0-9-]*+", rf"(?:{GIVEN.pattern})*+[ \t\n\r\f]*+"
PLAIN = re.compile(
    r"(?P<before>[^<]*+)"
    rf"<(?:/(?P<end>{_NAME})|(?P<raw>script|style)(?P<of_raw>{_REST})>(?P<text>(?:[^<]|<(?!/))*+)</(?P=raw)"
    rf"|(?P<tag>(?!(?:script|style)\b){_NAME})(?P<given>{_REST})(?P<empty>/?)|!doctype html|!--(?:[^->]|-(?!-))*+--)>",
    re.ASCII | re.IGNORECASE,
)
"""A tag as it should be, with the text before it; a script or style sheet as a whole; what is not for a reader."""


class Link(NamedTuple):
    """An ``a`` element: its target, and its words with those of its ``aria-label``; both with marks of facts."""

    target: str
    words: str


class Block(NamedTuple):
    """A text that is read in one go, with marks of facts; ``kind`` is ``words``, ``heading`` or ``attribute``."""

    text: str
    kind: str = "words"


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A finished page and what a browser finds in it.

    ``links`` are all elements that lead somewhere: tag, target and ``rel``;
    ``calls`` the links that are followed by a reader; ``data`` the texts of
    the scripts that hold JSON-LD; ``codes`` what is not read as words, by the
    name of its element.
    """

    page: RenderedPage
    ids: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    wordless: tuple[str, ...]
    calls: tuple[Link, ...]
    blocks: tuple[Block, ...]
    data: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


@dataclass
class _Reader(HTMLParser):
    """Gathers what a page holds, in the order of the page."""

    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)
    calls: list[Link] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    linked: list[str] | None = None
    target: str = ""
    unread: str = ""
    holds_data: bool = False
    heading: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def read(self, page: str) -> None:
        """Read a page: quickly as far as its tags are as they should be, and the rest as browsers forgive it."""
        at = 0
        while found := PLAIN.match(page, at):
            at = found.end()
            before, end, tag, given, empty = found.group("before", "end", "tag", "given", "empty")
            if before:
                self.handle_data(unescape(before))
            if tag:
                self.handle_starttag(tag.lower(), _attributes(given))
            elif found["raw"]:
                self._raw(found["raw"].lower(), found["of_raw"], found["text"])
            if end or empty:
                self.handle_endtag((end or tag).lower())
        self.feed(page[at:])
        self.close()
        self.end()

    def _raw(self, tag: str, given: str, text: str) -> None:
        """Read a script or style sheet."""
        self.handle_starttag(tag, _attributes(given))
        if text:
            self.handle_data(text)
        self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        marked = {name: value or "" for name, value in reversed(attrs)}
        if marked or tag == "img":
            self._note(tag, marked)
        self._begin(tag, marked)

    def _note(self, tag: str, marked: dict[str, str]) -> None:
        given = {name: trace.plain(value) for name, value in marked.items()}
        if "id" in given:
            self.ids.append(given["id"])
        elif tag == "a" and "name" in given:
            self.ids.append(given["name"])
        if tag == "img" and "alt" not in given:
            self.wordless.append(given.get("src", ""))
        for name, value in given.items():
            if (tag, name) in LINKS:
                self.links.append((tag, value, given.get("rel", "")))
            if is_worded(name) and value.strip() and "http-equiv" not in given:
                self.blocks.append(Block(marked[name], "attribute"))
            if self.linked is not None and name in {"alt", "title", "aria-label"}:
                self.linked.append(f" {marked[name]} ")

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        if tag in BLOCKS:
            self.end()
        if tag in HEADINGS and not self.heading:
            self.heading = tag
        if tag in UNREAD and not self.unread:
            self.unread, self.holds_data = tag, given.get("type", "").strip().lower() == "application/ld+json"
            self.words.append("\ufffd")
        if self.holds_data:
            self.data.append("")
        target = given.get("href") or given.get("xlink:href") or given.get("formaction") or given.get("action") or ""
        if tag == "a" and target:
            said = [given[name] for name in ("aria-label", "title") if name in given]
            self.target, self.linked = target, [f"{' '.join(said)} "]
        elif tag in {"area", "button", "form", "input"} and re.match(
            r"\s*(?:tel|sms):", trace.plain(target), re.IGNORECASE
        ):
            self.calls.append(Link(target, given.get("alt", "")))

    def handle_endtag(self, tag: str) -> None:
        """End a text or a link."""
        if tag == self.unread:
            self.unread, self.holds_data = "", False
        if tag in BLOCKS:
            self.end()
        if tag == self.heading:
            self.heading = ""
        if tag == "a" and self.linked is not None:
            self.calls.append(Link(self.target, "".join(self.linked)))
            self.linked = None

    def handle_data(self, data: str) -> None:
        """Add to the texts at hand."""
        if self.holds_data:
            self.data[-1] += data
        if self.unread:
            self.codes += [] if self.holds_data else [(self.unread, data)]
            return
        self.words.append(data)
        if self.linked is not None:
            self.linked.append(data)

    def end(self) -> None:
        """End the block at hand."""
        text = " ".join("".join(self.words).split()).strip(" \ufffd")
        if text:
            self.blocks.append(Block(text, "heading" if self.heading else "words"))
        self.words = []


def _attributes(given: str) -> list[tuple[str, str | None]]:
    """Return the attributes of a tag that is as it should be."""
    return [(name.lower(), unescape(value)) for name, value in GIVEN.findall(given)]


def read(page: RenderedPage) -> Seen:
    """Return what a browser finds in a page."""
    return Seen(page, *_parts(page.marked))


@kept
def _parts(html: str) -> tuple[Any, ...]:
    """Return the fields of ``Seen`` but the first; most pages are the same from one build of a preview to the next."""
    reader = _Reader()
    reader.read(html)
    links = dict.fromkeys(reader.links)
    found = (reader.ids, links, reader.wordless, reader.calls, reader.blocks, reader.data, reader.codes)
    return tuple(map(tuple, found))
