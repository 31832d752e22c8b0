"""Templates read without running them: which facts, names, filters, files and assets each mentions.

A template is checked as a whole before any page is rendered, so that a
mistake in a branch that no page takes today is found today.
"""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from jinja2 import BytecodeCache, Environment, StrictUndefined, Undefined, nodes
from jinja2.bccache import Bucket
from jinja2.defaults import DEFAULT_NAMESPACE

from generator import stored, syntax, trace
from generator.kept import kept
from generator.problems import Location, Problem, did_you_mean, index_of, locate
from generator.syntax import MistakeError, SlipError

FOLDER = "templates"
IMPLIED = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
"""Names that Jinja itself puts in place."""
RESERVED = (
    IMPLIED
    | set(DEFAULT_NAMESPACE)
    | {"true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is"}
)
"""Names that mean something else in a template, so that no fact can have them."""


class Use(NamedTuple):
    """A word in a template: a dotted name, a filter, another template, an asset; and its place.

    A name is ``printed`` if it stands alone in double braces, and ``bare`` if it
    is printed, alone or in a longer expression, and no condition asks for it.
    """

    kind: str
    word: str
    at: Location
    printed: bool = False
    bare: bool = False


class Reading(NamedTuple):
    """What a template mentions and which names it makes, each with the list it loops over; or why it cannot be read."""

    name: str
    uses: tuple[Use, ...] = ()
    made: tuple[tuple[str, str], ...] = ()
    problem: Problem | None = None


OTHERWISE = frozenset({"default", "d"})
"""Filters that print something else in the place of what is not there."""
PASSING = (nodes.Concat, nodes.CondExpr, nodes.Dict, nodes.Filter, nodes.Pair)
"""What is printed with all that stands in it, but for conditions and arguments."""
NESTED = "this template is nested too deeply"


class Unknown(StrictUndefined):
    """A name that a running template does not find, told in plain words."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_name is None:
            return "there is nothing here to be shown"
        return f"there is no '{self._undefined_name}' here"


class Jinja(Environment):
    """Jinja that tells which templates each page was made with (``used``)."""

    used: set[str]

    def join_path(self, template: str, parent: str) -> str:
        """Note a template that another one extends, includes or imports."""
        self.used.add(template)
        return super().join_path(template, parent)


def _printed(value: object) -> object:
    """Return what is printed for a value; refuse what has no words, but an address in the memory of this run."""
    if not isinstance(value, Undefined) and (callable(value) or type(value).__repr__ is object.__repr__):
        raise MistakeError("there are no words for what is printed here")
    return trace.printed(value)


def environment() -> Jinja:
    """Return Jinja as all templates of a site are read: escaping, and strict about unknown names."""
    jinja = Jinja(
        autoescape=True,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
        finalize=_printed,
    )
    jinja.used = set()
    jinja.globals.pop("lipsum")  # random text: no two builds would be the same
    jinja.filters.pop("random")
    jinja.filters.update(trace.filters(jinja.filters))
    jinja.policies["json.dumps_function"] = trace.as_json
    jinja.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": str, "ensure_ascii": False}
    return jinja


class _Compiled(BytecodeCache):
    """Compiled templates by their text: compiling is pure, and a preview does it again and again."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same text under the same name, by this process or by another build."""
        name = bucket.key, bucket.checksum
        if code := self.codes.get(name) or stored.found(name):
            self.codes[name] = code
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.codes[bucket.key, bucket.checksum] = code = bucket.bytecode_to_string()
        stored.keep((bucket.key, bucket.checksum), code)


COMPILED = _Compiled()


@kept
def read(name: str, source: str) -> Reading:
    """Return what a template mentions."""
    return stored.each(_read, [(name, source)])[0]


def _read(name: str, source: str) -> Reading:
    path = f"{FOLDER}/{name}"
    try:
        tree = syntax.read(environment(), source)
        words = _Words(path, source, frozenset(map(id, _bare(tree))))
        return Reading(name, tuple(words.uses(tree)), tuple(_names_made(tree)))
    except RecursionError:
        hint = "split it into several lines or templates"
        return Reading(name, problem=Problem(Location(path), "template-syntax", NESTED, hint, stops_render=True))
    except SlipError as slip:
        at = locate(path, source, slip.index)
        return Reading(name, problem=Problem(at, "template-syntax", slip.message, slip.hint, stops_render=True))


ALL, CARDS = "all", "cards"
ON_CARDS = frozenset({"title", "description", "lead", "url", "path", "reviewed", "next_review", "reviewed_by"})
"""What a page is listed by; the rest is what it consists of."""


def asked_of_pages(sources: Mapping[str, str]) -> str:
    """Return what templates ask of the pages of the site: ``ALL``, what stands on their ``CARDS``, or nothing.

    In doubt it is all: where the list is used otherwise than in a loop, or a page of it otherwise than by its fields.
    """
    readings = [read(name, source) for name, source in sources.items()]
    words = [use.word for reading in readings for use in reading.uses]
    if all(word in {"site.name", "site.url", "site.language"} for word in words if word.split(".")[0] == "site"):
        return ""
    looped = [name for reading in readings for name, source in reading.made if source == "site.pages"]
    of_site = [word for word in words if word == "site" or word.startswith("site.pages")]
    asked = [word.split(".") for word in words if word.split(".")[0] in {*looped, "loop"}]
    plain = all(len(word) > 1 and (word[1] in ON_CARDS or word[0] == "loop") for word in asked)
    neighbours = any(word[1:2] in (["previtem"], ["nextitem"], ["changed"]) for word in asked)
    return CARDS if len(of_site) == len(looped) and plain and not neighbours else ALL


def line_of(path: str, source: str, line: int, word: str, before: int = 0) -> Location:
    """Return the place of a word in or soon after a line; the line's first letter if the word is not found.

    ``before`` equal words of that line are passed over. Jinja's own code is searched first.
    """
    start = index_of(source, Location(path, line))
    for text in (_code_of(source), source) if word else ():
        found = list(itertools.islice(_spelling(word).finditer(text, start), before + 1))
        if found:
            return locate(path, source, found[-1].start())
    return _first_of_line(path, source, line)


def _spelling(word: str) -> re.Pattern[str]:
    """Return what finds a dotted name: ``a.b`` or ``a["b"]``, and no longer name."""
    first, *rest = word.split(".")
    inner = "".join(rf"(?:\s*\.\s*{re.escape(part)}|\s*\[\s*[\"']{re.escape(part)}[\"']\s*\])" for part in rest)
    return re.compile(rf"(?<![\w.]){re.escape(first)}{inner}(?!\w|\.\w)")


@kept
def _code_of(source: str) -> str:
    """Return a template with spaces in place of all that is not Jinja's code."""
    parts, end = [], 0
    for code in re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", source, re.DOTALL):
        parts += [re.sub(r"[^\n]", " ", source[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, re.sub(r"[^\n]", " ", source[end:])])


def circles(readings: Mapping[str, Reading]) -> Iterator[Problem]:
    """Each template that includes or extends itself, perhaps through others; a circle is told once."""
    told: set[str] = set()
    for name in sorted(readings):
        for use in readings[name].uses:
            if use.kind == "template" and name not in told and name in _reachable(use.word, readings):
                told |= {name, *_reachable(name, readings)}
                hint = "take one of the includes out"
                yield Problem(
                    use.at, "template-circle", f"'{use.word}' includes this template again", hint, stops_render=True
                )


def _reachable(start: str, readings: Mapping[str, Reading]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in readings and name not in found:
            found.add(name)
            waiting.extend(use.word for use in readings[name].uses if use.kind == "template")
    return found


def _first_of_line(path: str, source: str, line: int) -> Location:
    lines = source.split("\n")
    text = lines[min(line, len(lines)) - 1]
    return Location(path, min(line, len(lines)), len(text) - len(text.lstrip()) + 1)


def _names_made(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Each name that a template gives to something, with the list that a loop takes it from."""
    looped = set()
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name):
            looped.add(id(loop.target))
            yield loop.target.name, _dotted(loop.iter)
    for node in tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        if isinstance(node, nodes.Macro):
            yield node.name, ""
        elif isinstance(node, nodes.Name):
            yield from () if node.ctx == "load" or id(node) in looped else ((node.name, ""),)
        elif isinstance(node, nodes.Import):
            yield node.target, ""
        elif isinstance(node, nodes.FromImport):
            yield from ((name if isinstance(name, str) else name[1], "") for name in node.names)


def _dotted(node: nodes.Node) -> str:
    """Return a name with its dots; nothing for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    key = node.attr if isinstance(node, nodes.Getattr) else getattr(getattr(node, "arg", None), "value", None)
    if isinstance(node, nodes.Getattr | nodes.Getitem) and isinstance(key, str):
        inner = _dotted(node.node)
        return f"{inner}.{key}" if inner else ""
    return ""


# ---------------------------------------------------------------- what is printed unasked


def _bare(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Each name that is printed where nothing around it asks for it.

    What a template gives another name may be asked for by that name; it is not told.
    """
    renamed = (name for given in tree.find_all((nodes.Assign, nodes.With)) for name in _names_in(given))
    yield from _unasked(tree, frozenset(renamed), printed=False)


def _unasked(node: nodes.Node, asked: frozenset[str], *, printed: bool) -> Iterator[nodes.Node]:
    if name := _dotted(node):
        yield from (node,) if printed and name not in asked else ()
        return
    may_lack = isinstance(node, nodes.Filter) and node.name in OTHERWISE
    passes = isinstance(node, nodes.Output) or (printed and isinstance(node, PASSING) and not may_lack)
    for field, value in node.iter_fields():
        inside = asked | _asked_before(node, field)
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Node):
                yield from _unasked(child, inside, printed=passes and field not in {"test", "args"})


def _asked_before(node: nodes.Node, field: str) -> frozenset[str]:
    """Return the names that are there, for all that is known, where this part of a node is reached."""
    test = getattr(node, "test", None)
    if test is None or field == "test":
        return frozenset()
    if field in {"elif_", "else_", "expr2"}:
        tests = [test, *(other.test for other in getattr(node, "elif_", ()))]
        return frozenset().union(*(_told_by(each, holds=False) for each in tests))
    return _told_by(test, holds=True)


def _told_by(test: nodes.Node, *, holds: bool) -> frozenset[str]:
    """Return the names that are there where a condition holds, or does not; in doubt all that it mentions."""
    if name := _dotted(test):
        return frozenset({name} if holds else ())
    if isinstance(test, nodes.Not):
        return _told_by(test.node, holds=not holds)
    return frozenset(_names_in(test))


def _names_in(node: nodes.Node) -> Iterator[str]:
    if name := _dotted(node):
        yield name
    for child in () if name else node.iter_child_nodes():
        yield from _names_in(child)


# ---------------------------------------------------------------- the words of a template


class _Words:
    """Walks the tree of one template."""

    def __init__(self, path: str, source: str, bare: frozenset[int]) -> None:
        self.path, self.source, self.bare = path, source, bare
        self.seen: Counter[tuple[str, str, int]] = Counter()

    def use(self, kind: str, word: str, node: nodes.Node, *, printed: bool = False, bare: bool = False) -> Use:
        before = self.seen[kind, word, node.lineno]
        self.seen[kind, word, node.lineno] += 1
        return Use(kind, word, line_of(self.path, self.source, node.lineno, word, before), printed, bare)

    def uses(self, node: nodes.Node, *, printed: bool = False) -> Iterator[Use]:
        if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name):
            yield from self.name(node, printed=printed)
            return
        if isinstance(node, nodes.Test) and node.name in {"defined", "undefined"}:
            yield from self.perhaps(node.node)
            return
        if isinstance(node, nodes.Filter) and node.name in OTHERWISE:
            yield from self.perhaps(node.node) if node.node else ()
            yield from (use for arg in node.args for use in self.uses(arg))
            return
        yield from self.words(node)
        for child in node.iter_child_nodes():
            yield from self.uses(child, printed=isinstance(node, nodes.Output))

    def perhaps(self, node: nodes.Node) -> Iterator[Use]:
        """Each name that need not be there."""
        for use in self.uses(node):
            yield Use("perhaps" if use.kind == "name" else use.kind, use.word, use.at)

    def words(self, node: nodes.Node) -> Iterator[Use]:
        """What a node itself says, beside its children."""
        if isinstance(node, nodes.Filter | nodes.Test):
            yield self.use("filter" if isinstance(node, nodes.Filter) else "test", node.name, node)
        elif isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            if isinstance(node.template, nodes.Const) and not getattr(node, "ignore_missing", False):
                yield self.use("template", str(node.template.value), node)
        elif name := _asset_called(node):
            yield self.use("asset", name, node)

    def name(self, node: nodes.Node, *, printed: bool) -> Iterator[Use]:
        """A dotted name as far as it is written out; what it is looked up with otherwise is read on its own."""
        parts: list[str] = []
        bare = id(node) in self.bare
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            key = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
            if not isinstance(key, str):
                parts, printed = [], False
                yield from self.uses(node.arg) if isinstance(node, nodes.Getitem) else ()
            else:
                parts.append(key)
            node = node.node
        if isinstance(node, nodes.Name):
            if node.ctx == "load":
                yield self.use("name", ".".join([node.name, *reversed(parts)]), node, printed=printed, bare=bare)
        else:
            yield from self.uses(node)


def _asset_called(node: nodes.Node) -> str:
    """Return the name in ``asset("...")`` or ``inline("...")``; nothing for any other node."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or not node.args:
        return ""
    first = node.args[0]
    return str(first.value) if node.node.name in {"asset", "inline"} and isinstance(first, nodes.Const) else ""


def mistakes(
    reading: Reading, readings: Collection[str], assets: Collection[str], jinja: Environment
) -> Iterator[Problem]:
    """Each filter, test, template and asset that a template mentions and that does not exist."""
    there = {"filter": jinja.filters, "test": jinja.tests, "template": readings, "asset": assets}
    for use in reading.uses:
        if use.kind in there and use.word not in there[use.kind]:
            hint = did_you_mean(use.word, there[use.kind], "check the spelling")
            message = f"there is no {use.kind} '{use.word}'"
            yield Problem(use.at, f"unknown-{use.kind}", message, hint, stops_render=True)
