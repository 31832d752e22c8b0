"""The whole build as a pure function: where nothing that it depends on has changed, it need not run.

It depends on every file of the site, on the code and the packages that build it, on Python, and on what it is asked
for, the day included. Of all that a build takes a fingerprint before it reads anything, and leaves it beside the
output folder (``dist.last.json``) together with what it has told. The next one compares, holds the output folder
against its manifest, and tells the same again. It waits for no module that only a build needs.

Where anything is out of the ordinary, such as a link among the files, there is no fingerprint, and all is built.
"""

import hashlib
import json
import os
import stat
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.manifest import as_json, manifest_of, mark_of, marks_in, marks_of, next_to, unfinished_of

FOLDERS = ("content", "templates", "assets")
"""What a site is made of, beside its file of facts."""
CODE = Path(__file__).parent
TICK = 0.01
"""Seconds within which a disk may give two changes of a file the same time."""


class Place(NamedTuple):
    """A file or folder of a site: its path, what it is, its size, its number on the disk, when it was last changed."""

    path: str
    kind: int
    size: int
    number: int
    changed: tuple[int, int]


class State(NamedTuple):
    """All that a build depends on, as one fingerprint; that of the code alone, and the files by which it was taken."""

    fingerprint: str
    code: str
    places: tuple[Place, ...]


class Told(NamedTuple):
    """What a build tells: its problems as people read them, how many files it has written, and how all stands."""

    problems: list[str]
    files: str
    summary: str


def state(source: Path, asked: Mapping[str, object]) -> State | None:
    """Return what a build depends on that is asked for this; nothing where that cannot be told for certain."""
    try:
        places = tuple(_places(source))
        newest = max((max(place.changed) for place in places), default=0)
        if (wait := newest / 1e9 + TICK - time.time()) > 0:
            time.sleep(min(wait, TICK))  # what is changed from now on has another time
        made_by = code()
        return State(_fingerprint(source, asked, places, made_by), made_by, places)
    except (OSError, _OddError):
        return None


def is_still(source: Path, before: State) -> bool:
    """Tell whether no file of a site has been changed since, not even there and back."""
    try:
        return tuple(_places(source)) == before.places
    except (OSError, _OddError):
        return False


def noted(now: State, files: Mapping[str, bytes], told: Told) -> bytes:
    """Return what the next build is to know of this one."""
    note = {"from": now.fingerprint, "manifest": mark_of(as_json(marks_of(files))), **told._asdict()}
    return (json.dumps(note, indent=1) + "\n").encode()


def found(out: Path, now: State) -> Told | None:
    """Return what the last build has told, if it was made from the same and its files are whole; nothing if not."""
    try:
        note, manifest = json.loads(note_of(out).read_bytes()), manifest_of(out).read_bytes()
        if (note["from"], note["manifest"]) != (now.fingerprint, mark_of(manifest)) or not _is_whole(out, manifest):
            return None
        return Told([str(problem) for problem in note["problems"]], str(note["files"]), str(note["summary"]))
    except (OSError, ValueError, TypeError, KeyError, _OddError, RecursionError):
        return None


def note_of(out: Path) -> Path:
    """Return the file beside an output folder that says what its last build was made from."""
    return next_to(out, "last.json")


# ---------------------------------------------------------------- what a build depends on


class _OddError(Exception):
    """Something among the files that is neither a file nor a folder: a link, a pipe."""


def _places(source: Path) -> Iterator[Place]:
    """Each file and folder of a site, in one order."""
    there = (name for name in ("site.yaml", *FOLDERS) if os.path.lexists(source / name))
    waiting = [(name, (source / name).lstat()) for name in there]
    while waiting:
        path, known = waiting.pop()
        kind = stat.S_IFMT(known.st_mode)
        yield Place(path, kind, known.st_size, known.st_ino, (known.st_mtime_ns, known.st_ctime_ns))
        if kind == stat.S_IFDIR:
            with os.scandir(f"{source}/{path}") as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
            waiting += [(f"{path}/{entry.name}", entry.stat(follow_symlinks=False)) for entry in inside]
        elif kind != stat.S_IFREG:
            raise _OddError


def _fingerprint(source: Path, asked: Mapping[str, object], places: Iterable[Place], made_by: str) -> str:
    """Return the fingerprint of a site's files, of the code, of what runs it and what is asked of it."""
    taken = hashlib.sha256(repr((sorted(asked.items()), os.path.realpath(source), made_by)).encode())
    _add(taken, ((place.path, f"{source}/{place.path}") for place in places if place.kind == stat.S_IFREG))
    folders = [place.path for place in places if place.kind == stat.S_IFDIR]
    taken.update(repr(folders).encode())
    return taken.hexdigest()


def code() -> str:
    """Return the fingerprint of the code that builds, and of the versions of all that it uses."""
    taken = hashlib.sha256(repr([*_machine()]).encode())
    here = [*CODE.parent.glob("*.py"), *(file for file in CODE.iterdir() if file.is_file())]
    _add(taken, ((file.name, os.fspath(file)) for file in sorted(here)))
    return taken.hexdigest()


def _add(taken: "hashlib._Hash", files: Iterable[tuple[str, str]]) -> None:
    """Add the contents of files to a fingerprint, each below a name."""
    for name, file in files:
        content = _content(file)
        taken.update(f"{name!r} {len(content)}\n".encode())
        taken.update(content)


def _machine() -> Iterator[object]:
    """The version of Python, and of each package that is installed for it."""
    yield from (sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION)
    for folder in filter(os.path.isdir, sys.path):
        with os.scandir(folder) as entries:
            packages = [entry for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
            yield sorted((package.name, package.stat().st_mtime_ns) for package in packages)


# ---------------------------------------------------------------- what a build has written


def _is_whole(out: Path, manifest: bytes) -> bool:
    """Tell whether each file of a manifest is there as it was written, and no build is at work or was killed."""
    marks = marks_in(manifest)
    folders = set(_folders(marks))
    return (
        not unfinished_of(out).exists()
        and not next_to(out, "lock").exists()
        and not any(os.path.islink(f"{out}/{folder}") for folder in folders)  # noqa: PTH114
        and all(mark_of(_content(f"{out}/{path}")) == mark for path, mark in marks.items())
    )


def _folders(paths: Iterable[str]) -> Iterator[str]:
    """The folders that files are in, below the output folder."""
    inner = {folder for path in paths if (folder := path.rpartition("/")[0])}
    if inner:
        yield from inner
        yield from _folders(inner)


def _content(path: str) -> bytes:
    """Return what is in a file, and in nothing else that has a name; a file object would take half as long again."""
    about = os.lstat(path)
    if not stat.S_ISREG(about.st_mode):
        raise _OddError
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return b"".join(iter(lambda: os.read(number, about.st_size + 1), b""))
    finally:
        os.close(number)
