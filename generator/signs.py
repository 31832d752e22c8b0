"""What Python-Markdown need not try, for a sign is missing.

It tries 31 patterns on each text and 15 kinds of block on each paragraph, and
most of them are words. A pattern matches only where a sign stands that it is
made for; in other texts it need not be tried. The result is the same to the
letter, and so is the number of steps (``effort``).
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

BLOCKS: Mapping[str, tuple[str, ...]] = {
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("-", "_", "*"),
    "deflist": (": ",),
    "reference": ("]:",),
}
"""Kinds of block, each with the signs one of which is in all of its kind.

The others look at the first letters only; but for quotations, which count how
deep the calls are: one call more, and one level less of them would be read.
"""
PATTERNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "inline": {
        "backtick": ("`",),
        "escape": ("\\",),
        "reference": ("[",),
        "link": ("[",),
        "image_link": ("![",),
        "image_reference": ("![",),
        "short_reference": ("[",),
        "short_image_ref": ("![",),
        "autolink": ("<",),
        "automail": ("<",),
        "linebreak": ("  \n",),
        "entity": ("&",),
        "em_strong": ("*", "_"),
    },
    "smarty": {
        "smarty-em-dashes": ("---",),
        "smarty-en-dashes": ("--",),
        "smarty-quotes-0": ("'",),
        "smarty-quotes-1": ('"',),
        "smarty-quotes-2": ("\"'",),
        "smarty-quotes-3": ("'\"",),
        "smarty-quotes-4": ("'\"",),
        "smarty-quotes-5": ("\"'",),
        "smarty-quotes-6": ("'",),
        "smarty-quotes-7": ("'",),
        "smarty-quotes-8": ("'",),
        "smarty-quotes-9": ("'",),
        "smarty-quotes-10": ("'",),
        "smarty-quotes-11": ('"',),
        "smarty-quotes-12": ('"',),
        "smarty-quotes-13": ('"',),
        "smarty-quotes-14": ('"',),
        "smarty-ellipses": ("...",),
    },
}
"""The patterns of both passes over running text; each matches only in texts that hold one of its signs."""


class Signs(Extension):
    """Tries what can match; it must come after the extensions that register something."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Stand before the blocks, and take over both passes over running text."""
        md.is_block_level = functools.lru_cache(md.is_block_level)  # type: ignore[method-assign]  # it reads a list
        md.preprocessors.register(_Fences(md.preprocessors["fenced_code_block"]), "fenced_code_block", 25)
        for name, signs in BLOCKS.items():
            _stand_before(md.parser.blockprocessors[name], signs)
        for name, priority in (("inline", 20), ("smarty", 6)):
            before: Any = md.treeprocessors[name]
            md.treeprocessors.register(_Tried(md, before.inlinePatterns, PATTERNS[name]), name, priority)


class _Fences(Preprocessor):
    """Looks for fenced code where a line begins like one."""

    def __init__(self, fences: Preprocessor) -> None:
        super().__init__()
        self.fences = fences

    def run(self, lines: list[str]) -> list[str]:
        return self.fences.run(lines) if any(line.startswith(("```", "~~~")) for line in lines) else lines


def _stand_before(processor: BlockProcessor, signs: tuple[str, ...]) -> None:
    """Test for a kind of block only where there is a sign of it."""
    test = processor.test

    def test_where_it_can_be(parent: Element, block: str) -> bool:
        return any(map(block.__contains__, signs)) and test(parent, block)

    processor.test = test_where_it_can_be  # type: ignore[method-assign]


class _Tried(InlineProcessor):
    """Python-Markdown's pass over running text; a pattern that is not in the table is tried on each text."""

    _InlineProcessor__applyPattern: Callable[[Pattern, str, int, int], tuple[str, bool, int]]

    def __init__(self, md: Markdown, patterns: Registry[Any], signs: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(md)
        self.inlinePatterns = patterns
        needs = {id(patterns[name]): needed for name, needed in signs.items() if name in patterns}
        self.patterns = [(index, each, needs.get(id(each), ("",))) for index, each in enumerate(patterns)]
        self.signs = tuple(dict.fromkeys(sign for _, _, needed in self.patterns for sign in needed))
        self.chosen: dict[tuple[str, ...], list[tuple[int, Pattern]]] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Pass over those blocks alone that hold a sign; what stands behind a block would be put there beside it."""
        if any(self._found(block.tail or "") for block in tree):
            return super().run(tree, ancestors)
        part = Element(tree.tag)
        part.extend(block for block in tree if self._found("".join(block.itertext())))
        super().run(part, ancestors)
        return tree

    # The one private name that is replaced, for no public one stands between a text and the patterns. Should it be
    # called otherwise some day, all patterns are tried again; a pattern takes signs away and never adds one, for what
    # it makes stands in the text as a number.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or not (found := self._found(data)):
            return data
        for index, pattern in self.chosen.get(found) or self._choose(found):
            matched, start = index >= patternIndex, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)
        return data

    def _found(self, data: str) -> tuple[str, ...]:
        return tuple([sign for sign in self.signs if sign in data])

    def _choose(self, found: tuple[str, ...]) -> list[tuple[int, Pattern]]:
        """Return the patterns that one of these signs is enough for."""
        chosen = [(index, pattern) for index, pattern, needed in self.patterns if not set(needed).isdisjoint(found)]
        self.chosen[found] = chosen
        return chosen
