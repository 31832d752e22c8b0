"""What the finished pages weigh, ask for and say, held against ``tests/budgets.py``; no browser is needed."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import mean
from xml.etree.ElementTree import Element

import brotli
import html5lib
import pytest
import textstat
from calmjs.parse import asttypes, es5
from calmjs.parse.exceptions import ECMASyntaxError
from calmjs.parse.walkers import Walker

from generator import policy
from generator.model import Options
from generator.pipeline import build
from tests import budgets

ROOT = Path(__file__).parent.parent
PAGES = ("index.html", "leaflet/index.html", "404.html")
SCRIPTS = tuple(sorted(path.name for path in (ROOT / "assets").glob("*.js")))
FACTS: Mapping[str, tuple[str, ...]] = {
    # who and whom
    "W1": ("Inspire Recovery",),
    "W2": ("It is LGBTQ-friendly, and made for LGBTQ people.",),
    "W3": ("Free and confidential consultation 561-899-6088",),
    "W4": ("Speak with someone who can help you decide 561-763-9016",),
    "W5": ("We help you see your options clearly.", "We point you to the care that suits you most."),
    "W6": ("You do not need to know yet if our program is right for you.", "You do not have to decide first"),
    # the program
    "P1": ("is flexible, all-round (comprehensive) care. It stands between outpatient care and", "(inpatient care)"),
    "P2": ("for people who cannot stop their whole life for full-time care",),
    "P3": ("3 or more hours a day of structured counseling and addiction education",),
    "P4": ("You usually come 3 to 5 days a week.",),
    "P5": ("(holistic sessions)", "on a schedule that suits you"),
    "P6": ("highly structured", "substance addiction", "helps prevent a return to use (relapse)"),
    "P7": ("need neither medical detox nor somebody to watch over them day and night",),
    "P8": ("You keep up with home, work or school.",),
    "P9": (
        "Many of the kinds of therapy are the same as in other addiction treatment.",
        "less intense than inpatient rehab, and more intense than standard outpatient care",
    ),
    "P10": ("step down to it from", "(withdrawal management), or from an inpatient program", "Others start with it."),
    # whom it can help, and whom not
    "H1": ("leave a higher level of care not long ago, and still need close attention",),
    "H2": ("go to therapy once a week, and things are not getting better",),
    "H3": ("addiction getting worse, and does it make daily tasks much harder",),
    "H4": ("need intensive care, but cannot commit to a program that takes all day",),
    "H5": ("not right for everyone", "not right while you are at risk of hurting yourself or others"),
    "H6": ("We will refer you to", "(residential rehab)", "part of our network, it is LGBTQ-friendly, and we trust it"),
    # what it is good for
    "B1": ("biggest advantage of an IOP is that it is flexible", "go on with your daily duties"),
    "B2": ("round-the-clock care to none at all can be scary", "(triggers)", "an IOP keeps supporting you"),
    "B3": ("(communication skills)", "(coping strategies)", "outside at once", "friends, family, people at work"),
    "B4": (
        "takes up only part of the day",
        "a routine",
        "clear treatment plan",
        "groups where you build skills",
        "(psychoeducation)",
        "(occupational therapy)",
        "other activities that are part of therapy",
    ),
    # what to expect
    "E1": (
        "a professional in addiction care looks at how things are for you (an evaluation)",
        "plan that is just for you",
    ),
    "E2": ("a mix of group support sessions and therapy appointments",),
    "E3": ("supportive place where you meet other LGBTQ people", "peers give you feedback, and they support you"),
    "E4": ("the struggles it brings at home", "talk openly and to rebuild relationships", "highly qualified moderator"),
    "E5": (
        "just you and a counselor",
        "(lasting sobriety)",
        "with trauma, with triggers, and with better ways to cope",
    ),
    "E6": ("turn your feelings into art", "more at ease with what makes you unique"),
    # how long, and how much
    "L1": ("There is no set length, because each program is tailored to the person.",),
    "L2": ("plan on at least 90 days", "It depends on you."),
    "L3": ("An IOP asks for at least 9 hours a week.",),
    "L4": ("partial hospitalization program (PHP)", "may be 6 or more hours a day"),
    "L5": ("usually 1 to 2 hours a visit", "usually 1 to 3 visits a week"),
    # joining
    "J1": ("ready to get help, but not to leave your life behind", "for you, or for somebody you love"),
    "J2": ("Comprehensive addiction treatment for LGBTQ people is what we specialize in.",),
    "J3": ("tied to struggles they face around their identity", "addiction within the whole person"),
    # questions
    "Q1": (
        "Can I get medical detox in an IOP? We do offer medical detox. But our treatment programs begin once",
        "Detox is a short-term service, and more about the body than the mind",
        "a supervised place while substances leave your body",
        "withdrawal symptoms are managed there",
    ),
    "Q2": (
        "Is an IOP the same as rehab? Rehab (rehabilitation) is a catch-all word.",
        "(co-occurring disorders)",
        "Outpatient programs are a kind of rehab. Other kinds are 12-step support groups, day or night rehab",
    ),
}
"""What the clinic said, by the numbers of the brief, and the words that carry it."""


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    """The clinic's finished files."""
    return build(ROOT, Options(date(2026, 11, 24))).files


@pytest.fixture(scope="module")
def trees(files: Mapping[str, bytes]) -> Mapping[str, Element]:
    """The finished pages as trees, as a browser makes them."""
    return {path: html5lib.parse(files[path].decode(), namespaceHTMLElements=False) for path in PAGES}


def styles_of(tree: Element) -> str:
    """Return the style sheets that stand in a page, and the styles of its elements."""
    return "".join(
        [*(each.text or "" for each in tree.iter("style")), *(each.get("style", "") for each in tree.iter())]
    )


def scripts_of(tree: Element, *, that_run: bool = True) -> list[str]:
    """Return the scripts that stand in a page: those that run, or the JSON-LD."""
    return [each.text or "" for each in tree.iter("script") if ("json" not in each.get("type", "")) is that_run]


def read_aloud(text: str) -> str:
    """Return a text with single spaces and plain quotes."""
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


# ---------------------------------------------------------------- weight


HEAD = """HTTP/1.1 200 OK
Date: Tue, 24 Nov 2026 12:00:00 GMT
Server: nginx
Content-Type: text/html; charset=utf-8
Content-Encoding: br
Content-Length: 12345
Connection: keep-alive
Vary: Accept-Encoding
Last-Modified: Tue, 24 Nov 2026 12:00:00 GMT
ETag: "6923f0aa-7435-0123456789abcdef"
"""


def head_of(path: str, content: bytes) -> bytes:
    """Return the head of a response as a host sends it that is told all headers of the page."""
    ours = (f"{name}: {value}\n" for name, value in policy.headers(path, content, "https://www.clinic.example"))
    return "".join([HEAD, *ours, "\n"]).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_in_one_round_trip(files: Mapping[str, bytes], path: str) -> None:
    """The head of the response and the page in Brotli fit into the first packets."""
    weight = len(head_of(path, files[path])) + len(brotli.compress(files[path], quality=11))
    assert weight <= budgets.PAGE.number


@pytest.mark.parametrize("path", PAGES)
def test_styles_and_scripts_are_small(trees: Mapping[str, Element], path: str) -> None:
    """What is not words stays small, as it stands in the page."""
    style, script = styles_of(trees[path]), "".join(scripts_of(trees[path]))
    assert 0 < len(style.encode()) <= budgets.STYLE.number
    assert 0 < len(script.encode()) <= budgets.SCRIPT.number


def test_the_door_is_light(files: Mapping[str, bytes]) -> None:
    """The one drawing of the page weighs little."""
    drawings = re.findall(r'(?s)<svg class="door".*?</svg>', files["index.html"].decode())
    assert len(drawings) == 1
    assert len(drawings[0].encode()) <= budgets.DOOR.number


# ---------------------------------------------------------------- nothing from elsewhere


LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "manifest", "ping", "imagesrcset"}
"""Attributes whose address a browser asks for, or sends to."""
QUIET_LINKS = {"canonical", "icon", "author", "license", "help"}
"""Kinds of ``<link>`` that ask for nothing; an icon only when it is in the page itself."""
ASKING = {
    *("fetch", "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "Image", "Audio", "Worker", "SharedWorker"),
    *("serviceWorker", "importScripts", "RTCPeerConnection", "localStorage", "sessionStorage", "indexedDB", "caches"),
    *("cookie", "cookieStore", "postMessage", "BroadcastChannel", "eval", "Function"),
}
"""Names with which a script asks, keeps or sends something."""


def loads_of(tree: Element) -> list[str]:
    """Return each thing in a page that makes a browser ask for something, or send something."""
    loads = re.findall(r"""@import|@font-face|image-set\(|url\(\s*(?!["']?(?:data:|#))""", styles_of(tree))
    for each in tree.iter():
        tag = str(each.tag).rpartition("}")[2]
        if tag in {"iframe", "frame", "object", "embed", "applet", "base", "portal"}:
            loads.append(f"<{tag}>")
        if tag == "link" and each.get("rel") not in QUIET_LINKS:
            loads.append(f"<link rel={each.get('rel')}>")
        if tag == "meta" and each.get("http-equiv", "").casefold() in {"refresh", "set-cookie", "link"}:
            loads.append(f"<meta http-equiv={each.get('http-equiv')}>")
        for name, value in each.attrib.items():
            asks = name in LOADING or (name.endswith("href") and tag not in {"a", "area", "link"})
            if (asks or (tag == "link" and each.get("rel") == "icon" and name == "href")) and not value.startswith(
                ("data:", "#")
            ):
                loads.append(f"{name}={value}")
    return loads


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<img src=/a.png>", ["src=/a.png"]),
        ("<img srcset='/a.png 2x'>", ["srcset=/a.png 2x"]),
        ("<script src=//a.org></script>", ["src=//a.org"]),
        ("<link rel=stylesheet href=/a.css>", ["<link rel=stylesheet>"]),
        ("<link rel=preconnect href=//a.org>", ["<link rel=preconnect>"]),
        ("<link rel=icon href=/a.svg>", ["href=/a.svg"]),
        ("<svg><image href=/a.png></svg>", ["href=/a.png"]),
        ("<form action=/a></form>", ["action=/a"]),
        ("<a ping=/a href=/b>b</a>", ["ping=/a"]),
        ("<iframe></iframe>", ["<iframe>"]),
        ("<style>@import '/a.css'</style>", ["@import"]),
        ("<p style='background:url(/a.png)'>", ["url("]),
        ("<meta http-equiv=refresh content=1>", ["<meta http-equiv=refresh>"]),
        ("<a href=/b>b</a><svg><use href=#c></svg><img alt='' src=data:,>", []),
    ],
)
def test_what_is_loaded_is_found(page: str, what: list[str]) -> None:
    """Each way in which a page may ask for something is noticed; links and what is in the page itself are not."""
    assert loads_of(html5lib.parse(page, namespaceHTMLElements=False)) == what


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_loaded_from_anywhere(trees: Mapping[str, Element], path: str) -> None:
    """No element, style or drawing of a page makes a browser ask for anything."""
    assert loads_of(trees[path]) == []


# ---------------------------------------------------------------- reading


def words_of(element: Element) -> str:
    """Return the text of an element without that of the blocks, scripts and styles inside of it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag not in {*RUNNING, "script", "style"}:
            parts.append(words_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


RUNNING = {"p", "li", "dd"}
NOT_SENTENCES = {"nav", "aside", "footer"}
"""What is in these are names and numbers to press."""


def running(element: Element) -> Iterator[Element]:
    """Each paragraph, list item and answer in an element, each once."""
    if element.tag in NOT_SENTENCES or element.get("aria-hidden") == "true":
        return
    if element.tag in RUNNING:
        yield element
    for child in element:
        yield from running(child)


def blocks(element: Element) -> list[str]:
    """Return the running text of an element, each block ended as a sentence is."""
    texts = (read_aloud(words_of(each)) for each in running(element))
    return [text if text[-1] in ".?!" else text.rstrip(":;,") + "." for text in texts if text]


def sentences(block: str) -> list[str]:
    """Return the sentences of a block; a colon does not end one."""
    return re.split(r"(?<=[.?!])\s+", block)


def grade(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade of some blocks."""
    return float(textstat.flesch_kincaid_grade(" ".join(texts)))


def test_blocks_are_read_once() -> None:
    """A paragraph in a list item is not counted twice; every block ends a sentence; headings are not sentences."""
    tree = html5lib.parse(
        "<h2>No</h2><nav><li>No</nav><ul><li>One:<p>Two</p> more<li>Three!</ul><dl><dt>No<dd><p>Four",
        namespaceHTMLElements=False,
    )
    assert blocks(tree) == ["One: more.", "Two.", "Three!", "Four."]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_reads_easily(trees: Mapping[str, Element], path: str) -> None:
    """Six years of school are enough for every page."""
    assert grade(blocks(trees[path])) <= budgets.GRADE.number


def test_every_section_reads_easily(trees: Mapping[str, Element]) -> None:
    """No part of the page that is long enough to be measured is hard."""
    sections = {each.get("id"): blocks(each) for each in trees["index.html"].iter("section")}
    long = {
        name: texts
        for name, texts in sections.items()
        if sum(len(text.split()) for text in texts) >= budgets.SECTION_WORDS.number
    }
    assert len(long) >= 5
    assert {name: grade(texts) for name, texts in long.items() if grade(texts) > budgets.SECTION_GRADE.number} == {}


@pytest.mark.parametrize("path", PAGES)
def test_sentences_are_short(trees: Mapping[str, Element], path: str) -> None:
    """No sentence is long, and most are shorter."""
    lengths = {text: len(text.split()) for block in blocks(trees[path]) for text in sentences(block)}
    assert [text for text, length in lengths.items() if length > budgets.SENTENCE.number] == []
    assert mean(lengths.values()) <= budgets.MEAN_SENTENCE.number


@pytest.mark.parametrize("path", PAGES)
def test_paragraphs_are_short(trees: Mapping[str, Element], path: str) -> None:
    """No paragraph holds more than one can read at a glance."""
    long = [block for block in blocks(trees[path]) if len(sentences(block)) > budgets.PARAGRAPH.number]
    assert long == []


# ---------------------------------------------------------------- words


HEARD = {"alt", "aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "content", "label"}
"""Attributes with words for somebody; those of one's own, ``data-*``, have some too."""
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "time"}
UNREAD = {"script", "style"}


def flow(element: Element) -> Iterator[str]:
    """The text of an element, with a line's end where a block begins and ends."""
    border = "" if element.tag in INLINE else "\n"
    yield border
    if element.tag not in UNREAD:
        yield element.text or ""
        for child in element:
            yield from flow(child)
            yield child.tail or ""
    yield border


def lines_of(tree: Element) -> list[str]:
    """Return each block of a page, its title too, as one line."""
    text = "".join(part if part == "\n" else re.sub(r"\s+", " ", part) for part in flow(tree))
    return list(filter(None, map(read_aloud, text.split("\n"))))


def strings_in(value: object) -> Iterator[str]:
    """Each text of a JSON value."""
    if isinstance(value, str):
        yield value
    else:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        yield from itertools.chain.from_iterable(map(strings_in, parts))


def said_by(tree: Element) -> Iterator[str]:
    """Each text of a page that somebody or something reads: words, attributes, JSON-LD."""
    yield from lines_of(tree)
    for each in tree.iter():
        yield from (value for name, value in each.attrib.items() if name in HEARD or name.startswith("data-"))
    for script in scripts_of(tree, that_run=False):
        yield from strings_in(json.loads(script))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("An ADDICT?", "ADDICT"),
        ("Substance abuse.", "Substance abuse"),
        ("The best care.", "best"),
        ("We answer 24/7.", "24/7"),
        ("Call 988. We answer 24/7.", "24/7"),
        ("It helps 30% of all.", "30%"),
        ("1 in 5 people", "1 in 5"),
        ("40 people die by suicide.", "a number with suicide"),
    ],
)
def test_what_must_not_be_said_is_found(text: str, what: str) -> None:
    """Each kind of word and figure that must not be said is noticed."""
    assert [found.partition(":")[0] for found in budgets.unsaid(text)] == [what]


@pytest.mark.parametrize(
    "text",
    ["addiction, besting, unlimited", "988 is there 24/7.", "Inpatient care is 24/7."],
)
def test_what_may_be_said_is_left_alone(text: str) -> None:
    """Parts of longer words, the lifeline with its number, and care day and night where it is true."""
    assert budgets.unsaid(text) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_said_that_hurts_or_promises(trees: Mapping[str, Element], path: str) -> None:
    """Person first, no claim that the clinic did not make, no figures on suicide: not in any attribute either."""
    texts = list(said_by(trees[path]))
    assert "Inspire Recovery" in texts  # the words
    assert "width=device-width, initial-scale=1, viewport-fit=cover" in texts  # the attributes
    assert [found for text in texts for found in budgets.unsaid(text)] == []


def test_the_data_for_search_engines_is_read(trees: Mapping[str, Element]) -> None:
    """The JSON-LD of the home page is among the texts that are looked at."""
    assert "MedicalTherapy" in list(said_by(trees["index.html"]))


@pytest.mark.parametrize("fact", FACTS)
def test_everything_the_clinic_said_is_there(trees: Mapping[str, Element], fact: str) -> None:
    """No fact of the clinic's own text was lost on the way to the home page."""
    text = " ".join(lines_of(trees["index.html"]))
    assert [words for words in FACTS[fact] if words not in text] == []


# ---------------------------------------------------------------- scripts of 2015


NEWER = {
    *("closest", "matches", "remove", "append", "prepend", "before", "after", "replaceWith", "replaceChildren"),
    *("toggleAttribute", "insertAdjacentElement", "getRootNode", "composedPath", "animate"),
    *("includes", "startsWith", "endsWith", "padStart", "padEnd", "repeat", "trimStart", "trimEnd", "matchAll", "at"),
    *("replaceAll", "find", "findIndex", "findLast", "fill", "flat", "flatMap", "entries", "values", "from", "of"),
    *("assign", "fromEntries", "finally"),
}
"""Methods that a browser of early 2015 lacks, of the DOM and of the language."""
NEWER_PROPERTIES = {"key", "code", "isConnected", "isIntersecting"}
NEWER_GLOBALS = {
    *("Promise", "Symbol", "Map", "Set", "WeakMap", "WeakSet", "Proxy", "Reflect", "URL", "URLSearchParams"),
    *("IntersectionObserver", "ResizeObserver", "AbortController", "globalThis", "structuredClone", "queueMicrotask"),
    *("requestIdleCallback", "CustomEvent", "Event", "KeyboardEvent", "BigInt", "Intl"),
}
"""Names that a browser of early 2015 lacks, or has only half."""
LISTS = {"querySelectorAll", "childNodes", "children", "getElementsByTagName", "getElementsByClassName"}
"""Where lists come from that are no arrays: they had no ``forEach``, ``map`` or ``filter``."""
ARRAY_METHODS = {"forEach", "map", "filter", "some", "every", "reduce", "slice", "indexOf", "concat"}


NEWER_SELECTOR = re.compile(r":(?:is|where|has|scope|focus-visible)\b")


def made_by(node: asttypes.VarDecl) -> str:
    """Return the name of the method or property that a variable begins with."""
    return source_of(node.initializer)


def source_of(node: asttypes.Node) -> str:
    """Return the name of the method or property that a value comes from."""
    if isinstance(node, asttypes.FunctionCall):
        return source_of(node.identifier)
    return str(node.identifier.value) if isinstance(node, asttypes.DotAccessor) else ""


def too_new(script: str) -> list[str]:
    """Return what a browser of early 2015 does not understand in a script."""
    try:
        tree = es5(script)
    except ECMASyntaxError as error:
        return [f"syntax: {error}"]
    nodes = list(Walker().filter(tree, lambda _: True))
    lists = {each.identifier.value for each in nodes if isinstance(each, asttypes.VarDecl) and made_by(each) in LISTS}
    found = []
    for node in nodes:
        if isinstance(node, asttypes.FunctionCall) and isinstance(node.identifier, asttypes.DotAccessor):
            name, owner = node.identifier.identifier.value, node.identifier.node
            is_list = source_of(owner) in LISTS or (isinstance(owner, asttypes.Identifier) and owner.value in lists)
            if (name in NEWER and source_of(owner) != "classList") or (name in ARRAY_METHODS and is_list):
                found.append(f".{name}")
        if isinstance(node, asttypes.FunctionCall) and node.args:
            found += ["an object as option" for each in node.args.items if isinstance(each, asttypes.Object)]
        if isinstance(node, asttypes.DotAccessor) and node.identifier.value in NEWER_PROPERTIES:
            found.append(f".{node.identifier.value}")
        if isinstance(node, asttypes.Identifier) and node.value in NEWER_GLOBALS | ASKING:
            found.append(node.value)
        if isinstance(node, asttypes.String) and NEWER_SELECTOR.search(node.value):
            found.append(node.value)
    return found


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("var a = `b`;", "syntax"),
        ("a.map(b => b);", "syntax"),
        ("let a = 1;", "syntax"),
        ("a.closest('b');", ".closest"),
        ("a.remove();", ".remove"),
        ("a.querySelectorAll('b').forEach(c);", ".forEach"),
        ("var all = a.querySelectorAll('b'); all.map(c);", ".map"),
        ("a = event.key;", ".key"),
        ("new Promise(a);", "Promise"),
        ("navigator.sendBeacon(a);", "sendBeacon"),
        ("a.b = localStorage.c;", "localStorage"),
        ("document.cookie = 'a';", "cookie"),
        ("a.querySelector(':scope b');", "':scope b'"),
        ("a.scrollIntoView({behavior: 'smooth'});", "an object as option"),
    ],
)
def test_what_is_too_new_is_found(script: str, what: str) -> None:
    """Each kind of thing that a phone of 2015 stumbles over, or that keeps or sends something, is noticed."""
    assert [found.partition(":")[0] if what == "syntax" else found for found in too_new(script)] == [what]


@pytest.mark.parametrize(
    "script",
    ["a.classList.remove('b');", "[1].forEach(a);", "var a = [].slice.call(b.querySelectorAll('c')); a.forEach(d);"],
)
def test_what_is_old_enough_is_left_alone(script: str) -> None:
    """What phones of 2015 do know may be used."""
    assert too_new(script) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_run_on_a_phone_of_2015(name: str) -> None:
    """Every script of ``assets/`` is ES5 and uses nothing that came later; none keeps, asks or sends anything."""
    assert too_new((ROOT / "assets" / name).read_text("utf-8")) == []


@pytest.mark.parametrize("path", PAGES)
def test_scripts_in_a_page_run_on_a_phone_of_2015(trees: Mapping[str, Element], path: str) -> None:
    """What was made smaller is still ES5, in every page; no element has a script of its own."""
    assert scripts_of(trees[path])
    assert [found for script in scripts_of(trees[path]) for found in too_new(script)] == []
    assert [name for each in trees[path].iter() for name in each.attrib if name.startswith("on")] == []
