"""Results from one build to the next: found where all is the same, never where anything is not."""

import hashlib
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import build
from generator import content, kept, prose, stored, templates, write
from generator.model import PageMatter

Make = Callable[[Mapping[str, str | bytes]], Path]
asked: list[object] = []


def doubled(value: object) -> str:
    """Say a value twice, and note who asked."""
    asked.append(value)
    return f"{value}{value}"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Where the results are."""
    asked.clear()
    yield tmp_path / "dist.cache"
    stored.end()


def save(place: Path) -> None:
    """Write what there is to be written for the next build."""
    write.note(stored.end(), place)


def build_of(place: Path, *values: object, code: str = "1") -> list[str]:
    """Ask for the results of some values as one build does, and keep them for the next."""
    stored.begin(place, code)
    found = stored.each(doubled, [(value,) for value in values])
    save(place)
    return found


def test_what_was_asked_for_is_found_again(place: Path) -> None:
    """The same results in the same order, and only what is new is worked out."""
    assert build_of(place, "a", "b") == ["aa", "bb"]
    assert build_of(place, "b", "c", "a", "b") == ["bb", "cc", "aa", "bb"]
    assert asked == ["a", "b", "c"]


def test_one_build_makes_a_result_once(place: Path) -> None:
    """What is asked for a second time in a build is there, even if no build before knew it."""
    stored.begin(place, "1")
    first, second = (stored.each(doubled, [(value,) for value in values]) for values in ("ab", "cb"))
    assert (first, second) == (["aa", "bb"], ["cc", "bb"])
    assert asked == ["a", "b", "c"]


def test_only_the_last_build_is_kept(place: Path) -> None:
    """What nobody asks for any more is gone, so that the file is never larger than the site."""
    for values in (("a", "b"), ("b",), ("a",)):
        build_of(place, *values)
    assert asked == ["a", "b", "a"]


def test_other_code_finds_nothing(place: Path) -> None:
    """Whatever may give another result asks anew."""
    build_of(place, "a", code="1")
    build_of(place, "a", code="2")
    assert asked == ["a", "a"]


def test_values_that_look_alike_are_not_the_same(place: Path) -> None:
    """A number is not its digits, a pair not one text; half a character is one too."""
    values = [1, "1", ("1",), "('1',)", "\ud800", "", None, "a', 'b", ("a", "b")]
    build_of(place, *values)
    assert build_of(place, *values) == [f"{value}{value}" for value in values]
    assert len(asked) == len(values)


def test_nothing_new_is_not_written(place: Path) -> None:
    """A build that has found all of it leaves the file alone."""
    build_of(place, "a")
    stored.begin(place, "1")
    stored.each(doubled, [("a",)])
    assert stored.end() == []


@pytest.mark.parametrize("harm", ["gone", "empty", "cut", "changed", "other", "older", "folder"])
def test_a_spoiled_file_is_not_believed(place: Path, harm: str) -> None:
    """Where anything is wrong with the file, all is worked out."""
    build_of(place, "a")
    whole = place.read_bytes()
    place.unlink()
    if harm == "folder":
        place.mkdir()
    elif harm != "gone":
        at = len(whole) // 2
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        older = hashlib.sha256(b"other code").digest() + b"other code"
        harms = {"empty": b"", "cut": whole[:-1], "changed": changed, "other": b"{}" * 40, "older": older}
        place.write_bytes(harms[harm])
    if place.is_file():
        place.chmod(0o600)
    stored.begin(place, "1")
    assert stored.each(doubled, [("a",)]) == ["aa"]
    assert asked == ["a", "a"]


@pytest.mark.parametrize("rights", [0o644, 0o660, 0o602])
def test_a_file_that_others_can_reach_is_not_read(place: Path, rights: int) -> None:
    """Results are made into values as a program is run: only what its own user alone can write is believed."""
    build_of(place, "a")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    place.chmod(rights)
    build_of(place, "a")
    assert asked == ["a", "a"]


def test_a_file_of_somebody_else_is_not_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever else has put it there may have put anything into it."""
    build_of(place, "a")
    monkeypatch.setattr("os.geteuid", lambda: place.stat().st_uid + 1)
    build_of(place, "a")
    assert asked == ["a", "a"]


def test_names_tell_what_a_result_depends_on(place: Path) -> None:
    """Where arguments cannot be told from others by how they look, a name is given for each."""
    for names in ({"a": 1, "b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 3}):
        stored.begin(place, "1")
        assert stored.each(doubled, [("a",), ("b",)], names.get) == ["aa", "bb"]
        save(place)
    assert asked == ["a", "b", "b"]


def test_without_a_file_all_is_worked_out() -> None:
    """A preview, and whoever calls the pipeline itself, has none."""
    asked.clear()
    assert (stored.each(doubled, [("a",)]), stored.each(doubled, [("a",)])) == (["aa"], ["aa"])
    assert asked == ["a", "a"]
    assert stored.end() == []


SITE = {
    "site.yaml": "site: {name: Small, url: https://small.org}\nfacts:\n  a: {b: 24 hours, c: {ask: 'when?'}}\n",
    "content/page.md": "---\ntitle: Home\n---\n\nWords of {{ a.b }}, [x](leaflet/).\n\nNot yet {{ a.c }}.\n",
    "content/leaflet/page.md": "---\ntitle: Leaflet\n---\n\nA *word*.\n",
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose Markdown is read by this process."""
    paths: list[str] = []

    def noted(path: str, text: str, silent: frozenset[str]) -> prose.Prose:
        paths.append(path)
        return prose.read(path, text, silent)

    monkeypatch.setattr("generator.content.read_prose", noted)
    monkeypatch.setattr("generator.spread._processes", 1)
    monkeypatch.setattr("generator.spread.available", lambda: 1)
    return paths


def test_markdown_is_read_once(make: Make, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that changes is read, and no other; where a fact is told that was silent, all are; so with --drafts."""
    monkeypatch.delenv("SITE_URL", raising=False)
    site, home, leaflet = make(SITE), "content/page.md", "content/leaflet/page.md"

    def pages_read(*words: str) -> list[str]:
        read.clear()
        kept.forget()
        assert build.main(["--quiet", "--source", str(site), *words]) == 0
        return read.copy()

    assert pages_read() == [leaflet, home]
    (site / leaflet).write_text("---\ntitle: Leaflet\n---\n\nAnother *word*.\n")
    assert pages_read() == [leaflet]
    (site / leaflet).write_text("---\ntitle: Paper\n---\n\nAnother *word*.\n")
    assert pages_read() == [leaflet]
    assert pages_read("--drafts") == []
    (site / "site.yaml").write_text(SITE["site.yaml"].replace("{ask: 'when?'}", "3 days"))
    assert pages_read() == [leaflet, home]
    assert "Not yet 3 days" in (site / "dist/index.html").read_text()
    assert pages_read("--today", "2026-03-01") == []


def test_a_check_writes_no_results(make: Make, read: list[str]) -> None:
    """It reads what a build has left, and leaves all as it is."""
    site = make(SITE)
    assert build.main(["--quiet", "check", "--source", str(site)]) == 0
    assert (len(read), stored.place_of(site / "dist").exists()) == (2, False)


def test_mistakes_are_found_again_too(place: Path, read: list[str]) -> None:
    """A file that could not be read is told the same when it is not read again."""
    texts = ["no front matter", "---\ntitle: x\n---\n" + "[" * 30_000, "---\ntitle: x\n---\n[a] [b]\n"]
    given = [(content.blank("content/page.md", "", 0, PageMatter, text), ()) for text in texts]
    found = []
    for _ in range(2):
        kept.forget()
        stored.begin(place, "1")
        found.append([problems for _, problems in content.entries(given)])
        save(place)
    assert found[0] == found[1]
    assert [len(problems) for problems in found[0]] == [1, 1, 0]
    assert len(read) == 2


def test_what_has_a_name_is_found_by_it(place: Path) -> None:
    """Something that was kept under a name is found by the next build, and by the one after that."""
    for build_number in range(3):
        stored.begin(place, "1")
        assert stored.found(("page.html", "1")) == (b"compiled" if build_number else None)
        if not build_number:
            stored.keep(("page.html", "1"), b"compiled")
        assert stored.found(("page.html", "2")) is None
        save(place)
    assert stored.found(("page.html", "1")) is None


def test_templates_are_compiled_once(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that changes compiles no template; a template that changes compiles itself."""
    monkeypatch.delenv("SITE_URL", raising=False)
    compiled: list[object] = []
    whole = templates.Jinja._compile  # noqa: SLF001

    def noted(jinja: templates.Jinja, source: str, filename: str) -> object:
        compiled.append(filename)
        return whole(jinja, source, filename)

    monkeypatch.setattr(templates.Jinja, "_compile", noted)

    def built(name: str, text: str) -> list[object]:
        compiled.clear()
        kept.forget()
        monkeypatch.setattr(templates.COMPILED, "codes", {})
        site = make({**SITE, name: text})
        assert build.main(["--quiet", "--source", str(site), "--today", "2026-03-01"]) == 0
        return [name for name in compiled if "templates/" in str(name)]

    page = "<title>{{ page.title }}</title>{{ page.body }}"
    assert built("templates/page.html", page) == ["templates/page.html"]
    assert built("content/page.md", "---\ntitle: Hall\n---\n") == []
    assert built("templates/page.html", f"{page}<p>") == ["templates/page.html"]
