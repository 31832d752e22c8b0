"""What comes out of the printer: counted, read and measured."""

import io
import itertools
import re
import unicodedata
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

import html5lib
import pytest
import segno
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests import budgets
from tests.browser.conftest import Server

FORMATS = ("Letter", "A4")
PRINTED = ("/", "/leaflet/")
NUMBERS = ("561-899-6088", "561-763-9016", "911", "988", "711")
Paper = Callable[[str, str], PdfReader]


@pytest.fixture(scope="module")
def paper(browser: Browser, site: Server) -> Paper:
    """Print a page without scripts: ``paper("/leaflet/", "A4")``; each is printed once."""
    done: dict[tuple[str, str], PdfReader] = {}

    def printed(path: str, size: str) -> PdfReader:
        if (path, size) not in done:
            page = browser.new_page(java_script_enabled=False)
            page.goto(site.url + path)
            done[path, size] = PdfReader(io.BytesIO(page.pdf(format=size)))
            page.close()
        return done[path, size]

    return printed


def bare(text: str) -> str:
    """Return a text without spaces and hyphens, which printing moves about, and with each letter by itself."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]", "", unicodedata.normalize("NFKC", text))


def read(reader: PdfReader) -> str:
    """Return the bare text of all sides."""
    return bare("".join(side.extract_text() for side in reader.pages))


def tree_of(page: bytes) -> Element:
    """Return a page as a tree."""
    tree = html5lib.parse(page.decode(), namespaceHTMLElements=False)
    assert isinstance(tree, Element)
    return tree


@pytest.mark.parametrize("size", FORMATS)
def test_the_home_page_takes_two_sheets(paper: Paper, size: str) -> None:
    """The home page fits on the front and back of two sheets."""
    assert len(paper("/", size).pages) <= budgets.SIDES.number


@pytest.mark.parametrize("size", FORMATS)
def test_the_leaflet_is_one_side(paper: Paper, size: str) -> None:
    """The leaflet fits on one side, the strips too."""
    assert len(paper("/leaflet/", size).pages) == budgets.LEAFLET_SIDES.number


@pytest.mark.parametrize("size", FORMATS)
@pytest.mark.parametrize("path", PRINTED)
def test_every_number_is_on_paper(paper: Paper, path: str, size: str) -> None:
    """Whom to call, the public lines too, is printed in full."""
    text = read(paper(path, size))
    assert [number for number in NUMBERS if bare(number) not in text] == []


@pytest.mark.parametrize("size", FORMATS)
def test_every_text_of_the_page_is_on_paper(paper: Paper, files: Mapping[str, bytes], size: str) -> None:
    """No sentence is lost between page and paper: closed answers and the insides of columns are there in full."""
    text = read(paper("/", size))
    main = tree_of(files["index.html"]).find(".//main")
    assert main is not None
    blocks = [bare("".join(each.itertext())) for each in main.iter() if each.tag in {"p", "li", "dd", "summary", "td"}]
    answers = [bare("".join(each.itertext())) for each in main.findall(".//details//p")]
    assert len(answers) >= 2
    assert [block for block in blocks + answers if block not in text] == []


@pytest.mark.parametrize("size", FORMATS)
@pytest.mark.parametrize("path", PRINTED)
def test_headings_stay_with_their_text(paper: Paper, files: Mapping[str, bytes], path: str, size: str) -> None:
    """No heading is lost, cut in two by the end of a side, or the last thing on it."""
    sides = [bare(side.extract_text()) for side in paper(path, size).pages]
    tree = tree_of(files[f"{path[1:]}index.html"])
    hidden = {"".join(each.itertext()) for each in tree.iter() if each.get("class") == "hidden"}
    for heading in (each for each in tree.iter() if each.tag in {"h1", "h2", "h3"}):
        text = bare("".join(part for part in heading.itertext() if part not in hidden))
        assert [side for side in sides if text in side and not side.endswith(text)], text


SIZES = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        if (!node.data.trim() || !range.getClientRects().length) continue;
        const running = Boolean(node.parentNode.closest("p, li, dd"));
        found.push([running, parseFloat(getComputedStyle(node.parentNode).fontSize), node.data.trim()]);
    }
    return found;
}"""
PIXELS_PER_POINT = 96 / 72


@pytest.mark.parametrize("path", PRINTED)
def test_print_is_large_enough(visit: Callable[..., Page], path: str) -> None:
    """No printed text is too small to read, and running text is larger."""
    page = visit(path)
    page.emulate_media(media="print")
    texts = [(running, pixels / PIXELS_PER_POINT, text) for running, pixels, text in page.evaluate(SIZES)]
    assert len(texts) > 20
    least = {False: budgets.PRINTED.number, True: budgets.PRINTED_RUNNING.number}
    assert [text for text in texts if text[1] < least[text[0]] - 0.01] == []


SHOWN = "selector => [...document.querySelectorAll(selector)].map(each => each.getClientRects().length > 0)"


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        *((path, selector) for path in PRINTED for selector in ("#exit", ".bar", ".skip")),
        ("/", "nav"),
        ("/", ".door"),
        ("/leaflet/", ".home"),
    ],
)
def test_what_cannot_be_pressed_is_not_printed(visit: Callable[..., Page], path: str, selector: str) -> None:
    """What only a screen can use is there on the screen, and not on paper."""
    page = visit(path)
    assert any(page.evaluate(SHOWN, selector))
    page.emulate_media(media="print")
    assert not any(page.evaluate(SHOWN, selector))


ANSWERS = """[...document.querySelectorAll("details p")].map(
    each => each.checkVisibility() && each.getBoundingClientRect().height
)"""
OPEN = "[...document.querySelectorAll('details')].map(each => each.open)"


def test_closed_answers_are_open_on_paper(visit: Callable[..., Page]) -> None:
    """Without scripts every answer takes up room on paper, and none on the screen until it is opened."""
    page = visit("/", java_script_enabled=False)
    assert set(page.evaluate(ANSWERS)) == {False}
    page.emulate_media(media="print")
    assert min(page.evaluate(ANSWERS)) > 0


def test_printing_leaves_answers_as_they_were(visit: Callable[..., Page]) -> None:
    """For browsers that cannot do it with style sheets scripts open all answers, and close those that were closed."""
    page = visit("/")
    page.locator("summary").first.click()
    before = page.evaluate(OPEN)
    assert before[0] is True
    assert not any(before[1:])
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert set(page.evaluate(OPEN)) == {True}
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(OPEN) == before
    page.pdf()
    assert page.evaluate(OPEN) == before


def modules_of(path: str) -> list[list[int]]:
    """Return the dark modules of a drawn QR code, 1 for dark, with the quiet around it left out."""
    dark: set[tuple[int, int]] = set()
    column = row = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?|-?\.\d+", numbers)]
        if command == "h":
            dark |= {(int(row), int(column) + step) for step in range(int(values[0]))}
            column += values[0]
        elif command == "M":
            column, row = values
        else:
            column, row = column + values[0], row + values[1]
    rows, columns = ([place[axis] for place in dark] for axis in (0, 1))
    return [
        [int((row, column) in dark) for column in range(min(columns), max(columns) + 1)]
        for row in range(min(rows), max(rows) + 1)
    ]


def test_the_code_calls_the_number(files: Mapping[str, bytes]) -> None:
    """A phone's camera reads the number from the drawing: it is segno's own, with quiet around."""
    drawing = next(each for each in tree_of(files["leaflet/index.html"]).iter() if each.get("role") == "img")
    path = next(each.get("d", "") for each in drawing.iter() if each.get("d"))
    modules = modules_of(path)
    levels = [segno.make("tel:+15618996088", error=level, boost_error=False, micro=False) for level in "lmqh"]
    assert modules in [[list(map(int, row)) for row in code.matrix] for code in levels]
    assert modules != [list(map(int, row)) for row in segno.make("tel:+15618996089", error="m", micro=False).matrix]
    _, _, width, height = map(float, drawing.get("viewBox", "").split())
    assert width == height == len(modules) + 2 * 4
    assert drawing.get("aria-label") == "561-899-6088"


STRIPS = """() => [...document.querySelectorAll("aside li")].map(strip => {
    const range = document.createRange();
    range.selectNodeContents(strip);
    const [cut, text] = [strip, range].map(each => each.getBoundingClientRect());
    const across = text.left >= cut.left && text.right <= cut.right;
    return [strip.textContent, cut.left, cut.right, across && text.top >= cut.top && text.bottom <= cut.bottom];
})"""


def test_the_foot_of_the_leaflet_is_to_tear_off(visit: Callable[..., Page]) -> None:
    """Eight strips stand side by side, each with the whole number inside of its cuts."""
    page = visit("/leaflet/", width=720)
    page.emulate_media(media="print")
    strips = page.evaluate(STRIPS)
    assert [text for text, *_ in strips] == ["561-899-6088"] * int(budgets.STRIPS.number)
    assert all(inside for *_, inside in strips)
    assert all(after[1] >= before[2] - 0.5 for before, after in itertools.pairwise(strips))


HALF_A_CODE = 13 / 25.4 * 72
"""How far the QR code reaches above the middle of its line, in points."""


@pytest.mark.parametrize("size", FORMATS)
def test_the_strips_are_at_the_foot_of_the_sheet(paper: Paper, size: str) -> None:
    """On the printed leaflet all strips are there; the code stands above them, and every other text above the code."""
    strips: list[tuple[float, float]] = []
    others: list[tuple[float, str]] = []

    def see(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        left, up = (inner[4] * outer[n] + inner[5] * outer[n + 2] + outer[n + 4] for n in (0, 1))
        turned = abs(inner[0] * outer[0] + inner[1] * outer[2]) < 0.01
        if text.strip() and turned:
            strips.append((left, up))
        elif text.strip():
            others.append((up, text))

    paper("/leaflet/", size).pages[0].extract_text(visitor_text=see)
    assert len(strips) == budgets.STRIPS.number
    assert all(after[0] > before[0] + 20 for before, after in itertools.pairwise(strips))
    (scan, words), *above = sorted(others)
    assert "Scan to call" in words
    assert max(up for _, up in strips) < scan - HALF_A_CODE
    assert min(above)[0] > scan + HALF_A_CODE
