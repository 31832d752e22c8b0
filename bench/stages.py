"""Where the time of a build goes, stage by stage: the clinic's site, and the neutral pages of ``bench/corpus.py``.

    .venv/bin/python -m bench.stages
    .venv/bin/python -m bench.stages --pages 10 1000 --runs 3
    .venv/bin/python -m bench.stages --source FOLDER --pages

"cold" is a process of its own that does what ``build.py`` does, without what it finds again and without sharing it out;
"kept" the same build in a process that has done it before, as a preview has, and finds again all that it made then.
Medians, in milliseconds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench.corpus import FORMS, corpus, put

ROOT = Path(__file__).resolve().parent.parent
PIPELINE = ("load", "check", "render", "audit", "beside")
"""The stages, as ``generator.pipeline`` calls them."""
STAGES = ("imports", *PIPELINE, "write")
REST, ALL = "all else", "the process"
"""Python's own start and end, and what lies between the stages; the whole."""
CHECKS = ("check", "audit")
WAYS = ("cold", "kept")
Times = dict[str, float]


def measured_here(source: Path, out: Path, way: str) -> Times:
    """Build a site in this process, which has not done it before, and return the seconds of each stage."""
    start = time.perf_counter()
    from generator import kept, pipeline, write  # noqa: PLC0415 - importing is a part of what is measured
    from generator.model import Options  # noqa: PLC0415

    spent: Times = {"imports": time.perf_counter() - start}
    for name in PIPELINE:
        setattr(pipeline, name, _timed(name, getattr(pipeline, name), spent))
    write_files = _timed("write", write.write, spent)

    def build() -> None:
        write_files(pipeline.build(source, Options(datetime.now(UTC).date())).files, out, source)

    if way == "kept":
        kept.by_build()
        build()
        spent.clear()
    build()
    return spent


def _timed(name: str, function: Callable[..., object], spent: Times) -> Callable[..., object]:
    """Return a function that does the same and adds up its seconds; what it gives one by one it gives at once."""

    def timed(*args: object, **more: object) -> object:
        start = time.perf_counter()
        result = function(*args, **more)
        result = tuple(result) if isinstance(result, Iterator) else result
        spent[name] = spent.get(name, 0) + time.perf_counter() - start
        return result

    return timed


def measured(source: Path, way: str) -> Times:
    """Return the same from a new process; with a cold build, what the process took beside it."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--source", str(source.resolve()), "--measure", way, folder]
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "bench.stages", *words], cwd=ROOT, capture_output=True, check=True)
        took = time.perf_counter() - start
    spent: Times = json.loads(done.stdout)
    return {**spent, REST: took - sum(spent.values()), ALL: took} if way == "cold" else spent


def medians(source: Path, way: str, runs: int) -> Times:
    """Return the median of each stage."""
    found = [measured(source, way) for _ in range(runs)]
    return {name: statistics.median(times[name] for times in found) for name in found[0]}


def show(title: str, source: Path, runs: int) -> None:
    """Measure a site and print it."""
    cold, kept = (medians(source, way, runs) for way in WAYS)
    print(f"\n{title:16}{'cold':>10}{'kept':>10}")
    for name in (*STAGES, REST, ALL):
        print(f"{name:16}{_milliseconds(cold, name)}{_milliseconds(kept, name)}".rstrip())
    share = sum(cold[name] for name in CHECKS) / cold[ALL]
    print(f"all checks together: {share:.1%} of a cold build")


def _milliseconds(times: Mapping[str, float], name: str) -> str:
    return f"{times[name] * 1000:10.1f}" if name in times else ""


def main() -> None:
    """Measure the site in a folder, and sites of some pages."""
    parser = argparse.ArgumentParser(description="Measure the stages of a build.")
    parser.add_argument("--source", type=Path, default=ROOT, help="the folder with site.yaml (that of the project)")
    parser.add_argument("--pages", type=int, nargs="*", default=[100], help="neutral sites of so many pages (100)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "OUT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        way, out = args.measure
        print(json.dumps(measured_here(args.source, Path(out) / "dist", way)))
        return
    show("the site", args.source, args.runs)
    for pages in args.pages:
        with tempfile.TemporaryDirectory() as folder:
            put(FORMS["this"].files(corpus(pages)), Path(folder))
            show(f"{pages} pages", Path(folder), args.runs)


if __name__ == "__main__":
    main()
