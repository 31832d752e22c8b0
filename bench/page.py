"""What a visitor waits for: the pages of this site in Chromium, on a slow line and a slow phone.

Prints, for each page, what it weighs and how long until its largest text is
painted (median of several loads), how much its layout shifts, and how soon
"Leave this site" leaves the screen blank::

    .venv/bin/python bench/page.py
"""

import http.server
import re
import statistics
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import brotli
from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from generator.model import Options  # noqa: E402 - the folder of the project is the place to look
from generator.pipeline import build  # noqa: E402
from tests import budgets  # noqa: E402
from tests.browser import chromium  # noqa: E402

LINES = {"slow 3G": (400, 400_000, 1_200), "slow 4G": (150, 1_600_000, 800)}
"""Round trip in ms, bits a second, and the ms that are wanted at most; the CPU is slowed six times for all."""
LOADS = 5
BLANK_WITHIN = 100
"""In ms: what feels at once."""
OBSERVE = """
window.seen = {shift: 0, paint: 0};
new PerformanceObserver(list => list.getEntries().forEach(e => seen.paint = e.startTime))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(e => seen.shift += e.value))
  .observe({type: 'layout-shift', buffered: true});
"""
BLANK = """() => new Promise(done => {
  const start = performance.now();
  document.getElementById('exit').click();
  const look = () => document.body.offsetHeight ? requestAnimationFrame(look) : done(performance.now() - start);
  requestAnimationFrame(look);
})"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves the finished files as a host does, compressed."""

    files: dict[str, bytes]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        path = self.path.lstrip("/") + ("index.html" if self.path.endswith("/") else "")
        body = self.files.get(path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def slowed(page: Page, line: str) -> CDPSession:
    """Slow a page's network and processor."""
    latency, bits, _ = LINES[line]
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    speed = {"downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
    tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency, **speed})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    return tools


def load(browser: Browser, url: str, line: str) -> tuple[float, float]:
    """Return when the largest text was painted, in ms, and how much the layout shifted."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=3)
    page = context.new_page()
    page.add_init_script(OBSERVE)
    slowed(page, line)
    page.goto(url)
    page.wait_for_timeout(1500)  # the policy refuses what would tell sooner
    seen = page.evaluate("seen")
    context.close()
    return float(seen["paint"]), float(seen["shift"])


def leave(browser: Browser, url: str) -> float:
    """Return after how many ms the screen is blank once the exit is used, with a destination that does not answer."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    held: list[Route] = []
    page.route("https://**", lambda route: held.append(route))  # noqa: PLW0108 - playwright puts a mark on it
    page.goto(url)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    took = float(page.evaluate(BLANK))
    for route in held:
        route.abort()
    context.close()
    return took


def row(what: str, value: float, most: float, unit: str) -> None:
    """Print what was measured, and how much of what is wanted at most that is."""
    print(f"  {what:38} {value:8,.0f} {unit:6} {value / most:5.2f} of {most:,.0f}")


def measure(browser: Browser, url: str, page: bytes, packed: bytes) -> None:
    """Measure one page and print it."""
    row("in Brotli", len(packed), budgets.PAGE.number, "bytes")
    for tag, limit in (("style", budgets.STYLE), ("script", budgets.SCRIPT)):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>".encode(), page, re.DOTALL)
        row(limit.name, sum(map(len, found)), limit.number, "bytes")
    shifts = [0.0]
    for line, (_, _, most) in LINES.items():
        loads = [load(browser, url, line) for _ in range(LOADS)]
        row(f"largest text painted, {line}", statistics.median(paint for paint, _ in loads), most, "ms")
        shifts += [shift for _, shift in loads]
    row(
        "blank after the exit is used", statistics.median(leave(browser, url) for _ in range(LOADS)), BLANK_WITHIN, "ms"
    )
    print(f"  {'layout shift':38} {max(shifts):8.3f}")


def main() -> None:
    """Measure each page and print it."""
    files = build(ROOT, Options(datetime.now(UTC).date())).files
    Handler.files = {path: brotli.compress(text) for path, text in files.items()}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        for path in ("/", "/leaflet/", "/404.html"):
            name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
            print(path)
            measure(browser, f"http://127.0.0.1:{server.server_port}{path}", files[name], Handler.files[name])
        browser.close()


if __name__ == "__main__":
    main()
