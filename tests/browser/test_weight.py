"""What a page asks for, keeps, moves and carries along unused, measured in a browser."""

import re
from collections.abc import Callable, Mapping
from statistics import mean
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests import budgets
from tests.browser.conftest import PATHS, Server

EVERYTHING = """async () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const box of document.querySelectorAll("input")) box.click();
    scrollTo(0, document.documentElement.scrollHeight);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
"""Use what is on a page: open all that is closed, tick all, go to the end."""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_one_request(visit: Callable[..., Page], site: Server, path: str) -> None:
    """A page comes in one request; used, printed and in the dark it asks for nothing more."""
    page = visit(path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = len(site.asked)
    page.reload()
    page.evaluate(EVERYTHING)
    page.emulate_media(media="print", color_scheme="dark")
    page.emulate_media(media="screen", color_scheme="dark", contrast="more")
    page.evaluate(EVERYTHING)
    from_afar = [url for url in asked if not url.startswith("data:")]
    assert from_afar == [site.url + path]
    assert len(from_afar) <= budgets.REQUESTS.number
    hosts = {urlsplit(url).netloc for url in from_afar}
    assert len(hosts) <= budgets.ORIGINS.number
    assert len(hosts - {urlsplit(site.url).netloc}) <= budgets.THIRD_PARTIES.number
    assert site.asked[before:] == [path]


KEPT = """async () => ({
    cookies: document.cookie.length,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    history: history.state === null ? 0 : 1,
    name: window.name.length,
})"""


@pytest.mark.parametrize("path", PATHS)
def test_a_page_keeps_nothing(visit: Callable[..., Page], path: str) -> None:
    """Read and used, a page has left no cookie, no entry in any storage, no worker, and brought no font."""
    page = visit(path)
    page.evaluate(EVERYTHING)
    assert len(page.context.cookies()) <= budgets.COOKIES.number
    assert page.context.service_workers == []
    assert page.evaluate("document.fonts.size") <= budgets.WEB_FONTS.number
    kept: Mapping[str, int] = page.evaluate(KEPT)
    assert {name: count for name, count in kept.items() if count > budgets.STORED.number} == {}


SLOWLY = """async pieces => {
    const frames = async count => { for (; count; count--) await new Promise(requestAnimationFrame); };
    const shifts = [];
    const observer = new PerformanceObserver(list => shifts.push(...list.getEntries()));
    observer.observe({type: "layout-shift"});
    document.open();
    for (const piece of pieces) {
        document.write(piece);
        await frames(1);
    }
    document.close();
    await frames(4);
    const moved = shift => shift.sources.map(source => source.node && source.node.textContent.trim());
    const found = shifts.map(shift => [shift.value, ...moved(shift)]);
    document.querySelector("h1").style.paddingTop = "9rem";
    await frames(4);
    return [found, shifts.length - found.length];
}"""
"""Write a page piece by piece, each drawn before the next; return what shifted, and whether a push is noticed."""


def pieces_of(page: str) -> list[str]:
    """Return a page in pieces: its head, then line by line, but for the main text, which goes section by section."""
    head, body, rest = page.partition("<body")
    above, main, text = rest.partition("<main")
    text, end, below = text.partition("</main")
    sections = re.split("(?=<section)", text)
    return [
        head + body,
        *above.splitlines(keepends=True),
        main + sections[0],
        *sections[1:],
        *(end + below).splitlines(keepends=True),
    ]


@pytest.mark.parametrize(
    ("path", "width"), [("/", 360), ("/", 768), ("/", 1280), ("/leaflet/", 360), ("/404.html", 360)]
)
def test_nothing_shifts(visit: Callable[..., Page], files: Mapping[str, bytes], path: str, width: int) -> None:
    """While a page comes in bit by bit, nothing that is drawn already moves; a push at the end proves the watching."""
    name = f"{path[1:]}index.html" if path.endswith("/") else path[1:]
    pieces = pieces_of(files[name].decode())
    assert len(pieces) > 15
    shifts, noticed = visit(path, width=width).evaluate(SLOWLY, pieces)
    assert noticed > 0
    assert [shift for shift in shifts if shift[0] > budgets.LAYOUT_SHIFT.number] == []


TEXT = """() => {
    for (const spoken of document.querySelectorAll("output, [role=status]")) spoken.remove();
    return document.body.innerText;
}"""


@pytest.mark.parametrize("path", PATHS)
def test_without_scripts_a_page_says_the_same(visit: Callable[..., Page], path: str) -> None:
    """Scripts add no word and take none away."""
    plain, scripted = visit(path, java_script_enabled=False), visit(path)
    text = scripted.evaluate(TEXT)
    assert "561-899-6088" in text
    assert plain.evaluate(TEXT) == text


SELECTORS = """() => {
    const found = {};
    const walk = rules => {
        for (const rule of rules) {
            if (rule.selectorText) found[rule.selectorText] = true;
            if (rule.cssRules) walk(rule.cssRules);
        }
    };
    for (const sheet of document.styleSheets) walk(sheet.cssRules);
    return Object.keys(found);
}"""
MATCHING = "selectors => selectors.filter(selector => document.querySelector(selector))"
STATE = re.compile(
    r":not\(:(?:focus|focus-visible|hover|active|checked|target)\)"
    r"|:(?:hover|focus-visible|focus-within|focus|active|visited|link|checked|target)\b|\[open\]|\[hidden\]"
    r"|::?(?:before|after|marker|selection|first-letter|first-line)\b|::[a-z-]+"
)
"""What an element is now and then, and what is drawn with it: its selector counts without."""
FOR_EDITORS = {"img": "EDITING.md tells how to add a picture"}
"""What is styled before anybody has written it, and why."""


def rests(selectors: str) -> list[str]:
    """Return each selector of a list without states."""
    each = (part.strip() for part in re.split(r",(?![^(\[]*[)\]])", selectors))
    return [STATE.sub("", part) or "*" for part in each]


def test_selectors_are_taken_apart() -> None:
    """A list is taken apart, not within brackets; states go, structure stays."""
    selectors = ".skip:not(:focus), a:is(b, c):hover, [href^='tel:,'], :focus, d::details-content, e:first-child > f"
    assert rests(selectors) == [".skip", "a:is(b, c)", "[href^='tel:,']", "*", "d", "e:first-child > f"]


def test_every_selector_matches_something(visit: Callable[..., Page]) -> None:
    """A style sheet carries no rule that no page with this style sheet needs."""
    unused: dict[str, set[str]] = {}
    for path in PATHS:
        page = visit(path)
        sheet = page.evaluate("[...document.querySelectorAll('style')].map(style => style.textContent).join('')")
        selectors = {rest for selector in page.evaluate(SELECTORS) for rest in rests(selector)}
        assert len(selectors) > 20
        unmatched = selectors - set(page.evaluate(MATCHING, sorted(selectors))) - FOR_EDITORS.keys()
        unused[sheet] = unused.get(sheet, unmatched) & unmatched
    assert [sorted(selectors) for selectors in unused.values()] == [[]] * len(unused)


LINES = """() => {
    const lines = [];
    for (const block of document.querySelectorAll("p, li, dd")) {
        if (block.closest("nav, aside, footer") || !block.getClientRects().length) continue;
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const own = [];
        let last = {left: Infinity, top: 0, height: 0};
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentNode.closest("p, li, dd") !== block) continue;
            for (const word of node.data.matchAll(/\\s*\\S+\\s*/g)) {
                const range = document.createRange();
                range.setStart(node, word.index + word[0].search(/\\S/));
                range.setEnd(node, word.index + word[0].trimEnd().length);
                const rect = range.getClientRects()[0];
                if (!rect) continue;
                const away = Math.abs(rect.top - last.top) > rect.height / 2;
                if (away || rect.left <= last.left) own.push("");
                own[own.length - 1] += word[0];
                last = rect;
            }
        }
        lines.push(own.map(line => line.replace(/\\s+/g, " ").trim()));
    }
    return lines;
}"""
"""The running text as the lines that are seen: each begins where a word is not right of the last."""


@pytest.mark.parametrize("font", ["", "Liberation Sans", "DejaVu Sans"])
@pytest.mark.parametrize("path", PATHS)
def test_lines_are_not_too_long(visit: Callable[..., Page], path: str, font: str) -> None:
    """On a wide screen the eye finds back from the end of a line, whichever font of the list a visitor has.

    The page's own font is tried, and two whose letters are as narrow as Arial's and wider than most.
    Full lines (all but a block's last) keep to the measure on the mean, a single one where letters are narrow may not.
    """
    page = visit(path, width=1280, height=800)
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    page.evaluate("font => document.documentElement.style.fontFamily = font", font)
    blocks = page.evaluate(LINES)
    full = [line for block in blocks for line in block[:-1]]
    assert full
    assert mean(map(len, full)) <= budgets.MEASURE.number
    assert [line for block in blocks for line in block if len(line) > budgets.LONGEST_LINE.number] == []
