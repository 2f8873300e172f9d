"""One harness while it is driven: its executions are counted, and the smallest input of each fault is kept.

The driver goes on after a fault: one that is known would hide the others. Two faults are the same if their exception
and the last lines of ours that it passed are.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from harness import Harness

SLOW = 10
"""Seconds of the processor after which an input is a fault; the slowest that is none took a tenth, instrumented."""
_STUCK = 1200  # seconds in which sixteen executions end, on a machine that has other things to do
_MINIMISING = 300  # executions that make an input smaller


class Budget(NamedTuple):
    """The least that a run of one harness does: so many executions, and so many seconds; and the most seconds."""

    executions: int = 0
    seconds: float = 0
    most: float = float("inf")

    def is_spent(self, executions: int, seconds: float) -> bool:
        """Return True at the end of a run."""
        return seconds >= self.most or (executions >= self.executions and seconds >= self.seconds)


class Watched:
    """A harness whose executions are counted, and whose faults are kept in a folder."""

    def __init__(self, harness: Harness, budget: Budget, folder: Path) -> None:
        """Begin with no execution; the folder exists."""
        self.harness = harness
        self.faults: dict[str, bytes] = {}
        self.executions = 0
        self._budget = budget
        self._folder = folder
        self._began = time.monotonic()
        self._now = os.open(folder / f"{harness.name}.now", os.O_WRONLY | os.O_CREAT)

    def __call__(self, data: bytes) -> None:
        """Run the harness once; exits the process where the budget is spent.

        An input that hangs in native code, where nothing interrupts it, is the one that `NAME.now` has.
        """
        self.executions += 1
        os.pwrite(self._now, data, 0)
        os.ftruncate(self._now, len(data))
        fault = fault_of(self.harness, data)
        known = self.faults.get(fault) if fault else b""
        if fault and (known is None or len(data) < len(known)):
            self._keep(fault, data if known is not None else minimised(self.harness, data, fault))
        if self.executions % 16 == 0:
            faulthandler.dump_traceback_later(_STUCK, exit=True)
            self.end_if_spent()

    def end_if_spent(self) -> None:
        """Write what was done, and exit, where the budget is spent."""
        seconds = time.monotonic() - self._began
        if self._budget.is_spent(self.executions, seconds):
            done = {"executions": self.executions, "seconds": round(seconds), "faults": len(self.faults)}
            (self._folder / f"{self.harness.name}.json").write_text(json.dumps(done), "utf-8")
            sys.stderr.flush()
            os._exit(0)  # atheris does not return

    def _keep(self, fault: str, data: bytes) -> None:
        self.faults[fault] = data
        name = f"{self.harness.name}.{blake2b(fault.encode(), digest_size=4).hexdigest()}"
        (self._folder / name).write_bytes(data)
        (self._folder / f"{name}.txt").write_text(fault, "utf-8", "backslashreplace")


def fault_of(harness: Harness, data: bytes) -> str:
    """Return the fault that an input shows, empty for none."""
    try:
        with interrupted(SLOW):
            harness.run(data)
    except Exception as error:  # noqa: BLE001 (whatever it raises is a fault)
        return _words(error)
    return ""


@contextmanager
def interrupted(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds of the processor, unless native code does not return."""
    signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _words(error: Exception) -> str:
    """Return the exception, the first word of its text, and the lines of ours that it passed, the last one first."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    lines = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames[1:])]
    # What is slow is interrupted anywhere.
    where = lines[-1:] if isinstance(error, TimeoutError) else lines[:2]
    return "\n".join([f"{type(error).__name__} {str(error).partition(' ')[0][:40]}", *where])


def _is_ours(file: str) -> bool:
    return "instanceview" in Path(file).parts or Path(file).parent == Path(__file__).parent


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TimeoutError


def minimised(harness: Harness, data: bytes, fault: str) -> bytes:
    """Return a smaller input with the same fault: parts are left out, the larger ones first."""
    left, size = _MINIMISING, len(data) // 2
    while size and left > 0:
        start = 0
        while start < len(data) and left > 0:
            shorter = data[:start] + data[start + size :]
            left -= 1
            if fault_of(harness, shorter) == fault:
                data = shorter
            else:
                start += size
        size //= 2
    return data
