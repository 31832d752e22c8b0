"""What the checks cost: their share of a whole build of the clinic's site, as a process of its own.

    .venv/bin/python bench/checks.py [SOURCE] [RUNS]

Each run is a fresh process that does what ``build.py`` does, and times its
stages. Printed are the medians, and the share of all checks together: those
of the sources and those of the finished pages.
"""

import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("imports", "load", "check", "render", "audit", "write")


def stages(source: Path, out: Path) -> dict[str, float]:
    """Build a site once and return the seconds that each stage takes."""
    marks = [time.perf_counter()]
    from generator.audit import audit  # noqa: PLC0415 - importing is a part of what is measured
    from generator.check import check  # noqa: PLC0415
    from generator.load import load  # noqa: PLC0415
    from generator.model import Options  # noqa: PLC0415
    from generator.render import render  # noqa: PLC0415
    from generator.write import write  # noqa: PLC0415

    marks.append(time.perf_counter())
    site = load(source, Options(datetime.now(UTC).date()))
    marks.append(time.perf_counter())
    list(check(site))
    marks.append(time.perf_counter())
    rendered = render(site)
    marks.append(time.perf_counter())
    list(audit(rendered, site))
    marks.append(time.perf_counter())
    write(rendered.files, out, source)
    marks.append(time.perf_counter())
    return dict(zip(STAGES, (end - start for start, end in itertools.pairwise(marks)), strict=True))


def one_run(source: Path) -> dict[str, float]:
    """Return the seconds of each stage of a build in a new process, and of the whole process."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--once", str(source), str(Path(folder) / "dist")],
            capture_output=True,
            check=True,
            env={"PYTHONPATH": str(ROOT)},
        )
        return {**json.loads(done.stdout), "process": time.perf_counter() - start}


def main(words: list[str]) -> None:
    """Print the medians of some runs."""
    source = Path(words[0]) if words else ROOT
    runs = [one_run(source) for _ in range(int(words[1]) if len(words) > 1 else 15)]
    medians = {name: statistics.median(run[name] for run in runs) for name in (*STAGES, "process")}
    for name, seconds in medians.items():
        print(f"{name:8} {seconds * 1000:7.1f} ms")
    shares = [(run["check"] + run["audit"]) / run["process"] for run in runs]
    print(f"all checks together: {statistics.median(shares):.1%} of the build")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(stages(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main(sys.argv[1:])
