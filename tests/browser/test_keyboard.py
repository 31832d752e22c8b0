"""By keyboard alone, and by ear: every stop is seen and in order; landmarks and headings tell where one is."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATHS, Server

LANDMARKS = "banner|main|contentinfo|complementary|navigation|search|form"
STOPS = """() => window.stops = Array.from(document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [contenteditable], [tabindex]:not([tabindex='-1'])"
)).filter(function (each) { return each.checkVisibility(); })"""
"""What Tab has to stop at, in the order of the page."""
SHOWN = """each => {
  var box = each.getBoundingClientRect();
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === each && box.height >= 44;
}"""
FOCUSED = """() => {
  var on = document.activeElement, style = getComputedStyle(on), lines = Array.from(on.getClientRects());
  var box = lines.filter(function (line) { return line.width; })[0] || on.getBoundingClientRect();
  var over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    stop: window.stops.indexOf(on),
    name: on.outerHTML.slice(0, 80),
    call: (on.getAttribute("href") || "").indexOf("tel:") === 0,
    seen: box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && box.height > 16,
    uncovered: on.contains(over),
    ring: style.outlineWidth + " " + style.outlineStyle,
    fixed: Boolean(on.closest("#exit, .bar")) && getComputedStyle(on.closest("#exit, .bar")).position === "fixed",
    left: box.left,
    top: box.top + scrollY,
    bottom: box.bottom + scrollY,
  };
}"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the start to the end; what has the focus at each stop."""
    count = page.evaluate(f"({STOPS})().length")
    stops = []
    for _ in range(count):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["stop"] in {-1, 0}, "the walk does not end"
    return stops


@pytest.mark.parametrize("width", [360, 1280])
def test_tab_alone_reaches_everything_in_order_and_in_sight(
    visit: Callable[..., Page], site: Server, width: int
) -> None:
    """First the skip link, then the exit, soon the number to call.

    Each stop is in view, not covered, and in a ring; it stands below the one before or to the right of it.
    """
    page = visit(width=width)
    for path in PATHS:
        page.goto(site.url + path)
        stops = walk(page)
        assert [each["stop"] for each in stops] == list(range(len(stops)))
        assert 'class="skip" href="#main"' in stops[0]["name"]
        assert 'id="exit"' in stops[1]["name"]
        assert any(each["call"] for each in stops[:4])
        wrong = [each for each in stops if not each["seen"] or not each["uncovered"] or each["ring"] != "3px solid"]
        assert wrong == []
        standing = [each for each in stops if not each["fixed"]]
        assert len(standing) > 4
        for one, following in pairwise(standing):
            below = following["top"] >= one["bottom"] - 8
            beside = following["left"] > one["left"] and following["top"] >= one["top"] - 8
            assert below or beside, (one, following)


def test_skip_link_shows_when_focused_and_leads_past_the_header(visit: Callable[..., Page], site: Server) -> None:
    """It is not to be seen before; after it, Tab goes on with the first link of the main text."""
    page = visit()
    for path in PATHS:
        page.goto(site.url + path)
        skip = page.get_by_role("link", name="Skip to the main text")
        assert skip.evaluate(SHOWN) is False
        page.keyboard.press("Tab")
        expect(skip).to_be_focused()
        assert skip.evaluate(SHOWN) is True
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("main a").first).to_be_focused()


def test_a_strip_moves_to_its_part(visit: Callable[..., Page]) -> None:
    """Enter on a strip puts the focus there: the next Tab goes on inside that part."""
    page = visit()
    page.get_by_role("link", name="4 Who it can help").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#who-it-can-help")).to_be_focused()
    expect(page.locator("#who-it-can-help h2")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(page.locator("#who-it-can-help a").first).to_be_focused()


def test_questions_open_and_close_by_key(visit: Callable[..., Page]) -> None:
    """Enter and Space both do; the focus stays on the question."""
    page = visit()
    question = page.locator("details").first
    summary = question.locator("summary")
    summary.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(question.locator("p").first).to_be_visible()
        page.keyboard.press(key)
        expect(question.locator("p").first).to_be_hidden()
        expect(summary).to_be_focused()


def test_space_ticks_a_box(visit: Callable[..., Page]) -> None:
    """Space ticks and unticks, and what is said changes with it."""
    page = visit()
    box = page.get_by_role("group", name="Tuesday", exact=True).get_by_label("evening")
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    assert (page.locator("output").text_content() or "").startswith("You have room on Monday, Tuesday, ")
    page.keyboard.press("Space")
    assert not box.is_checked()
    assert page.locator("output").text_content() == ""


@pytest.fixture(scope="module")
def heard(browser: Browser, site: Server) -> Mapping[str, str]:
    """What a screen reader finds on each page."""
    page = browser.new_page()
    told = {}
    for path in PATHS:
        page.goto(site.url + path)
        told[path] = page.locator("body").aria_snapshot()
    page.close()
    return told


def test_landmarks_hold_everything_but_the_skip_link(heard: Mapping[str, str]) -> None:
    """Three landmarks on every page, and the parts of the page that has parts."""
    inside = {"/": ['navigation "Parts of this page"'], "/leaflet/": ['complementary "To tear off"'], "/404.html": []}
    for path, told in heard.items():
        tops = [line for line in told.splitlines() if line.startswith("- ")]
        assert tops == ['- link "Skip to the main text":', "- banner:", "- main:", "- contentinfo:"]
        landmarks = re.findall(rf"^ *- ((?:{LANDMARKS})\b.*):$", told, re.MULTILINE)
        assert sorted(landmarks) == sorted(["banner", "main", "contentinfo", *inside[path]])
        regions = re.findall(r"^ *- '?region \"(.+?)\"", told, re.MULTILINE)
        assert len(regions) == len(set(regions))
        assert len(regions) >= 10 if path == "/" else regions == []


def test_headings_are_one_tree(heard: Mapping[str, str]) -> None:
    """One first heading, which comes first; none is more than one level below the one before."""
    for told in heard.values():
        levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", told)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(following <= one + 1 for one, following in pairwise(levels)), levels
    assert heard["/"].count("[level=2]") >= 10
    assert heard["/leaflet/"].count("[level=2]") >= 5
