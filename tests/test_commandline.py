"""What a call asks for, what --help teaches, and how soon it is there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import build
from generator import commandline
from generator.commandline import COMMANDS, OPTIONS

ROOT = Path(__file__).parent.parent
LIGHT = {"generator", "generator.commandline"}
EXAMPLES = [line.split("   ")[0] for each in COMMANDS.values() for line in each.examples.strip().split("\n  ")]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Read a call that ends there: its status, output and errors."""
    with pytest.raises(SystemExit) as end:
        commandline.read(list(words))
    return (int(end.value.code or 0), *capsys.readouterr())


def test_each_command_can_be_run() -> None:
    """What --help tells of is what there is."""
    assert list(COMMANDS) == list(build.COMMANDS)
    assert {option.command for option in OPTIONS} <= {"", *COMMANDS}


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("--help", "--quiet")])
def test_help_teaches(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """--help names every command and what is common to all, and gives examples."""
    status, out, _ = said(capsys, *words)
    assert status == 0
    for word in (
        *COMMANDS,
        "examples:",
        "--base-url",
        "--compress",
        "--drafts",
        "--strict",
        "--today",
        "--out",
        "--source",
    ):
        assert word in out
    assert "--fix" not in out.split("examples:")[0]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_each_command_has_help_of_its_own(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """--help behind or before a command tells of its options and examples, and of no others."""
    status, out, _ = said(capsys, name, "--help")
    assert (status, out) == said(capsys, "--help", name)[:2]
    assert COMMANDS[name].examples in out
    assert f"build.py {name}" in out
    for option in OPTIONS:
        assert (option.flag in out.split("examples:")[0]) == (option.command in {"", name} or _also(option.flag, name))


def _also(flag: str, name: str) -> bool:
    return any((other.flag, other.command) == (flag, name) for other in OPTIONS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_calls(example: str) -> None:
    """Each example is understood, and has the command that it is an example of."""
    words = shlex.split(example)
    assert words[:2] == ["python", "build.py"]
    args, _ = commandline.read(words[2:])
    assert args.command in example or args.command == "build"


def test_help_waits_for_nothing() -> None:
    """What shows the help imports no library, and nothing of the generator but the command line."""
    code = "import build, sys\ntry: build.main(sys.argv[1:])\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    for words in (["--help"], ["check", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, timeout=30, cwd=ROOT
        )
        heavy = (
            "jinja2",
            "markdown",
            "markupsafe",
            "yaml",
            "livereload",
            "tornado",
            "segno",
            "generator",
            "dataclasses",
        )
        loaded = {name for name in done.stderr.split() if name.split(".")[0] in heavy}
        assert loaded == LIGHT


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["chek"], "there is no command 'chek'; did you mean check?"),
        (["x"], "there is no command 'x'; there are: build, check, serve, facts, new, diff, schema, verify"),
        (["--dratfs"], "there is no option '--dratfs'; did you mean --drafts?"),
        (["check", "--dratfs=1"], "there is no option '--dratfs=1'; did you mean --drafts?"),
        (["--port", "1", "check"], "--port is for serve, not for check"),
        (["--format", "text"], "--format is for check and diff, not for build"),
        (["facts", "--fix"], "--fix is for check, not for facts"),
        (["check", "a"], "'a' is one word too many for check"),
        (["facts", "a", "b"], "'b' is one word too many for facts"),
        (["check", "--format", "markdown"], "argument --format: invalid choice: 'markdown'"),
        (["diff", "--format", "json"], "argument --format: invalid choice: 'json'"),
        (["new", "faq", "--page"], "argument --page: expected one argument"),
        (["--today", "2026-02-30"], "argument --today: '2026-02-30' is not a day such as 2026-11-23"),
    ],
)
def test_wrong_calls_are_told(capsys: pytest.CaptureFixture[str], words: list[str], error: str) -> None:
    """A slip ends with status 2, how it is used, and a sentence that helps."""
    status, out, err = said(capsys, *words)
    assert (status, out) == (2, "")
    assert re.match(r"usage: build\.py( [a-z]+)?( \[?[A-Z]+\]?)*( \[command\])? \[options\]\n", err)
    assert f" error: {error}" in err


@pytest.mark.parametrize(
    ("words", "command", "behind"),
    [
        ([], "build", []),
        (["--out", "check"], "build", []),
        (["--out", "x", "check", "--quiet"], "check", []),
        (["--page", "a", "new", "--quiet", "faq", "--strict", "Who is it?"], "new", ["faq", "Who is it?"]),
        (["new", "faq", "Who", "is", "it?", "--page", "a"], "new", ["faq", "Who", "is", "it?"]),
        (["new", "faq", "- what?"], "new", ["faq", "- what?"]),
        (["new", "--", "faq", "-x"], "new", ["faq", "-x"]),
    ],
)
def test_words_and_options_in_any_order(words: list[str], command: str, behind: list[str]) -> None:
    """The command is the first word that is no option and no option's value."""
    args, _ = commandline.read(words)
    assert (args.command, args.words) == (command, behind)
