"""The site under a real server: what ``_nginx.conf`` makes nginx answer, read back file by file."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator import addresses, hosts, policy
from generator.addresses import HEADERS, NGINX, REDIRECTS, older
from generator.compress import copies
from generator.model import Build, Options
from generator.pipeline import build
from generator.write import put
from tests.conftest import GOOD, TODAY
from tests.risks.children import LONG
from tests.risks.nginx import Answer, Nginx, brotli, find, running

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
ROOT = Path(__file__).parent.parent.parent
SITES = {
    "clinic": (ROOT, Options(TODAY, "https://clinic.org")),
    "good": (GOOD, Options(TODAY, "https://library.org")),
    "below a path": (GOOD, Options(TODAY, "https://a.org/repo/b")),
    "with drafts": (GOOD, Options(TODAY, "https://library.org", drafts=True)),
}
SWITCHES = 100 if LONG else 12
TYPES = {
    "css": {"text/css; charset=utf-8"},
    "html": {"text/html; charset=utf-8"},
    "js": {"application/javascript; charset=utf-8", "text/javascript; charset=utf-8"},
    "svg": {"image/svg+xml"},
    "txt": {"text/plain; charset=utf-8"},
    "xml": {"text/xml; charset=utf-8"},
}
NGINX_S_OWN = {"accept-ranges", "connection", "content-length", "content-type", "date", "etag", "last-modified"}
NGINX_S_OWN |= {"server", "content-encoding", "vary"}
STRANGERS = dict.fromkeys(
    (".env", ".git/config", "assets/.env", "visit/.htaccess", ".building-0", "news/a.txt"), b"SECRET"
)
"""Files that no build writes, and that may be there all the same."""


@dataclass(frozen=True, slots=True)
class Served:
    """A site that nginx serves: the build, its files with their small copies, and the server."""

    made: Build
    files: Mapping[str, bytes]
    base: str
    nginx: Nginx

    def headers(self, path: str) -> list[tuple[str, str]]:
        """Return the headers that are said of a file, as a server gives them."""
        options = self.made.site.options
        found = policy.headers(path, self.files[path], options.base_url, drafts=options.drafts)
        return sorted((name.lower(), value) for name, value in found)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address below the path of the site."""
        return self.nginx.ask(self.base + address, method, **headers)


def ours(answer: Answer) -> list[tuple[str, str]]:
    """Return the headers that are not nginx's own."""
    return sorted(each for each in answer.headers if each[0] not in NGINX_S_OWN)


def snippet(root: Path, conf: Path) -> str:
    """Return what README says to write into ``server {}``."""
    return f"root {root}; include {conf};"


@pytest.fixture(scope="module", params=SITES)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site, built with ``--compress`` and served."""
    source, options = SITES[request.param]
    folder, base = tmp_path_factory.mktemp("nginx"), urlsplit(options.base_url).path
    made = build(source, options)
    files = {**made.files, "assets/more.0.js": b"// \xc3\xa9\n"}
    files |= dict(copies(files))
    root = folder / "root"
    put({**files, **STRANGERS}, root / base.lstrip("/"))
    conf = root / base.lstrip("/") / NGINX
    if brotli(find()):
        conf.write_text(conf.read_text("utf-8").replace("# brotli_static on;", "brotli_static on;"), "utf-8")
    with running(folder / "nginx", snippet(root, conf)) as nginx:
        yield Served(made, files, base, nginx)


def test_each_file_has_its_headers(served: Served) -> None:
    """Exactly those that are said of it, each once, and its type with its letters; HEAD says the same as GET."""
    for path, content in served.made.files.items():
        if path in {HEADERS, NGINX, REDIRECTS}:
            continue
        forwards = path.endswith("index.html") and served.ask(addresses.address_of(path)).status == 301
        address = f"/{path}" if forwards else addresses.address_of(path)
        answer = served.ask(hosts.in_url(address))
        assert (answer.status, answer.body) == (200, content), path
        assert ours(answer) == served.headers(path), path
        assert answer["content-type"] in TYPES[path.rpartition(".")[2]], path
        head = served.ask(hosts.in_url(address), "HEAD")
        assert (head.status, head.body, ours(head)) == (200, b"", ours(answer))
        assert head["content-length"] == str(len(content))
    assert served.ask("/assets/more.0.js")["content-type"] in TYPES["js"]


NOWHERE = [
    *("/nope", "/nope/", "/nope.html", "/nope.php", "/visit/nope", "/index.html/", "/index.html.bak", "/nope.gz"),
    *("/_headers", "/_redirects", "/_nginx.conf", "/%5fnginx.conf", "/assets/..%2f_nginx.conf", "//_headers"),
    *("/.env", "/%2eenv", "/.git/config", "/.git/", "/assets/.env", "/visit/.htaccess", "/.building-0"),
    *("/assets/", "/assets/nope.css", "/assets/nope/", "/news/", "/.well-known/nope"),
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_not_there_is_answered_with_the_page_for_it(served: Served, method: str) -> None:
    """At any address: the page, its policy, and kept by nobody; so are folders, and files that are not for visitors."""
    outside = ["/", "/index.html", "/nope"] if served.base else []
    for address in [*(f"{served.base}{each}" for each in NOWHERE), *outside]:
        answer = served.nginx.ask(address, method)
        assert answer.status == 404, address
        assert answer.body == (served.files["404.html"] if method == "GET" else b""), address
        assert ours(answer) == served.headers("404.html"), address
        assert answer["content-type"] in TYPES["html"]


def test_older_addresses_lead_to_the_new_ones(served: Served) -> None:
    """For good, on this host and below its path, with the headers of all answers."""
    moved = {old: page.address for page in served.made.site.pages for old in older(page)}
    for old, new in moved.items():
        answer = served.ask(hosts.in_url(old))
        assert (answer.status, answer["location"]) == (301, served.base + hosts.in_url(new))
        assert {name.lower(): value for name, value in policy.EVERYWHERE}.items() <= dict(answer.headers).items()
        assert served.nginx.ask(answer["location"]).status == 200
    assert bool(moved) is (served.made.site.settings.name.value == "Rivertown Library")
    for page in served.made.site.pages:
        if page.address.endswith("/") and page.address != "/":
            assert served.ask(page.address.rstrip("/"))["location"] == f"{served.base}{page.address}"


@pytest.mark.parametrize(("accepts", "wanted"), [("gzip", "gz"), ("br", "br"), ("gzip, deflate, br, zstd", "br")])
def test_small_copies_are_sent(served: Served, tell: Callable[[str], None], accepts: str, wanted: str) -> None:
    """To who can read them, with all headers of the file; caches are told that others get other bytes."""
    if wanted == "br" and not brotli(find()):
        tell("NOT TRIED: files in Brotli, for which this nginx has no module")
        pytest.skip("nginx has no module for Brotli")
    small = [path for path in served.files if f"{path}.{wanted}" in served.files and path != "find-us/index.html"]
    assert "index.html" in small
    for path in small:
        address = hosts.in_url(addresses.address_of(path))
        plain = served.ask(address)
        for method in ("GET", "HEAD"):
            answer = served.ask(address, method, Accept_Encoding=accepts)
            copy = served.files[f"{path}.{wanted}"]
            assert answer.body == (copy if method == "GET" else b"")
            assert answer["content-length"] == str(len(copy))
            assert answer["content-encoding"] == {"gz": "gzip", "br": "br"}[wanted]
            assert answer["content-type"] == plain["content-type"]
            assert ours(answer) == ours(plain) == served.headers(path)
            assert answer["vary"] == "Accept-Encoding"
        assert (plain["content-encoding"], plain.body) == ("", served.files[path])
        # of a file that has a copy in Brotli only, nginx does not say so: it is kept as everybody can read it
        assert plain["vary"] or f"{path}.gz" not in served.files


def test_a_site_without_a_page_for_wrong_addresses(make: Make, built: Run, tmp_path: Path) -> None:
    """The server answers with its own, which nobody keeps, not even where assets are kept for ever."""
    files = built(make({})).files
    put({**files, "assets/a.0.css": b""}, tmp_path / "root")
    with running(tmp_path / "nginx", snippet(tmp_path / "root", tmp_path / "root" / NGINX)) as nginx:
        for address in ("/assets/nope.css", "/assets/", "/nope", "/_headers"):
            answer = nginx.ask(address)
            assert (answer.status, answer["cache-control"]) == (404, "no-store")


# ---------------------------------------------------------------- while sites change


def site(number: int, *, style: int = 0) -> dict[str, bytes]:
    """Return the pages of a site, another for each number, with policies of their own, and what nginx is told of it."""
    pages = {}
    for name in ("index", "about/index", "404"):
        text = f"<html><head><style>a{{order:{style or number}}}</style></head><p>{name} {number}</p>" + "x" * 9000
        pages[f"{name}.html"] = policy.stated(text, "https://s.org").encode()
    pages["about/index.html"] = pages["about/index.html"].replace(b"about", b"us", 1)
    snippet = hosts.nginx(hosts.policies(pages, "https://s.org"), "", {}, drafts=False)
    return {**pages, NGINX: snippet.encode()}


def own_policy(answer: Answer) -> bool:
    """Tell whether a page came with the policy that it states."""
    return answer["content-security-policy"] == policy.policy_of(answer.body.decode(), "").header


def test_each_page_comes_with_its_own_policy_while_versions_change(tmp_path: Path) -> None:
    """Each version in a folder of its own, a link to its two lines changed, nginx told: no reader sees a mixture."""
    now = tmp_path / "now.conf"

    def switch(number: int) -> None:
        put(site(number), tmp_path / str(number))
        (tmp_path / f"{number}.conf").write_text(snippet(tmp_path / str(number), tmp_path / str(number) / NGINX))
        (tmp_path / "next.conf").symlink_to(f"{number}.conf")
        (tmp_path / "next.conf").replace(now)

    switch(0)
    files = {"/": "index.html", "/about/": "about/index.html", "/nope": "404.html"}
    known = {address: {site(number)[file] for number in range(SWITCHES + 1)} for address, file in files.items()}
    looks = dict.fromkeys(files, 0)
    mixed: list[str] = []
    with running(tmp_path / "nginx", f"include {now};") as nginx:
        done = threading.Event()

        def read(address: str) -> None:
            while not done.is_set():
                answer = nginx.ask(address)
                mixed.extend([] if answer.body in known[address] and own_policy(answer) else [f"{address}: {answer}"])
                looks[address] += 1

        readers = [threading.Thread(target=read, args=(address,)) for address in looks]
        for reader in readers:
            reader.start()
        for number in range(1, SWITCHES + 1):
            switch(number)
            nginx.reload()
            while nginx.ask("/").body != site(number)["index.html"]:
                pass
        done.set()
        for reader in readers:
            reader.join()
    assert mixed == []
    assert min(looks.values()) > SWITCHES


def test_what_happens_in_one_folder(tmp_path: Path) -> None:
    """Where other styles are put into the folder that nginx serves, their page comes with the policy before it.

    Until nginx is told, browsers show it without them. Other words change nothing. README says so.
    """
    put(site(1), tmp_path / "root")
    with running(tmp_path / "nginx", snippet(tmp_path / "root", tmp_path / "root" / NGINX)) as nginx:
        put(site(2, style=1), tmp_path / "root")
        assert nginx.ask("/").body == site(2, style=1)["index.html"]
        assert own_policy(nginx.ask("/"))
        put(site(3), tmp_path / "root")
        assert not own_policy(nginx.ask("/"))
        nginx.reload()
        while not own_policy(nginx.ask("/")):
            pass
