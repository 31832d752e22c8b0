"""Where each fact is used: in which files, at which places, and on which pages a visitor meets it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator import references, rules, templates, trace
from generator.facts import Fact
from generator.model import Build, Rendered, Site, texts_of
from generator.problems import Location, count, locate
from generator.yamlfile import Text


class Usage(NamedTuple):
    """A fact with its uses in the sources, and how many times each page prints its value.

    ``uses`` are the names that are written, each with its place. A page that
    prints only a label, or whose templates merely compute with the fact,
    counts too, with 0.
    """

    fact: Fact
    uses: tuple[tuple[Location, str], ...]
    pages: Mapping[str, int]

    def as_json(self) -> dict[str, object]:
        """Return what programs read."""
        fact = self.fact
        return {
            "name": fact.name,
            "kind": fact.value.WORD,
            "value": fact.written,
            "checked": str(fact.checked) if fact.checked else None,
            "source": fact.details.get("source"),
            "owner": fact.details.get("owner"),
            "forms": {name: str(form()) for name, form in fact.forms().items() if name != "qr"},
            "uses": [{"path": at.path, "line": at.line, "column": at.column, "name": name} for at, name in self.uses],
            "pages": sorted(self.pages),
            "places": dict(sorted(self.pages.items())),
        }


def usages(made: Build) -> tuple[Usage, ...]:
    """Return every fact with its uses, in the order of ``site.yaml``."""
    named = list(_named(made.site))
    pages = printed(made.rendered, made.site) if made.rendered else {}
    return tuple(Usage(fact, tuple(_uses(fact, named)), pages.get(fact.name, {})) for fact in made.site.facts)


def _uses(fact: Fact, named: list[tuple[str, Location]]) -> Iterator[tuple[Location, str]]:
    """Each place that names a fact, one of its forms, or a group that it is in."""
    found = {
        (at, name) for name, at in named if f"{name}.".startswith(f"{fact.name}.") or fact.name.startswith(f"{name}.")
    }
    yield from sorted(found)


def _named(site: Site) -> Iterator[tuple[str, Location]]:
    """Each name in a source, and its place."""
    for entry in site.entries:
        for reference in entry.body.references:
            yield reference.name or "", reference.at
        for text in texts_of(entry.matter):
            yield from ((reference.name or "", reference.at) for reference in references.in_value(text))
    for name, source in site.templates.items():
        yield from in_template(name, source)
    for rule in site.rules:
        yield from _in_rule(rule)


def in_template(name: str, source: str) -> Iterator[tuple[str, Location]]:
    """Each dotted name in a template, and its place."""
    for use in templates.read(name, source).uses:
        if use.kind in {"name", "perhaps"}:
            yield use.word, use.at


def _in_rule(rule: Text) -> Iterator[tuple[str, Location]]:
    """Each name in a rule, and its place."""
    source, end = rule.raw or rule.value, 0
    for name in rules.names_in(rule):
        found = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w.])").search(source, end)
        end = found.end() if found else end
        inside = locate(rule.at.path, source, found.start() if found else 0)
        column = inside.column + (rule.at.column - 1 if inside.line == 1 else 0)
        yield name, Location(rule.at.path, rule.at.line + inside.line - 1, column)


def printed(rendered: Rendered, site: Site) -> Mapping[str, Mapping[str, int]]:
    """Return for each fact the pages that it reaches, with how many places of each print its value.

    What else an entry says has its own name: ``phones.desk.label``.
    """
    sayings = site.facts.sayings
    found: dict[str, dict[str, int]] = {}
    in_templates = {name: set(_facts_in(name, source, site)) for name, source in site.templates.items()}
    for page in rendered.pages:
        counts = Counter(sayings[number] for number in trace.numbers(page.marked))
        computed = {fact for template in page.templates for fact in in_templates.get(template, ())}
        whole = {each[0].name for name in counts if (each := site.facts.find(name))}
        for name in {*counts, *computed, *whole}:
            found.setdefault(name, {})[page.page.address] = counts[name]
    return found


def _facts_in(name: str, source: str, site: Site) -> Iterator[str]:
    """Each fact that a template names, alone or with its group."""
    for word, _ in in_template(name, source):
        if fact := site.facts.find(word):
            yield fact[0].name
        elif word in site.facts.groups:
            yield from (each for each in site.facts.by_name if each.startswith(f"{word}."))


# ---------------------------------------------------------------- telling


def overview(found: tuple[Usage, ...]) -> str:
    """Return one line a fact: its name, its value, when it was checked, how often it is used and seen."""
    rows = [(use.fact.name, use.fact.written, _how_often(use), _checked(use.fact)) for use in found]
    widths = [max(len(row[column]) for row in rows) for column in range(3)] if rows else []
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip()
        for row in rows
    )


def _how_often(use: Usage) -> str:
    return f"{count(len(use.uses), 'use')}, {_seen(use)}"


def _seen(use: Usage) -> str:
    return f"{count(sum(use.pages.values()), 'place')} on {count(len(use.pages), 'page')}"


def _checked(fact: Fact) -> str:
    return f"checked {fact.checked}" if fact.checked else ""


def in_full(use: Usage) -> str:
    """Return all that is known of a fact: its forms, where it is used, and which pages it reaches."""
    fact = use.fact
    forms = {name: str(form()) for name, form in fact.forms().items() if name != "qr"}
    forms = {name: forms[name] for name in sorted(forms, key=lambda name: name in fact.details)}
    width = max(len(f"{fact.name}.{name}") for name in forms)
    lines = [
        f"{fact.name}: {fact.written} ({fact.value.WORD}, {fact.at.path}:{fact.at.line})",
        "",
        "  you write, and the page shows",
    ]
    lines += [
        f"    {{{{ {f'{fact.name}.{name}'.rstrip('.')} }}}}".ljust(width + 12) + printed
        for name, printed in forms.items()
    ]
    lines += ["", f"  used in {count(len(use.uses), 'place')}", *(f"    {at}  {name}" for at, name in use.uses)]
    lines += [
        "",
        f"  seen in {_seen(use)}",
        *(f"    {page} {_times(number)}" for page, number in sorted(use.pages.items())),
    ]
    return "\n".join(lines)


def _times(number: int) -> str:
    return f"({number} times)" if number > 1 else "(once)" if number else "(not printed; its template asks for it)"
