"""A preview that runs as people run it: a process of its own, read line by line."""

import http.client
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 20.0
"""Seconds after which a test gives up waiting for what should come at once."""


def asked(port: int, path: str, method: str, headers: Mapping[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Ask a server of this machine for a path as it is written; names of headers may have underscores.

    Returns the status, the headers with their names in small letters, and the body.
    """
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.putrequest(method, path, skip_host="Host" in named, skip_accept_encoding=True)
    for name, value in named.items():
        line.putheader(name, value)
    line.endheaders()
    answer = line.getresponse()
    found = answer.status, [(name.lower(), value) for name, value in answer.getheaders()], answer.read()
    line.close()
    return found


class Running:
    """A process of ``build.py serve``: its address, what it prints, and its end."""

    def __init__(self, site: Path, *options: str) -> None:
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--source", str(site), *options]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.errors: list[str] = []
        self.readers = [threading.Thread(target=read, daemon=True) for read in (self._read, self._read_errors)]
        for reader in self.readers:
            reader.start()
        self.address = self.line("the preview is at ").split()[4].rstrip(";")
        self.port = int(re.findall(r"\d+", self.address)[-1])

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.lines.put(line)
        self.lines.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            self.errors.extend(lines)

    def line(self, word: str) -> str:
        """Wait for a line that holds this word, and return it."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            assert line is not None, self.errors
            if word in line:
                return line

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a path as it is written; names of headers have underscores."""
        status, found, body = asked(self.port, path, method, headers)
        return status, dict(found), body

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """End the process, and return its status."""
        if self.process.poll() is None:
            os.kill(self.process.pid, how)
        status = self.process.wait(PATIENCE)
        for reader in self.readers:
            reader.join(PATIENCE)
        return status


@contextmanager
def running(site: Path, *options: str) -> Iterator[Running]:
    """Run a preview of a site until the block is left."""
    started = Running(site, "--port", "0", "--today", "2026-03-01", *options)
    try:
        yield started
    finally:
        started.end(signal.SIGKILL)
