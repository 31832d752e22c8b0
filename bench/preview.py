"""How long the preview takes from a save to the new page in Chromium, with 500 files; and what it costs when idle.

Run with ``.venv/bin/python bench/preview.py``; ``--saves 100`` for more of them. Milliseconds and their ratio to
what is asked; sites of one page with 499 sections, of 100 pages and of 499, with and without ``watchfiles``.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402 - the path comes first

LAYOUTS = ((1, 499), (100, 4), (250, 1))
"""Pages, and sections of each: about 500 Markdown files in all."""
ASKED = {("looking", 50): 120, ("looking", 95): 250, ("watchfiles", 50): 60}
"""Milliseconds from a save to the new page, by how changes are noticed and the percentile."""
OVERLAY = 300
WORDS = "the house is open in the morning and people come with books they like to read near a window while rain falls"
SITE = """\
site: {name: Bench, url: "https://bench.org"}
facts:
  phones: {desk: {number: 555-555-0100}}
  opening: {hours: 6-8 hours a day}
"""
PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<link rel="icon" href="data:,"><style>{{ inline("page.css") }}</style></head><body>
<nav>{% for other in site.pages %}<a href="{{ other.path }}">{{ other.title }}</a> {% endfor %}</nav>
<h1>{{ page.title }}</h1>{{ page.body }}
{% for s in page.sections %}<section id="{{ s.slug }}"><h2>{{ s.title }}</h2>{{ s.body }}</section>
{% endfor %}</body></html>
"""
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); {}import build; sys.exit(build.main(sys.argv[1:]))"
LOADED = "addEventListener('DOMContentLoaded', () => { window.loaded = performance.timeOrigin + performance.now() })"
OPENED = """() => new Promise((done) => { const seen = () => {
  const dialog = document.querySelector('#preview').shadowRoot.querySelector('dialog');
  dialog.open === %s ? done(performance.timeOrigin + performance.now()) : requestAnimationFrame(seen) }; seen() })"""


def lay(root: Path, pages: int, sections: int) -> None:
    """Write a site of pages with sections, of 120 words and two facts each."""
    rng = random.Random(5)  # noqa: S311 - the same each time
    put(root / "site.yaml", SITE)
    put(root / "templates/page.html", PAGE)
    put(root / "assets/page.css", "body { color: black }\n")
    for page in range(pages):
        folder = root / "content" / (f"p{page}" if page else "")
        put(folder / "page.md", f"---\ntitle: Page {page}\n---\n\nPage number {page}.\n")
        for section in range(1, sections + 1):
            text = " ".join(rng.choice(WORDS.split()) for _ in range(120)).capitalize()
            text += ". Call {{ phones.desk }}, {{ opening.hours }}. [Back](#s1)"
            put(folder / f"sections/{section}-s{section}.md", f"---\ntitle: Section {section}\n---\n\n{text}\n")


def put(path: Path, text: str) -> None:
    """Write a file, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@contextmanager
def preview(site: Path, *, told: bool) -> Iterator[tuple[str, int]]:
    """Run a preview; give its address and its process."""
    start = START.format("" if told else "sys.modules['watchfiles'] = None; ")
    command = [sys.executable, "-c", start, str(ROOT), "serve", "--port", "0", "--source", str(site)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout  # noqa: S101 - a pipe was asked for
        address = next(line for line in process.stdout if "http" in line).split()[4].rstrip(";")
        yield address, process.pid
        process.terminate()


def until(page: Page, word: str) -> float:
    """Return when the page that says a word was there, in milliseconds since the epoch."""
    page.wait_for_function(f"() => window.loaded && document.body.textContent.includes('{word}')", polling=10)
    return float(page.evaluate("window.loaded"))


def saves(page: Page, site: Path, number: int, rng: random.Random) -> list[float]:
    """Return the milliseconds from each save of the home page's text to the page with it."""
    path, found = site / "content/sections/1-s1.md", []
    text = path.read_text("utf-8")
    for each in range(number):
        page.wait_for_timeout(200 + 300 * rng.random())
        start = time.time() * 1000
        path.write_text(f"{text}\nSaved-{each}-times.\n", "utf-8")
        found.append(until(page, f"Saved-{each}-times.") - start)
    return found


def overlay(page: Page, site: Path) -> tuple[float, float]:
    """Return the milliseconds from a mistake in a template to the overlay, and from its mend to its end."""
    path = site / "templates/page.html"
    text, found = path.read_text("utf-8"), []
    for new, state in ((text.replace("page.body", "page.bodi"), "true"), (text, "false")):
        page.wait_for_timeout(500)
        start = time.time() * 1000
        path.write_text(new, "utf-8")
        found.append(float(page.evaluate(OPENED % state)) - start)
    return found[0], found[1]


def swap(page: Page, site: Path, number: int) -> float:
    """Return the milliseconds from a save of the style sheet to the page in its colour, the middle of some."""
    found = []
    for each in range(number):
        page.wait_for_timeout(400)
        start = time.time() * 1000
        put(site / "assets/page.css", f"body {{ color: rgb({each + 1}, 0, 0) }}\n")
        wanted = f"() => getComputedStyle(document.body).color === 'rgb({each + 1}, 0, 0)'"
        page.wait_for_function(wanted, polling="raf")
        found.append(time.time() * 1000 - start)
    return statistics.median(found)


def idle(process: int, seconds: float) -> float:
    """Return the share of a core that a process takes while nothing happens, in percent."""

    def used() -> float:
        tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
        return sum(int(each.read_text("ascii").split()[0]) for each in tasks) / 1e9

    before = used()
    time.sleep(seconds)
    return (used() - before) / seconds * 100


def percentile(values: list[float], share: int) -> float:
    """Return the value that this share in percent of the values does not pass."""
    return sorted(values)[min(len(values) - 1, round(len(values) * share / 100))]


def line(name: str, measured: float, asked: float | None, unit: str = "ms") -> None:
    """Print a measurement, and its ratio to what is asked."""
    ratio = f"{measured / asked:6.2f} of {asked:g}" if asked else ""
    print(f"  {name:34} {measured:8.1f} {unit} {ratio}")


def measured(new_page: Callable[[], Page], pages: int, sections: int, number: int, *, told: bool) -> None:
    """Print what one site takes."""
    way = "watchfiles" if told else "looking"
    print(f"{pages} pages, {sections} sections each, {way}")
    with tempfile.TemporaryDirectory() as folder:
        lay(Path(folder), pages, sections)
        with preview(Path(folder), told=told) as (address, process):
            page = new_page()
            page.goto(address)
            page.wait_for_timeout(1000)
            found = saves(page, Path(folder), number, random.Random(1))  # noqa: S311 - the same each time
            for share in (50, 95):
                line(f"save to page, {share} %", percentile(found, share), ASKED.get((way, share)))
            begun, ended = overlay(page, Path(folder))
            line("mistake to overlay", begun, OVERLAY)
            line("mend to its end", ended, None)
            line("style sheet to its colours", swap(page, Path(folder), 5), None)
            page.close()
            line("idle", idle(process, 5), None, "% of a core")


def main() -> None:
    """Measure each site by both ways, then the cost of a small one that nobody touches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=30)
    number = parser.parse_args().saves
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        context = browser.new_context()
        context.add_init_script(LOADED)
        for pages, sections in LAYOUTS:
            for told in (False, True):
                measured(context.new_page, pages, sections, number, told=told)
        browser.close()
    for told in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            lay(Path(folder), 1, 57)
            with preview(Path(folder), told=told) as (_, process):
                time.sleep(2)
                line(f"idle, 60 files, {'watchfiles' if told else 'looking'}", idle(process, 10), 1, "% of a core")


if __name__ == "__main__":
    main()
