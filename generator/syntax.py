"""What Jinja cannot read or run, in plain words and at its exact place.

Jinja tells a line, and speaks of tokens, tags and Python. Designers know HTML:
they are told what stands where, what belongs there instead, and the column. The
tables hold every message of Jinja's lexer, parser and compiler, and what
usually fails while a template runs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import (
    Environment,
    TemplateAssertionError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.compiler import generate
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from generator.problems import did_you_mean

KINDS: Mapping[str, str] = {
    "name": "a name",
    "string": "a text in quotes",
    "integer": "a number",
    "float": "a number",
    "begin of print statement": "'{{'",
    "end of print statement": "'}}'",
    "begin of statement block": "'{%'",
    "end of statement block": "'%}'",
    "template data / text": "text",
    "end of template": "the end of the file",
}
"""What Jinja calls the parts of a template, and what designers call them."""
STATEMENTS = (
    *("block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro", "raw", "set", "with"),
)
"""What can stand behind ``{%``."""
BEFORE: Mapping[str, str] = {")": "(", "]": "[", "}": "{"}
BRACES = "these braces are never closed"
MISSING = "something is missing here"
FILL = "write what is to be shown or asked for, or take the braces out"

SYNTAX: tuple[tuple[str, str, str], ...] = (
    ("unexpected end of template, expected|expected token 'end of .*', got '{'", BRACES, "close them: }}}} or %}}"),
    ("unexpected end of template", "this '{open}' is never closed", "write {{% end{open} %}} where it ends"),
    ("unknown tag '(?P<got>\\w+)'.*nesting mistake", "{got} stands here, and '{open}' of line {line} is still open",
     "close that first: {{% end{open} %}}"),
    ("unknown tag '(?P<got>end)'", "{got} does not say what ends here", "write it in one word: endif, endfor, ..."),
    ("unknown tag '(?P<got>(?:end(?:block|call|filter|for|if|macro|raw|set|with)|elif|else))'",
     "{got} stands here, and nothing is open that it could belong to", "take it out, or open it above"),
    ("unknown tag '(?P<got>\\w+)'", "{got} means nothing behind {{%", "{near}"),
    ("tag name expected", "a word is missing behind {{%", "{near}"),
    ("expected an expression, got 'end of (?:print|statement)", MISSING, FILL),
    ("expected an expression, got '(?P<got>.+)'", "{got} cannot stand here", "write a name, a text or a number"),
    ("expected token 'end of .*', got '(?P<got>=)'", "{got} cannot follow here", "two things are compared with =="),
    ("expected token 'end of statement block', got '(?P<got>if)'", "{got} cannot follow here",
     "write elif for 'else if'"),
    ("expected token 'end of print statement', got '(?P<got>.+)'", "{got} cannot follow here",
     "a pair of braces shows one thing: join texts with '~', put a filter behind '|'"),
    ("expected token 'end of statement block', got '(?P<got>.+)'", "{got} cannot follow here",
     "close with %}} before it, or say how the two belong together: and, or, a comma"),
    ("expected token 'name', got '(?P<got>\\|)'", "{got} cannot follow another", "write or for ||"),
    ("expected token '(?P<want>.+)', got '(?P<got>.+)'", "{want} belongs here, not {got}",
     "put it in, or take the rest out"),
    ("unexpected '(?P<got>[\\])}])', expected '(?P<want>.)'", "{got} stands here, and {before} is still open",
     "close that first, with {want}"),
    ("unexpected '(?P<got>})'", "{got} closes nothing that is open", "{{{{ ends with }}}}, and {{% with %}}"),
    ("unexpected '(?P<got>[\\])}])'", "{got} closes nothing that is open", "take it out"),
    ("unexpected char (?:\"'\"|'\"') at", "this quote is never closed", "put the same quote at the end of the text"),
    ("unexpected char '(?P<got>&)' at", "{got} means nothing here", "write and for &&"),
    ("unexpected char '(?P<got>!)' at", "{got} means nothing here", "write not for !"),
    ("unexpected char '(?P<got>.+)' at", "{got} means nothing here", "take it out; a text stands in quotes"),
    ("unexpected 'end of (?:print|statement)", MISSING, FILL),
    ("unexpected '(?P<got>.+)'", "{got} cannot stand here", "write a name, a text or a number before it"),
    ("missing end of comment", "this comment is never closed", "write #}} where it ends"),
    ("missing end of raw", "this 'raw' is never closed", "write {{% endraw %}} where it ends"),
    ("invalid character in identifier", "this name holds a sign that no name can have", "use letters, digits and _"),
    ("escape|unicode", "a backslash in a text means something else", "write two backslashes"),
    ("hyphens", "the name of a block cannot hold a hyphen", "write _ instead"),
    ("required blocks", "a block that is 'required' must be empty", "take out what stands in it, or 'required'"),
    ("can't assign to", "this cannot be given a value", "write a name here"),
    ("starting with an underline", "a name that begins with _ is for its own template alone", "give it another name"),
    ("non-default argument", "names with a value of their own must come last", "move those with '=' to the end"),
    ("expected call", "'call' needs a macro with its brackets", "write it like this: {{% call card() %}}"),
    ("expected name or number|subscript", "a name is missing behind this dot", "write it, or take the dot out"),
    ("invalid syntax for function call", "what stands in these brackets is in the wrong order",
     "first the plain values, then those with a name and '='"),
    ("chain multiple tests", "one 'is' cannot follow another", "join them: ... is odd and ... is even"),
    ("block '(?P<got>.+)' defined twice", "there is a second block {got}", "give one of them another name"),
    ("extend from a non top-level", "'extends' stands inside of something else", "make it the first line"),
    ("special loop variable", "what a list holds cannot be called 'loop'", "give it another name"),
    ("special .caller.", "'caller' cannot be a name in these brackets", "give it another name"),
    ("exceeds the limit", "this number is too long", "write a shorter one"),
)  # fmt: skip
"""A pattern of Jinja's words, the sentence, the hint (its braces are doubled); the first that fits wins."""
UNREADABLE = ("this cannot be read", "check the brackets, braces and quotes in this line and the one above")


class SlipError(Exception):
    """A mistake in a template: the index of the character where it stands, a sentence, what to do."""

    def __init__(self, index: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.index, self.message, self.hint = index, message, hint


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a template as Jinja's lexer gives it, but with the index where it begins."""

    index: int
    kind: str
    text: str


def read(jinja: Environment, source: str) -> nodes.Template:
    """Return a template as a tree; ``SlipError`` where it cannot be read."""
    try:
        tree = jinja.parse(source)
        _compile(tree, jinja)
    except (TemplateSyntaxError, ValueError):
        raise _slip(jinja, source) from None
    return tree


def _compile(tree: nodes.Template, jinja: Environment) -> None:
    """Find what Jinja tells only of a whole tree; a filter that does not exist is told elsewhere."""
    try:
        generate(tree, jinja, None, None)
    except TemplateAssertionError as error:
        if not re.match("No (?:filter|test) named", str(error.message)):
            raise


def _slip(jinja: Environment, source: str) -> SlipError:
    """Return the mistake of a template. It is read once more, with indexes for lines, so that Jinja tells the place."""
    words: list[_Word] = []
    try:
        words.extend(_words(jinja, source, words))
        parser = Parser(jinja, "")
        parser.stream = TokenStream(jinja.lexer.wrap((word.index, word.kind, word.text) for word in words), None, None)
        _compile(parser.parse(), jinja)
    except TemplateSyntaxError as error:
        return _in_plain_words(error.message or "", error.lineno, words, source)
    except ValueError as error:
        return _in_plain_words(str(error), words[-1].index if words else 0, words, source)
    raise AssertionError(source)


def _words(jinja: Environment, source: str, words: list[_Word]) -> Iterator[_Word]:
    """Each word of a template; the mistake that ends them stands at the next, or where the last begins."""
    end = 0
    try:
        for _, kind, text in jinja.lexer.tokeniter(source, None):
            word = _Word(max(source.find(text, end), end), kind, text)
            end = word.index + len(text)
            yield word
    except TemplateSyntaxError as error:
        start = end + len(source[end:]) - len(source[end:].lstrip())
        never_closed = "Missing end" in str(error.message) and words
        raise TemplateSyntaxError(error.message or "", words[-1].index if never_closed else start) from None


def _in_plain_words(said: str, index: int, words: list[_Word], source: str) -> SlipError:
    rows = ((re.search(row[0], said, re.IGNORECASE | re.DOTALL), *row[1:]) for row in SYNTAX)
    found, message, hint = next((row for row in rows if row[0]), (None, *UNREADABLE))
    if found is None:
        return SlipError(index, message, hint)
    parts = {key: _called(value) for key, value in found.groupdict().items()}
    if opened := re.search(r"needs to be closed is '(\w+)'", said):
        at = _opened(opened[1], [word for word in words if word.index < index or "got" not in parts])
        parts |= {"open": opened[1], "line": str(source.count("\n", 0, at) + 1)}
        index = index if "got" in parts else at
    elif message == BRACES:
        begins = [word.index for word in words if word.kind.endswith("_begin") and word.index < index]
        index = max(begins, default=index)
    if "want" in parts:
        parts["before"] = _called(BEFORE.get(found["want"], ""))
    parts["near"] = _near(parts.get("got", "").strip("'"))
    return SlipError(index, message.format(**parts), hint.format(**parts))


def _near(word: str) -> str:
    """Return a hint that names the statement which was probably meant."""
    known = (*STATEMENTS, *(f"end{statement}" for statement in STATEMENTS))
    return did_you_mean(word, known, f"what can stand there: {', '.join(STATEMENTS)}")


def _called(word: str) -> str:
    """Return what a designer calls a word that Jinja speaks of."""
    return KINDS.get(word) or f"'{word}'"


def _opened(name: str, words: list[_Word]) -> int:
    """Return where the last statement of a name begins that is not closed; ``set`` with a value needs no end."""
    code = [word for word in words if word.kind != "whitespace"]
    open_ones: list[int] = []
    for place, word in enumerate(code[1:], 1):
        if code[place - 1].kind != "block_begin":
            continue
        if word.text == f"end{name}" and open_ones:
            open_ones.pop()
        elif word.text == name and not (name == "set" and [each.text for each in code[place + 2 : place + 3]] == ["="]):
            open_ones.append(word.index)
    return open_ones[-1] if open_ones else 0


# ---------------------------------------------------------------- running

FAILURES: tuple[tuple[str, str, str], ...] = (
    ("ZeroDivisionError", "something is divided by zero", "check the numbers in this line"),
    ("statically nested", "its loops are nested too deeply", "split it into several templates"),
    ("RecursionError", "it calls or includes itself without end", "let it end on some condition"),
    ("macro '(?P<a>.+)' takes no keyword argument '(?P<b>.+)'", "the macro '{a}' has no '{b}'",
     "look at its first line"),
    ("macro '(?P<a>.+)' takes not more than (?P<b>\\d+)", "the macro '{a}' takes {b} at most",
     "look at its first line"),
    ("TemplateNotFound: (?P<a>.+)", "there is no template '{a}'", "check how its name is put together"),
    ("required block '(?P<a>.+)'", "the block '{a}' is missing", "write it in the page's own template"),
    ("extended multiple times", "'extends' is there twice", "keep one of them"),
    ("not iterable|must be iterable|no items for cycling|item pairs", "a list is needed here",
     "check what the loop or filter is given"),
    ("not callable", "brackets stand behind something that is no macro", "take the brackets out"),
    ("unsupported operand|concatenate|can't multiply|must be str|bad operand", "numbers are needed here",
     "join texts with '~'; a figure of a fact is its .least or .most"),
    ("not supported between", "two things are compared that have no order", "compare numbers with numbers"),
    ("has no len", "something is counted that is no list and no text", "check what the filter is given"),
    ("not subscriptable|indices must", "something is picked out of what is no list", "check what stands before [ ]"),
    ("format|conversion", "a text does not fit what is filled into it", "check its % signs"),
    ("argument|takes|requires|You can only|method must|scheme|attribute",
     "a filter or macro is given something else than it takes", "check what stands in its brackets"),
    ("serializable", "this cannot be written as JSON", "give 'tojson' texts, numbers and lists"),
    ("", "something in this line does not work", "check the names and values in this line"),
)  # fmt: skip
"""A pattern of the kind and the words of a failure, the sentence, the hint; the first that fits wins."""


def failure(error: Exception) -> tuple[str, str]:
    """Return what failed while a template ran, and what to do; the engine's own words are plain already."""
    if isinstance(error, UndefinedError | MistakeError):
        return str(error), "check the names and values in this line"
    said = f"{type(error).__name__}: {error}"
    pattern, message, hint = next(row for row in FAILURES if re.search(row[0], said, re.IGNORECASE))
    found = re.search(pattern, said, re.IGNORECASE)
    return message.format(**(found.groupdict() if found else {})), hint


class MistakeError(TemplateRuntimeError):
    """What the engine refuses while a template runs, in plain words."""
