"""Readers while the site is built, and builds while the site is built."""

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import build
from tests.risks.children import LONG, context, publish, publish_all, start, together, tree, version, whole
from tests.risks.reader import Get, faults, from_folder, from_server

BUILDS = 1000 if LONG else 200
AT_ONCE = 8
ROUNDS = 10 if LONG else 2


class Quiet(SimpleHTTPRequestHandler):
    """A server that keeps no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server of ``dist``."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "dist"))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_readers_during_builds(tmp_path: Path, server: str) -> None:
    """Whoever reads the folder, or asks a server for it, finds whole pages with all that they name, at any moment."""
    publish(tmp_path, 0)
    building = start(publish_all, tmp_path, 1, BUILDS + 1)
    known = [version(number) for number in range(BUILDS + 1)]
    found: list[str] = []
    looks = {"folder": 0, "server": 0}

    def read(name: str, get: Get) -> None:
        while building.is_alive():
            found.extend(faults(get, known))
            looks[name] += 1

    others = threading.Thread(target=read, args=("server", from_server(server)))
    others.start()
    read("folder", from_folder(tmp_path / "dist"))
    others.join()
    assert building.exitcode == 0
    assert found == []
    assert min(looks.values()) > 5
    whole(version(BUILDS), tmp_path)


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
    assert {path.name for path in (tmp_path / "all").iterdir()} == {"dist", "dist.manifest.json"}
    assert tree(tmp_path / "all/dist") in [tree(site / "dist") for site in sites]
