"""The addresses of a site: of its pages, those that pages had before, and the files that stand beside the pages."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from generator import assets
from generator.model import NOT_FOUND, Page, Site
from generator.problems import Problem

ROBOTS, SITEMAP = "robots.txt", "sitemap.xml"
HEADERS, REDIRECTS, NGINX = "_headers", "_redirects", "_nginx.conf"
NOT_FOUND_FILE = NOT_FOUND.lstrip("/")
TAKEN = frozenset({ROBOTS, SITEMAP, HEADERS, REDIRECTS, NGINX, assets.FOLDER, "404", NOT_FOUND_FILE})
"""Names in the output folder that no address of an editor's may begin with."""
DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}
"""Names that Windows has no files for."""
LONGEST_NAME = 100
"""Bytes of a slug; with room for what hosts and file systems add."""
PART = re.compile(r"[^\W_](?:[\w.~-]*[\w~-])?")
"""What stands between the slashes of an older address."""
PLAIN = "write what followed the site's name, of letters, digits, '-', '_' and '.' only: /old/ or /old.html"
DROP = "take this line out"


def shows_html(path: str) -> bool:
    """Tell whether hosts send a file as a page."""
    return path.endswith((".html", ".htm"))


class Address(NamedTuple):
    """The site's address on the web, and how its pages name each other below it."""

    url: str

    @property
    def whole(self) -> str:
        """The address without a slash at its end."""
        return self.url.rstrip("/")

    @property
    def base_path(self) -> str:
        """The path below which the site stands; empty, or with a slash in front and none behind."""
        return urlsplit(self.whole).path

    def of(self, path: str) -> str:
        """Return a path from the site's root as a browser needs it."""
        return self.base_path + path


def output_path(address: str) -> str:
    """Return the file that an address is served from: ``old/index.html`` for ``/old/`` and ``/old``."""
    path = address.lstrip("/")
    is_file = PurePosixPath(path).suffix and not path.endswith("/")
    return path if is_file else f"{path.rstrip('/')}/index.html".lstrip("/")


def address_of(path: str) -> str:
    """Return the address that a file of the output answers at."""
    return "/" + path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else f"/{path}"


def file_at(path: str) -> str:
    """Return the file of the output that a path without its first slash asks for, as static hosts read it."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def folded(name: str) -> str:
    """Return a name as the least careful file system compares it: without case and accents."""
    if name.isascii():
        return name.lower()
    plain = unicodedata.normalize("NFKD", name)
    return "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()


def older(page: Page) -> tuple[str, ...]:
    """Return the addresses that a page had before, spelt as browsers ask for them."""
    return tuple(unicodedata.normalize("NFC", text.value) for text in page.entry.matter.aliases)


def older_addresses_are_free(site: Site) -> Iterator[Problem]:
    """Each older address can be one, and nothing else of the site has it: neither page nor file nor another page."""
    pages = [page for page in site.pages if page.entry.matter.aliases]
    owners = {folded(output_path(page.address)): f"the address of {page.entry.path}" for page in site.pages if pages}
    for page in pages:
        for text, address in zip(page.entry.matter.aliases, older(page), strict=True):
            if trouble := _cannot_be(address, page) or _is_taken(address, page, owners):
                message, hint = trouble
                yield Problem(text.at, "alias", message, hint)
            else:
                owners[folded(output_path(address))] = f"an older address of {page.entry.path}"


def _cannot_be(address: str, page: Page) -> tuple[str, str] | None:
    """Return what is wrong with an older address by itself, and what to do."""
    parts = address.strip("/").split("/")
    is_path = address == "/" or ("//" not in address and all(map(PART.fullmatch, parts)))
    troubles = (
        (page.address == NOT_FOUND, "this page is shown where there is no other, and has no older addresses", DROP),
        (not address.startswith("/"), f"the older address {address!r} does not begin with a slash", PLAIN),
        (bool({"?", "#"} & {*address}), f"hosts do not look at what follows the '?' or '#' in {address!r}", PLAIN),
        (not is_path, f"{address!r} cannot be an address", PLAIN),
        (any(part.split(".")[0].casefold() in DEVICES for part in parts), f"{address!r} is no file on Windows", DROP),
        (any(len(part.encode()) > LONGEST_NAME for part in parts), "this is too long for an address", DROP),
        (folded(parts[0]) in TAKEN, f"the address '/{parts[0]}' is taken by the site itself", DROP),
    )
    return next(((message, hint) for is_so, message, hint in troubles if is_so), None)


def _is_taken(address: str, page: Page, owners: dict[str, str]) -> tuple[str, str] | None:
    """Return what else has an address, or is a file where the address needs a folder, and what to do."""
    file = folded(output_path(address))
    if file == folded(output_path(page.address)):
        return f"{address!r} is the address of this page today", DROP
    folders = {str(folder) for folder in PurePosixPath(file).parents}
    other = next((other for other in owners if other in {file, *folders} or other.startswith(f"{file}/")), None)
    if other is None:
        return None
    return f"{address!r} is {owners[other]} already", "let one address lead to one page only"
