"""What the preview shows: the pages of the last good build, and what is wrong with the files as they are now.

Pages are the bytes that a build would write, with a script of the preview
behind them and a policy that lets this script, and nothing else, in.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from generator import policy
from generator.addresses import NOT_FOUND_FILE, file_at
from generator.kept import kept
from generator.model import Build, Matter, Rendered, RenderedPage
from generator.policy import Policy
from generator.problems import Problem, count, excerpt

FOLDER = "/_preview/"
"""Where the preview's own files are: no page can have an address that begins like this."""
SCRIPT, SOCKET = f"{FOLDER}client.js", f"{FOLDER}socket"
MOST = 100
"""How many problems a page is told at once; all of them stand in the terminal."""
STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(?=</style\s*>)", re.DOTALL | re.IGNORECASE)
SHEET = re.compile(r"""(<link\b(?=[^>]*\srel=["']?stylesheet\b)[^>]*\shref=["']?)([^"'\s>]+)""", re.IGNORECASE)
COMMON = (*(each for each in policy.everywhere(drafts=True) if each[0] != "Strict-Transport-Security"), policy.NOT_KEPT)
"""The headers of all that is sent."""
EMPTY_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title>'
"""What is shown where there is no page yet."""
EDITORS: Mapping[str, str] = MappingProxyType(
    {
        **{
            name: f"{name}://file/{{path}}:{{line}}:{{column}}" for name in ("vscode", "vscodium", "cursor", "windsurf")
        },
        "zed": "zed://file/{path}:{line}:{column}",
        "idea": "idea://open?file={path}&line={line}&column={column}",
        "sublime": "subl://open?url=file:///{path}&line={line}&column={column}",
        "textmate": "txmt://open?url=file:///{path}&line={line}&column={column}",
        "none": "",
    }
)
"""The addresses that open a file in an editor."""


class Look(NamedTuple):
    """A page as the client compares it: by its bytes, by all but its style sheets, and those."""

    page: str
    bare: str
    styles: tuple[str, ...]
    sheets: tuple[str, ...]


class Shown(NamedTuple):
    """What the preview shows after its build number ``number``.

    ``build`` is the last of all, ``rendered`` the pages and assets of the last that had some, ``beside`` what stood
    beside them once they were audited.
    """

    number: int
    build: Build
    rendered: Rendered | None
    beside: Mapping[str, bytes]

    @property
    def is_stopped(self) -> bool:
        """Whether the last build left nothing to show, so that the pages are older than the files."""
        return self.build.rendered is None

    @property
    def base_path(self) -> str:
        """The path below which the site stands."""
        return self.rendered.base_path if self.rendered else ""

    @property
    def url(self) -> str:
        """The site's address."""
        return self.rendered.url if self.rendered else ""

    def file(self, path: str) -> str | None:
        """Return which file of the site a path of a request asks for; nothing if there is none."""
        base = self.base_path
        inside = path.removeprefix(f"{base}/") if path.startswith(f"{base}/") else None
        if self.rendered is None or inside is None:
            return None
        name = file_at(inside)
        is_there = name in self.rendered.files or (name in self.beside and not name.startswith("_"))
        return name if is_there else None

    def content(self, file: str) -> bytes | None:
        """Return the bytes of a file; nothing if there is none."""
        return self.rendered.files.get(file, self.beside.get(file)) if self.rendered else None

    def moved(self, path: str) -> str:
        """Return the address of the page that a path without its last slash means; an empty text if there is none."""
        return f"{path}/" if not path.endswith("/") and self.file(f"{path}/") else ""

    def answer(self, path: str) -> str:
        """Return which file answers at a path: where there is none, the page for wrong addresses."""
        return self.file(path) or NOT_FOUND_FILE

    def page(self, path: str) -> str:
        """Return the page that a path shows, that for wrong addresses included."""
        found = self.answer(path)
        content = self.content(found) if found.endswith(".html") else None
        return EMPTY_PAGE if content is None else content.decode()

    def rendered_page(self, path: str) -> RenderedPage | None:
        """Return what is known of the page that a path shows."""
        found = self.answer(path)
        return next((page for page in self.rendered.pages if page.path == found), None) if self.rendered else None


def after(shown: Shown | None, build: Build) -> Shown:
    """Return what is shown after one more build, or after the rest of the same."""
    number = 1 if shown is None else shown.number + shown.build.is_audited
    rendered = build.rendered or (shown.rendered if shown else None)
    return Shown(number, build, rendered, build.beside or (shown.beside if shown else {}))


# ---------------------------------------------------------------- pages


@kept
def look(page: str) -> Look:
    """Return how the client compares a page with the one that it shows."""
    styles = tuple(found[2] for found in STYLE.finditer(page))
    sheets = tuple(found[2] for found in SHEET.finditer(page))
    bare = SHEET.sub(r"\1", STYLE.sub(r"\1", policy.without(page)))
    return Look(fingerprint(page), fingerprint(bare), styles, sheets)


def fingerprint(text: str) -> str:
    """Return what stands for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def policy_of(page: str, url: str, host: str) -> Policy:
    """Return the policy of a page as the preview serves it at a host: that of the site, and the client besides."""
    return policy.policy_of(page, url).with_client(f"http://{host}{SCRIPT}", f"ws://{host}{SOCKET}")


def headers(path: str, content: bytes, url: str, host: str) -> list[policy.Header]:
    """Return the headers of a file: those of the site, but for what would bind a browser to TLS, or to this moment."""
    found = {**dict(policy.own(path, content, url)), **dict(COMMON)}
    if policy.POLICY in found:
        found[policy.POLICY] = policy_of(content.decode(), url, host).header
    return list(found.items())


def served(page: str, url: str, host: str, client: str) -> bytes:
    """Return a page with the preview's script, whose fingerprint stands in its address.

    It stands first, behind the policy: whatever a page leaves open, the script runs, and so the mend is seen.
    """
    seen = look(page)
    script = f'<script async src="{SCRIPT}?{client}" data-page="{seen.page}" data-bare="{seen.bare}"></script>'
    if not policy.META.search(page):
        return f"{page}{script}".encode()
    allowed = policy_of(page, url, host).meta
    return policy.META.sub(lambda _: f"{allowed}{script}", page, count=1).encode()


# ---------------------------------------------------------------- messages


def message(shown: Shown, path: str, link: "Link") -> dict[str, object]:
    """Return what the client is told: how its page looks now, what is wrong, where its texts stand."""
    page = shown.rendered_page(path)
    seen = look(shown.page(path))
    problems = sorted(shown.build.problems, key=lambda problem: not problem.stops_render)
    return {
        "build": shown.number,
        "stopped": shown.is_stopped,
        "checked": shown.build.is_audited,
        "page": seen.page,
        "bare": seen.bare,
        "styles": seen.styles,
        "sheets": seen.sheets,
        "problems": [_told(problem, shown.build.sources, link) for problem in problems[:MOST]],
        "errors": len(shown.build.errors),
        "warnings": len(problems) - len(shown.build.errors),
        "files": {entry.slug: _entry(entry.path, entry.matter, link) for entry in page.page.parts} if page else {},
        "file": _entry(page.page.entry.path, page.page.entry.matter, link) if page else {},
    }


def _told(problem: Problem, sources: Mapping[str, str], link: "Link") -> dict[str, object]:
    return {
        "place": str(problem.location),
        "link": link.to(problem.location.path, problem.location.line, problem.location.column),
        "severity": problem.severity,
        "message": problem.message,
        "excerpt": excerpt(problem.location, sources),
        "hint": problem.hint,
    }


def _entry(path: str, matter: Matter, link: "Link") -> dict[str, str]:
    waits = matter.draft.waits
    draft = f"Draft: {matter.draft.reason}" if waits and matter.draft.reason else "Draft" if waits else ""
    return {"path": path, "link": link.to(path, 1, 1), "draft": draft}


class Link(NamedTuple):
    """How a file of the site is opened in an editor: an address with ``{path}``, ``{line}`` and ``{column}``."""

    root: PurePath
    address: str

    def to(self, path: str, line: int, column: int) -> str:
        """Return the address that opens a file at a place; nothing where no editor is known."""
        whole = quote((self.root / path).as_posix().encode("utf-8", "surrogateescape"), safe="/:")
        found = self.address.replace("/{path}", f"/{whole.lstrip('/')}").replace("{path}", whole)
        return found.replace("{line}", str(line)).replace("{column}", str(column))


def line(shown: Shown, changed: tuple[str, ...], seconds: float) -> str:
    """Return what is printed of a build: what changed, how many pages there are, how long it took."""
    named = "built" if not changed else changed[0] if len(changed) == 1 else count(len(changed), "file")
    rendered = shown.build.rendered
    pages = count(len(rendered.pages), "page") if rendered else "the pages stay as they were"
    return f"{named}: {pages}, {seconds * 1000:.0f} ms"
