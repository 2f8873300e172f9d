"""Worker processes: results in the order of the tasks, errors as they were raised, and one that is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import pytest

from instanceview.model.ended import EndedError
from instanceview.running.workers import Worker, started

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE = 1 << 22
"""Bytes of a result that no pipe holds: it is sent in parts."""
METHODS = [each for each in ("fork", "spawn") if each in multiprocessing.get_all_start_methods()]
LOST = "the system ended a process, most likely for lack of memory; try --jobs 1"


def large(letter: bytes) -> bytes:
    return letter * LARGE


def refuse(value: int) -> None:
    raise ValueError(f"no {value}")


def unsendable() -> Callable[[], None]:
    return lambda: None


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_in_a_result() -> bytes:
    """Return a result whose sender is killed when it has sent a half."""

    def half(pipe: Connection, data: bytes) -> None:
        os.write(pipe.fileno(), len(data).to_bytes(4, "big") + data[: len(data) // 2])
        killed()

    Connection._send_bytes = half  # type: ignore[attr-defined]  # noqa: SLF001 (what every result goes through)
    return b"a result of some bytes"


@pytest.mark.parametrize("method", METHODS)
def test_each_worker_returns_its_results_in_order(method: str) -> None:
    letters = [b"a", b"b", b"c", b"d", b"e"]
    with started(2, multiprocessing.get_context(method)) as workers:
        for number, letter in enumerate(letters):
            workers[number % 2].give(large, letter)
        taken = [workers[number % 2].take() for number in range(len(letters))]
    assert taken == [letter * LARGE for letter in letters]


def test_a_large_task_and_a_large_result_do_not_wait_for_each_other() -> None:
    with started(1, multiprocessing.get_context()) as (worker,):
        for letter in (b"a", b"b", b"c"):
            worker.give(bytes.upper, letter * LARGE)
        assert [worker.take()[:2] for _ in range(3)] == [b"AA", b"BB", b"CC"]


def test_an_error_is_raised_as_the_worker_raised_it() -> None:
    with started(1, multiprocessing.get_context()) as (worker,):
        worker.give(refuse, 7)
        worker.give(unsendable)
        worker.give(abs, -1)
        with pytest.raises(ValueError, match="no 7") as caught:
            worker.take()
        assert "in refuse" in caught.value.__notes__[0]
        with pytest.raises(Exception, match="pickle"):
            worker.take()
        assert worker.take() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("end", [killed, killed_in_a_result], ids=["before its result", "in the middle of its result"])
def test_a_worker_that_is_killed_is_an_error_of_every_task_that_it_has(end: Callable[[], object]) -> None:
    def is_lost(worker: Worker) -> bool:
        with pytest.raises(EndedError) as caught:
            worker.take()
        return str(caught.value) == LOST

    with started(2, multiprocessing.get_context()) as (lost, other):
        lost.give(abs, -1)
        lost.give(end)
        other.give(abs, -2)
        assert (lost.take(), is_lost(lost), other.take()) == (1, True, 2)
        lost.give(abs, -3)
        assert is_lost(lost)


def test_workers_end_with_the_block_even_where_it_raises() -> None:
    def use() -> None:
        with started(2, multiprocessing.get_context()) as workers:
            workers[0].give(large, b"a")
            refuse(7)

    with pytest.raises(ValueError, match="no 7"):
        use()
    assert multiprocessing.active_children() == []
