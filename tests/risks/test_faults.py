"""Disks that fail: a build that cannot be written changes nothing, one that fails half-way is healed by the next."""

import errno
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import build
from generator.write import TEMPORARY, write
from tests.conftest import SMALL
from tests.risks.children import (
    CHANGES,
    LONG,
    command,
    command_of_nobody,
    command_within,
    outcome,
    publish,
    status_of,
    tree,
    version,
    whole,
)
from tests.risks.reader import faults, from_folder

ROOT = Path(__file__).parent.parent.parent
Make = Callable[[Mapping[str, str | bytes]], Path]


class Disk:
    """A disk that fails when it is told to: at the n-th thing done to it, or from then on."""

    def __init__(self) -> None:
        self.root = ""
        self.fails_at = 0
        self.for_good = False
        self.error: type[BaseException] | int = 0
        self.done: list[tuple[str, str]] = []
        sys.addaudithook(self.hook)  # stays as long as the process, and so does nothing without a root

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        """Note what is about to be done, or let it fail."""
        if not self.root or event not in CHANGES or not str(args[0]).startswith(self.root):
            return
        self.done.append((event, str(args[1] if event == "os.rename" else args[0])))
        if len(self.done) == self.fails_at or (self.for_good and len(self.done) > self.fails_at):
            if isinstance(self.error, int):
                raise OSError(self.error, os.strerror(self.error), self.done[-1][1])
            raise self.error

    def failing(self, root: Path, at: int, error: type[BaseException] | int, *, for_good: bool) -> None:
        """Fail from now on."""
        self.root, self.fails_at, self.error, self.for_good, self.done = str(root), at, error, for_good, []


DISK = Disk()


@pytest.fixture
def disk() -> Iterator[Disk]:
    """The disk of these tests, sound again at the end."""
    yield DISK
    DISK.root = ""


def leftovers(root: Path) -> list[str]:
    """Return the temporary files below a folder."""
    return [path for path in tree(root) if TEMPORARY in path]


def attempt(root: Path, files: Mapping[str, bytes]) -> bool:
    """Write a site; tell whether that failed."""
    try:
        write(files, root / "dist", root)
    except (OSError, KeyboardInterrupt):
        return True
    finally:
        DISK.root = ""
    return False


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, KeyboardInterrupt], ids=["full", "no right", "Ctrl-C"])
def test_whatever_fails(tmp_path: Path, disk: Disk, error: type[BaseException] | int, *, for_good: bool) -> None:
    """Any one thing that is done to the disk may fail, or all from then on.

    Before the first file gets its name, nothing is changed; after it, each is old or new, and the next build heals it.
    """
    unharmed = []
    for at in itertools.count(1):
        publish(tmp_path, 1)
        before = tree(tmp_path)
        disk.failing(tmp_path, at, error, for_good=for_good)
        failed = attempt(tmp_path, version(2))
        if len(disk.done) < at:
            break
        after = tree(tmp_path)
        names = [path for event, path in disk.done[:at] if event == "os.rename" and "unfinished" not in path]
        if not failed:
            unharmed.append(disk.done[at - 1][0])
            assert after.items() >= published(2).items()
        elif not for_good:
            assert [path for path in after if TEMPORARY in path] == []
            assert names or before == after, disk.done[at - 1]
        else:
            assert names or before.items() <= after.items()
        assert not list(faults(from_folder(tmp_path / "dist"), [version(1), version(2)]))
        afterwards = (1, 2, 3)[at % 3]
        publish(tmp_path, afterwards)
        whole(version(afterwards), tmp_path)
    assert at > 40
    # a folder that is there already need not be made, and a lock that is not taken away locks nobody out
    assert set(unharmed) <= {"os.mkdir", "os.remove"}
    assert len(unharmed) <= 2


def published(number: int) -> Mapping[str, bytes]:
    """Return the files of a version by their paths beside ``dist``."""
    return {f"dist/{path}": content for path, content in version(number).items()}


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, KeyboardInterrupt], ids=["full", "no right", "Ctrl-C"])
def test_a_failure_in_plain_words(
    make: Make, disk: Disk, capsys: pytest.CaptureFixture[str], error: type[BaseException] | int
) -> None:
    """Whatever fails, the status is 3, and one line names the file and says why."""
    site = make({"content/more/page.md": "---\ntitle: More\n---\n"})
    for at in itertools.count(1):
        shutil.rmtree(site / "dist", ignore_errors=True)
        disk.failing(site / "dist", at, error, for_good=False)
        status = build.main(["--source", str(site)])
        disk.root = ""
        if len(disk.done) < at:
            break
        printed = capsys.readouterr().err
        if isinstance(error, int) and status == 0:
            event, path = disk.done[at - 1]
            assert event in {"os.mkdir", "os.remove"} or path.endswith((".last.json", ".cache", ".manifest.json"))
            continue
        assert status == 3
        reason = os.strerror(error) if isinstance(error, int) else "stopped before it was done"
        assert printed.startswith("error: ")
        assert printed.endswith(f"{reason}\n")
        assert printed.count("\n") == 1
        assert isinstance(error, type) or str(site) in printed
        assert TEMPORARY not in printed or disk.done[at - 1][0] == "os.remove"
    assert at > 12


# fmt: off
PATHS = ("index.html", "404.html", "a/index.html", "a/index.html.gz", "a/b/index.html", "A/index.html",
         "caf\u00e9/index.html", "assets/x.css", "assets/d/y.js", "robots.txt")
# fmt: on
ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.EMFILE)
BEFORE = re.compile(rf"{re.escape(TEMPORARY)}|\.unfinished\.json$|\.lock$")
"""What a build makes and takes away while the site is as it was."""
builds = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(PATHS[1:]), st.sampled_from([b"", b"old", b"new" * 3000])).map(
            lambda site: {"index.html": b"home", **site}
        ),
        st.integers(0, 60),
        st.sampled_from([*ERRNOS, KeyboardInterrupt]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
"""Builds one after the other: the site, the thing done to the disk that fails (0 is none), how, and for how long."""


@given(builds=builds)
@settings(
    max_examples=int(os.environ.get("EXAMPLES", "2000" if LONG else "30")),
    deadline=None,
    derandomize=not LONG,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_builds_that_fail(
    disk: Disk, builds: list[tuple[Mapping[str, bytes], int, type[BaseException] | int, bool]]
) -> None:
    """However many builds fail one after the other, each file is as one of them has it, and the next heals all.

    A build changes nothing until the first file gets its own name or, with no new ones, is taken away.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        get = from_folder(root / "dist")
        known: list[Mapping[str, bytes]] = [{}]
        for site, at, error, for_good in builds:
            before = [get(path) for path in PATHS]
            disk.failing(root, at, error, for_good=for_good and at > 0)
            failed = attempt(root, site)
            known = [*known, site] if failed else [site]
            for path in PATHS:
                assert get(path) in [each.get(path) for each in known]
            changes = (path for event, path in disk.done[:at] if event in {"os.rename", "os.remove"})
            assert not failed or [get(path) for path in PATHS] == before or not all(map(BEFORE.search, changes))
            if not at:
                whole(site, root)
        publish(root, 1)
        whole(version(1), root)


def site_with(make: Make, words: int) -> Path:
    """Return a site of two pages with so many words of five letters, and six without."""
    pages = {f"content/{name}page.md": f"---\ntitle: A\n---\n\n{'word ' * words}\n" for name in ("", "more/")}
    return make({**pages, **{f"content/{name}/page.md": "---\ntitle: A\n---\n" for name in "abcdef"}})


def test_a_limit_on_the_size_of_files(make: Make) -> None:
    """The system itself refuses to write on: for each file that it may be, the last site stays as it is."""
    site = site_with(make, 100)
    assert status_of(command, "--source", site) == 0
    before = tree(site / "dist")
    site_with(make, 8000)
    for limit in (500, 20_000):  # the list of the files has more bytes, and a page has
        status, printed = outcome(command_within, limit, "--source", site)
        assert status == 3
        assert re.fullmatch(rf"error: {site}/dist[/.\w]*: File too large\n", printed)
        assert tree(site / "dist") == before
        assert [path.name for path in site.iterdir() if "building" in path.name or "unfinished" in path.name] == []
    assert status_of(command, "--source", site) == 0
    assert len((site / "dist/more/index.html").read_bytes()) > 40_000


@pytest.mark.parametrize("locked", ["", "dist"])
def test_a_folder_that_may_not_be_written(locked: str) -> None:
    """The folder itself, or that around it, where the manifest stands: what cannot be written is named."""
    with tempfile.TemporaryDirectory() as folder:  # that of pytest is closed to others
        root = Path(folder)
        for name, text in SMALL.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, "utf-8")
        (root / "dist").mkdir()
        root.chmod(0o777)
        (root / locked).chmod(0o555)
        file = root / (f"{locked}/_headers" if locked else "dist.lock")
        assert outcome(command_of_nobody, "--source", root) == (3, f"error: {file}: Permission denied\n")
        assert not list((root / "dist").iterdir())
        root.chmod(0o755)


SMALL_DISK = """
import json, subprocess, sys
subprocess.run(["mount", "-t", "tmpfs", "-o", sys.argv[1], "tmpfs", sys.argv[2]], check=True)
import build
from tests.conftest import SMALL
from tests.risks.children import tree
from pathlib import Path
disk, small, large = Path(sys.argv[2]), *sys.argv[3:]
def run(site):
    return build.main(["--quiet", "--source", site, "--out", str(disk / "dist")])
statuses, trees = [], []
for site in (small, large, small, large):
    statuses.append(run(site))
    trees.append(sorted((path, hash(content)) for path, content in tree(disk).items()))
print(json.dumps({"statuses": statuses, "same": [each == trees[0] for each in trees]}))
"""


@pytest.mark.parametrize("options", ["size=160k", "size=1m,nr_inodes=34"])
def test_a_full_disk(make: Make, tell: Callable[[str], None], tmp_path: Path, options: str) -> None:
    """On a disk that has room for one site, and not for two at once, the first stays as it is."""
    small = site_with(make, 9_000).rename(tmp_path / "small")
    large = site_with(make, 12_000)
    make({f"content/{name}/page.md": "---\ntitle: A\n---\n" for name in "ghij"})
    (tmp_path / "disk").mkdir()
    alone = [
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
    ]  # a mount that nobody else sees, and gone with the process
    if not shutil.which(alone[0]) or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        tell("NOT TRIED: a full disk of 160 KB, for this system lets us mount none; a limit on files was tried instead")
        pytest.skip("no disk can be mounted")
    words = [*alone, sys.executable, "-c", SMALL_DISK, options, *map(str, (tmp_path / "disk", small, large))]
    done = subprocess.run(words, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert json.loads(done.stdout) == {"statuses": [0, 3, 0, 3], "same": [True] * 4}, done.stderr
    assert done.stderr.count("No space left on device") == 2
    tell(f"a full disk ({options}): nothing was changed")
