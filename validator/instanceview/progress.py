"""One line on standard error that says how far long work has got: on a terminal only, erased at the end.

Written by hand: the progress bars that were tried (click's, tqdm's) show themselves at once, and stay.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeVar

from instanceview.model import Document, Unreadable
from instanceview.text import escape, redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from threading import Event

    from instanceview.model import Skipped
    from instanceview.summary import Summary
    from instanceview.tasks import Task

Item = TypeVar("Item")

AFTER = 2.0
"""Seconds before the line is first shown: most work is done by then."""

_EVERY = 0.2


def watched(
    items: Iterable[Item], paths: Sequence[str], met: Callable[[Item], Met], *, quiet: bool = False
) -> Iterable[Item]:
    """Return the items of the paths; while they are taken, the line is shown where somebody sees it, unless `quiet`.

    `met` says how many documents an item is and in which file. Nobody types standard input on the terminal that the
    line would be written over.
    """
    is_typed = "-" in paths and sys.stdin.isatty()
    return items if quiet or is_typed or not sys.stderr.isatty() else _watched(items, met, sys.stderr)


class Met(NamedTuple):
    """What one item of the work is: so many documents, in this file."""

    documents: int
    file: str


def met_item(item: Document | Skipped | Unreadable) -> Met:
    """Return what one input is."""
    return Met(int(isinstance(item, Document)), item.origin.file)


def met_task(done: tuple[Task, Summary]) -> Met:
    """Return what one task of `check` is."""
    task, summary = done
    return Met(summary.documents, task.origin.file if isinstance(task, Unreadable) else task.name)


class _Counts:
    """What was met so far."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._documents = 0
        self._files = 0
        self._file = ""

    def add(self, met: Met) -> None:
        self._documents += met.documents
        if met.file != self._file:
            self._files += 1
            self._file = met.file

    def line(self) -> str:
        counts = f"documents: {self._documents:,}  files: {self._files:,}  {monotonic() - self._began:.0f} s"
        return f"{counts}  {escape(redact(self._file))}"


def _watched(items: Iterable[Item], met: Callable[[Item], Met], terminal: TextIO) -> Iterator[Item]:
    from threading import Event, Thread

    counts, done = _Counts(), Event()
    shower = Thread(target=_show, args=(counts, done, terminal), daemon=True)
    shower.start()
    try:
        for item in items:
            counts.add(met(item))
            yield item
    finally:
        done.set()
        shower.join()


def _show(counts: _Counts, done: Event, terminal: TextIO) -> None:
    """Write the line over itself until the work is done; one that ends before its time shows nothing."""
    if done.wait(AFTER):
        return
    import shutil  # slow to load

    width = shutil.get_terminal_size().columns - 1
    try:
        while True:
            terminal.write(f"\r{counts.line()[:width]:{width}}")
            terminal.flush()
            if done.wait(_EVERY):
                terminal.write(f"\r{'':{width}}\r")
                terminal.flush()
                return
    except OSError:  # the terminal is gone, the work is not
        return
