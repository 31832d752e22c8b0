"""What is about to be published: held against its manifest, and against what is published now."""

import http.client
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.addresses import ROBOTS, SITEMAP
from generator.manifest import manifest_of, mark_of, marks_in, unfinished_of
from generator.problems import count

FEWEST = 70
"""How many pages there must be for 100 that are published."""
PATIENCE = 20
"""Seconds in which the site that is published has to answer."""
LONGEST = 50_000_000
"""Bytes that a list of pages may have."""
NOT_ASKED = (OSError, http.client.HTTPException, UnicodeError)
"""What comes of a host that does not answer, or of an address that is no host's."""
NO_SUCH_FILE = {http.client.NOT_FOUND, http.client.GONE}


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


def too_few(now: int, then: int) -> str:
    """Return why a site has suspiciously few pages beside the one that is published; nothing if it has not."""
    if now * 100 >= then * FEWEST:
        return ""
    return f"{count(now, 'page')} where {then} are published: more than {100 - FEWEST} % are gone"


# ---------------------------------------------------------------- what is published


def compared(out: Path) -> tuple[str, str]:
    """Hold the list of pages in a folder against the one at the site's address, whichever host it is on.

    Return what was found, or why the folder must not be published. Where there is no list nothing is published yet;
    that it cannot be asked for is a reason against, or a check that fails would never be missed.
    """
    address = re.findall(r"(?m)^Sitemap: (.+)$", (out / ROBOTS).read_text("utf-8"))[0]
    try:
        then = _listed(_online(address))
    except NOT_ASKED as error:
        if isinstance(error, urllib.error.HTTPError) and error.code in NO_SUCH_FILE:
            return f"nothing to compare with: there is no {address} yet", ""
        reason = " ".join(str(error).split())
        return "", f"{address}: what is published cannot be asked for ({reason})"
    if not then:
        return "", f"{address}: this is no list of pages, so nobody knows how many are published"
    now = _listed((out / SITEMAP).read_bytes())
    return f"{count(then, 'page')} in the list that is published, {now} in this one", too_few(now, then)


def _online(address: str) -> bytes:
    """Return what is published at an address."""
    # hosts turn away what calls itself as Python does by default
    request = urllib.request.Request(address, headers={"User-Agent": "build.py verify"})  # noqa: S310 - the site's own
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        return bytes(answer.read(LONGEST))


def _listed(sitemap: bytes) -> int:
    """Return how many pages a list for search engines has."""
    return sitemap.count(b"<loc>")
