"""Checks of dates: facts and pages that are to be looked at again from time to time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from generator.facts import Ask, Fact
from generator.model import Page, Site
from generator.problems import Location, Problem, did_you_mean, locate

GRACE = timedelta(days=30)
"""How long after a check is due it is still only a warning."""


def facts_are_fresh(site: Site) -> Iterator[Problem]:
    """Every fact that is checked from time to time has been checked in time."""
    for fact in site.facts:
        if fact.checked and fact.checked_at:
            yield from _future(fact.name, fact.checked, fact.checked_at, site)
            if fact.review_every:
                due = _after(fact.checked, fact.review_every.days)
                where = ", ".join(filter(None, (fact.details.get("source"), _by(fact))))
                yield from _stale(fact.name, due, "checked", (fact.checked_at, where), site)


def _by(fact: Fact) -> str:
    return f"by {fact.details['owner']}" if "owner" in fact.details else ""


def pages_are_fresh(site: Site) -> Iterator[Problem]:
    """Every page that is reviewed from time to time has been reviewed in time."""
    for page in site.pages:
        matter = page.entry.matter
        if matter.review_every and not matter.reviewed and not _found(site, page, "reviewed"):
            hint = "add 'reviewed:' with the day of the last review"
            message = "this page says how often it is reviewed, and not when it was"
            yield Problem(_key(site, page, "review_every"), "missing-key", message, hint)
        if matter.reviewed:
            at = _key(site, page, "reviewed")
            yield from _future("this page", matter.reviewed, at, site)
            if matter.review_every:
                by = f"by {matter.reviewed_by}" if matter.reviewed_by else ""
                yield from _stale(
                    "this page", _after(matter.reviewed, matter.review_every.days), "reviewed", (at, by), site
                )


def _key(site: Site, page: Page, key: str) -> Location:
    """Return the place of a value in a page's front matter."""
    found = _found(site, page, key)
    return locate(page.entry.path, found.string, found.end()) if found else Location(page.entry.path)


def _found(site: Site, page: Page, key: str) -> re.Match[str] | None:
    """Return where a key stands in a page's front matter."""
    front = re.split(r"^---[ \t]*$", site.sources[page.entry.path], maxsplit=2, flags=re.MULTILINE)
    text = "---".join(front[:2])
    return re.search(rf"^[\"']?{key}[\"']?[ \t]*:[ \t]*", text, re.MULTILINE)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _future(name: str, day: date, at: Location, site: Site) -> Iterator[Problem]:
    today = site.options.today
    if day > today:
        message = f"{name}: {day} is still to come (today is {today})"
        yield Problem(at, "future-date", message, "write the day of the last check", "warning")


def _stale(name: str, due: date, key: str, place: tuple[Location, str], site: Site) -> Iterator[Problem]:
    """Tell what is due: a warning at first, an error when it has been due for long."""
    today, (at, where) = site.options.today, place
    if today < due:
        return
    late = today >= due + GRACE
    days = (today - due).days
    when = f"{due}, {days} day{'s' if days > 1 else ''} ago" if days else f"{due}, today"
    hint = f"look it up{f' ({where})' if where else ''}; if it still holds, write in this line: {key}: {today}"
    yield Problem(at, "stale", f"{name} was to be {key} again on {when}", hint, "error" if late else "warning")


def review_groups_are_dated(site: Site) -> Iterator[Problem]:
    """Every group of ``site.review`` exists, and each fact in it says when it was checked."""
    for group in site.settings.review:
        inside = [fact for fact in site.facts if fact.name == group.value or fact.name.startswith(f"{group.value}.")]
        if (
            not inside
            and group.value not in site.facts.groups
            and site.facts.readable
            and not site.facts.is_broken(group.value)
        ):
            hint = did_you_mean(group.value, site.facts.groups, "name a group below 'facts:'")
            yield Problem(group.at, "unknown-fact", f"there is no group of facts '{group}'", hint)
        for fact in inside:
            if not fact.checked and not isinstance(fact.value, Ask):
                message = f"'{fact.name}' does not say when it was checked, as 'site.review' asks"
                hint = f"add 'checked: {site.options.today}', with the day of the check"
                if not fact.details:
                    hint = f"write {{value: {fact.written}, checked: {site.options.today}}}, with the day of the check"
                yield Problem(fact.at, "missing-key", message, hint)


CHECKS = (facts_are_fresh, pages_are_fresh, review_groups_are_dated)
