"""A build of what has not changed: it tells the same, and is never taken for one of what has."""

import contextlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import build
from generator import assets, pipeline, templates, unchanged, write
from generator.manifest import manifest_of, unfinished_of
from generator.unchanged import note_of

Make = Callable[[Mapping[str, str | bytes]], Path]
WARNED = {
    "site.yaml": "site:\n  name: Small\n  url: https://small.example\n",
    "content/leaflet/page.md": "---\ntitle: Leaflet\n---\n",
    "content/spare.txt": "a warning",
    "assets/pen.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
DAY = ("--today", "2026-03-01")


class Builder:
    """Runs build.py in this process, and counts how often the pipeline ran."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys, self.whole, self.times = capsys, pipeline.build, 0
        monkeypatch.delenv("SITE_URL", raising=False)
        monkeypatch.setattr(pipeline, "build", self.count)

    def count(self, *given: object) -> object:
        """Run the pipeline."""
        self.times += 1
        return self.whole(*given)  # type: ignore[arg-type]

    def __call__(self, site: Path, *words: object) -> tuple[int, str, str]:
        """Build, and return the status, what is said when it is done but for the time it took, and the problems."""
        status = build.main([*map(str, words or DAY), "--source", str(site)])
        out, err = self.capsys.readouterr()
        return status, out.partition(" ms; ")[2], err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Builder:
    """What builds, and knows whether it did."""
    return Builder(capsys, monkeypatch)


def test_nothing_changed_is_told_again(make: Make, run: Builder) -> None:
    """The second build tells the same problems and the same standing, and the pipeline does not run."""
    site = make(WARNED)
    first, second = run(site), run(site)
    assert first == second
    assert (run.times, first[0], first[1]) == (
        1,
        0,
        "0 errors, 2 warnings; still open: the site's address (build.py check --open)\n",
    )
    assert "is a placeholder" in first[2]


def put(name: str, text: str = "changed") -> Callable[[Path], object]:
    """Return what writes a file."""

    def change(site: Path) -> None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)

    return change


def respelled(site: Path) -> None:
    """Change one letter of a file and leave its size and time."""
    path = site / "content/leaflet/page.md"
    before = path.stat()
    path.write_text(path.read_text().replace("Leaflet", "Leaflat"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: tuple[tuple[str, Callable[[Path], object]], ...] = (
    ("the facts", put("site.yaml", "site:\n  name: Small\n  url: https://small.example\n  language: de\n")),
    ("a page", put("content/page.md", "---\ntitle: House\n---\n")),
    ("a letter", respelled),
    ("a new page", put("content/new/page.md", "---\ntitle: New\n---\n")),
    ("a page gone", lambda site: shutil.rmtree(site / "content/leaflet")),
    ("a page moved", lambda site: (site / "content/leaflet").rename(site / "content/paper")),
    ("a folder", lambda site: (site / "content/sections").mkdir()),
    ("a template", put("templates/page.html", "{{ page.title }}<p>")),
    ("an asset", put("assets/pen.svg", "<svg xmlns='http://www.w3.org/2000/svg'></svg>")),
    ("a link", lambda site: (site / "content/b.txt").symlink_to("spare.txt")),
    ("a page of dist", put("dist/index.html")),
    ("a page of dist gone", lambda site: (site / "dist/leaflet/index.html").unlink()),
    ("a page of dist made a link", lambda site: relinked(site / "dist/index.html")),
    ("a folder of dist made a link", lambda site: relinked(site / "dist/leaflet")),
    ("no dist", lambda site: shutil.rmtree(site / "dist")),
    ("no manifest", lambda site: manifest_of(site / "dist").unlink()),
    ("another manifest", lambda site: manifest_of(site / "dist").write_text('{"files": {}}')),
    ("cut short", lambda site: shutil.copy(manifest_of(site / "dist"), unfinished_of(site / "dist"))),
    ("killed", lambda site: (site / "dist.lock").touch()),
    ("no note", lambda site: note_of(site / "dist").unlink()),
    ("half a note", lambda site: note_of(site / "dist").write_bytes(note_of(site / "dist").read_bytes()[:99])),
    ("an empty note", lambda site: note_of(site / "dist").write_bytes(b"[]")),
    ("a note that is a folder", lambda site: as_folder(note_of(site / "dist"))),
)


def as_folder(path: Path) -> None:
    """Put a folder in the place of a file."""
    path.unlink()
    path.mkdir()


def relinked(path: Path) -> None:
    """Put a link in the place of a file or folder, to where it is now."""
    path.symlink_to(path.rename(path.parent.parent / "elsewhere"))


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[what for what, _ in CHANGES])
def test_a_change_is_built(make: Make, run: Builder, change: Callable[[Path], object]) -> None:
    """Whatever has changed, in the site or in what was written, the whole is built anew."""
    site = make(WARNED)
    run(site)
    change(site)
    with contextlib.suppress(SystemExit):  # a link in the way of a file is refused, as ever
        run(site)
    assert run.times == 2


OPTIONS: tuple[tuple[object, ...], ...] = (
    ("--today", "2026-03-02"),
    (*DAY, "--drafts"),
    (*DAY, "--base-url", "https://other.org"),
    (*DAY, "--compress"),
)


@pytest.mark.parametrize("words", OPTIONS, ids=str)
def test_another_call_is_another_build(make: Make, run: Builder, words: tuple[object, ...]) -> None:
    """A day, an address, drafts and small copies belong to what a build is made from."""
    site = make(WARNED)
    run(site)
    run(site, *words)
    assert run.times == 2


def test_warnings_that_fail_are_not_passed_over(make: Make, run: Builder) -> None:
    """A site that was good enough is not good enough for --strict, and the first stays as it was."""
    site = make(WARNED)
    assert [run(site)[0], run(site, *DAY, "--strict")[0], run(site)[0]] == [0, 1, 0]
    assert run.times == 2


def test_the_address_from_outside_counts(make: Make, run: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """$SITE_URL is an option like the others."""
    site = make(WARNED)
    run(site)
    monkeypatch.setenv("SITE_URL", "https://other.org")
    run(site)
    assert run.times == 2


@pytest.mark.parametrize(
    ("name", "value"), [("sys.version", "4.0"), ("zlib.ZLIB_RUNTIME_VERSION", "9"), ("sys.path", [])]
)
def test_another_python_is_another_build(
    make: Make, run: Builder, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    """Versions count, those of the packages too."""
    site = make(WARNED)
    run(site)
    monkeypatch.setattr(f"generator.unchanged.{name}", value)
    now = unchanged.state(site, {})
    monkeypatch.undo()
    assert now != unchanged.state(site, {})


def test_other_code_is_another_build(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter of the generator, or of the command line, and all is built."""
    site, code = make({}), tmp_path / "code/generator"
    shutil.copytree(unchanged.CODE, code)
    monkeypatch.setattr(unchanged, "CODE", code)
    seen = {unchanged.state(site, {})}
    for name in ("audit.py", "client.js", "../build.py"):
        with (code / name).open("a") as file:
            file.write("\n")
        seen.add(unchanged.state(site, {}))
    assert len(seen) == 4


def test_a_change_there_and_back_is_not_noted(make: Make, run: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is changed while a build runs, even if it is as before in the end, leaves no note that all is built."""
    site = make(WARNED)
    page, whole = site / "content/page.md", run.whole

    def changing(*given: object) -> object:
        before = page.read_text()
        page.write_text(before.replace("Home", "Hole"))
        made = whole(*given)  # type: ignore[arg-type]
        page.write_text(before)
        return made

    monkeypatch.setattr(run, "whole", changing)
    run(site)
    monkeypatch.setattr(run, "whole", whole)
    run(site)
    assert run.times == 2
    assert "<title>Home</title>" in (site / "dist/index.html").read_text()


def test_a_site_with_mistakes_leaves_no_note(make: Make, run: Builder) -> None:
    """What was refused is told each time, by a check of its own."""
    site = make({"content/page.md": "---\ntitle: Home\n---\n\n[Away](away/)\n"})
    assert [run(site)[0], run(site)[0]] == [1, 1]
    assert run.times == 2
    assert not note_of(site / "dist").exists()


def test_a_full_disk_keeps_no_note(make: Make, run: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is written all the same, and the next build builds."""
    site = make(WARNED)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "_write_for_us", full)
    assert [run(site)[0], run(site)[0]] == [0, 0]
    assert run.times == 2


def test_all_that_load_reads_counts() -> None:
    """A folder that a site is made of is one by which it can change."""
    assert sorted(unchanged.FOLDERS) == sorted(["content", templates.FOLDER, assets.FOLDER])
