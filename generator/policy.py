"""What a browser may do with a file of the site, and may keep of it: the headers of its response.

The Content-Security-Policy of a page lets the browser load and run what the
page is made of, and nothing else. Scripts and style sheets that stand in the
page are named by the hashes of their texts, so that whatever else gets into it
stays without effect.

All headers are said here and nowhere else: ``headers`` gives those of a file;
the files that hosts read (``hosts``), the ``meta`` in a page and the preview
are forms of it.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from generator import assets, elements, trace
from generator.addresses import shows_html
from generator.elements import Element
from generator.kept import kept

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
IMPORT = re.compile(r"""@import\s*(?:url\(\s*)?["']?([^"')\s;]+)""", re.IGNORECASE)
"""A style sheet that another one asks for."""
DOCTYPE = re.compile(r"(?:\s|(?><!--.*?-->))*+<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
RUN = re.compile(
    r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|text/(?:javascript1\.[0-5]|jscript|livescript)"
    r"|module|importmap|speculationrules)?"
)
"""The types of scripts that a browser runs, or obeys; all others are data."""
SECURE = "upgrade-insecure-requests"
NO_FRAMES = "frame-ancestors 'none'"
"""What browsers obey in a header only."""

UNUSED = (
    "accelerometer autoplay browsing-topics camera clipboard-read clipboard-write compute-pressure display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid identity-credentials-get idle-detection keyboard-map "
    "local-fonts local-network-access magnetometer microphone midi otp-credentials payment picture-in-picture "
    "publickey-credentials-create publickey-credentials-get screen-wake-lock serial speaker-selection storage-access "
    "sync-xhr usb window-management xr-spatial-tracking"
)
"""What a page could ask of a browser beyond showing it; names that browsers do not know would be told in their logs."""
EVERYWHERE = (
    # two years; not for other names below the site's, which are not ours to speak for
    ("Strict-Transport-Security", "max-age=63072000"),
    ("X-Content-Type-Options", "nosniff"),
    # the same as NO_FRAMES, for old browsers, and where a host sends a page at an address that no rule names: 404.html
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in UNUSED.split())),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
)
"""What is said of every file."""
NOT_INDEXED = ("X-Robots-Tag", "noindex")
POLICY = "Content-Security-Policy"
KEPT = ("Cache-Control", "public, max-age=31536000, immutable")
"""An asset has its fingerprint in its name: under that name it never changes."""
NOT_KEPT = ("Cache-Control", "no-store")
"""A page leaves no copy on the disk for the next person at the device to find, and no old number is ever shown.

The price is a request for each visit; nothing is lost behind the Back button, for links inside the site replace.
"""

DEPENDS = re.compile("<(?:script|style|link)", re.IGNORECASE)
"""What elements look like by which the policies of pages differ; it may stand in a comment as well."""
ORDER = ("default-src", "script-src", "style-src", "img-src", "base-uri", "form-action", SECURE)
"""The directives of a page's policy, in their order."""

Header = tuple[str, str]


def headers(path: str, content: bytes, site: str, *, drafts: bool = False) -> tuple[Header, ...]:
    """Return the headers of a file of the site with this address, as names and values; more if drafts are shown."""
    return (*everywhere(drafts=drafts), *own(path, content, site))


def everywhere(*, drafts: bool) -> tuple[Header, ...]:
    """Return the headers that all files of a site share; where drafts are shown, no page is for search engines."""
    return (*EVERYWHERE, NOT_INDEXED) if drafts else EVERYWHERE


def own(path: str, content: bytes, site: str) -> tuple[Header, ...]:
    """Return the headers that are a file's own: the policy of a page, and whether it is kept."""
    if path.startswith(f"{assets.FOLDER}/"):
        return (KEPT,)
    return ((POLICY, policy_of(content.decode(), site).header), NOT_KEPT) if shows_html(path) else (NOT_KEPT,)


class Policy(NamedTuple):
    """What a browser may do with a page, in the words of the standard: all that a page can say of itself."""

    directives: tuple[str, ...]

    @property
    def header(self) -> str:
        """The value of the header that a host sends with the page."""
        return "; ".join((*self.directives[:-1], NO_FRAMES, self.directives[-1]))

    @property
    def meta(self) -> str:
        """The same as an element of the page, without what browsers obey in a header only."""
        return f'<meta http-equiv="{POLICY}" content="{"; ".join(self.directives)}">'

    def with_client(self, script: str, socket: str) -> "Policy":
        """Return the policy with one script and one socket more, on a host without TLS: what a preview needs."""
        others = [each for each in self.directives if each != SECURE]
        scripts = next((each for each in others if each.startswith("script-src ")), "script-src")
        kept = [each for each in others if each != scripts]
        return Policy((kept[0], f"{scripts} {script}", *kept[1:], f"connect-src {socket}"))


def of(page: str, site: str) -> Policy:
    """Return the policy of a finished page of the site with this address."""
    found = list(_named(page))
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
            SECURE,
        )
    )


def _named(page: str) -> Iterator[Element]:
    """The elements of a page up to the last that a policy depends on."""
    last = max((found.start() for found in DEPENDS.finditer(page)), default=-1)
    for element in elements.read(page) if last >= 0 else ():
        yield element
        if element.end > last:
            return


def policy_of(page: str, site: str) -> Policy:
    """Return the policy that a finished page states; if it states none, the one that it would."""
    found = META.search(page)
    return Policy(tuple(found[1].split("; "))) if found else of(page, site)


@kept
def together(policies: tuple[Policy, ...]) -> Policy:
    """Return what any of these policies allows, for pages that share a rule; each still states its own."""
    allowed: dict[str, dict[str, None]] = {}
    for directive in (directive for policy in policies for directive in policy.directives):
        name, *values = directive.split()
        allowed.setdefault(name, {}).update(dict.fromkeys(values))
    return Policy(tuple(" ".join([name, *allowed[name]]) for name in sorted(allowed, key=ORDER.index)))


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
