"""Thirteen mistakes that Hugo, Eleventy, Astro, MkDocs or Pelican let pass, in their strict mode where they have one.

A visitor finds these: words that are missing, a link that leads nowhere, a page
that was overwritten. Who lets them pass is told in the issues and changes of
public projects, most of which were bitten (``PASSED``); some have a setting, a hook or a
linter that finds one. Here each is an error that nobody has to switch on, with
its place, and a row of ``mistakes.py``.
"""

import shutil
from pathlib import Path

import pytest

import build
from tests.conftest import GOOD, TODAY
from tests.mistakes import ALL

PASSED = {
    # the mistake: who lets it pass, and where that is told
    "A misspelt key in front matter": (
        "Any key is allowed (MkDocs), or one that is not expected is dropped (Astro)",
        "https://github.com/aws-powertools/powertools-lambda-typescript/pull/5582",
        "https://github.com/withastro/astro/issues/12404",
    ),
    "A title that is there twice": (
        "The last one wins (MkDocs; Hugo until 0.152)",
        "https://github.com/squidfunk/mkdocs-material/issues/5699",
        "https://github.com/linode/docs/pull/7360",
    ),
    "Bold with HTML": (
        "HTML in a line is left out without a word (Hugo)",
        "https://github.com/gohugoio/hugo/issues/13013",
    ),
    "A picture without words": (
        "Built (MkDocs); a linter found them",
        "https://github.com/apache/sedona/issues/1391",
    ),
    "A link to a section that is not there": (
        "A note that fails nothing (MkDocs --strict), or nothing at all (Astro)",
        "https://github.com/qmilab/asterism/issues/154",
        "https://github.com/heypinchy/pinchy/pull/961",
    ),
    "A link to a page without the slash": (
        "Taken for something else than a page (MkDocs --strict), or not looked at (Hugo, Eleventy)",
        "https://github.com/mkdocs/mkdocs/issues/1848",
        "https://github.com/medic/cht-docs/pull/2094",
        "https://github.com/11ty/docs/pull/236",
    ),
    "A picture that is not there": (
        "Not looked at (Hugo)",
        "https://github.com/neurodesk/neurodesk.github.io-hugo/pull/338",
    ),
    "A question and a section with one name": (
        "One overwrites the other, and which is chance (Hugo, unless asked to print and to fail)",
        "https://github.com/influxdata/docs-v2/issues/7408",
        "https://github.com/gohugoio/hugo/pull/13995",
    ),
    "Two names that differ by capitals only": (
        "One picture is shown in the place of the other (Hugo)",
        "https://github.com/HugoBlox/kit/issues/1126",
    ),
    "A misspelt name of a page": (
        "Printed as nothing (Hugo; Nunjucks, as Eleventy has it)",
        "https://github.com/gohugoio/hugo/issues/10023",
        "https://github.com/mozilla/nunjucks/issues/368",
    ),
    "A link to a draft": (
        "Not looked at (Hugo, a link in Markdown), or told as a page that does not exist (its ref)",
        "https://github.com/medic/cht-docs/pull/2094",
        "https://github.com/gohugoio/hugo/issues/10381",
    ),
    "A link whose address is given nowhere": (
        "Published with its brackets (MkDocs --strict)",
        "https://github.com/zensical/zensical/issues/630",
    ),
    "A link that runs a script": (
        "Published (Python-Markdown, and so MkDocs and Pelican)",
        "https://github.com/Python-Markdown/markdown/issues/1607",
    ),
}


def test_there_are_thirteen() -> None:
    """Each says who lets it pass, and where that can be read."""
    assert len(PASSED) == 13
    assert all(link.startswith("https://github.com/") for _, *links in PASSED.values() for link in links)


@pytest.mark.parametrize("title", PASSED)
def test_it_does_not_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str) -> None:
    """The mistake is an error with a place, and nothing is written."""
    (mistake,) = (each for each in ALL if each.title == title)
    site = Path(shutil.copytree(GOOD, tmp_path / "site"))
    mistake.spoil(site)
    assert build.main(["--today", str(TODAY), "--source", str(site)]) == 1
    assert capsys.readouterr().err.startswith(f"{mistake.place}: error: {mistake.said}\n")
    assert not (site / "dist").exists()
