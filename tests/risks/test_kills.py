"""Builds that are killed: whatever the moment, each page is whole, and the next build heals the rest."""

import itertools
import random
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import build
from generator.manifest import unfinished_of
from tests.risks.children import (
    LONG,
    command,
    publish,
    publish_all,
    publish_and_die,
    start,
    status_of,
    tree,
    version,
    whole,
)
from tests.risks.reader import faults, from_folder

KILLS = 200 if LONG else 30
KILLED = -signal.SIGKILL


@pytest.mark.parametrize("shift", range(3) if LONG else range(1))
def test_a_build_killed_at_any_step(tmp_path: Path, shift: int) -> None:
    """Before each thing that a build does to the disk it may die; the next build, of whatever site, heals it."""
    for step in itertools.count(1):
        afterwards = (1, 2, 3)[(step + shift) % 3]  # the change is taken back, made again, or another is made
        publish(tmp_path, 1)
        ended = status_of(publish_and_die, tmp_path, 2, step)
        assert not list(faults(from_folder(tmp_path / "dist"), [version(1), version(2)]))
        publish(tmp_path, afterwards)
        whole(version(afterwards), tmp_path)
        if ended == 0:
            break
        assert ended == KILLED
    assert step > 40


def test_builds_killed_at_random_moments(tmp_path: Path) -> None:
    """A process that builds one version after the other is killed, and what it leaves is healed."""
    chance = random.Random(20260301)  # noqa: S311 - the same moments each time, as far as a clock can
    known = [version(number) for number in range(200)]
    half_way = 0
    for kill in range(KILLS):
        publish(tmp_path, 0)
        building = start(publish_all, tmp_path, 1, 10_000)
        while (tmp_path / "dist/index.html").read_bytes() == version(0)["index.html"] and building.is_alive():
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.05))
        building.kill()
        building.join(60)
        assert building.exitcode == KILLED
        assert not list(faults(from_folder(tmp_path / "dist"), known)), kill
        half_way += unfinished_of(tmp_path / "dist").exists()
        number = chance.choice((0, 1, 2, 1000 + kill))
        publish(tmp_path, number)
        whole(version(number), tmp_path)
    assert half_way > 0


def test_the_command_killed_at_random_moments(
    make: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path
) -> None:
    """The same for build.py as it is run, reading and checking included."""
    chance = random.Random(20260301)  # noqa: S311
    sites, built = [], []
    for name in ("one", "other"):
        make({f"content/{page}page.md": f"---\ntitle: {name}\n---\n" for page in ("", f"{name}/", "both/")})
        sites.append((tmp_path / "site").rename(tmp_path / name))
        assert build.main(["--quiet", "--source", str(sites[-1])]) == 0
        built.append({path: text for path, text in tree(sites[-1] / "dist").items() if text is not None})
    out = tmp_path / "all/dist"
    for kill in range(KILLS // 3):
        assert build.main(["--quiet", "--source", str(sites[0]), "--out", str(out)]) == 0
        building = start(command, "--source", sites[1], "--out", out)
        time.sleep(chance.uniform(0, 0.06))
        building.kill()
        building.join(60)
        assert not list(faults(from_folder(out), built)), kill
        after = chance.choice((0, 1))
        assert build.main(["--quiet", "--source", str(sites[after]), "--out", str(out)]) == 0
        assert tree(out) == tree(sites[after] / "dist")
        left = {path.name for path in out.parent.iterdir()} - {"dist.cache", "dist.last.json"}
        assert left == {"dist", "dist.manifest.json"}
