"""Names that assets are published under, and their texts inside a page."""

import re

import pytest

from generator.assets import inline, read


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("screen.css", r"assets/screen\.[0-9a-f]{8}\.css"),
        ("pictures/map.svg", r"assets/pictures/map\.[0-9a-f]{8}\.svg"),
        ("a.min.js", r"assets/a\.min\.[0-9a-f]{8}\.js"),
        ("noext", r"assets/noext\.[0-9a-f]{8}"),
    ],
)
def test_a_published_name_has_a_fingerprint_before_its_ending(name: str, pattern: str) -> None:
    """Folder, name and ending stay, so that hosts know the type."""
    asset = read(name, b"x")
    assert re.fullmatch(pattern, asset.published)
    assert (name, b"x") == (asset.name, asset.content)


def test_the_fingerprint_depends_on_the_bytes_alone() -> None:
    """The same bytes keep their address for ever; one other byte changes it."""
    assert read("a.css", b"x").published == read("a.css", b"x").published
    assert read("a.css", b"x").published != read("a.css", b"y").published
    assert read("a.css", b"x").published.split(".")[1] == read("b.css", b"x").published.split(".")[1]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.css", b"a { color : red ; }\n/* note */\n", "a{color:red}"),
        ("a.css", b"\xef\xbb\xbfa {}", "a{}"),
        ("a.css", b"/* </style> */ a { b : c }", "a{b:c}"),
        ("a.css", b"", ""),
        ("a.js", b"// note\nvar  a = 1 ;\n", "var a=1;"),
        ("a.js", b'b("<\\/script>")', 'b("<\\/script>")'),
        ("a.svg", b" <svg>\n  <path d='M0 0'/>\n</svg>\n", "<svg>\n  <path d='M0 0'/>\n</svg>"),
        ("a.txt", "a  \u00e9\n".encode(), "a  \u00e9"),
    ],
)
def test_style_sheets_and_scripts_are_minified_in_a_page(name: str, content: bytes, expected: str) -> None:
    """Comments and spaces go; pictures and other texts stay as they are."""
    assert expected == inline(read(name, content))


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.css", b"a {} </style>", "</style"),
        ("a.css", b"a { content: '</STYLE ' }", "</STYLE"),
        ("a.js", b"var a = '</script>'", "</script"),
        ("a.js", b"var a = '</ScRiPt\n'", "</ScRiPt"),
        ("a.js", b"a('<!--')", "<!--"),
        ("a.svg", b"<svg><script>x</script></svg>", "</script"),
    ],
)
def test_a_text_that_would_end_its_element_is_refused(name: str, content: bytes, found: str) -> None:
    """Nothing can break out of the style or script that it is put into; the file and the words are named."""
    with pytest.raises(ValueError, match="end the page's own element") as error:
        inline(read(name, content))
    assert f"'{name}'" in str(error.value)
    assert f"'{found}'" in str(error.value)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff", b"caf\xe9"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    """A picture of bytes cannot be put into a page; it is named."""
    with pytest.raises(ValueError, match=r"'door\.png' is not a text"):
        inline(read("door.png", content))
