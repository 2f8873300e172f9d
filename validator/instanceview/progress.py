"""One line on standard error that says how far long work has got: on a terminal only, erased at the end.

Written by hand: the progress bars that were tried (click's, tqdm's) show themselves at once, and stay.
"""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from instanceview.model import Document
from instanceview.text import escape, redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from threading import Event

    from instanceview.model import Skipped, Unreadable

AFTER = 2.0
"""Seconds before the line is first shown: most work is done by then."""

_EVERY = 0.2


def watched(
    items: Iterable[Document | Skipped | Unreadable], paths: Sequence[str], *, quiet: bool = False
) -> Iterable[Document | Skipped | Unreadable]:
    """Return the items of the paths; while they are taken, the line is shown where somebody sees it, unless `quiet`.

    Nobody types standard input on the terminal that the line would be written over.
    """
    is_typed = "-" in paths and sys.stdin.isatty()
    return items if quiet or is_typed or not sys.stderr.isatty() else _watched(items, sys.stderr)


class _Counts:
    """What was met so far."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._documents = 0
        self._files = 0
        self._file = ""

    def add(self, item: Document | Skipped | Unreadable) -> None:
        self._documents += isinstance(item, Document)
        if item.origin.file != self._file:
            self._files += 1
            self._file = item.origin.file

    def line(self) -> str:
        counts = f"documents: {self._documents:,}  files: {self._files:,}  {monotonic() - self._began:.0f} s"
        return f"{counts}  {escape(redact(self._file))}"


def _watched(
    items: Iterable[Document | Skipped | Unreadable], terminal: TextIO
) -> Iterator[Document | Skipped | Unreadable]:
    from threading import Event, Thread

    counts, done = _Counts(), Event()
    shower = Thread(target=_show, args=(counts, done, terminal), daemon=True)
    shower.start()
    try:
        for item in items:
            counts.add(item)
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
