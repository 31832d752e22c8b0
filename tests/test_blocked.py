"""What a policy forbids is told, and nothing that it allows."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import policy
from generator.blocked import in_page, in_sheet
from generator.model import Build

SITE = "https://small.org"


def told(page: str) -> list[str]:
    """Return the values that a browser will not take from a page, which has its policy."""
    return [found.value for found in in_page(policy.stated(page, SITE), SITE)]


@pytest.mark.parametrize(
    "page",
    [
        "<style>a { color: red }</style><script>b()</script><svg width='1' fill='red'><path d='M0 0'/></svg>",
        "<script src='/a.js'></script><script src='https://small.org/a.js'></script>",
        "<link rel=stylesheet href=/a.css><link rel=icon href='data:,'><link rel='apple-touch-icon' href='/i.png'>",
        "<link rel=canonical href='https://a.org/'><link rel=me href=//a><link rel=dns-prefetch href=//a>",
        "<img src='a.png' srcset='a.png 1x, https://small.org/b.png 2x'><img src='data:image/png;base64,AA=='>",
        "<picture><source srcset='/a.webp'></picture><video poster='/a.png'></video><input type=image src=a.png>",
        "<style>@import '/a.css'; a { background: url(#x), url('data:image/svg+xml,<svg>'), URL(/b.png) }</style>",
        "<style>@font-face { src: local('A') } /* url(https://a.org/) style='' */</style>",
        "<form><button>x</button></form><iframe></iframe><base target=_top><p style='' onclick=' '>x</p>",
        "<a href='https://a.org/'>x</a><a href='tel:988'>x</a><meta http-equiv=refresh content='0; url=https://a.org/'>",
        "<!-- <p style='a'> --><p title=\"style='a' onclick='b'\" data-style='a' one-two='x'>style='a'</p>",
        "<textarea><p style='a'></textarea><script>'<p style=a>'</script>",
        "<script type=application/ld+json>{'style': 'onclick'}</script>",
        "<script src='data:text/javascript,1'></script>",  # links_lead_somewhere tells this one
    ],
)
def test_what_is_allowed_is_not_told(page: str) -> None:
    """Neither is what only looks like an attribute."""
    assert told(page) == []


@pytest.mark.parametrize(
    ("page", "values"),
    [
        ("<p style='a'><svg><g style='b'/></svg><template><p STYLE=c></template><link rel=icon style=d>", "abcd"),
        ("<p onclick='a' onmouseover='b' onclick='c'>", "ab"),
        ("<iframe src=a></iframe><iframe srcdoc=b></iframe><object data=c></object><embed src=d>", "abcd"),
        ("<video src=a></video><audio src=b></audio><video><source src=c><track src=d></video>", "abcd"),
        ("<form action=a></form><button formaction=b></button><input formaction=c>", "abc"),
        ("<base href=a><link rel=manifest href=b><link rel=prefetch as=script href=c>", "abc"),
        ("<link rel=preload as=font href=a><link rel='x preload' as=fetch href=b>", "ab"),
        (
            "<meta http-equiv=content-security-policy content=a><META HTTP-EQUIV=Content-Security-Policy content=b>",
            "ab",
        ),
    ],
)
def test_what_is_always_forbidden(page: str, values: str) -> None:
    """Whatever address or text it has."""
    assert told(page) == list(values)


@pytest.mark.parametrize("address", ["https://a.org/x", "http://a.org/x", "//a.org/x", "HTTPS://small.org.evil/x"])
@pytest.mark.parametrize(
    "page",
    [
        "<script src='{}'></script>",
        "<svg><script href='{}'/></svg>",
        "<link rel=stylesheet href='{}'>",
        "<link rel='shortcut icon' href='{}'>",
        "<link rel=preload as=image href='{}'>",
        "<link rel=modulepreload href='{}'>",
        "<img src='{}'>",
        "<img srcset='a.png 1x, {} 2x'>",
        "<picture><source srcset='{}'></picture>",
        "<input type=image src='{}'>",
        "<video poster='{}'></video>",
        "<svg><image xlink:href='{}'/><style>a{{}}</style></svg>",
        "<style>@import '{}';</style>",
        "<style>@import url({}) print;</style>",
        "<style>a {{ background: url( '{}' ) }}</style>",
        "<svg><style>a {{ mask: url({}) }}</style></svg>",
        "<style>@font-face {{ src: url({}), url(https://b.org) }}</style>",
    ],
)
def test_files_of_others(page: str, address: str) -> None:
    """A browser takes nothing from elsewhere, and each is told once."""
    assert told(page.format(address)) == [address]


def test_a_long_value_is_cut() -> None:
    """A sentence stays one that can be read; the value is known whole."""
    value = "a b\n" * 40
    (found,) = in_page(policy.stated(f"<p style='{value}'>", SITE), SITE)
    assert found.message == f"a browser ignores style='{'a b ' * 15}...'"
    assert found.value == value


@pytest.mark.parametrize("font", ["/a.woff2", "data:font/woff2;base64,AA==", "https://a.org/a.woff2"])
def test_fonts_are_forbidden_wherever_they_are(font: str) -> None:
    """No policy speaks of fonts; a second format of a font is no second mistake."""
    sheet = f"@font-face {{ font-family: A; src: url({font}), url('b.woff') }}\na {{ background: url(/c.png) }}"
    assert [found.message for found in in_sheet(sheet, SITE)] == [f"a browser does not load the font '{font}'"]


@pytest.mark.parametrize("base", ["", "https://a.example/repo"])
@pytest.mark.parametrize(
    ("template", "where"),
    [
        ("<p>\n<i style='a{{ 1 }}'>", "templates/page.html:2:4"),
        ("\n<video poster='/a.png' src='/a.svg'></video>", "templates/page.html:2:29"),
        ("\n<video src='{{ asset('a.svg') }}'></video>", "templates/page.html:2:8"),
        ("\n<img alt='' src='https://a.org/?a=1&amp;b=2'>", "templates/page.html:2:18"),
        ("\n{{ inline('drawing.svg') }}", "assets/drawing.svg:1:13"),
        ("\n<style>{{ inline('inner.css') }}</style>", "assets/inner.css:2:17"),
        ("\n<link rel='stylesheet' href='{{ asset('outer.css') }}'>", "assets/outer.css:1:10"),
        ("\n<i {{ 'sty' ~ 'le' }}=b>", "templates/page.html:2:23"),
        ("\n<i {{ 'sty' ~ 'le' }}={{ 'b' ~ 'c' }}>", "templates/page.html:1:1"),
    ],
)  # fmt: skip
def test_where_it_is_told(
    make: Callable[[Mapping[str, str]], Path], built: Callable[..., Build], template: str, where: str, base: str
) -> None:
    """At the value, else at the attribute, in whatever file asks for it; at the template if that is not to be found."""
    files = {
        "templates/page.html": f"<head><!-- {{{{ page.path }}}} --></head>{template}",
        "assets/a.png": "",
        "assets/a.svg": "<svg/>",
        "assets/drawing.svg": "<svg style='a'/>",
        "assets/inner.css": "/* a */\na { mask: url( 'https://a.org/b' ) }",
        "assets/outer.css": "@import 'https://a.org/b.css';",
    }
    problems = built(make(files), base_url=base).errors
    told = [str(problem.location) for problem in problems if problem.rule == "blocked"]
    assert told == [where]
