"""YAML that is made to take long, or to mean something else than it says: refused, or read as it was written."""

import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pytest

from generator import yamlfile
from generator.model import Build
from generator.problems import SiteError

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
NODES = yamlfile.MAX_NODES
KILOBYTES_256 = yamlfile.MAX_BYTES


def laughs() -> str:
    """Return the bomb of a billion laughs."""
    lines = ["a: &a [lol, lol]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise("abcdefghi")]
    return "\n".join(lines)


def merges() -> str:
    """Return keys that are merged into others again and again; PyYAML takes minutes for 3.4 KB."""
    keys = ", ".join(f"k{number}: v" for number in range(20))
    return f"a0: &a0 {{{keys}}}\n" + "".join(
        f"a{number}: &a{number}\n  <<: [{', '.join([f'*a{number - 1}'] * 8)}]\n" for number in range(1, 60)
    )


EARLY: Mapping[str, tuple[str, str]] = {
    "laughs": (laughs(), "1:4"),
    "merged keys": (merges(), "1:5"),
    "anchors": ("".join(f"k{number}: &a{number} v\n" for number in range(9000)), "1:5"),
    "brackets": ("[" * 30_000, "1:21"),
    "closed brackets": ("[" * 30_000 + "]" * 30_000, "1:21"),
    "brackets below a key": ("a: " + "[" * 30_000, "1:24"),
    "brackets in lines": ("[\n" * 30_000, "21:1"),
    "braces": ("{" * 30_000, "1:21"),
    "braces in lines": ("a: {\n" * 30_000, "20:1"),
    "dashes": ("- " * 30_000, "1:41"),
    "question marks": ("? " * 30_000, "1:41"),
    "stairs": ("".join(" " * number + "a:\n" for number in range(700)), "20:20"),
    "tags": ("a: " + "!!x " * 60_000, "1:4"),
    "tags of Python": ("a: !!python/object/apply:os.system [x]\n" * 6000, "1:4"),
    "documents": ("a: b\n---\n" * 20_000, "2:1"),
    "bytes": ("x" * (KILOBYTES_256 + 1), "1:1"),
    "letters": ("k: " + "\u00e9" * (KILOBYTES_256 // 2), "1:1"),
    "open quotes": ('a: "b\n' * 40_000, "1:4"),
    "colons": ("a: " + "b: " * 80_000, "1:5"),
}
"""Texts that are refused before they have been read, and where."""
LATE: Mapping[str, tuple[str, str]] = {
    "values": ("-\n" * (NODES + 1), f"{NODES}:2"),
    "keys": ("".join(f"k{number}: v\n" for number in range(NODES)), f"{NODES // 2}:8"),
    "values in a line": ("a: [" + "x," * NODES * 2, f"1:{NODES * 2 - 1}"),
    "one long quote": ('a: "' + "x\n" * 120_000, "1:4"),
    "backslashes": ('a: "' + "\\" * 250_000, "1:4"),
    "a tag without an end": ("a: !<" + "x" * 250_000, "1:4"),
}
"""Texts that must be read as far as the limits allow."""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Something for each step of PyYAML: a sign that it reads, a mark that it looks back at."""
    done: list[None] = []

    def counted(name: str) -> Callable[..., Any]:
        original = getattr(yamlfile._Loader, name)  # noqa: SLF001

        def step(self: object, *given: object) -> Any:  # noqa: ANN401
            done.append(None)
            return original(self, *given)

        return step

    for name in ("fetch_more_tokens", "save_possible_simple_key", "get_event"):
        monkeypatch.setattr(yamlfile._Loader, name, counted(name))  # noqa: SLF001
    return done


@pytest.mark.parametrize("parser", [yamlfile.IN_C, None], ids=["in C", "in Python"])
def test_bombs_are_refused(
    steps: list[None], tell: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, parser: object
) -> None:
    """Depth, number and size are bounded while a text is read: by steps, and for what a step costs by time.

    What must be read as far as the limits allow is left to the parser in C, where PyYAML has it; the one in Python
    takes no step then. Either way the place is the same.
    """
    monkeypatch.setattr(yamlfile, "IN_C", parser)
    slowest = (0.0, "")
    for name, (text, place) in {**EARLY, **LATE}.items():
        steps.clear()
        start = time.process_time()  # whatever else the machine is doing
        with pytest.raises(SiteError) as error:
            yamlfile.read("a.yaml", text)
        seconds = time.process_time() - start
        (problem,) = error.value.problems
        assert (str(problem.location), bool(problem.hint)) == (f"a.yaml:{place}", True), name
        assert len(steps) <= (200 if name in EARLY else 0 if parser else 5 * NODES), name
        assert seconds < 5, name
        slowest = max(slowest, (seconds, name))
    read = "in C" if parser else "in Python alone"
    tell(f"25 YAML bombs, read {read}: the slowest is refused after {slowest[0] * 1000:.0f} ms ({slowest[1]})")
    assert len({**EARLY, **LATE}) == 25


def test_a_bomb_in_a_site(make: Make, built: Run) -> None:
    """In ``site.yaml`` and in front matter it is one problem of its file, beside those of the others."""
    made = built(
        make(
            {
                "site.yaml": merges(),
                "content/page.md": f"---\n{laughs()}\n---\n",
                "content/a/page.md": f"---\ntitle: {'[' * 30_000}\n---\n",
                "content/b/page.md": "---\ntitle: !!python/object/apply:os.system [id]\n---\n",
            }
        )
    )
    assert [str(each.location) for each in made.errors] == [
        "content/a/page.md:2:28",
        "content/b/page.md:2:8",
        "content/page.md:2:4",
        "site.yaml:1:5",
    ]


AS_WRITTEN = [
    *("yes", "No", "on", "OFF", "true", "n", "null", "~", "1.0", "1e3", ".5", "0x10", "010", "0o17", "1_000", "+1"),
    *("-0", "12:30:00", "24:00", "2026-01-01", "2001-12-14t21:59:43Z", "=", "<<", ".inf", "-.INF", "NaN", "1,000"),
    *("$5", "50%", "...", "--", "a#b", "1e1000", "9" * 40, "https://a.org/#b"),
]
"""Texts that YAML takes for something else."""
READ = {'"no"': "no", "'it''s'": "it's", '"\\x41\\u00e9"': "A\u00e9", "'~'": "~", "null # c": "null", '" a "': "a"}
REFUSED = [
    *(
        "",
        '""',
        "''",
        "# a",
        "|",
        ">",
        "[]",
        "{}",
        "- a",
        "-",
        "? a",
        "a: b",
        ": a",
        "@a",
        "%a",
        "`a",
        "&a",
        "*a",
        "!a",
    ),
    *("!!str a", "!!binary aGk=", "!!timestamp 2026-01-01", "!!python/name:os.system", "!<x> a", "! a", "a #b"),
    *('"\\0"', "\u2028x", '"a', "'a", "[a", "{a: b}", "{{ a }}", '"a" b'),
]


def test_what_yaml_takes_for_something_else(make: Make, built: Run) -> None:
    """As a title and as a fact each is on the page just as it was written, or an error at its place."""
    wanted = {**{text: text for text in AS_WRITTEN}, **READ}
    titles = {
        f"content/sections/{number}-s{number}.md": f"---\ntitle: {text}\n---\n\n{{{{ f.f{number} }}}}\n"
        for number, text in enumerate(wanted)
    }
    facts = "".join(f"    f{number}: {text}\n" for number, text in enumerate(wanted))
    template = "<title>x</title>{% for each in page.sections %}<h2>{{ each.title }}</h2>{{ each.body }}{% endfor %}"
    site = f"site:\n  name: S\n  url: https://s.org\nfacts:\n  f:\n{facts}"
    made = built(make({"site.yaml": site, "templates/page.html": template, **titles}))
    tree = html5lib.parse(made.files["index.html"].decode(), namespaceHTMLElements=False)
    assert [each.rule for each in made.errors if each.rule != "typed-by-hand"] == []
    for tag in ("h2", "p"):
        assert ["".join(each.itertext()).strip() for each in tree.iter(tag)] == list(wanted.values())


def test_what_yaml_cannot_take_for_a_text(make: Make, built: Run) -> None:
    """Each is one error in its line, with a hint."""
    pages = {f"content/p{number}/page.md": f"---\ntitle: {text}\n---\n" for number, text in enumerate(REFUSED)}
    found = {str(each.location.path): each for each in built(make(pages)).errors}
    assert sorted(found) == sorted(pages)
    assert all(each.location.line == 2 and each.hint for each in found.values())
