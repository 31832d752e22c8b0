"""A line on the terminal that tells what a long build is at, and is gone when it is done."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import TextIO

EVERY = 1.0
"""Seconds until the line is there, and between its changes."""
WIDTH = 60


@contextlib.contextmanager
def shown(stream: TextIO) -> Iterator[Callable[[str], object]]:
    """Give what is to be told the stage that begins; nothing is shown where nobody looks, or on Windows."""
    can_ring = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not stream.isatty() or not can_ring:
        yield lambda _: None
        return
    line = _Line(stream.fileno())
    before = signal.signal(signal.SIGALRM, line.show)
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        yield line.begin
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        line.clear()


class _Line:
    """The last line of a terminal, written past Python's own output, which may be busy when the signal comes."""

    def __init__(self, terminal: int) -> None:
        self.terminal, self.start, self.stage, self.is_there = terminal, time.monotonic(), "", False

    def begin(self, stage: str) -> None:
        self.stage = stage

    def show(self, *_: object) -> None:
        self.is_there = True
        self.write(f"{self.stage}, {time.monotonic() - self.start:.0f} s")

    def clear(self) -> None:
        if self.is_there:
            self.write("")

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):  # the terminal may have been closed
            os.write(self.terminal, f"\r{text:{WIDTH}}\r{text}".encode())
