"""Files of ``assets/``: the name that each is published under, and its text where it is put into a page."""

import hashlib
import re
from pathlib import PurePosixPath

import rcssmin
import rjsmin

from generator.kept import kept
from generator.model import Asset

FOLDER = "assets"
"""Where published assets stand in the output; no page can have this address."""


def read(name: str, content: bytes) -> Asset:
    """Return an asset with its published path, which holds a fingerprint of its bytes and so may be kept for ever."""
    path = PurePosixPath(name)
    fingerprint = hashlib.sha256(content).hexdigest()[:8]
    return Asset(name, content, str(PurePosixPath(FOLDER) / path.with_name(f"{path.stem}.{fingerprint}{path.suffix}")))


def text_of(asset: Asset) -> str | None:
    """Return an asset's text with plain line ends; nothing if it is no text."""
    try:
        return asset.content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


@kept
def inline(asset: Asset) -> str:
    """Return an asset's text, minified; ``ValueError`` where it cannot stand in a page."""
    text = text_of(asset)
    if text is None:
        raise ValueError(f"'{asset.name}' is not a text and cannot be put into a page")
    shrink = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}.get(PurePosixPath(asset.name).suffix, str)
    small = str(shrink(text)).strip()
    if found := re.search(r"</(?:style|script)|<!--", small, re.IGNORECASE):
        raise ValueError(f"'{asset.name}' holds '{found[0]}' and would end the page's own element")
    return small
