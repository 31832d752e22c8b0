"""Whatever a file holds or is called, a build gives the site or mistakes with places: never a crash, never a wait.

Random bytes, random text, and text put together from what matters to one of the
readers. ``make test`` tries a few, the same each time. A long run, with others
each time::

    EXAMPLES=20000 .venv/bin/python -m pytest tests/test_anything.py

What it finds becomes a row of ``FOUND``.
"""

import contextlib
import functools
import json
import os
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from generator import verify, write
from generator.model import Build, Options
from generator.pipeline import build
from generator.problems import SiteError
from tests.conftest import TODAY, read_by_both

SITE = """\
site:
  name: Pool
  url: https://pool.org
facts:
  phones:
    desk: {number: 561-555-0100, label: Front desk}
  course:
    hours: 2+ hours a day
    days: 3-5 days a week
    length: {value: 90 days, checked: 2026-01-05, review_every: 1 year}
  who: {ask: "Who swims?"}
rules:
  - course.hours.least * course.days.most == 10
"""
FRONT = "---\ntitle: Pool\n---\n\n"
TEMPLATE = "<title>{{ page.title }}</title>{{ page.body }}{% for s in page.sections %}{{ s.body }}{% endfor %}"

# fmt: off
SIGNS = ("\n", "\n\n", "    ", "\t", " ", "\xa0", "\u200b", "\ufeff", "\x85", "\u2028", "\r", "\x07", '"', "'",
         "\u201c", "\u2019", "\\", "---\n", "a", "b c", "\u00e9", "e\u0301", "\U0001f600", "<", ">", "&", "+", "-",
         "7", "0", ".", ",")
FACTS = ("{{", "}}", "{{ phones.desk }}", "{{ who }}", "{{ course.hours.least", "course.days", "561-555-0100", "911",
         "3 to 5 days a week", "ninety", " hours a day", "one ", "tel:", "sms:", "a crawl course", "up to ",
         "1-800-SWIM")
MARKDOWN = ("[", "]", "(", ")", "](", "![", "`", "```\n", "~~~\n", "*", "**", "_", "#", "## ", "- ", "1. ", "> ", "|",
            "| --- |\n", ":   ", "[a]: ", "<b>", "<!--", "-->", "&amp;", "&#1", "https://a.org", "javascript:", "../",
            "#x", "===\n", "door.svg", "{a=b}")
YAML = ("title: ", "lead: ", "draft: ", "part: ", "allow:\n  ", "reviewed: ", "review_every: ", "site:\n  ",
        "facts:\n  ", "rules:\n  - ", "url: ", "name: ", "review: [", "number: ", "ask: ", "value: ", "checked: ",
        "2026-01-05", ": ", ":", "? ", "- ", "{", "}", "[", "]", ", ", "# ",
        "|\n  ", ">-\n  ", "*a", "&a ", "!!x ", "@", "%", "`", "<<: ",
        "==", "<", "* ", ".least", "1e9", "0x1F")
# fmt: on

LONGEST = 2.0
"""Seconds of work that a build of a page may take."""
LONG = "EXAMPLES" in os.environ
LENGTH = 24_000 if LONG else 3_000
"""Characters that fragments repeated may have."""
bounded = settings(
    max_examples=int(os.environ.get("EXAMPLES", "100")),
    deadline=None,
    derandomize=not LONG,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def texts(*fragments: str) -> st.SearchStrategy[bytes]:
    """Return bytes, letters, and words put together from fragments."""
    put_together = st.lists(st.sampled_from(fragments), max_size=30).map("".join)
    again = st.tuples(put_together, put_together, st.integers(1, 400)).map(
        lambda each: each[0] + each[1] * min(each[2], LENGTH // (len(each[1]) or 1))
    )
    return st.binary(max_size=100) | (st.text(max_size=100) | put_together | again).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, built once so that all is loaded."""
    root = tmp_path_factory.mktemp("anything")
    for name in ("content/sections", "templates"):
        (root / name).mkdir(parents=True)
    (root / "templates/page.html").write_text(TEMPLATE, "utf-8")
    assert check(root, "content/page.md", FRONT.encode()).errors == ()
    return root


def check(site: Path, name: str, data: bytes) -> Build:
    """Build a site with this file in it: each problem has a place in a file, words and a hint."""
    files = {
        "site.yaml": SITE.encode(),
        "content/page.md": FRONT.encode(),
        "content/sections/10-swim.md": FRONT.encode(),
    }
    for path, content in {**files, name: data}.items():
        (site / path).write_bytes(content)
    start = time.process_time()  # whatever else the machine is doing
    made = build(site, Options(TODAY))
    assert time.process_time() - start < LONGEST
    for problem in made.problems:
        lines = made.sources[problem.location.path].split("\n")
        assert 1 <= problem.location.line <= len(lines), problem
        assert 1 <= problem.location.column <= len(lines[problem.location.line - 1]) + 1, problem
        assert problem.message
        assert problem.hint
    assert made.rendered or any(problem.stops_render for problem in made.problems)
    return made


@given(data=texts(*SIGNS, *FACTS, *MARKDOWN, *YAML))
@bounded
def test_any_file(site: Path, data: bytes) -> None:
    """A page may hold anything."""
    check(site, "content/page.md", data)


@given(data=texts(*SIGNS, *FACTS, *YAML))
@bounded
def test_any_front_matter(site: Path, data: bytes) -> None:
    """Between its lines of dashes anything may stand."""
    check(site, "content/page.md", b"---\n" + data + b"\n---\n\nWords.\n")


@given(data=texts(*SIGNS, *FACTS, *MARKDOWN))
@bounded
def test_any_words(site: Path, data: bytes) -> None:
    """Below the front matter anything may stand."""
    check(site, "content/sections/10-swim.md", FRONT.encode() + data)


@given(data=texts(*SIGNS, *FACTS, *YAML), at=st.integers(0, SITE.count("\n")), instead=st.booleans())
@bounded
def test_any_facts(site: Path, data: bytes, at: int, instead: bool) -> None:  # noqa: FBT001 - drawn
    """Before, after or instead of any line of site.yaml anything may stand."""
    lines = SITE.encode().splitlines(keepends=True)
    check(site, "site.yaml", b"".join([*lines[:at], data, *lines[at + instead :]]))


@given(data=texts(*SIGNS, *YAML, "?", "!", "|", ",", "k: ", "\n  "))
@bounded
def test_any_yaml_by_both_parsers(data: bytes) -> None:
    """PyYAML's parser in C reads nothing unlike the one in Python, and refuses nothing in other words."""
    with contextlib.suppress(SiteError):
        read_by_both("a.yaml", data.decode("utf-8", "replace"))


# ---------------------------------------------------------------- names

# fmt: off
NAMES = ("call-us", "Call-us", "caf\u00e9", "cafe\u0301", "cafe", "stra\u00dfe", "strasse", "\u0130x", "\ufb01x",
         "fix", "con", "aux.txt", "a.", "a ", " a", "-a", "_a", "a_b", "a.b", "index", "index.html", "404", "404.html",
         "assets", "ASSETS", "robots.txt", "sitemap.xml", "_headers", "sections", "faq", "page", "a:b", "a\\b", "a%20b",
         "%2e%2e", "...", "..", "~", "~$a", "#a", "a\nb", "a\x00b", "\u202ea", "\u200ba", "\U0001f600", "\udcff",
         "x" * 100, "x" * 101, "x" * 240, "\u00e4" * 51, "1", "\u0661", "\u4e2d", "a?b", "a#b", "a&b", "a'b", 'a"b',
         "<b>", "*", "${a}")
# fmt: on
TWINS = ("a", "A", "\u00e4", "A\u0308", "b", "B")
"""Names that are one on some disk."""
names = st.sampled_from(TWINS) | st.sampled_from(NAMES) | st.text(max_size=5)
aliases = st.tuples(
    st.sampled_from(["/", "/", "/", "/", "", "//", "/../", "https://a.org/"]),
    st.lists(st.sampled_from(TWINS), min_size=1, max_size=2).map("/".join) | names,
    st.sampled_from(["", "/", "/", ".html", "/index.html", "?a", "#a"]),
).map("".join)
HOME = "content/page.md"
KINDS = {
    "section": "content/sections/10-{name}.md",
    "question": "content/faq/10-{name}.md",
    "page": "content/{name}/page.md",
    "page below": "content/a/{name}/page.md",
    "asset": "assets/{name}.svg",
    "asset in a folder": "assets/{name}/b.svg",
}


def begun(root: Path, kinds: list[tuple[str, str]], older: list[str]) -> dict[str, Path]:
    """Begin a site with files of these names, as far as the disk takes them; return each by what problems call it."""
    files = {KINDS[kind].format(name=name): FRONT for kind, name in kinds}
    files.update({"site.yaml": "site: {name: Pool, url: 'https://pool.org'}\n", "templates/page.html": TEMPLATE})
    files.update({"content/a/page.md": FRONT, HOME: f"---\ntitle: Pool\naliases: {json.dumps(older)}\n---\n"})
    paths = {}
    for name, text in files.items():
        path = root / name
        with contextlib.suppress(OSError, ValueError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for each in (path, *path.parents[: len(Path(name).parts) - 1]):
            paths[os.fspath(each.relative_to(root)).encode("utf-8", "replace").decode()] = each
    return paths


def mend(path: Path, root: Path) -> None:
    """Take away what a problem names; the home page may only lose its older addresses."""
    if path == root / HOME:
        assert "aliases" in path.read_text("utf-8")
        path.write_text(FRONT, "utf-8")
        return
    assert path not in {root, root / "content", root / "assets", root / "site.yaml", root / "templates"}
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


@given(kinds=st.lists(st.tuples(st.sampled_from(list(KINDS)), names), max_size=5), older=st.lists(aliases, max_size=3))
@settings(bounded, max_examples=bounded.max_examples if LONG else 30)
def test_any_names(kinds: list[tuple[str, str]], older: list[str]) -> None:
    """Files and older addresses may be called anything: what cannot be published is told, and without it the rest is.

    It stays in its folder, the least careful disk tells each file from the others, and it is read back as it was.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        paths = begun(root, kinds, older)
        around = {*root.iterdir(), root / "dist", root / "dist.manifest.json"}
        while (made := build(root, Options(TODAY))).errors:
            for path in {problem.location.path for problem in made.errors}:
                mend(paths[path], root)
        write.write(made.files, root / "dist", root)
        there = [path for path in (root / "dist").rglob("*") if path.is_file()]
        assert {path.relative_to(root / "dist").as_posix(): path.read_bytes() for path in there} == made.files
        assert verify.verify(root / "dist")[1] == ()
        assert {*root.iterdir()} <= around
        files = {PurePosixPath(unicodedata.normalize("NFC", path).casefold()) for path in made.files}
        assert len(files) == len(made.files)
        assert not files & {folder for path in files for folder in path.parents}


FOUND: tuple[tuple[str, bytes], ...] = (
    # places in a file that is not read
    ("content/page.md", b"a\r\x01"),
    ("content/page.md", FRONT.encode() + b"\r\xff"),
    ("site.yaml", b"a\rb: \x80"),
    # a place in a text that begins in the next line
    ("site.yaml", b"site: >\n _0:a\n"),
    # digits that are no decimal ones, and no number
    ("content/page.md", FRONT.encode() + "\u24f5 or \u248em of 9 hours a day".encode()),
    ("site.yaml", SITE.replace("rules:", "  term: 9 \u24f5 tours\nrules:").encode()),
    # what took more than 2 s, some of it for ever
    ("content/page.md", FRONT.encode() + b"{{" + b" " * 12_000),
    ("content/page.md", FRONT.encode() + b"5- " * 2_500),
    ("content/page.md", FRONT.encode() + b"56190 days|\\\n" * 350),
    ("content/page.md", FRONT.encode() + b"{{ course.days }}90 days " * 250),
    ("content/page.md", FRONT.encode() + b"hours a day\n{{ course.hours.least }} | \xe2\x80\x93 |\n" * 250),
    ("content/page.md", FRONT.encode() + b"_" + b"***" * 8_000),
    ("content/page.md", FRONT.encode() + b"```561\n\n" * 3_000),
)
"""A file, and what was in it."""


def each_found(test: Callable[..., None]) -> Callable[..., None]:
    """Let a test try what was found, and nothing else."""
    tried = functools.reduce(lambda done, row: example(name=row[0], data=row[1])(done), FOUND, test)
    return given(name=st.text(), data=st.binary())(settings(bounded, phases=[Phase.explicit])(tried))


@each_found
def test_what_was_found(site: Path, name: str, data: bytes) -> None:
    """What once went wrong does not again."""
    check(site, name, data)
