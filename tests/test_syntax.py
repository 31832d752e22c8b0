"""What Jinja cannot read or run, told to designers who do not know Python."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import jinja2
import pytest

from generator import syntax
from generator.model import Build
from generator.problems import locate
from generator.syntax import SYNTAX, SlipError
from generator.templates import environment
from tests.mistakes import JARGON

MISSING = "something is missing here"
ENDED = "'endif' stands here, and nothing is open that it could belong to"

# fmt: off
UNREADABLE = (
    # a template, the place, what is said
    ("{% if a %}", "1:4", "this 'if' is never closed"),
    ("{% if a %}\n  {% for x in y %}\n", "2:6", "this 'for' is never closed"),
    ("{% if a %}{% if b %}{% endif %}", "1:4", "this 'if' is never closed"),
    ("{% set a = 1 %}{% set b %}{% set c = 1 %}", "1:19", "this 'set' is never closed"),
    ("{% for x in y %}{% if z %}\n{% endfor %}", "2:4", "'endfor' stands here, and 'if' of line 1 is still open"),
    ("x\n{% endif %}", "2:4", ENDED),
    ("x\r\n{% endif %}", "2:4", ENDED),
    ("{%- endif -%}", "1:5", ENDED),
    ("{% else %}", "1:4", ENDED.replace("endif", "else")),
    ("{% if a %}{% end %}", "1:14", "'end' does not say what ends here"),
    ("a\n\n {% foo %}", "3:5", "'foo' means nothing behind {%"),
    ("{% if a %}{% endfi %}", "1:14", "'endfi' means nothing behind {%"),
    ("{% %}", "1:4", "a word is missing behind {%"),
    ("{% 5 %}", "1:4", "a word is missing behind {%"),
    ("a\n  {{ b", "2:3", "these braces are never closed"),
    ("{% if a", "1:1", "these braces are never closed"),
    ("{{ a }} {{ b\n{% if c %}{% endif %}", "1:9", "these braces are never closed"),
    ("{% if a\n{{ b }}{% endif %}", "1:1", "these braces are never closed"),
    ("{% if x %}{% endif %}{% for x in y %}{% if z %}\n{% endfor %}{% endif %}", "2:4",
     "'endfor' stands here, and 'if' of line 1 is still open"),
    ("{{ }}", "1:4", MISSING),
    ("{% if %}{% endif %}", "1:7", MISSING),
    ("{{ 1 + }}", "1:8", MISSING),
    ("{{ a,, b }}", "1:6", "',' cannot stand here"),
    ("{% set = 5 %}", "1:8", "'=' cannot stand here"),
    ("{{ a b }}", "1:6", "'b' cannot follow here"),
    ("{{ a 'b' }}", "1:6", "a text in quotes cannot follow here"),
    ("{{ a a }}", "1:6", "'a' cannot follow here"),
    ("x\n{%- if a -%}\n  y\n\n  {{ b c }}", "5:8", "'c' cannot follow here"),
    ("{% if a b %}{% endif %}", "1:9", "'b' cannot follow here"),
    ("{% if a = b %}{% endif %}", "1:9", "'=' cannot follow here"),
    ("{% if a %}{% else if b %}{% endif %}", "1:19", "'if' cannot follow here"),
    ("{% for x on y %}{% endfor %}", "1:10", "'in' belongs here, not 'on'"),
    ("{{ a | }}", "1:8", "a name belongs here, not '}}'"),
    ("{% import 'a' %}", "1:15", "'as' belongs here, not '%}'"),
    ("{% if a || b %}{% endif %}", "1:10", "'|' cannot follow another"),
    ("{{ (a] }}", "1:6", "']' stands here, and '(' is still open"),
    ("{{ a) }}", "1:5", "')' closes nothing that is open"),
    ("{{ a }", "1:6", "'}' closes nothing that is open"),
    ("{{ 'it's' }}", "1:9", "this quote is never closed"),
    ('{{ a ~ "b }}', "1:8", "this quote is never closed"),
    ("{% if a && b %}{% endif %}", "1:9", "'&' means nothing here"),
    ("{% if !a %}{% endif %}", "1:7", "'!' means nothing here"),
    ("{{ a ? b }}", "1:6", "'?' means nothing here"),
    ("a {# b", "1:3", "this comment is never closed"),
    ("a {% raw %} b", "1:3", "this 'raw' is never closed"),
    ("{{ \u00aa\u00b9 }}", "1:4", "this name holds a sign that no name can have"),
    ("{{ a }} {{ '\\x' }}", "1:12", "a backslash in a text means something else"),
    ("{{ '\\N{foo}' }}", "1:4", "a backslash in a text means something else"),
    ("{% block a-b %}{% endblock %}", "1:11", "the name of a block cannot hold a hyphen"),
    ("{% block a required %}x{% endblock %}", "1:36", "a block that is 'required' must be empty"),
    ("{% set 5 = 5 %}", "1:8", "this cannot be given a value"),
    ("{% from 'a' import _b %}", "1:20", "a name that begins with _ is for its own template alone"),
    ("{% macro m(a=1, b) %}{% endmacro %}", "1:18", "names with a value of their own must come last"),
    ("{% call 5 %}{% endcall %}", "1:4", "'call' needs a macro with its brackets"),
    ("{{ a. }}", "1:7", "a name is missing behind this dot"),
    ("{{ m(a=1, 2) }}", "1:5", "what stands in these brackets is in the wrong order"),
    ("{{ a is odd is even }}", "1:13", "one 'is' cannot follow another"),
    ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", "2:4", "there is a second block 'a'"),
    ("{% for x in y %}{% extends 'b' %}{% endfor %}", "1:20", "'extends' stands inside of something else"),
    ("{% for loop in x %}{% endfor %}", "1:8", "this cannot be given a value"),
    ("{% macro m(caller, x) %}{{ caller() }}{% endmacro %}", "1:4", "'caller' cannot be a name in these brackets"),
    (f"{{{{ {'1' * 5000} }}}}", "1:5005", "this number is too long"),
)
FAILING = (
    # what stands in a template, what is said
    ("{{ 1 / 0 }}", "something is divided by zero"),
    ("{{ page.sections.foo }}", "there is no 'foo' here"),
    ("{{ [] | first }}", "there is nothing here to be shown"),
    ("{% macro m(a) %}{% endmacro %}{{ m(b=1) }}", "the macro 'm' has no 'b'"),
    ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "the macro 'm' takes 1 at most"),
    ("{% include 'parts/' ~ page.title %}", "there is no template 'parts/Home'"),
    ("{% for x in 5 %}{% endfor %}", "a list is needed here"),
    ("{{ page.title() }}", "brackets stand behind something that is no macro"),
    ("{{ page.title + 1 }}", "numbers are needed here"),
    ("{{ 1 + 'a' }}", "numbers are needed here"),
    ("{{ page.title < 1 }}", "two things are compared that have no order"),
    ("{{ 5 | length }}", "something is counted that is no list and no text"),
    ("{{ '%d' | format('a') }}", "a text does not fit what is filled into it"),
    ("{{ [1] | sort(foo=1) }}", "a filter or macro is given something else than it takes"),
    ("{{ {} | dictsort(by='x') }}", "a filter or macro is given something else than it takes"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "it calls or includes itself without end"),
    ("{{ asset(page.title) }}", "there is no asset 'Home'"),
    ("{{ 'a' | batch }}", "a filter or macro is given something else than it takes"),
    ("{{ 'a'.encode('x') }}", "something in this line does not work"),
)
# fmt: on


def slip(source: str) -> SlipError:
    """Return why a template cannot be read."""
    with pytest.raises(SlipError) as error:
        syntax.read(environment(), source)
    return error.value


@pytest.mark.parametrize(("source", "place", "message"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read(source: str, place: str, message: str) -> None:
    """Each mistake is told at its column, without the words of Jinja and Python, and with a hint."""
    found = slip(source)
    at = locate("", source, found.index)
    assert (f"{at.line}:{at.column}", found.message) == (place, message)
    assert found.hint
    assert not JARGON.search(f"{found.message} {found.hint}")


def test_each_sentence_is_needed() -> None:
    """No row of the table is there for nothing; what Jinja never says with our settings apart."""
    said = {slip(source).message for source, _, _ in UNREADABLE}
    patterns = [re.sub(r"\\\{\w+\\\}", ".*", re.escape(message.format_map(_Kept()))) for _, message, _ in SYNTAX]
    unused = [pattern for pattern in patterns if not any(re.fullmatch(pattern, each) for each in said)]
    assert unused == [re.escape("what a list holds cannot be called 'loop'")]


class _Kept(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def jinja_says() -> Iterator[str]:
    """Each message of Jinja's lexer, parser and compiler, as far as it is written out."""
    for name in ("lexer", "parser", "compiler"):
        tree = ast.parse((Path(jinja2.__file__).parent / f"{name}.py").read_text("utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
            called = ast.unparse(call.func)
            if called in {"self.fail", "parser.fail", "TemplateSyntaxError", "Failure"}:
                said = call.args[0]
                if isinstance(said, ast.Constant | ast.JoinedStr):
                    parts = said.values if isinstance(said, ast.JoinedStr) else [said]
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else "'x'" for part in parts)


def test_every_message_of_jinja_has_its_words() -> None:
    """When Jinja learns a new message, so do we."""
    said = list(jinja_says())
    assert len(said) > 20
    plain = [each.replace("''", "'") for each in said if not each.startswith("No 'x' named")]
    assert [each for each in plain if not any(re.search(row[0], each, re.IGNORECASE) for row in SYNTAX)] == []


@pytest.mark.parametrize(("body", "message"), FAILING, ids=range(len(FAILING)))
def test_what_fails(
    make: Callable[[Mapping[str, str | bytes]], Path], built: Callable[..., Build], body: str, message: str
) -> None:
    """What fails while a template runs is told at its line, in the same words."""
    (problem,) = built(make({"templates/page.html": f"<p>\n{body}</p>"})).problems
    assert (problem.location.line, problem.message) == (2, f"this template fails: {message}")
    assert problem.hint
    assert not JARGON.search(f"{problem.message} {problem.hint}")
