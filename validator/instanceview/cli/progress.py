"""One line on standard error that says how far long work has got: on a terminal only, erased at the end.

Written by hand: the progress bars that were tried (click's, tqdm's) show themselves at once, and stay.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeVar

from instanceview.model.document import Document, Unreadable
from instanceview.model.text import escape, redact
from instanceview.reading.inputs import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from threading import Event

    from instanceview.model.document import Skipped
    from instanceview.model.summary import Summary
    from instanceview.reading.inputs import Step
    from instanceview.running.tasks import Task

Item = TypeVar("Item")

AFTER = 2.0
"""Seconds before the line is first shown: most work is done by then."""

_EVERY = 0.2


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


class Progress:
    """What was met so far, and the line that says it, shown where somebody sees it, unless `quiet`.

    Nobody types standard input on the terminal that the line would be written over.
    """

    def __init__(self, paths: Sequence[str], *, quiet: bool = False) -> None:
        """Begin with nothing; the paths are those that were named."""
        is_typed = "-" in paths and sys.stdin.isatty()
        self._is_seen = not quiet and not is_typed and sys.stderr.isatty()
        self._began = monotonic()
        self._documents = 0
        self._files = 0
        self._file = ""
        self._at_work = ""

    def begun(self, planned: Iterable[Step]) -> Iterator[Step]:
        """Yield what is to be read; the line names the last one, with its size: one recording may take minutes."""
        for step in planned:
            if self._is_seen and not isinstance(step, Unreadable):
                self._at_work = step.name
                size = _size(step.path) if isinstance(step, File) else 0
                self._at_work += f" ({size:,} MB)" if size else ""
            yield step

    def watch(self, items: Iterable[Item], met: Callable[[Item], Met]) -> Iterable[Item]:
        """Return the items; the line is shown while they are taken. `met` says what an item is."""
        return self._watched(items, met, sys.stderr) if self._is_seen else items

    def line(self) -> str:
        """Return the line, as long as it may be."""
        counts = f"documents: {self._documents:,}  files: {self._files:,}  {monotonic() - self._began:.0f} s"
        return f"{counts}  {escape(redact(self._at_work or self._file))}"

    def _add(self, met: Met) -> None:
        self._documents += met.documents
        if met.file != self._file:
            self._files += 1
            self._file = met.file

    def _watched(self, items: Iterable[Item], met: Callable[[Item], Met], terminal: TextIO) -> Iterator[Item]:
        from threading import Event, Thread

        done = Event()
        shower = Thread(target=_show, args=(self, done, terminal), daemon=True)
        shower.start()
        try:
            for item in items:
                self._add(met(item))
                yield item
        finally:
            done.set()
            shower.join()


def _size(path: str | os.PathLike[str]) -> int:
    """Return the size of a file in millions of bytes; one that is missing is small."""
    try:
        return os.stat(path).st_size // 1_000_000  # noqa: PTH116 (it may be text)
    except (OSError, ValueError):
        return 0


def _show(progress: Progress, done: Event, terminal: TextIO) -> None:
    """Write the line over itself until the work is done; one that ends before its time shows nothing."""
    if done.wait(AFTER):
        return
    import shutil  # slow to load

    width = shutil.get_terminal_size().columns - 1
    try:
        while True:
            terminal.write(f"\r{progress.line()[:width]:{width}}")
            terminal.flush()
            if done.wait(_EVERY):
                terminal.write(f"\r{'':{width}}\r")
                terminal.flush()
                return
    except OSError:  # the terminal is gone, the work is not
        return
