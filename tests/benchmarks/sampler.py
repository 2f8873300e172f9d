"""Takes the stack of this process at every millisecond of processor time: no call costs more for being watched.

Time in native code counts for the line that called it.
"""

from __future__ import annotations

import signal
from collections import Counter
from time import process_time
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from types import FrameType

    from rounds import Work

_EVERY = 0.001


class Spot(NamedTuple):
    """A line of a function in a stack."""

    file: str
    function: str
    line: int


class Samples:
    """The stacks that were met, the outermost function first, and how often each."""

    def __init__(self) -> None:
        self.stacks: Counter[tuple[Spot, ...]] = Counter()

    def __enter__(self) -> Self:
        """Begin to take stacks."""
        signal.signal(signal.SIGPROF, self._take)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        """Take no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _take(self, _: int, frame: FrameType | None) -> None:
        stack = []
        while frame:
            stack.append(Spot(frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_lineno or 0))
            frame = frame.f_back
        self.stacks[tuple(stack[::-1])] += 1


def sampled(work: Work, seconds: float) -> Samples:
    """Return the stacks of a work that is repeated for so many seconds."""
    samples = Samples()
    work()  # what is made once is no part of it
    start = process_time()
    with samples:
        while process_time() - start < seconds:
            work()
    return samples
