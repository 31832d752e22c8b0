"""What hosts are told: read back as each of them reads it, and held against the headers of each file."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from generator import addresses, hosts, policy
from generator.addresses import shows_html
from generator.model import Build, Options
from generator.pipeline import build
from tests import observatory
from tests.conftest import GOOD, TODAY

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
SITE = "https://small.org"


def _parts(rule: str) -> str:
    return re.sub(r"\\\*", ".*", re.sub(r":[a-z]+", "[^/]+", re.escape(rule)))


HOSTS: Mapping[str, Callable[[str], str]] = {
    # how each makes an expression of a rule: a name is a step of the path, a star anything
    "netlify": lambda rule: rf"/{_parts(rule.strip('/'))}/?",
    "cloudflare": _parts,
}


def rules(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Read a ``_headers`` file."""
    blocks = re.findall(r"^(/\S*)\n((?:  .+\n)+)", text, re.MULTILINE)
    assert "".join(f"{rule}\n{lines}" for rule, lines in blocks) == text
    return [(rule, re.findall(r"^  ([\w-]+): (.+)$", lines, re.MULTILINE)) for rule, lines in blocks]


def sent(text: str, address: str, host: str) -> dict[str, str]:
    """Return the headers that a host sends with whatever it answers at an address."""
    found: dict[str, list[str]] = {}
    for rule, values in rules(text):
        if re.fullmatch(HOSTS[host](unquote(rule)), address):
            for name, value in values:
                found.setdefault(name, []).append(value)
    return {name: ", ".join(values) for name, values in found.items()}


@pytest.fixture(scope="module")
def good() -> Build:
    """The good site, built once."""
    return build(GOOD, Options(TODAY))


def page(*scripts: str) -> bytes:
    """Return a page that states its policy."""
    text = "<html><head></head>" + "".join(f"<script>{each}</script>" for each in scripts)
    return policy.stated(text, SITE).encode()


@pytest.mark.parametrize("host", HOSTS)
def test_each_file_comes_with_its_headers(good: Build, host: str) -> None:
    """What a host sends by its rules is what is said of the file, one value under each name; no rule is for 404s."""
    text = good.files["_headers"].decode()
    for path, content in good.files.items():
        if shows_html(path) or path.startswith("assets/"):
            expected = dict(policy.headers(path, content, "https://library.rivertown.org"))
            assert sent(text, addresses.address_of(path), host) == expected
    assert sent(text, "/visit/gone/", host) == dict(policy.EVERYWHERE)
    assert "frame" in str(policy.EVERYWHERE).lower()


def test_what_the_headers_of_a_file_are() -> None:
    """Every file has what the design lists; pages are not kept, assets for ever; drafts are not for search engines."""
    plain = dict(policy.headers("index.html", page("1"), SITE))
    assert plain["Content-Security-Policy"] == policy.of("<script>1</script>", SITE).header
    assert plain["Cache-Control"] == "no-store"
    assert all(re.fullmatch(r"[a-z-]+=\(\)", each) for each in plain["Permissions-Policy"].split(", "))
    asset = dict(policy.headers("assets/a.1234.svg", b"<svg/>", SITE, drafts=True))
    assert asset["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (asset["X-Robots-Tag"], "X-Robots-Tag" in plain) == ("noindex", False)
    assert not {"Content-Security-Policy"} & asset.keys()


FLAT = {f"news/p{n}/index.html": page(str(n % 3)) for n in range(1000)}
DEEP = {f"p{n}/{name}index.html": page(str(n % 3)) for n in range(100) for name in ("", "more/")}
HOME = {"index.html": page("home"), "404.html": page("gone"), "assets/a.svg": b""}


def sources(header: str) -> set[str]:
    """Return what a policy allows."""
    return set(header.replace(";", "").split())


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("pages", "count"), [({}, 4), (dict(list(FLAT.items())[:96]), 100), (FLAT, 5), (DEEP, 2)])
def test_pages_share_rules_where_there_are_many(host: str, pages: dict[str, bytes], count: int) -> None:
    """However many pages, hosts read all rules; each page may do what it needs, and so may the page for 404s."""
    files = {**HOME, **pages}
    text = hosts.headers(hosts.policies(files, SITE), "", drafts=False)
    assert len(rules(text)) == count
    assert max(map(len, text.splitlines())) <= hosts.LONGEST_LINE
    for path in ["index.html", *list(pages)[:3], *list(pages)[-3:]]:
        found = sent(text, addresses.address_of(path), host)["Content-Security-Policy"]
        needed = policy.policy_of(files[path].decode(), SITE).header
        assert sources(needed) <= sources(found)
        assert (found == needed) is (len(pages) < 100 or (path in HOME and count > 2))
    for wrong in ("/gone/", "/news/gone/", "/404.html"):
        found = sent(text, wrong, host).get("Content-Security-Policy", "")
        assert not found or sources(policy.policy_of(page("gone").decode(), SITE).header) <= sources(found)
    assert sent(text, "/assets/a.svg", host)["Cache-Control"] == policy.KEPT[1]


def test_more_than_hosts_read(make: Make, built: Run) -> None:
    """A policy that is too long is an error with a place, not a rule that hosts leave out in silence."""
    template = "{% for n in range(40) %}<script>{{ n }}</script>{% endfor %}"
    made = built(make({"templates/page.html": template}))
    assert [(str(each.location), each.rule) for each in made.errors] == [("templates/page.html:1:1", "headers")]
    assert re.search(r"a line has 2,\d{3} characters in _headers; hosts read 2,000", made.errors[0].message)
    assert "asset(" in made.errors[0].hint


def test_redirects_as_each_host_reads_them() -> None:
    """Netlify is forced where a file is in the way, but never to what it takes for the same address."""
    moved = {"/old/": "/new/", "/new.html": "/new/", "/café/": "/é/"}
    lines = [line.split() for line in hosts.redirects(moved, "/r").splitlines()]
    forced = {old: new for old, new, status in lines if status == "301!"}
    plain = {old: new for old, new, status in lines if status == "301"}
    assert plain == {
        "/r/old/": "/r/new/",
        "/r/new.html": "/r/new/",
        "/r/caf%C3%A9/": "/r/%C3%A9/",
        "/r/_nginx.conf": "/r/",
    }
    assert forced == {old: new for old, new in plain.items() if old != "/r/new.html"}
    assert all(line[0] in forced for line in lines[:2])


NGINX = re.compile(
    r"(?:#.*|(?:index|charset|absolute_redirect|gzip_static|gzip_vary) [\w.-]+;|charset_types [\w/ ]+;"
    r'|(?:add_header|set|error_page) (?:\S+|403 =404) (?:"[^"]*"|\$\w+)(?: always)?;|if \(.*\) \{ return 404; \}'
    r'|location (?:=|~|\^~) "[^"]*" \{ (?:return 404; |(?:(?:set \$site_\w+|return 301) "[^"]*"; )+)\})?'
)


def test_the_snippet_for_nginx(good: Build) -> None:
    """Each header stands in it once; each line is one that nginx knows without further modules; drafts are told."""
    text = good.files["_nginx.conf"].decode()
    assert [line for line in text.splitlines() if not NGINX.fullmatch(line)] == []
    named = re.findall(r"^add_header (\S+) ", text, re.MULTILINE)
    kept = ["Cache-Control"] * 2  # one for pages, one for assets that are there
    assert named == [*(name for name, _ in policy.EVERYWHERE), "Content-Security-Policy", *kept]
    assert 'location = "/find-us/" { return 301 "/visit/"; }' in text
    files = {"index.html": page("1"), "a.html": page(), "assets/b.html": page("2")}
    more = hosts.nginx(hosts.policies(files, SITE), "", {"/a.html": "/"}, drafts=True)
    assert more.count('add_header X-Robots-Tag "noindex" always;\n') == 1
    assert re.findall(r'^location = "(/a.*?)" \{ (.*) \}', more, re.MULTILINE) == [("/a.html", 'return 301 "/";')]
    assert policy.of("<script>2</script>", SITE).header not in more


NASTY = '"; } alert(1) # <script>alert(2)</script> & \\{{ x \\}}'


def test_words_of_authors_stay_words(make: Make, built: Run) -> None:
    """No text of a fact, a title or a template gets into what hosts read; in a forwarding page it is a text."""
    matter = f"---\ntitle: '{NASTY} {{{{ who }}}}'\ndescription: x\naliases: [/old/]\n---\n"
    files = {
        "site.yaml": f"site:\n  name: '{NASTY}'\n  url: https://s.org\nfacts:\n  who: '<b>alert(3)</b> \"'\n",
        "content/a/page.md": matter,
        "templates/page.html": "<title>{{ page.title }} - {{ site.name }}</title>{{ page.body }}",
    }
    made = built(make(files))
    assert made.errors == ()
    for name, content in made.beside.items():
        assert ("alert" in content.decode()) is (name == "old/index.html")
    forward = html5lib.parse(made.files["old/index.html"].decode(), namespaceHTMLElements=False)
    assert [each.tag for each in forward.iter() if each.tag in {"script", "b"}] == []
    assert NASTY.replace("\\{{", "{{") in (forward.findtext("head/title") or "")
    assert forward.findtext("head/title") == forward.findtext("body/p/a")


@pytest.mark.parametrize("path", ["index.html", "visit/index.html", "404.html"])
def test_the_score_of_the_observatory(good: Build, path: str) -> None:
    """With headers a page has the most there is; without any what its own policy is worth, with HSTS or not."""
    page = good.files[path].decode()
    headers = dict(policy.headers(path, good.files[path], "https://library.rivertown.org"))
    without = (("Strict-Transport-Security", 80), ("X-Content-Type-Options", 145), ("Cross-Origin-Opener-Policy", 140))
    assert [observatory.score({**headers, name: ""}, page) for name, _ in without] == [left for _, left in without]
    hsts = {"Strict-Transport-Security": "max-age=31556952"}
    scores = [observatory.score(each, page) for each in (headers, hsts, {})]
    assert [(points, observatory.grade(points)) for points in scores] == [(150, "A+"), (75, "B"), (55, "C")]
    assert observatory.score(headers, policy.without(page)) == 150
