"""The limit of seconds: the items of one file as long as its time lasts, and an alarm for one piece of work."""

# Goal: a file that takes too long ends, and the run goes on with the next one.
#
# Plan: the time counts from the first item on, with what the caller does with each. While an item is read, an alarm of
# the system raises an error in the reader, wherever it is. Between items the clock is looked at.
#
# Invariants:
# - The alarm is off while the caller has the control, so that no error is raised in a report. The caller sets one for
#   the check of each document, which keeps nothing of it before it ends.
# - A timer of the program around us, such as that of pytest-timeout, is set again with what is left of it.
# - Without an alarm (on Windows, and in any thread but the first), the clock between items is all there is.

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.model.written_limits import too_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.limits import Limits

    Item = Document | Skipped | Unreadable


_LONGEST = 10**8  # seconds, three years: a system with 32 bits for a time has no later one


class TimeUpError(Exception):
    """The time for a file, or for the check of a document, is over."""


def timed(items: Iterable[Item], origin: Origin, limits: Limits) -> Iterator[Item]:
    """Yield the items of one file; the last one says so where its time is over."""
    iterator = iter(items)
    end = time.monotonic() + min(limits.seconds, _LONGEST)
    while True:
        try:
            with alarm(end - time.monotonic()):
                item = next(iterator, None)
        except TimeUpError:
            yield Unreadable(origin, too_long(limits))
            return
        if item is None:
            return
        yield item


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise TimeUpError in what is done here when so many seconds have passed, in the first thread of POSIX.

    What has no seconds left raises it at once, everywhere.
    """
    if seconds <= 0:
        raise TimeUpError
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    is_set = True

    def ring(_number: int, _frame: object) -> None:
        if is_set:
            raise TimeUpError

    start = time.monotonic()
    before = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, min(seconds, _LONGEST))
    try:
        yield
    finally:
        is_set = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)  # first, since a timer with nothing left rings at once
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - start), 1e-6), interval)
