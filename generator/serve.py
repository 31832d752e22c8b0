"""The preview's server: livereload with a watcher, handlers and a client of our own.

Builds run in the thread of the watcher, one at a time; what they give is
handed to the loop of the server, which alone answers requests and tells the
clients. Nothing is written. Only programs of this machine are answered, and
only pages that this server has sent may open its socket.
"""

import asyncio
import contextlib
import errno
import json
import logging
import mimetypes
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import livereload
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher as LiveReloadWatcher
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from generator import kept, preview
from generator.model import Build
from generator.preview import Link, Shown
from generator.watch import Still, Watcher

HOST = "127.0.0.1"
CLIENT = Path(__file__).with_name("client.js").read_text("utf-8")
FINGERPRINT = preview.fingerprint(CLIENT)
TRIES = 20
"""How many ports are tried, one after the other."""
LONG = 1.0
"""Seconds after which a build is said to take long."""
LONGEST_MESSAGE = 16 * 1024
"""Bytes that a client may send at once: it says the address of its page."""

Report = Callable[[Shown, tuple[str, ...], float], object]
"""Is given each build once it is whole, the files that had changed, and the seconds that it took."""


def sockets(port: int) -> list[socket.socket]:
    """Return sockets on this machine at a port or, where it is in use, at the next that is free."""
    for candidate in range(port, min(port + TRIES, 65536)):
        try:
            return bind_sockets(candidate, HOST)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or candidate == min(port + TRIES, 65536) - 1:
                raise OSError(error.errno, error.strerror, f"port {candidate}") from None
    raise AssertionError  # a range that is not empty ends above


class Preview:
    """A running preview: what it shows, and the pages that are open."""

    def __init__(
        self,
        builds: Callable[[], Iterator[Build]],
        link: Link,
        report: Report,
        slow: Callable[[tuple[str, ...]], object] = lambda _: None,
    ) -> None:
        self.builds, self.link, self.report, self.slow = builds, link, report, slow
        self.built: Shown | None = None  # in the thread of the builds
        self.shown: Shown | None = None  # in that of the server
        self.clients: set[_Socket] = set()
        self.loop: IOLoop | None = None
        self.failure: BaseException | None = None

    def build(self, changed: tuple[str, ...] = (), still: Still = lambda: True) -> bool:
        """Build, and show what comes of it: the pages as soon as they are there, then all that is wrong.

        Nothing is shown, and false returned, where the files have changed before there were pages.
        """
        start, shown = time.perf_counter(), self.built
        with self.told_if_long(changed):
            for number, each in enumerate(self.builds()):
                if number == 0 and not still():
                    return False
                self.built = shown = preview.after(shown, each)
                self.show(shown)
        if shown:
            self.report(shown, changed, time.perf_counter() - start)
        return True

    @contextlib.contextmanager
    def told_if_long(self, changed: tuple[str, ...]) -> Iterator[None]:
        """Say on the terminal and on each page that a build takes long, while it does."""

        def tell() -> None:
            self.slow(changed)
            if self.loop:
                self.loop.add_callback(self._wait)

        timer = threading.Timer(LONG, tell)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def fail(self, error: BaseException) -> None:
        """End the preview with what has failed in it; raised again by ``serve``."""
        self.failure = error
        if self.loop:
            self.loop.add_callback(self.loop.stop)

    def show(self, shown: Shown) -> None:
        """Have the server show this from now on."""
        if self.loop is None:
            self.shown = shown
        else:
            self.loop.add_callback(self._publish, shown)

    def _publish(self, shown: Shown) -> None:
        self.shown = shown
        for client in tuple(self.clients):
            client.tell()

    def _wait(self) -> None:
        for client in tuple(self.clients):
            client.send_message({"busy": True})


def serve(live: Preview, listening: list[socket.socket], watcher: Watcher, announce: Callable[[int], object]) -> None:
    """Serve what a preview shows, and build again when a file of the site changes, until interrupted.

    ``announce`` is given the port once pages can be had there.
    """
    sys.setswitchinterval(0.001)  # a request does not wait for the build in the other thread
    kept.by_build()
    asyncio.set_event_loop(asyncio.new_event_loop())
    try:
        live.build()
        live.loop = IOLoop.current()
        announce(listening[0].getsockname()[1])
        _Server(live, listening, watcher).serve(host=HOST)
    finally:
        watcher.stop()
        for each in listening:
            each.close()
    if live.failure:
        raise live.failure


class _Watcher(LiveReloadWatcher):  # type: ignore[misc]  # livereload has no types
    """Gives livereload our watcher: it asks no more, and is told nothing."""

    def __init__(self, ours: Watcher) -> None:
        super().__init__()
        self.ours = ours
        self._tasks = {"ours": None}

    def start(self, _callback: object) -> bool:
        """Begin to watch; true, so that livereload does not poll."""
        self.ours.start()
        return True


class _Server(livereload.Server):  # type: ignore[misc]  # the same
    """livereload's loop, with handlers of ours."""

    def __init__(self, live: Preview, listening: list[socket.socket], watcher: Watcher) -> None:
        super().__init__(watcher=_Watcher(watcher))
        self.live, self.listening = live, listening

    def application(self, *_: object, **__: object) -> None:
        """Answer requests at the sockets."""
        LiveReloadHandler.watcher, LiveReloadHandler._last_reload_time = self.watcher, None  # noqa: SLF001
        given = {"live": self.live, "port": self.listening[0].getsockname()[1]}
        handlers = [(preview.SOCKET, _Socket, given), (preview.SCRIPT, _Client, given), (r"/.*", _Pages, given)]
        app = web.Application(
            handlers,
            log_function=lambda _: None,
            websocket_max_message_size=LONGEST_MESSAGE,
        )
        HTTPServer(app, max_body_size=LONGEST_MESSAGE).add_sockets(self.listening)

    def _setup_logging(self) -> None:
        logging.getLogger("tornado").setLevel(logging.ERROR)  # refused requests are no news


def is_ours(request: HTTPServerRequest, port: int) -> bool:
    """Tell whether a request is meant for this server, and comes from a page of it or from no page."""
    names = {f"{HOST}:{port}", f"localhost:{port}"} | ({HOST, "localhost"} if port == 80 else set())  # noqa: PLR2004
    origin = request.headers.get("Origin")
    return request.headers.get("Host", "") in names and origin in {None, *(f"http://{name}" for name in names)}


class _Handler(web.RequestHandler):
    """Answers what is asked of this server by its own pages."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, live: Preview, port: int) -> None:
        self.live, self.port = live, port

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in preview.COMMON:
            self.set_header(name, value)

    def compute_etag(self) -> None:
        """Nothing is kept by a browser."""

    def prepare(self) -> None:
        if not is_ours(self.request, self.port):
            self.send_error(403, reason="Forbidden")

    def write_error(self, status_code: int, **_: object) -> None:
        if status_code == 405:  # noqa: PLR2004
            self.set_header("Allow", ", ".join(self.SUPPORTED_METHODS))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}\n")

    def head(self) -> None:
        """Answer with the headers of the same."""
        self.get()


class _Client(_Handler):
    """The script of the preview."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "max-age=31536000, immutable")  # its address has its fingerprint
        self.finish(CLIENT)


class _Pages(_Handler):
    """The files of the site, as a static host gives them."""

    def get(self) -> None:
        shown, path = self.live.shown, unquote(self.request.path)
        if shown is None:
            self.send_error(503)
        elif shown.moved(path) or (path == "/" and shown.base_path):
            there = quote(shown.moved(path) or f"{shown.base_path}/")
            self.redirect(f"{there}?{self.request.query}" if self.request.query else there)
        else:
            self.answer(shown, path)

    def answer(self, shown: Shown, path: str) -> None:
        """Answer with a file of the site, or with its page for wrong addresses."""
        name = shown.file(path)
        self.set_status(200 if name or shown.rendered is None else 404)
        is_page = name is None or name.endswith(".html")
        content = shown.page(path).encode() if is_page else shown.content(name or "") or b""
        kind = "text/html" if is_page else mimetypes.guess_type(name or "")[0] or "application/octet-stream"
        for header, value in preview.headers(shown.answer(path), content, shown.url, self.request.host):
            self.set_header(header, value)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.finish(preview.served(content.decode(), shown.url, self.request.host, FINGERPRINT) if is_page else content)


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """A page that is open: it says its address, and is told what is new of it."""

    def initialize(self, live: Preview, port: int) -> None:
        self.live, self.port, self.path = live, port, ""

    def prepare(self) -> None:
        if not is_ours(self.request, self.port):
            self.set_status(403)
            self.finish()

    def check_origin(self, _origin: str) -> bool:
        """Whether the page is ours; ``prepare`` has seen to it."""
        return is_ours(self.request, self.port)

    def on_message(self, message: str | bytes) -> None:
        """Note the address of the page, and tell it how things stand."""
        try:
            self.path = unquote(str(json.loads(message)["path"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            self.close(1003)
            return
        self.live.clients.add(self)
        self.tell()

    def tell(self) -> None:
        """Tell the page how things stand."""
        try:
            if self.live.shown:
                self.send_message(preview.message(self.live.shown, self.path, self.live.link))
        except Exception as error:  # noqa: BLE001 - else the page would go on and know nothing
            self.live.fail(error)

    def on_close(self) -> None:
        """Forget the page."""
        self.live.clients.discard(self)
