"""Tells when the files of a site have changed: each change once, and only when it is whole.

A snapshot says of each file when and how it was last written. Two that are
equal, a moment apart, are taken for the truth: editors save by renaming, by
truncating and writing again, in two steps through a synchronised folder, and
in bursts. Where ``watchfiles`` is installed it says when to look; what changed
is always told by snapshots, so that nothing depends on single events.
"""

import contextlib
import importlib.util
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator import assets
from generator.load import is_litter
from generator.sitefile import NAME as SITE_FILE

WATCHED = ("content", "templates", assets.FOLDER)
"""The folders of a site, beside its file of facts."""
LOOK, REST = 0.06, 8
"""Seconds between two looks, and how many times as long as the last one took; with 60 files that is a hundredth."""
SELDOM = 0.5
"""The same where the system tells of changes by itself."""
SETTLED, SETTLED_SOON = 0.03, 0.012
"""For how many seconds nothing may change before a change counts as whole; the second after the system told of it."""
HALF = 0.25
"""The same where a file has just gone or become empty: it may be about to be written again."""
PATIENCE = 2.0
"""Seconds after which a change counts, though files go on changing."""

Mark = tuple[int, int, int, int]
Snapshot = Mapping[str, Mark]
"""When each file was written and changed, its size and its inode, by its path below the source folder."""


def snapshot(root: Path) -> Snapshot:
    """Return the state of every file that a build may read."""
    found: dict[str, Mark] = {}
    with contextlib.suppress(OSError):
        found[SITE_FILE] = _mark(os.stat(root / SITE_FILE))  # noqa: PTH116 - as below
    for name in WATCHED:
        found.update(_below(os.fspath(root), name, frozenset()))
    return found


def _below(root: str, folder: str, inside: frozenset[int]) -> Iterator[tuple[str, Mark]]:
    """Each file below a folder; what vanishes meanwhile is passed over, and so is a link to a folder around it."""
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            names = [entry for entry in entries if not is_litter(entry.name)]
    except OSError:
        return
    for entry in names:
        with contextlib.suppress(OSError):
            status = os.stat(entry.path)  # noqa: PTH116 - the quickest form: thousands of them each second
            path = f"{folder}/{entry.name}"
            if not entry.is_dir():
                yield path, _mark(status)
            elif status.st_ino not in inside:
                yield f"{path}/", (0, 0, 0, status.st_ino)
                yield from _below(root, path, inside | {status.st_ino})


def _mark(status: os.stat_result) -> Mark:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def changes(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return the paths of the files that differ."""
    return tuple(sorted(path for path, _ in set(before.items()) ^ set(after.items())))


def changed_files(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return the files that differ, each once; folders only where no file in them tells as much."""
    found = sorted(set(changes(before, after)))
    files = [path for path in found if not path.endswith("/")]
    return tuple(files or found)


def is_half(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether files have gone or become empty that may be about to be written again."""
    return any(path not in after or (not after[path][2] and before[path][2]) for path in before)


class Watcher:
    """Calls a function with the paths that have changed, one call at a time, in a thread of its own.

    What changes while the function runs is told by the next call.
    """

    def __init__(self, root: Path, changed: Callable[[tuple[str, ...]], object]) -> None:
        self.root, self.changed = root, changed
        self.known = snapshot(root)
        self.stopped, self.told = threading.Event(), threading.Event()
        self.is_told = importlib.util.find_spec("watchfiles") is not None

    def start(self) -> None:
        """Begin to watch; the state of the files when this object was made is the first one."""
        threading.Thread(target=self.run, daemon=True, name="watcher").start()
        for paths, deep in (((self.root,), False), (tuple(self.root / name for name in WATCHED), True)):
            if self.is_told:
                threading.Thread(target=self._listen, args=(paths, deep), daemon=True, name="listener").start()

    def stop(self) -> None:
        """Watch no more."""
        self.stopped.set()
        self.told.set()

    def run(self) -> None:
        """Look again and again until told to stop."""
        took = 0.0
        while not self.stopped.is_set():
            self.told.wait(SELDOM if self.is_told else max(LOOK, REST * took))
            self.told.clear()
            start = time.thread_time()
            seen = snapshot(self.root)
            took = time.thread_time() - start
            if seen != self.known and not self.stopped.is_set():
                seen = self.settled(seen)
                paths, self.known = changed_files(self.known, seen), seen
                if paths:
                    self.changed(paths)

    def settled(self, seen: Snapshot) -> Snapshot:
        """Return the state of the files once it stays the same for a moment."""
        start = since = time.monotonic()
        while time.monotonic() - start < PATIENCE:
            quiet = HALF if is_half(self.known, seen) else SETTLED_SOON if self.is_told else SETTLED
            if time.monotonic() - since >= quiet:
                break
            time.sleep(min(quiet, SETTLED) / 2)
            again = snapshot(self.root)
            if again != seen:
                seen, since = again, time.monotonic()
        return seen

    def _listen(self, paths: tuple[Path, ...], deep: bool) -> None:  # noqa: FBT001 - an argument of a thread
        """Note that something has changed as soon as the system says so; folders may vanish and come back."""
        import watchfiles  # noqa: PLC0415 - it need not be there

        while not self.stopped.wait(0):
            there = [path for path in paths if path.exists()]
            with contextlib.suppress(OSError, RuntimeError):
                for _ in watchfiles.watch(
                    *there, debounce=20, step=5, rust_timeout=1000, yield_on_timeout=True,
                    stop_event=self.stopped, recursive=deep, watch_filter=None, raise_interrupt=False,
                ):  # fmt: skip
                    self.told.set()
                    if there != [path for path in paths if path.exists()]:
                        break
            self.stopped.wait(SELDOM)
