"""What the browser tests share: the browser, a server on this machine, and the clinic's site built once."""

import http.server
import mimetypes
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from generator.model import Options
from generator.pipeline import build
from tests.browser import chromium

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 24)
PATHS = ("/", "/leaflet/", "/404.html")


Headers = Callable[[str, bytes], Iterable[tuple[str, str]]]
"""Gives the headers of a file."""


def no_headers(_path: str, _content: bytes) -> Iterable[tuple[str, str]]:
    """Send files as a host does that knows no headers of a site."""
    return ()


class Server(http.server.ThreadingHTTPServer):
    """Serves finished files from memory, and notes each path that is asked for."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes], headers: Headers = no_headers) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.headers, self.asked = files, headers, list[str]()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a browser hangs up."""

    @property
    def url(self) -> str:
        """The address of the site, without a slash at its end."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as a static host does."""
        server = self.server
        assert isinstance(server, Server)
        server.asked.append(self.path)
        path = unquote(urlsplit(self.path).path).lstrip("/")
        path += "index.html" if path.endswith("/") or not path else ""
        body = server.files.get(path)
        self.send_response(200 if body is not None else 404)
        content = server.files.get("404.html", b"") if body is None else body
        kind = "text/html" if body is None else mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for header in server.headers("404.html" if body is None else path, content):
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser, started once; without one the tests fail, they are never skipped."""
    started = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Server]]:
    """Serve finished files until the tests end: what ``Server`` takes."""
    servers: list[Server] = []

    def start(*given: Any) -> Server:  # noqa: ANN401
        servers.append(Server(*given))
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    """The clinic's finished files."""
    return build(ROOT, Options(TODAY)).files


@pytest.fixture(scope="session")
def site(serve: Callable[[Mapping[str, bytes]], Server], files: Mapping[str, bytes]) -> Server:
    """The clinic's site, served."""
    return serve(files)


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a context with the options of ``Browser.new_context``; closed after the test."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        opened.append(browser.new_context(**options))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for each in opened:
        each.close()


Contexts = Callable[..., BrowserContext]
"""Gives the context with some options of ``Browser.new_context``."""


def keep_contexts(browser: Browser) -> Iterator[Contexts]:
    """Give one context for the same options, for making one takes longer than most tests; close all in the end."""
    kept: dict[str, BrowserContext] = {}

    def give(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = browser.new_context(**options)  # type: ignore[arg-type]
        return kept[key]

    yield give
    for each in kept.values():
        each.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Contexts]:
    """The contexts that tests share; a module whose tests change theirs makes its own for each test."""
    yield from keep_contexts(browser)


@pytest.fixture
def visit(contexts: Contexts, site: Server) -> Iterator[Callable[..., Page]]:
    """Open a page of the clinic's site: ``visit("/", width=360, height=740, color_scheme="dark")``.

    Whatever the browser complains of, a policy that blocks something too, fails the test.
    """
    complaints: list[str] = []
    opened: list[Page] = []

    def open_page(path: str = "/", *, width: int = 360, height: int = 740, **options: object) -> Page:
        page = contexts(**options).new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.on("console", lambda message: complaints.append(f"{message.location['url']}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url + path)
        return page

    yield open_page
    for page in opened:
        page.close()
    assert complaints == []
