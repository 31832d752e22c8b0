"""A build put on the disk: all of it or nothing, and never a file that was not ours."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.write import TEMPORARY, RefusedError, manifest_of, read_manifest, refuse_bad_places, write

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


@pytest.mark.parametrize("name", ["../victim", "a/../../victim", "a/b/../../../victim", "..", ".", ""])
def test_a_manifest_removes_nothing_outside(source: Path, out: Path, name: str) -> None:
    """Names that lead out of the output folder are not believed."""
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


SPOILED = ["", "{", "[]", "null", "{}", '{"files": []}', '{"files": "x"}', '{"files": null}']


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
    with pytest.raises(RefusedError, match=r"404\.html' was not written"):
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
    *("dist/..", "dist/../content", "generator", "tests", ".git", ".git/x", ".venv"),
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


def test_a_file_as_output_is_refused(source: Path) -> None:
    """A file is not replaced by a folder."""
    (source / "site.yaml").write_bytes(b"x")
    with pytest.raises(RefusedError, match="is a file"):
        write({"index.html": b"x"}, source / "site.yaml", source)
    assert (source / "site.yaml").read_bytes() == b"x"


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


@pytest.mark.parametrize("k", [1, 2, 3])
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


def test_pages_come_after_what_they_name(source: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assets get their names before pages, so that no page on the disk ever lacks its style sheet."""
    order: list[str] = []
    replace = os.replace

    def noted(old: Path, new: Path) -> None:
        order.append(new.name)
        replace(old, new)

    monkeypatch.setattr(os, "replace", noted)
    write({"index.html": b"1", "a/index.html": b"2", "z.css": b"3", "robots.txt": b"4"}, out, source)
    assets = {"robots.txt", "z.css"}
    pages = [name for name in order if name.endswith(".html")]
    assert len(pages) == 2
    assert assets == {name for name in order[: order.index("index.html")] if name in assets}


def test_a_build_cut_short_before_its_manifest_can_be_followed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last manifest cannot be written, the next build with other bytes is not refused."""
    out = source / "dist"
    calls: list[object] = []
    real = os.replace

    def fail_at_the_end(temporary: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 4:  # interim manifest, two files, then the manifest itself
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
