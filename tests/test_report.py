"""Problems for machines: what GitHub is told, to the letter of what its runner reads."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator import report
from generator.problems import Location, Problem
from generator.revision import place_in_repository

ODD = Problem(Location("a,b: 100%3A.md", 2, 3), "some-rule", "it's 5%0A off,\nor: ##[set-env]", "write 'a::b', or\r|c|")


def as_the_runner_reads(line: str) -> tuple[str, Mapping[str, str], str]:
    """Return the name, the properties and the message of a command, as GitHub's runner takes a line apart."""
    _, about, data = line.lstrip().split("::", 2)
    name, _, properties = about.partition(" ")
    pairs = (each.split("=", 1) for each in properties.split(","))
    return name, {key: unescaped(value, ":,") for key, value in pairs}, unescaped(data, "")


def unescaped(text: str, more: str) -> str:
    """Return what was escaped; the percent sign comes last."""
    for character in f"\r\n{more}%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def many(errors: int, warnings: int) -> list[Problem]:
    """Return problems, as a build sorts them."""
    of = [Problem(Location(f"{n}.md"), "a", f"wrong {n}") for n in range(errors)]
    return sorted([*of, *(Problem(Location(f"{n}.md"), "b", "odd", severity="warning") for n in range(warnings))])


def test_a_command_says_all_of_it() -> None:
    """Whatever stands in a path, a message or a hint comes out again as it was, in one line."""
    line, last = report.for_github([ODD], "in, side").split("\n")
    name, properties, message = as_the_runner_reads(line)
    assert name == "error"
    assert properties == {"file": "in, side/a,b: 100%3A.md", "line": "2", "col": "3", "title": "some rule"}
    assert message == f"{ODD.message}\nhint: {ODD.hint}\nat in, side/a,b: 100%3A.md:2:3"
    assert last == "1 error, 0 warnings"


def test_at_most_ten_of_a_kind() -> None:
    """Ten errors and ten warnings are commands; the others are plain lines, and the last line counts them."""
    lines = report.for_github([*many(12, 11), ODD], "").split("\n")
    assert [line.split(" ")[0] for line in lines[:20]] == ["::error"] * 10 + ["::warning"] * 10
    assert lines[20:] == [
        "8.md:1:1: error: wrong 8",
        "9.md:1:1: error: wrong 9",
        "a,b: 100%3A.md:2:3: error: it's 5%0A off, or: # #[set-env] (hint: write 'a::b', or |c|)",
        "9.md:1:1: warning: odd",
        "13 errors, 11 warnings; not shown on the files: 3 errors, 1 warning",
    ]


def test_nothing_to_tell() -> None:
    """Without problems there is no command and no table."""
    assert report.for_github([], "") == "0 errors, 0 warnings"
    assert report.step_summary([], "") == "### 0 errors, 0 warnings\n"


def test_the_summary_is_a_table() -> None:
    """Each problem is one row of three cells, whatever characters it holds."""
    lines = report.step_summary([ODD], "site").splitlines()
    assert lines[:4] == ["### 1 error, 0 warnings", "", "| where | what is wrong | what to do |", "| --- | --- | --- |"]
    cells = re.split(r"(?<!\\)\|", lines[4])[1:-1]
    assert [re.sub(r"\\(.)", r"\1", cell).strip() for cell in cells] == [
        "site/a,b: 100%3A.md:2:3",
        "error: it's 5%0A off, or: ##[set-env]",
        "write 'a::b', or |c|",
    ]


def test_the_summary_fits() -> None:
    """GitHub takes no summary that is too large, so that the last problems are counted instead."""
    text = report.step_summary([Problem(Location("a"), "r", "é" * 100_000)] * 5, "")
    assert len(text.encode()) < report.LARGEST_SUMMARY + 1000
    assert text.endswith("\n3 more are not listed here.\n")


@pytest.mark.parametrize(
    ("repository", "workspace", "source", "place"),
    [
        ("", "", "", ""),
        ("", "", "docs/site", "docs/site"),
        ("docs", "", "docs/.site", ".site"),
        (None, "docs", "docs/site", "site"),
        ("", "docs", "docs/site", "site"),
        ("docs/site", "", "docs/site", ""),
    ],
)
def test_the_place_in_the_repository(
    tmp_path: Path, repository: str | None, workspace: str, source: str, place: str
) -> None:
    """Paths count from the innermost folder with git's files, or from GitHub's workspace where there are none."""
    (tmp_path / source).mkdir(parents=True, exist_ok=True)
    if repository is not None:
        (tmp_path / repository / ".git").mkdir()
    assert place == place_in_repository(tmp_path / source, str(tmp_path / workspace) if workspace else "")
