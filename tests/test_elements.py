"""The elements of a page, compared with what a parser finds that follows the standard of HTML to the letter."""

from collections.abc import Iterator

import html5lib
import pytest

from generator import elements

IMPLIED = {"html", "head", "body", "tbody"}
Found = list[tuple[str, dict[str, str], str]]


def as_browsers_do(page: str) -> Found:
    """Return each element with its attributes, and its text if it holds no tags."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        name = str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        given = {key.rpartition("}")[2].lower(): value for key, value in element.attrib.items()}
        if name and name not in IMPLIED:
            found.append((name, given, (element.text or "") if name in elements.RAW else ""))
    return found


def ours(page: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Each element as the package finds it."""
    for each in elements.read(page):
        if each.tag not in IMPLIED:
            yield each.tag, dict(each.given), each.text


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("<style>a{}</style><script>b()</script>", 2),
        ("<STYLE\n media=print>b > c{}</style >", 1),
        ("<script>if (a<b) '<b>'</script>", 1),
        ("<script src='x'></SCRIPT\n><b>", 2),
        ("<script type=module>1</script foo='1'><b>", 2),
        ("<script>'</scripts>'</script><b>", 2),
        ("<script> a = '&amp;' </script>", 1),
        ("<script>\n\n1\n</script>", 1),
        ("<script src=a.js /><b></script><i>", 2),
        ("<style>\u00e9\u2011</style>", 1),
        ("<style>a{}", 1),
        ("<!-- <script>no</script> --><b>", 1),
        ("<!--><b>--><i>", 2),
        ("<!---><b><!-- x --!><i>", 2),
        ("<!---- ><b>--><i>", 1),
        ("<!-- <b>", 0),
        ("<?php <b> ?><! <b><i></ b><u>", 2),
        ("< b><1><b>", 1),
        ("<title>a<b>c</title><textarea><style>x</style></textarea>", 2),
        ("<template><script>5</script></template><noscript><style>n{}</style></noscript>", 4),
        ("<p style='a>b' title=\"<b>\">", 1),
        ("<p class=a/b id=\"x'y\" title=it's>", 1),
        ("<i a=1 A=2 B C=><u a = 'x' b><i/a/b>", 3),
        ("<i =x><u a==b><b a='&amp;&lt;&#39;'>", 3),
        ("<img src=a.png/><br/>", 2),
        ("<svg><style>a&gt;b{}</style></svg><style>a&gt;b{}</style>", 3),
        ("<svg><style><![CDATA[a{}]]></style></svg>", 2),
        ("<svg><style/><title/><path d='x'/></svg><style/>a</style>", 5),
        ("<svg/><style/>a</style>", 2),
        ("<svg><script href='a.js'/><path d='x'/></svg>", 3),
    ],
)
def test_elements_are_those_that_a_browser_finds(page: str, number: int) -> None:
    """Names, attributes and texts are the same, to the letter."""
    page = f"<!doctype html><body>{page}"
    assert as_browsers_do(page) == list(ours(page))
    assert number == len(list(ours(page)))


def test_an_element_knows_where_its_start_tag_ends() -> None:
    """What follows the tag can be put there."""
    page = '<!-- <head> --><html lang="a>b"><HEAD\n><title>x</title>'
    expected = ["<HEAD\n><title>x</title>", "<title>x</title>", "x</title>"]
    assert expected == [page[each.end :] for each in elements.read(page)]
