"""What others may try to bring in, and the site's own pages, under their policy in a real browser."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route

from generator import policy
from generator.addresses import address_of, shows_html
from generator.model import Build, Options
from generator.pipeline import build
from tests import vectors
from tests.browser.conftest import ROOT, TODAY, Headers, Server, no_headers
from tests.conftest import GOOD

Make = Callable[[Mapping[str, str | bytes]], Path]
Serve = Callable[..., Server]
WATCH = """addEventListener("securitypolicyviolation", event => {
    (window.violations = window.violations || []).push(event.effectiveDirective + " " + event.blockedURI);
})"""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))"
TRIED = """async () => {
    const elements = [...document.querySelectorAll("section *")].filter(each => each.localName !== "a");
    for (const type of ["mouseover", "focus", "click", "load", "error", "toggle"])
        for (const each of elements) each.dispatchEvent(new Event(type));
    const links = [...document.links].filter(link => /^(javascript|vbscript|data):$/.test(link.protocol));
    for (const link of links) {
        link.click();
        await new Promise(done => setTimeout(done));
    }
    return links.length;
}"""
"""Do to a page all that may start a script: events of every kind, and each link that leads to one."""


class Visitor:
    """A page in a browser, and all that comes of it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.said, self.ran, self.asked = list[str](), list[str](), list[str]()
        page.context.add_init_script(WATCH)
        page.context.route("**/*", self.ask)
        page.on("dialog", self.run)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda message: self.said.append(message.text))

    def run(self, dialog: Dialog) -> None:
        """Note that a script has run: what it alerts."""
        self.ran.append(dialog.message)
        dialog.dismiss()

    def ask(self, route: Route) -> None:
        """Note what leaves the browser; nothing leaves this machine."""
        self.asked.append(route.request.url.removeprefix(self.url))
        if route.request.url.startswith(self.url):
            route.continue_()
        else:
            route.abort()

    def look(self, path: str) -> list[str]:
        """Open a page; return what the browser did not do, for the page's policy forbids it."""
        self.page.goto(self.url + path)
        self.page.evaluate(SETTLED)
        found: list[str] = self.page.evaluate("window.violations || []")
        return found


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[[str], Visitor]]:
    """Somebody who visits the site at an address."""
    context = browser.new_context()
    yield lambda url: Visitor(context.new_page(), url)
    context.close()


def headers_of(made: Build) -> Headers:
    """Return what gives the headers of the files of a site."""
    assert made.rendered
    url = made.rendered.url
    return lambda path, content: policy.headers(path, content, url)


@pytest.mark.parametrize("has_headers", [True, False], ids=["header", "meta"])
@pytest.mark.parametrize("site", [ROOT, GOOD], ids=["clinic", "good"])
def test_no_page_asks_for_what_its_policy_forbids(
    serve: Serve, visitor: Callable[[str], Visitor], site: Path, *, has_headers: bool
) -> None:
    """No violation, nothing in the console, and what is asked for is the site's."""
    made = build(site, Options(TODAY))
    assert made.rendered
    visit = visitor(serve(made.files, headers_of(made) if has_headers else no_headers).url)
    for page in made.rendered.pages:
        assert visit.look(address_of(page.path)) == [], page.path
    for path in filter(shows_html, made.beside):
        visit.page.goto(visit.url + address_of(path))
        visit.page.wait_for_url(f"{visit.url}/visit/")  # what it forwards to
    assert (visit.said, visit.ran) == ([], [])
    assert [asked for asked in visit.asked if not asked.startswith(("/", "data:"))] == []


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The page with all that others may try, which a build refuses to publish."""
    root = tmp_path_factory.mktemp("tried")
    for name, text in {"content/page.md": "---\ntitle: Home\n---\n", **vectors.files()}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return build(root, Options(TODAY))


@pytest.mark.parametrize("has_headers", [True, False], ids=["header", "meta"])
def test_no_script_runs_and_nothing_leaves(
    serve: Serve, visitor: Callable[[str], Visitor], tried: Build, *, has_headers: bool
) -> None:
    """Were the page published all the same, the browser would do nothing of it; the page's own script runs."""
    visit = visitor(serve(tried.files, headers_of(tried) if has_headers else no_headers).url)
    assert {*visit.look("/")} == {"img-src javascript", "img-src https://evil.org/x.png"}
    links = visit.page.evaluate(TRIED)
    blocked = visit.page.evaluate("window.violations.filter(each => each.startsWith('script-src'))")
    assert (links > 20, len(blocked) > 15) == (True, True)
    assert visit.ran == []
    assert {*visit.asked} == {"/", *(f"/{path}" for path in tried.files if path.endswith(".svg"))}
    assert visit.page.evaluate("window.facts") == list(vectors.FACTS.values())
    assert visit.page.url == f"{visit.url}/"


def test_without_a_policy_they_would_run(serve: Serve, visitor: Callable[[str], Visitor], tried: Build) -> None:
    """What is tried here is real: the same page without its policy runs scripts, and asks others."""
    page = policy.without(tried.files["index.html"].decode()).encode()
    visit = visitor(serve({**tried.files, "index.html": page}).url)
    visit.look("/")
    visit.page.evaluate(TRIED)
    assert len(visit.ran) > 10
    assert "https://evil.org/x.png" in visit.asked
