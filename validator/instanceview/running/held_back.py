"""Signals that are held back while something is done that they must not cut in two."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE", "SIGQUIT")
"""The names of the signals that end a program at once, unless it asks for something else."""


@contextmanager
def held_back(*names: str) -> Iterator[None]:
    """Let signals come at the end of the block; a process that starts in it never gets them. Windows has no such."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in names})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
