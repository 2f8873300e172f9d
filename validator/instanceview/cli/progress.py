"""One line on standard error with the progress of long work; it is only on a terminal, and is erased at the end.

Written by hand: the progress bars that were tried (click's, tqdm's) show themselves at once, and stay.
"""

from __future__ import annotations

import os
import sys
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeVar

from instanceview.model.document import Document, Skipped, Unreadable
from instanceview.model.text import safe
from instanceview.reading.sources import File
from instanceview.running.pool import cores
from instanceview.running.runs import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from instanceview.cli.arguments import Inputs
    from instanceview.model.summary import Summary
    from instanceview.reading.inputs import Step
    from instanceview.running.job import Job
    from instanceview.running.tasks import Task

Work = TypeVar("Work")

AFTER = 2.0
"""Seconds before the line is first shown; most runs end earlier."""

_EVERY = 0.2
"""Seconds between two updates of the line: often enough for the eye, and too seldom to cost time."""


class Advance(NamedTuple):
    """The advance by one item of the work: its number of documents, and its file."""

    documents: int
    file: str


def summarised(inputs: Inputs, job: Job, jobs: int | None, *, quiet: bool) -> Summary:
    """Return the summary of a run over inputs on a number of cores, all for None, and show the line meanwhile.

    Raises EndedError where the system ends the run.
    """
    progress = Progress(inputs.paths, quiet=quiet)
    return summarise(
        progress.begun(inputs.steps()), job, jobs or cores(), lambda done: progress.watch(done, task_advance)
    )


def item_advance(item: Document | Skipped | Unreadable) -> Advance:
    """Return the advance by one input."""
    return Advance(int(isinstance(item, Document)), item.origin.file)


def task_advance(done: tuple[Task, Summary]) -> Advance:
    """Return the advance by one task of `check`."""
    task, summary = done
    return Advance(summary.documents, task.origin.file if isinstance(task, Unreadable) else task.name)


class Progress:
    """The numbers of documents and files so far, and the line with them for a terminal, unless `quiet`.

    While a user types standard input on the terminal, there is no line, since it would be written over the text.
    """

    def __init__(self, paths: Sequence[str], *, quiet: bool = False) -> None:
        """Begin with no documents; `paths` are the arguments of the command."""
        is_typed = "-" in paths and sys.stdin.isatty()
        self._is_seen = not quiet and not is_typed and sys.stderr.isatty()
        self._began = monotonic()
        self._documents = 0
        self._files = 0
        self._file = ""
        self._at_work = ""

    def begun(self, planned: Iterable[Step]) -> Iterator[Step]:
        """Yield the steps; the line names the last one with its size, since one recording may take minutes."""
        for step in planned:
            if self._is_seen and not isinstance(step, (Skipped, Unreadable)):
                self._at_work = step.name
                size = _size(step.path) if isinstance(step, File) else 0
                self._at_work += f" ({size:,} MB)" if size else ""
            yield step

    def watch(self, items: Iterable[Work], advance_of: Callable[[Work], Advance]) -> Iterable[Work]:
        """Return the items; the line is shown while the caller takes them."""
        return self._watched(items, advance_of, sys.stderr) if self._is_seen else items

    def line(self) -> str:
        """Return the line, not cut to the terminal."""
        counts = f"documents: {self._documents:,}  files: {self._files:,}  {monotonic() - self._began:.0f} s"
        return f"{counts}  {safe(self._at_work or self._file)}"

    def _advance(self, advance: Advance) -> None:
        self._documents += advance.documents
        if advance.file != self._file:
            self._files += 1
            self._file = advance.file

    def _watched(
        self, items: Iterable[Work], advance_of: Callable[[Work], Advance], terminal: TextIO
    ) -> Iterator[Work]:
        done = Event()
        shower = Thread(target=_show, args=(self, done, terminal), daemon=True)
        shower.start()
        try:
            for item in items:
                self._advance(advance_of(item))
                yield item
        finally:
            done.set()
            shower.join()


def _size(path: str | os.PathLike[str]) -> int:
    """Return the size of a file in millions of bytes; a missing file has 0."""
    try:
        return os.stat(path).st_size // 1_000_000  # noqa: PTH116 (it may be text)
    except (OSError, ValueError):
        return 0


def _show(progress: Progress, done: Event, terminal: TextIO) -> None:
    """Write the line over itself until the work is done; work that ends before `AFTER` has no line."""
    if done.wait(AFTER):
        return
    import shutil  # work without a line saves 2 ms

    width = max(0, shutil.get_terminal_size().columns - 1)
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
