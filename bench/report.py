"""What was measured, as tables for ``results.md`` and as a picture."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generators import Generator

CASES = ("cold", "nothing changed", "one page changed", "one fact changed")
FOLDER = Path(__file__).resolve().parent
OWN = "this"
"""The key of this generator."""
UNITS: Mapping[str, tuple[str, str]] = {
    "s": ("Builds", "Seconds of the whole process, the median"),
    "ms": (
        "Previews",
        "Milliseconds from the saving of a page until a request is answered with the new word, the median",
    ),
    "MiB": ("Memory", "MiB that the largest process of a cold build had at most"),
}
"""What is measured in each unit: a heading and a sentence."""
ABOUT = """\
# This generator beside others

`make bench` measured this, in one run: {machine}. It measures
it anew wherever it is run; between machines, and between hours on one that is
shared, only the numbers in brackets can be compared: how many times what this
generator needs.

| | |
| --- | --- |
{versions}

All are given the same pages (`bench/corpus.py`): 510 to 760 words of made-up prose,
headings, a list, a table, seven links to other pages and eight uses of facts, in one
layout. Each has them as its documentation says, the facts in its data file, with its
defaults otherwise; feeds, lists of tags and categories and a search index are switched
off, for not all of them make these. This generator checks all that it always checks.

They take turns in each step, and each build is a process of its own. Cold is without
output and without caches. Then nothing is changed; then one page gets a sentence; then
one fact changes, a number that stands on every page. After each build all pages are
read back: where one is missing, or is not what it should be, the build is wrong and
has no time.
"""


@dataclass(frozen=True)
class Row:
    """What one case took with each generator, measured some times; words where something was wrong."""

    unit: str
    pages: int
    case: str
    times: int
    values: Mapping[str, float | str]

    def ratio(self, name: str) -> float | None:
        """How many times what this generator needs a generator needs, if both did it right."""
        value, own = self.values[name], self.values.get(OWN)
        return value / own if isinstance(value, float) and isinstance(own, float) else None


def write(rows: Sequence[Row], generators: Mapping[str, Generator]) -> None:
    """Write ``results.md`` and ``results.svg``."""
    versions = "\n".join(_line(each.name, versions_of(each)) for each in generators.values())
    text = ABOUT.format(machine=machine(), versions=versions)
    (FOLDER / "results.md").write_text(f"{text}\n{tables(rows, generators)}\n", "utf-8")
    (FOLDER / "results.svg").write_text(picture(_pictured(rows), generators), "utf-8")


def versions_of(generator: Generator) -> str:
    """Return what a generator is made of."""
    return ", ".join(f"{name} {version}" for name, version in generator.packages.items())


def machine() -> str:
    """Return what it was measured on, in neutral words."""
    said = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    if not (node := shutil.which("node")):
        return said
    return f"{said}, Node {subprocess.run([node, '-v'], capture_output=True, text=True, check=True).stdout[1:-1]}"


# ---------------------------------------------------------------- tables


def tables(rows: Iterable[Row], generators: Mapping[str, Generator]) -> str:
    """Return the results as Markdown: one table for each unit, and what went wrong below it."""
    by_unit = {unit: [row for row in rows if row.unit == unit] for unit in UNITS}
    return "\n\n".join("\n".join(_table(unit, found, generators)) for unit, found in by_unit.items() if found)


def _table(unit: str, rows: Sequence[Row], generators: Mapping[str, Generator]) -> Iterator[str]:
    title, what = UNITS[unit]
    yield from (f"## {title}", "", f"{what}.", "")
    yield _line("pages", "", "times", *(each.name for each in generators.values()))
    yield _line("---:", "---", "---:", *("---:" for _ in generators))
    for row in rows:
        yield _line(f"{row.pages:,}", row.case, str(row.times), *(_cell(row, name) for name in generators))
    for row in rows:
        for name, value in row.values.items():
            if isinstance(value, str):
                yield f"\n{generators[name].name}, {row.pages:,} pages, {row.case}: {value}"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(row: Row, name: str) -> str:
    ratio = row.ratio(name)
    told = "" if ratio is None or name == OWN else f" ({ratio:.2f})" if ratio < 10 else f" ({ratio:.0f})"  # noqa: PLR2004
    return shown(row.values[name], row.unit) + told


def shown(value: float | str, unit: str) -> str:
    """Return a value with the digits that mean something."""
    if isinstance(value, str):
        return "wrong"
    digits = 0 if unit != "s" else 3 if value < 1 else 2 if value < 10 else 1  # noqa: PLR2004
    return f"{value:.{digits}f}"


# ---------------------------------------------------------------- the picture

WIDTH, LABEL, BAR, LINE = 640, 132, 430, 18
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc">
<title id="title">{title}</title>
<desc id="desc">{desc}</desc>
<style>
svg {{ --paper: #fff; --ink: #1f2328; --bar: #7d8590; --own: #0a5fb4; font: 13px system-ui, sans-serif; }}
@media (prefers-color-scheme: dark) {{
svg {{ --paper: #0d1117; --ink: #e6edf3; --bar: #768390; --own: #6cb6ff; }}
}}
text {{ fill: var(--ink); }} rect {{ fill: var(--bar); }}
.paper {{ fill: var(--paper); }} .own {{ fill: var(--own); }} .end {{ text-anchor: end; }}
</style>
<rect class="paper" width="100%" height="100%"/>
{drawn}
</svg>
"""


def _pictured(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the largest site of each kind, but for memory."""
    found: list[Row] = []
    for unit in ("s", "ms"):
        most = max((row.pages for row in rows if row.unit == unit), default=0)
        found += [row for row in rows if row.unit == unit and row.pages == most]
    return found


def picture(rows: Sequence[Row], generators: Mapping[str, Generator]) -> str:
    """Return bars of some rows as SVG; those of one unit have one scale."""
    drawn, y = [], 0
    for row in rows:
        y += 2 * LINE
        drawn.append(f'<text font-weight="bold" x="{LABEL}" y="{y}">{_heading(row)}</text>')
        for name in row.values:
            y += LINE
            drawn.append(_bar(row, name, generators[name].name, _most(rows, row.unit), y))
    title = "How long this generator and others take"
    desc = " ".join(f"{_heading(row)}: {_told(row, generators)}." for row in rows)
    return PICTURE.format(width=WIDTH, height=y + LINE, title=title, desc=desc, drawn="\n".join(drawn))


def _most(rows: Iterable[Row], unit: str) -> float:
    values = (value for row in rows if row.unit == unit for value in row.values.values())
    return max((value for value in values if isinstance(value, float)), default=1.0)


def _heading(row: Row) -> str:
    unit = {"s": "seconds", "ms": "milliseconds"}[row.unit]
    return f"{row.pages:,} pages, {row.case}, {unit}"


def _told(row: Row, generators: Mapping[str, Generator]) -> str:
    return ", ".join(f"{generators[name].name} {shown(value, row.unit)}" for name, value in row.values.items())


def _bar(row: Row, key: str, name: str, most: float, y: int) -> str:
    value = row.values[key]
    long = round(BAR * value / most) if isinstance(value, float) else 0
    own, bold = (' class="own"', ' font-weight="bold"') if key == OWN else ("", "")
    return (
        f'<text class="end"{bold} x="{LABEL - 8}" y="{y}">{name}</text>'
        f'<rect{own} x="{LABEL}" y="{y - 11}" width="{long}" height="13"/>'
        f'<text{bold} x="{LABEL + long + 6}" y="{y}">{shown(value, row.unit)}</text>'
    )
