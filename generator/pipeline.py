"""The order of the stages."""

from collections.abc import Callable, Iterator
from pathlib import Path

from generator import kept
from generator.audit import audit
from generator.beside import beside
from generator.check import check
from generator.load import load
from generator.model import NO_FILES, Build, Options, Rendered, Site
from generator.problems import Problem, SiteError, count
from generator.render import render


def build(root: Path, options: Options, begin: Callable[[str], object] = lambda _: None) -> Build:
    """Load, check, render and audit the site in a folder; nothing is written. ``begin`` is told each stage."""
    *_, whole = builds(root, options, begin)
    return whole


def builds(root: Path, options: Options, begin: Callable[[str], object] = lambda _: None) -> Iterator[Build]:
    """Give the build as soon as its pages are there, and once more when they are audited and its problems are all."""
    begin("reading the site")
    site = load(root, options)
    pages = count(len(site.pages), "page")
    begin(f"checking {pages}")
    problems = {*site.problems, *check(site)}
    rendered, files = None, NO_FILES
    if not any(problem.stops_render for problem in problems):
        try:
            begin(f"making {pages}")
            rendered = render(site, drafts=options.drafts)
            yield Build(site, rendered, tuple(sorted(problems)), is_audited=False)
            begin(f"reading {pages} as a browser does")
            problems.update(audit(rendered, site))
            problems.update(_problems_of_drafts(site, rendered))
            files = beside(rendered, site)
            kept.turn()
        except SiteError as error:
            rendered = None
            problems.update(error.problems)
    yield Build(site, rendered, tuple(sorted(problems)), files)


def _problems_of_drafts(site: Site, audited: Rendered) -> set[Problem]:
    """Return what is wrong with the pages once their drafts are shown; drafts are checked like all else."""
    waiting = any(entry.matter.draft.waits for entry in site.entries)
    return set(audit(render(site, drafts=True), site, audited)) if waiting and not site.options.drafts else set()
