"""Whatever day it is: what is due is said, and the pages are the same."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

import build
from generator import pipeline
from generator.model import Options
from tests.conftest import GOOD

ROOT = Path(__file__).parent.parent.parent
DAYS = [date(1, 1, 1), date(2020, 2, 29), date(2028, 2, 29), date(2036, 11, 24), date(9999, 12, 31)]
"""The first day there is, before the last check, a day that most years lack, in ten years, the last day there is."""
Make = Callable[[Mapping[str, str | bytes]], Path]


@pytest.mark.parametrize("site", [ROOT, GOOD], ids=["clinic", "good"])
def test_the_clock_changes_no_page(site: Path) -> None:
    """Early, checks are still to come, which is a warning; late, they are overdue, an error for each."""
    files = pipeline.build(site, Options(date(2026, 3, 1))).files
    found = {}
    for today in DAYS:
        made = pipeline.build(site, Options(today))
        assert made.files == files
        rules = [(each.rule, each.severity) for each in made.problems if each.rule in {"stale", "future-date"}]
        assert len([each for each in made.problems if each.severity == "error"]) == rules.count(("stale", "error"))
        found[today.year] = {*rules}
    assert found[1] == found[2020] == {("future-date", "warning")}
    assert found[2036] == found[9999] == {("stale", "error")}


DATED = """\
site:
  name: Small
  url: https://small.org
facts:
  f: {{value: x, checked: {day}, review_every: {every}}}
"""


@pytest.mark.parametrize(
    ("day", "every", "said"),
    [
        ("2024-02-29", "1 year", "f was to be checked again on 2025-02-28"),
        ("2024-02-29", "4 years", "f was to be checked again on 2028-02-28"),
        ("2000-01-01", "0 days", "f was to be checked again on 2000-01-01"),
        ("2025-02-29", "1 year", "f: '2025-02-29' is not a day"),
        ("2024-02-30", "1 year", "f: '2024-02-30' is not a day"),
        ("9999-12-31", "1 day", "f: '9999-12-31' is not a day"),
        ("0001-01-01", "1 day", "f: '0001-01-01' is not a day"),
        ("2026-01-01", "11 years", "f: '11 years' is longer than ten years"),
        ("2026-01-01", "99999999999 days", "f: '99999999999 days' is not a length of time"),
        ("2026-01-01", "-1 days", "f: '-1 days' is not a length of time"),
        ("2026-01-01", "1e3 days", "f: '1e3 days' is not a length of time"),
    ],
)
def test_days_that_are_far_off_or_none(make: Make, day: str, every: str, said: str) -> None:
    """In a fact and on a page each is told where it stands, on any day."""
    page = f"---\ntitle: Home\nreviewed: {day}\nreview_every: {every}\n---\n\n{{{{ f }}}}\n"
    template = "<title>x</title>{{ page.body }} {{ page.reviewed }} {{ page.next_review }}"
    site = make(
        {"site.yaml": DATED.format(day=day, every=every), "content/page.md": page, "templates/page.html": template}
    )
    for today in DAYS:
        problems = pipeline.build(site, Options(today)).problems
        assert {each.location.path for each in problems} <= {"site.yaml", "content/page.md"}
    assert [each.message.partition(", ")[0] for each in problems if each.location.path == "site.yaml"] == [said]


@pytest.mark.parametrize("day", ["2025-02-29", "0000-01-01", "10000-01-01", "2026-13-01", "tomorrow", ""])
def test_a_day_that_the_calendar_lacks(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a wrong call, and said so."""
    with pytest.raises(SystemExit) as ended:
        build.main(["check", "--source", str(GOOD), "--today", day])
    assert ended.value.code == 2
    assert f"'{day}' is not a day" in capsys.readouterr().err
