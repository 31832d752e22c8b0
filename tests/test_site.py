"""The clinic's own site: what a visitor reads tonight."""

import html.parser
import itertools
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import html5lib
import pytest

from generator.facts import Fact, Phone, Quantity
from generator.load import load
from generator.model import Build, Options
from generator.pipeline import build
from generator.usage import usages
from generator.yamlfile import Table, Text, read

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
FACTS = load(ROOT, Options(TODAY)).facts.by_name
PARTS = (
    ("call", "Call us"),
    ("not-the-right-place", "When this is not the right place"),
    ("what-it-is", "What an IOP is"),
    ("who-it-can-help", "Who it can help"),
    ("your-week", "Your week"),
    ("what-you-will-do", "What you will do"),
    ("how-it-compares", "How it compares"),
    ("questions", "Questions"),
)
BLOCKS = {"p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "legend", "label", "summary", "div", "span"}


class Reader(html.parser.HTMLParser):
    """A page as its texts, blocks and links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = [("", "")]
        self.links: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.skipping = self.linked = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block or a link."""
        self.tags.append(tag)
        self.skipping = tag in {"style", "script", "head"} or (self.skipping and tag != "body")
        if tag in BLOCKS:
            self.blocks.append((tag, ""))
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))
            self.linked = True

    def handle_data(self, data: str) -> None:
        """Add to the text of the block and of the link."""
        if not self.skipping:
            self.blocks[-1] = (self.blocks[-1][0], self.blocks[-1][1] + data)
            if self.linked:
                self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        self.linked = self.linked and tag != "a"

    @property
    def text(self) -> str:
        """All that is read, with single spaces."""
        return re.sub(r"\s+", " ", " ".join(text for _, text in self.blocks))


@pytest.fixture(scope="module")
def made() -> Build:
    """The clinic's site, built once."""
    return build(ROOT, Options(TODAY))


@pytest.fixture(scope="module")
def pages(made: Build) -> Mapping[str, str]:
    """The finished pages by their paths."""
    return {path: text.decode() for path, text in made.files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def home(pages: Mapping[str, str]) -> Reader:
    """The home page as it is read."""
    return Reader(pages["index.html"])


def facts_of(file: Path) -> dict[str, str]:
    """Every value below ``facts:`` by its name, without the generator's own reading of facts."""
    found: dict[str, str] = {}

    def walk(prefix: str, table: Table) -> None:
        for key, node in table.entries:
            if isinstance(node, Table):
                walk(f"{prefix}{key.value}.", node)
            elif isinstance(node, Text):
                found[prefix + key.value] = node.value

    node = read("site.yaml", file.read_text("utf-8"))
    assert isinstance(node, Table)
    facts = node.get("facts")
    assert isinstance(facts, Table)
    walk("", facts)
    return found


def test_there_is_no_problem_but_the_placeholder_address(made: Build) -> None:
    """The one thing that waits for the clinic is its address on the web."""
    assert [(problem.rule, problem.severity) for problem in made.problems] == [("placeholder-url", "warning")]


def test_with_an_address_there_is_no_problem() -> None:
    """Given an address, nothing is left to say."""
    assert build(ROOT, Options(TODAY, "https://clinic.test.org")).problems == ()


def test_the_same_bytes_twice(made: Build) -> None:
    """Two builds of the same files give the same bytes."""
    assert build(ROOT, Options(TODAY)).files == made.files


@pytest.mark.parametrize("path", ["index.html", "leaflet/index.html", "404.html"])
def test_pages_are_valid(pages: Mapping[str, str], path: str) -> None:
    """A strict parser finds nothing to mend in any page."""
    html5lib.HTMLParser(strict=True).parse(pages[path])


@pytest.mark.parametrize("path", ["index.html", "leaflet/index.html", "404.html"])
def test_pages_stand_alone(pages: Mapping[str, str], path: str) -> None:
    """A page asks for nothing else: one request, small enough for one round trip."""
    assert not re.search(r'<(?:script|img|iframe|link rel="stylesheet")[^>]*(?:src|href)=', pages[path])
    assert "url(" not in pages[path]
    assert "@import" not in pages[path]


@pytest.mark.parametrize("path", ["index.html", "leaflet/index.html", "404.html"])
def test_pages_have_what_every_page_needs(pages: Mapping[str, str], path: str) -> None:
    """Language, title, one quiet description, a skip link to the main text, one first heading."""
    page = pages[path]
    assert '<html lang="en-US">' in page
    assert len(re.findall("<title>[^<]+ - Inspire Recovery</title>", page)) == 1
    assert len(re.findall('<meta name="description" content="[^"]+">', page)) == 1
    assert Reader(page).links[0][0] == "#main"
    assert 'id="main" tabindex="-1"' in page
    assert Reader(page).headings.count(1) == 1


@pytest.mark.parametrize("path", ["index.html", "leaflet/index.html", "404.html"])
def test_headings_stand_in_order(pages: Mapping[str, str], path: str) -> None:
    """No level of heading is skipped on the way down."""
    levels = Reader(pages[path]).headings
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_the_title_is_quiet(pages: Mapping[str, str]) -> None:
    """Whoever sees the list of tabs or the history learns no more than this."""
    for words in ("Intensive outpatient program - Inspire Recovery",):
        assert f"<title>{words}</title>" in pages["index.html"]
        assert f'<meta name="description" content="{words}">' in pages["index.html"]


def test_the_exit_and_the_call_link_come_first(pages: Mapping[str, str]) -> None:
    """On every page the skip link is first, then the exit; on the home page the third link is the call."""
    for page in map(Reader, pages.values()):
        assert page.links[1] == ("https://www.weather.gov/", "Leave this site")
        assert ("tel:+15618996088", "561-899-6088") in page.links
    assert Reader(pages["index.html"]).links[2] == ("tel:+15618996088", "561-899-6088")


def test_the_eight_parts_stand_in_their_order(pages: Mapping[str, str]) -> None:
    """The list of parts names the eight, in order, and so does the page."""
    strips = re.findall(r'<li><a class="i\d" href="#(.+?)"><b>(\d)</b> (.+?)</a></li>', pages["index.html"])
    assert strips == [(slug, str(number), name) for number, (slug, name) in enumerate(PARTS, 1)]
    places = [pages["index.html"].index(f'<section id="{slug}"') for slug, _ in PARTS]
    assert places == sorted(places)


def test_danger_comes_before_referral(home: Reader) -> None:
    """911 and 988 stand before the text on where else to go, 711 with the number."""
    text = home.text
    assert text.index("Call 911 or 988 now if:") < text.index("refer you to")
    assert "Dial 711 first" in text[text.index("561-899-6088") : text.index("refer you to")]


@pytest.mark.parametrize("path", ["index.html", "leaflet/index.html", "404.html"])
def test_each_number_stands_under_its_own_role(pages: Mapping[str, str], path: str) -> None:
    """A clinic's number is never printed without its role before it, and is a link that calls it."""
    roles = {"561-899-6088": "Free and confidential consultation", "561-763-9016": "help you decide"}
    page = Reader(re.sub(r'(?s)<ul aria-hidden="true">.*?</ul>', "", pages[path]))  # the strips to cut hold it alone
    for number, role in roles.items():
        for found in re.finditer(number, page.text):
            assert role in page.text[max(0, found.start() - 60) : found.start()]
        linked = sum(text == number for _, text in page.links)
        assert linked == page.text.count(number)
    for target, text in page.links:
        if target.startswith("tel:+1"):
            assert re.sub(r"\D", "", text) == target.removeprefix("tel:+1")


def test_no_figure_is_typed_by_hand() -> None:
    """Phones, hours, days and public lines stand in site.yaml and nowhere else."""
    figures = r"911|988|711|561|\b(?:3|5|6|9|90|1|2)\+? (?:or|to|hours?|days?)|12-step|24/7"
    words = r"\b(?:three|five|six|nine|ninety|twelve|two|one to)\b"
    for folder in ("content", "templates", "assets"):
        for path in (ROOT / folder).rglob("*.*"):
            plain = re.sub(
                r"(?s)\{\{.*?\}\}|Shift (?:three|two more) times|/\*.*?\*/|#[0-9a-f]{6}\b", "", path.read_text("utf-8")
            )
            assert not re.search(f"{figures}|{words}", plain, re.IGNORECASE), path


def test_every_figure_of_site_yaml_is_on_the_home_page(home: Reader) -> None:
    """What the facts say is what a visitor reads."""
    shown = {
        "phones.consultation.number": "561-899-6088",
        "phones.help_deciding.number": "561-763-9016",
        "programs.iop.hours_per_day": "3 or more hours a day",
        "programs.iop.days_per_week": "3 to 5 days a week",
        "programs.iop.hours_per_week": "at least 9 hours a week",
        "programs.iop.length": "at least 90 days",
        "programs.php.hours_per_day": "6 or more hours a day",
        "programs.outpatient.hours_per_visit": "1 to 2 hours a visit",
        "programs.outpatient.visits_per_week": "1 to 3 visits a week",
        "crisis.emergency.number": "911",
        "crisis.lifeline.number": "988",
        "relay.number": "711",
        "terms.twelve_step": "12-step support groups",
    }
    facts = facts_of(ROOT / "site.yaml")
    assert {name for name in shown if name not in facts} == set()
    assert [words for words in shown.values() if words not in home.text] == []


def test_a_changed_digit_changes_every_place(tmp_path: Path, site_copy: Callable[[Path], Path]) -> None:
    """A phone that is changed in site.yaml is the old one nowhere, neither in words nor in a target."""
    copy = site_copy(tmp_path)
    text = (copy / "site.yaml").read_text("utf-8")
    (copy / "site.yaml").write_text(text.replace("561-899-6088", "561-555-0142"), "utf-8")
    before, after = build(ROOT, Options(TODAY)).files, build(copy, Options(TODAY)).files
    for path, page in before.items():
        changed = page.replace(b"561-899-6088", b"561-555-0142").replace(b"+15618996088", b"+15615550142")
        assert drawn(after[path]) == drawn(changed)
    assert before["leaflet/index.html"].count(b"<svg") == 1
    assert after["leaflet/index.html"].count(qr_of("+15615550142")) == 1
    assert b"561-555-0142" in after["index.html"]
    assert b"tel:+15615550142" in after["leaflet/index.html"]


def drawn(page: bytes) -> bytes:
    """Return a page without the drawing of its QR code."""
    return re.sub(rb'(?s)(<svg role="img".*?<path)[^>]*', rb"\1", page)


def qr_of(number: str) -> bytes:
    """Return the drawing of the QR code that calls a number."""
    found = re.search(r"<path[^>]*>", str(Phone(number[2:]).qr()))
    assert found
    return found[0].encode()


def another(fact: Fact) -> str:
    """Return another value of the same kind, as site.yaml has it."""
    value = fact.value
    if isinstance(value, Phone):
        return "355" if value.is_short else "561-555-0142"
    if isinstance(value, Quantity):
        return re.sub(r"\d+", lambda number: str(int(number[0]) + 40), fact.written)
    return f"another {fact.name.rpartition('.')[2]}"


def forms_of(fact: Fact) -> dict[str, str]:
    """Return what each form of a fact prints; texts beside its value are not a part of it."""
    return {name: str(form()) for name, form in fact.forms().items() if name not in {*fact.details, "checked", "qr"}}


@pytest.mark.parametrize("name", sorted(FACTS))
def test_changing_a_fact_changes_its_places_and_nothing_else(
    name: str, made: Build, tmp_path: Path, site_copy: Callable[[Path], Path]
) -> None:
    """Each text, link and line of JSON-LD that held a form of the fact holds the new one; all others stay."""
    copy = site_copy(tmp_path)
    fact = FACTS[name]
    lines = (copy / "site.yaml").read_text("utf-8").split("\n")
    assert fact.written in lines[fact.at.line - 1]
    lines[fact.at.line - 1] = lines[fact.at.line - 1].replace(fact.written, another(fact))
    (copy / "site.yaml").write_text("\n".join(lines), "utf-8")
    after = build(copy, Options(TODAY))
    changed = after.site.facts.by_name[name]
    forms = list(zip(forms_of(fact).values(), forms_of(changed).values(), strict=True))
    capitals = [(was.capitalize(), is_now.capitalize()) for was, is_now in forms]
    pairs = sorted(forms + capitals, key=lambda pair: -len(pair[0]))
    expected = {
        page: times for page, times in next(use for use in usages(made) if use.fact == fact).pages.items() if times
    }
    places: dict[str, int] = {}
    for page in made.rendered.pages if made.rendered else ():
        old, new = (said_on(files[page.path].decode()) for files in (made.files, after.files))
        assert len(old) == len(new)
        for before, now in zip(old, new, strict=True):
            if before != now:
                assert now in {before.replace(was, is_now) for was, is_now in pairs} | {replaced(before, pairs)}
                places[page.page.address] = places.get(page.page.address, 0) + 1
            else:
                assert not any(len(was) > 5 and re.search(rf"(?<!\w){re.escape(was)}(?!\w)", now) for was, _ in forms)
    assert set(expected) == set(places)


def said_on(page: str) -> list[str]:
    """Return every text, every link and every JSON-LD of a page."""
    read = Reader(page)
    head = re.findall(r"<title>([^<]*)</title>|<meta name=\"description\" content=\"([^\"]*)\">", page)
    data = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", page)
    return [*(text for _, text in read.blocks), *(target for target, _ in read.links), *map(str, head), *data]


def replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    """Return a text with each of the first of the pairs, the longest first, replaced by the second."""
    either = "|".join(re.escape(was) for was, _ in pairs)
    return re.sub(either, lambda found: dict(pairs)[found[0]], text)


def test_one_figure_changed_alone_breaks_the_rule(tmp_path: Path, site_copy: Callable[[Path], Path]) -> None:
    """Ten hours a week do not follow from three hours on three days: the rule, both places and both values are told."""
    copy = site_copy(tmp_path)
    text = (copy / "site.yaml").read_text("utf-8")
    (copy / "site.yaml").write_text(text.replace("9+ hours a week", "10+ hours a week"), "utf-8")
    broken = [problem for problem in build(copy, Options(TODAY)).problems if problem.rule == "broken-rule"]
    assert len(broken) == 1
    line = next(
        number for number, row in enumerate(text.split("\n"), 1) if row.startswith("  - programs.iop.hours_per_week")
    )
    assert broken[0].location.line == line
    for words in ("10+ hours a week", "3+ hours a day", "3-5 days a week", "hours_per_week.least ==", "site.yaml:"):
        assert words in broken[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hours_per_day: 6+ hours a day", "hours_per_day: 6-10 hours a day"),
        ("visits_per_week: 1-3 visits a week", "visits_per_week: up to 3 visits a week"),
        ("hours_per_visit: 1-2 hours a visit", "hours_per_visit: 2 hours a visit"),
        ("hours_per_day: 3+ hours a day", "hours_per_day: 3-4 hours a day"),
        ("days_per_week: 3-5 days a week", "days_per_week: 3+ days a week"),
    ],
)
def test_the_comparison_is_to_scale_whatever_the_facts(
    old: str, new: str, tmp_path: Path, site_copy: Callable[[Path], Path]
) -> None:
    """Ranges, exact figures and figures that are open at one end: no bar is longer than its column."""
    copy = site_copy(tmp_path)
    text = (copy / "site.yaml").read_text("utf-8")
    (copy / "site.yaml").write_text(text.replace(old, new), "utf-8")
    assert old in text
    made = build(copy, Options(TODAY))
    page = made.files["index.html"].decode()
    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)%"', page)]
    assert made.errors == ()
    assert len(widths) >= 5
    assert max(widths) <= 100
    assert all(line in page for line in ("Hours a day", "Days a week"))


def test_one_day_and_one_hour_are_said_as_one(tmp_path: Path, site_copy: Callable[[Path], Path]) -> None:
    """The planner's sentence is English with other facts too."""
    copy = site_copy(tmp_path)
    text = (copy / "site.yaml").read_text("utf-8")
    for old, new in (
        ("3+ hours a day", "1+ hours a day"),
        ("3-5 days a week", "1-5 days a week"),
        ("9+ hours a week", "1+ hours a week"),
    ):
        text = text.replace(old, new)
    (copy / "site.yaml").write_text(text[: text.index("rules:")], "utf-8")
    page = build(copy, Options(TODAY)).files["index.html"].decode()
    assert "One day of one hour make one" in page
