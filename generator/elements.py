"""The elements of a page as a browser finds them, to the letter.

``reading`` is for words and forgives much; here a letter more or less in the
text of a script is a script that does not run.
"""

import html
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

ATTRIBUTE = re.compile(r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?+""", re.ASCII)
TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?/][^>]*+>"
    rf"|<(?P<tag>[a-z][^\s/>]*+)(?P<given>(?:[\s/]++|{ATTRIBUTE.pattern})*+)>",
    re.ASCII | re.DOTALL | re.IGNORECASE,
)
"""A comment, an end or a start tag."""
END_OF_DRAWING = re.compile(r"</(?:svg|math)\b", re.IGNORECASE)
NONE: Mapping[str, str] = MappingProxyType({})
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements that hold text and no tags."""


class Element(NamedTuple):
    """An element: its name, its attributes, its text if it holds no tags, and where its start tag ends."""

    tag: str
    given: Mapping[str, str]
    text: str
    end: int


def read(page: str) -> Iterator[Element]:
    """Each element of a page; what looks like one in a comment, script or title is none."""
    at, in_drawing = 0, False
    while token := TOKEN.search(page, at):
        at, tag = token.end(), (token["tag"] or "").lower()
        if not tag:
            in_drawing = in_drawing and not END_OF_DRAWING.match(page, token.start())
            continue
        # only in a drawing is an element with a slash at its end over, and are there entities in its styles
        is_empty = in_drawing and token["given"].endswith("/")
        text = _text(page, tag, at) if tag in RAW and not is_empty else ""
        yield Element(tag, _given(token["given"]), _unescaped(text) if in_drawing else text, at)
        at += len(text)
        in_drawing = in_drawing or (tag in {"svg", "math"} and not token["given"].endswith("/"))


def _text(page: str, tag: str, start: int) -> str:
    """Return what stands before the end tag; all the rest if there is none."""
    end = re.compile(rf"</{tag}(?=[\s/>])", re.ASCII | re.IGNORECASE).search(page, start)
    return page[start : end.start() if end else len(page)]


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"<!\[CDATA\[|\]\]>", "", text))


def _given(attributes: str) -> Mapping[str, str]:
    """Return attributes by their names; of two with one name the first counts."""
    if not attributes.strip():
        return NONE
    return {name.lower(): _value(value) for name, value in ATTRIBUTE.findall(attributes)[::-1]}


def _value(written: str) -> str:
    """Return the value of an attribute without its quotes, and without entities."""
    is_quoted = len(written) > 1 and written[0] in "\"'" and written[-1] == written[0]
    value = written[1:-1] if is_quoted else written
    return html.unescape(value) if "&" in value else value
