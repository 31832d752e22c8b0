"""The same site, byte for byte, whoever builds it, where, when and with what."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.model import Build, Options
from generator.pipeline import build
from tests.conftest import GOOD, TODAY

ROOT = Path(__file__).parent.parent.parent
OTHERS = ("3.11", "3.12", "3.13", "3.14")
"""Versions of Python beside the one that runs the tests."""
PRINT_FINGERPRINTS = """
import hashlib, json, pathlib, sys
sys.path[:0] = [sys.argv[1], *filter(None, sys.argv[2].split(":"))]
sys.modules["livereload"] = None  # who only builds need not have it
import build
for site, out in zip(sys.argv[3::2], sys.argv[4::2]):
    assert build.main(["--quiet", "--source", site, "--out", out, "--today", "2026-03-01"]) == 0
    out = pathlib.Path(out)
    files = sorted(path for path in out.rglob("*") if path.is_file())
    print(json.dumps({str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}))
"""


def fingerprints(made: Build) -> dict[str, str]:
    """Return the fingerprint of each file of a build."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in made.files.items()}


@pytest.fixture(scope="module")
def expected() -> list[dict[str, str]]:
    """What this process makes of the good site and of the clinic's."""
    return [fingerprints(build(root, Options(TODAY))) for root in (GOOD, ROOT)]


def other_pythons() -> Mapping[str, str]:
    """Return the Pythons of other versions that this machine has, on the path or as pyenv keeps them."""
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = {}
    for name in OTHERS:
        places = [shutil.which(f"python{name}"), *map(str, sorted(kept.glob(f"{name}.*/bin/python3")))]
        for place in filter(None, places):
            shown = subprocess.run([place, "-V"], check=False, capture_output=True, text=True).stdout
            if name != own and shown.startswith(f"Python {name}."):
                found[name] = place
    return found


def made_by(python: str, folder: Path, sites: list[Path], **environment: str) -> list[dict[str, str]]:
    """Return what a Python makes of sites, started in a folder, in another environment."""
    libraries = ":".join(path for path in sys.path if "site-packages" in path)
    pairs = [str(path) for site in sites for path in (site, folder / f"out of {site.name}")]
    words = [python, "-c", PRINT_FINGERPRINTS, str(ROOT), libraries, *pairs]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, cwd=folder, env={**kept, **environment}, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_other_environments(tmp_path: Path, expected: list[dict[str, str]], site_copy: Callable[[Path], Path]) -> None:
    """Time zone, language, seed of hashes, folders, mask and the times of files change nothing, nor does livereload."""
    folder = tmp_path / "Ein Ordner, größer"
    (folder / "clinic").mkdir(parents=True)
    good, clinic = shutil.copytree(GOOD, folder / "good"), site_copy(folder / "clinic")
    for number, path in enumerate(folder.rglob("*.*")):
        os.utime(path, (number, number))
    turkish = {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"}
    plain = {"TZ": "Pacific/Niue", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for mask, environment in ((0o077, turkish), (0o000, plain)):
        before = os.umask(mask)
        try:
            assert made_by(sys.executable, folder, [good, clinic], **environment) == expected
        finally:
            os.umask(before)


def test_other_pythons(tmp_path: Path, expected: list[dict[str, str]], tell: Callable[[str], None]) -> None:
    """Other versions of Python, which find none of the parts of libraries that are compiled, write the same."""
    pythons = other_pythons()
    for name, python in pythons.items():
        (tmp_path / name).mkdir()
        assert made_by(python, tmp_path / name, [GOOD, ROOT], PYTHONDONTWRITEBYTECODE="1") == expected
    tried = [f"{sys.version_info[0]}.{sys.version_info[1]}", *pythons]
    tell(f"the same bytes by Python {', '.join(tried)}")
    if missing := [name for name in OTHERS if name not in tried]:
        tell(f"NOT TRIED: Python {', '.join(missing)}, which this machine does not have")


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_folders(monkeypatch: pytest.MonkeyPatch, expected: list[dict[str, str]], seed: int) -> None:
    """Systems list the files of a folder in any order."""
    scandir, chance = os.scandir, random.Random(seed)  # noqa: S311

    @contextmanager
    def shuffled(folder: str | Path) -> Iterator[list["os.DirEntry[str]"]]:
        with scandir(folder) as entries:
            yield chance.sample(found := list(entries), len(found))

    monkeypatch.setattr(os, "scandir", shuffled)
    monkeypatch.setattr(os, "listdir", None)  # nothing reads a site in another way
    assert [fingerprints(build(root, Options(TODAY))) for root in (GOOD, ROOT)] == expected
