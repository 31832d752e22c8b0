"""The preview in a real browser: every save is seen, every mistake told, nothing is lost of where one was reading."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.test_access import AXE
from tests.running import Running, running

LINES = "\n\n".join(f"Line {number} of the text." for number in range(40))
PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title><link rel="icon" href="data:,">
<style>{{ inline("page.css") }}</style></head>
<body><main><h1>{{ page.title }}</h1>{{ page.body }}
{% for section in page.sections %}
<section id="{{ section.slug }}" tabindex="-1"><h2>{{ section.title }}</h2>{{ section.body }}</section>
{% endfor %}
{% for entry in page.faq %}
<details><summary>{{ entry.title }}</summary><div id="{{ entry.slug }}">{{ entry.body }}</div></details>
{% endfor %}</main><script>{{ inline("page.js") }}</script></body></html>
"""
FILES = {
    "site.yaml": "site:\n  name: Small\n  url: https://small.org\n",
    "content/page.md": "---\ntitle: Home\n---\n\nWelcome.\n",
    "content/sections/10-first.md": f"---\ntitle: First\n---\n\n{LINES}\n",
    "content/sections/20-second.md": f"---\ntitle: Second\n---\n\n{LINES}\n",
    "content/sections/30-plans.md": "---\ntitle: Plans\ndraft: somebody agrees\n---\n\nSoon.\n",
    "content/faq/10-dogs.md": "---\ntitle: May dogs come?\n---\n\nNo.\n",
    "content/faq/20-cats.md": "---\ntitle: May cats come?\n---\n\nYes.\n",
    "content/faq/30-later.md": "---\ntitle: What comes later?\ndraft: true\n---\n\nMore.\n",
    "templates/page.html": PAGE,
    "assets/page.css": "body { color: rgb(1, 2, 3); background: white }\n",
    "assets/page.js": "document.documentElement.dataset.script = 'ran';\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small site with long sections."""
    return tmp_path_factory.mktemp("preview") / "site"


def lay(site: Path) -> None:
    """Put the files of the site as they are at first."""
    for name, text in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        if not (site / name).is_file() or (site / name).read_text("utf-8") != text:
            (site / name).write_text(text, "utf-8")


def change(site: Path, name: str, old: str, new: str) -> None:
    """Save a file with other words in it."""
    text = (site / name).read_text("utf-8")
    assert old in text
    (site / name).write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def preview(site: Path) -> Iterator[Running]:
    """A preview of the site; files are opened by an address of the preview itself, so that it can be seen."""
    lay(site)
    with running(site, "--editor", "/?{path}:{line}:{column}") as started:
        yield started


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of."""
    return []


@pytest.fixture
def shown(
    context: Callable[..., BrowserContext], preview: Running, site: Path, complaints: list[str]
) -> Iterator[Page]:
    """The home page in a browser, connected; whatever the browser complains of fails the test."""
    lay(site)
    page = context(viewport={"width": 800, "height": 600}).new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(preview.address)
    page.wait_for_selector("[data-preview-mark]")
    page.evaluate("window.same = true")
    yield page
    page.close()
    assert complaints == []
    lay(site)


def bar(page: Page) -> Locator:
    """Return the bar that tells of mistakes."""
    return page.locator("#preview .bar")


def dialog(page: Page) -> Locator:
    """Return the list of mistakes over the page."""
    return page.locator("#preview dialog")


def is_same(page: Page) -> bool:
    """Tell whether the page has not been loaded anew."""
    return bool(page.evaluate("window.same === true"))


def test_a_save_is_seen_where_one_was_reading(shown: Page, site: Path) -> None:
    """After a save the page is the new one; what stood in view stands there still, questions stay open."""
    shown.evaluate("document.querySelectorAll('details')[1].open = true")
    shown.evaluate("document.querySelector('#second').scrollIntoView({behavior: 'instant'})")
    shown.evaluate("scrollBy({top: 120, behavior: 'instant'})")
    before = shown.evaluate("document.querySelector('#second').getBoundingClientRect().top")
    change(site, "content/sections/10-first.md", "Line 3 of", "Much more than line 3 of\n\nall\n\nof")
    shown.get_by_text("Much more than line 3").wait_for(state="attached")
    assert not is_same(shown)
    shown.wait_for_function("() => document.readyState === 'complete'")
    assert abs(shown.evaluate("document.querySelector('#second').getBoundingClientRect().top") - before) <= 2
    assert shown.evaluate("[...document.querySelectorAll('details')].map((each) => each.open)") == [False, True, False]
    assert shown.evaluate("sessionStorage.length") == 0


def test_a_question_stays_open_when_one_comes_before_it(shown: Page, site: Path) -> None:
    """Open questions are known by their words where their number has changed."""
    shown.evaluate("document.querySelectorAll('details')[1].open = true")
    (site / "content/faq/15-birds.md").write_text("---\ntitle: May birds come?\n---\n\nPerhaps.\n", "utf-8")
    shown.get_by_text("May birds come?").wait_for()
    opened = shown.evaluate("[...document.querySelectorAll('details')].map((each) => each.open)")
    (site / "content/faq/15-birds.md").unlink()
    shown.get_by_text("May birds come?").wait_for(state="detached")
    assert opened == [False, False, True, False]


def test_the_list_of_mistakes_and_the_focus_stay(shown: Page, site: Path) -> None:
    """Whoever mends one of three mistakes keeps the list of the others, and the place of the keyboard."""
    change(site, "content/page.md", "Welcome.", "Welcome. [A](a/) [B](b/) [C](c/)")
    bar(shown).get_by_role("button", name="Show").click()
    change(site, "content/page.md", "[A](a/) ", "")
    dialog(shown).get_by_role("heading", name="2 mistakes").wait_for()
    shown.keyboard.press("Escape")
    shown.locator("summary").nth(1).focus()
    change(site, "content/page.md", "[B](b/) ", "")
    bar(shown).get_by_text("1 mistake.").wait_for()
    assert shown.evaluate("document.activeElement.textContent") == "May cats come?"
    assert dialog(shown).is_hidden()


@pytest.mark.parametrize("left_open", ["<!-- later", "<script>", "<textarea>", "<p class=", "<svg>", "<template>"])
def test_a_page_that_leaves_something_open(shown: Page, site: Path, complaints: list[str], left_open: str) -> None:
    """In the middle of a designer's save the page may be anything; when it is mended, it comes back by itself."""
    change(site, "templates/page.html", "<body>", f"<body>{left_open}")
    shown.wait_for_function("() => window.same !== true && document.querySelector('#preview')")
    shown.evaluate("window.same = true")
    change(site, "templates/page.html", f"<body>{left_open}", "<body>")
    shown.wait_for_function("() => window.same !== true && document.querySelector('[data-preview-mark]')")
    shown.get_by_text("Welcome.").wait_for()
    complaints.clear()


def test_a_style_sheet_is_swapped(shown: Page, site: Path) -> None:
    """A change of the style sheet is seen without loading the page, twice; the next change of text loads it."""
    for colour in ("rgb(10, 20, 30)", "rgb(40, 50, 60)"):
        change(site, "assets/page.css", re.findall(r"rgb\([^)]*\)", (site / "assets/page.css").read_text())[0], colour)
        shown.wait_for_function(f"() => getComputedStyle(document.body).color === '{colour}'")
        assert is_same(shown)
    change(site, "content/page.md", "Welcome", "Hello")
    shown.get_by_text("Hello.").wait_for()
    assert shown.evaluate("getComputedStyle(document.body).color") == "rgb(40, 50, 60)"


def test_the_pages_own_script_runs_and_no_other(shown: Page, complaints: list[str]) -> None:
    """The policy is that of the site and is enforced: its script runs, one that is put in does not."""
    assert shown.evaluate("document.documentElement.dataset.script") == "ran"
    shown.evaluate("document.querySelector('h1').innerHTML = '<img src=x onerror=\"document.title = 1\">'")
    assert shown.evaluate("fetch('/').then(() => 'sent', () => 'refused')") == "refused"
    assert shown.title() == "Home"
    assert [word for word in ("img-src", "script-src", "connect-src") if word in " ".join(complaints)] == [
        "script-src",
        "connect-src",
    ]
    complaints.clear()


def test_a_mistake_that_leaves_the_page(shown: Page, site: Path) -> None:
    """A writer in the middle of a sentence keeps seeing the page; a bar tells of the mistake, and a list on demand."""
    assert bar(shown).is_hidden()
    change(site, "content/page.md", "Welcome.", "Welcome. [Plan](plan/)")
    bar(shown).get_by_text("1 mistake. It is not published like this.").wait_for()
    assert shown.get_by_text("Welcome. Plan").is_visible()
    assert dialog(shown).is_hidden()
    bar(shown).get_by_role("button", name="Show").click()
    said = dialog(shown).inner_text()
    assert "content/page.md:5:17" in said
    assert "error: the link 'plan/' leads to no page of this site" in said
    assert "    5 | Welcome. [Plan](plan/)\n                        ^" in said
    assert "Hint: a page is linked by its address, such as /leaflet/" in said
    change(site, "content/page.md", "[Plan](plan/)", "Plan.")
    dialog(shown).wait_for(state="hidden")
    bar(shown).wait_for(state="hidden")


def test_a_mistake_that_leaves_nothing(shown: Page, site: Path) -> None:
    """The mistake stands over the last good page, by keyboard too; it goes with the mend, and the page is the same."""
    change(site, "templates/page.html", "page.title }}</h1>", "page.titel }}</h1>")
    dialog(shown).wait_for()
    assert dialog(shown).get_by_role("heading", name="The page cannot be shown: 1 mistake").is_visible()
    assert dialog(shown).get_by_role("link", name="templates/page.html:4:").is_visible()
    assert "{{ page.titel }}" in dialog(shown).locator("pre").inner_text()
    assert is_same(shown)
    shown.keyboard.press("Escape")
    dialog(shown).wait_for(state="hidden")
    assert bar(shown).get_by_text("This page is older than its files: 1 mistake").is_visible()
    change(site, "templates/page.html", "page.titel }}</h1>", "page.title }}</h1>")
    bar(shown).wait_for(state="hidden")
    assert is_same(shown)


def test_a_mistake_that_is_still_there(shown: Page, site: Path, preview: Running) -> None:
    """A page that is opened, or loaded anew, while a mistake stands is told of it at once."""
    change(site, "templates/page.html", "{% endfor %}</main>", "</main>")
    dialog(shown).wait_for()
    shown.reload()
    dialog(shown).wait_for()
    other = shown.context.new_page()
    other.goto(preview.address)
    dialog(other).wait_for()
    other.close()
    change(site, "templates/page.html", "\n</main>", "\n{% endfor %}</main>")
    dialog(shown).wait_for(state="hidden")


def test_everything_by_keyboard(shown: Page, site: Path) -> None:
    """The bar is reached behind the page, its list opened, left and hidden, and the focus comes back."""
    change(site, "content/page.md", "Welcome.", "Welcome. [Plan](plan/)")
    bar(shown).wait_for()
    focus = "document.activeElement.shadowRoot ? document.activeElement.shadowRoot.activeElement.textContent : ''"
    for _ in range(20):
        shown.keyboard.press("Tab")
        if shown.evaluate(focus) == "Show":
            break
    shown.keyboard.press("Enter")
    dialog(shown).wait_for()
    assert shown.evaluate(focus) == "Close"
    shown.keyboard.press("Tab")
    assert shown.evaluate(focus) == "content/page.md:5:17"
    shown.keyboard.press("Escape")
    dialog(shown).wait_for(state="hidden")
    assert shown.evaluate(focus) == "Show"
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    bar(shown).wait_for(state="hidden")
    shown.reload()
    shown.wait_for_selector("[data-preview-mark]")
    assert bar(shown).is_hidden()  # as long as the same is to be told
    change(site, "content/page.md", "plan/", "plans/")
    bar(shown).wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(shown: Page, site: Path, theme: str) -> None:
    """Bar, list and marks of drafts are readable by everyone, on a phone too."""
    shown.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    change(site, "content/page.md", "Welcome.", "Welcome. [Plan](plan/)")
    bar(shown).wait_for()
    for width in (320, 1280):
        shown.set_viewport_size({"width": width, "height": 600})
        for is_open in (False, True):
            if is_open:
                bar(shown).get_by_role("button", name="Show").click()
            result = Axe().run(shown, context={"include": [["#preview"], ["[data-preview-mark]"]]}, options=AXE)
            assert [(each["id"], each["nodes"][0]["html"][:80]) for each in result.response["violations"]] == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
        shown.keyboard.press("Escape")


def test_what_is_told_is_read_out(shown: Page, site: Path) -> None:
    """The bar's words are a status, which screen readers read when it changes; the list is a dialog with a name."""
    change(site, "content/page.md", "Welcome.", "Welcome. [Plan](plan/)")
    shown.get_by_role("status").get_by_text("1 mistake").wait_for()
    bar(shown).get_by_role("button", name="Show").click()
    assert shown.get_by_role("dialog", name="1 mistake").is_visible()


def test_drafts_have_a_mark(shown: Page, site: Path) -> None:
    """Sections and questions that are drafts say so, and why; a draft no more, and the mark is gone."""
    marks = shown.locator("[data-preview-mark]")
    assert marks.all_inner_texts() == ["Draft: somebody agrees", "Draft"]
    assert marks.nth(0).evaluate("(each) => each.nextElementSibling.id") == "plans"
    assert marks.nth(1).evaluate("(each) => each.nextElementSibling.textContent").startswith("What comes later?")
    change(site, "content/sections/30-plans.md", "draft: somebody agrees\n", "")
    shown.wait_for_function("() => document.querySelectorAll('[data-preview-mark]').length === 1")
    shown.emulate_media(media="print")
    assert shown.locator("[data-preview-mark]").is_hidden()


@pytest.mark.parametrize(
    ("selector", "file"),
    [
        ("#second p >> nth=2", "content/sections/20-second.md"),
        ("#first h2", "content/sections/10-first.md"),
        ("summary >> nth=1", "content/faq/20-cats.md"),
        ("h1", "content/page.md"),
    ],
)
def test_files_are_opened_from_the_page(shown: Page, site: Path, selector: str, file: str) -> None:
    """Alt and a click opens the file of a section or question; Alt and Enter that of what has the focus."""
    place = f"/?{(site / file).as_posix()}:1:1"
    shown.locator(selector).click(modifiers=["Alt"])
    shown.wait_for_url(lambda address: address.endswith(place))
    shown.go_back()
    shown.wait_for_selector("[data-preview-mark]")
    shown.locator(selector).evaluate("(each) => { each.tabIndex = 0; each.focus() }")
    shown.keyboard.press("Alt+Enter")
    shown.wait_for_url(lambda address: address.endswith(place))


def test_a_mistake_opens_its_place(shown: Page, site: Path) -> None:
    """The place of a mistake is a link that opens the editor there."""
    change(site, "content/page.md", "Welcome.", "Welcome. [Plan](plan/)")
    bar(shown).get_by_role("button", name="Show").click()
    dialog(shown).get_by_role("link").click()
    shown.wait_for_url(lambda address: address.endswith("content/page.md:5:17"))


def test_a_page_that_was_left_alone_catches_up(context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    """When the preview ends the page says so; when it is there again, the page is brought up to date by itself."""
    site = tmp_path / "site"
    lay(site)
    page = context().new_page()
    with running(site) as first:
        port = first.port
        page.goto(first.address)
        page.wait_for_selector("[data-preview-mark]")
    bar(page).get_by_text("The preview has stopped.").wait_for()
    change(site, "content/page.md", "Welcome", "Hello again")
    with running(site, "--port", str(port)) as second:
        assert second.port == port
        page.get_by_text("Hello again.").wait_for()
        page.wait_for_selector("[data-preview-mark]")
        assert bar(page).is_hidden()
        shutil.rmtree(site / "content")
        dialog(page).wait_for()


def test_a_page_that_comes(shown: Page, site: Path, preview: Running, complaints: list[str]) -> None:
    """An address that has no page yet shows it as soon as there is one."""
    shown.goto(f"{preview.address}tour/")
    (site / "content/tour").mkdir()
    (site / "content/tour/page.md").write_text("---\ntitle: The tour\n---\n\nAll around.\n", "utf-8")
    shown.get_by_role("heading", name="The tour").wait_for()
    shutil.rmtree(site / "content/tour")
    shown.get_by_role("heading", name="The tour").wait_for(state="detached")
    assert {"404" in complaint for complaint in complaints} == {True}
    complaints.clear()
