"""Work done by several processes: the same results in the same order, whatever becomes of the processes."""

import os
import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from generator import spread

HERE = os.getpid()
GIVEN = [(number,) for number in range(100)]
SQUARES = [number**2 for number in range(100)]


@pytest.fixture(autouse=True)
def _three() -> Iterator[None]:
    spread.over(3)
    yield
    spread.over(1)
    with pytest.raises(ChildProcessError):  # every child has ended and was waited for
        os.waitpid(-1, os.WNOHANG)


def where(_: int) -> int:
    """Return the process that does this."""
    return os.getpid()


def in_children(harm: Callable[[], object]) -> Callable[[int], int]:
    """Return a function that comes to harm in every process but this one."""

    def square(number: int) -> int:
        if number > 50 and os.getpid() != HERE:
            harm()
        return number**2

    return square


def test_all_processes_work() -> None:
    """Each does its share, this one too."""
    assert len({*spread.each(where, GIVEN)}) == (3 if spread.available() else 1)
    assert HERE in spread.each(where, GIVEN)


def test_results_keep_their_order() -> None:
    """Whoever has worked something out, it stands where it was asked."""
    assert spread.each(lambda number: number**2, GIVEN) == SQUARES


def test_what_was_given_is_not_copied() -> None:
    """A result that holds what was asked about holds that very thing, whichever process has made it."""
    given = [([number], "same") for number in range(100)]
    results = spread.each(lambda thing, word: (word, [thing, *thing]), given)
    assert results == [("same", [[number], number]) for number in range(100)]
    assert all(found[1][0] is thing for found, (thing, _) in zip(results, given, strict=True))


@pytest.mark.parametrize("few", [0, 1, spread.FEWEST, 2 * spread.FEWEST - 1])
def test_a_few_things_are_done_here(few: int) -> None:
    """A process is not worth its start for a few things."""
    assert {*spread.each(where, GIVEN[:few])} <= {HERE}


def test_one_process_forks_none() -> None:
    """As in a preview, and where nobody has asked for more."""
    spread.over(1)
    assert {*spread.each(where, GIVEN)} == {HERE}


def test_threads_are_not_forked() -> None:
    """A process with threads forks none: their locks would be held for ever."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert {*spread.each(where, GIVEN)} == {HERE}
    finally:
        end.set()
        thread.join()


HARM: tuple[tuple[str, Callable[[], object]], ...] = (
    ("killed", lambda: os.kill(os.getpid(), signal.SIGKILL)),
    ("interrupted", lambda: os.kill(os.getpid(), signal.SIGINT)),
    ("broken", lambda: 1 // 0),
    ("gone", lambda: os._exit(1)),
)


@pytest.mark.parametrize("harm", [harm for _, harm in HARM], ids=[name for name, _ in HARM])
def test_what_a_process_leaves_is_done_here(harm: Callable[[], object]) -> None:
    """Nothing is missing where a process ends before its time."""
    assert spread.each(in_children(harm), GIVEN) == SQUARES


def test_what_cannot_be_sent_is_done_here() -> None:
    """A result that no pipe takes is worked out again."""
    assert [type(result) for result in spread.each(lambda _: memoryview(b""), GIVEN)] == [memoryview] * len(GIVEN)


def test_a_bug_is_told_as_ever() -> None:
    """What fails in a child fails here too, with all that is known of it."""
    with pytest.raises(ZeroDivisionError):
        spread.each(lambda number: 1 // (99 - number), GIVEN)


def test_no_more_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system gives none, all is done here."""

    def none() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", none)
    assert {*spread.each(where, GIVEN)} == {HERE}
