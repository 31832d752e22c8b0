"""What is still open: told once, to people and to programs, with all that waits for it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import waiting
from generator.model import Build
from tests.test_build import call

Make = Callable[[Mapping[str, str | bytes]], Path]
SITE = """\
site:
  name: Pool
  url: https://pool.example
facts:
  desk: {number: 561-555-0100, checked: 2026-01-01, review_every: 30 days}
  who: {ask: "Who *is* it?", owner: the director}
  answers:
    when: {ask: "When?"}
    spare: {ask: "Why?"}
"""
OPEN = {
    "site.yaml": SITE,
    "content/page.md": "---\ntitle: Home\nlead: >\n  Come to {{ who }}\n  or call {{ desk }}.\n---\n\nHello.\n",
    "content/sections/10-a.md": (
        "---\ntitle: First\nnav: '{{ answers.when }}'\n---\n\n"
        'A paragraph\nwith **{{ who }}** and [{{ desk }}]({{ desk.tel }}) or "{{ who.owner }}".\n\n'
        "1. One\n2. Two {{ answers.when }}\n   and on: {{ who }}\n\n"
        "| a | b |\n| --- | --- |\n| {{ who }} | b |\n\n"
        "A term\n:   It is {{ answers.when }}.\n\n## At {{ answers.when }}\n\nBelow.\n"
    ),
    "content/sections/20-b.md": "---\ntitle: Second\n---\n\nIt is {{ answers.when }}.\n",
    "content/faq/10-c.md": "---\ntitle: Is it {{ who }}?\n---\n\nYes, {{ who }}.\n",
    "content/faq/20-d.md": "---\ntitle: Is it {{ desk }}?\ndraft: the board agrees\n---\n\nNo.\n",
    "content/more/page.md": "---\ntitle: More\ndraft: true\n---\n\nIn short.\n",
    "content/more/sections/10-e.md": "---\ntitle: Last\n---\n\nHi.\n\nSoon: {{ who }}\n",
    "templates/page.html": (
        "<title>{{ page.title }}</title>{{ page.body }}{% if answers.when %}{{ answers.when }}{% endif %}"
        "{% for each in page.sections %}<p id={{ each.slug }}>{{ each.body }}{% endfor %}"
        "{% for each in page.faq %}<p id={{ each.slug }}>{{ each.body }}{% endfor %}"
    ),
}
LETTER = """\
Pool: what is still open on 2026-03-01

3 questions to answer

1. Who *is* it? (the director)
   Left out until this is answered:
   - the page "Home": Come to ____ or call 561-555-0100.
   - the section "First": A paragraph with ____ and 561-555-0100 or \u201cthe director\u201d.
   - the section "First": Two ____ and on: ____
   - the section "First": ____ | b
   - the question "Is it ____?", all of it
   - the section "Last" of the page /more/: Soon: ____
   The answer belongs in site.yaml, line 6: who

2. When?
   Left out until this is answered:
   - the section "First": ____
   - the section "First": Two ____ and on: ____
   - the section "First": It is ____.
   - the section "First": At ____, and all that stands below it
   - the section "Second", all of it: It is ____.
   - what templates/page.html says of it
   The answer belongs in site.yaml, line 8: answers.when

3. Why?
   The answer belongs in site.yaml, line 9: answers.spare

2 drafts, not published yet

- the question "Is it 561-555-0100?": the board agrees (content/faq/20-d.md)
- the page "More" (content/more/page.md)

The site's address on the web

- 'https://pool.example' is a placeholder, not the site's real address (site.yaml, line 3)

To look at again

- desk was to be checked again on 2026-01-31, 29 days ago (site.yaml, line 5): look it up; if it still holds, write in \
this line: checked: 2026-03-01
"""


@pytest.fixture
def made(make: Make, built: Callable[..., Build]) -> Build:
    """A site that waits for much."""
    return built(make(OPEN))


def test_the_letter(made: Build) -> None:
    """Each question with its sentences as they would be read, then drafts, the address, and what is due."""
    assert waiting.as_text(made) == LETTER.rstrip("\n")


def test_in_short(made: Build) -> None:
    """The last line of a build counts the same things."""
    assert waiting.in_short(made) == "3 facts, 2 drafts, the site's address, 1 to look at again"


def test_nothing_is_open(make: Make, built: Callable[..., Build]) -> None:
    """Where nothing is open, one line says so, and a build says nothing of it."""
    made = built(make({}))
    assert waiting.as_text(made) == "Small: nothing is open on 2026-03-01"
    assert waiting.in_short(made) == ""
    assert waiting.as_json(made) == {"facts": [], "drafts": [], "address": [], "review": []}


def test_what_is_left_out_is_on_no_page(made: Build) -> None:
    """What the letter says of a sentence holds of the pages."""
    page = made.files["index.html"].decode()
    assert [word for word in ("paragraph", "Two", "It is", "Below", "____") if word in page] == []
    assert "One" in page


def test_the_command(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """With --open, check prints the letter, no warning that is in it, and fails for errors only."""
    words = ("check", "--open", "--today", "2026-03-01", "--source", make(OPEN))
    status, out, err = call(capsys, *words)
    assert (status, out) == (0, LETTER)
    assert [line for line in err.splitlines() if "warning" in line] == [
        "site.yaml:9:18: warning: the fact 'answers.spare' is used nowhere"
    ]
    assert call(capsys, *words, "--strict")[0] == 1
    late = call(capsys, *words[:3], "2026-03-02", *words[4:])
    assert (late[0], "site.yaml:5:41: error: desk was to be checked" in late[2]) == (1, True)


def test_the_command_for_programs(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json it is all in one object, beside the problems."""
    words = ("check", "--open", "--format", "json", "--today", "2026-03-01", "--source", make(OPEN))
    status, out, err = call(capsys, *words)
    found = json.loads(out)
    assert (status, err, list(found)) == (0, "", ["problems", "open"])
    assert [fact["name"] for fact in found["open"]["facts"]] == ["who", "answers.when", "answers.spare"]
    assert found["open"]["facts"][0]["question"] == "Who *is* it?"
    assert found["open"]["facts"][0]["needed"][0] == {
        "path": "content/page.md",
        "line": 4,
        "column": 14,
        "where": 'the page "Home"',
        "text": "Come to ____ or call 561-555-0100.",
    }
    assert found["open"]["drafts"][0]["reason"] == "the board agrees"
    assert [problem["rule"] for problem in found["open"]["address"]] == ["placeholder-url"]
    assert [problem["line"] for problem in found["open"]["review"]] == [5]


def test_a_site_that_cannot_be_shown(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """What can be told is told, and the mistakes with it."""
    site = make({**OPEN, "templates/page.html": "{{ page.title", "content/more/page.md": "no front matter"})
    status, out, err = call(capsys, "check", "--open", "--today", "2026-03-01", "--source", site)
    assert status == 1
    assert "1. Who *is* it? (the director)" in out
    assert err.count(" error: ") >= 2
    (site / "site.yaml").write_text("site: [", "utf-8")
    status, out, _ = call(capsys, "check", "--open", "--source", site)
    assert (status, out.split(" on ")[0]) == (1, "what is still open")
