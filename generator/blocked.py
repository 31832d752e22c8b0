"""What a page asks for and its policy forbids: a browser tells it to nobody but those who look for it."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator import elements, policy
from generator.elements import Element
from generator.kept import kept

LONGEST = 60
"""Letters of a value that are told at most."""
ALWAYS = (
    # an attribute (what kind of link or meta it is on stands in between), what is said, what to do
    (r".* style", "a browser ignores {name}='{value}'", "put it into a style sheet, and give the element a class"),
    (r".* on[a-z]+", "a browser never runs {name}='{value}'", "put it into a script file; print it with inline()"),
    (
        r"iframe src(?:doc)?|object data|embed src",
        "a browser does not show this {tag}: '{value}'",
        "link to it instead",
    ),
    (r"(?:video|audio|source|track) src", "a browser does not play '{value}'", "link to it instead"),
    (
        r"form action|(?:button|input) formaction",
        "a browser never sends this form to '{value}'",
        "give a link to call or to write to instead",
    ),
    (r"base href", "a browser ignores the base '{value}'", "take it out, and write addresses from the root: /..."),
    (
        r"link (?:.* )?(?:manifest|prefetch|preload (?:audio|fetch|font|track|video)) (?:.* )?href",
        "a browser does not load '{value}'",
        "take this link out",
    ),
    (
        r"meta content-security-policy content",
        "this page is given a Content-Security-Policy of its own",
        "the engine writes the policy itself; take it out",
    ),
)
"""What every policy forbids."""
FILES = re.compile(
    r"script (?:src|(?:xlink:)?href)|link (?:.* )?(?:\S*icon|stylesheet|preload|modulepreload) (?:.* )?href"
    r"|(?:img|input) src|(?:img|source) srcset|(?:image|feimage) (?:xlink:)?href|video poster"
)
"""Where files of the site may be named, and no others; pictures can also be data."""
NOT_OURS = "a browser does not load '{value}': it is no file of this site"
USE_ASSETS = "put the file into assets/, and print its address with asset()"
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
FONT = re.compile(r"@font-face\s*\{[^}]*", re.IGNORECASE)
URL = re.compile(r"""url\(\s*["']?([^"')\s]+)""", re.IGNORECASE)


class Blocked(NamedTuple):
    """What a browser will not do: the element and attribute that ask for it, and what to say of it."""

    tag: str
    name: str
    value: str
    message: str
    hint: str


@kept
def in_page(page: str, site: str) -> tuple[Blocked, ...]:
    """What the policy of a finished page forbids in its elements, and in the styles that stand in it."""
    return tuple(_in_page(page, site))


def _in_page(page: str, site: str) -> Iterator[Blocked]:
    found = list(elements.read(page))
    ours = next((each for each in found if each.tag == "meta"), None)
    for element in found:
        yield from _in_element(element, site) if element.given and element is not ours else ()
        yield from in_sheet(element.text, site) if element.tag == "style" else ()


@kept
def in_sheet(sheet: str, site: str) -> tuple[Blocked, ...]:
    """What the policy forbids in a style sheet."""
    return tuple(_in_sheet(sheet, site))


def _in_sheet(sheet: str, site: str) -> Iterator[Blocked]:
    sheet = COMMENT.sub("", sheet)
    rest = FONT.sub("", policy.IMPORT.sub("", sheet))
    asked = [("@import", address) for address in policy.IMPORT.findall(sheet)]
    for name, address in [*asked, *(("url", address) for address in URL.findall(rest))]:
        if not policy.is_own(address, site) and not (name == "url" and _is_data(address)):
            yield _told("style", name, address, NOT_OURS, USE_ASSETS)
    for font in filter(None, map(URL.search, FONT.findall(sheet))):
        message = "a browser does not load the font '{value}'"
        yield _told("style", "url", font[1], message, "name fonts that readers have already")


def _in_element(element: Element, site: str) -> Iterator[Blocked]:
    kind = " ".join(element.given.get(name, "").lower() for name in ("rel", "as", "http-equiv")).split()
    for name, value in element.given.items():
        said, names_files = _asked(" ".join([element.tag, *kind, name]))
        if said and value.strip():
            yield _told(element.tag, name, value, *said)
        for address in _addresses(name, value) if names_files and not said else ():
            if not policy.is_own(address, site) and not _is_data(address):
                yield _told(element.tag, name, address, NOT_OURS, USE_ASSETS)


@functools.lru_cache(maxsize=1024)
def _asked(where: str) -> tuple[tuple[str, str] | None, bool]:
    """Return what is said of an attribute if it is always forbidden, and whether it names files."""
    said = ((message, hint) for pattern, message, hint in ALWAYS if re.fullmatch(pattern, where))
    return next(said, None), bool(FILES.fullmatch(where))


def _addresses(name: str, value: str) -> list[str]:
    """Return the addresses in an attribute: one, or those of the sizes of a picture."""
    return [each.strip(",") for each in value.split()] if name == "srcset" else [value]


def _is_data(address: str) -> bool:
    return address.lstrip().lower().startswith("data:")


def _told(tag: str, name: str, value: str, message: str, hint: str) -> Blocked:
    shown = " ".join(value.split())
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."
    return Blocked(tag, name, value, message.format(tag=tag, name=name, value=shown), hint)
