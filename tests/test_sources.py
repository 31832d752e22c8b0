"""The files of a site as other systems, editors and people leave them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model import Build

Make = Callable[[Mapping[str, str | bytes]], Path]
Built = Callable[..., Build]


def said(made: Build) -> list[str]:
    """Return the problems in short."""
    return [f"{problem.location}: {problem.message}" for problem in made.problems]


SAVED = ((b"\r\n", b"\xef\xbb\xbf", b"\n"), (b"\r", b"", b""), (b"\n", b"\xef\xbb\xbf", b""))
"""How editors save a text: their line end, a mark at the start, and what stands after the last line."""


def test_line_ends_and_marks_change_nothing(copy: Path, built: Built) -> None:
    """The same bytes are published, however an editor saves its texts."""
    expected = built(copy).files
    texts = [copy / "site.yaml", *(copy / "content").rglob("*.md"), *(copy / "templates").rglob("*.html")]
    plain = {path: path.read_bytes().rstrip(b"\n") for path in texts}
    for end, mark, last in SAVED:
        for path, text in plain.items():
            path.write_bytes(mark + text.replace(b"\n", end) + last.replace(b"\n", end))
        made = built(copy)
        assert said(made) == []
        assert made.files == expected


PUBLISHED = {"index.html", "_headers", "_redirects", "_nginx.conf", "robots.txt", "sitemap.xml"}
LITTER = [
    *(".DS_Store", "Thumbs.db", "desktop.ini", ".page.md.swp", "page.md~", "#page.md#", ".#page.md", ".git/config"),
    *(".env", "._page.md", ".gitkeep", ".notes/10-a.md", ".building-1", "page.md.bak", "10-a.md.orig", "10-a.md.BAK"),
    *("~$page.md", "10-a.md.tmp", "10-a.md.part", "10-a.md.swp", "door.jpg.crdownload"),
]


def test_litter_is_never_published(make: Make, built: Built) -> None:
    """What editors and systems leave, and whatever is hidden, is neither published nor a problem, in any folder."""
    folders = ("", "content", "content/sections", "content/faq", "templates", "assets")
    page = {
        "templates/page.html": "<title>{{ page.title }}</title>{% for s in page.sections %}{{ s.body }}{% endfor %}"
    }
    made = built(
        make(
            {**page, "content/sections/10-a.md": "---\ntitle: A\n---\n", "content/faq/10-b.md": "---\ntitle: B\n---\n"}
        )
    )
    littered = built(make({str(Path(folder, name)): "SECRET" for folder in folders for name in LITTER}))
    assert said(littered) == []
    assert littered.files == made.files


NOTES = {
    "content/notes.txt": "content/notes.txt:1:1: no page uses this file",
    "content/todo.md": "content/todo.md:1:1: no page uses a Markdown file in this place",
    "content/page copy.md": "content/page copy.md:1:1: no page uses a Markdown file in this place",
    "content/old/notes.txt": "content/old/notes.txt:1:1: no page uses this file",
}


@pytest.mark.parametrize(("name", "problem"), NOTES.items())
def test_notes_and_backups_are_never_published(make: Make, built: Built, name: str, problem: str) -> None:
    """What looks as if it were meant is told, and is on no page."""
    made = built(make({name: "---\ntitle: SECRET\n---\n\nSECRET\n"}))
    assert said(made) == [problem]
    assert not [path for path, content in made.files.items() if b"SECRET" in content or "notes" in path]


def test_assets_and_templates_that_no_page_uses_are_not_published(make: Make, built: Built) -> None:
    """A folder of a site is no folder of a server."""
    names = ("assets/door.svg.bak", "assets/price-list.docx", "templates/old.html", "README.md", "secret/page.md")
    made = built(make(dict.fromkeys(names, "SECRET"))).files
    assert [path for path, content in made.items() if b"SECRET" in content or path not in PUBLISHED] == []


LINKS: tuple[tuple[str, str, str], ...] = (
    # the link, where it leads, what is said
    ("content/faq", "{out}", "this link leads out of the site"),
    ("content/more", "/", "this link leads out of the site"),
    ("templates/parts", "{out}", "this link leads out of the site"),
    ("templates/a.html", "/etc/hostname", "this link leads out of the site"),
    ("assets/a.svg", "{out}/a.svg", "this link leads out of the site"),
    ("assets/a.svg", "nowhere.svg", "this link leads nowhere"),
    ("templates/a.html", "a.html", "this link leads nowhere"),
    ("assets/all", ".", "this link leads to a folder that is read already"),
    ("assets/all", "../content", "this link leads to a folder that is read already"),
    ("assets/all", "..", "this link leads to a folder that is read already"),
)


@pytest.mark.parametrize("row", LINKS)
def test_links_out_to_nowhere_and_in_a_loop_are_refused(
    make: Make, built: Built, tmp_path: Path, row: tuple[str, str, str]
) -> None:
    """In every folder of the site."""
    name, target, message = row
    site = make({"assets/door.svg": "<svg/>"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.svg").write_text("<svg/>", "utf-8")
    (site / name).symlink_to(target.format(out=tmp_path / "elsewhere"))
    assert said(built(site)) == [f"{name}:1:1: {message}"]


NAMES: tuple[tuple[str, str], ...] = (
    ("content/con/page.md", "content/con:1:1: 'con' cannot be an address"),
    ("content/AUX/page.md", "content/AUX:1:1: 'AUX' cannot be an address"),
    ("content/lpt1/page.md", "content/lpt1:1:1: 'lpt1' cannot be an address"),
    ("content/about./page.md", "content/about.:1:1: 'about.' cannot be an address"),
    ("content/.../page.md", ""),
    ("content/about /page.md", "content/about :1:1: 'about ' cannot be an address"),
    ("content/a:b/page.md", "content/a:b:1:1: 'a:b' cannot be an address"),
    ("content/a\\b/page.md", "content/a\\b:1:1: 'a\\b' cannot be an address"),
    ("content/a\nb/page.md", "content/a\nb:1:1: 'a\nb' cannot be an address"),
    ("content/index.html/page.md", "content/index.html:1:1: 'index.html' cannot be an address"),
    ("content/_headers/page.md", "content/_headers:1:1: '_headers' cannot be an address"),
    ("content/Assets/page.md", "content/Assets:1:1: the address /Assets/ is taken by the site's assets"),
    (f"content/{'a' * 255}/page.md", f"content/{'a' * 255}:1:1: this name is too long for an address"),
    (f"content/{'ä' * 60}/page.md", f"content/{'ä' * 60}:1:1: this name is too long for an address"),
    ("content/sections/10-..md", "content/sections/10-..md:1:1: '.' cannot be an address"),
    (f"assets/{'a' * 250}.css", f"assets/{'a' * 250}.css:1:1: this name is too long for an address"),
    ("assets/a?b.css", "assets/a?b.css:1:1: a browser cannot ask for this file by its name"),
)


@pytest.mark.parametrize(("name", "problem"), NAMES, ids=[name[:40] for name, _ in NAMES])
def test_names_that_no_host_can_publish_are_told(make: Make, built: Built, name: str, problem: str) -> None:
    """Devices of Windows, names that end with a dot or a space, that are too long, that the site needs itself."""
    assert said(built(make({name: "---\ntitle: A\n---\n"}))) == ([problem] if problem else [])


TWINS: tuple[tuple[str, str], ...] = (
    ("content/Visit/page.md", "content/visit/page.md"),
    ("content/caf\u00e9/page.md", "content/cafe\u0301/page.md"),
    ("content/cafe/page.md", "content/caf\u00e9/page.md"),
    ("content/stra\u00dfe/page.md", "content/strasse/page.md"),
    ("content/faq/10-caf\u00e9.md", "content/faq/20-cafe\u0301.md"),
    ("content/sections/10-Call.md", "content/sections/20-call.md"),
    ("assets/Door.svg", "assets/door.svg"),
)


@pytest.mark.parametrize("names", TWINS)
def test_names_that_are_one_elsewhere_are_both_told(make: Make, built: Built, names: tuple[str, str]) -> None:
    """A Mac or Windows keeps one of them in silence, and so would its web server."""
    site = make(dict.fromkeys(names, "---\ntitle: A\n---\n"))
    if len({os.stat(site / name).st_ino for name in names}) == 1:  # noqa: PTH116
        pytest.fail("this disk cannot hold both names: run the tests on one that tells case and accents apart")
    (problem,) = [each for each in said(built(site)) if "have the same address" in each]
    assert all(name in problem for name in names)
