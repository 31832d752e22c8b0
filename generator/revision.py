"""The files of a site as they are in a revision of git, put into a folder to be built from."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

KEPT = ("site.yaml", "content", "templates", "assets")
"""What a site is made of."""
LINK, SUBMODULE = "120000", "160000"


class RevisionError(Exception):
    """A revision that cannot be read, with the reason."""


def unpack(source: Path, revision: str, folder: Path) -> None:
    """Put the site in ``source``, as it is in a revision, into an empty folder; ``RevisionError`` if git has none."""
    prefix = _git(source, "rev-parse", "--show-prefix").strip()
    try:
        commit = _git(source, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except RevisionError:
        raise RevisionError(f"git knows no revision '{revision}' here") from None
    names = [f"{prefix}{name}" for name in KEPT]
    for mode, blob, path in _tree(_git(source, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *names)):
        _put(source, mode, blob, folder / path.removeprefix(prefix))
    if not (folder / KEPT[0]).is_file():
        raise RevisionError(f"there is no {KEPT[0]} in revision '{revision}'")


def _git(source: Path, *words: str) -> str:
    return os.fsdecode(_output(source, *words))


def _output(source: Path, *words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and git's own words
            ["git", "-C", str(source), *words],  # noqa: S607 - the git of whoever calls
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise RevisionError("git is not installed; only 'diff' needs it") from None
    if done.returncode:
        raise RevisionError(f"git cannot read {source}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _tree(listing: str) -> Iterator[tuple[str, str, str]]:
    """The mode, the name of the content and the path of each file."""
    for line in filter(None, listing.split("\0")):
        about, path = line.split("\t", 1)
        mode, _, blob = about.split(" ")
        if mode != SUBMODULE:
            yield mode, blob, path


def _put(source: Path, mode: str, blob: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = _output(source, "cat-file", "blob", blob)
    if mode == LINK:
        path.symlink_to(os.fsdecode(content))
    else:
        path.write_bytes(content)
