"""Signals that are held back during work that they must not interrupt."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE", "SIGQUIT")
"""The names of the signals that end a program at once, unless it handles them."""


@contextmanager
def held_back(*names: str) -> Iterator[None]:
    """Hold signals back until the end of the block, except on Windows; a process that starts in it never gets them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name) for name in names})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
