"""A build put on the disk: all of it or nothing, and never a file that was not ours."""

import contextlib
import fcntl
import importlib.util
import io
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator import lock
from generator.manifest import manifest_of, read_manifest, unfinished_of
from generator.write import TEMPORARY, RefusedError, refuse_bad_places, turn, write

Tree = dict[str, bytes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A site with the folders that are its own."""
    root = tmp_path / "site"
    for name in ("content", "templates", "assets"):
        (root / name).mkdir(parents=True)
    return root


@pytest.fixture
def out(source: Path) -> Path:
    """Where the site is written."""
    return source / "dist"


@pytest.fixture
def umask() -> Iterator[None]:
    """Create files as most systems do."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def fail_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the disk be full at the k-th file, half-way through it."""

    def arm(k: int) -> None:
        whole, calls = Path.write_bytes, iter(range(1, 1000))

        def write_bytes(path: Path, data: bytes) -> int:
            if next(calls) != k:
                return whole(path, data)
            whole(path, data[:1])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", write_bytes)

    return arm


def tree(folder: Path) -> Tree:
    """Return every file below a folder, and every folder with a slash behind its name."""
    return {
        path.relative_to(folder).as_posix() + "/" * path.is_dir(): b"" if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def files(folder: Path) -> Tree:
    """Return every file below a folder."""
    return {name: content for name, content in tree(folder).items() if not name.endswith("/")}


# ---------------------------------------------------------------- what is written


def test_the_first_build_writes_every_file(source: Path, out: Path) -> None:
    """The output folder and all folders in it are made, and the count is that of the files."""
    expected = {"index.html": b"home", "a/b/index.html": b"deep", "assets/x.css": b"x"}
    assert write(expected, out, source) == 3
    assert expected == files(out)


def test_an_output_folder_below_missing_ones_is_made(source: Path) -> None:
    """The folders above the output are made too."""
    write({"index.html": b"x"}, source / "public" / "www", source)
    assert {"www/index.html", "www.manifest.json"} == set(files(source / "public"))


def test_the_manifest_stands_beside_the_output(source: Path, out: Path) -> None:
    """It names each file that was written, and is not published."""
    write({"b.html": b"b", "a.html": b"a"}, out, source)
    assert source / "dist.manifest.json" == manifest_of(out)
    assert list(read_manifest(out)) == ["a.html", "b.html"]
    assert {"a.html", "b.html"} == set(files(out))


def test_the_same_files_leave_the_same_manifest(source: Path, tmp_path: Path) -> None:
    """The manifest depends on the files alone, not on their order."""
    write({"b": b"b", "a": b"a"}, source / "dist", source)
    write({"a": b"a", "b": b"b"}, tmp_path / "dist", source)
    assert manifest_of(source / "dist").read_bytes() == manifest_of(tmp_path / "dist").read_bytes()


def test_the_manifest_is_never_in_the_output(source: Path) -> None:
    """It stands beside the folder, whatever way leads there."""
    (source / "public/www").mkdir(parents=True)
    write({"index.html": b"x"}, source / "public/www/..", source)
    assert set(files(source)) == {"public/index.html", "public.manifest.json"}


def test_unchanged_files_are_not_touched(source: Path, out: Path) -> None:
    """Only what changed is written, so that a copy to a host is small; the manifest too stays as it is."""
    write({"same.html": b"same", "other.html": b"old"}, out, source)
    for path in (out / "same.html", out / "other.html"):
        os.utime(path, ns=(1, 1))
    assert write({"same.html": b"same", "other.html": b"new"}, out, source) == 1
    assert (out / "same.html").stat().st_mtime_ns == 1
    assert (out / "other.html").stat().st_mtime_ns != 1


def test_a_second_build_of_the_same_site_changes_nothing(source: Path, out: Path) -> None:
    """Neither a file nor the manifest is written again."""
    write({"index.html": b"x"}, out, source)
    for path in (out / "index.html", manifest_of(out)):
        os.utime(path, ns=(1, 1))
    assert write({"index.html": b"x"}, out, source) == 0
    assert [path.stat().st_mtime_ns for path in (out / "index.html", manifest_of(out))] == [1, 1]


def test_a_file_that_was_lost_is_written_again(source: Path, out: Path) -> None:
    """What the disk holds counts, not what the manifest says."""
    write({"index.html": b"x"}, out, source)
    (out / "index.html").unlink()
    assert write({"index.html": b"x"}, out, source) == 1
    assert files(out) == {"index.html": b"x"}


def test_a_file_that_was_spoiled_is_written_again(source: Path, out: Path) -> None:
    """A page that somebody changed in the output is put right."""
    write({"index.html": b"x"}, out, source)
    (out / "index.html").write_bytes(b"spoiled")
    write({"index.html": b"x"}, out, source)
    assert files(out) == {"index.html": b"x"}


@pytest.mark.usefixtures("umask")
def test_files_can_be_read_by_a_server(source: Path, out: Path) -> None:
    """Under the usual mask every file is 0644 and every folder 0755, also after a change."""
    write({"a/index.html": b"x"}, out, source)
    write({"a/index.html": b"y"}, out, source)
    paths = (out / "a" / "index.html", manifest_of(out), out, out / "a")
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o644, 0o644, 0o755, 0o755]


# ---------------------------------------------------------------- what is removed


def test_what_is_no_longer_built_is_removed_with_its_folders(source: Path, out: Path) -> None:
    """A page that is gone leaves neither a file nor an empty folder."""
    write({"index.html": b"x", "a/b/c/index.html": b"y"}, out, source)
    write({"index.html": b"x"}, out, source)
    assert tree(out) == {"index.html": b"x"}


def test_folders_with_something_in_them_stay(source: Path, out: Path) -> None:
    """A folder that holds another page, or a stranger's file, is not removed."""
    write({"a/one.html": b"1", "a/b/two.html": b"2", "c/three.html": b"3"}, out, source)
    (out / "c" / "notes.txt").write_bytes(b"mine")
    write({"a/one.html": b"1"}, out, source)
    assert tree(out) == {"a/": b"", "a/one.html": b"1", "c/": b"", "c/notes.txt": b"mine"}


def test_a_file_that_is_gone_already_is_no_trouble(source: Path, out: Path) -> None:
    """What somebody removed by hand need not be removed again."""
    write({"index.html": b"x", "a/index.html": b"y"}, out, source)
    (out / "a" / "index.html").unlink()
    (out / "a").rmdir()
    write({"index.html": b"x"}, out, source)
    assert tree(out) == {"index.html": b"x"}


def test_the_output_folder_itself_stays(source: Path, out: Path) -> None:
    """Even a site without files leaves its folder, which a server may be looking at."""
    write({"index.html": b"x"}, out, source)
    write({}, out, source)
    assert out.is_dir()
    assert not tree(out)


STRANGE = ["../victim", "a/../../victim", "a/b/../../../victim", "..", ".", "", "./index.html", "a//b", "/", "C:x"]
STRANGE += ["a\\b", "a\0", "\ud800", "index.html/", "/index.html"]


@pytest.mark.parametrize("name", STRANGE)
def test_a_manifest_removes_nothing_outside(source: Path, out: Path, name: str) -> None:
    """Names that lead out of the output folder, or are none that a build writes, are not believed."""
    (source / "victim").write_bytes(b"mine")
    write({"index.html": b"x"}, out, source)
    manifest_of(out).write_text(json.dumps({"files": {"index.html": "0", name: "0"}}))
    write({"index.html": b"y"}, out, source)
    assert (source / "victim").read_bytes() == b"mine"
    assert files(out) == {"index.html": b"y"}


def test_a_manifest_removes_nothing_by_its_whole_path(source: Path, out: Path, tmp_path: Path) -> None:
    """Names from the root are not believed."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    out.mkdir()
    manifest_of(out).write_text(json.dumps({"files": {str(victim): "0"}}))
    write({"index.html": b"x"}, out, source)
    assert victim.read_bytes() == b"mine"


SPOILED = ["[" * 20_000, "", "{", "[]", "null", "{}", '{"files": []}', '{"files": "x"}', '{"files": null}']


def test_of_a_spoiled_manifest_nothing_is_known(source: Path) -> None:
    """Nothing is removed, and the build goes on."""
    for number, text in enumerate(SPOILED):
        out = source / f"dist{number}"
        write({"index.html": b"x", "old.html": b"y"}, out, source)
        manifest_of(out).write_text(text)
        assert not read_manifest(out)
        write({"index.html": b"x"}, out, source)
        assert {"index.html", "old.html"} == set(files(out))
        assert list(read_manifest(out)) == ["index.html"]


def test_without_a_manifest_nothing_is_known(out: Path) -> None:
    """A folder that was never written to has no files of ours."""
    assert not read_manifest(out)


# ---------------------------------------------------------------- what is not ours


def test_foreign_files_are_kept(source: Path, out: Path) -> None:
    """What no build wrote is neither changed nor removed."""
    (out / "a").mkdir(parents=True)
    (out / "CNAME").write_bytes(b"mine")
    (out / "a" / "notes.txt").write_bytes(b"mine")
    write({"index.html": b"x", "a/index.html": b"y"}, out, source)
    write({"index.html": b"x"}, out, source)
    assert files(out) == {"index.html": b"x", "CNAME": b"mine", "a/notes.txt": b"mine"}


def test_a_foreign_file_in_the_place_of_ours_is_refused(source: Path, out: Path) -> None:
    """The file is named, and nothing at all is written."""
    (out / "b").mkdir(parents=True)
    (out / "b" / "index.html").write_bytes(b"mine")
    before = tree(source)
    with pytest.raises(RefusedError, match=r"b/index\.html' was not written by an earlier build"):
        write({"a.html": b"x", "b/index.html": b"y"}, out, source)
    assert before == tree(source)


def test_a_foreign_folder_in_the_place_of_ours_is_refused(source: Path, out: Path) -> None:
    """A folder where a file is to stand is not ours either."""
    (out / "404.html").mkdir(parents=True)
    with pytest.raises(RefusedError, match=r"404\.html' is in the way"):
        write({"404.html": b"x"}, out, source)
    assert (out / "404.html").is_dir()


def test_a_foreign_file_with_the_same_bytes_is_taken_over(source: Path, out: Path) -> None:
    """So a folder whose manifest was lost can be built into again."""
    write({"index.html": b"x"}, out, source)
    manifest_of(out).unlink()
    assert write({"index.html": b"x"}, out, source) == 0
    assert list(read_manifest(out)) == ["index.html"]


# ---------------------------------------------------------------- bad places


BAD_PLACES = [
    *(".", "..", "content", "content/x", "content/x/y", "templates", "templates/x", "assets", "assets/x", "/"),
    *("dist/..", "dist/../content", "generator", "tests", "bench", ".git", ".git/x", ".venv", ".github/workflows"),
    *("CONTENT", "Templates/x", "aSSets", ".GIT/x"),
]


def test_an_output_in_the_place_of_something_else_is_refused(source: Path) -> None:
    """The site itself, what is around it and the folders of its sources are no output."""
    before = tree(source)
    for place in BAD_PLACES:
        with pytest.raises(RefusedError, match="choose one of its own"):
            write({"index.html": b"x"}, source / place, source)
    assert before == tree(source)


@pytest.mark.parametrize("place", ["home", "."])
def test_the_home_folder_and_what_is_around_it_are_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A slip of the keyboard does not fill somebody's home."""
    (tmp_path / "users" / "home").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "users" / "home"))
    with pytest.raises(RefusedError, match="choose one of its own"):
        refuse_bad_places(tmp_path / "users" / place, source)


@pytest.mark.parametrize("place", ["site.yaml", "site.yaml/dist", "site.yaml/a/b"])
def test_a_file_as_output_is_refused(source: Path, place: str) -> None:
    """A file is not replaced by a folder."""
    (source / "site.yaml").write_bytes(b"x")
    with pytest.raises(RefusedError, match="is a file"):
        write({"index.html": b"x"}, source / place, source)
    assert (source / "site.yaml").read_bytes() == b"x"


@pytest.mark.parametrize("target", ["nowhere", "dist"])
def test_a_link_that_leads_nowhere_is_refused(source: Path, target: str) -> None:
    """Neither is what it names made, nor is a link in a loop followed."""
    (source / "dist").symlink_to(source / target)
    with pytest.raises(RefusedError, match="leads nowhere"):
        write({"index.html": b"x"}, source / "dist", source)
    assert not (source / "nowhere").exists()


def test_a_link_to_a_folder_is_written_through(source: Path, tmp_path: Path) -> None:
    """What belongs beside the folder stands beside the link, where the next build looks for it."""
    (tmp_path / "www").mkdir()
    (source / "dist").symlink_to(tmp_path / "www")
    write({"index.html": b"x", "a.css": b"x"}, source / "dist", source)
    write({"index.html": b"y"}, source / "dist", source)
    assert files(tmp_path / "www") == {"index.html": b"y"}
    assert manifest_of(source / "dist") == source / "dist.manifest.json"


def test_a_folder_in_the_output_of_another_is_refused(source: Path, out: Path) -> None:
    """Its manifest would be published, and the other build knows nothing of its files."""
    write({"index.html": b"x"}, out, source)
    with pytest.raises(RefusedError, match=r"is in '.*dist', which a build writes"):
        write({"index.html": b"x"}, out / "a/b", source)
    assert files(out) == {"index.html": b"x"}


def test_somebody_without_a_home_can_build(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container the user may have neither a name nor a home."""
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert write({"index.html": b"x"}, out, source) == 1


def test_the_same_folder_by_another_path_is_known(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk says counts too: a folder may have several paths."""
    numbers = itertools.count()
    monkeypatch.setattr("generator.write._folded", lambda _: str(next(numbers)))
    with pytest.raises(RefusedError, match="choose one of its own"):
        refuse_bad_places(source / "content", source)


@pytest.mark.parametrize("target", ["content", "."])
def test_a_link_to_a_bad_place_is_a_bad_place(source: Path, target: str) -> None:
    """Where the folder really is counts."""
    (source / "dist").symlink_to(source / target)
    with pytest.raises(RefusedError, match="choose one of its own"):
        refuse_bad_places(source / "dist", source)


@pytest.mark.parametrize("place", ["dist", "public/www", "../elsewhere", "contents", "content/../dist"])
def test_any_folder_of_its_own_is_allowed(source: Path, place: str) -> None:
    """Inside the site or beside it, existing or not."""
    refuse_bad_places(source / place, source)
    write({"index.html": b"x"}, source / place, source)
    assert files((source / place).resolve()) == {"index.html": b"x"}


# ---------------------------------------------------------------- a full disk


@pytest.mark.parametrize("k", range(1, 6))
def test_a_build_that_fails_leaves_everything_as_it_was(
    source: Path, out: Path, fail_at: Callable[[int], None], k: int
) -> None:
    """If any file cannot be written, no file, no manifest and no temporary file is other than before."""
    write({"a.html": b"1", "b.html": b"2", "c/d.html": b"3", "old.html": b"4"}, out, source)
    before = tree(source)
    fail_at(k)
    with pytest.raises(OSError, match="No space left"):
        write({"a.html": b"new 1", "b.html": b"new 2", "c/d.html": b"new 3"}, out, source)
    assert before == tree(source)


@pytest.mark.parametrize("k", [1, 2])
def test_a_first_build_that_fails_leaves_no_file(
    source: Path, out: Path, fail_at: Callable[[int], None], k: int
) -> None:
    """Neither a half page nor a manifest is there."""
    fail_at(k)
    with pytest.raises(OSError, match="No space left"):
        write({"a.html": b"new 1", "b.html": b"new 2"}, out, source)
    assert not files(source)


def test_after_a_failure_the_next_build_succeeds(
    source: Path, out: Path, fail_at: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that a failed build left is in the way of the next."""
    expected = {"a.html": b"1", "b/c.html": b"2"}
    fail_at(2)
    with pytest.raises(OSError, match="No space left"):
        write(expected, out, source)
    monkeypatch.undo()
    assert write(expected, out, source) == 2
    assert expected == files(out)


def test_no_temporary_file_is_left(source: Path, out: Path) -> None:
    """After a build every file has its own name."""
    write({"a.html": b"1", "b/c.html": b"2"}, out, source)
    write({"a.html": b"3", "b/c.html": b"4"}, out, source)
    assert not [name for name in tree(source) if TEMPORARY in name]


def test_the_order_of_what_is_done(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No page on the disk ever lacks what it names.

    Everything is written before the first file gets its name: assets, then pages that are new, then those that may
    link to them, compressed ones too; of what goes, pages first, then what they named. The manifest is the last.
    """
    write(
        {"404.html": b"1", "index.html": b"1", "old/index.html": b"1", "assets/a.css": b"1", "b.svg": b"1"}, out, source
    )
    done: list[str] = []
    replace, unlink = os.replace, Path.unlink

    def replaced(old: Path, new: Path) -> None:
        done.append(new.name if new.parent == source else new.relative_to(out).as_posix())
        if len(done) == 2:
            assert len([name for name in tree(source) if TEMPORARY in name]) == 8
        replace(old, new)

    def unlinked(path: Path, *, missing_ok: bool = False) -> None:
        if path.exists() and out in path.parents:
            done.append(f"- {path.relative_to(out).as_posix()}")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(os, "replace", replaced)
    monkeypatch.setattr(Path, "unlink", unlinked)
    pages = dict.fromkeys(("404.html", "404.html.br", "index.html", "z/index.html", "assets/page.html"), b"2")
    write({**pages, "assets/z.css": b"2", "robots.txt": b"2"}, out, source)
    assert done == [
        "dist.unfinished.json",
        *("assets/page.html", "assets/z.css", "robots.txt"),
        *("404.html.br", "z/index.html", "404.html", "index.html"),
        *("- old/index.html", "- assets/a.css", "- b.svg"),
        "dist.manifest.json",
    ]


def test_a_build_cut_short_before_its_manifest_can_be_followed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last manifest cannot be written, the next build with other bytes is not refused."""
    out = source / "dist"
    calls: list[object] = []
    real = os.replace

    def fail_at_the_end(temporary: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 4:  # what is about to be written, two files, then the manifest
            raise OSError(28, "No space left on device", str(target))
        real(temporary, target)

    write({"index.html": b"1", "old.html": b"1"}, out, source)
    monkeypatch.setattr("generator.write.os.replace", fail_at_the_end)
    with pytest.raises(OSError, match="No space"):
        write({"index.html": b"2", "new.html": b"2"}, out, source)
    monkeypatch.undo()
    assert not list(source.rglob(".building-*"))
    write({"index.html": b"3", "new.html": b"3"}, out, source)
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "new.html"]
    assert (out / "new.html").read_bytes() == b"3"


def test_a_build_that_fails_leaves_no_new_folder(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that were made for files that never came are taken away again."""

    def full(path: Path, _: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write({"new/deep/y.html": b"y"}, source / "dist", source)
    assert not (source / "dist").exists()


# ---------------------------------------------------------------- builds that were cut short


def cut_short(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let a build die after so many renames, so that it cannot tidy up."""
    replace, renamed = os.replace, iter(range(after))

    class PowerCutError(BaseException):
        """Nothing is done after it."""

    with monkeypatch.context() as patch:

        def replaced(old: Path, new: Path) -> None:
            if next(renamed, None) is None:
                patch.setattr(Path, "unlink", lambda *_, **__: None)
                patch.setattr(Path, "rmdir", lambda *_, **__: None)
                raise PowerCutError
            replace(old, new)

        patch.setattr(os, "replace", replaced)
        with pytest.raises(PowerCutError):
            write({"index.html": b"2", "new/deep/index.html": b"2", "a.css": b"2"}, out, source)


@pytest.mark.parametrize("after", range(5))
def test_a_build_that_was_cut_short_is_healed(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """The next build leaves its own files and nothing else, also where the change was taken back."""
    write({"index.html": b"1", "old.html": b"1"}, out, source)
    cut_short(source, out, monkeypatch, after)
    assert any(TEMPORARY in name for name in tree(source))
    write({"index.html": b"1", "old.html": b"1"}, out, source)
    assert tree(out) == {"index.html": b"1", "old.html": b"1"}
    assert not [name for name in tree(source) if TEMPORARY in name or name.startswith("dist.un")]


def test_what_a_build_that_was_cut_short_brought_is_ours(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that it put in place may be replaced, although no manifest names them."""
    write({"index.html": b"1"}, out, source)
    cut_short(source, out, monkeypatch, 3)
    assert (out / "new/deep/index.html").read_bytes() == b"2"
    assert "new/deep/index.html" not in read_manifest(out)
    write({"index.html": b"3", "new/deep/index.html": b"3"}, out, source)
    assert files(out) == {"index.html": b"3", "new/deep/index.html": b"3"}


def test_a_build_that_was_cut_short_at_its_very_end_is_healed(source: Path, out: Path) -> None:
    """Although no file has to be changed, the next says that all is well."""
    write({"index.html": b"1"}, out, source)
    unfinished_of(out).write_bytes(manifest_of(out).read_bytes())
    manifest_of(out).with_name(f"{TEMPORARY}1").write_bytes(b"not ours to remove")
    assert write({"index.html": b"1"}, out, source) == 0
    assert set(files(source)) == {"dist/index.html", "dist.manifest.json", f"{TEMPORARY}1"}


def test_a_failure_after_a_build_that_was_cut_short_loses_nothing(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch, fail_at: Callable[[int], None]
) -> None:
    """What is known of the first is still known after the second."""
    write({"index.html": b"1"}, out, source)
    cut_short(source, out, monkeypatch, 3)
    fail_at(2)
    with pytest.raises(OSError, match="No space left"):
        write({"index.html": b"3"}, out, source)
    monkeypatch.undo()
    assert unfinished_of(out).exists()
    write({"index.html": b"4"}, out, source)
    assert tree(out) == {"index.html": b"4"}


def test_a_name_may_be_as_long_as_the_disk_takes(source: Path, out: Path) -> None:
    """The temporary name is never longer."""
    name = "a" * 250 + ".html"
    write({name: b"x"}, out, source)
    assert files(out) == {name: b"x"}


# ---------------------------------------------------------------- a disk that tells no case from another


class Mac:
    """A disk that finds a file by its name in any case, and keeps the case that it was made in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.listdir = os.listdir

    def as_it_is(self, path: str | Path) -> Path:
        """Return a path as it is spelled on the disk."""
        place = self.root
        for part in Path(path).relative_to(self.root).parts:
            try:
                names = self.listdir(place)
            except (FileNotFoundError, NotADirectoryError):
                names = []
            place /= next((name for name in names if name.casefold() == part.casefold()), part)
        return place

    def found(self, act: Callable[..., object]) -> Callable[..., object]:
        """Let a function of the system find a file by its name in any case."""

        def call(path: str | Path, *args: object, **options: object) -> object:
            ours = isinstance(path, str | Path) and Path(path).is_relative_to(self.root)
            return act(self.as_it_is(path) if ours else path, *args, **options)

        return call

    def moved(self, act: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        """Let a function move a file over another, or give it another case."""

        def call(old: Path, new: Path) -> None:
            was, there = self.as_it_is(old), self.as_it_is(new)
            act(was, self.as_it_is(new.parent) / new.name if there == was else there)

        return call


@pytest.fixture
def mac(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the site on such a disk."""
    disk = Mac(source)
    for module, name in ((io, "open"), *((os, name) for name in ("stat", "lstat", "unlink", "mkdir", "rmdir"))):
        monkeypatch.setattr(module, name, disk.found(getattr(module, name)))
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, disk.moved(getattr(os, name)))


@pytest.mark.usefixtures("mac")
def test_a_page_that_changes_its_case_stays(source: Path, out: Path) -> None:
    """Where /Call/ and /call/ are one folder, removing the old page does not remove the new one; it is spelled anew."""
    old = {"index.html": b"1", "Call/index.html": b"1", "Call/Deep/index.html": b"1", "assets/Door.svg": b"1"}
    new = {"index.html": b"2", "call/index.html": b"2", "call/deep/index.html": b"1", "assets/door.svg": b"1"}
    write(old, out, source)
    assert write(new, out, source) == 2
    assert files(out) == new
    assert write(new, out, source) == 0
    assert write({"index.html": b"2"}, out, source) == 0
    assert tree(out) == {"index.html": b"2"}


def test_where_case_counts_both_are_files(source: Path, out: Path) -> None:
    """A page that changes its case is a new page; a stranger's in the other case is not ours."""
    write({"Call/index.html": b"1"}, out, source)
    write({"call/index.html": b"1"}, out, source)
    assert tree(out) == {"call/": b"", "call/index.html": b"1"}
    (out / "Call").mkdir()
    (out / "Call/index.html").write_bytes(b"mine")
    with pytest.raises(RefusedError, match="was not written by an earlier build"):
        write({"Call/index.html": b"2"}, out, source)


# ---------------------------------------------------------------- one build at a time


def test_a_build_waits_for_its_turn(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins when the other is done, and takes the lock away when it is done itself."""
    with contextlib.ExitStack() as other:
        other.enter_context(turn(out, source))
        monkeypatch.setattr("time.sleep", lambda _: other.close())
        assert write({"index.html": b"x"}, out, source) == 1
    assert set(files(source)) == {"dist/index.html", "dist.manifest.json"}


def test_a_build_does_not_wait_for_ever(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that another is at work, and where; the other goes on undisturbed."""
    monkeypatch.setattr(lock, "WAIT", 0.01)
    with turn(out, source):
        with pytest.raises(BlockingIOError, match="busy: another build") as error:
            write({"index.html": b"x"}, out, source)
        assert error.value.filename == str(out)
        assert (source / "dist.lock").exists()
    assert not files(source)


def test_a_lock_that_was_left_locks_nobody_out(source: Path, out: Path) -> None:
    """A build that was killed leaves the file, and the system forgets the lock."""
    (source / "dist.lock").write_bytes(b"")
    write({"index.html": b"x"}, out, source)
    assert not (source / "dist.lock").exists()


def test_who_takes_the_lock_away_lets_nobody_in(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that waited for a file that is gone now asks for the lock of the one that is there."""
    flock, asked = fcntl.flock, list[int]()

    def taken(file: int, mode: int) -> None:
        if not asked:
            (source / "dist.lock").unlink()
        asked.append(file)
        flock(file, mode)

    monkeypatch.setattr(fcntl, "flock", taken)
    with turn(out, source):
        assert len(asked) == 2
        assert (source / "dist.lock").exists()


def test_folders_that_were_made_for_a_lock_go_again(source: Path) -> None:
    """A build with mistakes leaves nothing behind, not even where it would have written to."""
    with turn(source / "public/www/dist", source):
        assert (source / "public/www/dist.lock").exists()
    assert not (source / "public").exists()


def test_the_lock_of_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There a byte of the file is locked; whoever asks in vain is told so by an error."""
    locked: list[int] = []

    def locking(file: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        if locked:
            raise PermissionError
        locked.append(file)

    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("lock_of_windows", lock.__file__)
    assert spec
    assert spec.loader
    windows = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(windows)
    monkeypatch.undo()
    monkeypatch.setattr(windows, "WAIT", 0.01)
    with windows.held(tmp_path / "lock"), pytest.raises(BlockingIOError), windows.held(tmp_path / "lock"):
        pass
