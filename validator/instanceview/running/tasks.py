"""Inputs -> tasks that any process can do: groups of small files, and ranges of lines of large files."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.contents import contents, to_its_end
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.formats import is_ndjson
from instanceview.reading.inputs import FolderEnd
from instanceview.reading.plain_files import content
from instanceview.reading.sources import File, StandardInput, closed, why
from instanceview.running.lines import Lines, chunks_of_lines, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.document import Document
    from instanceview.model.limits import Limits
    from instanceview.reading.inputs import Step

_GROUP = 1 << 18
"""The most bytes of a group of small files: 2,000 files of 4 KB make 60 groups, which keep two cores busy."""
LINES = 1 << 20
"""The bytes of a range of lines: one core checks them in 10 ms (RESULTS.md: 300 MB in 2.9 s)."""
_OPENING = 4 << 10
"""The bytes whose reading takes as long as opening a file, so that a group of tiny files is a short task too."""


class Files(NamedTuple):
    """Small files, or one file that is read as a whole, such as a recording or an archive; and skipped files."""

    files: tuple[File | Skipped, ...]
    size: int
    are_named: bool

    @property
    def name(self) -> str:
        """The first file."""
        first = self.files[0]
        return first.name if isinstance(first, File) else first.origin.file


class Here(NamedTuple):
    """Standard input that is not NDJSON, which only this process can read."""

    name: str
    items: Iterator[Document | Skipped | Unreadable]


Task = Files | Lines | Here | FolderEnd | Unreadable


def tasks(steps: Iterable[Step], limits: Limits = DEFAULTS, *, longer: int = 1) -> Iterator[Task]:
    """Yield the tasks of the steps, in order; `longer` is a factor for the size of ranges of large files."""
    group: list[File | Skipped] = []
    size, are_named = 0, False
    for step in steps:
        each = _size(step) if isinstance(step, File) else 0
        is_named = isinstance(step, File) and step.is_named  # a skipped file is in a folder
        is_small = isinstance(step, (File, Skipped)) and each <= LINES and is_named == are_named
        if group and (not is_small or size + each > _GROUP):
            yield Files(tuple(group), size, are_named)
            group, size = [], 0
        are_named = is_named
        if isinstance(step, Skipped) or (isinstance(step, File) and each <= LINES):
            group.append(step)
            size += each
        elif isinstance(step, File):
            yield from _large(step, each, longer * LINES, limits)
        elif isinstance(step, StandardInput):
            yield from _standard_input(step, limits)
        else:
            yield step
    if group:
        yield Files(tuple(group), size, are_named)


def _size(file: File) -> int:
    """Return the size of a file in bytes, with the cost of opening it; a missing file has only that cost."""
    try:
        return _OPENING + os.stat(file.path).st_size
    except (OSError, ValueError):
        return _OPENING


def _large(step: File, size: int, most: int, limits: Limits) -> Iterator[Files | Lines | Unreadable]:
    """Yield the ranges of lines of a large file; a file that is not NDJSON is read as a whole."""
    whole = Files((step,), size, step.is_named)
    if limits.are_of_files:
        yield whole
        return
    try:
        with open(step.path, "rb") as file:
            begun = unpacked(file, limits)
            stream = None if begun.is_archive else Stream(begun, limits=limits)
            if stream is None or not is_ndjson(stream, Origin(step.name)):
                yield whole
                return
            if begun.is_packed or stream.is_converted:
                yield from (
                    lines._replace(are_named=step.is_named) for lines in chunks_of_lines(step.name, stream, LINES)
                )
            else:
                yield from ranges(file, step.name, step.path, most, limits.document_size, are_named=step.is_named)
    except (OSError, UnreadError) as error:
        item = closed(step.name, error, is_named=step.is_named)
        yield item if isinstance(item, Unreadable) else Files((item,), 0, step.is_named)


def _standard_input(step: StandardInput, limits: Limits) -> Iterator[Lines | Here | Unreadable]:
    """Yield the lines of standard input as they come; input that is not NDJSON is read by this process."""
    origin = Origin(step.name)
    if limits.are_of_files:
        yield Here(step.name, contents(step, limits))
        return
    try:
        begun = unpacked(sys.stdin.buffer, limits)
        if begun.is_archive:
            from instanceview.reading.archives import archive  # standard input is seldom an archive

            yield Here(step.name, to_its_end(archive(sys.stdin.buffer, begun, origin, limits), origin))
            return
        stream = Stream(begun, limits=limits)
        if not is_ndjson(stream, origin):
            yield Here(step.name, to_its_end(content(stream, origin), origin))
            return
        yield from chunks_of_lines(step.name, stream, 1)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))
