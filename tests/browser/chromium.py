"""Find the Chromium or Chrome of this machine; ``python -m tests.browser.chromium`` prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--no-sandbox",  # tests run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HELP = "a Chromium or Chrome is needed: 'sudo apt install chromium', or name one: CHROMIUM=/path/to/chrome"


def candidates() -> Iterator[str]:
    """Each path where a browser may be; ``$CHROMIUM`` first."""
    if named := os.environ.get("CHROMIUM"):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in PLACES if Path(place).exists())


def runs(path: str) -> bool:
    """Tell whether this is a browser; Ubuntu's package of the name only says where to get one."""
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return False
    return told.returncode == 0 and "Chrom" in told.stdout


def find() -> str:
    """Return the path of the browser; ``RuntimeError`` with what to do where there is none."""
    found = next(filter(runs, candidates()), None)
    if found is None:
        raise RuntimeError(HELP)
    return found


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find()}\n")
    except RuntimeError as error:
        sys.exit(f"error: {error}")
