"""Tells when the files of a site have changed: each change once, and only when it is whole.

A snapshot says of each file when and how it was last written. What is built
from one counts only if a second, a moment later, is the same: editors save by
renaming, by truncating and writing again, in two steps through a synchronised
folder, and in bursts. Where ``watchfiles`` is installed it says when to look;
what changed is always told by snapshots, so that nothing depends on single
events.
"""

import contextlib
import functools
import importlib.util
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.load import is_litter
from generator.sitefile import NAME as SITE_FILE
from generator.unchanged import FOLDERS

LOOK, REST = 0.05, 12
"""Seconds between two looks, and how many times as long as the last one took: of a core a twelfth at most."""
SELDOM = 0.5
"""Seconds after which every folder is read anew, should a change have left no trace in its time."""
STILL = 0.03
"""For how many seconds nothing may change before a change counts as whole."""
HALF = 0.25
"""The same where a file has just gone or become empty: it may be about to be written again."""
PATIENCE = 2.0
"""Seconds after which a change counts, though files go on changing."""

Mark = tuple[int, int, int, int]
Snapshot = Mapping[str, Mark]
"""When each file was written and changed, its size and its inode, by its path below the source folder.

Of a folder, whose path ends with a slash, only the inode.
"""
Still = Callable[[], bool]
"""Waits for a moment, and tells whether the files are still as they were."""


def snapshot(root: Path, folders: dict[str, Mark] | None = None) -> Snapshot:
    """Return the state of every file that a build may read; notes when each folder was changed in ``folders``."""
    found: dict[str, Mark] = {}
    times: dict[str, Mark] = {} if folders is None else folders
    with contextlib.suppress(OSError):
        found[SITE_FILE] = _mark(f"{root}/{SITE_FILE}")
        times["."] = _mark(f"{root}")
    for name in FOLDERS:
        with contextlib.suppress(OSError):
            times[name] = _mark(f"{root}/{name}")
            found.update(_below(os.fspath(root), name, frozenset(), times))
    return found


def _below(root: str, folder: str, inside: frozenset[int], times: dict[str, Mark]) -> Iterator[tuple[str, Mark]]:
    """Each file below a folder; what vanishes meanwhile is passed over, and so is a link to a folder around it."""
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            names = [entry for entry in entries if not is_litter(entry.name)]
    except OSError:
        return
    for entry in names:
        with contextlib.suppress(OSError):
            path, mark = f"{folder}/{entry.name}", _mark(entry.path)
            inode = mark[3]
            if not entry.is_dir():
                yield path, mark
            elif inode not in inside:
                times[path] = mark
                yield f"{path}/", (0, 0, 0, inode)
                yield from _below(root, path, inside | {inode}, times)


def _mark(path: str) -> Mark:
    status = os.stat(path)  # noqa: PTH116 - the quickest form: thousands of them each second
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def changed_files(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return the files that differ, each once; folders only where no file in them tells as much."""
    found = sorted({path for path, _ in set(before.items()) ^ set(after.items())})
    files = [path for path in found if not path.endswith("/")]
    return tuple(files or found)


def is_half(before: Snapshot, after: Snapshot) -> bool:
    """Tell whether files have gone or become empty that may be about to be written again."""
    return any(path not in after or (not after[path][2] and before[path][2]) for path in before)


class Watcher:
    """Calls a function with the paths that have changed, one call at a time, in a thread of its own.

    The function is given what tells whether the files are still as they were
    when it was called; it asks before what it does is seen, and returns false
    if they are not: then it is called again. What changes after that is told by
    the next call. Should anything fail here or there, ``failed`` is told, and
    nothing is watched any more.
    """

    def __init__(
        self,
        root: Path,
        changed: Callable[[tuple[str, ...], Still], bool],
        failed: Callable[[BaseException], object],
    ) -> None:
        self.root, self.changed, self.failed = root, changed, failed
        self.stopped, self.told = threading.Event(), threading.Event()
        self.is_told = importlib.util.find_spec("watchfiles") is not None
        self.known = self.look()

    def look(self) -> Snapshot:
        """Return the state of all files, and note when it was and when each folder was changed."""
        self.folders: dict[str, Mark] = {}
        self.looked = time.monotonic()
        return snapshot(self.root, self.folders)

    def start(self) -> None:
        """Begin to watch; the state of the files when this object was made is the first one."""
        threading.Thread(target=self._run, daemon=True, name="watcher").start()
        if self.is_told:
            threading.Thread(target=self._listen, daemon=True, name="listener").start()

    def stop(self) -> None:
        """Watch no more."""
        self.stopped.set()
        self.told.set()

    def _run(self) -> None:
        try:
            self.run()
        except BaseException as error:  # noqa: BLE001 - a preview that has stopped looking must not go on
            self.failed(error)

    def run(self) -> None:
        """Look again and again until told to stop."""
        took = 0.0
        while not self.stopped.is_set():
            self.told.wait(max(LOOK, REST * took))
            start = time.thread_time()
            if self.seems_changed() and not self.stopped.is_set():
                self.told.clear()
                self.follow()
            else:
                took = time.thread_time() - start

    def seems_changed(self) -> bool:
        """Tell whether anything may have changed since the last whole look, at as little cost as possible."""
        if self.told.is_set() or time.monotonic() - self.looked > SELDOM:
            return True
        if self.is_told:
            return self._differs(SITE_FILE, self.known.get(SITE_FILE))
        files = ((path, mark) for path, mark in self.known.items() if not path.endswith("/"))
        return any(self._differs(*each) for places in (files, self.folders.items()) for each in places)

    def _differs(self, path: str, mark: Mark | None) -> bool:
        try:
            return _mark(f"{self.root}/{path}") != mark
        except OSError:
            return mark is not None

    def follow(self) -> None:
        """Tell of what has changed, until it has been taken and nothing else has changed."""
        start = time.monotonic()
        while (seen := self.whole(self.look())) != self.known and not self.stopped.is_set():
            since = time.monotonic()
            still = functools.partial(self.is_still, seen, since, is_late=since - start > PATIENCE)
            if self.changed(changed_files(self.known, seen), still):
                self.known = seen

    def is_still(self, seen: Snapshot, since: float, *, is_late: bool) -> bool:
        """Tell whether the files have stayed as they were seen, for as long as it takes; true when it is late."""
        time.sleep(max(0.0, since + STILL - time.monotonic()))
        return is_late or snapshot(self.root) == seen

    def whole(self, seen: Snapshot) -> Snapshot:
        """Return the state of the files once nothing in it looks like half a save, or has for long enough."""
        start = since = time.monotonic()
        while is_half(self.known, seen) and time.monotonic() - since < HALF and time.monotonic() - start < PATIENCE:
            time.sleep(STILL / 2)
            again = self.look()
            if again != seen:
                seen, since = again, time.monotonic()
        return seen

    def _folders(self) -> dict[int, Path]:
        """Return the folders that are there, by their inodes: one that is made anew is another one."""
        found: dict[int, Path] = {}
        for path in (self.root / name for name in FOLDERS):
            with contextlib.suppress(OSError):
                found[path.stat().st_ino] = path
        return found

    def _listen(self) -> None:
        """Note that something has changed as soon as the system says so; folders may vanish and come back."""
        import watchfiles  # noqa: PLC0415 - it need not be there

        while not self.stopped.is_set():
            there = self._folders()
            with contextlib.suppress(OSError, RuntimeError):
                for _ in watchfiles.watch(
                    *there.values(), debounce=20, step=10, rust_timeout=1000, yield_on_timeout=True,
                    stop_event=self.stopped, watch_filter=None, raise_interrupt=False,
                ):  # fmt: skip
                    self.told.set()
                    if there != self._folders():
                        break
            self.stopped.wait(SELDOM)
