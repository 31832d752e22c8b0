"""The files of a site as they are in a revision of git, put into a folder to be built from."""

import os
import posixpath
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.sitefile import NAME as SITE_FILE
from generator.unchanged import FOLDERS

LINK, SUBMODULE = "120000", "160000"
MOST_LINKS = 10
"""Links that are followed one after the other; more are a circle."""


class RevisionError(Exception):
    """A revision that cannot be read, with the reason."""


def unpack(source: Path, revision: str, folder: Path) -> None:
    """Put the site in ``source``, as it is in a revision, into an empty folder; ``RevisionError`` if git has none."""
    prefix = _text(source, "rev-parse", "--show-prefix").rstrip("\n")
    try:
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        commit = _text(source, *words).strip()
    except RevisionError:
        raise RevisionError(f"git knows no revision '{revision}' here") from None
    tree = _Tree(source, commit)
    for name in (SITE_FILE, *FOLDERS):
        tree.put(f"{prefix}{name}", folder / name)
    if not (folder / SITE_FILE).is_file():
        raise RevisionError(f"there is no {SITE_FILE} in revision '{revision}'")


def place_in_repository(source: Path, workspace: str = "") -> str:
    """Return where a folder is below the top of its repository, with slashes; nothing if it is the top, or has none.

    The top is looked for as far up as ``workspace``, where a service put a copy that need not have git's own files.
    """
    source = source.resolve()
    for top in (source, *source.parents):
        if (top / ".git").exists() or (workspace and top == Path(workspace).resolve()):
            return "" if top == source else source.relative_to(top).as_posix()
    return ""


class _Tree(NamedTuple):
    """The files of a commit."""

    source: Path
    commit: str

    def put(self, path: str, place: Path, links: int = 0) -> None:
        """Put a file, or a folder and all in it, in its place; a link becomes what it leads to within the commit."""
        for mode, name in self.files(path):
            inside = place / name.removeprefix(path).lstrip("/") if name != path else place
            content = self.content(name)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), os.fsdecode(content)))
            if mode == LINK and links < MOST_LINKS:
                self.put(target, inside, links + 1)
            elif mode != SUBMODULE:
                inside.parent.mkdir(parents=True, exist_ok=True)
                inside.write_bytes(content)

    def files(self, path: str) -> Iterator[tuple[str, str]]:
        """The mode and the path of each file at or below a path."""
        listing = _text(self.source, "ls-tree", "-r", "-z", "--full-tree", self.commit, "--", path)
        for line in filter(None, listing.split("\0")):
            about, name = line.split("\t", 1)
            yield about.split(" ")[0], name

    def content(self, path: str) -> bytes:
        """Return a file as git would put it into a work tree, with that machine's line ends."""
        return _output(self.source, "cat-file", "--filters", f"{self.commit}:{path}")


def _text(source: Path, *words: str) -> str:
    return os.fsdecode(_output(source, *words))


def _output(source: Path, *words: str) -> bytes:
    """Run git in a folder, whichever repository a hook was called for, and with names as they are."""
    plain = {
        key: value for key, value in os.environ.items() if key not in {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}
    }
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and git's own words
            ["git", "-C", str(source), *words],  # noqa: S607 - the git of whoever calls
            capture_output=True,
            check=False,
            env={**plain, "GIT_LITERAL_PATHSPECS": "1"},
        )
    except FileNotFoundError:
        raise RevisionError("git is not installed; only 'diff' needs it") from None
    if done.returncode:
        raise RevisionError(f"git cannot read {source}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
