"""The same neutral pages as five generators want them: this one, Hugo, Eleventy, Pelican and MkDocs.

    .venv/bin/python -m bench.corpus FOLDER [--pages 100] [--generator hugo]

Each page has 510 to 760 words of made-up prose, headings, a list, a table, links to other pages, and eight uses of
facts. It is written once, in Markdown with two marks of its own: ``[[opening.hours]]`` is a fact, ``(page:12)`` the
target of a link. A ``Form`` says how one generator writes these, its front matter, its data and its one layout.
"""

import argparse
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path


def words_of(text: str) -> list[str]:
    """Return the words of a text, without the signs around them."""
    return re.findall(r"\w+(?:-\w+)*", text)


ADJECTIVES = words_of("quiet old bright narrow open green wooden early patient warm plain small tall slow gentle round")
NOUNS = words_of("""garden harbour kitchen window river market bridge lamp orchard workshop letter library path stone
basket table door field boat chair cloud street meadow kettle""")
VERBS = words_of("follows keeps meets carries crosses remembers leaves shelters answers joins")
PLACES = words_of("near behind beside above below around towards beyond")
USES, LINKS = 8, 7
"""Facts that a page names, and links to other pages."""
WORDS = (491, 714)
"""How many words a page is filled up to; its title, its headings and the end of a sentence make them 510 to 760."""
NUMBER = "phones.desk"
"""The fact that stands on every page, and that changes."""


@dataclass(frozen=True)
class Fact:
    """A fact: what stands in ``site.yaml``, and the words that are printed."""

    source: str
    words: str


FACTS: Mapping[str, Fact] = {
    NUMBER: Fact("{number: 555-555-0100}", "555-555-0100"),
    "phones.night": Fact("{number: 555-555-0199}", "555-555-0199"),
    "opening.hours": Fact("6-8 hours a day", "6 to 8 hours a day"),
    "opening.days": Fact("5 days a week", "5 days a week"),
    "opening.visit": Fact("up to 45 minutes", "up to 45 minutes"),
    "opening.loan": Fact("21 days", "21 days"),
    "opening.holiday": Fact("2-3 weeks", "2 to 3 weeks"),
    "names.house": Fact("House of the Long Table", "House of the Long Table"),
    "names.yard": Fact("the yard with the pear tree", "the yard with the pear tree"),
    "names.reader": Fact("reading aloud", "reading aloud"),
}


@dataclass(frozen=True)
class Page:
    """A page: its title, and its text with the marks for facts and links."""

    title: str
    body: str


@dataclass(frozen=True)
class Corpus:
    """Pages, of which the first is the home page, and the facts that they name."""

    pages: tuple[Page, ...]
    facts: Mapping[str, Fact]

    def with_word(self, page: int, word: str) -> "Corpus":
        """Return the corpus with one more word at the end of a page."""
        changed = replace(self.pages[page], body=f"{self.pages[page].body}\n{word.capitalize()} was added.\n")
        return replace(self, pages=(*self.pages[:page], changed, *self.pages[page + 1 :]))

    def with_number(self, last_digits: int) -> "Corpus":
        """Return the corpus with another phone number, which is on every page."""
        number = f"555-555-{last_digits:04}"
        return replace(self, facts={**self.facts, NUMBER: Fact(f"{{number: {number}}}", number)})

    def words(self, page: int) -> list[str]:
        """Return the words that a visitor is to read on a page, in their order."""
        return words_of(_printed(f"{self.pages[page].title}\n{self.pages[page].body}", self.facts))


def _printed(text: str, facts: Mapping[str, Fact]) -> str:
    """Return a text with the words of its facts and without the targets of its links."""
    return re.sub(r"\[\[(.*?)\]\]|\(page:\d+\)", lambda found: facts[found[1]].words if found[1] else "", text)


# ---------------------------------------------------------------- made-up prose


def corpus(pages: int) -> Corpus:
    """Return a number of pages; the same ones each time."""
    return Corpus(tuple(_page(number, pages) for number in range(pages)), FACTS)


def _page(number: int, pages: int) -> Page:
    rng = random.Random(number)  # noqa: S311 - the same each time, and no secret
    facts = iter([f"[[{name}]]" for name in (NUMBER, *rng.choices(list(FACTS), k=USES - 1))])
    links = iter([f"[{_thing(rng)}](page:{rng.randrange(pages)})" for _ in range(LINKS)])
    after = ["", _list(rng, facts, links), _table(rng, facts), "", "", ""]
    sentences = [f"The board by the door says {fact} to all." for fact in facts]
    sentences += [f"From here it is not far to {link}." for link in links]
    _fill(sentences, rng.randint(*WORDS) - _length("".join(after)), rng)
    paragraphs = [f"{' '.join(sentences[first :: 2 * len(after)])}\n" for first in range(2 * len(after))]
    headings = ["", *(f"## {_thing(rng).capitalize()}\n" for _ in after[1:])]
    sections = zip(headings, paragraphs[::2], paragraphs[1::2], after, strict=True)
    return Page(f"{_thing(rng)} {number}".capitalize(), "\n".join(filter(None, chain(*sections))))


def _fill(sentences: list[str], least: int, rng: random.Random) -> None:
    """Add sentences until they have so many words, and mix them."""
    here = _length(" ".join(sentences))
    while here < least:
        sentences.append(_sentence(rng))
        here += _length(sentences[-1])
    rng.shuffle(sentences)


def _length(text: str) -> int:
    return len(words_of(_printed(text, FACTS)))


def _thing(rng: random.Random) -> str:
    return f"the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}"


def _clause(rng: random.Random) -> str:
    return f"{_thing(rng)} {rng.choice(VERBS)} {_thing(rng)} {rng.choice(PLACES)} {_thing(rng)}"


def _sentence(rng: random.Random) -> str:
    text = _clause(rng)
    if rng.random() < 1 / 3:
        text += f", and {_clause(rng)}"
    if rng.random() < 1 / 5:
        text = re.sub(r"(\w+)$", rng.choice((r"*\1*", r"**\1**")), text)
    return f"{text[0].upper()}{text[1:]}."


def _list(rng: random.Random, facts: Iterator[str], links: Iterator[str]) -> str:
    items = [_clause(rng), f"{_thing(rng)}, {next(facts)}", f"{_thing(rng)} and {next(links)}", _clause(rng)]
    return "".join(f"- {item}\n" for item in items)


def _table(rng: random.Random, facts: Iterator[str]) -> str:
    rows = [f"| {_thing(rng)} | {_thing(rng)} | {value} |" for value in (next(facts), next(facts), _thing(rng))]
    return "\n".join(("| what | where | note |", "| --- | --- | --- |", *rows, ""))


# ---------------------------------------------------------------- as each generator wants them

LAYOUT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
</head>
<body>
<header><a href="/">Bench</a></header>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Form:
    """How a generator is told all this.

    fact: how a page prints a fact, from its group and its name.
    link: the target of a link to a page; page: the file of a page.
    head: what stands above a page's text, from its title and number.
    data: the file of the facts, and how it holds them.
    fixed: its settings and its layout.
    out: the folder that it writes to.
    """

    fact: Callable[[str, str], str]
    link: Callable[[int], str]
    page: Callable[[int], str]
    head: Callable[[str, int], str]
    data: tuple[str, Callable[[Mapping[str, Fact]], str]]
    fixed: Mapping[str, str]
    out: str

    def files(self, given: Corpus) -> dict[str, str]:
        """Return every file of the site by its path."""
        path, as_text = self.data
        pages = {self.page(number): self._source(page, number) for number, page in enumerate(given.pages)}
        return {**self.fixed, path: as_text(given.facts), **pages}

    def _source(self, page: Page, number: int) -> str:
        body = re.sub(r"\[\[(\w+)\.(\w+)\]\]", lambda found: self.fact(found[1], found[2]), page.body)
        return self.head(page.title, number) + re.sub(
            r"\(page:(\d+)\)", lambda found: f"({self.link(int(found[1]))})", body
        )


def address(page: int) -> str:
    """Return the address of a page, the same with each generator."""
    return f"/p{page}/" if page else "/"


def output(page: int) -> str:
    """Return the file of a page below the folder that is written."""
    return f"{address(page)}index.html"[1:]


def _groups(facts: Mapping[str, Fact]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, fact in facts.items():
        group, _, key = name.partition(".")
        found.setdefault(group, {})[key] = fact.words
    return found


def _as_json(facts: Mapping[str, Fact]) -> str:
    """The words of the facts as JSON, which is YAML and Python too."""
    return json.dumps(_groups(facts), indent=2) + "\n"


def _as_site_yaml(facts: Mapping[str, Fact]) -> str:
    lines = ["site: {name: Bench, url: 'https://bench.org', language: en}", "facts:"]
    for group, keys in _groups(facts).items():
        lines += [f"  {group}:", *(f"    {key}: {facts[f'{group}.{key}'].source}" for key in keys)]
    return "\n".join(lines) + "\n"


def _front_matter(title: str, _: int) -> str:
    return f"---\ntitle: {title}\n---\n\n"


def _pelican_head(title: str, page: int) -> str:
    return f"Title: {title}\nSlug: p{page}\n" + ("\n" if page else "Url: \nSave_as: index.html\n\n")


def _braces(group: str, key: str) -> str:
    return f"{{{{ {group}.{key} }}}}"


def _layout(title: str, body: str) -> str:
    return LAYOUT.format(title=title, body=body)


FORMS: Mapping[str, Form] = {
    "this": Form(
        fact=_braces,
        link=address,
        page=lambda page: f"content{address(page)}page.md",
        head=_front_matter,
        data=("site.yaml", _as_site_yaml),
        fixed={"templates/page.html": _layout("{{ page.title }}", "{{ page.body }}")},
        out="dist",
    ),
    "hugo": Form(
        fact=lambda group, key: f'{{{{< fact "{group}" "{key}" >}}}}',
        link=address,
        page=lambda page: f"content/p{page}.md" if page else "content/_index.md",
        head=_front_matter,
        data=("data/facts.json", _as_json),
        fixed={
            # What no other writes is off: lists of tags and categories, and feeds.
            "hugo.yaml": "baseURL: https://bench.org/\ntitle: Bench\ndisableKinds: [taxonomy, term, rss]\n",
            "layouts/all.html": _layout("{{ .Title }}", "{{ .Content }}"),
            "layouts/_shortcodes/fact.html": "{{ index hugo.Data.facts (.Get 0) (.Get 1) }}",
        },
        out="public",
    ),
    "eleventy": Form(
        fact=lambda group, key: f"{{{{ facts.{group}.{key} }}}}",
        link=address,
        page=lambda page: f"p{page}.md" if page else "index.md",
        head=lambda title, _: f"---\ntitle: {title}\nlayout: page.liquid\n---\n\n",
        data=("_data/facts.json", _as_json),
        fixed={"_includes/page.liquid": _layout("{{ title }}", "{{ content }}")},
        out="_site",
    ),
    "pelican": Form(
        fact=_braces,
        link=lambda page: f"{{filename}}p{page}.md",
        page=lambda page: f"content/pages/p{page}.md",
        head=_pelican_head,
        data=("facts.json", _as_json),
        fixed={
            "pelicanconf.py": """\
import json
SITENAME = "Bench"
PATH = "content"
TIMEZONE = "UTC"
THEME = "theme"
THEME_STATIC_PATHS = []
PLUGINS = ["jinja2content"]
JINJA_GLOBALS = json.load(open("facts.json"))
ARTICLE_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
""",
            "theme/templates/page.html": _layout("{{ page.title }}", "{{ page.content }}"),
        },
        out="output",
    ),
    "mkdocs": Form(
        fact=_braces,
        link=lambda page: f"p{page}.md" if page else "index.md",
        page=lambda page: f"docs/p{page}.md" if page else "docs/index.md",
        head=_front_matter,
        data=("facts.yaml", _as_json),
        fixed={
            "mkdocs.yml": """\
site_name: Bench
site_url: https://bench.org/
theme: {name: null, custom_dir: theme}
plugins: [{macros: {include_yaml: [facts.yaml]}}]
""",
            "theme/main.html": _layout("{{ page.title }}", "{{ page.content }}"),
        },
        out="site",
    ),
}


def put(files: Mapping[str, str], folder: Path) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def main() -> None:
    """Write the pages for one generator or for each."""
    parser = argparse.ArgumentParser(description="Write the same pages as several generators want them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--generator", choices=FORMS)
    args = parser.parse_args()
    for name in [args.generator] if args.generator else FORMS:
        put(FORMS[name].files(corpus(args.pages)), args.folder / name)


if __name__ == "__main__":
    main()
