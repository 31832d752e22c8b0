"""One file of content: bytes to text, text to front matter and body."""

from dataclasses import replace

import pytest

from generator.content import blank, decode, entries, split
from generator.model import Entry, SectionMatter
from generator.problems import Location, Problem, SiteError

BLANK = blank("a.md", "call", 10, SectionMatter)


def entry(text: str, *silent: str) -> tuple[Entry[SectionMatter], tuple[Problem, ...]]:
    """Return what a text makes of the blank entry."""
    (found,) = entries([(replace(BLANK, source=text), silent)])
    return found


def undecodable(data: bytes) -> Problem:
    """Return the one mistake in a file's bytes."""
    with pytest.raises(SiteError) as error:
        decode("a.md", data)
    (problem,) = error.value.problems
    return problem


# ---------------------------------------------------------------- bytes to text


DECODED = {
    b"": "",
    b"abc\n": "abc\n",
    b"\xef\xbb\xbfabc": "abc",
    b"a\r\nb\r\n": "a\nb\n",
    b"a\rb\r": "a\nb\n",
    b"a\r\rb\r\n\nc": "a\n\nb\n\nc",
    b"a\tb": "a\tb",
    "\u00e9\u65e5\N{GRINNING FACE}".encode(): "\u00e9\u65e5\N{GRINNING FACE}",
    "a\u00a0b\u2011c".encode(): "a\u00a0b\u2011c",
}


def test_bytes_become_text_with_plain_line_ends() -> None:
    """A mark at the start is dropped, each kind of line end is one line feed, everything else stays."""
    expected = DECODED
    assert expected == {text: decode("a.md", text) for text in DECODED}


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(codec: str) -> None:
    """A file saved as UTF-16 is told so, with what to do."""
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[codec]
    problem = undecodable(mark + "---\n".encode(codec))
    assert (Location("a.md"), "encoding") == (problem.location, problem.rule)
    assert "UTF-16" in problem.message
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("caf\u00e9".encode("latin-1"), 1, 4),
        (b"ab\ncaf\xe9 x", 2, 4),
        (b"a\r\nb\r\xe9", 3, 1),
        (b"\xef\xbb\xbfa\xe9", 1, 2),
        ("\u65e5\u672c".encode() + b"\x80", 1, 3),
        (b"ab\xf0\x9f\x98", 1, 3),
        (b"\xed\xa0\x80", 1, 1),
        (b"\xc0\xaf", 1, 1),
    ],
)
def test_a_byte_that_is_no_letter_has_its_place(data: bytes, line: int, column: int) -> None:
    """Of a file saved as Latin-1 the place of the first foreign letter is told, counted in characters."""
    problem = undecodable(data)
    assert (Location("a.md", line, column), "encoding") == (problem.location, problem.rule)
    assert "UTF-8" in problem.message
    assert "UTF-8" in problem.hint


UNSEEN = [
    *("\x00", "\x01", "\x08", "\x0b", "\x0c", "\x0e", "\x0f", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x85"),
    *("\x9f", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U00010a60", "\U00010a61"),
]


def test_what_no_page_can_show_is_refused() -> None:
    """Control characters, noncharacters and the marks of the engine are named at their place."""
    for character in UNSEEN:
        problem = undecodable(f"ab\n\u65e5{character}c".encode())
        assert (Location("a.md", 2, 2), "character") == (problem.location, problem.rule)
        assert f"U+{ord(character):04X}" in problem.message
        assert problem.hint


# ---------------------------------------------------------------- text to front matter and body


@pytest.mark.parametrize(
    ("text", "front", "body"),
    [
        ("---\ntitle: x\n---\nbody\n", "title: x", "body"),
        ("---\ntitle: x\n---", "title: x", ""),
        ("---\n---\nbody", "", "body"),
        ("--- \ntitle: x\n---\t\nbody", "title: x", "body"),
        ("---\ntitle: x\n---\na\n---\nb\n", "title: x", "a\n---\nb"),
        ("---\na: |\n  ---\n---\nb", "a: |\n  ---", "b"),
        ("---\ntitle: x\n----\ny: z\n---\nb", "title: x\n----\ny: z", "b"),
    ],
)
def test_front_matter_and_body_are_told_apart(text: str, front: str, body: str) -> None:
    """The first line of three dashes opens, the next closes; others below are the body's."""
    found, begin = split("a.md", text)
    assert (front, body) == (found.strip(), text[begin:].strip())


@pytest.mark.parametrize(
    "text",
    [
        "---\na: b\n---\n\nfirst\n",
        "---\na: b\nc: d\n\n\n---\n\n\nfirst\n\nlast\n",
        "---\n---\nfirst",
        "---\na: b\n---\nfirst",
    ],
)
def test_line_numbers_survive_front_matter(text: str) -> None:
    """Each line of both stands where it stands in the file."""
    front, begin = split("a.md", text)
    markdown = replace(BLANK, source=text, begin=begin, readable=True).markdown
    body, lines = markdown.split("\n"), text.split("\n")
    assert all(line in {"", lines[number]} for number, line in enumerate(front.split("\n")))
    assert all(line.strip() in {"", lines[number]} for number, line in enumerate(body))
    assert text.index("first") == len("\n".join(body[: body.index("first")])) + 1
    assert lines.index("first") == body.index("first")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "this file is empty", "begin it with three lines"),
        (" \n\t\n", "this file is empty", "begin it with three lines"),
        ("words\n", "does not begin with front matter", "begin it with three lines"),
        ("----\ntitle: x\n----\n", "does not begin with front matter", "begin it with three lines"),
        ("\n---\ntitle: x\n---\n", "does not begin with front matter", "take out what stands above the first '---'"),
        ("  ---\ntitle: x\n---\n", "does not begin with front matter", "take out what stands above the first '---'"),
        ("---\ntitle: x\n", "is never closed", "put a line '---' after it"),
        ("---", "is never closed", "put a line '---' after it"),
        ("---\ntitle: x\n ---\n", "is never closed", "put a line '---' after it"),
    ],
)
def test_front_matter_that_is_missing_late_or_open_is_told(text: str, message: str, hint: str) -> None:
    """The mistake stands at the start of the file, with what to do."""
    with pytest.raises(SiteError) as error:
        split("a.md", text)
    (problem,) = error.value.problems
    assert (Location("a.md"), "front-matter") == (problem.location, problem.rule)
    assert message in problem.message
    assert hint in problem.hint


# ---------------------------------------------------------------- entries


def test_an_entry_has_front_matter_and_prose() -> None:
    """Keys become the dataclass, the body HTML; path, slug and number stay."""
    found, problems = entry("---\ntitle: Call us\nnav: Call\n---\nA *word*.\n")
    assert not problems
    assert (found.path, found.slug, found.number) == ("a.md", "call", 10)
    assert found.matter.title.value == "Call us"
    assert found.matter.nav is not None
    assert found.body.html == "<p>A <em>word</em>.</p>"


def test_places_of_an_entry_are_those_of_its_file() -> None:
    """References count their lines from the start of the file, not of the body."""
    found, _ = entry("---\ntitle: x\n---\n\nCall {{ a.b }}\n")
    assert [Location("a.md", 5, 9)] == [reference.at for reference in found.body.references]
    assert Location("a.md", 2, 8) == found.matter.title.at


@pytest.mark.parametrize(
    ("front", "rule", "line"),
    [("title: x\nnva: y", "unknown-key", 3), ("nav: y", "missing-key", 2), ("title: x: y", "yaml", 2)],
)
def test_mistakes_in_front_matter_leave_the_body_readable(front: str, rule: str, line: int) -> None:
    """The mistake is told at its line, and the body is checked in the same run."""
    found, problems = entry(f"---\n{front}\n---\n{{{{ a.b }}}}\n")
    assert [(rule, line)] == [(problem.rule, problem.location.line) for problem in problems]
    assert [reference.name for reference in found.body.references] == ["a.b"]


def test_a_file_without_front_matter_gives_the_blank_entry() -> None:
    """So that the pages around it are checked in the same run."""
    given = replace(BLANK, source="words")
    ((found, problems),) = entries([(given, ())])
    assert found == given
    assert found.markdown == ""
    assert [problem.rule for problem in problems] == ["front-matter"]


def test_what_waits_for_an_answer_is_left_out_of_an_entry() -> None:
    """Blocks that refer to a silent fact are not in the body."""
    found, _ = entry("---\ntitle: x\n---\nA.\n\nB {{ q }}.\n", "q")
    assert found.body.html == "<p>A.</p>"
