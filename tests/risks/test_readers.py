"""Readers while the site is built, and builds while the site is built."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import build
from generator import hosts
from tests.risks.children import LONG, context, publish, publish_all, small_too, start, together, tree, version, whole
from tests.risks.nginx import running
from tests.risks.reader import Get, faults, from_folder, from_server

BUILDS = 1000 if LONG else 200
PAUSE = 0.005
"""Seconds that a reader waits before the next look, so that the builds get on."""
AT_ONCE = 8
ROUNDS = 10 if LONG else 2


@pytest.fixture
def server(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx, which serves ``dist`` as the build's own file tells it to."""
    folder = tmp_path_factory.mktemp("nginx")
    conf = folder / "site.conf"
    conf.write_text(hosts.nginx({}, "", {}, drafts=False), "utf-8")
    with running(folder, f"root {tmp_path / 'dist'}; include {conf};") as nginx:
        yield nginx.url


def test_readers_during_builds(tmp_path: Path, server: str, tell: Callable[[str], None]) -> None:
    """Whoever reads the folder, or asks nginx for it, finds whole pages with all that they name, at any moment.

    With a policy of their own pages are another matter: ``test_nginx``.
    """
    publish(tmp_path, 0, small_too)
    building = start(publish_all, tmp_path, 1, BUILDS + 1, small_too)
    known = [version(number) for number in range(BUILDS + 1)]
    found: list[str] = []
    looks = {"folder": 0, "plain": 0, "gzip": 0}
    done = threading.Event()

    def read(name: str, get: Get) -> None:
        while not done.wait(PAUSE):
            found.extend(faults(get, known))
            looks[name] += 1

    ways = {"folder": from_folder(tmp_path / "dist"), "plain": from_server(server), "gzip": from_server(server, "gzip")}
    readers = [threading.Thread(target=read, args=way) for way in ways.items()]
    for reader in readers:
        reader.start()
    building.join(600)
    done.set()
    for reader in readers:
        reader.join()
    assert building.exitcode == 0
    assert found == []
    assert min(looks.values()) > 5
    tell(f"the whole site read during {BUILDS} builds, without a fault: {looks}")
    whole(small_too(BUILDS), tmp_path)


def test_a_reader_finds_faults() -> None:
    """What is missing, cut off, mixed or without its assets is told."""
    one, two = version(1), version(2)
    style = "assets/style.1.css"
    cases: dict[str, tuple[Mapping[str, bytes], str]] = {
        "missing": ({path: one[path] for path in one if path != "index.html"}, "index.html: missing"),
        "empty": ({**one, "index.html": b""}, "index.html: missing, cut off"),
        "cut off": ({**one, "index.html": one["index.html"][:-1]}, "index.html: missing, cut off"),
        "of none": ({**one, "index.html": version(3)["index.html"]}, "index.html: missing, cut off or mixed"),
        "no style": ({path: one[path] for path in one if path != style}, f"index.html: without {style}"),
        "half a style": ({**one, style: one[style][:9]}, f"{style}: cut off or mixed"),
    }
    for name, (files, said) in cases.items():
        assert any(fault.startswith(said) for fault in faults(files.get, [one, two])), name
    assert list(faults({**one, **two}.get, [one, two])) == []


@pytest.mark.parametrize("number", range(ROUNDS))
def test_eight_builds_at_once(make: Callable[[Mapping[str, str | bytes]], Path], tmp_path: Path, number: int) -> None:
    """Eight builds of eight sites into one folder: all take their turn, and one site is there in the end."""
    sites = []
    for name in "abcdefgh"[:AT_ONCE]:
        page = f"---\ntitle: {name} {number}\n---\n"
        make({"content/page.md": page, f"content/{name}/page.md": page})
        sites.append((tmp_path / "site").rename(tmp_path / name))
        assert build.main(["--quiet", "--source", str(sites[-1])]) == 0
    barrier = context().Barrier(AT_ONCE)
    builds = [start(together, barrier, "--source", site, "--out", tmp_path / "all/dist") for site in sites]
    for each in builds:
        each.join(60)
    assert [each.exitcode for each in builds] == [0] * AT_ONCE
    left = {path.name for path in (tmp_path / "all").iterdir()} - {"dist.cache", "dist.last.json"}
    assert left == {"dist", "dist.manifest.json"}
    assert tree(tmp_path / "all/dist") in [tree(site / "dist") for site in sites]
