"""What a change means: two builds compared as visitors see them."""

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.diff import NOTHING, as_markdown, as_text, difference
from generator.model import Build, Options
from generator.pipeline import build
from tests.conftest import GOOD, TODAY
from tests.test_build import call
from tests.test_site import ROOT


@pytest.fixture
def clinic(tmp_path: Path, site_copy: Callable[[Path], Path]) -> Path:
    """A copy of the clinic's site."""
    return site_copy(tmp_path)


@functools.cache
def today() -> Build:
    """Return the clinic's site as it is, built once."""
    return build(ROOT, Options(TODAY))


def changed(root: Path, changes: Mapping[str, tuple[str, str]]) -> Build:
    """Change texts in the files of a site, and return it built."""
    for name, (old, new) in changes.items():
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")
    return build(root, Options(TODAY))


def test_nothing_differs(clinic: Path) -> None:
    """Two equal sites have no difference, and say so."""
    found = difference(today(), build(clinic, Options(TODAY)))
    assert not found
    assert (as_text(found), as_markdown(found)) == (NOTHING, "Visitors see no difference.")


def test_a_changed_phone(clinic: Path) -> None:
    """The fact is told with its places and pages, as many as the output has; each page with its lines."""
    before = today()
    after = changed(clinic, {"site.yaml": ("561-899-6088", "561-555-0142")})
    found = difference(before, after)
    counts = [page.decode().count("561-555-0142") for page in after.files.values()]
    line = as_text(found).splitlines()[0]
    pages = "/, /404.html, /leaflet/; JSON-LD"
    seen = f"{sum(counts)} places on {sum(map(bool, counts))} pages ({pages})"
    assert line == f"phones.consultation: {seen}: '561-899-6088' is now '561-555-0142'"
    assert [page.address for page in found.pages] == ["/", "/404.html", "/leaflet/"]
    assert {
        "- 561-899-6088",
        "+ 561-555-0142",
        "- Free and confidential consultation 561-899-6088",
        "+ Free and confidential consultation 561-555-0142",
        "- link: 561-899-6088 -> tel:+15618996088",
        "+ link: 561-555-0142 -> tel:+15615550142",
    } == set(found.pages[1].lines)


@pytest.mark.parametrize(
    ("name", "old", "new", "lines"),
    [
        ("content/sections/90-join.md", "Are you ready", "Are you willing", ("- Are you ready", "+ Are you willing")),
        ("content/sections/90-join.md", "(leaflet/)", "(#call)",
         ("- link: print our leaflet -> leaflet/", "+ link: print our leaflet -> #call")),
        ("content/page.md", "description: Intensive", "description: The intensive",
         ("+ The intensive outpatient program - Inspire",)),
        ("templates/frame/panel.html", '<p class="site">', '<p class="sites">', ()),
        ("assets/site.css", "body", "html body", ("assets/site.css: changed",)),
        ("site.yaml", "label: Emergency services", "label: Emergency",
         ("crisis.emergency.label: 1 place on 1 page (/leaflet/)",)),
        ("site.yaml", "2026-11-23", "2026-11-24",
         ("crisis.emergency.checked: seen on no page: '2026-11-23' is now '2026-11-24'",)),
    ],
)  # fmt: skip
def test_what_is_told(clinic: Path, name: str, old: str, new: str, lines: tuple[str, ...]) -> None:
    """Texts, links and descriptions are told; markup and style are not."""
    text = as_text(difference(today(), changed(clinic, {name: (old, new)})))
    assert [line for line in lines if line.strip(": ") not in text] == []
    assert lines or text == NOTHING


def test_facts_that_come_and_go(clinic: Path) -> None:
    """A fact that is new or gone is told as that."""
    before = today()
    after = changed(
        clinic,
        {
            "site.yaml": ("  terms:\n    twelve_step:", "  more:\n    steps:"),
            "content/faq/20-iop-and-rehab.md": ("terms.twelve_step", "more.steps"),
        },
    )
    assert as_text(difference(before, after)).splitlines() == [
        "more.steps: 1 place on 1 page (/): new, '12-step support groups'",
        "terms.twelve_step: 1 place on 1 page (/): gone, it was '12-step support groups'",
    ]


def test_an_answer_brings_what_waited_for_it(copy: Path) -> None:
    """A title, a heading and all below them appear with the fact, as new lines of their page."""
    questions = copy / "content/faq/10-cost.md"
    text = questions.read_text("utf-8").replace("does it cost?", "of the ramp, {{ answers.ramp }}?")
    questions.write_text(text, "utf-8")
    before = build(copy, Options(TODAY))
    after = changed(copy, {"site.yaml": ('{ask: "Is there a ramp at the back door?"}', "a steep one")})
    found = difference(before, after)
    assert [(each.name, each.places) for each in found.facts] == [("answers.ramp", 3)]
    (page,) = found.pages
    assert '+ What of the ramp, a steep one? "211"' in page.lines
    assert "+ Fees" in page.lines


def test_pages_that_come_and_go(copy: Path) -> None:
    """A page that is new or gone is told with all that it says; so is a picture."""
    before = build(GOOD, Options(TODAY))
    (copy / "content/visit/parking/page.md").rename(copy / "content/visit/page-of-parking.txt")
    (copy / "content/visit/page-of-parking.txt").unlink()
    (copy / "content/visit/page.md").write_text("---\ntitle: Your visit\n---\n\n![A door](door.svg)\n", "utf-8")
    (copy / "content/news").mkdir()
    (copy / "content/news/page.md").write_text("---\ntitle: News\n---\n", "utf-8")
    (copy / "assets/door.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    text = as_text(difference(before, build(copy, Options(TODAY))))
    assert "\n/news/ (a new page)\n" in text
    assert "\n/visit/parking/ (the page is gone)\n" in text
    assert text.endswith("assets/door.svg: changed")


def test_json_ld_is_told(copy: Path) -> None:
    """A number in JSON-LD is one of the places, and the line of data that changed is shown."""
    before = build(GOOD, Options(TODAY))
    text = as_text(difference(before, changed(copy, {"site.yaml": ("(555) 555-0100", "(555) 555-0111")})))
    assert "; JSON-LD): '(555) 555-0100' is now '(555) 555-0111'" in text.splitlines()[0]
    assert '+ JSON-LD: {"days": 21, "name": "Rivertown Library", "telephone": "555-555-0111"}' in text


def test_markdown_for_a_pull_request(clinic: Path) -> None:
    """The comment has a line for each fact and a block for each page, which no text can end."""
    after = changed(
        clinic,
        {
            "site.yaml": ("561-899-6088", "561-555-0142"),
            "content/sections/90-join.md": ("Are you", "Are <b>&lt;</b> ``` you"),
        },
    )
    text = as_markdown(difference(today(), after))
    assert re.match(r"## What visitors will see differently\n\n- phones\.consultation: \d+ places on 3 pages \(", text)
    assert "\n### `/leaflet/`\n\n```diff\n- " in text
    assert text.count("````diff") == 1


# ---------------------------------------------------------------- the command


def git(folder: Path, *words: str) -> None:
    """Run git as somebody."""
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    subprocess.run(
        [shutil.which("git") or "git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **who}
    )


@pytest.fixture
def repository(copy: Path) -> Path:
    """The good site in a folder of a repository, committed and tagged."""
    git(copy.parent, "init", "-q")
    git(copy.parent, "add", ".")
    git(copy.parent, "commit", "-qm", "one")
    git(copy.parent, "tag", "v1")
    return copy


def test_uncommitted_changes_are_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a revision the last commit is compared with the folder as it is, new files included."""
    before = sorted(repository.rglob("*"))
    assert (0, f"{NOTHING}\n", "") == call(capsys, "diff", "--source", repository)
    assert before == sorted(repository.rglob("*"))
    changed(repository, {"site.yaml": ("(555) 555-0100", "(555) 555-0111")})
    (repository / "content/faq/30-cats.md").write_text("---\ntitle: And cats?\n---\n", "utf-8")
    status, out, err = call(capsys, "diff", "--source", repository)
    assert (status, err) == (0, "")
    assert out.startswith("phones.desk: ")
    assert "+ And cats?" in out


def test_another_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any name that git knows will do."""
    changed(repository, {"site.yaml": ("(555) 555-0100", "(555) 555-0111")})
    git(repository, "commit", "-qam", "two")
    assert f"{NOTHING}\n" == call(capsys, "diff", "--source", repository)[1]
    for name in ("v1", "HEAD~1"):
        assert call(capsys, "diff", name, "--source", repository)[1].startswith("phones.desk: ")
    markdown = call(capsys, "diff", "v1", "--format", "markdown", "--source", repository)
    assert markdown[1].startswith("## What visitors will see differently")


@pytest.mark.parametrize("name", ["no-such-branch", "--output=x", "HEAD:site", ""])
def test_a_revision_that_is_not_there(repository: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Status 2, and the name is said."""
    status, out, err = call(capsys, "diff", "--source", repository, *(["--", name] if name[:1] == "-" else [name]))
    assert (status, out) == (2, "")
    assert "error: " in err


def test_without_git(copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a repository, or where git is not installed, the status is 2."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(copy.parent))
    assert call(capsys, "diff", "--source", copy)[0] == 2
    monkeypatch.setenv("PATH", "")
    status, _, err = call(capsys, "diff", "--source", copy)
    assert (status, "git is not installed" in err) == (2, True)


def test_a_revision_without_a_site(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision from before the site says so."""
    git(repository, "checkout", "-q", "--orphan", "empty")
    git(repository.parent, "rm", "-rqf", "--cached", ".")
    git(repository.parent, "commit", "-qm", "empty", "--allow-empty")
    status, _, err = call(capsys, "diff", "empty", "--source", repository)
    assert (status, "there is no site.yaml in revision 'empty'" in err) == (2, True)


def test_a_site_that_cannot_be_shown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mistakes that leave nothing to show are told, with status 1."""
    changed(repository, {"templates/base.html": ("{% block body %}", "{% blok body %}")})
    status, out, err = call(capsys, "diff", "--source", repository)
    assert (status, out) == (1, "")
    assert "templates/base.html:13:" in err
    assert "the site cannot be shown as it is in the folder" in err
