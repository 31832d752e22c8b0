"""The benchmark sees what it must not count: pages that are missing, stale, or call another number."""

from pathlib import Path
from xml.etree import ElementTree as ET

from bench import compare, report
from bench.corpus import FORMS, corpus, put
from bench.generators import GENERATORS
from generator import write
from generator.model import Options
from generator.pipeline import build
from tests.conftest import TODAY


def test_pages_are_as_long_as_is_said() -> None:
    """Each page has 510 to 760 words and eight uses of facts, with each generator."""
    given = corpus(40)
    assert all(510 <= len(given.words(number)) <= 760 for number in range(40))
    for form in FORMS.values():
        uses = [text.count("{{") for path, text in form.files(given).items() if path in map(form.page, range(40))]
        assert uses == [8] * 40


def test_reading_back(tmp_path: Path) -> None:
    """A site is right as it was built; a page that is missing or not of this day is named."""
    given = corpus(3).with_word(1, "kite").with_number(222)
    put(FORMS["this"].files(given), tmp_path)
    made, out = build(tmp_path, Options(TODAY)), tmp_path / "dist"
    assert made.errors == ()
    write.put(made.files, out)
    assert compare.faults(out, given) == ""
    assert compare.faults(out, given.with_number(223)) == "3 stale: /, /p1/, /p2/"
    assert compare.faults(out, given.with_word(1, "boat")) == "1 stale: /p1/"
    home = (out / "index.html").read_text("utf-8")
    put({"index.html": home.replace("tel:+15555550222", "tel:+15555550100")}, out)
    (out / "p2/index.html").unlink()
    assert compare.faults(out, given) == "1 missing: /p2/; 1 stale: /"


def test_a_wrong_build_is_not_a_fast_one() -> None:
    """Where something was wrong there is no time, no ratio and no bar, but words."""
    row = report.Row("s", 1000, "cold", 3, {"this": 0.5, "hugo": 1.25, "mkdocs": "2 stale: /p1/, /p2/"})
    generators = {name: GENERATORS[name] for name in row.values}
    told = report.tables([row], generators)
    assert "| 1,000 | cold | 3 | 0.500 | 1.25 (2.50) | wrong |" in told
    assert "MkDocs, 1,000 pages, cold: 2 stale: /p1/, /p2/" in told
    drawn = ET.fromstring(report.picture([row], generators))  # noqa: S314 - our own
    bars = [each.get("width") for each in drawn.iter("{http://www.w3.org/2000/svg}rect")]
    assert bars == ["100%", str(round(report.BAR * 0.4)), str(report.BAR), "0"]
