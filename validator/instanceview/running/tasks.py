"""Inputs -> tasks that any process can do: groups of small files, ranges of lines of large ones."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Skipped, Unreadable
from instanceview.model.limits import DEFAULTS
from instanceview.reading.contents import contents
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.formats import is_ndjson
from instanceview.reading.inputs import FolderEnd
from instanceview.reading.plain_files import content
from instanceview.reading.sources import File, StandardInput, closed, why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

    from instanceview.model.document import Document
    from instanceview.model.limits import Limits
    from instanceview.reading.inputs import Step

_SHORTER = "cannot be read: the file became shorter meanwhile; check it again when it is complete"
_GROUP = 1 << 18
"""Bytes of a group of small files: 2,000 files of 4 KB make 60 groups, which keep two cores busy."""
LINES = 1 << 20
"""Bytes of a range of lines: one core checks them in 10 ms (RESULTS.md: 300 MB in 2.9 s)."""
_OPENING = 4 << 10
"""Bytes whose reading takes as long as opening a file, so that a group of tiny files is a short task too."""


class Files(NamedTuple):
    """Small files, or one file that is read as a whole: a recording, an archive, an array; and what is skipped."""

    files: tuple[File | Skipped, ...]
    size: int
    are_named: bool

    @property
    def name(self) -> str:
        """The first file."""
        first = self.files[0]
        return first.name if isinstance(first, File) else first.origin.file


class Lines(NamedTuple):
    """Whole lines of NDJSON: a range of a file, or in memory where the file is packed or standard input.

    `is_beyond` means that it is one line which is larger than a document may be, and is not read.
    """

    name: str
    first_line: int
    size: int
    path: str | None
    start: int
    content: bytes = b""
    are_named: bool = True
    is_beyond: bool = False

    def data(self) -> bytes:
        """Return the lines; raises OSError, and UnreadError where the file is shorter than it was."""
        if self.path is None:
            return self.content
        with open(self.path, "rb") as file:
            file.seek(self.start)
            data = file.read(self.size)
        if len(data) < self.size:
            raise UnreadError(_SHORTER)
        return data

    def unread(self, error: OSError | UnreadError) -> Skipped | Unreadable:
        """Return the lines as what cannot be read; the lines before them show that the file was meant."""
        return closed(self.name, error, is_named=self.are_named, has_evidence=True)


class Here(NamedTuple):
    """Standard input that is not NDJSON, which only this process can read."""

    name: str
    items: Iterator[Document | Skipped | Unreadable]


Task = Files | Lines | Here | FolderEnd | Unreadable


def tasks(steps: Iterable[Step], limits: Limits = DEFAULTS, *, longer: int = 1) -> Iterator[Task]:
    """Yield the tasks of the steps, in order; the ranges of large files are so many times longer than usual."""
    group: list[File | Skipped] = []
    size, are_named = 0, False
    for step in steps:
        each = _size(step) if isinstance(step, File) else 0
        is_named = isinstance(step, File) and step.is_named  # what is skipped is in a folder
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
    """Return the size of a file in bytes, with the cost of opening it; a missing file has that cost alone."""
    try:
        return _OPENING + os.stat(file.path).st_size
    except (OSError, ValueError):
        return _OPENING


def _large(step: File, size: int, most: int, limits: Limits) -> Iterator[Files | Lines | Unreadable]:
    """Yield the ranges of lines of a large file; one that is not NDJSON is read as a whole."""
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
                    lines._replace(are_named=step.is_named) for lines in _chunks_of_lines(step.name, stream, LINES)
                )
            else:
                file.seek(0)
                yield from _ranges(step, file, most, limits.document_size)
    except (OSError, UnreadError) as error:
        item = closed(step.name, error, is_named=step.is_named)
        yield item if isinstance(item, Unreadable) else Files((item,), 0, step.is_named)


def _standard_input(step: StandardInput, limits: Limits) -> Iterator[Lines | Here | Unreadable]:
    """Yield the lines of standard input as they come; one that is not NDJSON is read here."""
    origin = Origin(step.name)
    if limits.are_of_files:
        yield Here(step.name, contents(step, limits))
        return
    try:
        begun = unpacked(sys.stdin.buffer, limits)
        if begun.is_archive:
            from instanceview.reading.archives import archive  # standard input is seldom one

            yield Here(step.name, archive(sys.stdin.buffer, begun, origin, limits))
            return
        stream = Stream(begun, limits=limits)
        if not is_ndjson(stream, origin):
            yield Here(step.name, content(stream, origin))
            return
        yield from _chunks_of_lines(step.name, stream, 1)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))


def _ranges(step: File, file: BufferedReader, most: int, longest: int) -> Iterator[Lines | Unreadable]:
    """Yield ranges of whole lines of a file; only line ends are searched for, in one block of memory.

    A line of more than `longest` bytes that is the first in its block is by itself, and not to be read.
    """
    size_before = os.fstat(file.fileno()).st_size
    block = bytearray(most)
    number, start, offset = 1, 0, 0
    while size := file.readinto(block):
        first, end = block.find(b"\n", 0, size) + 1, block.rfind(b"\n", 0, size) + 1
        if first and offset + first - start > longest + 1:
            yield _beyond(step.name, number, are_named=step.is_named)
            number, start = number + 1, offset + first
        if end and start < offset + end:
            yield Lines(step.name, number, offset + end - start, step.path, start, are_named=step.is_named)
            number += block.count(b"\n", max(start - offset, 0), end)
            start = offset + end
        offset += size
    if offset - start > longest:
        yield _beyond(step.name, number, are_named=step.is_named)
    else:
        yield Lines(step.name, number, offset - start, step.path, start, are_named=step.is_named)
    if offset < size_before:
        yield Unreadable(Origin(step.name), _SHORTER)


def _beyond(name: str, number: int, *, are_named: bool = True) -> Lines:
    return Lines(name, number, 0, None, 0, are_named=are_named, is_beyond=True)


def _chunks_of_lines(name: str, stream: Stream, least: int) -> Iterator[Lines]:
    """Yield whole lines that are in memory, at least `least` bytes at a time; a line that is too long is not kept."""
    number, longest = 1, stream.limits.document_size
    parts: list[bytes] = []
    size = begun = 0  # bytes of the parts, and of the line at their end
    is_long = False
    for each in stream.blocks():
        _, line_break, block = each.partition(b"\n") if is_long else (b"", b"\n", each)
        if not line_break:
            continue
        if is_long:
            yield _beyond(name, number)
            number, is_long = number + 1, False
        parts.append(block)
        size += len(block)
        end = block.rfind(b"\n") + 1
        begun = len(block) - end + (0 if end else begun)
        if begun > longest or (end and size >= least):
            lines = b"".join(parts)
            if size > begun:
                yield Lines(name, number, size - begun, None, 0, lines[: size - begun])
                number += lines.count(b"\n")
            is_long = begun > longest
            begun = 0 if is_long else begun
            parts, size = [lines[len(lines) - begun :]], begun
    lines = b"".join(parts)
    yield _beyond(name, number) if is_long else Lines(name, number, len(lines), None, 0, lines)
