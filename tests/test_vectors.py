"""Whatever is brought in through Markdown, front matter and facts is told, or is words."""

from collections.abc import Callable, Mapping
from pathlib import Path

import html5lib
import pytest

from generator.model import Build
from tests import vectors

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
HARMLESS = {"html", "head", "meta", "title", "body", "section", "h1", "h2", "a", "img", "p", "strong", "code", "pre"}
HARMLESS |= {"ul", "li", "dl", "dt", "dd", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "script"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "title", "id", "class", "href", "src", "alt"}


@pytest.fixture
def made(make: Make, built: Run) -> Build:
    """The page with all of them."""
    return built(make(vectors.files()))


def test_each_is_told_at_its_line(made: Build) -> None:
    """Exactly what is wrong, where it was written; what a fact brings into a template is told of the template."""
    found: dict[str, list[str]] = {}
    for each in made.errors:
        at = each.location
        found.setdefault(at.path, []).append(f"{at.line}:{at.column} {each.rule}")
        assert each.hint
    assert found.pop("templates/page.html") == ["1:1 link-scheme"]
    assert found == vectors.told()
    assert sum(map(bool, vectors.BODIES.values())) > 90


def test_the_page_holds_nothing_but_words(made: Build) -> None:
    """None of it has become an element, an attribute or another script."""
    tree = html5lib.parse(made.files["index.html"], namespaceHTMLElements=False)
    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    assert {each.tag for each in elements} <= HARMLESS
    assert {name for each in elements for name in each.attrib} <= ATTRIBUTES
    assert len(tree.findall(".//script")) == 1
    assert len(tree.findall(".//section")) == len(vectors.TITLES) + len(vectors.BODIES)
    addresses = {each.get("href") for each in elements if each.tag == "a"}
    assert "javascript:alert(1)" in addresses  # it can be shown, and is not published


REFUSED = """\
site:
  name: "<script>alert(1)</script>"
  url: javascript:alert(1)
  language: en" onload="alert(1)
facts:
  a: "{{ 7*7 }}"
  b: {value: "{% x %}"}
  c: {value: x, label: "a {# y"}
  d: https://a.org/"onclick="alert(1)
  e: {number: <script>}
  f: javascript://a.org/%0Aalert(1)
  <script>: x
  g: {ask: "{{ x }}"}
"""


def test_what_stops_a_page_is_told_at_its_line(make: Make, built: Run) -> None:
    """Settings and facts that cannot be one, and templates that are not there, wherever their names lead."""
    made = built(
        make(
            {
                "site.yaml": REFUSED,
                "content/a/page.md": "---\ntitle: A\ntemplate: ../../../etc/passwd\n---\n",
                "content/b/page.md": "---\ntitle: B\ntemplate: javascript:alert(1)\n---\n",
                "content/sections/10-c.md": "---\ntitle: C\npart: ../page\n---\n",
            }
        )
    )
    assert made.rendered is None
    assert [f"{each.location} {each.rule}" for each in made.errors] == [
        "content/a/page.md:3:11 unknown-template",
        "content/b/page.md:3:11 unknown-template",
        "content/sections/10-c.md:3:7 unknown-part",
        "site.yaml:3:8 site-url",
        "site.yaml:4:13 language",
        "site.yaml:6:6 reference",
        "site.yaml:7:14 reference",
        "site.yaml:8:24 reference",
        "site.yaml:9:6 wrong-type",
        "site.yaml:10:15 wrong-type",
        "site.yaml:12:3 fact-name",
        "site.yaml:13:12 reference",
    ]
