"""A build put on the disk: all of it or nothing, and never a file that was not ours.

Beside the output folder (``dist``) stand

- ``dist.manifest.json``: what the last build wrote, so that the next one knows what it may replace and remove;
- ``dist.unfinished.json``, while a build puts its files in place: what it had found and what it brings. One that was
  killed or failed half-way leaves it, and the next takes away what was left under temporary names;
- ``dist.lock``, while a build is at work;
- ``dist.last.json``: what the last build was made from (``unchanged``);
- ``dist.cache``: what it has worked out that the next one may need (``stored``).

Every file is first written whole under a temporary name in its folder, and only when all of them are there do they get
their own: what a page needs, then pages, and what is no longer built goes last. So whoever reads the folder in the
meantime finds whole pages with all that they name, and a full disk changes nothing. Nothing is flushed to the disk by
force: a site can always be built again, and ``verify`` tells whether it is whole.
"""

import contextlib
import errno
import itertools
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from generator import assets, lock
from generator.manifest import (
    as_json,
    manifest_of,
    mark_of,
    marks_if_any,
    marks_of,
    next_to,
    read_manifest,
    unfinished_of,
)
from generator.model import Site
from generator.unchanged import FOLDERS

TEMPORARY = ".building-"
"""How the name of a file begins that is not whole yet."""
PAGES = (".html", ".html.br", ".html.gz")
KEPT = (*FOLDERS, "generator", "tests", "bench", ".git", ".github", ".ci", ".venv", ".vscode")
"""Folders beside ``site.yaml`` that no site is written to."""


class RefusedError(Exception):
    """An output folder that is not for writing in, with the reason."""


def write(files: Mapping[str, bytes], out: Path, source: Path) -> int:
    """Make the output folder hold these files; return how many changed.

    ``RefusedError`` if the folder is no place for them; ``OSError`` if the
    disk does not take them, with nothing changed unless a rename failed.
    """
    with turn(out, source):
        return write_in_turn(files, out)


@contextlib.contextmanager
def turn(out: Path, source: Path) -> Iterator[None]:
    """Be the only build of an output folder, from before the site is read to after it is written.

    So a build that began earlier and takes longer never puts older pages over newer ones. ``RefusedError`` if the
    folder is no place for a site, ``BlockingIOError`` if another build is at work there for too long.
    """
    refuse_bad_places(out, source)
    path = next_to(out, "lock")
    with _folders_if_needed([path.parent]), lock.held(path):
        yield


def write_in_turn(files: Mapping[str, bytes], out: Path) -> int:
    """Do what ``write`` does, for who has the turn already."""
    cut_short = unfinished_of(out).exists()
    ours = {**read_manifest(out), **marks_if_any(unfinished_of(out))}
    gone = sorted(set(ours) - set(files), key=lambda path: (not path.endswith(PAGES), path))
    respelled = _respelled(gone, files, out)
    refuse_foreign_files(files, {*ours, *respelled.values()}, out)
    changed = {path: files[path] for path in files if _content(out / path) != files[path]}
    marks = marks_of(files)
    manifest = as_json(marks)
    _sweep((unfinished_of(out), manifest_of(out), *(out / path for path in ours if cut_short)))
    if cut_short or gone or changed or _content(manifest_of(out)) != manifest:
        contents = {out / path: changed[path] for path in sorted(changed, key=lambda path: _place_in_line(path, out))}
        with _unfinished({**ours, **marks}, out, {**contents, manifest_of(out): manifest}):
            _respell(respelled, out)
            for target in contents:
                _name(target)
            _remove((path for path in gone if path not in respelled), out)
            _name(manifest_of(out))
    return len(changed)


def _place_in_line(path: str, out: Path) -> tuple[bool, bool, str]:
    """Order files so that each comes after what it names: assets, pages that are new, pages that link to them."""
    is_page = path.endswith(PAGES) and not path.startswith(f"{assets.FOLDER}/")
    return is_page, (out / path).exists(), path


def note(pieces: Sequence[bytes | memoryview], path: Path) -> None:
    """Leave beside the output folder what the next build of the same user is to know, if there is anything new.

    On a full disk it does without.
    """
    with contextlib.suppress(OSError):
        if pieces:
            _put(path, lambda: _write_for_us(path, pieces))


def _write_for_us(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file under its temporary name that nobody else may read."""
    with _temporary(path).open("wb") as file:
        _temporary(path).chmod(0o600)
        file.writelines(pieces)


def put(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder of one's own."""
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@contextlib.contextmanager
def copied(site: Site) -> Iterator[Path]:
    """Give a folder with a copy of a site's files, to try something there."""
    contents = {path: text.encode() for path, text in site.sources.items()}
    contents.update({f"{assets.FOLDER}/{asset.name}": asset.content for asset in site.assets.values()})
    with tempfile.TemporaryDirectory() as folder:
        put(contents, Path(folder))
        yield Path(folder)


def create(path: Path, text: str) -> None:
    """Write a file that is not there yet; ``FileExistsError`` if it is, and nothing of it is left if that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(exist_ok=False)  # makes the file or fails, whoever else tries it at the same time
    try:
        path.write_bytes(text.encode())
    except OSError:
        path.unlink()
        raise


def edit(path: Path, edits: Iterable[tuple[int, int, str]]) -> None:
    """Replace parts of a text file, in order; all else keeps its bytes, line ends and byte order mark included.

    Indexes count as ``load`` reads: without the mark, each line end one character. Where the path is a link, what it
    leads to is changed.
    """
    path = path.resolve()
    text = path.read_bytes().decode("utf-8")
    places = [found.start() for found in re.finditer(r"\r\n|[^\ufeff]|(?<=.)\ufeff", text, re.DOTALL)]
    parts, here = [], 0
    for start, end, new in edits:
        first, last = (places[index] if index < len(places) else len(text) for index in (start, end))
        parts += [text[here:first], new]
        here = last
    whole = _temporary(path)
    try:
        whole.write_bytes("".join([*parts, text[here:]]).encode())
        shutil.copymode(path, whole)
        os.replace(whole, path)  # noqa: PTH105
    finally:
        whole.unlink(missing_ok=True)


# ---------------------------------------------------------------- what is refused


def refuse_bad_places(out: Path, source: Path) -> None:
    """Raise ``RefusedError`` for a folder that holds, or is, something else."""
    if out.is_symlink() and not out.exists():
        raise RefusedError(f"'{out}' is a link that leads nowhere; choose a folder of its own, such as dist")
    place, site, home = (Path(os.path.realpath(path)) for path in (out, source, os.path.expanduser("~")))  # noqa: PTH111
    around = _identities([home, *home.parents, site, *site.parents, Path(place.anchor)])
    kept = _identities(site / name for name in KEPT)
    if _identities([place]) & around or _identities([place, *place.parents]) & kept:
        raise RefusedError(f"'{out}' is not a folder to write a site to; choose one of its own, such as dist")
    first = next(folder for folder in (place, *place.parents) if folder.exists())
    if not first.is_dir():
        raise RefusedError(f"'{first}' is a file; choose a folder of its own, such as dist")
    for folder in place.parents:
        if folder.name and read_manifest(folder):
            raise RefusedError(f"'{out}' is in '{folder}', which a build writes; choose a folder beside it")


def _identities(folders: Iterable[Path]) -> set[object]:
    """Return all that a folder can be told by: its path in any case, and what the disk knows it as."""
    found: set[object] = set()
    for folder in folders:
        found.add(_folded(str(folder)))
        if folder.exists():
            found.add((folder.stat().st_dev, folder.stat().st_ino))
    return found


def _folded(name: str) -> str:
    """Return a name as a disk compares it that tells no case from another."""
    return unicodedata.normalize("NFC", name).casefold()


def refuse_foreign_files(files: Mapping[str, bytes], ours: Collection[str], out: Path) -> None:
    """Raise ``RefusedError`` where a file that no build wrote stands in the place of one of ours."""
    sound: set[Path] = set()
    for path in sorted(files):
        for place in _way_to(out / path, out):
            if place not in sound and _is_in_the_way(place, is_file=place == out / path):
                raise RefusedError(f"'{place}' is in the way of a file; move it away or choose another --out")
            sound.add(place)
        if path not in ours and _content(out / path) not in {None, files[path]}:
            message = f"'{out / path}' was not written by an earlier build; move it away or choose another --out"
            raise RefusedError(message)


def _way_to(path: Path, out: Path) -> list[Path]:
    """Return the folders between the output folder and a file, and the file."""
    return [*(folder for folder in reversed(path.parents) if out in folder.parents), path]


def _is_in_the_way(place: Path, *, is_file: bool) -> bool:
    """Tell whether something else stands where a file or folder of ours belongs: a link, a folder, a pipe."""
    kind = _kind(place)
    return kind is not None and kind != (stat.S_IFREG if is_file else stat.S_IFDIR)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if _kind(path) == stat.S_IFREG else None


def _kind(path: Path) -> int | None:
    """Return what stands at a path, as ``stat`` names it; nothing if nothing does."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


# ---------------------------------------------------------------- what is changed


@contextlib.contextmanager
def _unfinished(known: Mapping[str, str], out: Path, contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Have all contents under temporary names, and what they are noted, while they are put in place.

    Whatever goes wrong, no temporary file is left; until the first has its own name, nothing else is either.
    """
    note = unfinished_of(out)
    begun = note.exists()
    with contextlib.ExitStack() as folders:
        try:
            _put(note, lambda: _write_aside(note, as_json(known)))
            folders.enter_context(_folders_if_needed(dict.fromkeys(target.parent for target in contents)))
            for target, content in contents.items():
                _write_aside(target, content)
            begun = True
            yield
        except BaseException:
            _sweep(contents)
            if not begun:
                note.unlink(missing_ok=True)
            raise
    note.unlink()


def _put(path: Path, write_aside: Callable[[], None]) -> None:
    """Have a file written under its temporary name, and give it its own; nothing is left of it if either fails."""
    try:
        write_aside()
        _name(path)
    except BaseException:
        _sweep([path])
        raise


def _write_aside(path: Path, content: bytes) -> None:
    """Write a file under its temporary name."""
    with _told_as(path):
        _temporary(path).write_bytes(content)


def _name(path: Path) -> None:
    """Give a file that is whole its own name."""
    with _told_as(path):
        os.replace(_temporary(path), path)  # noqa: PTH105 - the name of what makes a file whole


@contextlib.contextmanager
def _told_as(path: Path) -> Iterator[None]:
    """Let a failure name the file that people know; of a full disk the system names none."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


@contextlib.contextmanager
def _folders_if_needed(folders: Iterable[Path]) -> Iterator[None]:
    """Make folders with those above them; what was made and got nothing into it is taken away again."""
    made: list[Path] = []
    try:
        for folder in folders:
            missing = list(itertools.takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
            made += reversed(missing)
            if missing:
                folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        _remove_empty(reversed(made))


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove those folders that hold nothing, each before the one that it is in."""
    for folder in folders:
        try:
            folder.rmdir()
        except OSError as error:
            if error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT}:
                raise


def _temporary(path: Path) -> Path:
    """Return the temporary name of a file, which is never too long for the disk."""
    return path.with_name(TEMPORARY + mark_of(path.name.encode())[:16])


def _sweep(paths: Iterable[Path]) -> None:
    """Remove what is left of files under their temporary names."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            _temporary(path).unlink()


def _remove(paths: Iterable[str], out: Path) -> None:
    """Remove files of an earlier build, and the folders that this leaves empty."""
    for path in paths:
        if any(_is_in_the_way(place, is_file=place == out / path) for place in _way_to(out / path, out)):
            continue
        (out / path).unlink(missing_ok=True)
        _remove_empty(folder for folder in (out / path).parents if out in folder.parents)


def _respelled(gone: Iterable[str], files: Iterable[str], out: Path) -> dict[str, str]:
    """Return the old names of files that are ours still, in other letters, on a disk that tells no case from another.

    To remove what is there under the old name would remove the new file.
    """
    new = {_folded(path): path for path in files}
    names = {path: new[_folded(path)] for path in gone if _folded(path) in new}
    return {old: now for old, now in names.items() if _is_same(out / old, out / now)}


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _respell(names: Mapping[str, str], out: Path) -> None:
    """Give files, and the folders that they are in, their new spelling."""
    for old, now in names.items():
        folder = out
        for before, after in zip(PurePosixPath(old).parts, PurePosixPath(now).parts, strict=True):
            if before != after:
                (folder / before).rename(folder / after)
            folder /= after
