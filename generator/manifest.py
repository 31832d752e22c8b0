"""The manifest beside an output folder: which files the last build wrote to it, each with its fingerprint.

What stands beside the folder is told in ``write``. Whoever only asks whether the folder is what a build wrote does not
wait for all that a build imports.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path


def manifest_of(out: Path) -> Path:
    """Return where the manifest of an output folder is."""
    return next_to(out, "manifest.json")


def unfinished_of(out: Path) -> Path:
    """Return the file that is there while a build puts its files in place, and after one that did not finish."""
    return next_to(out, "unfinished.json")


def next_to(out: Path, what: str) -> Path:
    """Return a file beside an output folder, which may be a link, never in it: ``a/dist/..`` is ``a``."""
    place = out.resolve() if out.name in {"", ".."} else out.parent.resolve() / out.name
    return place.with_name(f"{place.name}.{what}")


def read_manifest(out: Path) -> Mapping[str, str]:
    """Return the files that an earlier build wrote, with the fingerprint of each; none if that is not known."""
    return marks_if_any(manifest_of(out))


def marks_if_any(path: Path) -> Mapping[str, str]:
    """Return the files that a manifest names; none if it is not there, or is none."""
    try:
        return marks_in(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}


def marks_in(manifest: bytes) -> Mapping[str, str]:
    """Return the files of a manifest, but for those outside its folder; ``ValueError`` where it is none."""
    try:
        known = json.loads(manifest)["files"]
        return {path: str(mark) for path, mark in known.items() if _is_inside(path)}
    except (KeyError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError("this is no manifest") from error


def _is_inside(path: str) -> bool:
    """Tell whether a name is that of a file in its folder, spelled as builds spell it, on Windows too."""
    return {"", ".", ".."}.isdisjoint(path.split("/")) and not re.search(r"[\0\\:\ud800-\udfff]", path)


def marks_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the fingerprint of each file."""
    return {path: mark_of(content) for path, content in files.items()}


def mark_of(content: bytes) -> str:
    """Return the fingerprint of a file."""
    return hashlib.sha256(content).hexdigest()


def as_json(marks: Mapping[str, str]) -> bytes:
    """Return the manifest of files."""
    return (json.dumps({"files": dict(sorted(marks.items()))}, indent=1) + "\n").encode()
