"""Every recipe of EDITING.md, done on a copy of the clinic's site as it is written there."""

import base64
import re
import shlex
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import build as command
from generator.model import Build, Options
from generator.pipeline import build
from generator.problems import explain
from tests.conftest import GOOD

ROOT = GOOD.parent.parent.parent
GUIDE = (ROOT / "EDITING.md").read_text("utf-8")
TODAY = "2026-11-24"
PICTURE = base64.b64decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")


@pytest.fixture
def site(tmp_path: Path, site_copy: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the clinic's site."""
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return site_copy(tmp_path)


def recipe(title: str) -> str:
    """Return what stands below a heading, or below a bold line in the part for code hosts."""
    found = re.search(
        rf"^(?:#+ {re.escape(title)}|\*\*{re.escape(title)}\*\*)\n(.*?)(?=^#+ |^\*\*[^*]+\*\*$|\Z)",
        GUIDE,
        re.DOTALL | re.MULTILINE,
    )
    assert found, title
    return found[1]


def code(title: str, begin: str) -> str:
    """Return the words in backticks of a recipe that begin like this."""
    found: list[str] = re.findall(r"`([^`\n]+)`", recipe(title))
    return next(words for words in found if words.startswith(begin))


def block(title: str, begin: str = "") -> str:
    """Return the lines of a recipe that are to be written as they stand, or that begin like this."""
    found = re.search(rf"^( *)```\n( *{re.escape(begin)}.*?)^ *```", recipe(title), re.DOTALL | re.MULTILINE)
    assert found
    return re.sub(rf"^{found[1]}", "", found[2], flags=re.MULTILINE)


def run(words: str, site: Path) -> int:
    """Run a command of the guide on the copy."""
    program, script, *rest = shlex.split(words)
    assert (program, script) == (".venv/bin/python", "build.py")
    return command.main([*rest, "--source", str(site), "--today", TODAY])


def built(site: Path) -> Build:
    """Build the copy; it has no mistake."""
    made = build(site, Options(date.fromisoformat(TODAY)))
    assert [str(problem) for problem in made.errors] == []
    return made


def page(site: Path) -> str:
    """Return the home page."""
    return built(site).files["index.html"].decode()


def change(path: Path, old: str, new: str) -> None:
    """Replace some words of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_change_a_number(site: Path) -> None:
    """The number is changed in one place, and is the new one wherever it stood."""
    line = code("Change a number", "number: ")
    old = re.findall(r"number: ([\d-]+)", (site / "site.yaml").read_text("utf-8"))[0]
    before = built(site).files
    change(site / "site.yaml", f"number: {old}", line)
    for path, content in built(site).files.items():
        assert content.count(old.encode()) == 0
        assert content.count(line[8:].encode()) == before[path].count(old.encode())


def test_figures_go_together(site: Path) -> None:
    """What depends on a figure is told when it is changed alone."""
    assert code("Change a number", "hours_per_week") == "hours_per_week"
    change(site / "site.yaml", "hours_per_week: 9+", "hours_per_week: 12+")
    told = [problem.message for problem in build(site, Options(date.fromisoformat(TODAY))).errors]
    assert any("this rule does not hold" in message and "hours_per_day" in message for message in told)


def test_change_a_sentence(site: Path) -> None:
    """Words below the second line of dashes are on the page."""
    path = site / "content/page.md"
    path.write_text(path.read_text("utf-8") + "\nA new sentence.\n", "utf-8")
    assert "A new sentence." in page(site)


def test_add_a_question(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command makes a file; with the answer, and no draft any more, the question is on the page, at its place."""
    assert run(code("Add a question", ".venv"), site) == 0
    (made,) = (site / "content/faq").glob("*may-i-bring*")
    assert f"content/faq/{made.name}" in capsys.readouterr().out
    head = made.read_text("utf-8").split("---\n")[1]
    made.write_text(f"---\n{head}---\n\n{block('Add a question')}", "utf-8")
    assert "May I bring somebody?" not in page(site)
    change(made, re.findall(r"^draft:.*\n", head, re.MULTILINE)[0], "")
    assert re.search(r"May I bring somebody\?.*?Call us</a> and tell us who comes", page(site), re.DOTALL)
    last = page(site).index("May I bring")
    made.rename(made.with_name(re.sub(r"^\d+", "5", made.name)))
    assert page(site).index("May I bring") < last


def test_add_a_section(site: Path) -> None:
    """The command makes a file; the section is on the page, in its list, and others can link to it."""
    assert run(code("Add a section", ".venv"), site) == 0
    (made,) = (site / "content/sections").glob("*friends*")
    head = re.sub(
        r"^draft:.*", code("Add a section", "nav:"), made.read_text("utf-8").split("---\n")[1], flags=re.MULTILINE
    )
    made.write_text(f"---\n{head}---\n\nThey may call too.\n", "utf-8")
    link = code("Add a section", "[friends]")
    (site / "content/page.md").write_text((site / "content/page.md").read_text("utf-8") + f"\n{link}\n", "utf-8")
    address = re.findall(r"\((#.*)\)", link)[0]
    assert page(site).count(f'href="{address}"') == 2
    assert f'id="{address[1:]}"' in page(site)


def test_add_a_picture(site: Path) -> None:
    """The picture is on the page and among the files, with its words; without them it is a mistake."""
    name, words = code("Add a picture", "door"), code("Add a picture", "![")
    (site / "assets" / name).write_bytes(PICTURE)
    path = site / "content/page.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\n{words}\n", "utf-8")
    made = built(site)
    published = re.search(
        r'<img alt="A red door, half open" src="/(assets/door\.\w+\.jpg)"', made.files["index.html"].decode()
    )
    assert published
    assert made.files[published[1]] == PICTURE
    path.write_text(f"{text}\n{words.replace('A red door, half open', '')}\n", "utf-8")
    assert [each.rule for each in build(site, Options(date.fromisoformat(TODAY))).errors] == ["missing-alt"]


def test_keep_something_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft is not on the page, and is listed with its reason."""
    change(site / "content/faq/20-iop-and-rehab.md", "\n---\n", f"\n{code('Keep something back', 'draft: a')}\n---\n")
    title = re.findall(r"title: (.*)", (site / "content/faq/20-iop-and-rehab.md").read_text("utf-8"))[0].strip('"')
    assert title not in page(site)
    capsys.readouterr()
    assert run(code("Keep something back", ".venv"), site) == 0
    assert "a clinician signs it off" in capsys.readouterr().out


def test_publish_it_and_take_it_back(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The difference is told, the change is committed, and taken back by each of the ways."""

    def git(words: str) -> str:
        names = ["-c", "user.name=A", "-c", "user.email=a@b.org", "-c", "init.defaultBranch=main"]
        asked = ["git", "-C", str(site), *names, *shlex.split(words)[1:]]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout

    git("git init -q")
    git("git add -A")
    git("git commit -q -m First")
    path = site / "content/page.md"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\nSomething else.\n", "utf-8")
    capsys.readouterr()
    assert run(code("Publish it", ".venv"), site) == 0
    assert "Something else." in capsys.readouterr().out
    assert "content/page.md" in git(code("Take a change back", "git status"))
    for way in ("git checkout -- content", "git checkout -- ."):
        git(code("Take a change back", way))
        assert path.read_text("utf-8") == text
        path.write_text(f"{text}\nSomething else.\n", "utf-8")
    git(code("Publish it", "git add"))
    git(code("Publish it", "git commit"))
    git(code("Take a change back", "git revert"))
    assert path.read_text("utf-8") == text


def test_a_question_made_in_the_browser(site: Path) -> None:
    """The file that is written on a code host is whole."""
    title = "Add a question, a section or a picture"
    (site / "content/faq" / code(title, "30-")).write_text(block(title), "utf-8")
    assert "May I bring somebody?" in page(site)
    assert (site / code("Change a file", "content/faq/")).is_file()


TABLE = re.findall(r"^\| `(\{\{ [^`]*\}\})` \| (.*?) \|$", recipe("Facts in a sentence"), re.MULTILINE)


@pytest.mark.parametrize(("written", "shown"), [row for row in TABLE if not row[1].startswith(("the ", "its "))])
def test_facts_in_a_sentence(site: Path, written: str, shown: str) -> None:
    """Each form of a fact shows what the guide says."""
    path = site / "content/page.md"
    path.write_text(path.read_text("utf-8") + f"\nThe fact: {written}!\n", "utf-8")
    assert f"The fact: {shown}!" in page(site)


def test_the_table_of_facts_is_not_empty() -> None:
    """The rows above are read from the guide."""
    assert len(TABLE) >= 6


def test_a_figure_that_is_refused(site: Path) -> None:
    """The message of the guide is the one that is told, and its way out is one."""
    path = site / "content/sections/50-your-week.md"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"\{\{ programs\.iop\.length[^}]*\}\}", words := "ninety days", text, count=1), "utf-8")
    made = build(site, Options(date.fromisoformat(TODAY)))
    (problem,) = made.errors
    *lines, hint = block("A figure is refused").rstrip().split("\n")
    assert lines == explain(problem, made.sources).split("\n")[:-1]
    assert hint.startswith("    hint: ")
    assert problem.hint.startswith(hint[10:].removesuffix("..."))
    way_out = block("A figure is refused", "allow:").replace("30 days", words)
    change(path, "\n---\n", f"\n{way_out}---\n")
    built(site)


def test_figures_are_put_in_order(site: Path) -> None:
    """The command puts facts in the place of figures."""
    path = site / "content/page.md"
    path.write_text(path.read_text("utf-8") + "\nPlan on 90 or more days for the IOP.\n", "utf-8")
    assert run(code("A figure is refused", ".venv"), site) == 0
    assert "{{ programs.iop.length }}" in path.read_text("utf-8")


def test_a_page_that_moves(site: Path) -> None:
    """The older address leads to the page."""
    change(site / "content/leaflet/page.md", "\n---\n", "\n" + block("A page moves") + "---\n")
    assert b"/leaflet/" in built(site).files["old-address/index.html"]


@pytest.mark.parametrize("words", re.findall(r"`(\.venv/bin/python build\.py [^`]*)`", GUIDE))
def test_each_command_is_one(site: Path, words: str) -> None:
    """Each command that the guide names can be run."""
    from generator.commandline import read  # noqa: PLC0415 - beside the command that uses it

    args, _ = read(shlex.split(words)[2:])
    assert args.command in command.COMMANDS
    assert (site / "site.yaml").is_file()


@pytest.mark.parametrize("path", re.findall(r"\]\((?!#|http|door)([^)\s]+)\)", GUIDE))
def test_what_is_named_is_there(path: str) -> None:
    """Files that the guide links to exist."""
    assert (ROOT / path).exists() or path.startswith("{{")
