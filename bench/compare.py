"""Measure this generator beside Hugo, Eleventy, Pelican and MkDocs: whole builds and previews of the same pages.

    make bench
    .venv/bin/python -m bench.compare --pages 100 --generators this hugo --runs 3

A run is: a cold build (no output, no cache), one where nothing has changed, one where a page has, one where a fact
has that stands on every page. All generators take turns in each step, so that what disturbs the machine disturbs all
of them; each build is a process of its own, and medians are told. After each build its pages are read back: a build
that leaves a page out, or leaves it as it was, has no time. Then previews: from the saving of a page until a request is
answered with the new word.
"""

import argparse
import html
import http.client
import itertools
import json
import math
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import report
from bench.corpus import FORMS, Corpus, Form, address, corpus, output, put, words_of
from bench.generators import GENERATORS, Generator, environment, install
from bench.report import CASES, Row

TIMED = Path(__file__).with_name("timed.py")
RUNS: Mapping[int, int] = {1: 5, 10: 5, 100: 5, 1000: 3}
"""The pages of a site, and how often it is built by each."""
LONG = 150
"""Seconds after which no run of a size begins, unless their number was asked for: all of it is to take ten minutes."""
SERVED = (10, 100)
"""The pages of the sites whose previews are measured."""
SETTLE, POLL = 0.5, 0.005
"""Seconds before each save, and between two requests."""
PATIENCE = 30
"""Seconds after which a preview is given up."""


# ---------------------------------------------------------------- reading back


def faults(out: Path, given: Corpus) -> str:
    """Tell which pages of a site are missing and which do not say what they should; nothing if all is well."""
    missing, stale = [], []
    for number in range(len(given.pages)):
        path = out / output(number)
        text = path.read_text("utf-8") if path.is_file() else ""
        if not text:
            missing.append(address(number))
        elif words_in(text) != given.words(number) or calls_another(text):
            stale.append(address(number))
    return "; ".join(_some(what, pages) for what, pages in (("missing", missing), ("stale", stale)) if pages)


def _some(what: str, pages: Sequence[str]) -> str:
    return f"{len(pages)} {what}: {', '.join(pages[:3])}{', ...' if len(pages) > 3 else ''}"  # noqa: PLR2004


def words_in(page: str) -> list[str]:
    """Return the words that a visitor reads in the main part of a page."""
    main = re.search(r"<main>(.*)</main>", page, re.DOTALL)
    return words_of(html.unescape(re.sub(r"<[^>]*>", " ", main[1]))) if main else []


def calls_another(page: str) -> bool:
    """Tell whether a link calls another number than it says."""
    links = re.findall(r'<a href="tel:\+1([^"]*)">([^<]*)</a>', page)
    return any(called != said.replace("-", "") for called, said in links)


# ---------------------------------------------------------------- builds


@dataclass(frozen=True)
class Sample:
    """One build: the seconds that it took, the MiB that its largest process had, and what is wrong with it."""

    seconds: float
    memory: float
    fault: str


def builds(
    generators: Mapping[str, Generator], pages: int, runs: int, root: Path, within: float = math.inf
) -> Iterator[Row]:
    """Build sites with so many pages, in turns; give the times of each case, and the memory of cold builds."""
    found: dict[str, dict[str, list[Sample]]] = {case: {name: [] for name in generators} for case in CASES}
    given, run = corpus(pages), 0
    for run in _runs(runs, within):
        say(f"{pages} pages, run {run + 1} of {runs}")
        before = None
        for case, now in zip(CASES, _states(given, run), strict=True):
            for name in generators:
                lay(FORMS[name], before, now, root / name)
                found[case][name].append(build(name, now, root / name))
            before = now
    for case in CASES:
        seconds = {
            name: _told(samples, lambda each: each.seconds, statistics.median) for name, samples in found[case].items()
        }
        yield Row("s", pages, case, run + 1, seconds)
    memory = {name: _told(samples, lambda each: each.memory, max) for name, samples in found[CASES[0]].items()}
    yield Row("MiB", pages, CASES[0], run + 1, memory)


def _runs(most: int, within: float) -> Iterator[int]:
    """Count runs: the first, and others as long as there is time."""
    end = time.perf_counter() + within
    yield from itertools.takewhile(lambda run: not run or time.perf_counter() < end, range(most))


def _states(given: Corpus, run: int) -> Sequence[Corpus]:
    """What the pages are in each case; another change in each run."""
    paged = given.with_word(len(given.pages) // 2, f"kite{run}")
    return given, given, paged, paged.with_number(200 + run)


def _told(
    samples: Sequence[Sample], value: Callable[[Sample], float], of_all: Callable[[Iterable[float]], float]
) -> float | str:
    """One value of all samples; where a build was wrong, what was."""
    wrong = [sample.fault for sample in samples if sample.fault]
    return wrong[0] if wrong else of_all(map(value, samples))


def lay(form: Form, before: Corpus | None, now: Corpus, folder: Path) -> None:
    """Write what has changed into the folder of a site; if nothing was before, all of it into an empty one."""
    if before is None:
        shutil.rmtree(folder, ignore_errors=True)
    old = form.files(before) if before else {}
    put({path: text for path, text in form.files(now).items() if old.get(path) != text}, folder)


def build(name: str, given: Corpus, folder: Path) -> Sample:
    """Build a site once, and read it back."""
    command = [sys.executable, "-I", "-S", str(TIMED), *GENERATORS[name].build]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=True)
    seconds, memory, status = json.loads(done.stdout)
    said = f"status {status}: {' '.join(done.stderr.split())[-200:]}" if status else ""
    return Sample(seconds, memory, said or faults(folder / FORMS[name].out, given))


# ---------------------------------------------------------------- previews


def previews(generators: Mapping[str, Generator], pages: int, saves: int, root: Path) -> Row:
    """Give the milliseconds from a save to the new page in each preview."""
    found: dict[str, float | str] = {}
    for name, generator in generators.items():
        say(f"{pages} pages, the preview of {generator.name}")
        lay(FORMS[name], None, corpus(pages), root / name)
        with serving(generator, root / name) as port:
            try:
                found[name] = statistics.median(saved(FORMS[name], pages, saves, root / name, port))
            except TimeoutError as error:
                found[name] = str(error)
    return Row("ms", pages, "save to served", saves, found)


@contextmanager
def serving(generator: Generator, folder: Path) -> Iterator[int]:
    """Run a preview, with all processes that it starts; give its port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [word.replace("PORT", str(port)) for word in generator.serve]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=environment(folder), start_new_session=True, **quiet) as process:
        try:
            yield port
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def saved(form: Form, pages: int, saves: int, folder: Path, port: int) -> Iterator[float]:
    """Save a page some times, and give the milliseconds until a request is answered with what is new."""
    rng = random.Random(pages)  # noqa: S311 - the same each time
    given, page = corpus(pages), pages // 2
    until(port, page, "<main>")
    for each in range(saves):
        time.sleep(SETTLE + rng.random() / 2)  # no preview looks at its files at the same moment each time
        changed = given.with_word(page, f"Kite{each}")
        text = form.files(changed)[form.page(page)]
        start = time.perf_counter()
        (folder / form.page(page)).write_text(text, "utf-8")
        yield (until(port, page, f"Kite{each}") - start) * 1000


def until(port: int, page: int, word: str) -> float:
    """Return when a page that has a word was there."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        if word in fetched(port, address(page)):
            return time.perf_counter()
        time.sleep(POLL)
    raise TimeoutError(f"not served in {PATIENCE} s")


def fetched(port: int, path: str) -> str:
    """Return a page; nothing if there is none, or nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


# ---------------------------------------------------------------- the command


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure this generator beside others.")
    parser.add_argument("--pages", type=int, nargs="+", default=list(RUNS), help="1 10 100 1000 unless given")
    parser.add_argument("--generators", nargs="+", choices=GENERATORS, default=list(GENERATORS))
    parser.add_argument("--runs", type=int, help="how often each is built (up to 5; 3 for 1000 pages, 1 for more)")
    parser.add_argument(
        "--saves", type=int, default=7, help="how often a page is saved in each preview (7; 0 for none)"
    )
    parser.add_argument("--write", action="store_true", help="write bench/results.md and bench/results.svg")
    return parser.parse_args()


def main() -> None:
    """Install, measure, tell."""
    args, left_out = arguments(), {}
    for name in args.generators:
        say(f"looking for {GENERATORS[name].name}")
        if fault := install(GENERATORS[name]):
            say(f"{GENERATORS[name].name} is left out: {fault}")
            left_out[name] = fault
    generators = {name: GENERATORS[name] for name in args.generators if name not in left_out}
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        list(builds(generators, 1, 1, Path(folder)))  # what is compiled, or read from the disk, the first time only
        for pages in args.pages:
            runs, within = (args.runs, math.inf) if args.runs else (RUNS.get(pages, 1), LONG)
            rows += builds(generators, pages, runs, Path(folder), within)
            if args.saves and pages in SERVED:
                rows.append(previews(generators, pages, args.saves, Path(folder)))
    print(report.tables(rows, generators))
    if args.write:
        report.write(rows, generators)


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
