"""What the tests share: the good site, copies of it, and sites made of a few lines."""

import gc
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from inspect import unwrap
from pathlib import Path
from unittest.mock import patch

import pytest

from generator import yamlfile
from generator.model import Build, Options
from generator.pipeline import build
from generator.problems import Problem, SiteError

gc.set_threshold(200_000)  # thousands of small builds: looking for rubbish all the time takes a tenth of the run
GOOD = Path(__file__).parent / "sites" / "good"
TODAY = date(2026, 3, 1)
SMALL: Mapping[str, str] = {
    "site.yaml": "site:\n  name: Small\n  url: https://small.org\n",
    "content/page.md": "---\ntitle: Home\n---\n",
    "templates/page.html": "<title>{{ page.title }}</title>{{ page.body }}",
}
"""The least that is a site."""


def read_by_both(path: str, text: str) -> yamlfile.Node | None:
    """Return what a YAML text is, or raise what is wrong with it; PyYAML's parser in Python alone says the same."""

    def outcome(parser: object) -> yamlfile.Node | list[Problem] | None:
        with patch.object(yamlfile, "IN_C", parser):
            try:
                node: yamlfile.Node | None = unwrap(yamlfile.read)(path, text)
            except SiteError as error:
                return [*error.problems]
            return node

    found = outcome(yamlfile.IN_C)
    assert found == outcome(None)
    if isinstance(found, list):
        raise SiteError(*found)
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the good site, to be spoiled."""
    return Path(shutil.copytree(GOOD, tmp_path / "site", symlinks=True))


@pytest.fixture
def make(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write the smallest site with these files in it or instead of its own."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, text in {**SMALL, **files}.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "site"

    return write


@pytest.fixture
def built() -> Callable[..., Build]:
    """Run the pipeline over a folder, on a day that stands still."""

    def run(root: Path, *, base_url: str = "", drafts: bool = False) -> Build:
        return build(root, Options(TODAY, base_url, drafts))

    return run


@pytest.fixture
def site_copy() -> Callable[[Path], Path]:
    """Copy the clinic's own site, without code, into a folder."""

    def run(folder: Path) -> Path:
        root = GOOD.parent.parent.parent
        shutil.copy(root / "site.yaml", folder)
        for name in ("content", "templates", "assets"):
            shutil.copytree(root / name, folder / name)
        return folder

    return run
