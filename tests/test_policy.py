"""The Content-Security-Policy of a page: what it allows, and where it stands."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import policy
from generator.model import Build
from generator.trace import marked

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
SITE = "https://small.org"


def named(text: str) -> str:
    """Return a text as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def allowed(page: str, directive: str) -> list[str] | None:
    """Return what a page's policy allows for one kind of thing, nothing if it does not speak of it."""
    parts = [each.split() for each in policy.of(page, SITE).header.split("; ")]
    return next((values for name, *values in parts if name == directive), None)


def test_a_policy_in_full() -> None:
    """Nothing is allowed but the page's own scripts and styles, and pictures."""
    page = "<style>a{}</style><script>b()</script><style>c{}</style>"
    assert policy.of(page, SITE).header == (
        f"default-src 'none'; script-src {named('b()')}; style-src {named('a{}')} {named('c{}')}; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; upgrade-insecure-requests"
    )


def test_a_known_hash() -> None:
    """The hash is the one that other tools compute: printf 'alert(1)' | openssl dgst -sha256 -binary | base64."""
    expected = ["'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"]
    assert expected == allowed("<script>alert(1)</script>", "script-src")


def test_the_element_is_the_header_but_for_what_browsers_ignore_in_it() -> None:
    """A page cannot say in itself who may frame it."""
    found = policy.of("<style>a{}</style>", SITE)
    content = found.header.replace("frame-ancestors 'none'; ", "")
    assert "frame-ancestors" in found.header
    assert found.meta == f'<meta http-equiv="Content-Security-Policy" content="{content}">'


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("", None),
        ("<script></script>", [""]),
        ("<script> 1;\n</script>", [" 1;\n"]),
        ("<script>1\r\n2</script>", ["1\n2"]),
        ("<script>2</script><script>1</script><script>2</script>", ["2", "1"]),
        ('<SCRIPT TYPE="Module">1</SCRIPT >', ["1"]),
        ("<script type=text/javascript>1</script>", ["1"]),
        ('<script type="">1</script>', ["1"]),
        ("<script type=importmap>{}</script>", ["{}"]),
        ("<script type=application/ld+json>{}</script>", None),
        ("<script type=text/template>1</script>", None),
        ("<script type=module-shim>1</script>", None),
        ("<!-- <script>1</script> -->", None),
        ("<textarea><script>1</script></textarea>", None),
        ("<style>script</style>", None),
    ],
)
def test_scripts_that_run(page: str, scripts: list[str] | None) -> None:
    """Each script that a browser runs is allowed by its hash, once, in the order of the page; data are not."""
    expected = None if scripts is None else [named(text) for text in scripts]
    assert expected == allowed(page, "script-src")


@pytest.mark.parametrize(
    ("page", "directive", "expected"),
    [
        ('<script src="/a.js"></script>', "script-src", ["'self'"]),
        ('<script src="a.js">1</script>', "script-src", ["'self'"]),
        ('<script src="https://small.org/a.js"></script>', "script-src", ["'self'"]),
        ('<script src="//small.org/a.js"></script>', "script-src", ["'self'"]),
        ('<link rel="modulepreload" href="/a.js">', "script-src", ["'self'"]),
        ("<svg><script xlink:href='/a.js'/></svg>", "script-src", ["'self'", named("")]),
        ('<script src="https://small.org.evil.org/a.js"></script>', "script-src", None),
        ('<script src="https://cdn.org/a.js"></script>', "script-src", None),
        ('<script src="//cdn.org/a.js"></script>', "script-src", None),
        ('<script src="data:text/javascript,1"></script>', "script-src", None),
        ('<script type="application/json" src="/a.json"></script>', "script-src", None),
        ('<LINK REL="preload Stylesheet" HREF=/a.css>', "style-src", ["'self'"]),
        ('<link rel="icon" href="/a.svg">', "style-src", None),
        ('<link rel="stylesheet">', "style-src", None),
        ('<link rel="stylesheet" href="https://cdn.org/a.css">', "style-src", None),
        ("<style>@import '/a.css';</style>", "style-src", ["'self'", named("@import '/a.css';")]),
        ("<style>@import url(//cdn.org/a)</style>", "style-src", [named("@import url(//cdn.org/a)")]),
        ('<link rel="stylesheet" href="/a.css"><script>1</script>', "script-src", [named("1")]),
    ],
)
def test_files_of_the_site(page: str, directive: str, expected: list[str] | None) -> None:
    """The site's own scripts and style sheets may be loaded where a page loads any; those of other sites never."""
    assert expected == allowed(page, directive)


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<!doctype html><html lang=en><head><title>x</title>", "<!doctype html><html lang=en><head>"),
        ("<!-- <head> --><HTML>\n<HEAD\nid='a>b'>\n<link>", "<!-- <head> --><HTML>\n<HEAD\nid='a>b'>"),
        ("<html><title><head></title>", "<html>"),
        ("<!-- a -->\n<!DOCTYPE html>\n<title>x</title>", "<!-- a -->\n<!DOCTYPE html>"),
        ("<title>x</title><header>y</header>", ""),
        ("", ""),
    ],
)
def test_it_stands_first_in_the_head(page: str, before: str) -> None:
    """Nothing that it could forbid stands in front of it."""
    assert before + policy.of(page, SITE).meta + page.removeprefix(before) == policy.stated(page, SITE)


def test_marks_of_facts_are_no_part_of_a_hash() -> None:
    """A page that has marks gets the policy of the page without them."""
    page = f"<html lang='{marked('en', 1)}'><head><script>'{marked('988', 2)}'</script>"
    stated = policy.stated(page, SITE)
    assert stated == page.replace("<head>", f"<head>{policy.of('''<script>'988'</script>''', SITE).meta}")


def test_a_page_without_its_policy() -> None:
    """It is what it was before; a policy that is only spoken of stays."""
    page = f"<html><head><title>x</title></head><p>{policy.of('', SITE).meta}"
    assert page == policy.without(policy.stated(page, SITE))


TEMPLATE = (
    '<html><head><style>a{background:url("/a.svg")}</style></head><a href="/">{{ desk }}</a>'
    '<script>call("{{ desk }}");\n</script><script type="application/ld+json">{{ {"a": desk}|tojson }}</script>'
)


@pytest.mark.parametrize("base", ["", "https://a.example/repo"])
def test_finished_pages_say_what_they_hold(make: Make, built: Run, base: str) -> None:
    """In the bytes that are published, each script and style has its hash; the page with marks has the same policy."""
    site = "site:\n  name: S\n  url: https://s.org\nfacts:\n  desk: {number: 555-555-0100}\n"
    made = built(make({"site.yaml": site, "templates/page.html": TEMPLATE}), base_url=base)
    page = made.files["index.html"].decode()
    style, script = re.findall(r"<(?:style|script)>(.*?)</", page, re.DOTALL)
    assert script == 'call("555-555-0100");\n'
    assert page.startswith("<html><head><meta http-equiv")
    assert re.findall(r"'sha256-[^']*'", page) == [named(script), named(style)]
    assert made.rendered
    assert policy.META.findall(made.rendered.pages[0].marked) == policy.META.findall(page)


def test_another_script_is_another_policy(make: Make, built: Run) -> None:
    """What a template prints into a script changes the hash."""
    hashes = set()
    for number in ("1", "2"):
        page = built(make({"templates/page.html": f"<script>{number}</script>"})).files["index.html"].decode()
        hashes.add(policy.META.findall(page)[0])
    assert len(hashes) == 2
