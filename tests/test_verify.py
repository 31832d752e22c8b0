"""An output folder held against its manifest before it is uploaded."""

import http.server
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import build
from generator import verify as verifying
from generator.manifest import manifest_of, unfinished_of
from generator.verify import pages, too_few, verify
from generator.write import write

MEANT = "if it is to be published all the same, say --fewer-pages"
FILES = {"index.html": b"1", "a/index.html": b"2", "assets/x.css": b"3"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site that was built."""
    (tmp_path / "site").mkdir()
    write(FILES, tmp_path / "site/dist", tmp_path / "site")
    return tmp_path / "site/dist"


def test_what_a_build_wrote_is_whole(out: Path) -> None:
    """Nothing is wrong with it, and its files are known."""
    marks, faults = verify(out)
    assert (sorted(marks), faults) == (sorted(FILES), ())


SPOILED: tuple[tuple[str, Callable[[Path], object], str], ...] = (
    # what is done to the folder, what is said
    ("missing", lambda out: (out / "a/index.html").unlink(), "dist/a/index.html: this file of the site is missing"),
    ("cut off", lambda out: (out / "a/index.html").write_bytes(b""), "a/index.html: this is not what the build wrote"),
    ("a link", lambda out: relinked(out / "index.html"), "dist/index.html: this is not what"),
    ("a pipe", lambda out: piped(out / "index.html"), "index.html: this is not"),
    ("foreign", lambda out: (out / "a/notes.txt").write_bytes(b""), "dist/a/notes.txt: no build wrote this"),
    ("hidden", lambda out: (out / ".building-1").write_bytes(b""), "dist/.building-1: no build wrote this"),
    ("a folder by a link", lambda out: (out / "b").symlink_to(out / "a"), "dist/b: no build wrote this"),
    ("closed", lambda out: (out / "index.html").chmod(0o600), "dist/index.html: a server may not read this file"),
    ("cut short", lambda out: unfinished_of(out).write_bytes(b"{}"), "dist: a build is at work here, or was cut short"),
    ("no manifest", lambda out: manifest_of(out).unlink(), "dist.manifest.json: there is no such file"),
    ("no JSON", lambda out: manifest_of(out).write_bytes(b"{"), "dist.manifest.json: this is no manifest"),
    ("no list", lambda out: manifest_of(out).write_bytes(b"[]"), "dist.manifest.json: this is no manifest"),
    ("no page", lambda out: write({"a.css": b""}, out, out.parent), "dist: there is no page"),
)


def relinked(path: Path) -> None:
    """Put a link in the place of a file, to the same bytes."""
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")


def piped(path: Path) -> None:
    """Put a pipe in the place of a file, from which one could read for ever."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(("spoil", "said"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_what_is_not_whole_is_told(
    out: Path, spoil: Callable[[Path], object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file that is not as the build left it is named, on standard error; the status is 1."""
    spoil(out)
    assert build.main(["verify", "--source", str(out.parent)]) == 1
    printed, told = capsys.readouterr()
    assert printed == ""
    assert f"{said}" in told.splitlines()[0]
    assert told.startswith(f"error: {out.parent}/dist")


def test_all_that_is_not_whole_is_told(out: Path) -> None:
    """In one run; also when the folder is gone."""
    for path in FILES:
        (out / path).unlink()
    assert len(verify(out)[1]) == 3
    for folder in ("a", "assets", ""):
        (out / folder).rmdir()
    assert len(verify(out)[1]) == 3


@pytest.mark.parametrize(
    ("now", "then", "refused"),
    [(7, 10, False), (6, 10, True), (0, 1, True), (1, 1, False), (3, 2, False), (5, 0, False)],
)
def test_a_site_that_has_shrunk_is_told(now: int, then: int, *, refused: bool) -> None:
    """More than three pages of ten are not lost unnoticed; assets do not count."""
    old, new = ({f"{page}.html": "" for page in range(count)} for count in (then, now))
    before, after = pages({**old, "b.css": "", "c.css": ""}), pages({**new, "assets/a.css": ""})
    assert bool(too_few(len(after), len(before))) == refused


def test_the_command(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what is there; beside an earlier manifest that many pages are gone, unless that is meant."""
    words = ["verify", "--out", str(out), "--source", str(tmp_path)]
    assert build.main(words) == 0
    assert capsys.readouterr() == ("dist: 3 files, 2 pages, whole\n", "")
    before = tmp_path / "before.json"
    before.write_bytes(manifest_of(out).read_bytes())
    assert build.main([*words, "--quiet", "--previous", str(before)]) == 0
    write({"index.html": b"1"}, out, out.parent)
    assert build.main([*words, "--previous", str(before)]) == 1
    said = f"error: {out}: 1 page where 2 are published: more than 30 % are gone; {MEANT}\n"
    assert capsys.readouterr() == ("", said)
    assert build.main([*words, "--quiet", "--previous", str(before), "--fewer-pages"]) == 0


@pytest.mark.parametrize("text", [None, "", "[]"])
def test_what_is_no_manifest_is_a_wrong_call(out: Path, tmp_path: Path, text: str | None) -> None:
    """Nothing is compared with nothing in silence."""
    if text is not None:
        (tmp_path / "before.json").write_text(text, "utf-8")
    with pytest.raises(SystemExit) as end:
        build.main(["verify", "--out", str(out), "--previous", str(tmp_path / "before.json")])
    assert end.value.code == 2


# ---------------------------------------------------------------- what is published


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask this machine and nobody else."""
    monkeypatch.setenv("no_proxy", "*")


def listing(pages: int) -> str:
    """Return a list of so many pages."""
    return f"<urlset>{'<url><loc>https://x.org/</loc></url>' * pages}</urlset>"


@contextmanager
def online(status: int, body: str) -> Iterator[str]:
    """Be the site that is published, and give its address; whoever asks as Python does by default is turned away."""

    class Host(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_asked = self.path == "/sitemap.xml" and not self.headers["User-Agent"].startswith("Python")
            self.send_response(status if is_asked else 403)
            self.send_header("Location", "/sitemap.xml")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Host) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


PUBLISHED: tuple[tuple[int, str, str], ...] = (
    # what the site answers, what is said, for 7 pages: on standard error if it begins with "error"
    (200, listing(7), "whole; 7 pages in the list that is published, 7 in this one"),
    (200, listing(10), "whole; 10 pages in the list that is published, 7 in this one"),
    (200, listing(11), "error: {out}: 7 pages where 11 are published: more than 30 % are gone; " + MEANT),
    (404, "<h1>Not here</h1>", "whole; nothing to compare with: there is no {address} yet"),
    (410, "", "whole; nothing to compare with: there is no {address} yet"),
    (
        200,
        "<h1>Buy this domain</h1>",
        "error: {out}: {address}: this is no list of pages, so nobody knows how many are",
    ),
    (403, "", "error: {out}: {address}: what is published cannot be asked for (HTTP Error 403: Forbidden); " + MEANT),
    (503, "", "error: {out}: {address}: what is published cannot be asked for (HTTP Error 503: Service Unav"),
    (302, "", "error: {out}: {address}: what is published cannot be asked for (HTTP Error 302: The HTTP server"),
)


@pytest.mark.parametrize(("status", "body", "said"), PUBLISHED, ids=[str(row[0]) for row in PUBLISHED])
def test_what_is_published_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], status: int, body: str, said: str
) -> None:
    """Many fewer pages are refused, and so is what cannot be compared; but a site that is not there yet is none."""
    out = tmp_path / "dist"
    with online(status, body) as host:
        robots = f"User-agent: *\n\nSitemap: {host}/sitemap.xml\n"
        files = {"index.html": b"", "robots.txt": robots.encode(), "sitemap.xml": listing(7).encode()}
        write(files, out, tmp_path)
        words = ["verify", "--published", "--source", str(tmp_path)]
        found = build.main(words)
        told = capsys.readouterr()
        said = said.format(out=out, address=f"{host}/sitemap.xml")
        assert said in (told.err if said.startswith("error") else told.out)
        assert found == int(said.startswith("error")) == told.err.count("\n")
        assert build.main([*words, "--fewer-pages", "--quiet"]) == 0


def test_a_site_that_does_not_answer_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is there, the name is no name, or the answer does not come: each is told, and nothing is published."""
    monkeypatch.setattr(verifying, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.create_server(("127.0.0.1", 0)) as gone:
        addresses = [f"http://127.0.0.1:{each.getsockname()[1]}" for each in (silent, gone)]
        gone.close()
        addresses.append("http://x..org")
        for address, said in zip(addresses, ["timed out", "refused", "label"], strict=True):
            files = {"index.html": b"", "robots.txt": f"Sitemap: {address}/sitemap.xml\n".encode()}
            write(files, tmp_path / "dist", tmp_path)
            assert build.main(["verify", "--published", "--source", str(tmp_path)]) == 1
            assert f"{address}/sitemap.xml: what is published cannot be asked for (" in (
                told := capsys.readouterr().err
            )
            assert said in told
