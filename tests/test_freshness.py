"""Facts and pages that are to be looked at again: told in time, and said once it is late."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.model import Options
from generator.pipeline import build

SITE = """\
site:
  name: Pool
  url: https://pool.org
{review}facts:
  line:
    number: 988
    source: https://line.org/
    owner: the nurse
    checked: {checked}
    review_every: 180 days
"""
PAGE = "---\ntitle: Home\n---\n\n{{ line }}\n"
DUE = date(2026, 6, 30)
Make = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture
def told(make: Make) -> Callable[..., list[tuple[str, str, str, str]]]:
    """Return each problem of a site on a day: severity, place, message, hint."""

    def run(
        today: date, *, checked: str = "2026-01-01", page: str = PAGE, review: str = "", site: str = SITE
    ) -> list[tuple[str, str, str, str]]:
        root = make(
            {"site.yaml": site.replace("{checked}", checked).replace("{review}", review), "content/page.md": page}
        )
        problems = build(root, Options(today)).problems
        return [(each.severity, str(each.location), each.message, each.hint) for each in problems]

    return run


Told = Callable[..., list[tuple[str, str, str, str]]]


def test_a_fact_that_was_checked_in_time(told: Told) -> None:
    """Until the day that it is due, nothing is said."""
    assert told(DUE - timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("days", "severity", "when"),
    [
        (0, "warning", "today"),
        (1, "warning", "1 day ago"),
        (29, "warning", "29 days ago"),
        (30, "error", "30 days ago"),
        (9999, "error", "9999 days ago"),
    ],
)
def test_a_fact_that_is_due(told: Told, days: int, severity: str, when: str) -> None:
    """When it is due there is a warning with the day; 30 days later an error; both name the one line to change."""
    today = DUE + timedelta(days=days)
    hint = f"look it up (https://line.org/, by the nurse); if it still holds, write in this line: checked: {today}"
    assert [(severity, "site.yaml:9:14", f"line was to be checked again on 2026-06-30, {when}", hint)] == told(today)


def test_changing_the_line_mends_it(told: Told) -> None:
    """What the hint says is enough."""
    assert told(DUE + timedelta(days=40), checked=str(DUE + timedelta(days=40))) == []


def test_a_check_that_is_still_to_come(told: Told) -> None:
    """A day in the future is told, and no crash."""
    found = told(date(2020, 1, 1))
    assert [each[::2] for each in found] == [("warning", "line: 2026-01-01 is still to come (today is 2020-01-01)")]


def test_how_often_without_when(told: Told) -> None:
    """'review_every' alone says nothing, and is an error at its line."""
    site = SITE.replace("    checked: {checked}\n", "")
    found = told(DUE, site=site)
    assert [each[:3] for each in found] == [
        ("error", "site.yaml:9:19", "'line' says how often it is checked, and not when it was")
    ]


# ---------------------------------------------------------------- pages


def page(front: str) -> str:
    """Return a page with this front matter."""
    return f"---\ntitle: Home\n{front}---\n\n{{{{ line }}}}\n"


@pytest.mark.parametrize(
    ("today", "severity"), [(date(2026, 3, 31), None), (date(2026, 4, 1), "warning"), (date(2026, 5, 1), "error")]
)
def test_a_page_that_is_reviewed(told: Told, today: date, severity: str | None) -> None:
    """A page is told like a fact, at its own line."""
    found = told(
        today, page=page("reviewed: 2026-01-01\nreview_every: 90 days\nreviewed_by: the nurse\n"), checked=str(today)
    )
    assert ([(severity, "content/page.md:3:11")] if severity else []) == [each[:2] for each in found]
    assert all("look it up (by the nurse)" in each[3] and f"reviewed: {today}" in each[3] for each in found)


def test_a_page_without_a_review(told: Told) -> None:
    """No date, no word; how often without when is an error."""
    assert told(date(2026, 2, 1)) == []
    found = told(date(2026, 2, 1), page=page("review_every: 90 days\n"))
    assert [each[:2] for each in found] == [("error", "content/page.md:3:15")]


# ---------------------------------------------------------------- groups that must be dated


def test_a_group_that_must_be_dated(told: Told) -> None:
    """Each fact in a group of site.review must say when it was checked; questions have nothing to check."""
    facts = "  lines: {a: 30 days, b: {number: 911, label: Help}, c: {ask: 'Who?'}, d: {value: x, checked: 2026-01-01}}"
    used = "{{ lines.a }} {{ lines.b }} {{ lines.d }}\n\n{{ lines.c }}\n"
    found = told(date(2026, 2, 1), site=f"{SITE}{facts}\n", review="  review: [lines]\n", page=PAGE + used)
    said = [
        ("error", "'lines.a' does not say when it was checked, as 'site.review' asks"),
        ("error", "'lines.b' does not say when it was checked, as 'site.review' asks"),
    ]
    assert said == [each[::2] for each in found if "review" in each[2]]
    hints = [each[3] for each in found if "review" in each[2]]
    assert hints[0] == "write {value: 30 days, checked: 2026-02-01}, with the day of the check"
    assert hints[1] == "add 'checked: 2026-02-01', with the day of the check"


def test_one_fact_can_be_a_group(told: Told) -> None:
    """The name of a single fact will do."""
    assert told(date(2026, 2, 1), review="  review: [line]\n") == []


def test_a_group_that_is_not_there(told: Told) -> None:
    """A name that is no group is told with the nearest."""
    found = told(date(2026, 2, 1), review="  review: [lin]\n")
    assert [each[:3] for each in found] == [("error", "site.yaml:4:12", "there is no group of facts 'lin'")]
