"""What a browser and its reader find in a finished page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import trace
from generator.model import Entry, Page, PageMatter, RenderedPage
from generator.passages import GAP
from generator.problems import Location
from generator.prose import Prose
from generator.reading import Link, Seen, _Reader, read
from generator.trace import marked
from generator.yamlfile import Text

PAGE = Page(
    "/", Entry("content/page.md", "", 0, PageMatter(Text("Home", Location("content/page.md", 2, 8))), Prose(""))
)


def seen(html: str) -> Seen:
    """Return what is found in a page of this HTML, which may have marks."""
    return read(RenderedPage(PAGE, "index.html", *trace.parted(html.encode()), frozenset(), {}, {}))


def texts(html: str, kind: str = "words") -> list[str]:
    """Return the texts of one kind in a page."""
    return [block.text for block in seen(html).blocks if block.kind == kind]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Call us now</p>", ["Call us now"]),
        ("<p>Call <b>us</b> <em>now</em></p>", ["Call us now"]),
        ("<p>5<b>5</b>5-01<span>00</span></p>", ["555-0100"]),
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("one<p>two</p>three<div>four</div>five", ["one", "two", "three", "four", "five"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<table><tr><th>Hours<td>9</tr></table>", ["Hours", "9"]),
        ("<dl><dt>Hours</dt><dd>9</dd></dl>", ["Hours", "9"]),
        ("<details><summary>How long?</summary>90 days</details>", ["How long?", "90 days"]),
        ("<label>Name</label><button>Send</button>us", ["Name", "Send", "us"]),
        ("<select><option>one<option>two</select>", ["one", "two"]),
        ("<svg><text>9 <tspan>hours</tspan></text><text>a day</text></svg>", ["9 hours", "a day"]),
        ("<blockquote>said</blockquote><footer>who</footer>", ["said", "who"]),
        ("<div><div><p>deep</p></div></div>", ["deep"]),
        ("<P>one</P><SPAN>two</SPAN> three", ["one", "two three"]),
        ("<p></p><p> \n </p>", []),
        ("", []),
    ],
)
def test_a_block_is_what_is_read_in_one_go(html: str, expected: list[str]) -> None:
    """Marks within a sentence join its words; paragraphs, cells, items and line breaks part them."""
    assert expected == texts(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>\n  9\n\thours  a day\n</p>", "9 hours a day"),
        ("<p>9&nbsp;hours &amp; more</p>", "9 hours & more"),
        ("<p>561&#45;555&#x2d;0100</p>", "561-555-0100"),
        ("<p>1 &lt; 2</p>", "1 < 2"),
        ("<p>561\u2011555\u20110100</p>", "561\u2011555\u20110100"),
    ],
)
def test_a_block_reads_as_a_browser_shows_it(html: str, expected: str) -> None:
    """Entities are letters, and space of any kind is one space."""
    assert [expected] == texts(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<title>Home</title>", ["Home"]),
        *((f"<h{level}>Hours</h{level}>", ["Hours"]) for level in range(1, 7)),
        ("<h1>The <em>crawl</em> course</h1>", ["The crawl course"]),
        ("<h2>One</h2>a<h3>Two</h3>b", ["One", "Two"]),
        ("<H2>One</H2>", ["One"]),
        ("<header>Head</header><p>No head</p>", []),
    ],
)
def test_a_heading_is_told(html: str, expected: list[str]) -> None:
    """The title and each heading are headings; nothing else is."""
    assert expected == texts(html, "heading")


def test_what_follows_a_heading_is_none() -> None:
    """A heading ends where its element ends, even where no element begins."""
    expected = [("heading", "Hours"), ("words", "9 a week"), ("heading", "Days"), ("words", "3 a week")]
    found = seen("<h2>Hours</h2>9 a week<h2>Days</h2><p>3 a week</p>").blocks
    assert expected == [(block.kind, block.text) for block in found]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img alt="A pool" src="a.svg">', ["A pool"]),
        ('<p title="9 hours">x</p>', ["9 hours"]),
        ('<button aria-label="Call 561-555-0100">x</button>', ["Call 561-555-0100"]),
        ('<i role="slider" aria-valuetext="9 hours" aria-roledescription="dial"></i>', ["9 hours", "dial"]),
        ('<div aria-description="A list">x</div>', ["A list"]),
        ('<input placeholder="Your name">', ["Your name"]),
        ('<meta name="description" content="9 &amp; more">', ["9 & more"]),
        ("<option label=Hours>", ["Hours"]),
        ('<meta http-equiv="Content-Security-Policy" content="img-src 988">', []),
        ("<input required placeholder>", []),
        ('<img ALT="A pool" title="T">', ["T", "A pool"]),
        ('<p title="first" title="second">x</p>', ["first"]),
        ('<p title=" " class="big" id="nine" lang="en">x</p>', []),
    ],
)
def test_attributes_that_a_reader_sees_or_hears_are_blocks(html: str, expected: list[str]) -> None:
    """Each is a text of its own, whatever element it is on; other attributes are not read."""
    assert sorted(expected) == sorted(texts(html, "attribute"))


def test_an_attribute_does_not_part_the_sentence_around_it() -> None:
    """A picture within a sentence leaves the sentence whole."""
    expected = ["9 hours a day"]
    assert expected == texts('<p>9 <img alt="A clock" src="c.svg">hours a <abbr title="one day">day</abbr></p>')


@pytest.mark.parametrize(
    "html",
    [
        "<script>const hours = '9 hours';</script>",
        "<style>a::before { content: '9 hours' }</style>",
        "<pre>9 hours <b>a day</b></pre>",
        "<pre><code>9 hours</code> a day</pre>",
        "<code>9 hours</code>",
        "<kbd>9 hours</kbd><samp>a day</samp>",
        "<template><p>9 hours</p><p>a day</p></template>",
        "<!-- 9 hours -->",
        "<!doctype html>",
    ],
)
def test_code_is_not_read(html: str) -> None:
    """Scripts, styles, code, templates and comments have no words; what stands after them has."""
    expected = ["after"]
    assert expected == texts(f"{html}<p>after</p>")


def test_code_within_a_sentence_leaves_a_gap() -> None:
    """The words on its two sides do not meet, so that they make no figure together."""
    expected = [f"9 {GAP} hours"]
    assert expected == texts("<p>9 <code>x = 1</code> hours</p>")


@pytest.mark.parametrize(
    ("html", "target", "words"),
    [
        ('<a href="/x/">There</a>', "/x/", "There"),
        ('<a href="tel:+15615550100">561-<b>555</b>-0100</a>', "tel:+15615550100", "561-555-0100"),
        ('<a href="tel:988" aria-label="Call 988">Call <i>now</i></a>', "tel:988", "Call 988 Call now"),
        ('<a href="tel:988" aria-label="Call 988"><svg></svg></a>', "tel:988", "Call 988"),
        ('<a href="/x/"><p>One</p><p> Two</p></a>', "/x/", "One Two"),
        ('<a href="/x/?a=1&amp;b=2">&lt;x&gt;</a>', "/x/?a=1&b=2", "<x>"),
        ('<a href="/x/">See <code>x = 1</code></a>', "/x/", "See"),
        ('<A HREF="/x/">There</A>', "/x/", "There"),
    ],
)
def test_a_link_has_its_target_and_its_words(html: str, target: str, words: str) -> None:
    """Its words are those that are seen in it and those of its label for screen readers."""
    (call,) = seen(f"<p>Before {html} after</p>").calls
    assert (target, words) == (call.target, " ".join(call.words.split()))


def test_each_link_is_a_call_of_its_own() -> None:
    """Links stand in the order of the page, the same one twice if it stands there twice; other elements are none."""
    html = (
        '<a href="/b/">b</a><a href="/a/">a</a><a href="/b/">b</a><link href="a.css"><a name="c">c</a><form action="/">'
    )
    expected = ["/b/", "/a/", "/b/"]
    assert expected == [call.target for call in seen(html).calls]


def test_words_behind_a_link_are_not_its_own() -> None:
    """A link ends where its element ends."""
    expected = [Link("/x/", " in")]
    assert expected == list(seen('before <a href="/x/">in</a> behind').calls)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<script type="application/ld+json">{"a": 9}</script>', ['{"a": 9}']),
        ("<script type=' Application/LD+JSON '>[]</script>", ["[]"]),
        ('<script type="application/ld+json">1</script><script type="application/ld+json">2</script>', ["1", "2"]),
        ('<script type="application/ld+json">"&amp; <b>"</script>', ['"&amp; <b>"']),
        ('<script type="application/ld+json">1</script><script>2</script><p>3</p>', ["1"]),
        ('<script type="application/json">1</script>', []),
        ('<script type="module">1</script>', []),
        ('<p type="application/ld+json">1</p>', []),
    ],
)
def test_the_data_are_the_scripts_that_hold_json_ld(html: str, expected: list[str]) -> None:
    """They are given as they were written; other scripts are none."""
    assert expected == list(seen(html).data)


def test_marks_stay_around_facts_in_what_is_read() -> None:
    """Blocks, attributes, calls and data tell which of their words are facts."""
    hours, phone = marked("9 hours", 3), marked("988", 4)
    html = (
        f'<p title="{hours}">{hours} a day</p><a href="tel:{phone}" aria-label="Call {phone}">{phone}</a>'
        f'<script type="application/ld+json">"{hours}"</script>'
    )
    found = seen(html)
    assert {hours, f"{hours} a day", f"Call {phone}", phone} == {block.text for block in found.blocks}
    assert (Link(f"tel:{phone}", f"Call {phone} {phone}"),) == found.calls
    assert (f'"{hours}"',) == found.data


def test_marks_are_no_part_of_ids_and_targets() -> None:
    """What leads somewhere is told as it is published."""
    where, phone = marked("pool", 1), marked("988", 4)
    found = seen(f'<a href="tel:{phone}">x</a><h2 id="{where}">y</h2><img src="{where}.svg">')
    links, ids, wordless = {("a", "tel:988", ""), ("img", "pool.svg", "")}, ("pool",), ("pool.svg",)
    assert (links, ids, wordless) == ({*found.links}, found.ids, found.wordless)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p id="a"></p><b id="b"></b>', ["a", "b"]),
        ('<p id="a"></p><p id="a"></p>', ["a", "a"]),
        ('<a name="old">x</a>', ["old"]),
        ('<a id="new" name="old">x</a>', ["new"]),
        ('<input name="email"><meta name="robots">', []),
        ("<P ID=a>", ["a"]),
    ],
)
def test_an_id_is_where_a_link_can_lead(html: str, expected: list[str]) -> None:
    """Ids, and the names of old anchors; twice if they are there twice."""
    assert expected == list(seen(html).ids)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/x/">x</a>', [("a", "/x/", "")]),
        ('<a href="/x/" rel="nofollow">x</a>', [("a", "/x/", "nofollow")]),
        ('<link rel="stylesheet" href="a.css">', [("link", "a.css", "stylesheet")]),
        ('<script src="a.js"></script>', [("script", "a.js", "")]),
        ('<form action="/send">', [("form", "/send", "")]),
        ('<iframe src="/map/">', [("iframe", "/map/", "")]),
        ('<map><area href="/x/" alt="x"></map>', [("area", "/x/", "")]),
        ('<audio src="a.mp3"></audio><embed src="e.pdf">', [("audio", "a.mp3", ""), ("embed", "e.pdf", "")]),
        ('<img src="a.svg" alt="">', [("img", "a.svg", "")]),
        ('<video src="v.mp4" poster="p.png">', [("video", "p.png", ""), ("video", "v.mp4", "")]),
        ('<picture><source src="a.webp"></picture>', [("source", "a.webp", "")]),
        ('<object data="o.svg">', [("object", "o.svg", "")]),
        ('<a href="/x/">x</a><a href="/x/">y</a>', [("a", "/x/", "")]),
        ('<p href="/x/" src="y">x</p><a>y</a>', []),
    ],
)
def test_links_are_all_that_leads_somewhere(html: str, expected: list[tuple[str, str, str]]) -> None:
    """Each element that loads or leads to something, with its target and relation, and the same one only once."""
    assert expected == sorted(seen(html).links)


def test_a_picture_without_alt_text_is_told() -> None:
    """An empty alt text is one; none at all is a mistake."""
    expected = ["b.svg"]
    assert expected == list(seen('<img src="a.svg" alt=""><img src="b.svg"><img src="c.svg" alt="c">').wordless)


# fmt: off
TAGS = ("<p>", "</p>", '<p class="x">', "<p class=x>", '<a href="tel:1&amp;2">', '<a href="/?a&b">', "</a>", "<br/>",
        '<img src="a" alt="b" />', "<input disabled/>", "<script>", "</script>", '<SCRIPT type="application/ld+json">',
        '{"a": "b < c"}', "</Script >", "<style>", "a<b", "</style>", "<title>", "&amp;", "&nbsp", "&", "<", ">", '"',
        "/", "=", " ", "\n", "\x0b", "\xa0", "word", "<!--", "-->", "-", "<!doctype html>", "<?", "</", "</p x>",
        '<p\x0bid="c">', "\U000f0000", "\U000ffffd", '<h2 id="a">', "</h2>", '<path d="M0 0"/>', '<div a="1"b="2">',
        "<div a = '1'>", "<code>", "</code>", "<stylex>", "<style-x>", "<script/>", 'a="1"', '<p id="&lt">')
# fmt: on


@given(st.lists(st.sampled_from(TAGS), max_size=12).map("".join))
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_the_quick_way_finds_the_same(html: str) -> None:
    """Tags that are as they should be are read without the parser that forgives all others."""
    quick, forgiving = _Reader(), _Reader()
    quick.read(html)
    forgiving.feed(html)
    forgiving.close()
    forgiving.end()
    assert quick == forgiving
