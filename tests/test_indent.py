"""Lists as people type them."""

import re

import pytest

from generator import prose


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("text\n- b\n- c", "<p>text</p><ul><li>b</li><li>c</li></ul>"),
        ("- a\n  - b\n  - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n\n  para\n- b", "<ul><li><p>a</p><p>para</p></li><li><p>b</p></li></ul>"),
        ("- a\n    - b\n        - c\n", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        (
            "1. a\n\n   ```\n   code <b>\n     x\n   ```\n\n2. b",
            "<ol><li><p>a</p><pre><code>code &lt;b&gt;\n  x\n</code></pre></li><li><p>b</p></li></ol>",
        ),
        (
            "text\n| a | b |\n|---|---|\n| 1 | 2 |",
            "<p>text</p><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        ("He was born in\n1986. A great year", "<p>He was born in\n1986. A great year</p>"),
        ("- a\nlazy\n- b", "<ul><li>a\nlazy</li><li>b</li></ul>"),
        ("- a\n- b\n\ntext after", "<ul><li>a</li><li>b</li></ul><p>text after</p>"),
        ("    code\n    - not list", "<pre><code>code\n- not list\n</code></pre>"),
        ("- a\n\n- b\n\n  more b\n\nend", "<ul><li><p>a</p></li><li><p>b</p><p>more b</p></li></ul><p>end</p>"),
        ("* * *\n\n- - a", "<hr><ul><li><ul><li>a</li></ul></li></ul>"),
        ("- a\n  b", "<ul><li>a\nb</li></ul>"),
        (
            "1. one\n2. two\n\n   para two\n3. three",
            "<ol><li>one</li><li><p>two</p><p>para two</p></li><li><p>three</p></li></ol>",
        ),
        ("> - quoted\n>   - nested", "<blockquote><ul><li>quoted<ul><li>nested</li></ul></li></ul></blockquote>"),
        (
            "- [x](y)\n\n      code in item\n",
            '<ul><li><a href="y">x</a><pre><code>code in item\n</code></pre></li></ul>',
        ),
        ("Term\n: def\n\n    more def", "<dl><dt>Term</dt><dd><p>def</p><p>more def</p></dd></dl>"),
        (
            "Term\n:   def\n    - a\n    - b",
            "<dl><dt>Term</dt><dd><p>def</p><ul><li><p>a</p></li><li><p>b</p></li></ul></dd></dl>",
        ),
        (
            "- a\n  continued\n  - sub\n    continued sub\n- c",
            "<ul><li>a\ncontinued<ul><li>sub\ncontinued sub</li></ul></li><li>c</li></ul>",
        ),
        ("10. ten\n    - sub\n11. el", '<ol start="10"><li>ten<ul><li>sub</li></ul></li><li>el</li></ol>'),
        ("- a\n\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("text\n\n    code\n\n    more code\n", "<p>text</p><pre><code>code\n\nmore code\n</code></pre>"),
        ("-no list", "<p>-no list</p>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n   - b (3)\n- c", "<ul><li>a<ul><li>b (3)</li></ul></li><li>c</li></ul>"),
        ("- a\n - b\n - c", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("+ a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("text\n## H\n- a", '<p>text</p><h2 id="h">H</h2><ul><li>a</li></ul>'),
        (
            "a\n\n* x\n  > quote\n* y",
            "<p>a</p><ul><li><p>x</p><blockquote><p>quote</p></blockquote></li><li><p>y</p></li></ul>",
        ),
        ("```\n- a\n  - b\n```", "<pre><code>- a\n  - b\n</code></pre>"),
        (
            "- a\n\n      code\n\n      more\n\n- b",
            "<ul><li><p>a</p><pre><code>code\n\nmore\n</code></pre></li><li><p>b</p></li></ul>",
        ),
        ("text\n> quote\n> more\n\ntext", "<p>text</p><blockquote><p>quote\nmore</p></blockquote><p>text</p>"),
        (
            "- a\n  - b\n\n  back in a\n- c",
            "<ul><li><p>a</p><ul><li>b</li></ul><p>back in a</p></li><li><p>c</p></li></ul>",
        ),
        ("* **bold** start\n* *em*", "<ul><li><strong>bold</strong> start</li><li><em>em</em></li></ul>"),
        ("**bold** text\n*em* text", "<p><strong>bold</strong> text\n<em>em</em> text</p>"),
        ("- a\n\n\ttabbed", "<ul><li><p>a</p><p>tabbed</p></li></ul>"),
    ],
)
def test_lists_are_what_they_look_like(markdown: str, expected: str) -> None:
    """What stands below an item's text belongs to it; a list needs no blank line before it."""
    assert re.sub(r">\n+<", "><", prose.read("a.md", markdown).html) == expected
