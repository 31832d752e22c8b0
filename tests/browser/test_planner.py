"""The planner: which days have room, in words that come from the facts; it keeps nothing and sends nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from generator.model import Options
from generator.pipeline import build
from tests.browser import chromium
from tests.browser.conftest import PATHS, TODAY, Server

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIMES = ("morning", "afternoon", "evening")
ENOUGH = "Three days of three hours make nine: the least an IOP week has. Ask which days and times the program runs."
FEW = "An IOP usually takes 3 to 5 days a week. Call us and ask what can be done."
NONE = "You are busy at all of these times. Call us and ask what can be done."
ALL_WAYS = """() => {
  var days = Array.from(document.querySelectorAll("#planner fieldset")), said = {}, set = function (box, on) {
    if (box.checked !== Boolean(on)) box.click();
  };
  for (var busy = 0; busy < 128; busy++) {
    days.forEach(function (day, n) {
      day.querySelectorAll("input").forEach(function (box, time) { set(box, busy >> n & 1 || time === n % 3); });
    });
    said[busy] = document.querySelector("output").textContent;
  }
  return said;
}"""
"""Every set of days that are busy all day, the others at one time only; what is said to each."""
TICK = """days => document.querySelectorAll("#planner fieldset").forEach(function (day) {
  if (days.indexOf(day.querySelector("legend").textContent) < 0) return;
  day.querySelectorAll("input").forEach(function (box) { if (!box.checked) box.click(); });
})"""
UNTICK = """() => Array.from(document.querySelectorAll("#planner :checked")).map(function (box) {
  box.click();
  return document.querySelector("output").textContent;
})"""
"""Untick one box after the other; what is said after each."""
KEPT = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookie: document.cookie,
  state: history.state,
  window: window.name,
})"""
NOTHING = {
    "local": 0,
    "session": 0,
    "databases": 0,
    "caches": 0,
    "workers": 0,
    "cookie": "",
    "state": None,
    "window": "",
}


def said(page: Page) -> str | None:
    """What the planner says."""
    return page.locator("output").text_content()


def tick(page: Page, *days: str) -> None:
    """Be busy all day on these days."""
    page.evaluate(TICK, days)


def but(*days: str) -> tuple[str, ...]:
    """Return the days other than these."""
    return tuple(day for day in DAYS if day not in days)


def sentence(days: list[str], least: int, enough: str, few: str) -> str:
    """What is said when these days have room."""
    if not days:
        return NONE
    named = " and ".join(filter(None, [", ".join(days[:-1]), days[-1]]))
    return f"You have room on {named}. {enough if len(days) >= least else few}"


def test_every_box_has_its_time_and_day(visit: Callable[..., Page]) -> None:
    """Seven groups named after the days, each of three boxes named after the times; together one group."""
    page = visit()
    told = re.findall(r"(?:group|checkbox|status).*", page.locator("#planner").aria_snapshot())
    boxes = [f'checkbox "{time}"' for time in TIMES]
    assert told == ['group "I am busy":', *(line for day in DAYS for line in (f'group "{day}":', *boxes)), "status"]
    assert page.locator("input").count() == 21
    assert said(page) == ""


def test_planner_says_which_days_have_room(visit: Callable[..., Page]) -> None:
    """The days with room, and whether an IOP week fits into them; nothing once all is unticked."""
    page = visit()
    assert said(page) == ""
    for busy, words in (
        (("Monday",), f"You have room on Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday. {ENOUGH}"),
        (but("Monday", "Wednesday", "Thursday"), f"You have room on Monday, Wednesday and Thursday. {ENOUGH}"),
        (but("Monday", "Wednesday"), f"You have room on Monday and Wednesday. {FEW}"),
        (but("Sunday"), f"You have room on Sunday. {FEW}"),
        (DAYS, NONE),
    ):
        tick(page, *busy)
        assert said(page) == words
        emptied = page.evaluate(UNTICK)
        assert len(emptied) == 3 * len(busy)
        assert all(emptied[:-1])
        assert emptied[-1] == ""


def test_a_day_with_one_time_left_has_room(visit: Callable[..., Page]) -> None:
    """The first tick is answered at once, and takes no day away; the third takes it; without ticks nothing is said."""
    page = visit()
    monday = page.get_by_role("group", name="Monday", exact=True)
    every = f"You have room on Monday, Tuesday, Wednesday, Thursday, Friday, Saturday and Sunday. {ENOUGH}"
    for time, words in zip(TIMES, (every, every, every.replace("Monday, ", "")), strict=True):
        monday.get_by_label(time).check()
        assert said(page) == words
    assert page.evaluate(UNTICK) == [every, every, ""]


def check_all(page: Page, least: int, enough: str, few: str) -> None:
    """What is said to every set of busy days is right, names no time of day, and no week of twenty hours or more."""
    told = page.evaluate(ALL_WAYS)
    assert len(told) == 128
    for busy, words in told.items():
        days = [day for n, day in enumerate(DAYS) if not int(busy) >> n & 1]
        assert words == sentence(days, least, enough, few)
        assert re.search(r"(?i)morning|noon|evening|night|o.clock|\d\s*[ap]\.?m\b|\d:\d", words) is None
        assert re.search(r"(?i)[2-9]\d|\d{3}|twenty|thirty|forty|hundred", words) is None


def test_every_set_of_busy_days_is_answered_rightly(visit: Callable[..., Page]) -> None:
    """All 128 of them; a day is busy only when each of its times is."""
    check_all(visit(), 3, ENOUGH, FEW)


@pytest.fixture
def with_facts(
    context: Callable[..., BrowserContext],
    serve: Callable[[Mapping[str, bytes]], Server],
    site_copy: Callable[[Path], Path],
    tmp_path: Path,
) -> Callable[[Mapping[str, str]], Page]:
    """Build the site with some facts changed, and open its page."""

    def open_page(facts: Mapping[str, str]) -> Page:
        path = site_copy(tmp_path) / "site.yaml"
        text = path.read_text()
        for old, new in facts.items():
            assert text.count(f": {old}\n") == 1
            text = text.replace(f": {old}\n", f": {new}\n")
        path.write_text(text)
        page = context().new_page()
        page.goto(serve(build(tmp_path, Options(TODAY)).files).url)
        return page

    return open_page


FEWER = {"3+ hours a day": "4+ hours a day", "3-5 days a week": "2-5 days a week", "9+ hours a week": "8+ hours a week"}
MORE = {"3+ hours a day": "2+ hours a day", "3-5 days a week": "4-6 days a week", "9+ hours a week": "8+ hours a week"}


@pytest.mark.parametrize(
    ("facts", "least", "product", "usually"),
    [
        (FEWER, 2, "Two days of four hours make eight", "2 to 5 days a week"),
        (MORE, 4, "Four days of two hours make eight", "4 to 6 days a week"),
    ],
    ids=["fewer days", "more days"],
)
def test_the_numbers_are_the_facts(
    with_facts: Callable[[Mapping[str, str]], Page], facts: Mapping[str, str], least: int, product: str, usually: str
) -> None:
    """With other facts, the words and the number of days that are enough are others."""
    enough = ENOUGH.replace("Three days of three hours make nine", product)
    check_all(with_facts(facts), least, enough, FEW.replace("3 to 5 days a week", usually))


@pytest.fixture
def person(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser as it is in use: a profile on disk, and pages that are kept whole for Back."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=chromium.find(),
        args=chromium.FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context.add_init_script("addEventListener('pageshow', function (event) { window.kept = event.persisted; })")
    yield context
    context.close()


def test_ticks_are_gone_when_one_comes_back_to_a_page_kept_in_memory(person: BrowserContext, site: Server) -> None:
    """The browser brings back the very page that was left, but none of its ticks and nothing that it said."""
    page = person.pages[0]
    page.goto(site.url)
    tick(page, "Monday", "Friday")
    page.goto(f"{site.url}/leaflet/")
    page.go_back(wait_until="commit")
    assert page.evaluate("window.kept") is True
    assert page.locator("input").count() == 21
    assert page.locator("input:checked").count() == 0
    assert said(page) == ""


def test_ticks_are_gone_when_the_page_is_loaded_anew(visit: Callable[..., Page], site: Server) -> None:
    """The browser fills in what it remembers of a page, by Back as by Reload: the page unticks it."""
    page = visit()
    tick(page, "Monday", "Friday")
    assert page.locator("input:checked").count() == 6
    page.reload()
    assert page.locator("input:checked").count() == 0
    assert said(page) == ""
    tick(page, "Monday", "Friday")
    page.goto(f"{site.url}/leaflet/")
    page.go_back()
    assert page.url == f"{site.url}/"
    assert page.locator("input:not(:checked)").count() == 21
    assert said(page) == ""


def test_nothing_is_kept_and_nothing_is_sent(
    context: Callable[..., BrowserContext], serve: Callable[[Mapping[str, bytes]], Server], files: Mapping[str, bytes]
) -> None:
    """After everything on the page was used, its server was asked once, and the browser keeps nothing of it."""
    server, page = serve(files), context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url)
    tick(page, *DAYS)
    page.evaluate("document.querySelectorAll('nav a, summary').forEach(function (each) { each.click(); })")
    page.get_by_role("link", name="Browse in private").click()
    for key in ("Shift", "Shift", "Escape", "Tab", "End"):
        page.keyboard.press(key)
    page.get_by_role("link", name="print our leaflet").hover()
    page.locator("#exit").hover()
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(KEPT) == NOTHING
    assert asked == [f"{server.url}/"]
    assert server.asked == ["/"]
    page.get_by_role("link", name="print our leaflet").click()
    page.wait_for_url("**/leaflet/")
    page.goto(f"{server.url}/404.html")
    assert server.asked == ["/", "/leaflet/", "/404.html"]
    assert page.evaluate(KEPT) == NOTHING
    assert page.context.cookies() == []
    assert page.context.storage_state() == {"cookies": [], "origins": []}


def test_nothing_can_be_sent(visit: Callable[..., Page], site: Server) -> None:
    """There is no form, and nothing has a name to be sent or remembered under."""
    page = visit()
    for path in PATHS:
        page.goto(site.url + path)
        assert page.locator("form, button, [form], [formaction], [action], [ping]").count() == 0
        assert page.locator("body [name]").count() == 0
        assert page.locator("a").count() > 3
