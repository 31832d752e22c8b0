"""How hard Markdown is to read: ended where that is out of all proportion to its length.

Python-Markdown looks for the end of each bracket that is never closed through
the rest of its paragraph, once for each kind of link: 24 KB of ``[a](<b`` take
it ten seconds, 24 KB of ``[`` minutes. So the steps are counted. What people
write takes about two for each of its characters (6,000 files of other projects,
up to 1 MB, took at most a seventh of what is allowed here).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

STEPS, STEPS_EACH = 3_000_000, 10
"""How many steps a text may take, and how many more for each of its characters; a million take about 0.1 s."""
COPY = 500
"""How many characters are copied in the time of a step."""
FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,})(?P<more>[^\n]*)", re.MULTILINE)
RUN = re.compile(r"\*\*{3,}|__{3,}")
"""Signs of emphasis in a row that are enough to count."""
SIGNS = re.compile(r"[\[\]()`>|*_~#=]|^\s*[-+]|^\s*\d+[.)]")


class TooMuchError(Exception):
    """Markdown that takes too many steps."""


class Effort(Extension):
    """Counts the steps; it must be the last of the extensions, to see what all others have registered."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 0

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Watch all that looks for an end."""
        md.preprocessors.register(_Lines(self), "effort", 26)  # after lists, before fenced code
        md.parser.blockprocessors.register(_Blocks(self, md), "effort", 200)
        for pattern in md.inlinePatterns:
            _watch(pattern, self)

    def start(self, text: str) -> None:
        """Begin with a text."""
        self.left = STEPS + STEPS_EACH * len(text)

    def take(self, steps: int) -> None:
        """Count some steps."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError


class _Lines(Preprocessor):
    """Counts how far the end of fences is looked for that are never closed, and how often long runs are read."""

    def __init__(self, effort: Effort) -> None:
        super().__init__()
        self.effort = effort

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        fences = list(FENCE.finditer(text)) if "```" in text or "~~~" in text else []
        last = {fence["mark"]: fence.start() for fence in fences if not fence["more"].strip(" ")}
        self.effort.take(sum(len(text) - at.start() for at in fences if at.start() >= last.get(at["mark"], 0)))
        self.effort.take(sum(len(run) ** 2 // 10 for run in RUN.findall(text)))
        return lines


class _Blocks(BlockProcessor):
    """Counts each block that is looked at, and leaves it to the others."""

    def __init__(self, effort: Effort, md: Markdown) -> None:
        super().__init__(md.parser)
        self.effort = effort

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the signature is Python-Markdown's
        self.effort.take(len(block) // 2 + block.count("|") * block.count("`"))
        return False


LOOKED: Mapping[str, Callable[..., int]] = {
    "handleMatch": lambda _, data, __: len(data) // COPY,
    "getText": lambda _, start, found: found[1] - start,
    "getLink": lambda _, start, found: found[2] - start,
    "search": lambda data, start, found: (found.start() if found else len(data)) - start,
    "find_code_spans": lambda start, data, found: (len(data) if found[1] is None else found[1]) - start,
}
"""The methods of patterns that look for an end, and how far each has looked."""


def _watch(pattern: Any, effort: Effort) -> None:  # noqa: ANN401 - Python-Markdown's patterns have methods of their own
    """Count how far a pattern looks."""

    def counted(method: Callable[..., Any], looked: Callable[..., int]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:  # noqa: ANN401 - whatever it is called with, and what it gives
            found = method(*given)
            effort.take(looked(*given, found))
            return found

        return run

    for name, looked in LOOKED.items():
        if method := getattr(pattern, name, None):
            setattr(pattern, name, counted(method, looked))


def densest(text: str) -> int:
    """Return the number of the line that holds most of what Markdown has to find the end of."""
    counts = [len(SIGNS.findall(line)) for line in text.split("\n")]
    return counts.index(max(counts)) + 1
