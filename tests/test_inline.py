"""A pattern that is not tried could not have matched."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Extension, Markdown
from markdown.extensions.smarty import SmartyExtension
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry

from generator import prose
from generator.inline import SIGNS, Inline
from tests.test_anything import MARKDOWN, bounded

FRAGMENTS = (
    *MARKDOWN,
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
ROWS = [(run, name) for run, patterns in SIGNS.items() for name in patterns]


def markdown(*more: Extension) -> Markdown:
    """Return a converter that makes typographic signs."""
    return Markdown(extensions=[SmartyExtension(), *more], output_format="html")


def patterns_of(markdown: Markdown, run: str) -> Registry[Any]:
    """Return the patterns of one pass over running text."""
    processor = markdown.treeprocessors[run]
    assert isinstance(processor, InlineProcessor)
    return processor.inlinePatterns


@pytest.mark.parametrize("run", SIGNS)
def test_each_pattern_is_in_the_table(run: str) -> None:
    """One that is not would be tried on every text, as before."""
    patterns = patterns_of(prose._markdown()[0], run)  # noqa: SLF001 - as prose has set it up
    assert list(patterns) == [patterns[name] for name in SIGNS[run]]


@pytest.mark.parametrize(("run", "name"), ROWS)
@settings(bounded, max_examples=10)
@given(data=st.data())
def test_a_text_that_a_pattern_matches_holds_its_sign(data: st.DataObject, run: str, name: str) -> None:
    """Texts are made from the expression itself."""
    expression = patterns_of(markdown(), run)[name].getCompiledRegExp()
    text = data.draw(st.from_regex(expression))
    assert any(sign in text for sign in SIGNS[run][name])


@bounded
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_the_result_is_the_same(text: str) -> None:
    """Whether every pattern is tried on every text, or only some."""
    assert markdown(Inline()).convert(text) == markdown().convert(text)


def test_the_method_that_is_replaced_is_there() -> None:
    """Its name is private; under another one every pattern would be tried again, in silence."""
    for name in ("handleInline", "applyPattern"):
        assert f"_InlineProcessor__{name}" in vars(InlineProcessor)
