"""Leave this site: blank at once, never in Back, from every page, by mouse, keyboard and Shift."""

import json
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, Route, expect

from tests.browser import chromium
from tests.browser.conftest import PATHS, Contexts, Server, keep_contexts

EXIT = "https://www.weather.gov/"
LABEL = "National Weather Service"
TWO, ONE = "Press Shift two more times to leave.", "Press Shift once more to leave."
BLANK = [LABEL, "", False]
"""What is seen once the page was left: title, text, whether anything of the page is shown."""
WATCH = """kind => {
  var at_once = null;
  function look() {
    return [document.title, document.documentElement.innerText.trim(), document.body.checkVisibility()];
  }
  addEventListener(kind, function () { at_once = look(); });
  setInterval(function () { console.debug(JSON.stringify([at_once, look()])); }, 20);
}"""
"""Tell what was seen in the very event and what is seen now: a page that is being left answers no questions."""
COVERED = """(exit, part) => {
  scrollTo(0, part * (document.body.scrollHeight - innerHeight));
  var box = exit.getBoundingClientRect(), bad = [];
  if (Math.abs(innerWidth - box.right) > 16 || Math.abs(box.top) > 16) bad.push(["place", box.right, box.top]);
  if (box.width < 44 || box.height < 44) bad.push(["size", box.width, box.height]);
  [[.5, .5], [0, 0], [0, 1], [1, 0], [1, 1]].forEach(function (at) {
    var x = box.left + 1 + at[0] * (box.width - 2), y = box.top + 1 + at[1] * (box.height - 2);
    var over = document.elementFromPoint(x, y);
    if (over !== exit) bad.push(["covered", at, over && over.outerHTML.slice(0, 60)]);
  });
  return bad;
}"""
SCREENS = ((320, 568), (360, 740), (1280, 900), (740, 360))


class Destination:
    """Answers in the place of the exit's destination, and only once it is told to."""

    def __init__(self, context: BrowserContext, *, slow: bool = False) -> None:
        self.asked, self.slow = list[Route](), slow
        context.route(f"{EXIT}**", self.ask)

    def ask(self, route: Route) -> None:
        """Note the request; answer it at once if that was not put off."""
        self.asked.append(route)
        if not self.slow:
            self.answer()

    def answer(self) -> None:
        """Send the page that was asked for last."""
        self.asked[-1].fulfill(content_type="text/html", body="<title>Weather</title>Sunny")

    def leave(self, page: Page, use: Callable[[Page], None], kind: str = "click") -> list[object]:
        """Use an exit while the destination is slow; return what was seen at once, and later."""
        page.evaluate(WATCH, kind)
        use(page)
        told = page.wait_for_event("console", lambda each: bool(self.asked) and json.loads(each.text)[1][0] == LABEL)
        return list(json.loads(told.text))


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Contexts]:
    """Contexts of its own for each test: clocks and answers are put into them."""
    yield from keep_contexts(browser)


@pytest.fixture(scope="module")
def person(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser as it is in use: a profile on disk, and pages that are kept whole for Back."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=chromium.find(),
        args=chromium.FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context.set_default_timeout(10_000)
    context.add_init_script("addEventListener('pageshow', function (event) { window.kept = event.persisted; })")
    yield context
    context.close()


@pytest.fixture(scope="module")
def before(serve: Callable[[Mapping[str, bytes]], Server]) -> Server:
    """The page of somebody else where the visit begins."""
    return serve({"index.html": b"<title>Before</title>Something else"})


@pytest.fixture
def tab(person: BrowserContext) -> Iterator[Page]:
    """A new tab of that browser."""
    page = person.new_page()
    yield page
    page.close()
    person.unroute_all()


def entries(cdp: CDPSession) -> list[str]:
    """Every address that Back and Forward can lead to."""
    history = cdp.send("Page.getNavigationHistory")
    assert history["currentIndex"] == len(history["entries"]) - 1
    return [entry["url"] for entry in history["entries"]]


def press_shift(page: Page, times: int = 1) -> None:
    """Press Shift alone, and let it go."""
    for _ in range(times):
        page.keyboard.press("Shift")


def by_enter(page: Page) -> None:
    """Use the exit by keyboard."""
    page.locator("#exit").focus()
    page.keyboard.press("Enter")


def by_foot(page: Page) -> None:
    """Use the exit at the foot of the page, which is there for the keyboard alone."""
    page.locator(f'footer a[href="{EXIT}"]').focus()
    page.keyboard.press("Enter")


WAYS: Mapping[str, Callable[[Page], None]] = {
    "click": lambda page: page.locator("#exit").click(no_wait_after=True),
    "click with Ctrl": lambda page: page.locator("#exit").click(modifiers=["Control"], no_wait_after=True),
    "click with Shift": lambda page: page.locator("#exit").click(modifiers=["Shift"], no_wait_after=True),
    "middle click": lambda page: page.locator("#exit").click(button="middle", no_wait_after=True),
    "Enter": by_enter,
    "Enter at the foot": by_foot,
    "Shift": lambda page: press_shift(page, 3),
}
EVENTS = {"Shift": "keyup", "middle click": "auxclick"}
"""The event in which a way out is taken, if it is no click."""


@pytest.mark.parametrize(
    ("path", "way"),
    [
        *(("/", way) for way in WAYS),
        *((path, way) for path in PATHS[1:] for way in ("click", "Shift")),
    ],
)
def test_exit_blanks_at_once_and_back_leads_past_us(
    tab: Page, before: Server, site: Server, path: str, way: str
) -> None:
    """Blank and dull in the same moment; Back leads to what came before; the destination is not told where from."""
    destination, cdp = Destination(tab.context, slow=True), tab.context.new_cdp_session(tab)
    tab.goto(before.url)
    tab.goto(site.url + path)
    tab.locator('a[href="#main"]').focus()
    tab.keyboard.press("Enter")
    tab.evaluate("document.querySelectorAll('nav a').forEach(function (strip) { strip.click(); })")
    assert destination.leave(tab, WAYS[way], EVENTS.get(way, "click")) == [BLANK, BLANK]
    assert entries(cdp)[-1].startswith(site.url)
    destination.answer()
    tab.wait_for_url(EXIT)
    assert entries(cdp) == ["about:blank", f"{before.url}/", EXIT]
    tab.go_back(wait_until="commit")
    assert tab.url == f"{before.url}/"
    assert [route.request.url for route in destination.asked] == [EXIT]
    assert "referer" not in destination.asked[0].request.headers
    assert tab.context.pages[1:] == [tab]


def test_exit_leaves_nothing_of_a_walk_through_the_site(tab: Page, before: Server, site: Server) -> None:
    """Whoever read parts, the leaflet and a page that is not there leaves all of it with one press."""
    Destination(tab.context)
    cdp = tab.context.new_cdp_session(tab)
    tab.goto(before.url)
    tab.goto(f"{site.url}/no/such/page")
    tab.locator("main").get_by_role("link", name="home page").click()
    tab.locator("nav a").nth(4).click()
    tab.get_by_role("link", name="print our leaflet").click()
    tab.wait_for_url("**/leaflet/")
    tab.get_by_role("link", name="More on our home page").click()
    tab.locator("nav a").nth(1).click()
    tab.locator("#exit").click()
    tab.wait_for_url(EXIT)
    assert entries(cdp) == ["about:blank", f"{before.url}/", EXIT]


def test_a_link_in_the_text_to_the_same_address_is_an_exit_too(tab: Page, before: Server, site: Server) -> None:
    """The name of the destination in "Browse in private" leaves as the button does."""
    Destination(tab.context)
    cdp = tab.context.new_cdp_session(tab)
    tab.goto(before.url)
    tab.goto(site.url)
    tab.locator("main").get_by_role("link", name=LABEL).click()
    tab.wait_for_url(EXIT)
    assert entries(cdp) == ["about:blank", f"{before.url}/", EXIT]


def test_coming_back_on_purpose_finds_the_page_whole(tab: Page, before: Server, site: Server) -> None:
    """Left while the destination was slow, then brought back from the browser's memory: text and title are there."""
    destination = Destination(tab.context, slow=True)
    tab.goto(site.url)
    title = tab.title()
    destination.leave(tab, WAYS["Shift"])
    tab.goto(before.url)
    tab.go_back(wait_until="commit")
    assert tab.evaluate("window.kept") is True
    assert tab.title() == title == "Intensive outpatient program - Inspire Recovery"
    assert tab.get_by_role("heading", level=1).is_visible()
    assert tab.locator("#leaving").text_content() == ""
    assert tab.url == f"{site.url}/"


def test_pageshow_undoes_the_exit_when_the_destination_never_answers(tab: Page, site: Server) -> None:
    """The page stays blank when loading is stopped; once it is shown anew, it is whole."""
    destination = Destination(tab.context, slow=True)
    tab.goto(site.url)
    destination.leave(tab, WAYS["click"])
    tab.context.new_cdp_session(tab).send("Page.stopLoading")
    assert tab.title() == LABEL
    assert tab.locator("h1").is_hidden()
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert tab.title() == "Intensive outpatient program - Inspire Recovery"
    assert tab.locator("h1").is_visible()


def test_presses_of_shift_are_forgotten_when_the_page_is_left(tab: Page, before: Server, site: Server) -> None:
    """Two presses, another page and back again: the next press is the first."""
    Destination(tab.context)
    tab.goto(site.url)
    press_shift(tab, 2)
    tab.goto(before.url)
    tab.go_back(wait_until="commit")
    assert tab.evaluate("window.kept") is True
    press_shift(tab)
    assert tab.locator("#leaving").text_content() == TWO


def test_without_scripts_the_exit_is_a_plain_link(context: Callable[..., BrowserContext], site: Server) -> None:
    """The link leads there, tells nobody where it stood, and is not to be followed by search engines."""
    page = context(java_script_enabled=False).new_page()
    destination = Destination(page.context)
    for path in PATHS:
        page.goto(site.url + path)
        link = page.locator("#exit")
        assert link.get_attribute("href") == EXIT
        assert link.get_attribute("rel") == "noreferrer nofollow"
        assert link.text_content() == "Leave this site"
    page.locator("#exit").click()
    page.wait_for_url(EXIT)
    assert [route.request.url for route in destination.asked] == [EXIT]
    assert "referer" not in destination.asked[0].request.headers


def test_nothing_is_asked_of_the_destination_beforehand(visit: Callable[..., Page], site: Server) -> None:
    """No hint loads it, nor does pointing at it or going to it by keyboard; no page asks for anything but itself."""
    page = visit("/404.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto(site.url + path)
        rels = "Array.from(document.querySelectorAll('link')).map(function (link) { return link.rel; })"
        assert page.evaluate(rels) == ["canonical", "icon"]
        assert page.locator("script[type=speculationrules], meta[http-equiv=x-dns-prefetch-control]").count() == 0
        page.locator("#exit").hover()
        page.locator("#exit").focus()
    assert asked == [site.url + path for path in PATHS]


def test_exit_is_on_every_screen_over_all_else(visit: Callable[..., Page], site: Server) -> None:
    """At the top right, large enough for a thumb, and uncovered at its middle and corners wherever one scrolls to."""
    page = visit()
    for path in PATHS:
        page.goto(site.url + path)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            for part in (0, 0.5, 1):
                assert page.locator("#exit").evaluate(COVERED, part) == [], (path, width, height, part)


def still(page: Page) -> None:
    """Let time pass only when it is told to."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def test_shift_says_how_many_presses_are_left(visit: Callable[..., Page], site: Server) -> None:
    """After one press two are left, after two one, and after five seconds without Shift nothing is said."""
    page = visit()
    still(page)
    said = page.locator("[role=status]#leaving")
    for path in PATHS:
        page.goto(site.url + path)
        assert said.text_content() == ""
        press_shift(page)
        assert said.text_content() == TWO
        page.clock.run_for(1000)
        press_shift(page)
        assert said.text_content() == ONE
        shown, button = said.bounding_box(), page.locator("#exit").bounding_box()
        assert shown is not None
        assert button is not None
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= 360
        assert shown["y"] >= button["y"] + button["height"]
        page.clock.run_for(4000)
        assert said.text_content() == TWO
        page.clock.run_for(999)
        assert said.text_content() == TWO
        page.clock.run_for(1)
        assert said.text_content() == ""


def test_a_held_shift_is_no_press(visit: Callable[..., Page]) -> None:
    """Held for longer than a second it does not count, though the system tells of no repeating."""
    page = visit()
    destination = Destination(page.context)
    still(page)
    for _ in range(3):
        page.keyboard.down("Shift")
        page.clock.run_for(1001)
        page.keyboard.up("Shift")
        assert page.locator("#leaving").text_content() == ""
    page.keyboard.down("Shift")
    page.clock.run_for(999)
    page.keyboard.up("Shift")
    assert page.locator("#leaving").text_content() == TWO
    assert destination.asked == []


def test_three_presses_within_five_seconds_leave(visit: Callable[..., Page]) -> None:
    """The first of three counts until five seconds after it; it is the letting go that counts."""
    page = visit()
    destination = Destination(page.context)
    still(page)
    title = page.title()
    press_shift(page)
    page.clock.run_for(2500)
    press_shift(page)
    page.clock.run_for(2500)
    press_shift(page)
    assert page.title() == title
    assert page.locator("#leaving").text_content() == ONE
    page.clock.run_for(2499)
    page.keyboard.down("Shift")
    assert page.title() == title
    assert destination.asked == []
    page.keyboard.up("Shift")
    page.wait_for_url(EXIT)


def hold(page: Page) -> None:
    """Hold Shift until it repeats."""
    for _ in range(3):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")


def with_key(key: str) -> Callable[[Page], None]:
    """Press Shift, another key while it is down, and let both go."""
    return lambda page: page.keyboard.press(f"Shift+{key}")


def after_key(key: str) -> Callable[[Page], None]:
    """Press another key, Shift while it is down, and let both go."""
    return lambda page: page.keyboard.press(f"{key}+Shift")


def with_click(page: Page) -> None:
    """Press Shift and click somewhere."""
    page.locator("h1").click(modifiers=["Shift"])


def with_wheel(page: Page) -> None:
    """Press Shift and scroll sideways."""
    page.keyboard.down("Shift")
    page.evaluate(
        "() => { window.turned = new Promise(done => addEventListener('wheel', () => done(), {once: true})) }"
    )
    page.mouse.wheel(0, 1)
    page.evaluate("() => window.turned")
    page.keyboard.up("Shift")


OTHERWISE: Mapping[str, Callable[[Page], None]] = {
    "Shift held": hold,
    "Ctrl, then Shift": after_key("Control"),
    "Alt, then Shift": after_key("Alt"),
    "Meta, then Shift": after_key("Meta"),
    "Shift, then Ctrl": with_key("Control"),
    "Shift, then Alt": with_key("Alt"),
    "a capital letter": with_key("A"),
    "Shift+Tab": with_key("Tab"),
    "Shift+Arrow": with_key("ArrowDown"),
    "Shift and a click": with_click,
    "Shift and the wheel": with_wheel,
    "Escape": lambda page: page.keyboard.press("Escape"),
}


def test_what_is_not_shift_alone_does_not_leave(visit: Callable[..., Page]) -> None:
    """Whoever types, selects or holds Shift for its own sake stays, and is told nothing."""
    page = visit()
    destination = Destination(page.context)
    title = page.title()
    for name, use in OTHERWISE.items():
        for _ in range(3):
            use(page)
        assert page.title() == title, name
        assert page.locator("#leaving").text_content() == "", name
    assert page.locator("h1").is_visible()
    press_shift(page, 2)
    expect(page.locator("#leaving")).to_have_text(ONE)
    assert destination.asked == []
