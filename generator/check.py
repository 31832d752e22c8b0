"""Checks of the sources, over the whole site: each a generator of problems, named for what it asks for."""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from generator import freshness, passages, references, rules, templates
from generator.addresses import older_addresses_are_free
from generator.facts import Fact, Facts
from generator.kept import kept
from generator.model import Entry, Matter, Page, SectionMatter, Site, texts_of
from generator.problems import Location, Problem, did_you_mean, locate
from generator.references import Reference
from generator.typed import figures_are_facts

GIVEN = frozenset({"site", "page", "asset", "inline"})
"""What the engine gives to templates beside the facts."""
RESERVED_NAMES = GIVEN | templates.RESERVED
PAGE_FIELDS = ("title", "description", "lead", "url", "path", "body", "sections", "faq")
FIELDS: Mapping[str, frozenset[str]] = {
    "site": frozenset({"name", "url", "language", "pages"}),
    "page": frozenset({*PAGE_FIELDS, "reviewed", "next_review", "reviewed_by"}),
    "section": frozenset({"slug", "title", "nav", "number", "part", "body"}),
    "FAQ entry": frozenset({"slug", "title", "body"}),
}
"""What a template may ask of the site, a page, a section and an FAQ entry."""
LISTS = {"site.pages": "page", "page.sections": "section", "page.faq": "FAQ entry"}
"""What a loop over one of these gives."""
PLACEHOLDERS = (".example", ".invalid", ".test", ".localhost")
"""Top-level domains that never are a real address (RFC 2606)."""
PLACEHOLDER = "Write here what visitors are to read."
"""The sentence that stands in a new file; it never gets onto a page."""
TEMPLATE_CODE = re.compile(r"\{[%#]")
MARKDOWN_INSTEAD = "write it in Markdown, such as **bold**; for a plain '<' write &lt;"


def check(site: Site) -> Iterator[Problem]:
    """Everything that is wrong with the sources of a site.

    A fact that is used nowhere is told only where all names are known: it may be one of them, renamed.
    """
    found = [problem for rule in CHECKS for problem in rule(site)]
    is_doubtful = any(problem.rule in {"unknown-fact", "unknown-name"} for problem in found)
    yield from (problem for problem in found if not (is_doubtful and problem.rule == "unused-fact"))


def site_has_an_address(site: Site) -> Iterator[Problem]:
    """The address is complete, and a real one unless the build was given another."""
    url = site.settings.url
    if not url.value:
        return
    if hint := bad_address(url.value):
        yield Problem(url.at, "site-url", f"'{url}' cannot be the site's address", hint, stops_render=True)
    elif not site.options.base_url and (urlsplit(url.value).hostname or "").endswith(PLACEHOLDERS):
        message = f"'{url}' is a placeholder, not the site's real address"
        hint = "write the real address here once it is known, or build with --base-url"
        yield Problem(url.at, "placeholder-url", message, hint, "warning")


def bad_address(url: str) -> str:
    """Return what is wrong with a site's address; nothing if it is sound."""
    plain = r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[\w.~%+-]+)*/?"
    return (
        "" if re.fullmatch(plain, url, re.ASCII) else "write it whole: https://www.clinic.example, perhaps with a path"
    )


def language_is_a_code(site: Site) -> Iterator[Problem]:
    """The language is one that browsers understand."""
    language = site.settings.language
    if language and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language.value):
        yield Problem(language.at, "language", f"'{language}' is not a language code", "write en, en-US, es, ...")


def fact_groups_have_free_names(site: Site) -> Iterator[Problem]:
    """No group of facts hides a name that templates need."""
    for name in sorted({name.split(".")[0] for name in (*site.facts.groups, *site.facts.by_name)}):
        if name in RESERVED_NAMES:
            inside = (fact.at for fact in site.facts if fact.name.split(".")[0] == name)
            at = next(inside, Location("site.yaml"))
            hint = "give the group another name"
            yield Problem(at, "fact-name", f"'{name}' means something else in templates", hint, stops_render=True)


def references_are_facts(site: Site) -> Iterator[Problem]:
    """Every name in double braces is a fact, in bodies and in front matter."""
    unused = tuple(fact.name for fact in _unused(site))
    for entry in site.entries:
        yield from _unknown_in(entry, site.facts, unused)


@kept
def _unknown_in(entry: Entry[Matter], facts: Facts, unused: tuple[str, ...]) -> tuple[Problem, ...]:
    found = (_reference_problems(reference, facts, unused) for reference in _references(entry))
    return tuple(problem for problems in found for problem in problems)


@kept
def _references(entry: Entry[Matter]) -> tuple[Reference, ...]:
    in_values = (reference for text in texts_of(entry.matter) for reference in references.in_value(text))
    return (*entry.body.references, *in_values)


def _reference_problems(reference: Reference, facts: Facts, unused: tuple[str, ...]) -> Iterator[Problem]:
    if reference.written == "{{":
        hint = "write }} behind the name; for plain braces write \\{{"
        yield Problem(reference.at, "reference", "these braces are never closed", hint)
    elif reference.name is None:
        message = f"'{reference.written}' is not the name of a fact"
        hint = "between double braces only a name can stand: {{ phones.consultation }}; for plain braces write \\{{"
        yield Problem(reference.at, "reference", message, hint)
    elif hint_or_none := facts.mend(reference.name, unused):
        message = f"there is no fact '{reference.name}'"
        yield Problem(reference.at, "unknown-fact", message, hint_or_none)


def code_of_templates_stays_there(site: Site) -> Iterator[Problem]:
    """No code of templates stands in content, where nothing runs it and visitors would read it."""
    for entry in site.entries:
        yield from _template_code(entry)


@kept
def _template_code(entry: Entry[Matter]) -> tuple[Problem, ...]:
    text = entry.source
    if not TEMPLATE_CODE.search(text):
        return ()
    values = [passage for value in texts_of(entry.matter) for passage in passages.of_value(text, value)]
    found = [
        passage.index(code.start())
        for passage in (*values, *passages.of_markdown(entry.path, entry.markdown))
        for code in TEMPLATE_CODE.finditer(passage.text)
    ]
    return tuple(_code(entry.path, text, index) for index in found if "\\" not in text[max(index - 1, 0) : index + 1])


def _code(path: str, text: str, index: int) -> Problem:
    sign = text[index : index + 2]
    hint = f"take it out; to show the sign itself, write \\{sign}"
    return Problem(locate(path, text, index), "reference", f"'{sign}' means something in templates only", hint)


def pages_have_titles(site: Site) -> Iterator[Problem]:
    """No page has a title that needs what nobody has told yet."""
    for page in site.pages:
        for reference in references.in_value(page.entry.matter.title):
            if fact := site.facts.untold(reference.name or ""):
                message = f"a page needs a title, and nobody has told {fact} yet"
                yield Problem(reference.at, "untold-title", message, "write a title without it")


def facts_are_used(site: Site) -> Iterator[Problem]:
    """Every fact is used on a page, in a template or in a rule; told only where all files could be read."""
    for fact in () if any(problem.severity == "error" for problem in site.problems) else _unused(site):
        hint = f"use {{{{ {fact.name} }}}} on a page, or take it out"
        yield Problem(fact.at, "unused-fact", f"the fact '{fact.name}' is used nowhere", hint, "warning")


def _unused(site: Site) -> Iterator[Fact]:
    """Each fact that no file names."""
    used = set(_names_used(site))
    reached = {group for name in used for group in _itself_and_groups(name)}
    for fact in site.facts:
        is_used = fact.name in reached or not used.isdisjoint(_itself_and_groups(fact.name))
        if not is_used and fact.name.split(".")[0] not in RESERVED_NAMES:
            yield fact


def _itself_and_groups(name: str) -> Iterator[str]:
    """A dotted name, and each name that leads to it."""
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(len(parts), 0, -1))


def _names_used(site: Site) -> Iterator[str]:
    yield from _names_on(site.pages)
    for rule in site.rules:
        yield from rules.names_in(rule)
    yield from _names_in(tuple(site.templates.items()))


@kept
def _names_on(pages: tuple[Page, ...]) -> frozenset[str]:
    entries = (entry for page in pages for entry in page.entries)
    return frozenset(each.name for entry in entries for each in _references(entry) if each.name)


@kept
def _names_in(sources: tuple[tuple[str, str], ...]) -> frozenset[str]:
    uses = (use for name, source in sources for use in templates.read(name, source).uses)
    return frozenset(use.word for use in uses if use.kind in {"name", "perhaps"})


def rules_hold(site: Site) -> Iterator[Problem]:
    """Every rule can be read, its units fit, and it is true; rules about facts that are broken themselves wait."""
    unused = tuple(fact.name for fact in _unused(site))
    for rule in site.rules:
        names = tuple(rules.names_in(rule))
        if site.facts.readable and not any(site.facts.is_broken(name) for name in names):
            yield from rules.broken(rule, site.facts, unused)


def markdown_is_markdown(site: Site) -> Iterator[Problem]:
    """No HTML stands in Markdown, comments included."""
    for entry in (entry for entry in site.entries if entry.body.tags):
        lines = entry.source.split("\n")
        opened: set[str] = set()
        for at in entry.body.tags:
            tag = re.match(r"<!--|</?[^\s<>]*", lines[at.line - 1][at.column - 1 :])
            written = tag[0] if tag else "<"
            if written == "<!--":
                hint = "take it out; notes for others belong in the message of the change"
                yield Problem(at, "html-comment", "a comment would be published for everybody to read", hint)
            elif written.removeprefix("</").rstrip(">") not in opened:
                opened.add(written.removeprefix("<").rstrip(">"))
                yield Problem(
                    at,
                    "raw-html",
                    f"'{written}{'' if tag and tag[0][-1:] == '>' else '>'}' is HTML; only Markdown can stand here",
                    MARKDOWN_INSTEAD,
                )


def placeholders_are_drafts(site: Site) -> Iterator[Problem]:
    """What stands in a new file until its text is written is never published."""
    for page in site.pages:
        for entry in page.entries:
            is_draft = page.entry.matter.draft.waits or entry.matter.draft.waits
            if PLACEHOLDER in entry.source and not is_draft and PLACEHOLDER in entry.markdown:
                at = locate(entry.path, entry.markdown, entry.markdown.index(PLACEHOLDER))
                hint = "write the text in its place, or keep the file back with a line 'draft: true' below its title"
                yield Problem(at, "placeholder", "this sentence only holds the place of a text", hint)


NO_LINKS = {
    "label": ("no line says where '[{name}]' leads", "add a line '[{name}]: address', or write [words](address)"),
    "space": ("a space parts the words of this link from its address", "take it out: [words](address)"),
    "turned": ("the brackets of this link are the wrong way round", "write the words first: [words](address)"),
}
"""What is said of that which was meant as a link and is none."""


def links_are_links(site: Site) -> Iterator[Problem]:
    """Nothing that was meant as a link stands in a text as it was typed."""
    for entry in site.entries:
        for each in entry.body.no_links:
            message, hint = (words.format(name=each.name) for words in NO_LINKS[each.kind])
            yield Problem(each.at, "no-link", message, f"{hint}; for plain brackets put a backslash before each")


def pictures_are_assets(site: Site) -> Iterator[Problem]:
    """Every picture is a file of ``assets/`` and says in words what it shows."""
    for entry in site.entries:
        for link in entry.body.links:
            if not link.picture:
                continue
            if link.target not in site.assets:
                message = f"there is no picture '{link.target}' in assets/"
                hint = did_you_mean(
                    link.target.rpartition("/")[2], site.assets, "put the file into assets/ and name it here"
                )
                yield Problem(link.at, "missing-image", message, hint)
            if not link.text.strip():
                message = f"the picture '{link.target}' has no words for those who cannot see it"
                yield Problem(link.at, "missing-alt", message, f"say what it shows: ![A red door]({link.target})")


def pages_can_be_shown(site: Site) -> Iterator[Problem]:
    """The home page is no draft; the template of every page and the part of every section exist."""
    for page in site.pages:
        matter = page.entry.matter
        if page.address == "/" and matter.draft.waits:
            hint = "take the line 'draft:' out; single sections can be drafts"
            yield Problem(
                _key(site, page.entry.path, "draft"),
                "draft",
                "the home page cannot be a draft",
                hint,
                stops_render=True,
            )
        yield from _template_exists(page, site)
        for section in page.sections:
            yield from _part_exists(section, site)


def _key(site: Site, path: str, key: str) -> Location:
    """Return the place of a key of a file's front matter."""
    text = site.sources[path]
    found = re.search(rf"^{key}:", text, re.MULTILINE)
    return locate(path, text, found.start()) if found else Location(path)


def _template_exists(page: Page, site: Site) -> Iterator[Problem]:
    path = f"{templates.FOLDER}/{page.template}"
    if any(problem.location.path in {templates.FOLDER, path} for problem in site.problems):
        return
    if page.template in site.templates:
        if not site.templates[page.template].strip():
            hint = "write what stands around the words of a page: {{ page.body }}"
            yield Problem(Location(path), "empty-file", "this file is empty", hint, stops_render=True)
        return
    message = f"there is no template '{page.template}'"
    if name := page.entry.matter.template:
        hint = did_you_mean(page.template, site.templates, "write it, in templates/")
        yield Problem(name.at, "unknown-template", message, hint, stops_render=True)
    else:
        hint = "write it: it shows each page that names no other template"
        yield Problem(Location(path), "unknown-template", message, hint, stops_render=True)


def _part_exists(section: Entry[SectionMatter], site: Site) -> Iterator[Problem]:
    part = section.matter.part
    if part and site.templates and f"parts/{part.value}.html" not in site.templates:
        parts = {name[6:-5] for name in site.templates if name.startswith("parts/") and name.endswith(".html")}
        message = f"there is no part '{part}'"
        hint = did_you_mean(part.value, parts, f"the parts are: {', '.join(sorted(parts)) or 'none yet'}")
        yield Problem(part.at, "unknown-part", message, hint, stops_render=True)


def templates_are_sound(site: Site) -> Iterator[Problem]:
    """Every template can be read; each name, filter, file, asset and fact in it exists; none includes itself."""
    jinja = templates.environment()
    readings = {name: templates.read(name, source) for name, source in site.templates.items()}
    names = _Names(site, readings, frozenset(jinja.globals))
    for reading in readings.values():
        if reading.problem:
            yield reading.problem
        yield from templates.mistakes(reading, readings, site.assets, jinja)
        for use in reading.uses:
            if use.kind == "name":
                yield from names.problems(use)
    yield from templates.circles(readings)


class _Names:
    """The names that templates may use: facts, what the engine gives, and what the templates make themselves."""

    def __init__(self, site: Site, readings: Mapping[str, templates.Reading], builtin: frozenset[str]) -> None:
        self.facts = site.facts
        self.unused = tuple(fact.name for fact in _unused(site))
        self.groups = {name.split(".")[0] for name in (*site.facts.by_name, *site.facts.groups, *site.facts.broken)}
        self.known = {*self.groups, *GIVEN, *builtin}
        made = [name for reading in readings.values() for name in reading.made]
        self.made = {name for name, _ in made} | templates.IMPLIED
        self.kinds = {"site": "site", "page": "page"} | self._kinds_of(made)
        shown = {page.template for page in site.pages}
        wanted = shown | {use.word for reading in readings.values() for use in reading.uses if use.kind == "template"}
        sound = {name for name, reading in readings.items() if not reading.problem}
        is_empty = any(not site.templates.get(name, "").strip() for name in shown)
        self.all_read = site.facts.readable and wanted <= sound and not is_empty

    @staticmethod
    def _kinds_of(made: list[tuple[str, str]]) -> dict[str, str]:
        """Return what each name stands for that all loops give to the same kind of thing."""
        lists = {name: {source for other, source in made if other == name} for name, _ in made}
        return {name: LISTS[next(iter(of))] for name, of in lists.items() if len(of) == 1 and of <= set(LISTS)}

    def problems(self, use: templates.Use) -> Iterator[Problem]:
        """What is wrong with a name."""
        root, _, rest = use.word.partition(".")
        if use.printed and not rest and (root in {"asset", "inline"} or root in self.kinds):
            hint = f"name what it has: {root}.title" if root in self.kinds else f"name a file: {root}('site.css')"
            yield Problem(use.at, "unknown-name", f"'{root}' itself cannot be printed", hint, stops_render=True)
        elif kind := self.kinds.get(root):
            yield from self._field_problems(use, kind, rest.split(".")[0])
        elif root in self.made:
            return
        elif root in self.groups:
            yield from self._fact_problems(use)
        elif root not in self.known and self.all_read:
            fact = self.facts.mend(use.word, self.unused) or "" if rest else ""
            otherwise = fact if fact.startswith("did") else "check the spelling; a fact is written with all of its name"
            hint = did_you_mean(root, self.known | self.made, otherwise)
            yield Problem(use.at, "unknown-name", f"there is no name '{use.word}'", hint, stops_render=True)

    def _field_problems(self, use: templates.Use, kind: str, field: str) -> Iterator[Problem]:
        if field and field not in FIELDS[kind]:
            hint = did_you_mean(field, FIELDS[kind], f"a {kind} has: {', '.join(sorted(FIELDS[kind]))}")
            yield Problem(use.at, "unknown-name", f"a {kind} has no '{field}'", hint, stops_render=True)

    def _fact_problems(self, use: templates.Use) -> Iterator[Problem]:
        is_whole_group = use.word in self.facts.groups and not use.printed
        if not is_whole_group and (hint := self.facts.mend(use.word, self.unused)):
            yield Problem(use.at, "unknown-fact", f"there is no fact '{use.word}'", hint, stops_render=True)
        elif use.bare and self.facts.untold(use.word) == use.word:
            hint = f"put it between {{% if {use.word} %}} and {{% endif %}}"
            yield Problem(use.at, "untold-fact", f"'{use.word}' is not known yet, so this leaves a hole", hint)


CHECKS: tuple[Callable[[Site], Iterator[Problem]], ...] = (
    site_has_an_address,
    language_is_a_code,
    fact_groups_have_free_names,
    references_are_facts,
    code_of_templates_stays_there,
    pages_have_titles,
    facts_are_used,
    figures_are_facts,
    rules_hold,
    *freshness.CHECKS,
    markdown_is_markdown,
    placeholders_are_drafts,
    links_are_links,
    pictures_are_assets,
    pages_can_be_shown,
    older_addresses_are_free,
    templates_are_sound,
)
