"""The Content-Security-Policy of a page: a browser loads and runs what the page is made of, and nothing else.

Scripts and style sheets that stand in a page are named by the hashes of their
texts, so that whatever else gets into the page stays without effect.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator import elements, trace
from generator.elements import Element

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
IMPORT = re.compile(r"""@import\s*(?:url\(\s*)?["']?([^"')\s;]+)""", re.IGNORECASE)
"""A style sheet that another one asks for."""
DOCTYPE = re.compile(r"(?:\s|(?><!--.*?-->))*+<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
RUN = re.compile(
    r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|text/(?:javascript1\.[0-5]|jscript|livescript)"
    r"|module|importmap|speculationrules)?"
)
"""The types of scripts that a browser runs, or obeys; all others are data."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a browser may do with a page, in the words of the standard."""

    directives: tuple[str, ...]

    @property
    def header(self) -> str:
        """The value of the header that a host sends with the page."""
        return "; ".join(self.directives)

    @property
    def meta(self) -> str:
        """The same as an element of the page, without what browsers obey in a header only."""
        there = "; ".join(each for each in self.directives if not each.startswith("frame-ancestors"))
        return f'<meta http-equiv="Content-Security-Policy" content="{there}">'

    def with_client(self, script: str, socket: str) -> "Policy":
        """Return the policy with one script and one socket more, on a host without TLS: what a preview needs."""
        others = [each for each in self.directives if each != "upgrade-insecure-requests"]
        scripts = next((each for each in others if each.startswith("script-src ")), "script-src")
        kept = [each for each in others if each != scripts]
        return Policy((kept[0], f"{scripts} {script}", *kept[1:], f"connect-src {socket}"))


def of(page: str, site: str) -> Policy:
    """Return the policy of a finished page of the site with this address."""
    found = list(elements.read(page))
    scripts = [each for each in found if each.tag == "script" and RUN.fullmatch(each.given.get("type", "").lower())]
    styles = [each.text for each in found if each.tag == "style"]
    sheets = [*_linked(found, "stylesheet"), *(address for text in styles for address in IMPORT.findall(text))]
    files = [*_linked(found, "modulepreload"), *filter(None, map(_source, scripts))]
    return Policy(
        (
            "default-src 'none'",
            *_allowed("script-src", files, [each.text for each in scripts if "src" not in each.given], site),
            *_allowed("style-src", sheets, styles, site),
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "upgrade-insecure-requests",
        )
    )


def _source(script: Element) -> str:
    """Return the address that a script is loaded from; drawings have another name for it."""
    return next(filter(None, map(script.given.get, ("src", "href", "xlink:href"))), "")


def _linked(found: Iterable[Element], rel: str) -> list[str]:
    links = (each.given for each in found if each.tag == "link")
    return [given["href"] for given in links if "href" in given and rel in given.get("rel", "").lower().split()]


def _allowed(directive: str, addresses: Iterable[str], texts: Iterable[str], site: str) -> Iterator[str]:
    """Return a directive for the site's own files and for texts of the page; none where there are neither."""
    own = ["'self'"] if any(is_own(address, site) for address in addresses) else []
    if allowed := [*own, *dict.fromkeys(map(_hash, texts))]:
        yield " ".join([directive, *allowed])


def is_own(address: str, site: str) -> bool:
    """Tell whether an address leads to the host of the site."""
    is_whole = re.match(r"\s*(?:[a-z][a-z\d+.-]*:|[/\\]{2})", address, re.IGNORECASE)
    host = re.escape(urlsplit(site).netloc)
    return not is_whole or bool(re.match(rf"\s*(?:https?:)?//{host}(?:[/?#]|$)", address, re.IGNORECASE))


def _hash(text: str) -> str:
    """Return a text as policies name it; browsers know one kind of line end."""
    digest = hashlib.sha256(re.sub(r"\r\n?", "\n", text).encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


# ---------------------------------------------------------------- in the page


def stated(page: str, site: str) -> str:
    """Return a page, which may have marks of facts, with its policy first in its head: it counts for what follows."""
    doctype = DOCTYPE.match(page)
    ends = (each.end for tag in ("head", "html") for each in elements.read(page) if each.tag == tag)
    at = next(ends, doctype.end() if doctype else 0)
    return page[:at] + of(trace.plain(page), site).meta + page[at:]


def without(page: str) -> str:
    """Return a page without its policy, for a preview that puts a script of its own into it."""
    return META.sub("", page, count=1)
