"""Whether an output folder is whole: what is about to be published, held against its manifest."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.manifest import manifest_of, mark_of, marks_in, unfinished_of
from generator.problems import count

FEWEST = 70
"""How many pages there must be for 100 that are published."""


def verify(out: Path) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the files that a build wrote to a folder, and in sentences why the folder must not be published."""
    manifest = manifest_of(out)
    try:
        marks = marks_in(manifest.read_bytes())
    except FileNotFoundError:
        return {}, (f"{manifest}: there is no such file, so nobody knows what belongs to the site; build it",)
    except ValueError:
        return {}, (f"{manifest}: this is no manifest of a build; build the site again",)
    return marks, tuple(_faults(out, marks))


def _faults(out: Path, marks: Mapping[str, str]) -> Iterator[str]:
    """Each reason against a folder."""
    if unfinished_of(out).exists():
        yield f"{out}: a build is at work here, or was cut short; build the site again"
    if not pages(marks):
        yield f"{out}: there is no page"
    there = dict(_entries(out))
    for path in sorted(marks):
        if path not in there:
            yield f"{out / path}: this file of the site is missing; build it again"
        elif not there[path] or mark_of((out / path).read_bytes()) != marks[path]:
            yield f"{out / path}: this is not what the build wrote; build the site again"
        elif os.name == "posix" and not (out / path).stat().st_mode & 0o004:
            yield f"{out / path}: a server may not read this file; give it the right: chmod -R a+rX {out}"
    for path in sorted(set(there) - set(marks)):
        yield f"{out / path}: no build wrote this; take it out"


def _entries(folder: Path, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Everything below a folder but folders: its path, and whether it is a file, not a link or a pipe."""
    for entry in os.scandir(folder) if folder.is_dir() else ():
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.is_file(follow_symlinks=False)


def pages(marks: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of a build's files that are pages."""
    return tuple(path for path in marks if path.endswith(".html"))


def too_few(marks: Mapping[str, str], before: Mapping[str, str]) -> str:
    """Return why a site has suspiciously few pages beside the one that is published; nothing if it has not."""
    now, then = len(pages(marks)), len(pages(before))
    if now * 100 >= then * FEWEST:
        return ""
    return f"{count(now, 'page')} where {then} are published: more than {100 - FEWEST} % are gone"
