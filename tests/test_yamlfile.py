"""YAML read as text with places, and turned into dataclasses."""

import contextlib
from dataclasses import dataclass, field
from datetime import date

import pytest

from generator.facts import Days
from generator.model import PageMatter
from generator.problems import Location, Problem, SiteError
from generator.yamlfile import IN_C, Items, Node, Table, Text, convert, duplicates, fields_of, kind_of, read_date
from tests.conftest import read_by_both as read

HOME = PageMatter(title=Text("home", Location("p.md")))


def refused(text: str) -> Problem:
    """Return the one mistake at which the reading stopped."""
    with pytest.raises(SiteError) as error:
        read("a.yaml", text)
    (problem,) = error.value.problems
    return problem


def table(text: str) -> Table:
    """Return a YAML text that is a table."""
    node = read("a.yaml", text)
    assert isinstance(node, Table)
    return node


def scalar(text: str) -> Text:
    """Return the value of the first key."""
    value = table(text).entries[0][1]
    assert isinstance(value, Text)
    return value


def nested(depth: int) -> str:
    """Return this many brackets, one in the other."""
    return "[" * depth + "]" * depth


# ---------------------------------------------------------------- scalars stay text


WRITTEN = [
    *("24:00", "12:30:45", "190:20:30", "no", "No", "n", "y", "yes", "on", "On", "off", "true", "TRUE", "False"),
    *("0123", "02134", "007", "0o17", "0x1F", "0b1010", "+18005550100", "-0", "+1", "1_000", "685_230.15"),
    *("1e3", "1.5e+3", "1.0", "5.", ".5", ".inf", "-.INF", ".nan", "~", "null", "Null", "=", "<<"),
    *("2026-11-23", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43"),
]
"""Texts that PyYAML alone would take for something else."""


def test_a_scalar_stays_what_was_written() -> None:
    """Nothing is taken for a number, a date, a truth value or nothing."""
    found = table("".join(f"k{number}: {written}\n" for number, written in enumerate(WRITTEN)))
    assert [value.value for _, value in found.entries if isinstance(value, Text)] == WRITTEN


MEANT = {
    'k: "a \\" b"': 'a " b',
    "k: 'it''s'": "it's",
    'k: "no"': "no",
    "k: ''": "",
    "k:": "",
    "k: a # b": "a",
    "k: a ## b": "a",
    "k: 'a' #b": "a",
    "k: a#b": "a#b",
    "k: a\n  b": "a b",
    "k: |\n  a\n  b\n": "a\nb\n",
    "k: >-\n  a\n  b\n": "a b",
    "k: \N{GRINNING FACE}": "\N{GRINNING FACE}",
    "k: https://a.org/#b": "https://a.org/#b",
    'k: "{{ a.b }}"': "{{ a.b }}",
}


def test_quotes_and_blocks_are_read_as_yaml_means_them() -> None:
    """Quoted, plain and block scalars give the text without its marks."""
    expected = MEANT
    assert expected == {text: scalar(text).value for text in MEANT}


def test_every_node_knows_its_place() -> None:
    """Keys, texts, lists and tables stand where they begin."""
    node = table("a: x\nb:\n  - y\n  - {c: z}\n")
    (first, text), (second, items) = node.entries
    assert isinstance(items, Items)
    at = [str(each.at) for each in (node, first, text, second, items, *items.items)]
    expected = ["1:1", "1:1", "1:4", "2:1", "3:3", "3:5", "4:5"]
    assert [f"a.yaml:{place}" for place in expected] == at


def test_places_count_characters() -> None:
    """A letter outside the basic plane is one column."""
    assert Location("a.yaml", 1, 5) == scalar("\N{GRINNING FACE}b: x").at


@pytest.mark.parametrize("raw", ['"a  b"', "'it''s'", "a", "|\n  a\n"])
def test_a_text_keeps_its_source(raw: str) -> None:
    """Quotes and line breaks are kept beside the value, so that places in it can be told."""
    assert raw == scalar(f"k: {raw}").raw


def test_a_table_gives_the_value_of_a_key() -> None:
    """A key that is not there gives nothing."""
    node = table("a: x\n")
    assert node.entries[0][1] == node.get("a")
    assert node.get("b") is None


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n"])
def test_an_empty_document_is_nothing(text: str) -> None:
    """A file without a value gives none, and no mistake."""
    assert read("a.yaml", text) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("a: b", "a group of keys"), ("- a", "a list"), ("k: x", "a group of keys")]
)
def test_kinds_have_names_for_editors(text: str, expected: str) -> None:
    """No kind of node is called by its name in Python."""
    node = read("a.yaml", text)
    assert node is not None
    assert expected == kind_of(node)


def test_a_scalar_is_called_text() -> None:
    """A scalar is a text, whatever it looks like."""
    assert kind_of(scalar("k: 12")) == "text"


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("text", "line", "column", "sign"),
    [
        ("a: &x [1]\nb: *x\n", 1, 4, "&"),
        ("a: &x 1\n", 1, 4, "&"),
        ("b: *x\n", 1, 4, "*"),
        ("a:\n  <<: *x\n", 2, 7, "*"),
        ("a: 1\n<<: {b: 1}\n", 2, 1, "<<"),
        ("a: !x b", 1, 4, "!"),
        ("a: !!int 3", 1, 4, "!"),
        ("a: ! b", 1, 4, "!"),
        ("!x a: b", 1, 1, "!"),
        ("a: !!python/object/apply:os.system [x]", 1, 4, "!"),
    ],
)
def test_aliases_anchors_merges_and_tags_are_refused(text: str, line: int, column: int, sign: str) -> None:
    """Each is named at its place, with what to do."""
    problem = refused(text)
    assert Location("a.yaml", line, column) == problem.location
    assert f"'{sign}'" in problem.message
    assert problem.hint


def test_twenty_levels_are_read_and_no_more() -> None:
    """The bound itself is allowed; one more level is refused at its bracket."""
    assert isinstance(read("a.yaml", nested(20)), Items)
    problem = refused(nested(21))
    assert Location("a.yaml", 1, 21) == problem.location
    assert "20 levels" in problem.message


def test_256_kilobytes_are_read_and_no_more() -> None:
    """At the bound another mistake is found; one byte more, and nothing is read."""
    text = "a: @" + "x" * (256 * 1024 - 4)
    assert "256 KB" not in refused(text).message
    assert "256 KB" in refused(text + "x").message


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a:\n\tb: c", 2, 1, "there is a tab here"),
        ("\ta: b", 1, 1, "there is a tab here"),
        ("a: b: c", 1, 5, "there is a colon in this text"),
        ('a: "x\nb: c\n', 1, 4, "this quote is never closed"),
        ("a: 'x", 1, 4, "this quote is never closed"),
        ("a:b", 1, 2, "there is no space after this colon"),
        ("a: x\nb:c\n", 2, 2, "there is no space after this colon"),
        ("a:\u00a0b", 1, 3, "looks like a space but is not"),
        ("a: @x", 1, 4, "a text cannot begin with '@'"),
        ("a: `x", 1, 4, "a text cannot begin with '`'"),
        ("a: %x", 1, 4, "a text cannot begin with '%'"),
        ("a: {b: c", 1, 4, "this bracket is never closed"),
        ("a: [b, c", 1, 4, "this bracket is never closed"),
        ("a: {b: c, d: {e}", 1, 4, "this bracket is never closed"),
        ("a: {b: c?}", 1, 9, "this cannot follow here, between brackets"),
        ("a: {b: c d: e}", 1, 11, "this cannot follow here, between brackets"),
        ("a: [b]]", 1, 7, "']' closes nothing that is open"),
        ("a: }", 1, 4, "'}' closes nothing that is open"),
        (": b", 1, 1, "there is no key before this colon"),
        ("%a: b", 1, 1, "a line cannot begin with '%'"),
        ("a: \u201cb: c\u201d", 1, 4, "these are curly quotes"),
        ("a: \u2018b: c\u2019", 1, 4, "these are curly quotes"),
        ("a: {{ x.y }}", 1, 5, "this text begins with a brace or bracket"),
        ("{{ x }}: y", 1, 2, "this text begins with a brace or bracket"),
        ('a: "x" y', 1, 8, "there is text after the closing quote"),
        ("a: 'don't'", 1, 9, "there is text after the closing quote"),
        ("a: - b", 1, 4, "a list cannot begin here"),
        ('a: "\\q"', 1, 6, "a backslash means something else"),
        ("site:\n  name: x\n url: y\n", 3, 2, "does not line up"),
        ("a: b\n- c\n", 2, 1, "does not line up"),
        ("a: b\nc\n", 2, 1, "this line has no 'key: value'"),
        ("just words", 1, 1, "this line has no 'key: value'"),
        ("a: b\n---\nc: d\n", 2, 1, "nothing can stand below a line"),
        ("a: Suite #200", 1, 10, "'#' begins a comment"),
        ("a: x\nb: [Room #5, c]\n", 2, 10, "'#' begins a comment"),
        ('a: "\\u0007"', 1, 4, "U+0007"),
        ('a: "\\ud800"', 1, 4, "U+D800"),
        ('a: "\\x85"', 1, 4, "U+0085"),
        ('a: "\\ufffe"', 1, 4, "U+FFFE"),
    ],
)
def test_broken_yaml_is_told_in_plain_words(text: str, line: int, column: int, message: str) -> None:
    """Each slip is told at its own place, without PyYAML's words, and with a hint."""
    problem = refused(text)
    assert Location("a.yaml", line, column) == problem.location
    assert message in problem.message
    assert problem.hint
    assert "yaml" in problem.rule


# ---------------------------------------------------------------- two parsers


READ_UNLIKE = {
    "a tab": ("k: \ta\t\n", "x: a\\\t"),
    "a line end that is none": ("\x85---\n ", "\u2028---\n ", "\u2029---\n "),
    "a mark that is not seen": ("a: \ufeff[x, y]", "a: [\ufeffx, y]", "- a\n\ufeff- a\nb c"),
    "half a letter": ("a: \ud800", '"\udfff'),
    "a key by itself": ("? ", "allow:\n  ? (a", "- ? b\n   "),
    "a comment at a block": (">#x", "a: |#x\n  b", "a: >-1#x\n  b"),
    "a document": ("---\n  ", "---\n## ", "--- # a\n", "%a\n---\nb"),
    "a question in brackets": ("a: {b: c?}", "k: [lead, b?c, !!x d"),
    "a tag in brackets": ('{!,"k: {', "!@!!x [", "[!a, b]"),
    "a tag in a tag": ('!&-!!- "\n', '!a!b&!c "x'),
    "a tag without an end": ("- !<x}", "k: !<a]", "!<x y>", "- !<"),
    "a key without a value": ("k: [k: ]", "{k: , l: m}", "k: {#a\nb, \n  k: }", "k: {k: # a\n }", "{k:\n\n,a}"),
    "an error that is not told": (",", "a: b\n:", "`a", '"a\\qb"', "[`", "a: >b", "!a]", "![", "- a\n? b", "{a: b}]"),
}
"""Texts that PyYAML's parser in C takes for something else, places elsewhere or says less of."""


@pytest.mark.parametrize("texts", READ_UNLIKE.values(), ids=READ_UNLIKE)
def test_both_parsers_say_the_same(texts: tuple[str, ...]) -> None:
    """Whether PyYAML was built with one in C makes no difference; all other tests of this file hold that too."""
    assert IN_C, "PyYAML has no parser in C here, so that nothing is compared"
    for text in texts:
        with contextlib.suppress(SiteError):
            read("a.yaml", text)


# ---------------------------------------------------------------- dataclasses


def converted(text: str) -> tuple[PageMatter, tuple[Problem, ...]]:
    """Return the front matter of a page."""
    return convert(read("p.md", text), HOME, "p.md")


@pytest.mark.parametrize(
    ("text", "place", "rule", "message", "hint"),
    [
        ("", "1:1", "missing-key", "the key 'title' is missing", "add a line 'title: ...'"),
        ("lead: x", "1:1", "missing-key", "the key 'title' is missing", "add a line 'title: ...'"),
        ("titel: x", "1:1", "unknown-key", "there is no key 'titel' here", "did you mean title?"),
        ("title: x\nTitle: y", "2:1", "unknown-key", "there is no key 'Title' here", "did you mean title?"),
        ("title: x\ntitle: y", "2:1", "duplicate-key", "the key 'title' is here twice", "the first is in line 1"),
        ("title:", "1:7", "empty-value", "'title' is empty", "write something after 'title:'"),
        ("title: ''", "1:8", "empty-value", "'title' is empty", "write something after 'title:'"),
        ("title: '  '", "1:8", "empty-value", "'title' is empty", "write something after 'title:'"),
        ("title: [a]", "1:8", "wrong-type", "'title' must be text, not a list", "in the same line"),
        ("title: {a: b}", "1:8", "wrong-type", "'title' must be text, not a group of keys", "in the same line"),
        ("title: x\naliases: /a/", "2:10", "wrong-type", "'aliases' must be a list, not text", "after '- '"),
        ("title: x\naliases: [[a]]", "2:11", "wrong-type", "'aliases' must be text, not a list", "same line"),
        ("title: x\nallow: x", "2:8", "wrong-type", "'allow' must be a group of keys, not text", "indented"),
        ("title: x\nallow: {a: ''}", "2:12", "empty-value", "'a' is empty", "write something after 'a:'"),
        ("title: x\nallow: {a: b, a: c}", "2:15", "duplicate-key", "the key 'a' is here twice", "take one"),
        ("title: x\nreviewed: 2026-02-30", "2:11", "wrong-type", "'2026-02-30' is not a day", "2026-11-23"),
        ("title: x\nreviewed: 23.11.2026", "2:11", "wrong-type", "'23.11.2026' is not a day", "2026-11-23"),
        ("title: x\nreviewed: 2026-1-3", "2:11", "wrong-type", "'2026-1-3' is not a day", "2026-11-23"),
        ("title: x\nreviewed: [a]", "2:11", "wrong-type", "'reviewed' must be a date, not a list", "same line"),
        ("title: \u201cDogs\u201d", "1:8", "curly-quotes", "these are curly quotes", "type straight ones"),
        ("title: \u2018Dogs\u2019", "1:8", "curly-quotes", "these are curly quotes", "type straight ones"),
        ("\u00a0title: x", "1:1", "unknown-key", "beside the key 'title' stands something unseen", "again"),
        ("title: x\ndraft: yes", "2:8", "wrong-type", "'yes' is neither true nor false", "what it waits for"),
        ("title: x\ndraft:", "2:7", "empty-value", "'draft' is empty", "write something after 'draft:'"),
        ("title: x\nreview_every: soon", "2:15", "wrong-type", "'soon' is not a length of time", "365 days"),
        ("- a", "1:1", "yaml", "lines of 'key: value' belong here, not a list", "write a key"),
    ],
)
def test_a_mistake_in_front_matter_is_told_at_its_place(
    text: str, place: str, rule: str, message: str, hint: str
) -> None:
    """One mistake gives one problem, with its place, its rule and what to do."""
    (problem,) = converted(text)[1]
    assert (f"p.md:{place}", rule) == (str(problem.location), problem.rule)
    assert message in problem.message
    assert hint in problem.hint


def test_an_unknown_key_lists_those_that_there_are() -> None:
    """A key that resembles none is answered with all."""
    (problem,) = converted("title: x\nfoo: y")[1]
    assert all(name in problem.hint for name in fields_of(PageMatter))


def test_several_mistakes_are_told_at_once() -> None:
    """A mistake in one key does not hide that in another."""
    expected = {"duplicate-key", "unknown-key", "empty-value", "wrong-type"}
    problems = converted("title: x\ntitle: y\nfoo: z\nlead:\naliases: w\n")[1]
    assert expected == {problem.rule for problem in problems}


def test_what_cannot_be_read_keeps_its_fallback() -> None:
    """A broken value leaves the rest of the front matter standing."""
    matter, _ = converted("title: ''\nlead: words\n")
    assert HOME.title == matter.title
    assert matter.lead is not None
    assert matter.lead.value == "words"


def test_of_two_equal_keys_the_first_counts() -> None:
    """A second value never wins in silence."""
    matter, problems = converted("title: first\ntitle: second\n")
    assert matter.title.value == "first"
    assert problems


def test_every_type_is_read() -> None:
    """Texts, dates, lists, tables and values with a reader of their own become what the dataclass says."""
    matter, problems = converted(
        "title: x\nreviewed: 2026-11-23\nreview_every: 6 months\naliases: [/a/, /b/]\n"
        "allow: {12 steps: a name}\ndraft: a clinician signs it off\n"
    )
    assert not problems
    assert (date(2026, 11, 23), Days(180)) == (matter.reviewed, matter.review_every)
    assert [text.value for text in matter.aliases] == ["/a/", "/b/"]
    assert {key.value: text.value for key, text in matter.allow.items()} == {"12 steps": "a name"}
    assert matter.draft.waits
    assert matter.draft.reason == "a clinician signs it off"


@dataclass(frozen=True, slots=True)
class Tree:
    """A dataclass with a required node, and a list that may be missing."""

    top: Node
    rest: tuple[Text, ...] = field(default=())


def test_a_field_may_take_any_node() -> None:
    """A field of type Node gets what stands there, unread."""
    node = table("top: {a: b}")
    tree, problems = convert(node, Tree(node), "a.yaml")
    assert not problems
    assert node.get("top") == tree.top


def test_duplicates_are_told_one_by_one() -> None:
    """Each further place of a key is a problem that names the line of the first."""
    found = duplicates(table("a: 1\nb: 2\na: 3\na: 4\n"))
    expected = [Location("a.yaml", 3, 1), Location("a.yaml", 4, 1)]
    problems = list(found)
    assert expected == [problem.location for problem in problems]
    assert all("line 1" in problem.hint for problem in problems)


def test_a_day_is_read() -> None:
    """A day is four digits, two and two."""
    assert date(2024, 2, 29) == read_date("2024-02-29")


@pytest.mark.parametrize("text", ["2025-02-29", "2026-13-01", "20261123", "2026-11-23T00:00", "", "0000-01-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    """A day that the calendar does not have, or in another spelling, is refused with a hint."""
    with pytest.raises(ValueError, match="is not a day") as error:
        read_date(text)
    assert "2026-11-23" in error.value.args[1]
