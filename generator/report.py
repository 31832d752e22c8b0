"""Problems as machines read them: JSON, and the commands of a workflow on GitHub.

What GitHub makes of a line ``::error file=...,line=...::message``, and which characters must be escaped in it, is in
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands and, to the letter, in the runner
that reads it: ``src/Runner.Common/ActionCommand.cs`` of https://github.com/actions/runner. How many of them it shows:
``docs/problem-matchers.md`` of https://github.com/actions/toolkit.
"""

import posixpath
import re
from collections.abc import Collection, Iterator

from generator.problems import Problem, count

MOST_SHOWN = 10
"""Errors, and warnings, that GitHub shows of one step."""
LARGEST_SUMMARY = 500_000
"""Bytes of a step's summary; GitHub throws away one of more than 1 MiB, and others may write to it too."""


def as_json(problem: Problem) -> dict[str, object]:
    """Return a problem as programs read it."""
    at = problem.location
    return {
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
    }


def summary(problems: Collection[Problem]) -> str:
    """Return how many errors and warnings there are."""
    errors = sum(problem.severity == "error" for problem in problems)
    return f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}"


# ---------------------------------------------------------------- GitHub


def for_github(problems: Collection[Problem], folder: str) -> str:
    """Return the lines that show problems on the changed files; ``folder`` is the site's, from the repository's root.

    GitHub shows ten errors and ten warnings and drops the others without a word. So the others are plain lines, and
    the last line counts them.
    """
    commands, others = [], []
    for severity in ("error", "warning"):
        alike = [problem for problem in problems if problem.severity == severity]
        commands += [_command(problem, folder) for problem in alike[:MOST_SHOWN]]
        others += alike[MOST_SHOWN:]
    left_out = f"; not shown on the files: {summary(others)}" if others else ""
    return "\n".join([*commands, *(_plain(problem, folder) for problem in others), summary(problems) + left_out])


def _command(problem: Problem, folder: str) -> str:
    """Return one command. The log shows nothing of it but the message, so that this names the place as well."""
    at, path = problem.location, posixpath.join(folder, problem.location.path)
    where = {"file": path, "line": at.line, "col": at.column, "title": problem.rule.replace("-", " ")}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items())
    lines = [problem.message, *([f"hint: {problem.hint}"] if problem.hint else []), f"at {_place(problem, folder)}"]
    return f"::{problem.severity} {properties}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(problem: Problem, folder: str) -> str:
    """Return a problem in one line, without what the runner takes for an older command wherever it stands in a line."""
    hint = f" (hint: {problem.hint})" if problem.hint else ""
    line = f"{_place(problem, folder)}: {problem.severity}: {problem.message}{hint}"
    return re.sub(r"\s+", " ", line).replace("##[", "# #[")


def _place(problem: Problem, folder: str) -> str:
    """Return where a problem is, from the repository's root."""
    return posixpath.join(folder, str(problem.location))


def step_summary(problems: Collection[Problem], folder: str) -> str:
    """Return all problems as the Markdown of a step's summary; only what GitHub would not take is left out."""
    rows = list(_rows(problems, folder))
    lines = [f"### {summary(problems)}", ""]
    if rows:
        lines += ["| where | what is wrong | what to do |", "| --- | --- | --- |", *rows, ""]
    if len(rows) < len(problems):
        lines += [f"{len(problems) - len(rows)} more are not listed here.", ""]
    return "\n".join(lines)


def _rows(problems: Collection[Problem], folder: str) -> Iterator[str]:
    room = LARGEST_SUMMARY
    for problem in problems:
        said = (_place(problem, folder), f"{problem.severity}: {problem.message}", problem.hint)
        row = f"| {' | '.join(map(markdown, said))} |"
        room -= len(row.encode()) + 1
        if room < 0:
            return
        yield row


def markdown(text: str) -> str:
    """Return a text as a line of Markdown that shows just these characters."""
    return re.sub(r"([\\`*_~\[\]<>|&])", r"\\\1", re.sub(r"\s+", " ", text))
