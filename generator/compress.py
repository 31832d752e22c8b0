"""Small copies of texts, for hosts that send such a copy as it is."""

import gzip
import io
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import brotli

TEXTS = frozenset({".css", ".htm", ".html", ".js", ".json", ".svg", ".txt", ".xml"})
"""Endings of files that are sent to visitors and are no smaller by themselves."""


def copies(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each copy that is smaller than its file, by its path; one library makes the same bytes of the same file."""
    for path, content in files.items():
        if PurePosixPath(path).suffix in TEXTS:
            small = {f"{path}.br": brotli.compress(content, quality=11), f"{path}.gz": _gzip(content)}
            yield from ((name, copy) for name, copy in small.items() if len(copy) < len(content))


def _gzip(content: bytes) -> bytes:
    """Return a text in gzip, without a name and a time in it."""
    whole = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=whole, mtime=0) as file:
        file.write(content)
    return whole.getvalue()
