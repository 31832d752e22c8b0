"""Sites of a few lines, rendered: what a template is given, and how texts become pages."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import policy
from generator.model import Build

Make = Callable[[Mapping[str, str | bytes]], Path]
Run = Callable[..., Build]
FACTS = """site:
  name: Small & Co
  url: https://small.org/
facts:
  phones:
    desk: {number: 555-555-0100, label: 'Desk "A" <b>'}
  hours: 3-5 hours a day
  length: {value: 90+ days, checked: 2026-01-05, owner: me}
  map: https://maps.small.org/?a=1&b=2
  who: {ask: "Who answers?"}
  when: {ask: "When?", label: Hours}
"""


def page(made: Build, path: str = "index.html") -> str:
    """Return a finished page but for its policy; there is no error."""
    assert made.errors == ()
    return policy.without(made.files[path].decode())


def shown(make: Make, built: Run, template: str, **files: str) -> str:
    """Return what a template shows of a site with facts; unused facts do not matter here."""
    return page(built(make({"site.yaml": FACTS, "templates/page.html": template, **files})))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ phones.desk }}", "555-555-0100"),
        ("{{ phones.desk.tel }} {{ phones.desk.sms }}", "tel:+15555550100 sms:+15555550100"),
        ("{{ phones.desk.link }}", '<a href="tel:+15555550100">555-555-0100</a>'),
        ("{{ phones.desk.label }}", "Desk &#34;A&#34; &lt;b&gt;"),
        ("{{ phones.desk|replace('-', ' ') }}", "555 555 0100"),
        ("{{ phones.desk ~ '!' }}", "555-555-0100!"),
        ("{{ {'t': phones.desk}|tojson }}", '{"t": "555-555-0100"}'),
        ("{{ hours }}", "3 to 5 hours a day"),
        ("{{ hours.words }}", "three to five hours a day"),
        ("{{ hours.at_least }}", "at least 3 hours a day"),
        ("{{ hours.amount }}", "3 to 5 hours"),
        ("{{ hours.short }}", "3\u20135 hours a day"),
        ("{{ hours.least }} {{ hours.most }} {{ hours.least.words }}", "3 5 three"),
        ("{{ hours.least * 10 + hours.most }}", "35"),
        ("{{ 'yes' if hours.least == 3 else 'no' }}", "yes"),
        ("{{ length.checked }} {{ length.owner }}", "2026-01-05 me"),
        ("{{ map }}", "https://maps.small.org/?a=1&amp;b=2"),
        ("{{ 'told' if who else 'not told' }}", "not told"),
        ("{% if who or when %}{{ who }}{{ when }}{% else %}no {{ when.label }}{% endif %}", "no Hours"),
        ("{% if not who and not when %}no{% endif %}", "no"),
        ("{% if when and when.label %}{{ when }}{% endif %}{{ when|default('?', true) }}", "?"),
        ("{% set p = phones %}{{ p.desk }}", "555-555-0100"),
        ("{{ site.name }} {{ site.url }} {{ site.language }}", "Small &amp; Co https://small.org en"),
        ("{{ page.title }} {{ page.url }} {{ page.path }}", "Home https://small.org/ /"),
        ("{{ page.sections|length }}{{ page.faq|length }}{{ page.reviewed }}{{ page.lead }}", "00None"),
    ],
)
def test_what_a_template_is_given(make: Make, built: Run, template: str, expected: str) -> None:
    """Each name gives what the table in the README says, escaped for where it stands."""
    assert shown(make, built, template) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('{ask: "Who?"}', ""),
        ('{ask: "Who?", label: L}', ""),
        ("Ann & Bo", '{"name": "Ann \\u0026 Bo"}'),
        ("{value: Ann, label: L}", '{"name": "Ann"}'),
    ],
)
def test_data_that_waits_for_an_answer(make: Make, built: Run, value: str, expected: str) -> None:
    """JSON-LD below a condition is there once its fact is told."""
    data = '{% if who %}<script type="application/ld+json">{{ {"name": who}|tojson }}</script>{% endif %}'
    facts = f"site:\n  name: S\n  url: https://s.org\nfacts:\n  who: {value}\n"
    html = page(built(make({"site.yaml": facts, "templates/page.html": data})))
    assert html == (f'<script type="application/ld+json">{expected}</script>' if expected else "")


@pytest.mark.parametrize("name", ["phones.desk.digits", "hours.from_text", "who.question", "hours.parse", "phones"])
def test_facts_have_nothing_else(make: Make, built: Run, name: str) -> None:
    """Neither methods nor inner values of a fact can be reached, not even in a roundabout way."""
    for template in (f"{{{{ {name} }}}}", f"{{% set x = {name} %}}{{{{ x }}}}"):
        made = built(make({"site.yaml": FACTS, "templates/page.html": template}))
        assert [problem.location.path for problem in made.errors] == ["templates/page.html"]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Call {{ phones.desk }}.", '<p>Call <a href="tel:+15555550100">555-555-0100</a>.</p>'),
        ("# Call {{ phones.desk }}", '<h1 id="call">Call 555-555-0100</h1>'),
        ("[call {{ phones.desk }}](#x)\n\n## X", '<p><a href="#x">call 555-555-0100</a></p>\n<h2 id="x">X</h2>'),
        ("{{ phones.desk.label }}", "<p>Desk &quot;A&quot; &lt;b&gt;</p>"),
        ("[go]({{ map }})", '<p><a href="https://maps.small.org/?a=1&amp;b=2">go</a></p>'),
        ("{{ map }}", "<p>https://maps.small.org/?a=1&amp;b=2</p>"),
        ("Who? {{ who }}\n\nYes.", "<p>Yes.</p>"),
        ("- a\n- {{ who }}", "<ul>\n<li>a</li>\n</ul>"),
        ("**{{ hours.short }}**", "<p><strong>3\u20135 hours a day</strong></p>"),
        ("`{{ hours }}` \\{{ hours }}", "<p><code>{{ hours }}</code> {{ hours }}</p>"),
    ],
)
def test_facts_in_markdown(make: Make, built: Run, markdown: str, expected: str) -> None:
    """A phone is a call link in running text, and plain where a link cannot stand."""
    files = {"content/page.md": f"---\ntitle: Home\n---\n\n{markdown}\n"}
    assert shown(make, built, "{{ page.body }}", **files) == expected


def test_facts_in_front_matter(make: Make, built: Run) -> None:
    """Titles and leads take facts as plain text."""
    matter = '---\ntitle: Call {{ phones.desk }}\nlead: "{{ hours.words }} \\\\{{ so }}"\n---\n'
    expected = "Call 555-555-0100|three to five hours a day {{ so }}"
    assert shown(make, built, "{{ page.title }}|{{ page.lead }}", **{"content/page.md": matter}) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("sections/1-a", "title: A\nnav: N\n---\nx", "#a A (N) <p>x</p>"),
        ("sections/1-a", "title: A {{ who }}\nnav: N\n---\nx", ""),
        ("sections/1-a", "title: A {{ when.label }}\n---\nx", ""),
        ("sections/1-a", "title: A {{ who }}\npart: more\n---\nx", ""),
        ("sections/1-a", "title: A {{ hours.least }}\n---\nx", "#a A 3 () <p>x</p>"),
        ("sections/1-a", "title: A \\{{ who }}\n---\nx", "#a A {{ who }} () <p>x</p>"),
        ("sections/1-a", "title: A\nnav: N {{ who }}\n---\nx", "#a A () <p>x</p>"),
        ("sections/1-a", "title: A\n---\n{{ who }}", ""),
        ("sections/1-a", "title: A\n---\n## H\n\n- {{ who }}\n\n### {{ who }}\n\ny", ""),
        ("sections/1-a", "title: A\npart: more\n---\n{{ who }}", "#a A () "),
        ("sections/1-a", "title: A\n---\nx\n\n{{ who }}", "#a A () <p>x</p>"),
        ("sections/1-a", "title: A\n---\n`{{ who }}`", "#a A () <p><code>{{ who }}</code></p>"),
        ("sections/1-a", "title: A\n---\n", "#a A () "),
        ("faq/1-a", "title: A {{ who }}?\n---\nx", ""),
        ("faq/1-a", "title: A?\n---\n{{ who }}", ""),
        ("faq/1-a", "title: A?\n---\nx", "#a A? <p>x</p>"),
        ("faq/1-a", "title: A?\n---\n", "#a A? "),
    ],
)
def test_parts_that_wait_for_an_answer(make: Make, built: Run, name: str, text: str, expected: str) -> None:
    """No part is shown without its title, none has a bare heading but by its author's will; drafts shown or not."""
    root = make(
        {
            "site.yaml": FACTS,
            f"content/{name}.md": f"---\n{text}\n",
            "templates/parts/more.html": "",
            "templates/page.html": "{% for s in page.sections %}#{{ s.slug }} {{ s.title }} ({{ s.nav }}) {{ s.body }}"
            "{% endfor %}{% for s in page.faq %}#{{ s.slug }} {{ s.title }} {{ s.body }}{% endfor %}",
        }
    )
    assert page(built(root)) == expected
    assert page(built(root, drafts=True)) == expected


@pytest.mark.parametrize("key", ["description", "lead", "reviewed_by"])
def test_a_value_that_waits_for_an_answer_is_empty(make: Make, built: Run, key: str) -> None:
    """What else front matter says is left out as a whole."""
    files = {"content/page.md": f'---\ntitle: T\n{key}: "Ask {{{{ phones.desk }}}} or {{{{ who }}}}."\n---\n'}
    assert shown(make, built, f"[{{{{ page.{key} }}}}]", **files) == "[]"


@pytest.mark.parametrize("base", ["https://a.example/repo", "https://a.example/repo/"])
def test_a_path_in_the_address_is_carried_by_all_addresses(make: Make, built: Run, base: str) -> None:
    """Below a path, links, pictures and what templates are given all have it, once; relative links stay."""
    files = {
        "assets/a.svg": "<svg/>",
        "content/page.md": "---\ntitle: T\n---\n\n[a](/b/) [b](b/) [c](/b/#x) ![p](a.svg)\n",
        "content/b/page.md": "---\ntitle: B\n---\n\n## X\n\n[up](../)\n",
        "content/404/page.md": "---\ntitle: N\n---\n\n[home](/)\n",
        "templates/page.html": '{{ page.path }} {{ page.url }} <a href="/b/">x</a><a href="{{ page.path }}">y</a>'
        "<a href='/'>z</a><img src=\"{{ asset('a.svg') }}\" alt=\"\"><script>'href=\"/\"'</script>{{ page.body }}",
    }
    made = built(make(files), base_url=base)
    home = page(made)
    asset = next(path for path in made.files if path.startswith("assets/"))
    assert home.startswith("/repo/ https://a.example/repo/ ")
    for address in ("/repo/b/", "/repo/b/#x", "b/", "/repo/", f"/repo/{asset}"):
        assert f'"{address}"' in home or f"'{address}'" in home
    assert "/repo/repo" not in home
    assert "<script>'href=\"/\"'</script>" in home
    assert '<a href="/repo/">home</a>' in page(made, "404.html")


def test_pages_and_their_files(make: Make, built: Run) -> None:
    """A page is a folder, however deep; the page for wrong addresses is a file that hosts look for."""
    files = {f"content/{name}/page.md": f"---\ntitle: {name}\n---\n" for name in ("a", "a/b", "404", "c/d")}
    listed = "{% for other in site.pages %}{{ other.path }} {% endfor %}"
    made = built(make({**files, "templates/page.html": listed}))
    assert made.rendered
    names = ["404.html", "a/b/index.html", "a/index.html", "c/d/index.html", "index.html"]
    assert sorted(made.rendered.files) == names
    assert page(made) == "/ /a/ /a/b/ /c/d/ "


def test_the_number_gives_the_order(make: Make, built: Run) -> None:
    """Sections stand in the order of their numbers, as numbers; drafts leave no gap."""
    files = {
        f"content/sections/{name}.md": f"---\ntitle: {name}\n{more}---\n"
        for name, more in (("100-last", ""), ("20-draft", "draft: true\n"), ("9-first", "nav: N\n"), ("30-mid", ""))
    }
    each = "{% for s in page.sections %}{{ s.number }} {{ s.slug }} {{ s.nav }};{% endfor %}"
    root = make({**files, "templates/page.html": each})
    assert page(built(root)) == "1 first N;2 mid ;3 last ;"
    assert page(built(root, drafts=True)) == "1 first N;2 draft ;3 mid ;4 last ;"


def test_one_heading_in_two_sections(make: Make, built: Run) -> None:
    """The second heading of a name gets its section's slug in front, so that each id stands once."""
    files = {f"content/sections/{n}.md": "---\ntitle: T\n---\n\n### Fees\n" for n in ("1-a", "2-b")}
    bodies = "{% for s in page.sections %}{{ s.body }}{% endfor %}"
    made = built(make({**files, "templates/page.html": bodies}))
    assert page(made) == '<h3 id="fees">Fees</h3><h3 id="b-fees">Fees</h3>'


def test_assets_are_published_where_a_page_names_them(make: Make, built: Run) -> None:
    """A picture that no page shows is not published; one that is has its fingerprint in its name."""
    files = {"assets/a.svg": "<svg/>", "assets/unused.svg": "<svg/>", "templates/page.html": "{{ asset('a.svg') }}"}
    made = built(make(files))
    names = [name for name in made.files if name.startswith("assets/")]
    assert len(names) == 1
    assert page(made) == f"/{names[0]}"
    assert made.files[names[0]] == b"<svg/>"


def test_a_bug_is_not_caught(make: Make, built: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails in the package itself is no mistake of an author and is not dressed up as one."""

    def wrong(_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("generator.render.assets.inline", wrong)
    with pytest.raises(ZeroDivisionError):
        built(make({"assets/a.css": "", "templates/page.html": "{{ inline('a.css') }}"}))


def test_all_failures_of_templates_are_told(make: Make, built: Run) -> None:
    """Each page that fails says where; the others do not hide it."""
    files = {
        "content/a/page.md": "---\ntitle: A\ntemplate: a.html\n---\n",
        "templates/a.html": "\n{{ 1 / 0 }}",
        "templates/page.html": "\n\n  {{ 'x' + 1 }}",
    }
    made = built(make(files))
    assert [str(problem.location) for problem in made.problems] == ["templates/a.html:2:1", "templates/page.html:3:3"]
    assert made.files == {}


def test_a_group_without_facts_under_a_taken_name(make: Make, built: Run) -> None:
    """A group that holds nothing, named like something of the engine, is told and is no traceback."""
    made = built(make({"site.yaml": "site:\n  name: S\n  url: https://s.org\nfacts:\n  page: {}\n"}))
    assert [problem.rule for problem in made.errors] == ["fact-name", "empty-value"]


@pytest.mark.parametrize(
    "template",
    ["{% set c = cycler('a', 'b') %}{{ c }}", "{% macro m() %}a{% endmacro %}{{ m }}", "{{ page.title.upper }}"],
)
def test_what_has_no_words_is_not_printed(make: Make, built: Callable[..., Build], template: str) -> None:
    """A function without its brackets, or a helper by itself, would print where it stands in memory: no two alike."""
    (problem,) = built(make({"templates/page.html": f"{{{{ page.body }}}}{template}"})).problems
    assert problem.message == "this template fails: there are no words for what is printed here"
    assert str(problem.location).startswith("templates/page.html:1:")


def test_half_a_character_is_not_published(make: Make, built: Callable[..., Build]) -> None:
    """What cannot be written is told in the template that prints it."""
    (problem,) = built(make({"templates/page.html": '{{ page.body }}{{ "\\ud800" }}'})).problems
    assert problem.message == "this template fails: it prints half of a character"


def test_a_folder_that_may_not_be_entered(
    make: Make, built: Callable[..., Build], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the names of a folder can be read and its files cannot, it is the folder that is told."""
    site = make({"content/sections/10-a.md": "---\ntitle: A\n---\n"})
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "sections" not in str(path) and access(path, mode))
    assert [(problem.location.path, problem.message) for problem in built(site).problems] == [
        ("content/sections", "this folder may not be read")
    ]
