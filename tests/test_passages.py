"""Text as a reader reads it, and where each word of it stands."""

import functools
import re
from collections.abc import Callable, Iterable

import pytest

from generator import trace
from generator.passages import (
    FACT,
    GAP,
    Passage,
    of_asset,
    of_code,
    of_markdown,
    of_markup,
    of_printed,
    of_value,
    of_words,
    plain,
)
from generator.yamlfile import Node, Table, Text, read


def read_aloud(passage: Passage) -> str:
    """Return what a passage says, with the name of each fact in angle brackets, and ``@`` for code and pictures."""
    said = [f"<{passage.references[at]}>" if sign == FACT else sign for at, sign in enumerate(passage.text)]
    return "".join(said).replace(GAP, "@").strip()


def texts(passages: Iterable[Passage], kind: str = "words") -> list[str]:
    """Return what the passages of one kind say, in the order in which they come."""
    return [read_aloud(passage) for passage in passages if passage.kind == kind]


def places(passages: Iterable[Passage], words: str) -> list[str]:
    """Return the line and the column of some words in each passage that has them."""
    found = [passage.at(passage.text.index(words)) for passage in passages if words in passage.text]
    return [f"{at.line}:{at.column}" for at in found]


def markdown(text: str) -> tuple[Passage, ...]:
    """Read a Markdown text."""
    return of_markdown("content/page.md", text)


def markup(text: str) -> tuple[Passage, ...]:
    """Read a template."""
    return of_markup("templates/page.html", text)


def code(text: str) -> tuple[Passage, ...]:
    """Read a script."""
    return of_code("assets/page.js", text)


def words(text: str) -> tuple[Passage, ...]:
    """Read a plain text."""
    return of_words("assets/page.txt", text)


def values(source: str) -> list[Passage]:
    """Read every value of a YAML text."""
    found = read("content/page.md", source)
    return [passage for value in _texts(found) for passage in of_value(source, value)]


def _texts(node: Node | None) -> list[Text]:
    if isinstance(node, Text):
        return [node]
    return [text for _, value in node.entries for text in _texts(value)] if isinstance(node, Table) else []


def value(source: str) -> str:
    """Return what the only value of a YAML text says, without the quotes around it."""
    (passage,) = values(source)
    return read_aloud(passage).strip("\"'").strip()


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call us\nat nine.", ["Call us at nine."]),
        ("Call us  \nat nine.", ["Call us at nine."]),
        ("Call us\\\nat nine.", ["Call us at nine."]),
        ("Call us\r\nat nine.", ["Call us at nine."]),
        ("one\n\ntwo", ["one", "two"]),
        ("one\n \t\n\n\ntwo", ["one", "two"]),
        ("one\n\n   two", ["one", "two"]),
        ("one   two\tthree", ["one two three"]),
        ("one\n    two", ["one two"]),
        ("one\na | b", ["one a | b"]),
        ("one\n\n---\n\ntwo", ["one", "two"]),
        ("one\n***\ntwo", ["one", "two"]),
        ("* * *", []),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_a_paragraph_is_read_over_its_line_breaks(text: str, expected: list[str]) -> None:
    """A line break is a space; blank lines and rules part paragraphs."""
    assert expected == texts(markdown(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**9** *hours* a __day__ _here_", "9 hours a day here"),
        ("***9*** hours", "9 hours"),
        ("561-**555**-0100", "561-555-0100"),
        ("561-_555_-0100", "561-555-0100"),
        ("week*days*", "weekdays"),
        ("9 *hours\na* day", "9 hours a day"),
        ("hours_per_day", "hours_per_day"),
        ("\\*9\\* \\_hours\\_", "*9* _hours_"),
        ("\\[9\\] \\`hours\\`", "[9] `hours`"),
        ("9 \\\\ hours", "9 \\ hours"),
        ("a\\b", "a\\b"),
        ("9 < 10 > 8", "9 < 10 > 8"),
        ("`9 hours", "`9 hours"),
    ],
)
def test_marks_are_not_read(text: str, expected: str) -> None:
    """Emphasis leaves its words as they are; what is escaped, or is no mark at all, stays."""
    assert [expected] == texts(markdown(text))


@pytest.mark.parametrize(
    ("text", "expected", "target"),
    [
        ("See [the hours](/hours/) here", ["See the hours here"], ["/hours/"]),
        ("See [the **9**\nhours](/hours/)", ["See the 9 hours"], ["/hours/"]),
        ("[a](https://a.org/(b)) c", ["a c"], ["https://a.org/(b)"]),
        ("[a](/b/) and [c](/d/)", ["a and c"], ["/b/", "/d/"]),
        ("[call](tel:+15615550100).", ["call."], ["tel:+15615550100"]),
        ("[call](tel:{{ phones.desk }})", ["call"], ["tel:<phones.desk>"]),
        ("[{{ phones.desk }}]({{ phones.desk.tel }})", ["<phones.desk>"], ["<phones.desk.tel>"]),
        ("see [the hours][hours] here", ["see the hours here"], []),
        ("[hours] (x)", ["hours (x)"], []),
    ],
)
def test_a_link_is_read_as_its_words_and_its_target(text: str, expected: list[str], target: list[str]) -> None:
    """The words run on with the sentence; where it leads is a passage of its own kind."""
    assert (expected, target) == (texts(markdown(text)), texts(markdown(text), "target"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[hours](/x/ "9 a week")', ["9 a week", "hours"]),
        ("[hours](/x/ '9 a week')", ["9 a week", "hours"]),
        ('[hours](/x/\n"9 a\nweek")', ["9 a week", "hours"]),
        ('[hours](/x/ "{{ a.b }} a week")', ["<a.b> a week", "hours"]),
        ("a ![9 hours](x.svg) b", ["9 hours", "a @ b"]),
        ("![9\nhours](x.svg)", ["9 hours", "@"]),
        ('![9 hours](x.svg "A clock")', ["9 hours", "A clock", "@"]),
        ("![{{ a.b }} hours](x.svg)", ["<a.b> hours", "@"]),
        ("![9 hours][clock]", ["9 hours", "@"]),
        ("[![9 hours](x.svg)](/y/)", ["9 hours", "@"]),
        ("![](x.svg)", ["@"]),
    ],
)
def test_titles_and_alt_texts_are_passages_of_their_own(text: str, expected: list[str]) -> None:
    """They are read apart from the sentence that they stand in; a picture is a gap in it."""
    assert sorted(expected) == sorted(said.strip("\"'") for said in texts(markdown(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a `9 hours` b", ["a @ b"]),
        ("a `` 9 ` hours `` b", ["a @ b"]),
        ("a `9\nhours` b", ["a @ b"]),
        ("`{{ a.b }}` b", ["@ b"]),
        ("`a` and `b`", ["@ and @"]),
        ("```\n9 hours\n```\nafter", ["after"]),
        ("```python\n9 hours\n\na day\n```\n\nafter", ["after"]),
        ("~~~\n9 hours\n~~~\nafter", ["after"]),
        ("before\n\n    9 hours\n\n    a day\n\nafter", ["before", "after"]),
        ("before\n\n\t9 hours\nafter", ["before", "after"]),
        ("    9 hours\n\nafter", ["after"]),
        ("    9 hours\n    a day\n\nafter", ["after"]),
        ("- one\n\ntwo\n\n    9 hours\n\nafter", ["one", "two", "after"]),
        ("```\n9\n``` hours\na day\n```\nafter", ["after"]),
        ("- a\n\n  ```\n  9 hours\n  ```\n- b", ["a", "b"]),
        ("> ```\n> 9 hours\n> ```\n> after", ["after"]),
    ],
)
def test_code_is_not_read(text: str, expected: list[str]) -> None:
    """Code spans are gaps; fenced and indented code is in no passage."""
    assert expected == texts(markdown(text))


def test_a_fence_that_is_never_closed_hides_nothing() -> None:
    """What follows it is shown as text, and so it is read."""
    assert any("9 hours" in said for said in texts(markdown("```\n\n9 hours\n")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one\n- two", ["one", "two"]),
        ("* one\n+ two", ["one", "two"]),
        ("1. one\n2. two", ["one", "two"]),
        ("1) one\n2) two", ["one", "two"]),
        ("1. one\n   goes on\n2. two", ["one goes on", "two"]),
        ("10. one", ["one"]),
        ("- one\n  goes on\n- two", ["one goes on", "two"]),
        ("- one\nlazy\n- two", ["one lazy", "two"]),
        ("- one\n  - two\n    - three", ["one", "two", "three"]),
        ("- one\n\n  more of it\n- two", ["one", "more of it", "two"]),
        ("- one\n\n    more of it", ["one", "more of it"]),
        ("before\n- one\n\nafter", ["before", "one", "after"]),
        ("He came in\n1986. A year", ["He came in 1986. A year"]),
        ("-9 hours", ["-9 hours"]),
        ("**9** hours\n*a* day", ["9 hours a day"]),
    ],
)
def test_each_item_of_a_list_is_read_by_itself(text: str, expected: list[str]) -> None:
    """With what goes on below it, and without its mark."""
    assert expected == texts(markdown(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> 9 hours\n> a day", ["9 hours a day"]),
        ("> 9 hours\na day", ["9 hours a day"]),
        ("> one\n>\n> two", ["one", "two"]),
        ("> > deep\n> > down", ["deep down"]),
        ("> - one\n> - two", ["one", "two"]),
        ("before\n\n> said", ["before", "said"]),
    ],
)
def test_a_quotation_is_read_without_its_marks(text: str, expected: list[str]) -> None:
    """Its lines run on like those of any paragraph."""
    assert expected == texts(markdown(text))


@pytest.mark.parametrize(
    ("text", "headings", "expected"),
    [
        ("# Hours\n9 a week", ["Hours"], ["9 a week"]),
        ("before\n## Hours\nafter", ["Hours"], ["before", "after"]),
        ("###### Hours", ["Hours"], []),
        ("# One\n## Two", ["One", "Two"], []),
        ("## The *crawl* course", ["The crawl course"], []),
        ("## {{ course.days }} days", ["<course.days> days"], []),
        ("> # Hours\n> 9", ["Hours"], ["9"]),
        ("\\# Hours", [], ["# Hours"]),
        ("    # Hours\n\nafter", [], ["after"]),
    ],
)
def test_a_heading_is_told(text: str, headings: list[str], expected: list[str]) -> None:
    """It is a passage of its own kind, of one line."""
    assert (headings, expected) == (texts(markdown(text), "heading"), texts(markdown(text)))


@pytest.mark.parametrize("rule", ["===", "---", "="])
def test_a_line_below_a_heading_is_not_read(rule: str) -> None:
    """It ends the heading, and no word of it is left."""
    expected = ["Hours", "9 a week"]
    assert expected == [read_aloud(passage) for passage in markdown(f"Hours\n{rule}\n9 a week")]


def test_a_definition_is_read_with_its_term() -> None:
    """A colon stands between the term and each thing that is said of it."""
    expected = ["Hours : 9 : 10 on weekdays"]
    assert expected == texts(markdown("Hours\n: 9\n:   10 on\n    weekdays"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("| Course | 9 hours |", ["| Course | 9 hours"]),
        ("Course | 9 hours", ["| Course | 9 hours"]),
        ("| Course | none |", ["| Course | none"]),
        ("| Course | 9 |", ["| Course | 9", "| Course | Hours : 9"]),
        ("| Course | **9** |", ["| Course | 9", "| Course | Hours : 9"]),
        ("| Course | 9+ |", ["| Course | 9+", "| Course | Hours : 9+"]),
        ("| Course | 3-5 |", ["| Course | 3-5", "| Course | Hours : 3-5"]),
        ("| {{ a.b }} | `9` hours |", ["| <a.b> | @ hours"]),
        ("| a | 1 |\n| b | 2 |", ["| a | 1", "| a | Hours : 1", "| b | 2", "| b | Hours : 2"]),
        ("| a\\|b | c |", ["| a|b | c"]),
    ],
)
def test_a_row_of_a_table_is_one_passage(rows: str, expected: list[str]) -> None:
    """A cell that is a bare number is read a second time, behind the name of its row and the head of its column."""
    head, *found = texts(markdown(f"| What | Hours |\n| --- | ---: |\n{rows}"))
    assert ("| What | Hours", expected) == (head, found)


def test_an_empty_cell_keeps_its_place() -> None:
    """What stands behind it is in its own column."""
    expected = ["| What | Hours | Days", "| a | | 5", "| a | Days : 5"]
    assert expected == texts(markdown("| What | Hours | Days |\n|---|---|---|\n| a |  | 5 |"))


def test_each_number_of_a_row_has_the_head_of_its_own_column() -> None:
    """Three columns are as good as two, and a table may stand in a quotation."""
    expected = ["| What | Hours | Days", "| a | 9 | 5", "| a | Hours : 9", "| a | Days : 5"]
    table = "| What | Hours | Days |\n|:-:|---|---|\n| a | 9 | 5 |"
    assert expected == texts(markdown(table))
    assert expected == texts(markdown("> " + table.replace("\n", "\n> ")))


ENTITIES = [
    ("9&nbsp;hours", "9 hours"),
    ("9&#160;hours", "9 hours"),
    ("R&amp;D", "R&D"),
    ("AT&T & co", "AT&T & co"),
    ("561&ndash;555&#8209;0100", "561-555-0100"),
    ("&#57;&#49;&#x31;", "911"),
    ("5&#8203;0", "50"),
]
CHARACTERS = [
    ("9\u00a0hours", "9 hours"),
    ("9\u202fhours\u2009a\u3000day", "9 hours a day"),
    ("9 \u00a0 hours", "9 hours"),
    ("5\u200b0 ho\u00adurs\u2060", "50 hours"),
    ("\ufeff9 hours", "9 hours"),
    ("3\u20135 days", "3-5 days"),
    ("3\u20145 days", "3-5 days"),
    ("561\u2011555\u20100100", "561-555-0100"),
    ("3 \u2212 5", "3 - 5"),
    ("3--5, 3---5", "3-5, 3-5"),
    ("3-\u2013\u20115", "3-5"),
    ("the day\u2019s \u201chours\u201d are", 'the day\'s "hours" are'),
    ("\uff19 \u0669 \u096f", "9 9 9"),
    ("9\u20441", "9/1"),
    ("\uff48\uff4f\uff55\uff52s", "hours"),
    ("1\u00bd hours", "1\u00bd hours"),
    ("caf\u00e9 \u65e5\u672c", "caf\u00e9 \u65e5\u672c"),
]


@pytest.mark.parametrize(("text", "expected"), [*ENTITIES, *CHARACTERS])
@pytest.mark.parametrize("reader", [markdown, markup])
def test_characters_are_what_a_reader_takes_them_for(
    text: str, expected: str, reader: Callable[[str], tuple[Passage, ...]]
) -> None:
    """Entities are letters, spaces and dashes of all kinds are one kind, and what has no width is not there."""
    assert [expected] == texts(reader(text))


@pytest.mark.parametrize(("text", "expected"), CHARACTERS)
def test_the_same_holds_in_plain_text_values_and_scripts(text: str, expected: str) -> None:
    """Whatever the way of writing, a reader sees the same characters."""
    assert [expected] == texts(words(text))
    assert expected == value(f"t: {text}")
    assert [expected] == texts(code(f"x = `{text}`"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  9 \u2013 \u201110 \u201chours\u201d\u200b ", '9 - -10 "hours"'),
        ("nine\n\thours", "nine hours"),
        ("9&nbsp;**hours**", "9&nbsp;**hours**"),
        ("", ""),
    ],
)
def test_plain_is_a_text_as_passages_have_it(text: str, expected: str) -> None:
    """Only characters are made plain; no marks and no entities are read."""
    assert expected == plain(text)


@pytest.mark.parametrize(
    ("text", "expected", "names"),
    [
        ("{{ a.b }} hours", f"{FACT} hours", ["a.b"]),
        ("{{a}}{{  b.c  }}", f"{FACT}{FACT}", ["a", "b.c"]),
        ("9 **{{ a.b }}**", f"9 {FACT}", ["a.b"]),
        ("{{\na.b\n}} hours", f"{FACT} hours", ["a.b"]),
        ("\\{{ a.b }} hours", "{{ a.b }} hours", []),
        ("{ a.b } hours", "{ a.b } hours", []),
    ],
)
def test_a_reference_is_one_character_with_the_name_of_its_fact(text: str, expected: str, names: list[str]) -> None:
    """The names stand under the index of the character."""
    (passage,) = markdown(text)
    assert expected == passage.text
    assert names == [passage.references[at] for at, sign in enumerate(passage.text) if sign == FACT]
    assert len(names) == len(passage.references)


@pytest.mark.parametrize(
    ("text", "expected", "target"),
    [
        ('9 <b title="a week">hours</b>', ["a week", "9 hours"], []),
        ("<img alt='9 hours' src=x.svg>", ["9 hours"], []),
        ('<div data-hours="9 hours" class="big" id="x">', ["9 hours"], []),
        ("<input placeholder=Name value='9'>", ["Name", "9"], []),
        ('<b aria-label="{{ a.b }} hours">x</b>', ["<a.b> hours", "x"], []),
        ('<a href="tel:561-555-0100">call</a>', ["call"], ["tel:561-555-0100"]),
    ],
)
def test_attributes_of_raw_tags_are_read(text: str, expected: list[str], target: list[str]) -> None:
    """A tag is a mistake in Markdown, but what it says and where it leads is read all the same."""
    assert (sorted(expected), target) == (sorted(texts(markdown(text))), texts(markdown(text), "target"))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One\ntwo 9 hours", "9 hours", ["2:5"]),
        ("One 9\nhours", "9 hours", ["1:5"]),
        ("one\n\n\n  9 hours", "9 hours", ["4:3"]),
        ("one   two\t\t9", "9", ["1:12"]),
        ("- one\n  - two 9", "9", ["2:9"]),
        ("10. nine", "nine", ["1:5"]),
        ("> one\n> > nine", "nine", ["2:5"]),
        ("## nine", "nine", ["1:4"]),
        ("Hours\n: nine", "nine", ["2:3"]),
        ("a **nine** b", "nine", ["1:5"]),
        ("***9*** **hours**", "hours", ["1:11"]),
        ("\\*\\*nine", "nine", ["1:5"]),
        ("a `code` nine", "nine", ["1:10"]),
        ("```\nnine\n```\nnine", "nine", ["4:1"]),
        ("    nine\n\nnine", "nine", ["3:1"]),
        ("see [nine](/x/)", "nine", ["1:6"]),
        ('[x](/x/ "nine")', "nine", ["1:10"]),
        ("[x](/nine/)", "nine", ["1:6"]),
        ("a ![nine](x.svg) b", "nine", ["1:5"]),
        ("![x](x.svg) nine", "nine", ["1:13"]),
        ("{{ a.b }} nine", "nine", ["1:11"]),
        ("a\nb {{ a.b }}", FACT, ["2:3"]),
        ("a\u200b\u00ad nine", "nine", ["1:5"]),
        ("a --- nine", "nine", ["1:7"]),
        ("&nbsp;&amp; nine", "nine", ["1:13"]),
        ("a 9&#49;&#49; b", "911", ["1:3"]),
        ("a &#57;11 b", "911", ["1:3"]),
        ("<b title='nine'>x</b>", "nine", ["1:11"]),
        ("\u65e5\u672c nine", "nine", ["1:4"]),
        ("| a | b |\n|---|---|\n| c | nine |", "nine", ["3:7", "3:7"]),
        ("| a | b |\n|---|---|\n| c | 90 |", "90", ["3:7", "3:7"]),
        ("| a | nine |\n|---|---|\n| c | 90 |", "nine", ["1:7", "1:7"]),
        ("9 a\n\n9 b", "9", ["1:1", "3:1"]),
    ],
)
def test_words_in_markdown_have_their_place(text: str, words: str, expected: list[str]) -> None:
    """Line and column are those of the first letter in the file, whatever marks stand before it."""
    assert expected == places(markdown(text), words)


DOCUMENT = """\
# The *crawl* course

Three days a week, [nine hours](/hours/ "Opening hours"), at **noon**:
we   swim, `code` and {{ course.days }} rest \u2013 all\u00a0year.

- one
  lazy
    - deeper still

> quoted **words**
> go on

Term
: meaning

| What | Hours |
| --- | --- |
| Swim | 9 |
| Rest | none at all |

![A wide pool](pool.svg "Seen from above")

    hidden code

The end.
"""


def test_each_letter_of_a_text_stands_where_the_passage_says() -> None:
    """The source has the same letter at the index of every letter and digit."""
    found = markdown(DOCUMENT)
    letters = [(passage, at) for passage in found for at, sign in enumerate(passage.text) if sign.isalnum()]
    assert len(letters) > len("".join(DOCUMENT.split())) // 2
    assert not [(passage.text, at) for passage, at in letters if DOCUMENT[passage.index(at)] != passage.text[at]]


def test_every_word_of_a_text_but_code_is_in_a_passage() -> None:
    """Nothing that a reader sees is left out, and nothing is read that is code."""
    unseen = ("`code`", "    hidden code\n", "{{ course.days }}", "(pool.svg")
    seen = functools.reduce(lambda text, part: text.replace(part, ""), unseen, DOCUMENT)
    expected = set(re.findall(r"[^\W\d_]+", seen))
    assert expected == set(re.findall(r"[^\W\d_]+", " ".join(passage.text for passage in markdown(DOCUMENT))))


def test_a_passage_knows_its_file() -> None:
    """The place of a word names the file that was read."""
    expected = "content/page.md:1:5"
    (passage,) = markdown("one two")
    assert expected == str(passage.at(4))


# ---------------------------------------------------------------- YAML


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("t: Nine hours", "Nine hours"),
        ("t: Nine hours # not ten", "Nine hours"),
        ("t: Nine\n  hours", "Nine hours"),
        ('t: "Nine hours"', "Nine hours"),
        ("t: 'Nine hours'", "Nine hours"),
        ('t: "Nine\n  hours"', "Nine hours"),
        ('t: "say \\"nine\\" hours"', 'say "nine" hours'),
        ('t: "nine\\thours\\na day"', "nine hours a day"),
        ('t: "caf\\u00e9 \\x41 \\U0001F600 b"', "caf\u00e9 A \U0001f600 b"),
        ('t: "561\\u2011555\\u20110100 x"', "561-555-0100 x"),
        ('t: "9\\_hours"', "9 hours"),
        ('t: "9\\u00a0ho\\u00adurs"', "9 hours"),
        ('t: "a \\\\ b"', "a \\ b"),
        ("t: >-\n  Nine\n  hours\n\n  a week\n", "Nine hours a week"),
        ("t: > # folded\n  Nine\n  hours\n", "Nine hours"),
        ("t: |\n  Nine\n  hours\n", "Nine hours"),
        ("t: |2\n   Nine\n", "Nine"),
        ("t: 9&nbsp;hours", "9 hours"),
        ("t: R&amp;D and AT&T", "R&D and AT&T"),
        ("t: Call {{ phones.desk }} now", "Call <phones.desk> now"),
        ('t: "{{ a.b }} hours"', "<a.b> hours"),
        ("t: \\{{ a.b }} hours", "{{ a.b }} hours"),
        ("t: 9 **hours**", "9 **hours**"),
    ],
)
def test_a_value_of_yaml_is_what_it_says(source: str, expected: str) -> None:
    """Escapes are characters, folded lines run on, comments are left out, and no Markdown is read."""
    assert expected == value(source)


@pytest.mark.parametrize("source", ["t:", 't: ""', "t: ' '", "t: >\n"])
def test_a_value_without_words_has_no_passage(source: str) -> None:
    """Nothing is read where nothing stands."""
    assert not [said for said in map(read_aloud, values(source)) if said.strip("\"' ")]


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("t: nine hours", "nine", "1:4"),
        ("t:   a nine", "nine", "1:8"),
        ('t: "nine"', "nine", "1:5"),
        ("t: 'a nine'", "nine", "1:7"),
        ('u: a\nt: "caf\\u00e9 nine"', "nine", "2:15"),
        ('t: "a \\"b\\" nine"', "nine", "1:13"),
        ('t: "one\n  nine"', "nine", "2:3"),
        ("t: >-\n  one\n  two nine\n", "nine", "3:7"),
        ("t: |\n  one\n\n  nine\n", "nine", "4:3"),
        ("a:\n  b: c\n  t: x nine\n", "nine", "3:8"),
        ("t: a {{ b.c }} nine", "nine", "1:16"),
        ("t: a {{ b.c }} nine", FACT, "1:6"),
        ("t: 9&nbsp;nine", "nine", "1:11"),
        ("t: 9&nbsp;hours", "9 hours", "1:4"),
        ("t: x\u200b nine", "nine", "1:7"),
        ("t: \u65e5\u672c nine", "nine", "1:7"),
    ],
)
def test_words_in_a_value_have_their_place_in_the_file(source: str, words: str, expected: str) -> None:
    """Lines count from the start of the file, columns from the start of the line, key and quotes included."""
    assert [expected] == places(values(source), words)


# ---------------------------------------------------------------- HTML, SVG and templates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>9 <b>hours</b> a <em>day</em></p>", ["9 hours a day"]),
        ("<p>5<span>5</span>5-01<i>00</i></p>", ["555-0100"]),
        ("<p>9\n   hours</p>", ["9 hours"]),
        ('<p>9 <a href="/x/">hours</a> a day</p>', ["9 hours a day"]),
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("one<div>two</div>three", ["one", "two", "three"]),
        ("<li>one<li>two", ["one", "two"]),
        ("one<br>two<br/>three", ["one", "two", "three"]),
        ("<td>9</td><td>hours</td>", ["9", "hours"]),
        ("<option>one</option><option>two</option>", ["one", "two"]),
        ("<my-card>one</my-card>two", ["one", "two"]),
        ("<svg><text>9 <tspan>hours</tspan></text><desc>A clock</desc></svg>", ["9 hours", "A clock"]),
        ("<P>one</P><SPAN>two</SPAN> three", ["one", "two three"]),
        ("9 < 10", ["9 < 10"]),
        ("9 > 8", ["9 > 8"]),
        ("{ 9 } hours", ["{ 9 } hours"]),
        ("", []),
        ("<p> </p>", []),
    ],
)
def test_tags_within_a_sentence_join_and_others_part(text: str, expected: list[str]) -> None:
    """Inline elements do not end what is read in one go; all other elements do."""
    assert expected == texts(markup(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img alt="9 hours" src="nine.svg">', ["9 hours"]),
        ("<p title='9 hours' class='nine' id='nine'>x</p>", ["9 hours", "x"]),
        ("<button aria-label=Call>x</button>", ["Call", "x"]),
        ('<div data-say="9 hours" lang="en"></div>', ["9 hours"]),
        ('<meta name="description" content="9 hours">', ["9 hours"]),
        ('<input placeholder="9 hours" value="a day">', ["9 hours", "a day"]),
        ('<p TITLE="9 hours"></p>', ["9 hours"]),
        ('<p title="9&nbsp;hours"></p>', ["9 hours"]),
        ('<p title="9\n hours"></p>', ["9 hours"]),
        ('<p title="9 > 8">x</p>', ["9 > 8", "x"]),
        ('<p title="{{ a.b }} hours"></p>', ["<a.b> hours"]),
        ('<p {% if x %}title="9 hours"{% endif %}></p>', ["9 hours"]),
        ('<p title="{% if x %}9{% endif %} hours"></p>', ["9 hours"]),
        ('<b>9 <abbr title="one day">hours</abbr> a day</b>', ["one day", "9 hours a day"]),
    ],
)
def test_attributes_with_words_are_read(text: str, expected: list[str]) -> None:
    """Each is a passage of its own, and does not part the sentence around it."""
    assert sorted(expected) == sorted(texts(markup(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="tel:561-555-0100">call</a>', ["tel:561-555-0100"]),
        ("<a href=/x/>call</a>", ["/x/"]),
        ("<a href='{{ phones.desk.tel }}'>call</a>", ["<phones.desk.tel>"]),
        ('<a HREF="tel:{{ a.b }}">call</a>', ["tel:<a.b>"]),
        ('<form action="/send/"></form>', ["/send/"]),
        ('<use xlink:href="#pool"/>', ["#pool"]),
        ('<img src="9.svg">', []),
    ],
)
def test_addresses_of_links_are_targets(text: str, expected: list[str]) -> None:
    """Where a link or a form leads is a passage of its own kind."""
    assert expected == texts(markup(text), "target")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{# 9 hours #}after", ["after"]),
        ("{#\n9 <p>hours</p>\n#}after", ["after"]),
        ("<!-- 9 hours -->after", ["after"]),
        ("<!doctype html>after", ["after"]),
        ("9 {# many #}hours", ["9 hours"]),
        ("<code>9 hours</code> after", ["@ after"]),
        ("before <pre>9 <b>hours</b></pre> after", ["before @ after"]),
        ("<kbd>9</kbd> hours", ["@ hours"]),
        ("<samp class='x'>9</samp> hours", ["@ hours"]),
        ("{% if x %}9{% else %}8{% endif %} hours", ["98 hours"]),
        ("{%- for x in y -%}9{%- endfor -%}", ["9"]),
    ],
)
def test_comments_and_code_are_not_read(text: str, expected: list[str]) -> None:
    """Comments and statements are as if they were not there; a code element is a gap."""
    assert expected == texts(markup(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a.b }} hours", "<a.b> hours"),
        ("{{a.b}}{{ c }}", "<a.b><c>"),
        ("{{- a.b -}} hours", "<a.b> hours"),
        ("{{ a.b|upper }} hours", "<a.b> hours"),
        ("{{ a.b.least + 1 }} hours", "<a.b.least> hours"),
        ("{{ a.b ~ '}}' }} hours", "<a.b> hours"),
        ("<b>{{ a.b }}</b> hours", "<a.b> hours"),
        ("{{ 3 * 4 }} hours", "<> hours"),
    ],
)
def test_an_expression_is_read_as_a_reference(text: str, expected: str) -> None:
    """It is one character with the name that it begins with, whatever is done with it; or without a name."""
    assert [expected] == texts(markup(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a.b|replace('9', \"8 hours\") }}", ["9", "8 hours"]),
        ("{{ 'nine' ~ a.b }}", ["nine"]),
        ("{% if a.b == '9 hours' %}x{% endif %}", ["9 hours"]),
        ('{% set hours = "9" %}', ["9"]),
        ("<p title=\"{{ f('9 hours') }}\">x</p>", ["9 hours"]),
        ("{{ a['nine'] }}", ["nine"]),
        ("{{ a.b }}", []),
        ("{# 'nine' #}", []),
    ],
)
def test_texts_in_the_code_of_a_template_are_read(text: str, expected: list[str]) -> None:
    """Each text in an expression or statement is a passage of its own kind."""
    assert expected == texts(markup(text), "expression")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>let a = '9 hours', b = \"a day\", c = `or\nso`;</script>", ["9 hours", "a day", "or so"]),
        ("<script>// '9 hours'\n/* '8' */ let a = 'x';</script>", ["x"]),
        ("<script>let a = 'it\\'s \\u0039';</script>", ["it's 9"]),
        ("<script>let a = '{{ a.b }} hours';</script>", ["<a.b> hours"]),
        (
            '<script type="application/ld+json">{"name": "9 hours", "url": "https://a.org/9", "n": 9}</script>',
            ["name", "9 hours", "url", "https://a.org/9", "n"],
        ),
        ("<style>p::before { content: '9 hours'; background: url('9.svg') }</style>", ["9 hours"]),
        ("before<script src=x></script>after", ["before", "after"]),
        ("<script>if (a < b) { c = '9' }</script><p>after</p>", ["9", "after"]),
    ],
)
def test_texts_in_scripts_and_styles_are_read(text: str, expected: list[str]) -> None:
    """Only what stands in quotes, JSON-LD included; not comments, not addresses of pictures, not code."""
    assert expected == texts(markup(text))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("<p>\n  a <b>nine</b></p>", "nine", "2:8"),
        ("<p>9 <b>hours</b></p>", "9 hours", "1:4"),
        ('<p>\n  <img alt="nine">', "nine", "2:13"),
        ("<p title='nine'>", "nine", "1:11"),
        ("<input value=nine>", "nine", "1:14"),
        ('<p title="{{ a }} nine">', "nine", "1:19"),
        ('<p {% if x %}title="nine"{% endif %}>', "nine", "1:21"),
        ('<a href="/nine/">', "nine", "1:11"),
        ('<a href="tel:{{ a }}">nine</a>', "nine", "1:23"),
        ("{{ a.b }} nine", "nine", "1:11"),
        ("x\n {{ a.b }}", FACT, "2:2"),
        ("{{ a|f('nine') }}", "nine", "1:9"),
        ('{% if x == "nine" %}', "nine", "1:13"),
        ("{# nine #}\n\nnine", "nine", "3:1"),
        ("<!-- nine -->nine", "nine", "1:14"),
        ("<code>x</code> nine", "nine", "1:16"),
        ("9&nbsp;hours", "9 hours", "1:1"),
        ("&amp;nine", "nine", "1:6"),
        ("<script>\nx = 'nine';</script>", "nine", "2:6"),
        ("<script>x = '\\u0041nine'</script>", "nine", "1:20"),
        ('<script type="application/ld+json">{"a": "nine"}</script>', "nine", "1:43"),
        ("<style>\n p { content: 'nine' }</style>", "nine", "2:16"),
        ("<svg viewBox='0 0 9 9'><text>nine</text></svg>", "nine", "1:30"),
    ],
)
def test_words_in_markup_have_their_place(text: str, words: str, expected: str) -> None:
    """In texts, attributes, expressions and scripts alike."""
    assert [expected] == places(markup(text), words)


# ---------------------------------------------------------------- other files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("const a = '9 hours', b = \"a day\";", ["9 hours", "a day"]),
        ("a = `9\nhours`", ["9 hours"]),
        ('a = \'it\\\'s\'; b = "\\"9\\" hours"', ["it's", '"9" hours']),
        ('a = "9\\nhours \\u0041"', ["9 hours A"]),
        ("// '9 hours'\na = 'x'", ["x"]),
        ("a = 'x'; // it's over", ["x"]),
        ("/* '9\nhours' */ a = 'x'", ["x"]),
        ("a = 'https://a.org/9'", ["https://a.org/9"]),
        ("a = ''; b = 9", []),
        ("p { content: '9 hours'; background: url(\"9.svg\") }", ["9 hours"]),
        ('{"a": "9 hours", "b": ["a day", 9]}', ["a", "9 hours", "b", "a day"]),
    ],
)
def test_texts_in_code_are_read(text: str, expected: list[str]) -> None:
    """In scripts, style sheets and JSON each text in quotes is a passage; comments and code are none."""
    assert expected == texts(code(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9\nhours\n\na day\n", ["9 hours", "a day"]),
        ("one\n \t\ntwo", ["one", "two"]),
        ("9 **hours** {{ a.b }} &amp; <b>", ["9 **hours** {{ a.b }} &amp; <b>"]),
        ("\n\n", []),
        ("", []),
    ],
)
def test_a_plain_text_is_read_as_it_stands(text: str, expected: list[str]) -> None:
    """Blank lines part its paragraphs, and nothing in it is a mark."""
    assert expected == texts(words(text))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (code("let a = 1;\nlet b = 'x nine';"), "2:12"),
        (code("/* nine */ 'nine'"), "1:13"),
        (code("'a\\tb nine'"), "1:7"),
        (code('{\n  "a": "nine"\n}'), "2:9"),
        (code("p::before {\n  content: 'nine';\n}"), "2:13"),
        (words("one\ntwo nine"), "2:5"),
        (words("one\n\n\nnine"), "4:1"),
        (words("a   \u200bnine"), "1:6"),
    ],
)
def test_words_in_code_and_plain_text_have_their_place(found: tuple[Passage, ...], expected: str) -> None:
    """Line and column are those of the file."""
    assert [expected] == places(found, "nine")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((f"a.{ending}", ["x 'y'"]) for ending in ("html", "htm", "svg", "xml", "HTML")),
        *((f"a.{ending}", ["y"]) for ending in ("js", "mjs", "css", "json", "webmanifest", "JS")),
        *((f"a.{ending}", ["<b>x</b> 'y'"]) for ending in ("txt", "md", "vtt", "srt", "csv")),
        *((name, []) for name in ("a.png", "a.woff2", "a", "js", "a.js/b")),
    ],
)
def test_an_asset_is_read_by_the_ending_of_its_name(name: str, expected: list[str]) -> None:
    """Markup, code and plain text each in its own way; other files carry no words."""
    assert expected == texts(of_asset(name, "<b>x</b> 'y'"))


def test_a_fact_on_a_finished_page_is_one_character() -> None:
    """Its mark tells its name; the words around it are read as anywhere else."""
    text = f"Call\u00a0{trace.marked('561-555-0100', 1)} for {trace.marked('9 hours', 0)} \u2013 or more"
    passage = of_printed(text, ("course.hours", "phones.desk"))
    expected = "Call <phones.desk> for <course.hours> - or more"
    assert expected == read_aloud(passage)


def test_a_finished_text_without_marks_is_read_as_it_stands() -> None:
    """What was typed, or was changed by a template, is words."""
    expected = "Call 561-555-0100"
    assert expected == of_printed("Call 561\u2011555\u20110100", ()).text
