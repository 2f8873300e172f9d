"""The time of a file ends it wherever it is, and a timer of the program around it goes on."""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from instanceview.model.document import Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.alarms import TimeUpError, alarm, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = Document({}, Origin("a"))
SHORT = DEFAULTS._replace(seconds=0.05)


def items(*seconds: float) -> Iterator[Document]:
    """Yield a document for each number of seconds, once they have passed."""
    for each in seconds:
        time.sleep(each)
        yield ONE


def test_items_in_time_are_all_there() -> None:
    assert list(timed(items(0, 0), Origin("a"), DEFAULTS._replace(seconds=60))) == [ONE, ONE]


@pytest.mark.parametrize("seconds", [10**22, 1e308, 10**400])
def test_a_time_that_no_system_can_count_is_not_reached(seconds: float) -> None:
    assert list(timed(items(0), Origin("a"), DEFAULTS._replace(seconds=seconds))) == [ONE]


@pytest.mark.parametrize("seconds", [(0, 5), (0, 0.2, 0)])
def test_an_item_that_takes_too_long_is_the_last_one(seconds: tuple[float, ...]) -> None:
    found = list(timed(items(*seconds), Origin("a"), SHORT))
    assert found[:-1] == [ONE]
    assert isinstance(found[-1], Unreadable)
    assert found[-1].reason == "took longer than 0.05 seconds; --max-seconds raises the limit"


def test_the_time_of_the_caller_counts_and_is_not_interrupted() -> None:
    found = timed(items(0, 0), Origin("a"), SHORT)
    assert next(found) == ONE
    time.sleep(0.1)
    assert [type(each) for each in found] == [Unreadable]


@pytest.mark.parametrize("seconds", [0, -1])
def test_no_time_left_is_up_at_once(seconds: float) -> None:
    with pytest.raises(TimeUpError), alarm(seconds):
        pass


def test_a_timer_around_it_goes_on_with_what_is_left_of_it() -> None:
    rung: list[bool] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        signal.setitimer(signal.ITIMER_REAL, 60, 7)
        with alarm(30):
            left, interval = signal.getitimer(signal.ITIMER_REAL)
            assert 29 < left <= 30
            assert interval == 0
            time.sleep(0.02)
        left, interval = signal.getitimer(signal.ITIMER_REAL)
        assert (59 < left < 59.99, interval) == (True, 7)
        signal.setitimer(signal.ITIMER_REAL, 0.001)
        with alarm(30):
            time.sleep(0.01)
        time.sleep(0.01)
        assert rung == [True]
        with alarm(30):
            pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_another_thread_has_the_clock_between_items_alone() -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.extend(timed(items(0, 0.1, 0), Origin("a"), SHORT)))
    thread.start()
    thread.join()
    assert found[:2] == [ONE, ONE]
    assert isinstance(found[2], Unreadable)
