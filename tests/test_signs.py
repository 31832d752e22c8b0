"""What is not tried could not have matched."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Extension, Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry

from generator import prose
from generator.signs import BLOCKS, PATTERNS, Signs
from tests.test_anything import MARKDOWN, bounded

FRAGMENTS = (
    *MARKDOWN,
    *("\n~~~\n<x>\n~~~\n", "\n```\n'x'\n```\n", "\nx | y\n--- | ---\n", "\nx\n---\n"),
    *(
        "a",
        " ",
        "\n",
        "  \n",
        "\n\n",
        "\\",
        '"',
        "'",
        "\"'",
        "--",
        "...",
        "<",
        ">",
        "<a@b.org>",
        "[b](c)",
        "[a]",
        "80s",
    ),
)
ROWS = [(run, name) for run, patterns in PATTERNS.items() for name in patterns]


def markdown(*more: Extension) -> Markdown:
    """Return a converter with all that is in the tables."""
    extensions = [TableExtension(), DefListExtension(), FencedCodeExtension(), SmartyExtension(), *more]
    return Markdown(extensions=extensions, output_format="html")


def patterns_of(markdown: Markdown, run: str) -> Registry[Any]:
    """Return the patterns of one pass over running text."""
    processor = markdown.treeprocessors[run]
    assert isinstance(processor, InlineProcessor)
    return processor.inlinePatterns


@pytest.mark.parametrize("run", PATTERNS)
def test_each_pattern_is_in_the_table(run: str) -> None:
    """One that is not would be tried on every text, as before."""
    patterns = patterns_of(prose._markdown()[0], run)  # noqa: SLF001 - as prose has set it up
    assert list(patterns) == [patterns[name] for name in PATTERNS[run]]


@pytest.mark.parametrize(("run", "name"), ROWS)
@settings(bounded, max_examples=10)
@given(data=st.data())
def test_a_text_that_a_pattern_matches_holds_its_sign(data: st.DataObject, run: str, name: str) -> None:
    """Texts are made from the expression itself."""
    expression = patterns_of(markdown(), run)[name].getCompiledRegExp()
    text = data.draw(st.from_regex(expression))
    assert any(sign in text for sign in PATTERNS[run][name])


def test_each_kind_of_block_is_known() -> None:
    """The others test the first letters of a block or nothing, and quotations the depth of the calls."""
    others = ("effort", "empty", "indent", "defindent", "code", "olist", "ulist", "quote", "paragraph")
    known = prose._markdown()[0].parser.blockprocessors  # noqa: SLF001 - as prose has set it up
    assert {id(each) for each in known} == {id(known[name]) for name in (*BLOCKS, *others)}


@pytest.mark.parametrize("name", BLOCKS)
@settings(bounded, max_examples=10)
@given(data=st.data())
def test_a_block_of_a_kind_holds_its_sign(data: st.DataObject, name: str) -> None:
    """A block is made from the expression of its kind; a table has none, and a row of it is two cells."""
    kind: Any = markdown().parser.blockprocessors[name]
    block = data.draw(st.from_regex(getattr(kind, "RE", r"\|") if name != "hr" else kind.SEARCH_RE))
    assert any(sign in block for sign in BLOCKS[name])


@bounded
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_the_result_is_the_same(text: str) -> None:
    """Whether all is tried on every text, or only some of it."""
    assert markdown(Signs()).convert(text) == markdown().convert(text)


def test_the_method_that_is_replaced_is_there() -> None:
    """Its name is private; under another one every pattern would be tried again, in silence."""
    for name in ("handleInline", "applyPattern"):
        assert f"_InlineProcessor__{name}" in vars(InlineProcessor)
