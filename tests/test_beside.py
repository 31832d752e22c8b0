"""The files beside the pages: for search engines, and a page that forwards at each older address."""

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import brotli
import html5lib
import pytest

from generator.compress import copies
from generator.model import Build

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
MORE = {
    "content/404/page.md": "---\ntitle: Gone\n---\n",
    "content/café/page.md": "---\ntitle: Tea & <i>\nreviewed: 2026-02-01\n"
    "aliases: [/old, /tea.html, /tea.php, /the\u0301/]\n---\n",
    "content/later/page.md": "---\ntitle: Later\ndraft: true\naliases: [/soon/]\n---\n",
}


@pytest.mark.parametrize("base", ["https://small.org", "https://a.org/repo"])
@pytest.mark.parametrize("drafts", [False, True])
def test_what_search_engines_are_told(make: Make, built: Run, base: str, *, drafts: bool) -> None:
    """Listed are the pages, with the day of their review and no other; no draft, no page for wrong addresses."""
    files = built(make(MORE), base_url=base, drafts=drafts).files
    assert files["robots.txt"].decode() == f"User-agent: *\nDisallow:\n\nSitemap: {base}/sitemap.xml\n"
    pages = ET.fromstring(files["sitemap.xml"])  # noqa: S314 - our own
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert pages.tag == f"{space}urlset"
    found = [(each.findtext(f"{space}loc"), each.findtext(f"{space}lastmod")) for each in pages]
    assert found == [(f"{base}/", None), (f"{base}/caf%C3%A9/", "2026-02-01")]
    assert ("X-Robots-Tag: noindex" in files["_headers"].decode()) is drafts
    assert ("soon/index.html" in files) is drafts


def test_a_page_that_forwards(make: Make, built: Run) -> None:
    """It leads on at once, below the site's path, says where to, and asks for nothing; only where hosts show pages."""
    made = built(make({**MORE, "templates/page.html": "<title>{{ page.title }}</title>"}), base_url="https://a.org/r")
    forwards = {path for path in made.beside if path.endswith((".html", ".php"))}
    assert forwards == {"old/index.html", "tea.html", "th\u00e9/index.html"}
    page = made.files["tea.html"].decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    metas = {each.get("http-equiv") or each.get("name"): each.get("content") for each in tree.iter("meta")}
    assert metas["refresh"] == "0; url=/r/caf%C3%A9/"
    assert "default-src 'none'" in (metas["Content-Security-Policy"] or "")
    assert page.index("Content-Security-Policy") < page.index("refresh")
    assert [each.get("href") for each in tree.iter("link")] == ["https://a.org/r/caf%C3%A9/"]
    assert [(each.get("href"), each.text) for each in tree.iter("a")] == [("/r/caf%C3%A9/", "Tea & <i>")]
    assert "/r/tea.php /r/caf%C3%A9/ 301\n" in made.files["_redirects"].decode()


@pytest.mark.parametrize(
    ("alias", "said"),
    [
        ("/", "'/' is the address of content/page.md already"),
        ("/b", "'/b' is the address of this page today"),
        ("/b/index.html", "'/b/index.html' is the address of this page today"),
        ("/A/", "'/A/' is the address of content/a/page.md already"),
        ("/was/", "'/was/' is an older address of content/a/page.md already"),
        ("/WAS", "'/WAS' is an older address of content/a/page.md already"),
        ("/was.html/x/", "'/was.html/x/' is an older address of content/a/page.md already"),
        ("/dir.html", "'/dir.html' is an older address of content/a/page.md already"),
        ("/x/../y/", "'/x/../y/' cannot be an address"),
        ("//evil.org/", "'//evil.org/' cannot be an address"),
        ("/a b/", "'/a b/' cannot be an address"),
        ("/.git/", "'/.git/' cannot be an address"),
        ("/x./", "'/x./' cannot be an address"),
        ("/caf%C3%A9/", "'/caf%C3%A9/' cannot be an address"),
        ("/x/*", "'/x/*' cannot be an address"),
        ("/:x/", "'/:x/' cannot be an address"),
        ('"/x/\\nevil"', "'/x/\\nevil' cannot be an address"),
        ("/{{ who }}/", "'/{{ who }}/' cannot be an address"),
        ("old/", "the older address 'old/' does not begin with a slash"),
        ("https://s.org/x/", "the older address 'https://s.org/x/' does not begin with a slash"),
        ("/?p=1", "hosts do not look at what follows the '?' or '#' in '/?p=1'"),
        ('"/x#y"', "hosts do not look at what follows the '?' or '#' in '/x#y'"),
        ("/x/CON.html", "'/x/CON.html' is no file on Windows"),
        (f"/{'x' * 101}/", "this is too long for an address"),
        ("/robots.txt", "the address '/robots.txt' is taken by the site itself"),
        ("/404/", "the address '/404' is taken by the site itself"),
        ("/Assets/x.css", "the address '/Assets' is taken by the site itself"),
        ("/_headers", "'/_headers' cannot be an address"),
    ],
)
def test_what_cannot_be_an_older_address(make: Make, built: Run, alias: str, said: str) -> None:
    """Each is one error at its place, with a hint; nothing is forwarded then."""
    files = {
        "content/a/page.md": "---\ntitle: A\naliases: [/was/, /was.html, /dir.html/x/]\n---\n",
        "content/b/page.md": f"---\ntitle: B\naliases:\n  - {alias}\n---\n",
    }
    made = built(make(files))
    assert [(str(each.location), each.rule, each.message) for each in made.errors] == [
        ("content/b/page.md:4:5", "alias", said)
    ]
    assert made.errors[0].hint


def test_the_page_for_wrong_addresses_has_no_older_ones(make: Make, built: Run) -> None:
    """It answers at all of them as it is."""
    made = built(make({"content/404/page.md": "---\ntitle: Gone\naliases: [/x/]\n---\n"}))
    assert [str(each) for each in made.errors] == [
        "content/404/page.md:3:11: error: this page is shown where there is no other, and has no older addresses"
    ]


def test_links_to_what_stands_beside_pages(make: Make, built: Run) -> None:
    """Robots and sitemap can be linked to; a link to an older address is told where its page is now."""
    old = {"content/a/page.md": "---\ntitle: A\naliases: [/was/]\n---\n"}
    links = "[a](/sitemap.xml) [b](robots.txt) [c](/was/#x)"
    made = built(make({**old, "content/page.md": f"---\ntitle: H\n---\n\n{links}\n"}))
    assert [(each.rule, each.hint) for each in made.errors] == [
        ("broken-link", "that is an older address; link to /a/")
    ]


def test_small_copies() -> None:
    """Texts that get smaller have two copies, always the same; nothing else has any."""
    text = b"<p>Call us.</p>" * 50
    files = {"a/index.html": text, "b.svg": text, "c.png": text, "_headers": text, "tiny.txt": b"x", "r.xml": text}
    found = dict(copies(files))
    assert sorted(found) == [f"{name}.{end}" for name in ("a/index.html", "b.svg", "r.xml") for end in ("br", "gz")]
    assert gzip.decompress(found["b.svg.gz"]) == brotli.decompress(found["b.svg.br"]) == text
    assert found["b.svg.gz"][:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    assert found == dict(copies(files))
    assert all(len(copy) < len(text) for copy in found.values())
