"""The command line, run as people and machines run it."""

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import build
from generator import policy
from generator.write import turn

ROOT = Path(__file__).parent.parent
Make = Callable[[Mapping[str, str | bytes]], Path]
MISTAKE = {"content/page.md": "---\ntitle: Home\n---\n\n[Away](away/)\n"}


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run build.py in a process of its own."""
    command = [sys.executable, str(ROOT / "build.py"), *map(str, words)]
    plain = {key: value for key, value in os.environ.items() if key != "SITE_URL"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**plain, **environment}, timeout=30
    )


def call(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Run build.py in this process: its status, output and errors."""
    try:
        status = build.main([str(word) for word in words])
    except SystemExit as end:
        status = int(end.code or 0)
    return (status, *capsys.readouterr())


@pytest.fixture(autouse=True)
def _no_address_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)


def page_in(out: Path) -> str:
    """Return the home page that was written, but for its policy."""
    return policy.without((out / "index.html").read_text("utf-8"))


def test_build_is_the_command_without_words(make: Make) -> None:
    """Without a command the site is built into dist, and one line says what was done."""
    site = make({})
    done = run("--source", site)
    assert (done.returncode, done.stderr) == (0, "")
    assert page_in(site / "dist") == "<title>Home</title>"
    assert done.stdout.startswith("dist: 6 files, 6 changed, ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("words", [("build",), ("--quiet", "build"), ("build", "--quiet"), ("--quiet",)])
def test_options_stand_anywhere(make: Make, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """Options stand before or after the command, or without one."""
    site = make({})
    assert call(capsys, *words, "--source", site, "--out", site / "public")[0] == 0
    assert (site / "public/index.html").is_file()


def test_check_writes_nothing(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Checking leaves the folder as it is."""
    site = make({})
    before = sorted(site.rglob("*"))
    assert call(capsys, "check", "--source", site) == (0, "0 errors, 0 warnings\n", "")
    assert sorted(site.rglob("*")) == before


def test_mistakes_for_people(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake is told on standard error with its place, its line and a hint; the status is 1."""
    status, out, err = call(capsys, "check", "--quiet", "--source", make(MISTAKE))
    assert (status, out) == (1, "")
    assert err.splitlines() == [
        "content/page.md:5:8: error: the link 'away/' leads to no page of this site",
        "    5 | [Away](away/)",
        "               ^",
        "    hint: a page is linked by its address, such as /leaflet/",
    ]


def test_mistakes_for_machines(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json standard output is JSON and nothing else."""
    status, out, err = call(capsys, "check", "--format", "json", "--source", make(MISTAKE))
    assert (status, err) == (1, "")
    assert json.loads(out) == {
        "problems": [
            {
                "path": "content/page.md",
                "line": 5,
                "column": 8,
                "severity": "error",
                "rule": "broken-link",
                "message": "the link 'away/' leads to no page of this site",
                "hint": "a page is linked by its address, such as /leaflet/",
            }
        ]
    }


def test_no_mistakes_for_machines(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """Without problems the list is empty."""
    status, out, _ = call(capsys, "check", "--format=json", "--source", make({}))
    assert (status, json.loads(out)) == (0, {"problems": []})


def test_nothing_is_written_while_there_is_an_error(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A failed build leaves the last good one bit for bit."""
    site = make({"content/more/page.md": "---\ntitle: More\n---\n"})
    assert call(capsys, "--source", site)[0] == 0
    before = {path: path.read_bytes() for path in sorted(site.rglob("dist*/**/*")) if path.is_file()}
    make(MISTAKE)
    (site / "content/more/page.md").unlink()
    assert call(capsys, "--source", site)[0] == 1
    assert {path: path.read_bytes() for path in sorted(site.rglob("dist*/**/*")) if path.is_file()} == before


def test_a_warning_fails_only_when_strict(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning is told and lets the build pass, unless --strict."""
    site = make({"site.yaml": "site:\n  name: Small\n  url: https://small.example\n"})
    assert call(capsys, "check", "--source", site)[0] == 0
    assert call(capsys, "check", "--strict", "--source", site)[0] == 1
    assert call(capsys, "build", "--strict", "--source", site)[0] == 1
    assert not (site / "dist").exists()


def test_the_address_from_outside(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--base-url comes before SITE_URL, which comes before site.yaml."""
    page = {"templates/page.html": "{{ page.url }} {{ page.path }}"}
    site = make({"site.yaml": "site:\n  name: Small\n  url: https://small.example\n", **page})
    out = site / "dist"
    call(capsys, "--source", site)
    assert page_in(out) == "https://small.example/ /"
    monkeypatch.setenv("SITE_URL", "https://env.org/")
    assert call(capsys, "--strict", "--source", site)[0] == 0
    assert page_in(out) == "https://env.org/ /"
    assert call(capsys, "--strict", "--source", site, "--base-url", "https://flag.org/repo")[0] == 0
    assert page_in(out) == "https://flag.org/repo/ /repo/"


@pytest.mark.parametrize(
    "words",
    [
        ("rubbish",),
        ("--rubbish",),
        ("check", "--compress"),
        ("check", "--format", "xml"),
        ("--today", "yesterday"),
        ("--today", "2026-02-30"),
        ("--base-url", "clinic"),
        ("--out", "{site}"),
        ("--out", "{site}/content"),
        ("--out", "{site}/content/dist"),
        ("--out", "/"),
        ("--out", "{site}/site.yaml"),
        ("--source", "{site}/content"),
    ],
)
def test_wrong_calls(make: Make, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """A wrong call has status 2, says why, and writes nothing."""
    site = make({})
    before = sorted(site.rglob("*"))
    filled = [word.format(site=site) for word in words]
    status, _, err = call(capsys, "--source", site, *filled)
    assert status == 2
    assert "error: " in err
    assert sorted(site.rglob("*")) == before


def test_a_disk_that_fails(make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """When the disk takes nothing the status is 3, and one line says which file and why."""
    site = make({})

    def full(path: Path, _: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    status, out, err = call(capsys, "--source", site)
    assert (status, out) == (3, "")
    assert err.startswith("error: ")
    assert err.endswith("No space left on device\n")


def test_another_build_at_work(make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Who waited in vain is told so, with status 3, and has changed nothing."""
    site = make({})
    monkeypatch.setattr("generator.lock.WAIT", 0)
    with turn(site / "dist", site):
        status, out, err = call(capsys, "--source", site)
    assert (status, out) == (3, "")
    assert err.startswith(f"error: {site / 'dist'}: busy: another build has been at work here")
    assert not list(site.glob("dist*"))


def test_the_site_is_read_when_it_is_its_turn(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a build that waited never puts older pages over those of the build that it waited for."""
    site = make({})
    other = contextlib.ExitStack()
    other.enter_context(turn(site / "dist", site))

    def sleep(_: float) -> None:
        make({"content/page.md": "---\ntitle: Newer\n---\n"})
        other.close()

    monkeypatch.setattr("time.sleep", sleep)
    assert build.main(["--source", str(site)]) == 0
    assert page_in(site / "dist") == "<title>Newer</title>"


def test_drafts_are_built_only_when_asked_for(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft is left out, and shown with --drafts."""
    draft = {"content/later/page.md": "---\ntitle: Later\ndraft: the council agrees\n---\n"}
    site = make(draft)
    call(capsys, "--source", site)
    assert not (site / "dist/later").exists()
    call(capsys, "--source", site, "--drafts")
    assert (site / "dist/later/index.html").is_file()
    call(capsys, "--source", site)
    assert not (site / "dist/later").exists()


def test_small_copies_stand_beside_files_when_asked_for(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """With --compress each text that gets smaller has its copies; the next build without it takes them away."""
    site = make({"templates/page.html": "<p>Call us.</p>" * 50})
    assert call(capsys, "--compress", "--source", site)[0] == 0
    assert {"index.html.br", "index.html.gz"} < {path.name for path in (site / "dist").iterdir()}
    assert call(capsys, "--source", site)[0] == 0
    assert [path.name for path in (site / "dist").iterdir() if path.suffix in {".br", ".gz"}] == []


def test_problems_on_the_changed_files(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """For GitHub a problem is a command whose path counts from the top of the repository; the summary is appended."""
    site, steps = make(MISTAKE), tmp_path / "summary.md"
    (tmp_path / ".git").mkdir()
    steps.write_text("What was there.\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(steps))
    status, out, err = call(capsys, "check", "--format", "github", "--source", site)
    assert (status, err) == (1, "")
    where = "::error file=site/content/page.md,line=5,col=8,title=broken link::"
    what = "the link 'away/' leads to no page of this site%0Ahint: a page is linked by its address, such as /leaflet/"
    assert out.splitlines() == [f"{where}{what}%0Aat site/content/page.md:5:8", "1 error, 0 warnings"]
    assert steps.read_text("utf-8").startswith("What was there.\n### 1 error, 0 warnings\n\n| where |")
    assert call(capsys, "check", "--format", "github", "--open", "--source", site)[0] == 2


def test_the_last_line_says_what_is_open(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """A build ends with the number of questions, of drafts, and the address that is missing, in the one line."""
    facts = "facts:\n  who: {ask: Who}\n  a: {ask: Which}\n"
    page = {"content/page.md": "---\ntitle: Home\n---\n\n{{ who }}\n\n{{ a }}\n"}
    site = make({"site.yaml": f"site:\n  name: S\n  url: https://s.example\n{facts}", **page})
    _, out, _ = call(capsys, "--source", site)
    assert out.endswith(" ms; 0 errors, 1 warning; still open: 2 facts, the site's address (build.py check --open)\n")
    assert out.count("\n") == 1
    make({"content/later/page.md": "---\ntitle: Later\ndraft: true\n---\n"})
    assert call(capsys, "--source", site)[1].endswith(
        " ms; 0 errors, 0 warnings; still open: 1 draft (build.py check --open)\n"
    )


def test_no_traceback_without_the_libraries() -> None:
    """Run by a Python that has nothing installed, build.py says what to do."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", str(ROOT / "build.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "make" in done.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_always_the_same(name: str) -> None:
    """Each package has one exact version, with hashes, and comes from wherever the installer is told to look."""
    packages = re.sub(r" \\\n", "", (ROOT / name).read_text("utf-8")).strip().split("\n")
    pinned = r"[\w.-]+==[\w.]+(?: ; [^#]+?)?(?: +--hash=sha256:[0-9a-f]{64})+"
    assert [line[:60] for line in packages if not re.fullmatch(pinned, line)] == []


def test_what_cannot_be_told_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process ends at once, with its status; with 3 where its last words find no place."""
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    build.leave(1)
    with contextlib.suppress(OSError), Path("/dev/full").open("w") as full:
        full.write("words")
        monkeypatch.setattr(sys, "stdout", full)
        build.leave(0)
        monkeypatch.undo()
    assert ended == [1, 3]
