"""A reader who looks at a site while it is being built, in a folder or through a server."""

import gzip
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

Get = Callable[[str], bytes | None]
"""What reads one file of a site by its path; nothing where it is not there."""
ASSET = re.compile(rb'(?:href|src)="/?(assets/[^"]+)"')


def from_folder(folder: Path) -> Get:
    """Read the files of a folder."""

    def get(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    return get


def from_server(address: str, encoding: str = "identity") -> Get:
    """Read the files below an address such as ``http://127.0.0.1:8000``, perhaps as small copies."""

    def get(path: str) -> bytes | None:
        asked = urllib.request.Request(f"{address}/{path}", headers={"Accept-Encoding": encoding})  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - the test's server
                is_small = answer.headers["Content-Encoding"] == "gzip"
                return gzip.decompress(answer.read()) if is_small else bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            return None

    return get


def faults(get: Get, versions: Collection[Mapping[str, bytes]]) -> Iterator[str]:
    """What is wrong with a site that is, file by file, one of several versions.

    A file must be whole, as one of the versions has it, and missing only if one has it not. The assets that a page
    names must be there as long as the page is.
    """
    paths = {path for files in versions for path in files}
    for path in sorted(path for path in paths if path.endswith(".html")):
        page = get(path)
        if page not in [files.get(path) for files in versions]:
            yield f"{path}: missing, cut off or mixed: {page!r:.60}"
        for name in map(bytes.decode, ASSET.findall(page or b"")):
            asset = get(name)
            if asset is None and get(path) == page:
                yield f"{path}: without {name}"
            elif asset is not None and asset not in [files.get(name) for files in versions]:
                yield f"{name}: cut off or mixed"
