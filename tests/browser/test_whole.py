"""The page stays whole whatever an editor does with what EDITING.md allows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.model import Options
from generator.pipeline import build
from tests.browser.conftest import TODAY, Server

SECTIONS = "content/sections"
LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt"
LONG_TITLE = "Intensive outpatient program beside work and school"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><path d="M0 0h1600v900H0z"/></svg>'
ANSWERS = {
    "who": "A counselor",
    "phone_hours": "on weekdays, from morning to evening",
    "place": "our center in the middle of the town, on the first floor",
    "sessions": "in the mornings and in the evenings, on days that you choose",
    "cost": "less than a stay at a center, and most insurances pay a part",
}


def section(title: str, body: str = "Some words.", nav: str = "") -> str:
    """Return a file of ``content/``."""
    return f'---\ntitle: "{title}"\n' + (f'nav: "{nav}"\n' if nav else "") + f"---\n\n{body}\n"


class Copy:
    """A copy of the clinic's site, to be changed as an editor does."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> None:
        """Make a file, or make it anew."""
        (self.root / name).write_text(text, "utf-8")

    def remove(self, *names: str) -> None:
        """Take files away."""
        for name in names:
            (self.root / name).unlink()

    def replace(self, name: str, old: str, new: str) -> None:
        """Put a text in the place of another; it must have been there."""
        text = (self.root / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def each(self, folder: str) -> list[str]:
        """Return the files of a folder."""
        return sorted(str(path.relative_to(self.root)) for path in (self.root / folder).glob("*.md"))


def a_section_added(site: Copy) -> None:
    """A new file, with a name among the strips."""
    site.write(
        f"{SECTIONS}/55-friends.md", section("Friends and family", "They may come.\n\n### When\n\nAsk us.", "Friends")
    )


def a_section_removed(site: Copy) -> None:
    """A section of plain words."""
    site.remove(f"{SECTIONS}/60-what-you-will-do.md")


def a_section_with_a_part_removed(site: Copy) -> None:
    """A section with a drawing."""
    site.remove(f"{SECTIONS}/70-how-it-compares.md")


def a_section_renamed(site: Copy) -> None:
    """Another file name, title and name among the strips."""
    old, new = f"{SECTIONS}/60-what-you-will-do.md", f"{SECTIONS}/60-what-is-waiting-for-you.md"
    (site.root / old).rename(site.root / new)
    site.replace(new, "title: What you will do", "title: What is waiting for you in the weeks that come")
    site.replace(new, "nav: What you will do", "nav: What is waiting for you in the weeks that come")


def a_section_ten_times_as_long(site: Copy) -> None:
    """The same words again and again, headings too."""
    name = f"{SECTIONS}/60-what-you-will-do.md"
    start, matter, body = (site.root / name).read_text("utf-8").split("---\n", 2)
    site.write(name, f"{start}---\n{matter}---\n{body}" + body * 9)


def a_number_of_eleven_digits(site: Copy) -> None:
    """A phone number with the digit for the country."""
    site.replace("site.yaml", "number: 561-899-6088", "number: 1-561-899-6088")


def a_third_phone(site: Copy) -> None:
    """One more role with a number, in two places."""
    role = "    families:\n      number: 561-555-0142\n      label: For families and friends of people in treatment\n"
    site.replace("site.yaml", "  phones:\n", f"  phones:\n{role}")
    use = "{{ phones.families.label }}\n:   {{ phones.families }}\n"
    site.replace(
        f"{SECTIONS}/90-join.md", "Do you want to", f"{use}\nCall {{{{ phones.families }}}} too.\n\nDo you want to"
    )


def a_title_of_four_lines(site: Copy) -> None:
    """A title that takes four lines of a narrow phone, five where letters are wide."""
    site.replace("content/page.md", "title: Intensive outpatient program", f"title: {LONG_TITLE}")


def no_questions(site: Copy) -> None:
    """All answers taken away, with the link to one of them; the section stays."""
    site.remove(*site.each("content/faq"))
    site.replace(f"{SECTIONS}/30-what-it-is.md", "[medical detox](#medical-detox)", "medical detox")


def no_section_of_questions(site: Copy) -> None:
    """The section taken away too."""
    no_questions(site)
    site.remove(f"{SECTIONS}/80-questions.md")


def fifty_questions(site: Copy) -> None:
    """Many questions, long ones."""
    words = ("May somebody", "Can a friend", "Will my doctor", "Should a parent", "Does my partner")
    ends = (
        "come along",
        "call you",
        "read my plan",
        "wait outside",
        "help me",
        "eat with us",
        "ask you",
        "learn of it",
    )
    for number in range(48):
        question = f"{words[number % 5]} {ends[number % 8]}, and what would that mean for everybody else?"
        site.write(
            f"content/faq/{number + 30}-question-{'abcdefgh'[number % 8]}{'klmnopqr'[number // 8]}.md",
            section(question),
        )


def a_review(site: Copy) -> None:
    """The day of the last review, the next, and by whom."""
    by = "reviewed: 2026-11-01\nreview_every: 365 days\nreviewed_by: Dr. Alexandra Featherstonehaugh, a doctor\n"
    site.replace("content/page.md", "title:", f"{by}title:")


def a_picture(site: Copy) -> None:
    """A picture that is wider than any phone."""
    site.write("assets/door-open.svg", PICTURE)
    site.replace(
        f"{SECTIONS}/60-what-you-will-do.md", "### Group", "![A red door, half open](door-open.svg)\n\n### Group"
    )


def a_table_of_five_columns(site: Copy) -> None:
    """A table as Markdown writes it."""
    row = "| Individual | appointments | conversation | confidential | understanding |\n"
    table = f"{row}{'| --- ' * 5}|\n{row * 3}"
    site.replace(f"{SECTIONS}/60-what-you-will-do.md", "### Group", f"{table}\n### Group")


def a_list_of_definitions(site: Copy) -> None:
    """Terms with what they mean."""
    words = "Counseling\n:   Talking with somebody who has learned to listen.\n:   Alone or with others.\n\n"
    site.replace(f"{SECTIONS}/60-what-you-will-do.md", "### Group", f"{words}### Group")


def a_very_long_word(site: Copy) -> None:
    """Sixty letters without a break, wherever an editor may write."""
    site.write(
        f"{SECTIONS}/55-word.md",
        section(f"A {LONG_WORD}", f"{LONG_WORD}\n\n- {LONG_WORD}\n\n### {LONG_WORD}\n\nIt.", LONG_WORD),
    )
    site.write("content/faq/30-long-word.md", section(LONG_WORD, f"> {LONG_WORD}\n\n{LONG_WORD}\n:   {LONG_WORD}"))
    site.replace("content/page.md", "lead: For you", f"lead: {LONG_WORD} for you")


def twelve_sections_with_strips(site: Copy) -> None:
    """More strips than there are inks."""
    for number, letter in enumerate("abcd", 71):
        site.write(f"{SECTIONS}/{number}-more-{letter}.md", section(f"More {letter}", nav=f"More of {letter}"))


def one_section_with_a_strip(site: Copy) -> None:
    """All names but one taken from the strips."""
    for name in site.each(SECTIONS)[1:]:
        site.write(name, re.sub("(?m)^nav: .*\n", "", (site.root / name).read_text("utf-8"), count=1))


def all_answers_told(site: Copy) -> None:
    """Whatever the clinic has not told yet, told."""
    for name, answer in ANSWERS.items():
        text = (site.root / "site.yaml").read_text("utf-8")
        site.write("site.yaml", re.sub(rf"(?m)^(    {name}: )\{{ask: .*\}}$", rf"\g<1>{answer}", text))
    assert "{ask:" not in (site.root / "site.yaml").read_text("utf-8").partition("\n  answers:\n")[2]


@dataclass(frozen=True)
class Case:
    """What an editor does, and the words, if any, that show it on the page."""

    change: Callable[[Copy], None]
    there: str = ""
    gone: str = ""


CASES = (
    Case(a_section_added, "Friends and family"),
    Case(a_section_removed, gone="Art therapy"),
    Case(a_section_with_a_part_removed, gone="How it compares"),
    Case(a_section_renamed, "What is waiting for you in the weeks that come", gone="What you will do"),
    Case(a_section_ten_times_as_long, "Art therapy"),
    Case(a_number_of_eleven_digits, "1-561-899-6088"),
    Case(a_third_phone, "561-555-0142"),
    Case(a_title_of_four_lines, LONG_TITLE),
    Case(no_questions, "Is your question not here?", gone="Is an IOP the same as rehab?"),
    Case(no_section_of_questions, gone="Is your question not here?"),
    Case(fifty_questions, "Can a friend call you, and"),
    Case(a_review, "Dr. Alexandra Featherstonehaugh"),
    Case(a_picture, "door-open"),
    Case(a_table_of_five_columns, "confidential"),
    Case(a_list_of_definitions, "Talking with somebody"),
    Case(a_very_long_word, LONG_WORD),
    Case(twelve_sections_with_strips, "More of d"),
    Case(one_section_with_a_strip, "Call us"),
    Case(all_answers_told, "A counselor will answer."),
)

FAULTS = """() => {
    const faults = [];
    const all = selector => [...document.querySelectorAll(selector)];
    const name = node => `${node.nodeName.toLowerCase()} ${node.textContent.trim().slice(0, 40)}`;
    const hidden = node => Boolean(node.closest(".hidden, .skip, [hidden]")) || !node.checkVisibility();
    const scrolls = node => {
        for (; node; node = node.parentElement) {
            const box = node.getBoundingClientRect();
            const own = /auto|scroll/.test(getComputedStyle(node).overflowX);
            if (own && node !== document.documentElement && box.left >= 0 && box.right <= innerWidth) return true;
        }
        return false;
    };
    for (const details of all("details")) details.open = true;

    const wide = document.documentElement.scrollWidth;
    if (wide > innerWidth) faults.push(`scrolls sideways: ${wide} of ${innerWidth} px`);

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest("script, style") || hidden(parent) || scrolls(parent)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const out = [...range.getClientRects()].some(box => box.left < -0.5 || box.right > innerWidth + 0.5);
        if (out) faults.push(`outside of the screen: ${name(parent)}`);
    }
    for (const image of all("img")) {
        const box = image.getBoundingClientRect();
        if (!image.naturalWidth) faults.push(`not drawn: ${image.src}`);
        if (box.left < 0 || box.right > innerWidth) faults.push(`outside of the screen: ${image.src}`);
    }

    const strips = all(".strips a").map(strip => [strip, strip.getBoundingClientRect()]);
    strips.forEach(([strip, box], index) => {
        if (strip.scrollWidth > strip.clientWidth + 1) faults.push(`out of its strip: ${name(strip)}`);
        for (const [other, next] of strips.slice(index + 1)) {
            const across = box.right > next.left + 0.5 && next.right > box.left + 0.5;
            const down = box.bottom > next.top + 0.5 && next.bottom > box.top + 0.5;
            if (across && down) faults.push(`strips overlap: ${name(strip)}, ${name(other)}`);
        }
    });

    const levels = all("h1, h2, h3, h4, h5, h6").filter(each => !hidden(each)).map(each => Number(each.nodeName[1]));
    if (levels[0] !== 1 || levels.filter(level => level === 1).length !== 1) faults.push(`first headings: ${levels}`);
    levels.forEach((level, index) => {
        if (index && level > levels[index - 1] + 1) faults.push(`a level of heading is skipped: ${levels}`);
    });
    const ids = all("[id]").map(each => each.id);
    for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) faults.push(`twice: #${id}`);
    for (const link of all("a[href^='#']")) {
        if (!document.getElementById(link.hash.slice(1))) faults.push(`leads nowhere: ${link.hash}`);
    }

    if (all("a.skip[href='#main']").length !== 1) faults.push("no skip link");
    const exit = document.getElementById("exit");
    const box = exit && exit.getBoundingClientRect();
    if (!box || !box.width || box.left < 0 || box.top < 0 || box.right > innerWidth) faults.push("no exit in view");
    return faults;
}"""
FIRST_CALL = """() => {
    scrollTo(0, 0);
    const link = document.querySelector("a[href^='tel:']");
    const box = link.getBoundingClientRect();
    const inside = box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
    const corners = [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2]];
    return inside && corners.every(([x, y]) => document.elementFromPoint(x, y) === link);
}"""


@pytest.fixture(scope="module")
def server(serve: Callable[..., Server]) -> Server:
    """One server for all cases."""
    return serve({})


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """One page for all cases, light."""
    page = browser.new_page(color_scheme="light")
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.change.__name__)
def test_the_page_stays_whole(
    case: Case, tmp_path: Path, site_copy: Callable[[Path], Path], screen: Page, server: Server
) -> None:
    """A change builds without a mistake, and on the narrowest phone and a wide screen nothing is lost or broken."""
    case.change(Copy(site_copy(tmp_path)))
    built = build(tmp_path, Options(TODAY))
    assert built.errors == ()
    server.files = built.files
    for width, height in ((320, 568), (1280, 800)):
        screen.set_viewport_size({"width": width, "height": height})
        screen.goto(f"{server.url}/")
        if width == 320:
            assert screen.evaluate(FIRST_CALL)
        assert screen.evaluate(FAULTS) == []
    page = built.files["index.html"].decode()
    assert case.there in page
    assert not case.gone or case.gone not in page
