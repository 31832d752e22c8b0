"""The preview as its own process: whom it answers, what it tells, how it ends."""

import re
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import policy
from generator.model import Options
from generator.pipeline import build
from tests.conftest import GOOD, TODAY
from tests.running import Running, running

CLIENT = "/_preview/client.js"
SOCKET = "/_preview/socket"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the good site."""
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("preview") / "site", symlinks=True))


@pytest.fixture(scope="module")
def preview(site: Path) -> Iterator[Running]:
    """A preview of it."""
    with running(site) as started:
        yield started


def test_pages_are_what_a_build_writes(preview: Running, site: Path) -> None:
    """But for the script and the policy each file is byte for byte that of a build with its drafts."""
    for path, content in build(site, Options(TODAY, drafts=True)).files.items():
        status, headers, body = preview.ask(f"/{path}")
        is_for_hosts = path.startswith("_")  # read by hosts, and given to nobody
        assert (status, headers["cache-control"]) == (404 if is_for_hosts else 200, "no-store")
        if is_for_hosts:
            continue
        if path.endswith(".html"):
            page = re.sub(r'<script async src="/_preview/client\.js[^>]*></script>', "", body.decode())
            assert policy.without(page) == policy.without(content.decode())
            assert headers["content-type"] == "text/html; charset=utf-8"
            assert headers["content-security-policy"].endswith(f"connect-src ws://127.0.0.1:{preview.port}{SOCKET}")
            assert not {"strict-transport-security", "server", "etag"} & headers.keys()
        else:
            assert body == content


@pytest.mark.parametrize("path", ["/", "/visit/", CLIENT, SOCKET])
def test_only_pages_of_its_own_are_answered(preview: Running, path: str) -> None:
    """A request for another host, or from a page of another, is refused: no other site can read the preview."""
    port = preview.port
    for host in (
        f"evil.example:{port}",
        "127.0.0.1",
        "localhost",
        f"127.0.0.1.evil.example:{port}",
        "",
        f"[::1]:{port}",
    ):
        assert preview.ask(path, Host=host)[0] == 403, host
    for origin in ("https://evil.example", "null", f"https://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}", ""):
        status, _, body = preview.ask(path, Origin=origin)
        assert (status, b"Rivertown" in body) == (403, False), origin


def test_its_own_pages_are_answered(preview: Running) -> None:
    """By number and by name."""
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{preview.port}"
        status, headers, _ = preview.ask("/", Host=host, Origin=f"http://{host}")
        assert status == 200
        assert f"http://{host}{CLIENT}" in headers["content-security-policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_nothing_can_be_sent(preview: Running, method: str) -> None:
    """Pages can be asked for, and nothing else."""
    for path in ("/", CLIENT, "/nowhere"):
        status, headers, _ = preview.ask(path, method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/..%2fsite.yaml", "/%2e%2e/site.yaml", "/../site.yaml", "/visit/..%2f..%2fsite.yaml", "/..%5csite.yaml",
        "/.git/config", "/.env", "/site.yaml", "/content/page.md", "/assets/", "/%00", "/visit/%00", "/%ff",
        "/etc/passwd", "//etc/passwd", "/_preview/", "/_preview/../site.yaml", "/forcereload", "/livereload",
        "/livereload.js", "/visit/index.html/", "/client.js",
    ],
)  # fmt: skip
def test_nothing_but_the_site_is_there(preview: Running, path: str) -> None:
    """What is no finished file is answered with the site's page for wrong addresses."""
    status, headers, body = preview.ask(path)
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"There is no such page" in body or b"<h1>" in body
    assert b"rules:" not in body


def test_heads_and_moves(preview: Running) -> None:
    """HEAD is GET without its body; a path without its slash is moved, as static hosts do it, never elsewhere."""
    (got, headers, body), (status, same, nothing) = preview.ask("/visit/"), preview.ask("/visit/", "HEAD")
    assert (got, status, nothing) == (200, 200, b"")
    assert same["content-length"] == headers["content-length"] == str(len(body))
    assert preview.ask("/visit?a=b")[:2][0] == 302
    assert preview.ask("/visit")[1]["location"] == "/visit/"
    assert preview.ask("//evil.example/visit")[0] == 404


def test_only_this_machine_is_answered(preview: Running) -> None:
    """The socket is bound to the loopback address; another address of this machine is refused."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        assert other.connect_ex(("127.0.0.2", preview.port)) != 0


def test_a_used_port_gives_the_next(site: Path, preview: Running) -> None:
    """Where a port is in use the next one is taken, and both are said."""
    second = Running(site, "--port", str(preview.port))
    status = second.end()
    assert (status, second.port > preview.port) == (0, True)
    assert f"port {preview.port} is in use; this is {second.port}\n" in second.errors


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_well(site: Path, how: signal.Signals) -> None:
    """Ctrl-C, or being told to end, is no failure, even where a shell has told its children to hear neither."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        started = Running(site, "--port", "0")
    finally:
        signal.signal(signal.SIGINT, before)
    assert started.end(how) == 0
    assert "Traceback" not in "".join(started.errors)


def test_one_line_a_build_and_each_problem_once(tmp_path: Path) -> None:
    """Each build prints what changed, how many pages, how long it took; a problem is told when it is new."""
    site = Path(shutil.copytree(GOOD, tmp_path / "site", symlinks=True))
    page = site / "content/page.md"
    text = page.read_text("utf-8")
    with running(site) as preview:
        page.write_text(text.replace("(visit/)", "(vist/)"), "utf-8")
        assert preview.line("page.md").startswith("content/page.md: 4 pages, ")
        page.write_text(text.replace("(visit/)", "(vist/)") + "\nMore.\n", "utf-8")
        assert preview.line("page.md").endswith("; 1 error, 0 warnings\n")
        (site / "site.yaml").rename(site / "kept.yaml")
        assert preview.line("site.yaml").startswith("site.yaml: the pages stay as they were, ")
        assert preview.ask("/")[0] == 200
        (site / "kept.yaml").rename(site / "site.yaml")
        page.write_text(text, "utf-8")
        preview.line("; 0 errors, 0 warnings")
        assert preview.end() == 0
    assert sum("vist/' leads" in line for line in preview.errors) == 1
    assert sum("there is no such file" in line for line in preview.errors) == 1


def test_a_folder_vanishes_and_comes_back(tmp_path: Path) -> None:
    """Whatever goes, the preview stays and shows the last good pages; when it is back, all is as before."""
    site = Path(shutil.copytree(GOOD, tmp_path / "site", symlinks=True))
    with running(site) as preview:
        before = preview.ask("/")[2]
        for name in ("content", "templates", "assets", "content/faq", "."):
            place = (site / name).resolve()
            place.rename(tmp_path / "away")
            preview.line(" ms; ")
            assert preview.ask("/")[0] == 200
            (tmp_path / "away").rename(place)
            preview.line("; 0 errors, 0 warnings")
            assert preview.ask("/")[2] == before
        assert preview.end() == 0


def test_a_burst_is_one_build(tmp_path: Path) -> None:
    """Five hundred files saved at once are one build."""
    site = Path(shutil.copytree(GOOD, tmp_path / "site", symlinks=True))
    with running(site) as preview:
        (tmp_path / "more").mkdir()
        for number in range(500):
            (tmp_path / f"more/{number + 100}-q{number}.md").write_text(
                f"---\ntitle: Question {number}?\n---\n\nYes.\n"
            )
        for path in sorted((tmp_path / "more").iterdir()):
            path.rename(site / "content/faq" / path.name)
        assert preview.line(" ms; ").startswith("500 files: 4 pages, ")
        (site / "content/page.md").write_bytes((site / "content/page.md").read_bytes())
        assert preview.line(" ms; ").startswith("content/page.md: ")
