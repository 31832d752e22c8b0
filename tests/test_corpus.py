r"""How well figures are recognised, measured on sentences that people wrote without seeing the recogniser.

Each folder below ``corpus/`` has three files, a case a line. ``literals`` and
``contradictions`` give the fact (``phone`` for a number that is none), a tab,
and the sentence as it would be typed in Markdown, ``\n`` for a line break;
``innocent`` gives sentences with numbers that no fact is about. All of them
are read as paragraphs of one page about the intensive outpatient program.

The sentences in ``work`` were looked at while the recogniser was made. Those in
``held_out`` were not: their figures tell how it does on what nobody foresaw.
"""

import functools
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.load import load
from generator.model import Options
from generator.passages import of_markdown
from generator.recognise import Finding, Recogniser

CORPUS = Path(__file__).parent / "corpus"
HEAD = "| Program | Detail |\n| --- | --- |\n"
TOPIC = "programs.iop"
WANTED: Mapping[str, float] = {"literals": 0.98, "contradictions": 0.95, "innocent": 0.01}
"""The least share that is to be found of the first two, the most that may be of the third."""


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    """What recognises the facts of the corpus."""
    site = tmp_path_factory.mktemp("corpus")
    (site / "site.yaml").write_bytes((CORPUS / "site.yaml").read_bytes())
    return Recogniser(load(site, Options(date(2026, 11, 23))).facts)


def cases(folder: str, kind: str) -> list[tuple[str, str]]:
    """Return the fact and the sentence of each case; innocent ones have no fact."""
    lines = (CORPUS / folder / f"{kind}.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t", 1) if kind != "innocent" else ("", line) for line in lines)
    return [(fact, sentence.replace("\\n", "\n")) for fact, sentence in pairs]


@functools.cache
def found_in(sentence: str, recogniser: Recogniser) -> tuple[Finding, ...]:
    """Return the findings in a sentence; a row of a table gets the rows above it that make it one."""
    text = HEAD + sentence if sentence.startswith("|") else sentence
    passages = of_markdown("a.md", text)
    return tuple(finding for passage in passages for finding in recogniser.findings(passage, TOPIC))


@pytest.mark.parametrize("folder", ["work", "held_out"])
@pytest.mark.parametrize("kind", list(WANTED))
def test_the_corpus(folder: str, kind: str, recogniser: Recogniser, capsys: pytest.CaptureFixture[str]) -> None:
    """Nearly all literals and contradictions are found, and hardly any innocent sentence is."""
    given = cases(folder, kind)
    found = [sentence for _, sentence in given if found_in(sentence, recogniser)]
    share = len(found) / len(given)
    with capsys.disabled():
        print(f"\ncorpus/{folder}: {kind}: {len(found)} of {len(given)} found ({share:.1%})")  # noqa: T201
    assert share <= WANTED[kind] if kind == "innocent" else share >= WANTED[kind]


@pytest.mark.parametrize("folder", ["work", "held_out"])
def test_what_is_found_is_the_right_fact(folder: str, recogniser: Recogniser) -> None:
    """A literal is told as the fact that the writer had in mind, but for a few that fit two."""
    given = cases(folder, "literals")
    right = [
        fact
        for fact, sentence in given
        if any(finding.fact and finding.fact.name == fact for finding in found_in(sentence, recogniser))
    ]
    assert len(right) / len(given) >= WANTED["literals"]


@pytest.mark.parametrize(("kind", "least"), [("literals", 250), ("contradictions", 80), ("innocent", 1000)])
def test_the_corpus_is_large(kind: str, least: int) -> None:
    """There are enough sentences for a share to mean something, and no two are the same."""
    sentences = [sentence for folder in ("work", "held_out") for _, sentence in cases(folder, kind)]
    assert len(sentences) >= least
    assert len({" ".join(sentence.split()).casefold() for sentence in sentences}) / len(sentences) > 0.98
