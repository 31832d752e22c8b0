"""A build that finds again what the last one made gives what a first build gives, after any edit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STEPS = os.environ.get("EXAMPLES", "40")


@pytest.mark.parametrize("seed", [1, 2])
def test_warm_builds_are_cold_builds(seed: int) -> None:
    """After edits at random, good and bad, status, words and files are the same; all endings have been there."""
    environment = {key: value for key, value in os.environ.items() if key != "SITE_URL"}
    command = [sys.executable, "-m", "tests.risks.walk", str(seed), STEPS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment, timeout=900)
    assert done.returncode == 0, done.stderr
    assert [line.split(maxsplit=1)[1] for line in done.stdout.splitlines()] == [
        "status 0, built",
        "status 0, found",
        "status 1, built",
    ]
