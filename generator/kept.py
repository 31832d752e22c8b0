"""Results of pure functions, kept for as long as they are asked for.

Each function has two generations of results. What is asked for again moves
from the one before into the present one; when a generation ends, what nobody
asked for is gone. It ends after ``LIMIT`` results or, once ``by_build`` was
called, with each build (``turn``): a preview finds again all that the last
build made, however large the site, and nothing older.

Arguments are compared by value, but for those whose class has ``eq=False``
(entries, pages, facts): they never change and are kept themselves, so that
the same object means the same value, at the price of one comparison.
"""

import functools
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")
LIMIT = 128
"""How many results of a function make a generation, unless a build does."""
_NOTHING = object()


class _Generations:
    """The results of one function by its arguments."""

    by_build = False
    every: "list[_Generations]" = []  # noqa: RUF012 - the one list of all of them

    def __init__(self) -> None:
        self.now: dict[object, object] = {}
        self.before: dict[object, object] = {}
        self.every.append(self)

    def turn(self) -> None:
        self.now, self.before = {}, self.now

    def get(self, key: object) -> object:
        """Return a result that is kept, and keep it on."""
        found = self.now.get(key, _NOTHING)
        if found is _NOTHING and (found := self.before.get(key, _NOTHING)) is not _NOTHING:
            self.put(key, found)
        return found

    def put(self, key: object, result: object) -> None:
        if len(self.now) >= LIMIT and not self.by_build:
            self.turn()
        self.now[key] = result


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the results of a pure function whose arguments can be hashed; what it raises is not kept."""
    results = _Generations()

    @functools.wraps(function)
    def asked(*args: P.args, **more: P.kwargs) -> R:
        key = (args, *more.items()) if more else args
        found = results.get(key)
        if found is _NOTHING:
            found = function(*args, **more)
            results.put(key, found)
        return cast("R", found)

    return asked


def kept_each(function: Callable[[Sequence[K]], Sequence[R]]) -> Callable[[Sequence[K]], list[R]]:
    """Do the same for a function of many things at once: it is asked only for those whose result is not kept."""
    results = _Generations()

    @functools.wraps(function)
    def asked(given: Sequence[K]) -> list[R]:
        found = {key: results.get(key) for key in given}
        missing = [key for key, result in found.items() if result is _NOTHING]
        for key, result in zip(missing, function(missing), strict=True):
            results.put(key, result)
            found[key] = result
        return [cast("R", found[key]) for key in given]

    return asked


def by_build() -> None:
    """From now on keep the results of the last build and of the one at hand, however many."""
    _Generations.by_build = True


def turn() -> None:
    """Begin a build."""
    if _Generations.by_build:
        for results in _Generations.every:
            results.turn()


def forget() -> None:
    """Keep nothing, so that the next build makes everything anew."""
    for results in _Generations.every:
        results.now, results.before = {}, {}
