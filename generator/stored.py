"""Results of pure functions from one build to the next: a file beside the output folder (``dist.cache``).

A result is found by its function, its arguments and the code, the packages and the Python that made it; so there is
nothing to be thrown away, and what is in the file can be removed at any time. It holds what the last build asked for
and nothing older, and so never grows beyond the site. It is read before anything else is, and written with the site.

What is not there yet is worked out by several processes, if there is enough of it.
"""

import hashlib
import itertools
import marshal
import os
import pickle
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from generator import spread
from generator.manifest import next_to

R = TypeVar("R")
Piece = bytes | memoryview
MARK, COUNT, NAME = struct.Struct("32s"), struct.Struct(">I"), struct.Struct(">32sI")
"""What the file holds before the results: the fingerprint, how many there are, and of each name and length.

The results are read where they lie and written as they are: together they are as large as the site.
"""
PLAIN = 2
"""The last form of ``marshal`` in which equal values always are the same bytes."""
_before: Mapping[bytes, Piece] = {}
_now: dict[bytes, Piece] | None = None
_code = ""


def place_of(out: Path) -> Path:
    """Return where the results stand that belong to an output folder."""
    return next_to(out, "cache")


def begin(place: Path, code: str) -> None:
    """Read the results of the last build, if the same code has made them, and remember those of this one."""
    global _before, _now, _code
    _before, _now, _code = _read(place, code), {}, code


def end() -> list[Piece]:
    """Return what is to be found by the next build; nothing if it would find the same, or if nothing was begun."""
    global _before, _now
    results, before = _now, _before
    _before, _now = {}, None
    if results is None or results.keys() == before.keys():
        return []
    names = (NAME.pack(name, len(result)) for name, result in results.items())
    pieces = [COUNT.pack(len(results)), *names, *results.values()]
    return [_fingerprint(_code, pieces), *pieces]


def each(
    function: Callable[..., R], given: Sequence[tuple[Any, ...]], name: Callable[..., object] = lambda *given: given
) -> list[R]:
    """Return what a pure function gives for each of many arguments.

    ``name`` makes of them plain values (texts, numbers, tuples) that tell all that the result depends on; unless given,
    that is they themselves.
    """
    if _now is None:
        return spread.each(function, given)
    keys = [_named((function.__module__, function.__qualname__, name(*arguments))) for arguments in given]
    _now.update((key, _before[key]) for key in keys if key in _before)
    missing = {key: arguments for key, arguments in zip(keys, given, strict=True) if key not in _now}
    made = spread.each(_packed, [(function, arguments) for arguments in missing.values()])
    _now.update(zip(missing, made, strict=True))
    return [pickle.loads(zlib.decompress(_now[key])) for key in keys]  # noqa: S301 - our own file, see _read


def found(name: tuple[str, ...]) -> bytes | None:
    """Return what the last build has kept under a name, and keep it for the next."""
    key = _named(name)
    if _now is not None and key in _before:
        _now[key] = _before[key]
    return bytes(_before[key]) if key in _before else None


def keep(name: tuple[str, ...], content: bytes) -> None:
    """Keep something for the next build under a name that tells all that it depends on, but for the code."""
    if _now is not None:
        _now[_named(name)] = content


def mark(value: object) -> str:
    """Return a short name for something long on which many results depend."""
    return _named((value,)).hex()


def _named(name: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(marshal.dumps((_code, name), PLAIN)).digest()


def _packed(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    return zlib.compress(pickle.dumps(function(*arguments), pickle.HIGHEST_PROTOCOL), 1)


def _fingerprint(code: str, pieces: Iterable[Piece]) -> bytes:
    """Return the fingerprint of what stands in the file, and of the code that knows how to read it."""
    taken = hashlib.sha256(code.encode())
    for piece in pieces:
        taken.update(piece)
    return taken.digest()


def _read(place: Path, code: str) -> Mapping[bytes, Piece]:
    """Return what stands in a file; nothing if it is not there, was not written so by this code, or may be another's.

    Whoever writes what is read here has it run as a program; so nobody else may be able to.
    """
    try:
        with place.open("rb") as file:
            about, content = os.fstat(file.fileno()), file.read()
    except OSError:
        return {}
    is_ours = os.name != "posix" or (about.st_uid == os.geteuid() and not stat.S_IMODE(about.st_mode) & 0o077)
    mark, whole = content[: MARK.size], memoryview(content)[MARK.size :]
    if not is_ours or _fingerprint(code, [whole]) != mark:
        return {}
    end = COUNT.size + COUNT.unpack_from(whole)[0] * NAME.size
    sizes: dict[bytes, int] = dict(NAME.iter_unpack(whole[COUNT.size : end]))
    ends = itertools.accumulate(sizes.values(), initial=end)
    return {name: whole[start:end] for name, (start, end) in zip(sizes, itertools.pairwise(ends), strict=True)}
