"""A long build tells a terminal what it is at; nobody else, and no trace of it is left."""

import contextlib
import os
import pty
import re
import time
from pathlib import Path

import pytest

import build
from generator import progress

QUICK = 0.02


def told(*stages: str) -> str:
    """Return all that a terminal got from a build with these stages."""
    ours, theirs = pty.openpty()
    with open(theirs, "w", encoding="utf-8") as terminal:  # noqa: PTH123 - no path leads to it
        with progress.shown(terminal) as begin:
            for stage in stages:
                begin(stage)
                time.sleep(1.5 * QUICK)
        os.write(theirs, b"done")
        got = b""
        while not got.endswith(b"done"):
            got += os.read(ours, 4096)
    os.close(ours)
    return got.decode()


def test_a_terminal_sees_each_stage_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line tells what is done and for how long, each in the place of the one before; spaces take the last away."""
    monkeypatch.setattr(progress, "EVERY", QUICK)
    first, *others, last, done = filter(str.strip, told("reading the site", "checking 3 pages").split("\r"))
    assert first.rstrip() == "reading the site, 0 s"
    assert last == "checking 3 pages, 0 s"
    assert {text.rstrip() for text in others} <= {first.rstrip(), last}
    assert done == "done"


def test_the_line_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows stands at the beginning of a line that is empty."""
    monkeypatch.setattr(progress, "EVERY", QUICK)
    assert told("reading the site").endswith("\r" + " " * progress.WIDTH + "\rdone")


def test_a_quick_build_says_nothing() -> None:
    """Within the first second nothing is shown."""
    assert told("reading the site") == "done"


def test_a_file_gets_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where standard error is no terminal, only problems stand in it."""
    monkeypatch.setattr(progress, "EVERY", QUICK)
    with (tmp_path / "log").open("w+") as log:
        with progress.shown(log) as begin:
            begin("reading the site")
            time.sleep(2 * QUICK)
        assert log.seek(0, os.SEEK_END) == 0


def test_build_tells_its_stages(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    """Each stage is told with the number of its pages, in order."""
    stages: list[str] = []
    monkeypatch.setattr(progress, "shown", lambda _: contextlib.nullcontext(stages.append))
    build.main(["check", "--source", str(copy), "--today", "2026-03-01"])
    assert [stage.split()[0] for stage in stages] == ["reading", "checking", "making", "reading"]
    assert re.fullmatch(r"checking \d+ pages", stages[1])
