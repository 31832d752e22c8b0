"""One build at a time for a folder: a lock that the system takes back when its holder dies, however it dies."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

WAIT = 30.0
"""Seconds that a build waits for another one."""
PAUSE = 0.02

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> bool:
        """Take the lock of an open file if nobody has it."""
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _take(file: int) -> bool:
        """Take the lock of an open file if nobody has it.

        A disk that knows no locks is an ``OSError``: without one, two builds could make one page of their halves.
        """
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock that a file stands for; ``BlockingIOError`` if another holds it for too long.

    The file is there as long as a build is at work. One that was killed leaves it, and it locks nobody out.
    """
    until = time.monotonic() + WAIT
    while (file := _try(path)) is None:
        if time.monotonic() > until:
            message = f"busy: another build has been at work here for {WAIT:.0f} seconds; try again when it is done"
            raise BlockingIOError(errno.EWOULDBLOCK, message, str(path.with_suffix("")))
        time.sleep(PAUSE)
    try:
        yield
    finally:
        try:
            with contextlib.suppress(OSError):  # Windows removes no open file; one that stays locks nobody out
                path.unlink()
        finally:
            os.close(file)


def _try(path: Path) -> int | None:
    """Return the file, open, if its lock could be taken."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except (FileNotFoundError, FileExistsError):  # a build that failed is just taking away the folder that it made
        return None
    taken = False
    try:
        taken = _take(file) and _is_still(file, path)
    finally:
        if not taken:
            os.close(file)
    return file if taken else None


def _is_still(file: int, path: Path) -> bool:
    """Tell whether an open file is the one of that name; the build before took its own away when it was done."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
