"""Markdown that would take minutes is refused at once, and nothing that people write is."""

from pathlib import Path

import pytest

from generator import effort, kept, prose
from generator.problems import SiteError

ROOT = Path(__file__).parent.parent
SLOW = [
    *("[", "![", "[a][", "[a](", "[a](<b", "[a](b ", "[a]((b)", "``a`"),
    *("``` a\n", "```a\n\n", "# a\n", "---\n", "*"),
]
"""What Python-Markdown needs the square of the time for when it is repeated."""


def refused(text: str) -> str:
    """Return the place at which a text is refused."""
    with pytest.raises(SiteError) as error:
        prose.read("a.md", text)
    (problem,) = error.value.problems
    assert problem.hint
    return str(problem.location)


def test_24_kilobytes_of_open_links() -> None:
    """They take Python-Markdown ten seconds; the line is named."""
    assert refused("Words.\n\n" + "[a](<b" * 4096) == "a.md:3:1"


@pytest.mark.parametrize("unit", SLOW)
def test_what_takes_the_square_of_the_time(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    """The steps of each are counted; here fewer are allowed, for a shorter text."""
    monkeypatch.setattr(effort, "STEPS", 40_000)
    monkeypatch.setattr(effort, "STEPS_EACH", 0)
    assert refused("Words.\n\n" + unit * (3000 // len(unit))) == "a.md:3:1"
    prose.read("a.md", f"Words.\n\n{unit}")


def test_a_wide_table_of_code() -> None:
    """Each pipe of a row is compared with each code in it."""
    assert refused("| a |\n| --- |\n" + "|`" * 12_000) == "a.md:3:1"


@pytest.mark.parametrize("unit", ["> ", "- ", "1. "])
def test_what_is_nested_too_deeply(unit: str) -> None:
    """The line is named, and the next text is read as if nothing had been."""
    text = "- a\n\n    b\n\n- c\n\nd\n"
    before = prose.read("a.md", text)
    assert refused(f"Words.\n\n{unit * 2000}a") == "a.md:3:1"
    kept.forget()
    assert prose.read("a.md", text) == before


@pytest.mark.parametrize("name", ["README.md", "EDITING.md", "MISTAKES.md", "CHANGELOG.md"])
def test_what_people_write_is_far_from_the_limit(name: str) -> None:
    """A text takes two steps or so for each of its characters."""
    text = (ROOT / name).read_text("utf-8")
    kept.forget()
    prose.read("a.md", text)
    steps = prose._markdown()[2]  # noqa: SLF001 - what was left of the last text
    assert effort.STEPS + effort.STEPS_EACH * len(text) - steps.left < 4 * len(text)
