"""Markdown to HTML, with the places of all that can go wrong in it."""

import pytest

from generator.problems import Location, locate
from generator.prose import Link, Prose, fill, read

ASKED = frozenset({"q"})


def prose(text: str) -> Prose:
    """Read a Markdown text in which no fact is silent."""
    return read("p.md", text)


def filled(result: Prose) -> str:
    """Return the HTML with each fact printed as its name: in brackets in running text, else in angle quotes."""
    return fill(result.html, lambda name, running: f"[{name}]" if running else f"\u2039{name}\u203a")


def shown(text: str) -> str:
    """Return a Markdown text as HTML."""
    return filled(prose(text))


def without_asked(text: str) -> str:
    """Return a Markdown text as HTML in which nobody has told yet what ``q`` is."""
    return filled(read("p.md", text, ASKED))


def places(text: str) -> list[tuple[str | None, str]]:
    """Return the name and the place of each reference."""
    return [(each.name, str(each.at).removeprefix("p.md:")) for each in prose(text).references]


def targets(text: str) -> list[tuple[str, str]]:
    """Return the target and the place of each link and picture."""
    return [(each.target, str(each.at).removeprefix("p.md:")) for each in prose(text).links]


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("text", "expected", "place"),
    [
        ("Call {{ a.b }} now.", "<p>Call [a.b] now.</p>", "1:9"),
        ("{{a.b}}", "<p>[a.b]</p>", "1:3"),
        ("- {{ a.b }}", "<ul>\n<li>[a.b]</li>\n</ul>", "1:6"),
        ("1. {{ a.b }}", "<ol>\n<li>[a.b]</li>\n</ol>", "1:7"),
        ("> {{ a.b }}", "<blockquote>\n<p>[a.b]</p>\n</blockquote>", "1:6"),
        ("T\n: {{ a.b }}", "<dl>\n<dt>T</dt>\n<dd>[a.b]</dd>\n</dl>", "2:6"),
        ("*{{ a.b }}*", "<p><em>[a.b]</em></p>", "1:5"),
        ("**{{ a.b }}**", "<p><strong>[a.b]</strong></p>", "1:6"),
        ("_{{ a_b.c_d }}_", "<p><em>[a_b.c_d]</em></p>", "1:5"),
        ("{{ __a__ }}", "<p>[__a__]</p>", "1:4"),
        ("({{ a.b }})", "<p>([a.b])</p>", "1:5"),
        ("\u65e5\u672c{{ a.b }}\u65e5", "<p>\u65e5\u672c[a.b]\u65e5</p>", "1:6"),
        ("x\n{{ a.b }}\ny", "<p>x\n[a.b]\ny</p>", "2:4"),
    ],
)
def test_references_in_running_text_have_their_place(text: str, expected: str, place: str) -> None:
    """In paragraphs, lists, definitions and emphasis a reference is a word of running text."""
    assert expected == shown(text)
    assert [place] == [at for _, at in places(text)]


PLAIN = {
    "## Call {{ a }}": '<h2 id="call">Call \u2039a\u203a</h2>',
    "[{{ a }}](/x/)": '<p><a href="/x/">\u2039a\u203a</a></p>',
    "[**{{ a }}**](/x/)": '<p><a href="/x/"><strong>\u2039a\u203a</strong></a></p>',
    "[x]({{ a }})": '<p><a href="\u2039a\u203a">x</a></p>',
    "[x](tel:{{ a }})": '<p><a href="tel:\u2039a\u203a">x</a></p>',
    "[x](/{{ a }}/y)": '<p><a href="/\u2039a\u203a/y">x</a></p>',
    '[x](/y/ "t {{ a }}")': '<p><a href="/y/" title="t \u2039a\u203a">x</a></p>',
    "![{{ a }}](x.svg)": '<p><img alt="\u2039a\u203a" src="x.svg"></p>',
    "[x][r]\n\n[r]: /y/ 't {{ a }}'": '<p><a href="/y/" title="t \u2039a\u203a">x</a></p>',
}


def test_in_headings_links_and_attributes_a_reference_is_plain() -> None:
    """Where no link can stand, a fact is told to be outside running text."""
    expected = PLAIN
    assert expected == {text: shown(text) for text in PLAIN}
    assert all([name for name, _ in places(text)] == ["a"] for text in PLAIN)


def test_after_a_link_the_text_runs_on() -> None:
    """Only what is inside the link is plain."""
    expected = '<p><a href="x">\u2039a\u203a</a> [b]</p>'
    assert expected == shown("[{{ a }}](x) {{ b }}")


def test_references_in_tables_are_running_text() -> None:
    """Cells of the head and the body hold facts like any text, and the places are those of the cells."""
    text = "| a | {{ b }} |\n|---|---|\n| {{ c }} | d |"
    html = shown(text)
    assert "<th>[b]</th>" in html
    assert "<td>[c]</td>" in html
    assert places(text) == [("b", "1:10"), ("c", "3:6")]


@pytest.mark.parametrize("signs", ["\\[ ", "] ", "a\n", "  [\n", "\\\\"])
def test_much_may_stand_before_a_token(signs: str) -> None:
    """However many signs a token could have begun with."""
    for count in (0, 1, 199, 200, 201, 450):
        before, indent = signs * count, " " * (count % 4)
        text = f"{before}{{{{ a }}}}\n\n{indent}[b]: /c/\n\n[b]"
        assert places(text)[0][1] == str(locate("", before, len(before) + 3))[1:]
        assert targets(text)[-1] == ("/c/", f"{before.count(chr(10)) + 3}:{6 + len(indent)}")


def test_one_paragraph_may_hold_many_references() -> None:
    """Each is told at its own place, even side by side."""
    text = "{{ a }}{{ b }}, {{ a }}.\n\n{{ c }}"
    assert shown(text) == "<p>[a][b], [a].</p>\n<p>[c]</p>"
    assert places(text) == [("a", "1:4"), ("b", "1:11"), ("a", "1:20"), ("c", "3:4")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`{{ a }}`", "{{ a }}"),
        ("``{{ a }}``", "{{ a }}"),
        ("`{{ a|b }}`", "{{ a|b }}"),
        ("`{{`", "{{"),
        ("`<b>`", "&lt;b&gt;"),
        ("`[x](y)`", "[x](y)"),
        ("    {{ a }}\n", "{{ a }}\n"),
        ("\t<b>{{ a }}\n", "&lt;b&gt;{{ a }}\n"),
        ("```\n{{ a }}\n```", "{{ a }}\n"),
        ("~~~\n<b>{{ a }}</b>\n~~~", "&lt;b&gt;{{ a }}&lt;/b&gt;\n"),
        ("```\n[x]: y\n[a](b)\n```", "[x]: y\n[a](b)\n"),
    ],
)
def test_code_shows_what_was_written(text: str, code: str) -> None:
    """In code nothing is a reference, a link or a tag."""
    result = prose(text)
    assert f"<code>{code}</code>" in result.html
    assert (result.references, result.links, result.tags) == ((), (), ())


def test_code_in_a_cell_shows_what_was_written() -> None:
    """A reference in code is none in a table either."""
    result = prose("| a |\n|---|\n| `{{ b }}` {{ c }} |")
    assert "<td><code>{{ b }}</code> [c]</td>" in filled(result)
    assert [reference.name for reference in result.references] == ["c"]


def test_a_reference_after_code_keeps_its_place() -> None:
    """What stands in code moves no place of what follows."""
    assert places("```\n{{ a }}\n```\n\nx {{ b }}") == [("b", "5:6")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\{{ a }}", "<p>{{ a }}</p>"),
        ("x \\{{ y", "<p>x {{ y</p>"),
        ("{\\{ a }}", "<p>{{ a }}</p>"),
        ("\\<b>", "<p>&lt;b&gt;</p>"),
    ],
)
def test_a_backslash_makes_signs_plain(text: str, expected: str) -> None:
    """Escaped braces and brackets are text, and no mistake."""
    result = prose(text)
    assert expected == result.html
    assert (result.references, result.tags) == ((), ())


def test_an_escaped_backslash_is_before_a_reference() -> None:
    """Two backslashes are one, and the reference stands."""
    assert shown("\\\\{{ a }}") == "<p>\\[a]</p>"


def test_escaped_backticks_make_no_code() -> None:
    """A reference between them is one."""
    assert shown("\\`{{ a }}\\`") == "<p>`[a]`</p>"


@pytest.mark.parametrize(
    ("written", "reported"),
    [
        ("{{ a b }}", "{{ a b }}"),
        ("{{ a|upper }}", "{{ a|upper }}"),
        ("{{ a*b }}", "{{ a*b }}"),
        ("{{ }}", "{{ }}"),
        ("{{ a", "{{"),
        ("{{ a }", "{{"),
    ],
)
def test_anything_but_a_dotted_name_is_told(written: str, reported: str) -> None:
    """It stays as it was written, and is a mistake at its braces."""
    result = prose(f"x {written} y")
    assert f"<p>x {written} y</p>" == result.html
    (reference,) = result.references
    assert (None, reported, Location("p.md", 1, 3)) == (reference.name, reference.written, reference.at)


# ---------------------------------------------------------------- typography


TYPESET = {
    '"{{ a }}"': "&ldquo;[a]&rdquo;",
    "'{{ a }}'": "&lsquo;[a]&rsquo;",
    "{{ a }}'s": "[a]&rsquo;s",
    'Say "{{ a }}."': "Say &ldquo;[a].&rdquo;",
    "{{ a }}--{{ b }}": "[a]&ndash;[b]",
    "{{ a }}...": "[a]&hellip;",
    '"q"': "&ldquo;q&rdquo;",
    "it's": "it&rsquo;s",
    "a -- b --- c": "a &ndash; b &mdash; c",
    '`"q" --`': '<code>"q" --</code>',
}


def test_quotes_and_dashes_are_typeset() -> None:
    """A reference counts as a word, so that the quotes around it turn the right way."""
    assert {text: f"<p>{html}</p>" for text, html in TYPESET.items()} == {text: shown(text) for text in TYPESET}


def test_alignment_is_a_class() -> None:
    """A table's alignment needs no style attribute, which the policy forbids."""
    html = shown("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |")
    sides = {1: "left", 2: "center", 3: "right"}
    assert all(f'<td class="{side}">{number}</td>' in html for number, side in sides.items())
    assert "<td>4</td>" in html
    assert "align=" not in html
    assert "style=" not in html


# ---------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Call us", ("call-us",)),
        ("## Call us {{ a }} now", ("call-us-now",)),
        ("## {{ a }}", ("part",)),
        ("{{ a }} days\n===", ("days",)),
        ("## A {{ a }}\n\n## A {{ b }}", ("a", "a_1")),
        ("# \u00dcber & mehr", ("\u00fcber-mehr",)),
        ("## [A link](x) and `code`", ("a-link-and-code",)),
        ("text", ()),
    ],
)
def test_heading_ids_are_made_of_words_without_facts(text: str, ids: tuple[str, ...]) -> None:
    """A new figure breaks no link; two headings never share an id."""
    result = prose(text)
    assert ids == result.ids
    assert all(f' id="{name}"' in result.html for name in ids)


# ---------------------------------------------------------------- links


TARGETS = {
    "[x](https://a.org) [y](#z)": [("https://a.org", "1:5"), ("#z", "1:24")],
    "a\n\n- [x](/y/)": [("/y/", "3:7")],
    "[x](<a b>)": [("a b", "1:6")],
    "[x]( /y/ )": [("/y/", "1:6")],
    "[x](\ny)": [("y", "2:1")],
    "[x]()": [("", "1:5")],
    "[x](<https://a.org>)": [("https://a.org", "1:6")],
    "[x](y 'z')": [("y", "1:5")],
    "[x](a&b)": [("a&b", "1:5")],
    "[x](a&amp;b)": [("a&b", "1:5")],
    "[x](a\\_b)": [("a_b", "1:5")],
    "[x](a_b_c) [y](*z*)": [("a_b_c", "1:5"), ("*z*", "1:16")],
    "![Door](door.svg)": [("door.svg", "1:9")],
    "![a](x.svg)[b](y)": [("x.svg", "1:6"), ("y", "1:16")],
    "[![a](x.svg)](y)": [("y", "1:15"), ("x.svg", "1:7")],
    "<https://a.org/?a=1&b=2>": [("https://a.org/?a=1&b=2", "1:2")],
    "<https://a.org> x\n<https://a.org>": [("https://a.org", "1:2"), ("https://a.org", "2:2")],
    '[x][1]\n\n[1]: https://a.org "t"': [("https://a.org", "3:6")],
    "[x]\n\n[x]: <https://a.org>": [("https://a.org", "3:7")],
    "[x][r] [y][r]\n\n[r]: /z/": [("/z/", "3:6"), ("/z/", "3:6")],
    "| [x](y) |\n|---|\n| ![p](q.svg) |": [("y", "1:7"), ("q.svg", "3:8")],
    "`[x](y)` [x](z)": [("z", "1:14")],
    "\\[x](y)": [],
    "http://x.org": [],
    "[r]: /z/": [],
}


def test_links_and_pictures_have_their_place() -> None:
    """Inline, as a reference, as an autolink or in a cell: the place is that of the target."""
    expected = TARGETS
    assert expected == {text: targets(text) for text in TARGETS}


def test_a_picture_is_told_from_a_link_and_has_its_words() -> None:
    """A picture brings its alternative text, facts in it included."""
    assert (
        Link("door.svg", Location("p.md", 1, 15), picture=True, text="A red door"),
        Link("/x/", Location("p.md", 1, 29)),
    ) == prose("![A red door](door.svg) [x](/x/)").links


def test_a_target_is_filled_like_a_text() -> None:
    """The target of a link keeps the marks of its facts."""
    (link,) = prose("[x]({{ a.tel }})").links
    assert fill(link.target, lambda name, running: f"{name} {running}") == "a.tel False"


# ---------------------------------------------------------------- HTML


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>x</b>", ["1:3", "1:7"]),
        ("x<br>y <br/>", ["1:2", "1:8"]),
        ("a\n\n<div>\nx\n</div>", ["3:1", "5:1"]),
        ("x <!-- c -->", ["1:3"]),
        ("<?php ?>", ["1:1"]),
        ("[<b>](x)", ["1:2"]),
        ("## A <i>", ["1:6"]),
        ("| <b> |\n|---|\n| x |", ["1:3"]),
        ("<b", ["1:1"]),
        ("<script>alert(1)</script>", ["1:1", "1:17"]),
    ],
)
def test_tags_are_text_and_told_at_their_place(text: str, expected: list[str]) -> None:
    """What looks like HTML is escaped, and each tag is a place."""
    result = prose(text)
    assert [f"p.md:{place}" for place in expected] == [str(at) for at in result.tags]
    assert "&lt;" in result.html
    assert not any(tag in result.html for tag in ("<b>", "<i>", "<br", "<div", "<!--", "<?", "<script"))


def test_a_bracket_that_opens_no_tag_is_no_mistake() -> None:
    """Comparisons, entities and autolinks are Markdown."""
    texts = ["a < b", "a <3", "1<2", "&lt;b&gt;", "<https://a.org>", "<a@b.org>", "x > y"]
    assert not [text for text in texts if prose(text).tags]


# ---------------------------------------------------------------- facts that nobody has told yet


LEFT_OUT = {
    "A.\n\nB {{ q }}.\n\nC.": "<p>A.</p>\n<p>C.</p>",
    "x\n{{ q }}\ny": "",
    "**{{ q }}**": "",
    "x {{ q.who }} y": "",
    "[x]({{ q }}) y": "",
    "![{{ q }}](a.svg)": "",
    '[x](y "{{ q }}")': "",
    "- a\n- {{ q }}\n- c": "<ul>\n<li>a</li>\n<li>c</li>\n</ul>",
    "1. {{ q }}\n2. b": "<ol>\n<li>b</li>\n</ol>",
    "- {{ q }}\n- {{ q }}\n\nx": "<p>x</p>",
    "- a\n\n- {{ q }}\n\n- c": "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>",
    "- a\n\n    {{ q }}\n\n- b": "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
    "- a\n    - {{ q }}\n- b": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
    "T\n: a\n: {{ q }}": "<dl>\n<dt>T</dt>\n<dd>a</dd>\n</dl>",
    "T\n:   a\n\n    {{ q }}": "<dl>\n<dt>T</dt>\n<dd>\n<p>a</p>\n</dd>\n</dl>",
    "> a\n>\n> {{ q }}": "<blockquote>\n<p>a</p>\n</blockquote>",
    "a\n\n* * *\n\n{{ q }}": "<p>a</p>\n<hr>",
    "* * *\n\n{{ q }}": "",
    "| a |\n|---|\n| {{ q }} |": "",
    "## H {{ q }}\n\nx\n\n### I\n\n- y\n\n# J\n\nz": '<h1 id="j">J</h1>\n<p>z</p>',
    "## H {{ q }}\n\nx\n\n## I {{ q }}\n\n## J\n\nz": '<h2 id="j">J</h2>\n<p>z</p>',
    "> ## H {{ q }}\n>\n> x\n\ny": "<p>y</p>",
    "## H\n\n{{ q }}\n\n- {{ q }}\n\n## I\n\nz": '<h2 id="i">I</h2>\n<p>z</p>',
    "## H\n\n* * *\n\n{{ q }}\n\n# I": '<h1 id="i">I</h1>',
    "## H\n\n| a |\n|---|\n| {{ q }} |\n\n# I": '<h1 id="i">I</h1>',
    "## H\n\n### I\n\n{{ q }}\n\n### J {{ q }}\n\ny": "",
    "## H\n\n{{ q }}\n\n### I": '<h2 id="h">H</h2>\n<h3 id="i">I</h3>',
    "## H\n\n### I\n\n{{ q }}\n\n### J\n\nz": '<h2 id="h">H</h2>\n<h3 id="j">J</h3>\n<p>z</p>',
    "## H\n\n## I\n\n{{ q }}": '<h2 id="h">H</h2>',
    "## H\n\n* * *\n\n## I {{ q }}": '<h2 id="h">H</h2>\n<hr>',
    "- ### H\n\n    {{ q }}\n\n- b": "<ul>\n<li>\n<p>b</p>\n</li>\n</ul>",
}


def test_a_block_that_waits_for_an_answer_is_left_out() -> None:
    """Paragraphs, items and definitions go; a heading goes with what is below it; what this empties goes too."""
    expected = LEFT_OUT
    assert expected == {text: without_asked(text) for text in LEFT_OUT}


def test_a_row_that_waits_for_an_answer_is_left_out() -> None:
    """The other rows of the table stay."""
    html = without_asked("| a | b |\n|---|---|\n| {{ q }} | x |\n| y | z |")
    assert "<td>x</td>" not in html
    assert "<td>y</td>\n<td>z</td>" in html


@pytest.mark.parametrize(
    "text", ["x {{ qq }} y", "x {{ a.q }} y", "x `{{ q }}` y", "```\n{{ q }}\n```", "x \\{{ q }} y", "x q y"]
)
def test_what_does_not_refer_to_the_question_stays(text: str) -> None:
    """Other facts, code and escaped braces leave nothing out."""
    assert shown(text) == without_asked(text)


def test_the_mistakes_of_a_block_that_is_left_out_are_told() -> None:
    """Its references and tags are found as if it were shown."""
    result = read("p.md", "x\n\n{{ q }} {{ nope }} <b>", ASKED)
    assert [reference.name for reference in result.references] == ["q", "nope"]
    assert (Location("p.md", 3, 20),) == result.tags


def test_the_links_and_ids_of_a_block_that_is_left_out_are_not_there() -> None:
    """Nothing can lead to what is not shown, and its own links lead nowhere."""
    result = read(
        "p.md", "[a](b)\n\n## Gone [x](y) {{ q }}\n\n### In [z](w)\n\n{{ r }}\n\n## O\n\n### E\n\n{{ q }}", ASKED
    )
    assert [link.target for link in result.links] == ["b"]
    assert (result.ids, result.gone) == ((), ("gone-x", "in-z", "e", "o"))
    assert [reference.name for reference in result.references] == ["q", "r", "q"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ q }}", ("q",)),
        ("- {{ q.who }}\n\n## H\n\n{{ p }} {{ q }} {{ r }}", ("q", "p")),
        ("## H {{ q }}\n\nx {{ r }}", ("q",)),
        ("{{ q }}\n\n* * *", ("q",)),
        ("{{ q }}\n\nx", ()),
        ("{{ q }}\n\n## H", ()),
        ("`{{ q }}`", ()),
        ("[x]: /{{ q }}", ()),
        ("* * *", ()),
        ("", ()),
    ],
)
def test_a_text_of_which_nothing_is_left_says_what_it_waits_for(text: str, expected: tuple[str, ...]) -> None:
    """Each fact that nobody has told, once, by its name; none where something is left, or nothing stood."""
    assert read("p.md", text, frozenset({"p", "q"})).untold == expected


# ---------------------------------------------------------------- purity


TEXTS = ("[x][r]\n\n[r]: /a/", "[x][r]", "## A\n\n## A", "```\n{{ a }}\n```", "x {{ a }} <b>")


@pytest.mark.parametrize("other", TEXTS)
def test_a_text_leaves_nothing_behind(other: str) -> None:
    """The result depends on the text alone: definitions, ids and marks of the texts before are forgotten."""
    first = read("first.md", other)
    results = [read(f"{number}.md", text) for number, text in enumerate((*TEXTS, other))]
    assert (first.html, first.ids) == (results[-1].html, results[-1].ids)
    assert len(first.references) == len(results[-1].references)


def test_a_fact_is_filled_in_as_it_is() -> None:
    """What a fact prints is put in whole and not read again."""
    html = prose("Call {{ a }}.").html
    assert fill(html, lambda _name, _running: "<b>{{ a }}</b> \\1") == "<p>Call <b>{{ a }}</b> \\1.</p>"


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_text_is_empty(text: str) -> None:
    """Nothing gives nothing."""
    assert Prose("") == prose(text)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("T\n: {{ q }}\n\nU\n: x", "<dl><dt>U</dt><dd>x</dd></dl>"),
        ("A\n: a\n\n{{ q }}\n: x", "<dl><dt>A</dt><dd>a</dd></dl>"),
        ("T\n: {{ q }}\n: x", "<dl><dt>T</dt><dd>x</dd></dl>"),
        ("T\n: {{ q }}", ""),
        ("> {{ q }}", ""),
    ],
)
def test_terms_and_what_is_said_of_them_go_together(markdown: str, expected: str) -> None:
    """A term that has lost all that is said of it goes too, and so does what has lost its term."""
    assert read("p.md", markdown, frozenset({"q"})).html.replace("\n", "") == expected


def test_a_reference_does_not_reach_over_code() -> None:
    """Braces in two pieces of code are no reference."""
    result = read("p.md", "Write `{{` before and `}}` after.")
    assert result.html == "<p>Write <code>{{</code> before and <code>}}</code> after.</p>"
    assert result.references == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [dogs][nope].", [("label", "nope", 11)]),
        ("See [dogs] [nope].", [("label", "nope", 11)]),
        ("[dogs][]", [("label", "...", 7)]),
        ("![a dog][nope]", [("label", "nope", 9)]),
        ("[**b**][nope]", [("label", "nope", 8)]),
        ("[{{ a.b }}][nope]", [("label", "nope", 12)]),
        ("[it's][don't]", [("label", "don't", 7)]),
        ("[y][] [x][]\n\n[y]: z/", [("label", "...", 10)]),
        ("# [h][n]", [("label", "n", 6)]),
        ("- [x][y]", [("label", "y", 6)]),
        ("[Call] (#call)", [("space", "...", 7)]),
        ("[Call] (visit/)", [("space", "...", 7)]),
        ("(Call)[#call]", [("turned", "...", 7)]),
        ("(Call)[https://a.org]", [("turned", "...", 7)]),
        ("[a][b]\n\n[b]: x/", []),
        ("[a] [B]\n\n[b]: x/", []),
        ("see [1][2], [12][3]", []),
        ("\\[a\\]\\[b\\]", []),
        ("`[a][b]` and\n\n    [a][b]", []),
        ("[sic] (see there)", []),
        ("(a)[b]", []),
        ("[ ] (x/)", []),
        ("[a](b)[c](d)", []),
    ],
)
def test_what_was_meant_as_a_link(text: str, expected: list[tuple[str, str, int]]) -> None:
    """What stays in a text as it was typed, and looks like a link, is told at its place; plain brackets are not."""
    assert [(each.kind, each.name, each.at.column) for each in read("a.md", text).no_links] == expected
