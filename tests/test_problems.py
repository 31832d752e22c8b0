"""Places, sentences, hints and excerpts."""

import unicodedata

import pytest

from generator.problems import EXCERPT_WIDTH, Location, Problem, SiteError, did_you_mean, explain, locate, nearest

GUTTER = "    3 | "


def drawn(line: str, column: int) -> list[str]:
    """Return the excerpt of a problem in the third line of a file."""
    problem = Problem(Location("a.md", 3, column), "rule", "wrong")
    return explain(problem, {"a.md": f"one\ntwo\n{line}\nfour"}).split("\n")[1:]


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text if not unicodedata.combining(ch))


def test_a_location_reads_as_editors_open_it() -> None:
    """A place is printed as path, line and column with colons."""
    expected = "content/page.md:7:35"
    assert expected == str(Location("content/page.md", 7, 35))


def test_a_location_without_numbers_is_the_start_of_the_file() -> None:
    """A problem about a whole file stands at 1:1."""
    expected = "site.yaml:1:1"
    assert expected == str(Location("site.yaml"))


INDEXES = [
    ("ab\ncd", 0, 1, 1),
    ("ab\ncd", 1, 1, 2),
    ("ab\ncd", 2, 1, 3),
    ("ab\ncd", 3, 2, 1),
    ("ab\ncd", 5, 2, 3),
    ("\n\n\nx", 3, 4, 1),
    ("", 0, 1, 1),
    ("\N{GRINNING FACE}x", 1, 1, 2),
    ("e\u0301x", 2, 1, 3),
    ("a\tb", 2, 1, 3),
    ("a\u2028b", 2, 1, 3),
]
"""A text, an index, its line and its column."""


def test_an_index_becomes_a_line_and_a_column() -> None:
    """Lines and columns count from 1, in characters; only a line feed ends a line."""
    expected = [Location("a", line, column) for _, _, line, column in INDEXES]
    assert expected == [locate("a", text, index) for text, index, _, _ in INDEXES]


def test_problems_sort_by_place() -> None:
    """Problems come in the order of files, lines and columns, as numbers and not as text."""
    places = [Location("a", 2, 9), Location("a", 2, 10), Location("a", 10, 1), Location("b", 1, 1)]
    expected = [Problem(at, "rule", "wrong") for at in places]
    assert expected == sorted([expected[2], expected[1], expected[3], expected[0]])


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_the_first_line_names_place_severity_and_mistake(severity: str) -> None:
    """The first line for people is path:line:column, the severity, the sentence."""
    problem = Problem(Location("a.md", 3, 5), "rule", "this is wrong", "mend it")
    if severity == "warning":
        problem = Problem(Location("a.md", 3, 5), "rule", "this is wrong", "mend it", "warning")
    assert f"a.md:3:5: {severity}: this is wrong" == str(problem)


def test_a_site_error_carries_its_problems() -> None:
    """The exception holds every problem and reads like them."""
    problems = Problem(Location("a"), "r", "one"), Problem(Location("b"), "r", "two")
    error = SiteError(*problems)
    assert problems == error.problems
    assert "a:1:1: error: one\nb:1:1: error: two" in str(error)


def test_a_problem_is_explained_with_its_line_a_caret_and_a_hint() -> None:
    """What people read: the first line, the source line, a caret below the place, the hint."""
    problem = Problem(Location("p.md", 2, 12), "rule", "there is no fact 'a.lenght'", "did you mean a.length?")
    expected = (
        "p.md:2:12: error: there is no fact 'a.lenght'\n"
        "    2 | Plan on {{ a.lenght }} or more.\n"
        "                   ^\n"
        "    hint: did you mean a.length?"
    )
    assert expected == explain(problem, {"p.md": "Title\nPlan on {{ a.lenght }} or more.\n"})


def test_without_a_hint_none_is_shown() -> None:
    """A problem that needs no hint ends with its excerpt."""
    assert "hint" not in explain(Problem(Location("p.md"), "rule", "wrong"), {"p.md": "x"})


@pytest.mark.parametrize("sources", [{}, {"p.md": ""}, {"p.md": "a\n\nb"}, {"p.md": "a\n \t \nb"}, {"p.md": "a"}])
def test_without_a_line_to_show_there_is_no_excerpt(sources: dict[str, str]) -> None:
    """Of an unknown file, a missing line or an empty one no excerpt is drawn."""
    expected = "p.md:2:1: error: wrong"
    assert expected == explain(Problem(Location("p.md", 2, 1), "rule", "wrong"), sources)


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [
        ("abc", 1, 0),
        ("abc", 3, 2),
        ("abc", 4, 3),
        ("\u65e5\u672cX", 3, 4),
        ("\uff21X", 2, 2),
        ("\N{GRINNING FACE}X", 2, 2),
        ("e\u0301X", 3, 1),
        ("\tX", 2, 1),
        ("\t\tab\tX", 6, 5),
    ],
)
def test_the_caret_stands_below_the_place(line: str, column: int, before: int) -> None:
    """Wide letters take two cells, accents of their own none, tabs one."""
    assert [GUTTER + line.replace("\t", " "), " " * (len(GUTTER) + before) + "^"] == drawn(line, column)


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x9b", "\u200b", "\u202e", "\ufffe"])
def test_what_cannot_be_seen_has_a_sign(character: str) -> None:
    """Nothing in a file rings a bell, moves the cursor or turns a line round; the caret stands below the sign."""
    assert [f"{GUTTER}a\ufffdb", " " * (len(GUTTER) + 1) + "^"] == drawn(f"a{character}b", 2)


@pytest.mark.parametrize("filler", [".", "\u65e5"])
def test_of_a_long_line_the_part_around_the_place_is_shown(filler: str) -> None:
    """A line of 300 letters is cut to 100, with the place in it and the caret below that."""
    for column in (1, 49, 50, 51, 52, 99, 100, 101, 150, 299, 300):
        shown, caret = drawn(filler * (column - 1) + "X" + filler * (300 - column), column)
        assert len(shown) <= len(GUTTER) + EXCERPT_WIDTH
        assert cells(shown[: shown.index("X")]) == caret.index("^")


def test_a_caret_after_the_end_of_a_long_line_is_shown() -> None:
    """A place just behind the last letter is below the end of what is shown."""
    shown, caret = drawn("." * 300, 301)
    assert len(shown) == caret.index("^")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("lenght", ["label", "length"], "did you mean length?"),
        ("TITEL", ["title", "nav"], "did you mean title?"),
        ("phones.consultaton", ["phones.consultation", "phones.help"], "did you mean phones.consultation?"),
        ("title", ["Title"], "did you mean Title?"),
        ("xyz", ["title"], "otherwise"),
        ("", ["title"], "otherwise"),
        ("title", [], "otherwise"),
    ],
)
def test_a_hint_names_what_was_probably_meant(word: str, known: list[str], expected: str) -> None:
    """A near name is proposed as it is written, however its letters are cased; else the other hint stands."""
    assert expected == did_you_mean(word, known, "otherwise")


def test_the_nearest_name_depends_on_no_order() -> None:
    """The proposal is the same whatever order the known names come in."""
    known = ["night", "light", "sight", "Night"]
    assert nearest("ight", known) == nearest("ight", reversed(known))


def test_likeness_can_be_asked_for() -> None:
    """A stricter likeness refuses a name that a laxer one takes."""
    assert nearest("lable", ["value"], 0.5) == "value"
    assert not nearest("lable", ["value"], 0.8)
