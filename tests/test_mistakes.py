"""Every kind of mistake (``mistakes.py``): exactly one problem, at exactly its place, and nothing is written."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import build
from generator.model import Build
from tests.conftest import GOOD, TODAY
from tests.mistakes import ALL, JARGON, MISTAKES, InText, InTree, Mistake, beginnings, entry, told

WORST = Path(__file__).parent / "worst.md"
State = Mapping[str, tuple[bytes, int]]


def written(site: Path) -> State:
    """Return what a build wrote: each file with its bytes and the time of its last change."""
    files = [path for path in site.glob("dist*/**/*") if path.is_file()] + [site / "dist.manifest.json"]
    return {str(path.relative_to(site)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the good site, built."""
    site = Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("good") / "site"))
    assert build.main(["--strict", "--quiet", "--today", str(TODAY), "--source", str(site)]) == 0
    return site


@pytest.fixture(scope="module")
def page() -> tuple[str, ...]:
    """Return ``MISTAKES.md``, cut before each heading."""
    return tuple(re.split(r"\n(?=##)", MISTAKES.read_text("utf-8")))


def check(mistake: Mistake, site: Path, page: tuple[str, ...]) -> None:
    """Make a mistake, and compare what is said, what is written and what ``MISTAKES.md`` says."""
    before = written(site)
    mistake.spoil(site)
    status, said = told(site)
    first, *_, hint, last = said.splitlines()
    assert re.sub(r": (?:error|warning):", ":", first, count=1) == f"{mistake.place}: {mistake.said}"
    assert hint.startswith("    hint: ")
    assert (status, last) in {
        (1, "nothing was written: 1 error, 0 warnings"),
        (1, "nothing was written: 0 errors, 1 warning"),
    }
    assert not JARGON.search(f"{first} {hint}")
    assert written(site) == before
    if mistake.shown:
        assert entry(mistake, said) in page, "run 'make mistakes'"


@pytest.mark.parametrize("mistake", [each for each in ALL if isinstance(each, InText)], ids=lambda each: each.title)
def test_a_spoiled_text(good: Path, page: tuple[str, ...], mistake: InText) -> None:
    """A mistake in a text is one problem at its place; of the last good site no bit changes."""
    try:
        check(mistake, good, page)
    finally:
        shutil.copy(GOOD / mistake.file, good / mistake.file)


@pytest.mark.parametrize(
    "mistake", [each for each in ALL if isinstance(each, InText) and each.right], ids=lambda each: each.title
)
def test_a_text_as_it_was_meant(good: Path, mistake: InText) -> None:
    """What ``MISTAKES.md`` says to write instead is sound."""
    try:
        mistake.mend(good)
        assert told(good, "check")[0] == 0
    finally:
        shutil.copy(GOOD / mistake.file, good / mistake.file)


@pytest.mark.parametrize("mistake", [each for each in ALL if isinstance(each, InTree)], ids=lambda each: each.title)
def test_a_spoiled_tree(good: Path, tmp_path: Path, page: tuple[str, ...], mistake: InTree) -> None:
    """A mistake in the names and places of files is one problem."""
    check(mistake, Path(shutil.copytree(good, tmp_path / "site")), page)


def test_the_page_of_mistakes_is_up_to_date(page: tuple[str, ...]) -> None:
    """It holds what is shown, in order, and nothing else (its messages: see above)."""
    head, *parts = page
    titles = [part.split("\n")[0] for part in parts]
    assert [title for title in titles if title[:4] == "### "] == [f"### {each.title}" for each in ALL if each.shown]
    topics = [part for part in parts if part[:3] == "## "]
    assert "\n".join([head, *topics]) == "\n".join(beginnings())


def test_each_mistake_has_a_name_of_its_own() -> None:
    """A reader finds a mistake by its name."""
    assert len({mistake.title for mistake in ALL}) == len(ALL)
    assert len([mistake for mistake in ALL if mistake.shown]) >= 60


def sentences(source: str) -> Iterator[str]:
    """Each text of a module that may be shown: no docstring, no pattern, no type."""
    tree = ast.parse(source)
    other = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) >= 3:  # a row of a table: a pattern, then words
            other.add(id(node.elts[0]))
        elif isinstance(node, ast.Dict):
            other |= {id(key) for key in node.keys}
        elif isinstance(node, ast.FunctionDef):
            other.add(id(node.returns))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
            other |= {id(each) for each in ast.walk(node)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in other)
    yield from (text.value for text in texts if isinstance(text.value, str) and " " in text.value)


@pytest.mark.parametrize(
    "path", sorted((Path(build.__file__).parent / "generator").glob("*.py")), ids=lambda path: path.stem
)
def test_no_message_speaks_of_programs(path: Path) -> None:
    """Nothing that the engine says needs more than a word processor, or HTML, to be understood."""
    said = (re.sub(r"\{\w+\}", "", text) for text in sentences(path.read_text("utf-8")))
    assert [text for text in said if JARGON.search(text) and not text.startswith("# ")] == []  # a file for nginx


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["a mark at the start", "line ends of Windows", "line ends of old", "no last line end"],
)
def test_how_a_file_is_saved_changes_nothing(
    copy: Path, built: Callable[..., Build], change: Callable[[str], str]
) -> None:
    """What editors of other systems do to a file without being asked is no mistake: the site is the same to the bit."""
    before = built(copy)
    for path in [copy / "site.yaml", *copy.glob("content/**/*.md"), *copy.glob("templates/**/*.html")]:
        path.write_bytes(change(path.read_text("utf-8")).encode())
    assert (built(copy).files, built(copy).problems) == (before.files, ())


def test_a_long_line_is_a_line(make: Callable[..., Path], built: Callable[..., Build]) -> None:
    """A paragraph of 30,000 words in one line is shown whole."""
    words = "word " * 30_000
    made = built(make({"content/page.md": f"---\ntitle: Home\n---\n\n{words}\n"}))
    assert made.problems == ()
    assert words.strip() in made.files["index.html"].decode()


def test_all_mistakes_are_told_in_one_run(copy: Path, built: Callable[..., Build]) -> None:
    """Mistakes in several files, found by several stages, are all told at once, in the order of their places."""
    spoiled = {
        "content/faq/10-cost.md": ("title:", "titel:"),
        "content/faq/20-dogs.md": ("None for dogs.", "None for [dogs](#cats), {{ phones.vet }}."),
        "content/page.md": ("![A red door]", "![]"),
        "content/visit/page.md": ("(parking/)", "(garage/)"),
        "content/sections/90-plans.md": ("(#sundays)", "(#mondays)"),
    }
    for name, (good, bad) in spoiled.items():
        text = (copy / name).read_text("utf-8")
        (copy / name).write_text(text.replace(good, bad), "utf-8")
    expected = [
        ("content/faq/10-cost.md:2:1", "unknown-key"),
        ("content/faq/20-dogs.md:7:17", "broken-anchor"),
        ("content/faq/20-dogs.md:7:28", "unknown-fact"),
        ("content/page.md:14:5", "missing-alt"),
        ("content/sections/90-plans.md:6:30", "broken-anchor"),
        ("content/visit/page.md:7:36", "broken-link"),
    ]
    assert [(str(problem.location), problem.rule) for problem in built(copy).problems] == expected


def test_the_worst_page(copy: Path) -> None:
    """Of a page with dozens of mistakes each is told once, at its place, in order, and nothing else is told."""
    (copy / "content/worst").mkdir()
    shutil.copy(WORST, copy / "content/worst/page.md")
    assert told(copy)[1] == WORST.with_suffix(".txt").read_text("utf-8")
