"""Take the stack of this process at every millisecond of processor time: no call costs more for being watched.

Time in native code counts for the line that called it.
"""

from __future__ import annotations

import signal
from collections import Counter
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from rounds import Work

_EVERY = 0.001


class Spot(NamedTuple):
    """A line of a function in a stack."""

    file: str
    function: str
    line: int


class Samples:
    """The sampled stacks, the outermost function first, each with its count."""

    def __init__(self) -> None:
        self.stacks: Counter[tuple[Spot, ...]] = Counter()
        self._is_taking = False

    def take(self, works: Iterator[Work], seconds: float) -> None:
        """Do works until they took so many seconds together, and take their stacks, not those of making them."""
        signal.signal(signal.SIGPROF, self._met)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
        while seconds > 0:
            work = next(works)
            start, self._is_taking = process_time(), True
            work()
            self._is_taking = False
            seconds -= process_time() - start
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _met(self, _: int, frame: FrameType | None) -> None:
        if not self._is_taking:
            return
        stack = []
        while frame:
            stack.append(Spot(frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_lineno or 0))
            frame = frame.f_back
        self.stacks[tuple(stack[::-1])] += 1
