"""``site.yaml``: the settings of a site, its facts and the rules between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.facts import FactReader, Facts
from generator.kept import kept
from generator.model import Settings
from generator.problems import Location, Problem, SiteError
from generator.yamlfile import Items, Node, Table, Text, convert, kind_of, no_table, wrong
from generator.yamlfile import read as read_yaml

NAME = "site.yaml"
EMPTY = Table((), Location(NAME))
NO_SETTINGS = Settings(Text("", Location(NAME)), Text("", Location(NAME)))


class SiteFile(NamedTuple):
    """What the file says, and what is wrong with it."""

    settings: Settings
    facts: Facts
    rules: tuple[Text, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _TopLevel:
    """The keys at the top of the file."""

    site: Node
    facts: Node = EMPTY
    rules: Node = EMPTY


@kept
def read(text: str | None) -> SiteFile:
    """Read the file; ``None`` where it has no text. Its mistakes stop the rendering: no facts, no pages."""
    reader, facts = _Reader(), FactReader()
    file = _TopLevel(EMPTY) if text is None else reader.top_level(text)
    settings = reader.settings(file.site)
    facts.group(reader.table(file.facts, "facts"))
    problems = [*reader.problems, *facts.problems]
    known = facts.result(readable=bool(facts.facts) or (text is not None and not problems))
    reader.problems = []
    rules = tuple(reader.rules(file.rules))
    problems += reader.problems
    return SiteFile(settings, known, rules, tuple(problem._replace(stops_render=True) for problem in problems))


@dataclass
class _Reader:
    """Reads all but the facts, and gathers what is wrong."""

    problems: list[Problem] = field(default_factory=list)

    def top_level(self, text: str) -> _TopLevel:
        fallback = _TopLevel(EMPTY)
        try:
            node = read_yaml(NAME, text)
        except SiteError as error:
            self.problems.extend(error.problems)
            return fallback
        file, problems = convert(node, fallback, NAME)
        self.problems.extend(problems)
        return file

    def table(self, node: Node, key: str) -> Table:
        """Return a group of keys; an empty one (and a problem, unless nothing stands there) for anything else."""
        if isinstance(node, Table):
            return node
        if not _is_blank(node):
            self.problems.append(no_table(node, key))
        return Table((), node.at)

    def settings(self, node: Node) -> Settings:
        if node is EMPTY:
            return NO_SETTINGS
        if _is_blank(node):
            hint = "write name and url below it, indented"
            self.problems.append(wrong(node.at, "'site' is empty", hint, "empty-value"))
            return NO_SETTINGS
        settings, problems = convert(self.outdented(self.table(node, "site")), NO_SETTINGS, NAME)
        self.problems.extend(problems if isinstance(node, Table) else ())
        return settings

    def outdented(self, table: Table) -> Table:
        """Return the settings without what stands in from the edge and belongs to no group, and all that follows it."""
        for place, (key, _) in enumerate(table.entries):
            if key.value in {"facts", "rules"}:
                message = f"'{key.value}' stands in from the edge, and so it belongs to 'site'"
                hint = f"write '{key.value}:' at the very beginning of its line"
                self.problems.append(wrong(key.at, message, hint, "unknown-key"))
                return Table(table.entries[:place], table.at)
        return table

    def rules(self, node: Node) -> Iterator[Text]:
        hint = "write each rule on a line of its own, after '- ': a comparison of facts"
        if isinstance(node, Items):
            for item in node.items:
                if isinstance(item, Text) and not _is_blank(item):
                    yield item
                else:
                    self.problems.append(wrong(item.at, "this is not a rule", hint, "wrong-type"))
        elif node is not EMPTY and not _is_blank(node):
            self.problems.append(wrong(node.at, f"'rules' must be a list, not {kind_of(node)}", hint, "wrong-type"))


def _is_blank(node: Node) -> bool:
    """Tell whether nothing stands behind a key."""
    return isinstance(node, Text) and not node.value.strip()
