"""Rules between facts: comparisons and arithmetic, read by a small evaluator over ``ast``.

``week.hours.least == day.hours.least * week.days.least`` is such a rule. Units
must fit: hours a day times days a week are hours a week, and nothing else
compares with them. A number typed in a rule fits any unit.
"""

import ast
import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from generator.facts import Fact, Facts, Quantity
from generator.problems import Problem, SiteError
from generator.yamlfile import Text

Unit = frozenset[tuple[str, int]]
"""Names of units with their powers: hours a day is ``{("hour", 1), ("day", -1)}``."""


class Amount(NamedTuple):
    """A number with its unit; no unit at all (``None``) fits every other."""

    number: Fraction
    unit: Unit | None = None

    def __str__(self) -> str:
        if not self.unit:
            return str(self.number)
        above = " ".join(f"{name}s" for name, power in sorted(self.unit) if power > 0)
        below = "".join(f" a {name}" for name, power in sorted(self.unit) if power < 0)
        return f"{self.number} {above}{below}"


ARITHMETIC: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: Mapping[type[ast.cmpop], tuple[str, Callable[[Fraction, Fraction], bool]]] = {
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
}


LONGEST_RULE = 500
"""Characters; and with it a bound on how deep a rule can be nested."""
BIGGEST_NUMBER = 10**9


def _words(rule: Text) -> str:
    return " ".join(rule.value.split())


def _parsed(rule: Text) -> ast.expr | None:
    """Return a rule as a tree, nothing if it cannot be read."""
    try:
        text = _words(rule)
        return ast.parse(text, mode="eval").body if len(text) <= LONGEST_RULE else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def names_in(rule: Text) -> Iterator[str]:
    """Each fact that a rule mentions, as it is written; none if the rule cannot be read."""
    tree = _parsed(rule)
    if tree is not None:
        yield from (ast.unparse(node) for node in _chains(tree))


def _chains(tree: ast.AST) -> Iterator[ast.expr]:
    """The outermost dotted names of an expression."""
    if isinstance(tree, ast.Attribute | ast.Name):
        yield tree
        return
    for child in ast.iter_child_nodes(tree):
        yield from _chains(child)


def broken(rule: Text, facts: Facts, unused: tuple[str, ...] = ()) -> Iterator[Problem]:
    """What is wrong with a rule: it cannot be read, its units do not fit, or it does not hold."""
    try:
        outcome = _Evaluation(rule, facts, unused).outcome()
    except SiteError as error:
        yield from error.problems
        return
    if outcome:
        values = "; ".join(dict.fromkeys(_value_and_place(name, facts) for name in names_in(rule)))
        message = f"this rule does not hold: {_words(rule)} ({outcome}). {values}".rstrip(" .")
        yield Problem(rule.at, "broken-rule", message, "change the facts together, or mend the rule")


def _value_and_place(name: str, facts: Facts) -> str:
    found = facts.find(name)
    if not found:
        return name
    fact = found[0]
    return f"{fact.name} is '{fact.written}' ({fact.at.path}:{fact.at.line})"


class _Evaluation:
    """One evaluation of one rule."""

    def __init__(self, rule: Text, facts: Facts, unused: tuple[str, ...]) -> None:
        self.rule, self.facts, self.unused = rule, facts, unused

    def outcome(self) -> str:
        """Return what does not hold, with the values put in; nothing if all does."""
        tree = _parsed(self.rule)
        if tree is None:
            hint = "write a comparison of facts: programs.a.length.least < programs.b.length.least"
            raise self.mistake("this rule cannot be read", hint)
        return self.truth(tree)

    def mistake(self, message: str, hint: str, rule: str = "rule") -> SiteError:
        return SiteError(Problem(self.rule.at, rule, message, hint))

    def truth(self, node: ast.expr) -> str:
        if isinstance(node, ast.BoolOp):
            parts = [self.truth(value) for value in node.values]
            if isinstance(node.op, ast.And):
                return "; ".join(filter(None, parts))
            return "; ".join(parts) if all(parts) else ""
        if isinstance(node, ast.Compare):
            return self.comparison(node)
        raise self.mistake(f"'{ast.unparse(node)}' is not a comparison", "compare with ==, !=, <, <=, > or >=")

    def comparison(self, node: ast.Compare) -> str:
        amounts = [self.amount(part) for part in (node.left, *node.comparators)]
        for left, sign, right in zip(amounts, node.ops, amounts[1:], strict=False):
            word, holds = COMPARISONS.get(type(sign), ("", None))
            if holds is None:
                raise self.mistake("this comparison is not understood", "compare with ==, !=, <, <=, > or >=")
            self.same_unit(left, right)
            if not holds(left.number, right.number):
                return f"{left} {word} {right} is false"
        return ""

    def amount(self, node: ast.expr) -> Amount:
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            return self.arithmetic(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self.amount(node.operand)
            return Amount(-inner.number, inner.unit)
        if isinstance(node, ast.Constant) and _is_number(node.value):
            return Amount(Fraction(str(node.value)))
        if isinstance(node, ast.Attribute | ast.Name):
            return self.fact(ast.unparse(node))
        raise self.mistake(
            f"'{ast.unparse(node)}' is not understood in a rule", "use facts, numbers, + - * / and brackets"
        )

    def arithmetic(self, node: ast.BinOp) -> Amount:
        left, right = self.amount(node.left), self.amount(node.right)
        work = ARITHMETIC[type(node.op)]
        if isinstance(node.op, ast.Add | ast.Sub):
            return Amount(work(left.number, right.number), self.same_unit(left, right))
        if isinstance(node.op, ast.Div) and not right.number:
            raise self.mistake("this rule divides by zero", "mend the rule or the fact")
        return Amount(work(left.number, right.number), _combine(left.unit, right.unit, isinstance(node.op, ast.Div)))

    def same_unit(self, left: Amount, right: Amount) -> Unit | None:
        if left.unit is not None and right.unit is not None and left.unit != right.unit:
            raise self.mistake(f"the units do not fit: {left} and {right}", "compare like with like", "rule-units")
        return left.unit if left.unit is not None else right.unit

    def fact(self, name: str) -> Amount:
        if hint := self.facts.mend(name, self.unused):
            raise self.mistake(f"there is no fact '{name}'", hint, "unknown-fact")
        if (found := self.facts.find(name)) is None:
            raise self.mistake(f"'{name}' could not be read", "mend that fact first")
        fact, _ = found
        if not isinstance(fact.value, Quantity):
            raise self.mistake(f"'{name}' is no quantity", "a rule is about numbers with a unit")
        return Amount(self.number(name, fact, fact.value), _unit(fact.value))

    def number(self, name: str, fact: Fact, value: Quantity) -> Fraction:
        form = name.removeprefix(fact.name).removeprefix(".")
        exact = value.least if value.least == value.most else None
        number = {"least": value.least, "most": value.most, "": exact}.get(form)
        if number is None:
            forms = [f"{fact.name}.{end}" for end in ("least", "most") if end in value.forms()]
            raise self.mistake(
                f"'{fact.name}' is {'no number here' if exact is not None else 'a range'}",
                f"write {' or '.join(forms)}",
            )
        return Fraction(number)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value <= BIGGEST_NUMBER


def _unit(value: Quantity) -> Unit:
    powers = Counter({value.unit: 1})
    if value.period:
        powers[value.period] -= 1
    return _without_zeros(powers)


def _combine(left: Unit | None, right: Unit | None, divide: bool) -> Unit | None:  # noqa: FBT001
    if left is None and right is None:
        return None
    powers = Counter(dict(left or ()))
    for name, power in right or ():
        powers[name] += -power if divide else power
    return _without_zeros(powers)


def _without_zeros(powers: Mapping[str, int]) -> Unit:
    return frozenset((name, power) for name, power in powers.items() if power)
