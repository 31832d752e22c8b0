"""Readable by everyone: axe at every level, contrast of every pair, targets, reflow, every mode."""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from generator import policy
from tests import budgets
from tests.browser.conftest import PATHS, Server

WIDTHS = (320, 360, 768, 1280)
LEVELS = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
OPEN = "document.querySelectorAll('details').forEach(function (each) { each.open = true })"
TICK = "document.querySelectorAll('input').forEach(function (each, n) { if (!n) each.click() })"

RATIO = r"""
  var canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  }
  function light(colour) {
    var v = [0, 1, 2].map(function (i) {
      var x = rgba(colour)[i] / 255;
      return x <= .04045 ? x / 12.92 : Math.pow((x + .055) / 1.055, 2.4);
    });
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2];
  }
  function ratio(one, other) {
    var pair = [light(one), light(other)];
    return (Math.max(pair[0], pair[1]) + .05) / (Math.min(pair[0], pair[1]) + .05);
  }
"""
"""The contrast of two colours (WCAG 2.2, relative luminance)."""

CONTRASTS = r"""
(function () {
  RATIO
  var found = {};
  function ground(element) {
    for (var at = element; at; at = at.parentElement) {
      var colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] > 250) return colour;
    }
    return '#fff';
  }
  function note(kind, element, colour, grounds) {
    var best = Math.max.apply(null, grounds.map(function (each) { return ratio(colour, each); }));
    found[[kind, colour].concat(grounds).join(' ')] = [kind, best, element.outerHTML.slice(0, 60)];
  }
  document.querySelectorAll('body *').forEach(function (each) {
    var style = getComputedStyle(each);
    var says = [].some.call(each.childNodes, function (node) { return node.nodeType === 3 && node.data.trim(); });
    if (each.closest('script, style, svg') || !each.getClientRects().length) return;
    if (says) note('text', each, style.color, [ground(each)]);
    ['Top', 'Right', 'Bottom', 'Left'].forEach(function (side) {
      var inks = each.className && /\bpart\b/.test(each.className) && side === 'Left';
      if (parseFloat(style['border' + side + 'Width']) && style['border' + side + 'Style'] !== 'none' && !inks) {
        note('rule', each, style['border' + side + 'Color'], [ground(each), ground(each.parentElement)]);
      }
    });
  });
  return Object.keys(found).map(function (key) { return found[key]; });
})()
""".replace("RATIO", RATIO)
"""Each pair of a colour and its ground, with their contrast; a frame has a ground within and one without."""

TARGETS = r"""
[].map.call(document.querySelectorAll('a:not(.skip), summary, label, button, select'), function (each) {
  var box = each.getBoundingClientRect();
  var around = each.parentElement.textContent.trim() !== each.textContent.trim();
  var inSentence = each.nodeName === 'A' && around && /^(P|LI|DD|SPAN)$/.test(each.parentElement.nodeName)
    && getComputedStyle(each).display === 'inline';
  var calls = each.nodeName === 'A' && /^(tel|sms):/.test(each.getAttribute('href'));
  return [each.outerHTML.slice(0, 80), box.width, box.height, inSentence, calls];
}).filter(function (found) { return found[1] > 1; })
"""

OUTSIDE = r"""
[].filter.call(document.querySelectorAll('body *'), function (each) {
  var box = each.getBoundingClientRect();
  var hidden = each.closest('.hidden, .skip, svg');
  return !hidden && box.width && (box.right > innerWidth + .5 || box.left < -.5);
}).map(function (each) { return each.outerHTML.slice(0, 80); })
"""
"""What stands outside of the screen, left or right."""

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""The spacing that WCAG 1.4.12 asks a page to bear."""
BIG_LETTERS = "html { font-size: 200% !important }"
WEAR = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [sheet];
}"""
"""Put a style sheet of a reader over the page's own."""


def size(page: Page, width: int, height: int = 740) -> Page:
    """Return the page on another screen."""
    page.set_viewport_size({"width": width, "height": height})
    return page


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and nothing stands outside of the screen."""
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def schemes(page: Page, contrast: Literal["no-preference", "more"] = "no-preference") -> Iterator[Page]:
    """Each theme of a page, all of it open and ticked."""
    page.evaluate(OPEN)
    page.evaluate(TICK)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, contrast=contrast)
        yield page


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(visit: Callable[..., Page], path: str) -> None:
    """A, AA, AAA and best practice, at four widths, light and dark, every question open, the planner answered."""
    found: dict[tuple[str, int], list[str]] = {}
    for page in schemes(visit(path)):
        for width in WIDTHS:
            result = Axe().run(size(page, width), options=AXE)
            tried = {each["id"] for each in result.response["passes"]}
            assert {"color-contrast-enhanced", "region", "target-size"} <= tried
            for each in result.response["violations"]:
                found[each["id"], width] = [node["html"][:90] for node in each["nodes"]]
    assert found == {}


@pytest.mark.parametrize("path", PATHS)
def test_every_pair_of_colours_has_contrast(visit: Callable[..., Page], path: str) -> None:
    """Text on its ground 7.1 : 1 at least, rules and frames 3 : 1, on phones and wide screens, in every theme."""
    least = {"text": budgets.TEXT_CONTRAST.number, "rule": budgets.RULE_CONTRAST.number}
    grounds = set()
    opened = visit(path)
    for page in itertools.chain(schemes(opened), schemes(opened, "more")):
        for width in (360, 1280):
            pairs = size(page, width).evaluate(CONTRASTS)
            assert {kind for kind, *_ in pairs} == {"text", "rule"}
            assert [pair for pair in pairs if pair[1] < least[pair[0]]] == []
        grounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert len(grounds) == 2


def test_visited_links_have_contrast(visit: Callable[..., Page]) -> None:
    """The colour of visited links, which no script can read off a link, is as legible as all others."""
    for page in schemes(visit("/")):
        page.evaluate(WEAR, "main p, main li, blockquote p { color: var(--visited) !important }")
        pairs = [pair for pair in page.evaluate(CONTRASTS) if pair[0] == "text" and pair[2].startswith("<p>")]
        assert pairs
        assert [pair for pair in pairs if pair[1] < budgets.TEXT_CONTRAST.number] == []


@pytest.mark.parametrize("path", PATHS)
def test_the_ring_of_focus_shows_on_every_ground(visit: Callable[..., Page], path: str) -> None:
    """Of its two colours, ink and paper, one has 3 : 1 to what is around; they have it to each other."""
    for page in schemes(visit(path)):
        page.keyboard.press("Tab")
        style = page.evaluate("(s => [s.outline, s.boxShadow])(getComputedStyle(document.activeElement))")
        ring, halo = (re.search(r"rgb\([^)]*\)", part) for part in style)
        assert ring is not None
        assert halo is not None
        assert "solid 3px" in style[0]
        assert "0px 0px 0px 5px" in style[1]
        contrast = page.evaluate("([one, other]) => {" + RATIO + "return ratio(one, other) }", [ring[0], halo[0]])
        assert contrast >= budgets.RULE_CONTRAST.number**2  # so one of the two has it to whatever is around


@pytest.mark.parametrize("path", PATHS)
def test_targets_are_large(visit: Callable[..., Page], path: str) -> None:
    """44 px each way, call links 48 px high; a link within a sentence is exempt."""
    page = visit(path)
    page.evaluate(OPEN)
    small = []
    for width in WIDTHS:
        targets = size(page, width).evaluate(TARGETS)
        assert len(targets) > 3
        for html, wide, high, in_sentence, calls in targets:
            least = budgets.CALL.number if calls else budgets.TARGET.number
            if not in_sentence and (wide < budgets.TARGET.number - 0.01 or high < least - 0.01):
                small.append((width, html, wide, high))
    assert small == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways(visit: Callable[..., Page], path: str) -> None:
    """At 320 px, which is 1280 px at 400 % zoom; with the text spacing of WCAG; with letters twice as large."""
    page = visit(path, width=320)
    page.evaluate(OPEN)
    page.evaluate(TICK)
    for width in (320, 360, 640, 768, 1024, 1280):
        fits(size(page, width))
    fits(size(page, 320, 256))
    for text in (SPACING, BIG_LETTERS):
        page.evaluate(WEAR, text)
        for width in (320, 360, 768, 1280):
            fits(size(page, width))


@pytest.mark.parametrize("path", PATHS)
def test_fixed_parts_leave_room(visit: Callable[..., Page], path: str) -> None:
    """On a phone they take a fifth of the screen at most; on its side the exit alone stays, in a low row."""
    page = visit(path)
    fixed = """() => [...document.querySelectorAll('body *')].filter(each =>
      getComputedStyle(each).position === 'fixed' && each.textContent.trim()
    ).map(each => [each.id || each.className, each.offsetWidth, each.offsetHeight, each.getBoundingClientRect().top])"""
    parts = page.evaluate(fixed)
    assert [name for name, *_ in parts] == ["exit", "bar"]
    share = sum(wide * high for _, wide, high, _ in parts) / (360 * 740)
    assert share * 100 <= budgets.FIXED.number
    ((name, _, high, top),) = size(page, 740, 400).evaluate(fixed)
    assert name == "exit"
    assert top >= 0
    assert top * 2 + high <= high + 16
    assert page.locator(".bar").is_visible()


def test_the_number_is_in_view_at_once(visit: Callable[..., Page]) -> None:
    """On the smallest phone the first call link needs no scrolling, and nothing covers it."""
    page = visit("/", width=320, height=568)
    box = page.locator("main, header").locator("a[href^='tel:']").first.bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"]


@pytest.mark.parametrize("path", PATHS)
def test_forced_colours_keep_every_frame(visit: Callable[..., Page], path: str) -> None:
    """With the reader's own colours the call links, the exit and the card still have frames, and bars are seen."""
    page = visit(path, forced_colors="active")
    page.evaluate(OPEN)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.evaluate("parseFloat(getComputedStyle(document.getElementById('exit')).borderTopWidth)") >= 2
    pairs = page.evaluate(CONTRASTS)
    assert [pair for pair in pairs if pair[0] == "text" and pair[1] < budgets.TEXT_CONTRAST.number] == []
    if path == "/":
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert page.evaluate("getComputedStyle(document.querySelector('table rect')).fill") != ground
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.emergency')).borderTopWidth)") >= 2


def test_nothing_moves(visit: Callable[..., Page]) -> None:
    """No animation and no transition, so there is nothing to reduce."""
    page = visit("/", reduced_motion="no-preference")
    moving = """() => [...document.querySelectorAll('*')].filter(each => {
      const style = getComputedStyle(each);
      return style.animationName !== 'none' || style.transitionDuration !== '0s' || style.scrollBehavior === 'smooth';
    }).length"""
    assert page.evaluate(moving) == 0


@pytest.mark.parametrize("path", PATHS)
def test_without_style_sheets_the_order_holds(
    context: Callable[..., BrowserContext], serve: Callable[..., Server], files: Mapping[str, bytes], path: str
) -> None:
    """Skip link, exit, name, heading, number; every answer can still be opened; no picture grows over the page."""
    bare = {name: re.sub(rb"(?s)<style>.*?</style>", b"", text) for name, text in files.items()}
    page = context(viewport={"width": 320, "height": 568}).new_page()
    page.goto(serve(bare).url + path)
    assert page.evaluate("document.styleSheets.length") == 0
    text = page.inner_text("body")
    expected = ["Skip to the main text", "Leave this site", "Inspire Recovery", "561-899-6088"]
    assert sorted(expected, key=text.index) == expected
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---------------------------------------------------------------- a phone of 2015

MODERN_RULE = re.compile(r"[^{}]*:focus-visible[^{}]*\{[^{}]*\}")
MODERN_MEDIA = re.compile(r"@media \(prefers-[^{]*\{(?:[^{}]*\{[^{}]*\})*\}")
MODERN = re.compile(
    r"[\w-]+:[^;{}]*(?:var\(|clamp\(|env\(|calc\()[^;{}]*;?|(?:--[\w-]+|text-wrap|accent-color):[^;{}]*;?"
)


def of_2015(page: bytes) -> bytes:
    """Return a page as a phone of 2015 reads its style sheet: without variables and what came after them."""
    text = policy.without(page.decode())
    style = re.search(r"(?s)<style>(.*?)</style>", text)
    assert style
    plain = MODERN.sub("", MODERN_RULE.sub("", MODERN_MEDIA.sub("", style[1])))
    return text.replace(style[1], plain).encode()


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_of_2015_shows_the_page(
    context: Callable[..., BrowserContext], serve: Callable[..., Server], files: Mapping[str, bytes], path: str
) -> None:
    """The number is a dark shape, the exit and the bar hide what is below them, every text has contrast."""
    old = {name: of_2015(text) for name, text in files.items() if name.endswith(".html")}
    assert all(b"var(" not in text for text in old.values())
    page = context(viewport={"width": 320, "height": 568}).new_page()
    page.goto(serve(old).url + path)
    fits(page)
    for part in ("#exit", ".bar", ".bar a", "header"):
        colour = page.evaluate("part => getComputedStyle(document.querySelector(part)).backgroundColor", part)
        assert re.fullmatch(r"rgb\(.*\)", colour), part
    pairs = page.evaluate(CONTRASTS)
    assert [pair for pair in pairs if pair[0] == "text" and pair[1] < 4.5] == []
    assert page.evaluate("getComputedStyle(document.getElementById('exit')).position") == "fixed"
    assert page.locator("h1").evaluate("each => parseFloat(getComputedStyle(each).fontSize)") > 26
