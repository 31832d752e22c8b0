"""Whatever a file holds, a build gives the site or mistakes with places in it: never a crash, never a wait.

Random bytes, random text, and text put together from what matters to one of the
readers. ``make test`` tries a few, the same each time. A long run, with others
each time::

    EXAMPLES=20000 .venv/bin/python -m pytest tests/test_anything.py

What it finds becomes a row of ``FOUND``.
"""

import contextlib
import functools
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

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


FOUND: tuple[tuple[str, bytes], ...] = (
    # places in a file that is not read
    ("content/page.md", b"a\r\x01"),
    ("content/page.md", FRONT.encode() + b"\r\xff"),
    ("site.yaml", b"a\rb: \x80"),
    # a place in a text that begins in the next line
    ("site.yaml", b"site: >\n _0:a\n"),
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
