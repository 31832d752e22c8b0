"""Scripts, and what else others may try, brought in through Markdown, front matter and facts; and what is told of it.

All of it stands on one page, a section each, so that one look at the page shows what comes of it.
"""

from collections.abc import Mapping

BODIES: Mapping[str, str] = {
    "[x](javascript:alert(1))": "1:5 link-scheme",
    "[x](JavaScript:alert(1))": "1:5 link-scheme",
    "[x](java script:alert(1))": "1:5 link-scheme",
    "[x](<java script:alert(1)>)": "1:6 link-scheme",
    "[x](<java\tscript:alert(1)>)": "1:6 link-scheme",
    "[x](java&#x0A;script:alert(1))": "1:5 link-scheme",
    "[x](java&Tab;script:alert(1))": "1:5 link-scheme",
    "[x](javascript&colon;alert(1))": "1:5 link-scheme",
    "[x](&#106;avascript:alert(1))": "1:5 link-scheme",
    "[x](&#0000106avascript:alert(1))": "1:5 link-scheme",
    "[x](%6Aavascript:alert(1))": "1:5 broken-link",
    "[x](javascript%3Aalert(1))": "1:5 broken-link",
    "[x](\\javascript:alert(1))": "1:5 link-scheme",
    "[x](javascript://x.org/%0Aalert(1))": "1:5 link-scheme",
    "[x](<&#1;javascript:alert(1)>)": "1:6 link-scheme",
    "[x](vbscript:msgbox(1))": "1:5 link-scheme",
    "[x](data:text/html,<script>alert(1)</script>)": "1:5 link-scheme, 1:20 raw-html",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)": "1:5 link-scheme",
    "[x](blob:https://a.org/1)": "1:5 link-scheme",
    "[x](file:///etc/passwd)": "1:5 link-scheme",
    "[x](//evil.org)": "1:5 link-scheme",
    "[x](\\\\evil.org)": "1:5 link-scheme",
    "[x](/\\evil.org)": "1:5 link-scheme",
    "[x](https:evil.org)": "1:5 link-scheme",
    "[x](http://evil.org)": "1:5 link-scheme",
    "<javascript:alert(1)>": "1:1 raw-html",
    "<JAVASCRIPT:alert(1)>": "1:1 raw-html",
    "<data:text/html,x>": "1:1 raw-html",
    '<https://a.org/"onmouseover="alert(1)>': "",
    "<https://a.org/><img src=x onerror=alert(1)>": "1:17 raw-html",
    '<a@b.org"onclick="alert(1)>': "",
    "![x](javascript:alert(2))": "1:6 missing-image",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)": "1:6 missing-image, 1:25 raw-html",
    "![x](https://evil.org/x.png)": "1:6 missing-image",
    '![x" onerror="alert(1)](door.svg)': "",
    '![x](door.svg "y" onerror="alert(1)")': "",
    '[x](/ "t" onclick="alert(1)")': "",
    "[x](/ 't\" onclick=\"alert(1)')": "",
    '[x](/"onclick="alert(1))': "1:5 broken-link",
    '[x](</" onclick="alert(1)>)': "1:6 broken-link",
    '[x]("onclick=alert(1))': "1:5 broken-link",
    "<script>alert(1)</script>": "1:1 raw-html",
    "<SCRIPT SRC=https://evil.org/x.js></SCRIPT>": "1:1 raw-html",
    "<script": "1:1 raw-html",
    "<img src=x onerror=alert(1)>": "1:1 raw-html",
    "<img/src=x/onerror=alert(1)>": "1:1 raw-html",
    "<svg onload=alert(1)>": "1:1 raw-html",
    "<svg><script>alert(1)</script></svg>": "1:1 raw-html, 1:6 raw-html",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>': "1:1 raw-html, 1:6 raw-html, 1:42 raw-html",
    '<math href="javascript:alert(1)">x</math>': "1:1 raw-html",
    '<iframe src="javascript:alert(1)"></iframe>': "1:1 raw-html",
    '<iframe srcdoc="<script>alert(1)</script>">': "1:1 raw-html, 1:17 raw-html",
    '<object data="data:text/html,<script>alert(1)</script>">': "1:1 raw-html, 1:30 raw-html",
    "<embed src=//evil.org/x>": "1:1 raw-html",
    "<base href=//evil.org/>": "1:1 raw-html",
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">': "1:1 raw-html",
    "<link rel=stylesheet href=//evil.org/x.css>": "1:1 raw-html",
    "<style>@import '//evil.org/x';</style>": "1:1 raw-html",
    "<form action=//evil.org><button>x": "1:1 raw-html, 1:25 raw-html",
    "<input autofocus onfocus=alert(1)>": "1:1 raw-html",
    "<details open ontoggle=alert(1)>": "1:1 raw-html",
    "<body onload=alert(1)>": "1:1 raw-html",
    '<a href="javascript:alert(1)">x</a>': "1:1 raw-html",
    "<!-- <script>alert(1)</script> -->": "1:1 html-comment, 1:6 raw-html",
    "<!--><script>alert(1)</script>": "1:1 html-comment, 1:6 raw-html",
    "<![CDATA[<script>alert(1)</script>]]>": "1:1 raw-html, 1:10 raw-html",
    '<?xml version="1.0"?><script>alert(1)</script>': "1:1 raw-html, 1:22 raw-html",
    "</p><script>alert(1)</script>": "1:1 raw-html, 1:5 raw-html",
    "</title><script>alert(1)</script>": "1:1 raw-html, 1:9 raw-html",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">': "1:1 raw-html, 1:11 raw-html, 1:32 raw-html",
    "<textarea></textarea><script>alert(1)</script>": "1:1 raw-html, 1:22 raw-html",
    "&lt;script&gt;alert(1)&lt;/script&gt;": "",
    "&#60;script&#62;alert(1)&#60;/script&#62;": "",
    "`<script>alert(1)</script>`": "",
    "\\<script>alert(1)\\</script>": "",
    "**<script>alert(1)</script>**": "1:3 raw-html",
    "[<script>alert(1)</script>](/)": "1:2 raw-html",
    "[<img src=x onerror=alert(1)>](/)": "1:2 raw-html",
    "{{ 7*7 }}": "1:1 reference",
    "{{ ''.__class__ }}": "1:1 reference",
    "{{ config }}": "1:4 unknown-fact",
    "{{ words.__class__ }}": "1:4 unknown-fact",
    "{{ words|safe }}": "1:1 reference",
    "{% for x in ().__class__.__base__ %}{{ x }}{% endfor %}": "1:1 reference, 1:40 unknown-fact, 1:44 reference",
    '{% include "/etc/passwd" %}': "1:1 reference",
    "{# comment #}": "1:1 reference",
    "{{ words": "1:1 reference",
    "[x]({{ javascript }})": "1:8 unknown-fact",
    "[x]({{ words }}javascript:alert(1))": "1:5 link-scheme",
    "[x](javascript:{{ words }})": "1:5 link-scheme",
    "[{{ evil }}](/)": "1:5 unknown-fact",
    "[x](/?q=<script>alert(1)</script>)": "1:9 raw-html",
    '[x](/#"><script>alert(1)</script>)': "1:5 broken-anchor, 1:9 raw-html",
    "[x](tel:javascript:alert(1))": "1:9 unknown-phone",
    "[x](/){onclick=alert(1)}": "",
    "[x][1]\n\n[1]: javascript:alert(1)": "3:6 link-scheme",
    "[x]\n\n[x]: javascript:alert(1)": "3:6 link-scheme",
    '[x][1]\n\n[1]: <javascript:alert(1)> "t"': "3:7 link-scheme",
    "[x][1]\n\n[1]: / 't\" onclick=\"alert(1)'": "",
    "[x][1]\n\n[1]: data:text/html,<script>alert(1)</script>": "3:6 link-scheme, 3:21 raw-html",
    "![x][1]\n\n[1]: javascript:alert(3)": "3:6 missing-image",
    "[x](java\nscript:alert(1))": "1:5 link-scheme",
    "[x](\njavascript:alert(1))": "2:1 link-scheme",
    "```html onclick=alert(1)\n<script>alert(1)</script>\n```": "",
    '``` "><script>alert(1)</script>\nx\n```': "",
    "<svg\nonload=alert(1)>": "1:1 raw-html",
    '<a title="\n\n<script>alert(1)</script>\n\n">': "1:1 raw-html, 3:1 raw-html",
    "| <script>alert(1)</script> |\n|---|\n| [x](javascript:alert(1)) |": "1:3 raw-html, 3:7 link-scheme",
    "x\n:   <script>alert(1)</script>": "2:5 raw-html",
    "> <script>alert(1)</script>": "1:3 raw-html",
    "- [x](javascript:alert(1))": "1:7 link-scheme",
    "    <script>alert(1)</script>": "",
}
"""Bodies of sections, and each error in them by its place, lines counted from the first of the body.

Without an error they are words: escaped, and harmless.
"""
TITLES: Mapping[str, str] = {
    "title: <script>alert(1)</script>": "",
    "title: '\"><img src=x onerror=alert(1)>'": "",
    "title: '</h2></title><script>alert(1)</script>'": "",
    "title: '<!-- -- >'": "",
    "title: x\nnav: '\" onmouseover=\"alert(1)'": "",
    "title: '{{ script }} {{ quote }} {{ close }}'": "",
    "title: '{{ 7*7 }}'": "2:9 reference",
    "title: '{{ words|safe }}'": "2:9 reference",
    "title: '{{ words'": "2:9 reference",
    "title: '{% raw %}'": "2:9 reference",
    "title: x {# y": "2:10 reference",
    "title: &lt;script&gt;": "2:8 yaml",
    "title: !!python/object/apply:os.system ['id']": "2:8 yaml",
    "title: x\nonload: alert(1)": "3:1 unknown-key",
}
"""Front matter of sections, and each error in it."""
FACTS: Mapping[str, str] = {
    "words": "some words",
    "script": "<script>alert(9)</script>",
    "quote": '" onclick="alert(9)',
    "close": "</script><script>alert(9)</script>",
    "address": "javascript:alert(9)",
}
"""Facts that are texts, and printed wherever a template prints facts."""
TEMPLATE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body><h1 title="{{ quote }}">{{ page.title }}</h1>
<script>window.facts = {{ [words, script, quote, close, address]|tojson }};</script>
<a href="{{ address }}">{{ script }}</a>
{% for section in page.sections %}
<section id="{{ section.slug }}" title="{{ section.nav }}"><h2>{{ section.title }}</h2>{{ section.body }}</section>
{% endfor %}
</body></html>
"""


def files() -> Mapping[str, str]:
    """Return a site of one page with all of them."""
    sections = [f"---\n{front}\n---\n" for front in TITLES]
    sections += [f"---\ntitle: x\n---\n\n{body}\n" for body in BODIES]
    return {
        "site.yaml": "site:\n  name: S\n  url: https://s.org\nfacts:\n"
        + "".join(f"  {name}: '{text}'\n" for name, text in FACTS.items()),
        "templates/page.html": TEMPLATE,
        "assets/door.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        **{f"content/sections/{number + 100}-s{number}.md": text for number, text in enumerate(sections)},
    }


def told() -> Mapping[str, list[str]]:
    """Return the errors of each section's file."""
    of_titles = [all_of.split(", ") if all_of else [] for all_of in TITLES.values()]
    of_bodies = [[_below_front_matter(each) for each in all_of.split(", ") if each] for all_of in BODIES.values()]
    found = enumerate([*of_titles, *of_bodies])
    return {f"content/sections/{number + 100}-s{number}.md": errors for number, errors in found if errors}


def _below_front_matter(error: str) -> str:
    line, rest = error.split(":")
    return f"{int(line) + 4}:{rest}"
