"""What has changed is told by snapshots of the files."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.watch import changed_files, is_half, snapshot


def test_a_snapshot_has_what_a_build_reads(copy: Path) -> None:
    """Every file of the site, none that is hidden, a backup or the output."""
    (copy / "content/faq/.10-cost.md.swp").write_text("")
    (copy / "content/faq/10-cost.md~").write_text("")
    (copy / "content/faq/#10-cost.md#").write_text("")
    (copy / "dist").mkdir()
    (copy / "dist/index.html").write_text("")
    files = {path for path in snapshot(copy) if not path.endswith("/")}
    read = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert files == {path for path in read if "dist" not in path and "10-cost.md" not in path} | {
        "content/faq/10-cost.md"
    }


CHANGES: tuple[tuple[str, Callable[[Path], object], tuple[str, ...]], ...] = (
    ("nothing", lambda _: None, ()),
    ("saved", lambda site: (site / "site.yaml").write_text("x"), ("site.yaml",)),
    ("saved with its old time", lambda site: _at_its_old_time(site / "content/page.md"), ("content/page.md",)),
    (
        "saved by renaming",
        lambda site: _by_renaming(site / "content/page.md"),
        ("content/page.md",),
    ),
    ("new", lambda site: (site / "content/faq/30-new.md").write_text("x"), ("content/faq/30-new.md",)),
    ("gone", lambda site: (site / "content/faq/10-cost.md").unlink(), ("content/faq/10-cost.md",)),
    (
        "renamed",
        lambda site: (site / "content/faq/10-cost.md").rename(site / "content/faq/15-cost.md"),
        ("content/faq/10-cost.md", "content/faq/15-cost.md"),
    ),
    ("empty folder", lambda site: (site / "content/tour").mkdir(), ("content/tour/",)),
    ("beside the site", lambda site: (site / "notes.txt").write_text("x"), ()),
)


def _at_its_old_time(path: Path) -> None:
    status = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text.swapcase(), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _by_renaming(path: Path) -> None:
    path.with_suffix(".new").write_bytes(path.read_bytes())
    path.with_suffix(".new").replace(path)


@pytest.mark.parametrize(("change", "told"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_each_change_is_told(copy: Path, change: Callable[[Path], object], told: tuple[str, ...]) -> None:
    """A file is told once, whatever has happened to it, and by which way."""
    before = snapshot(copy)
    change(copy)
    assert changed_files(before, snapshot(copy)) == told


def test_links_are_followed_and_circles_are_not(copy: Path) -> None:
    """A file behind a link is watched; a folder in itself is no endless one."""
    (copy / "text.md").write_text("one")
    (copy / "content/faq/30-linked.md").symlink_to(copy / "text.md")
    (copy / "content/loop").symlink_to(copy / "content")
    before = snapshot(copy)
    (copy / "text.md").write_text("another")
    told = changed_files(before, snapshot(copy))
    assert "content/faq/30-linked.md" in told
    assert len(before) < 100


def test_half_a_save_is_seen() -> None:
    """A file that has gone, or is empty and was not, may be about to come back."""
    full, empty = (1, 1, 5, 1), (2, 2, 0, 1)
    assert is_half({"a": full}, {})
    assert is_half({"a": full}, {"a": empty})
    assert not is_half({"a": empty}, {"a": full, "b": empty})


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """There may be nothing at all for a while."""
    assert snapshot(tmp_path / "nowhere") == {}
