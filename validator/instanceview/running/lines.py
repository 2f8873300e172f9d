"""Ranges of whole lines of a file, a packed file or a pipe, each with the number of its first line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, Unreadable
from instanceview.model.text import quote
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.formats import is_ndjson
from instanceview.reading.sources import closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from instanceview.model.document import Skipped
    from instanceview.model.limits import Limits

SHORTER = "cannot be read: the file became shorter meanwhile; check it again when it is complete"
"""The reason where a file lacks the end that it had when its ranges were made."""


class Lines(NamedTuple):
    """Whole lines of NDJSON: a range of a file, or in memory where the file is packed or standard input.

    `is_beyond` means that it is one line that is larger than a document may be, and that is not read.
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
            raise UnreadError(SHORTER)
        return data

    def unread(self, error: OSError | UnreadError) -> Skipped | Unreadable:
        """Return the entry for lines that cannot be read; earlier lines show that the file has instance views."""
        return closed(self.name, error, is_named=self.are_named, has_evidence=True)


def ranges(  # noqa: PLR0913 (what is known of the file)
    file: BufferedReader, name: str, path: str, most: int, longest: int, *, are_named: bool = True
) -> Iterator[Lines | Unreadable]:
    """Yield ranges of whole lines of an open file; only line ends are searched for, in one block of memory.

    A line of more than `longest` bytes that begins a block has its own range, which is not read.
    """
    size_before = file.seek(0, os.SEEK_END)
    file.seek(0)
    block = bytearray(most)
    number, start, offset = 1, 0, 0
    while size := file.readinto(block):
        first, end = block.find(b"\n", 0, size) + 1, block.rfind(b"\n", 0, size) + 1
        if first and offset + first - start > longest + 1:
            yield _beyond(name, number, are_named=are_named)
            number, start = number + 1, offset + first
        if end and start < offset + end:
            yield Lines(name, number, offset + end - start, path, start, are_named=are_named)
            number += block.count(b"\n", max(start - offset, 0), end)
            start = offset + end
        offset += size
    if offset - start > longest:
        yield _beyond(name, number, are_named=are_named)
    else:
        yield Lines(name, number, offset - start, path, start, are_named=are_named)
    if offset < size_before:
        yield Unreadable(Origin(name), SHORTER)


def ranges_of_file(file: BufferedReader, name: str, most: int, limits: Limits) -> Iterator[Lines]:
    """Yield the ranges of whole lines of an open file, each of about `most` bytes; an empty file has none.

    Raises OSError, and UnreadError for a file whose bytes are not lines of JSON in UTF-8.
    """
    begun = unpacked(file, limits)
    stream = None if begun.is_archive or begun.is_packed else Stream(begun, limits=limits)
    if stream is None or stream.is_converted:
        raise UnreadError(f"{quote(name)} is packed or in UTF-16; check it whole with check_path")
    if b"\n" in stream.head.strip() and not is_ndjson(stream, Origin(name)):
        raise UnreadError(f"{quote(name)} is not NDJSON, with a document in each line; check it whole with check_path")
    for each in ranges(file, name, name, most, limits.document_size):
        if isinstance(each, Unreadable):
            raise UnreadError(f"{quote(name)} {each.reason}")
        if each.size or each.is_beyond:
            yield each


def _beyond(name: str, number: int, *, are_named: bool = True) -> Lines:
    return Lines(name, number, 0, None, 0, are_named=are_named, is_beyond=True)


def chunks_of_lines(name: str, stream: Stream, least: int) -> Iterator[Lines]:
    """Yield whole lines in memory, at least `least` bytes at a time; a line that is too long is not kept."""
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
