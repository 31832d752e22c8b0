"""A build put on the disk: all of it or nothing, and never a file that was not ours.

What a build wrote is kept in a manifest beside the output folder (``dist`` and
``dist.manifest.json``), so that the next one knows what it may replace and
remove. Every file is first written whole under a temporary name in its folder.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

TEMPORARY = ".building-"
"""How the name of a file begins that is not whole yet."""


class RefusedError(Exception):
    """An output folder that is not for writing in, with the reason."""


def manifest_of(out: Path) -> Path:
    """Return where the manifest of an output folder is."""
    return out.with_name(f"{out.name}.manifest.json")


def write(files: Mapping[str, bytes], out: Path, source: Path) -> int:
    """Make the output folder hold these files; return how many changed.

    ``RefusedError`` if the folder is no place for them; ``OSError`` if the
    disk does not take them, with nothing changed unless a rename failed.
    """
    refuse_bad_places(out, source)
    ours = read_manifest(out)
    refuse_foreign_files(files, ours, out)
    changed = [path for path in files if _content(out / path) != files[path]]
    _replace_all({path: files[path] for path in changed}, out, {**ours, **_marks(files)})
    _remove(sorted(set(ours) - set(files)), out)
    _write_manifest(_marks(files), out)
    return len(changed)


def put(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder of one's own."""
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


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


def refuse_bad_places(out: Path, source: Path) -> None:
    """Raise ``RefusedError`` for a folder that holds, or is, something else."""
    place, site = out.resolve(), source.resolve()
    kept = [site / name for name in ("content", "templates", "assets", "generator", "tests", ".git", ".venv")]
    around = place in {Path.home().resolve(), *Path.home().resolve().parents, site, *site.parents}
    if around or any(place == folder or folder in place.parents for folder in kept):
        raise RefusedError(f"'{out}' is not a folder to write a site to; choose one of its own, such as dist")
    if place.exists() and not place.is_dir():
        raise RefusedError(f"'{out}' is a file; choose a folder of its own, such as dist")


def refuse_foreign_files(files: Mapping[str, bytes], ours: Iterable[str], out: Path) -> None:
    """Raise ``RefusedError`` where a file that no build wrote stands in the place of one of ours."""
    for path in sorted(files):
        foreign = next(
            (place for place in _way_to(out / path, out) if _is_in_the_way(place, is_file=place == out / path)), None
        )
        if foreign is None and path not in ours:
            there = _content(out / path)
            foreign = out / path if there is not None and there != files[path] else None
        if foreign:
            message = f"'{foreign}' was not written by an earlier build; move it away or choose another --out"
            raise RefusedError(message)


def _way_to(path: Path, out: Path) -> list[Path]:
    """Return the folders between the output folder and a file, and the file."""
    return [*(folder for folder in reversed(path.parents) if out in folder.parents), path]


def _is_in_the_way(place: Path, *, is_file: bool) -> bool:
    """Tell whether something else stands where a file or folder of ours belongs: a link, a folder, a pipe."""
    if place.is_symlink():
        return True
    return place.exists() and not (place.is_file() if is_file else place.is_dir())


def read_manifest(out: Path) -> Mapping[str, str]:
    """Return the files that an earlier build wrote, with the fingerprint of each; none if that is not known."""
    try:
        known = json.loads(manifest_of(out).read_text(encoding="utf-8"))["files"]
        return {path: str(mark) for path, mark in known.items() if _is_inside(path)}
    except (FileNotFoundError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and "\0" not in path and not PurePosixPath(path).is_absolute()


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _temporary(path: Path) -> Path:
    return path.with_name(TEMPORARY + path.name)


def _replace_all(files: Mapping[str, bytes], out: Path, known: Mapping[str, str]) -> None:
    """Write every file under a temporary name, then give all of them their own.

    In between the manifest gets all names, old and new, so that the next build
    knows what a build that is cut short has left.
    """
    written: list[Path] = []
    made: list[Path] = []
    try:
        for path in files:
            target = out / path
            made.extend(folder for folder in reversed(target.parents) if not folder.exists())
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append(_temporary(target))
            written[-1].write_bytes(files[path])
        if files:
            _write_manifest(known, out)
        for path in sorted(files, key=lambda path: (path.endswith(".html"), path)):
            os.replace(_temporary(out / path), out / path)  # noqa: PTH105 - the name of what makes a file whole
    finally:
        for path_left in written:
            path_left.unlink(missing_ok=True)
        for folder in reversed(made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _remove(paths: Iterable[str], out: Path) -> None:
    """Remove files of an earlier build, and the folders that this leaves empty."""
    for path in paths:
        if any(_is_in_the_way(place, is_file=place == out / path) for place in _way_to(out / path, out)):
            continue
        (out / path).unlink(missing_ok=True)
        for folder in (out / path).parents:
            if folder == out or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def _marks(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the fingerprint of each file."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def _write_manifest(marks: Mapping[str, str], out: Path) -> None:
    text = json.dumps({"files": dict(sorted(marks.items()))}, indent=1) + "\n"
    place = manifest_of(out)
    if _content(place) == text.encode():
        return
    try:
        _temporary(place).write_text(text, encoding="utf-8")
        os.replace(_temporary(place), place)  # noqa: PTH105
    finally:
        _temporary(place).unlink(missing_ok=True)
