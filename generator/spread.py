"""A pure function asked for many things, by several processes at once where that is quicker.

A process is forked: it has all that there was, without any of it being sent, and sends back the results alone; what it
was asked about, and a result holds, is named and not sent. So this pays where results are small beside the work.
Whatever a child cannot do, because it is killed or its results cannot be sent, is done here: nothing is lost, and what
fails, fails as it would have.

Off until ``over`` is called, which a preview never does: a process with threads must not be forked. Only Linux forks;
elsewhere, and for a few things, all is done here.
"""

import contextlib
import gc
import itertools
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NoReturn, Self, TypeVar

R = TypeVar("R")
FEWEST = 12
"""How many things a process must have to do to be worth its start (a hundredth of a second)."""
_NOTHING = object()
_processes = 1


def over(processes: int) -> None:
    """From now on use so many processes, if there is enough to do."""
    global _processes  # noqa: PLW0603 - how many hands there are is a matter of the machine, not of any site
    _processes = processes


def available() -> int:
    """Return how many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def each(function: Callable[..., R], given: Sequence[tuple[Any, ...]]) -> list[R]:
    """Return what a pure function gives for each of many arguments, in their order."""
    count = min(_processes, len(given) // FEWEST)
    if count <= 1 or threading.active_count() > 1:
        return [function(*each) for each in given]
    found: list[Any] = [_NOTHING] * len(given)
    with _Children(function, [given[part::count] for part in range(1, count)]) as children:
        found[::count] = [function(*each) for each in given[::count]]
        for part, results in enumerate(children.results(), 1):
            found[part::count] = results or [function(*each) for each in given[part::count]]
    return found


class _Children:
    """Processes at work, each with its share; none of them outlives this."""

    def __init__(self, function: Callable[..., object], shares: Sequence[Sequence[tuple[Any, ...]]]) -> None:
        self.function, self.shares = function, shares
        self.running: dict[int, BinaryIO] = {}

    def __enter__(self) -> Self:
        gc.freeze()  # else looking for rubbish would copy all that the processes share
        with contextlib.suppress(OSError):  # there can be no more processes: what is not begun is done here
            for share in self.shares:
                self.start(share)
        return self

    def start(self, share: Sequence[tuple[Any, ...]]) -> None:
        """Let a new process do a share of the work."""
        ours, theirs = os.pipe()
        with open(theirs, "wb") as pipe:  # noqa: PTH123 - no path leads to it
            try:
                child = os.fork()
            except OSError:
                os.close(ours)
                raise
            if not child:
                self.work(share, pipe)
        self.running[child] = open(ours, "rb")  # noqa: PTH123, SIM115 - closed when the process has ended

    def work(self, share: Sequence[tuple[Any, ...]], pipe: BinaryIO) -> NoReturn:
        """Do a share, send its results, and end: nothing that was begun before is ended twice."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            _Sender(pipe, share).dump([self.function(*each) for each in share])
            pipe.flush()
        finally:
            os._exit(0)  # whatever went wrong: who waits for results does it again, and has somebody to tell

    def results(self) -> Iterator[Sequence[Any]]:
        """Give the results of each share; none where its process could not send them."""
        pipes = [*self.running.values()]
        for share, pipe in itertools.zip_longest(self.shares, pipes):
            results = _received(pipe, share) if pipe else ()
            yield results if len(results) == len(share) else ()

    def __exit__(self, *_: object) -> None:
        for child, pipe in self.running.items():
            pipe.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        gc.unfreeze()


class _Sender(pickle.Pickler):
    """Writes results; what was given is named by its place among the things to do and their arguments."""

    def __init__(self, pipe: BinaryIO, share: Sequence[tuple[Any, ...]]) -> None:
        super().__init__(pipe, pickle.HIGHEST_PROTOCOL)
        self.names = {id(value): (at, place) for at, each in enumerate(share) for place, value in enumerate(each)}

    def persistent_id(self, value: object) -> tuple[int, int] | None:
        """Return the name of what was given; nothing for all else."""
        return self.names.get(id(value))


class _Receiver(pickle.Unpickler):
    """Reads what a sender wrote, for the same things to do."""

    def __init__(self, pipe: BinaryIO, share: Sequence[tuple[Any, ...]]) -> None:
        super().__init__(pipe)
        self.share = share

    def persistent_load(self, name: tuple[int, int]) -> object:
        """Return what a name means."""
        at, place = name
        return self.share[at][place]


def _received(pipe: BinaryIO, share: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
    try:
        results: list[Any] = _Receiver(pipe, share).load()
    except (EOFError, pickle.UnpicklingError):
        return ()
    return results
