"""Links inside the site: no entry in Back, focus where they lead, questions that open; plain links without scripts."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PATHS, Server

ARRIVED = """id => {
  var part = document.getElementById(id) || document.body;
  var exit = document.getElementById("exit").getBoundingClientRect();
  var bar = document.querySelector(".bar").getBoundingClientRect(), top = part.getBoundingClientRect().top;
  if (document.querySelectorAll("[id='" + id + "']").length !== 1 || !part.checkVisibility()) return id;
  return {
    history: history.length,
    target: (document.querySelector(":target") || {}).id,
    focus: document.activeElement.id,
    below_exit: top >= exit.bottom,
    in_view: top + 40 < (bar.height ? bar.top : innerHeight),
  };
}"""
SEEN = """() => {
  var box = document.querySelector(":target").getBoundingClientRect();
  return [location.hash, box.top >= 0 && box.top < innerHeight];
}"""
LED = {"below_exit": True, "in_view": True}
OWN = '<section><details id="own"><summary>Own</summary>Own</details></section><p><a href="#own">To it</a></p>'
"""A question that bears the address itself: browsers that open what holds an address leave it closed."""


@pytest.fixture(scope="module")
def changed(serve: Callable[[Mapping[str, bytes]], Server], files: Mapping[str, bytes]) -> Server:
    """The site with one more question at the end of its page."""
    page = files["index.html"]
    assert page.count(b"</main>") == 1
    return serve({**files, "index.html": page.replace(b"</main>", OWN.encode() + b"</main>")})


@pytest.mark.parametrize("width", [360, 1280])
def test_links_inside_a_page_lead_there_and_add_nothing_to_back(
    visit: Callable[..., Page], site: Server, width: int
) -> None:
    """Each link of a page has a target; following it puts focus and view there, below the exit, in one entry."""
    page = visit(width=width)
    for path, least in zip(PATHS, (15, 1, 1), strict=True):
        page.goto(site.url + path)
        before = page.evaluate("history.length")
        links = page.locator('a[href^="#"]')
        assert links.count() >= least
        for link in links.all():
            name = link.evaluate("link => { scrollTo(0, 0); link.focus(); return link.hash.slice(1); }")
            page.keyboard.press("Enter")
            assert page.evaluate(ARRIVED, name) == {"history": before, "target": name, "focus": name, **LED}, name


def test_links_work_by_mouse_as_by_keyboard(visit: Callable[..., Page]) -> None:
    """A click on a strip, and on the number within it, leads to its part."""
    page = visit()
    before = page.evaluate("history.length")
    page.get_by_role("link", name="7 How it compares").click()
    arrived = {"history": before, **LED}
    assert page.evaluate(ARRIVED, "how-it-compares") == {
        **arrived,
        "target": "how-it-compares",
        "focus": "how-it-compares",
    }
    page.locator("nav b").first.click()
    assert page.evaluate(ARRIVED, "call") == {**arrived, "target": "call", "focus": "call"}


def test_a_link_to_a_question_opens_it_each_time(visit: Callable[..., Page]) -> None:
    """The answer is open, in view and has the focus; so too when it was closed again and the address is the same."""
    page = visit()
    link, question = (
        page.locator('a[href="#medical-detox"]'),
        page.locator("details", has=page.locator("#medical-detox")),
    )
    assert question.get_attribute("open") is None
    for _ in range(2):
        link.click()
        assert question.get_attribute("open") == ""
        assert page.evaluate("document.activeElement.id") == "medical-detox"
        expect(page.locator("#medical-detox p").first).to_be_in_viewport(ratio=1)
        question.locator("summary").click()
        assert question.get_attribute("open") is None
    assert page.locator("details[open]").count() == 0


def test_an_address_with_a_question_opens_it(visit: Callable[..., Page]) -> None:
    """Whoever comes with the address of an answer sees the answer, and the other questions closed."""
    page = visit("/#medical-detox")
    question = page.locator("details[open]")
    expect(question).to_have_count(1)
    expect(question.locator("#medical-detox p").first).to_be_in_viewport(ratio=1)
    assert page.evaluate(ARRIVED, "medical-detox")["below_exit"] is True
    page.evaluate("location.hash = '#iop-and-rehab'")
    expect(page.locator("details", has=page.locator("#iop-and-rehab"))).to_have_attribute("open", "")
    expect(page.locator("#iop-and-rehab p").first).to_be_in_viewport(ratio=1)


def test_questions_open_in_browsers_that_do_not_open_them(visit: Callable[..., Page]) -> None:
    """The script alone opens the question, shows the answer below the exit, and puts the focus there."""
    page = visit()
    page.evaluate("history.replaceState(null, '', '#medical-detox')")
    assert page.locator("details[open]").count() == 0
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    assert page.locator("details[open] #medical-detox").count() == 1
    assert page.evaluate("document.activeElement.id") == "medical-detox"
    top = page.locator("#medical-detox").evaluate("answer => answer.getBoundingClientRect().top")
    assert 56 < top < 120


def test_a_question_that_bears_the_address_itself_opens_too(
    context: Callable[..., BrowserContext], changed: Server
) -> None:
    """By a link, by a change of the address, and on arrival: what the browser alone does not do."""
    page = context().new_page()
    question = page.locator("#own")
    page.goto(f"{changed.url}/")
    for _ in range(2):
        page.get_by_role("link", name="To it").click()
        assert question.get_attribute("open") == ""
        question.locator("summary").click()
        assert question.get_attribute("open") is None
    page.goto(f"{changed.url}/leaflet/")
    page.goto(f"{changed.url}/#own")
    expect(question).to_have_attribute("open", "")
    expect(question).to_be_in_viewport(ratio=1)
    page.goto(f"{changed.url}/")
    assert question.get_attribute("open") is None
    page.evaluate("location.hash = '#own'")
    expect(question).to_have_attribute("open", "")
    expect(question).to_be_in_viewport(ratio=1)


def test_an_address_that_means_nothing_does_no_harm(visit: Callable[..., Page], site: Server) -> None:
    """No error is raised, on arrival or later, and what comes after still works: the planner answers."""
    page = visit("/#%")
    for fragment in ("%E9", "no-such-part", "", "%"):
        page.evaluate("document.querySelector('#planner input').click()")
        assert "You have room on" in (page.locator("output").text_content() or "")
        page.evaluate("fragment => { location.hash = '#call'; location.hash = '#' + fragment; }", fragment)
        page.get_by_role("link", name="1 Call us").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "call", fragment
        page.goto(f"{site.url}/#{fragment}")
        page.reload()


def test_a_link_with_ctrl_is_left_to_the_browser(visit: Callable[..., Page]) -> None:
    """It opens a tab of its own, and this page stays where it is."""
    page = visit()
    before = page.evaluate("history.length")
    for name, leads in (("1 Call us", "/#call"), ("print our leaflet", "/leaflet/")):
        with page.context.expect_page() as opened:
            page.get_by_role("link", name=name).click(modifiers=["Control"])
        opened.value.wait_for_url(f"**{leads}")
    assert page.url.endswith("/")
    assert page.evaluate("history.length") == before


def test_links_to_pages_of_this_site_add_nothing_to_back(visit: Callable[..., Page], site: Server) -> None:
    """From a page that is not there to the home page, the leaflet and back: one entry."""
    page = visit("/404.html")
    before = page.evaluate("history.length")
    for name, leads in (("home page", "/"), ("print our leaflet", "/leaflet/"), ("More on our home page", "/")):
        page.get_by_role("link", name=name).click()
        page.wait_for_url(site.url + leads)
        assert page.evaluate("history.length") == before, name


def test_links_that_call_are_left_to_the_browser(visit: Callable[..., Page], site: Server) -> None:
    """No script takes a call or a text message away from the phone."""
    page = visit()
    for path in PATHS:
        page.goto(site.url + path)
        count, untouched = page.evaluate("""() => {
          var found = [], links = document.querySelectorAll("[href^='tel:'], [href^='sms:']");
          addEventListener("click", function (event) { found.push(!event.defaultPrevented); event.preventDefault(); });
          links.forEach(function (link) { link.click(); });
          return [links.length, found];
        }""")
        assert count >= 4
        assert untouched == [True] * count


def test_without_scripts_links_are_plain(context: Callable[..., BrowserContext], site: Server) -> None:
    """Every link leads to its part, and the browser opens the question that holds it."""
    page = context(java_script_enabled=False).new_page()
    for path in PATHS:
        page.goto(site.url + path)
        for link in page.locator('a[href^="#"]').all():
            href = link.evaluate("link => { scrollTo(0, 0); link.focus(); return link.hash; }")
            page.keyboard.press("Enter")
            assert page.evaluate(SEEN) == [href, True]
        opened = ["medical-detox"] if path == "/" else []
        assert [each.get_attribute("id") for each in page.locator("details[open] [id]").all()] == opened
