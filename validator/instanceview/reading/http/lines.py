"""The lines of a recording that is a text, with their places, and a body whose lines are HTTP's chunks."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import beyond
from instanceview.model.written_limits import size_shown
from instanceview.places.source import source_of_pieces
from instanceview.reading.decoding import NotDecodedError
from instanceview.reading.files.signatures import BOM
from instanceview.reading.json_texts.parse import NotJSONError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.model.limits import Limits
    from instanceview.places.source import Source
    from instanceview.reading.files.stream import Stream

_STAMP = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]+Z ")
_LONGEST = 1 << 16  # bytes; a longer line is data: a URL has at most some thousand, an expression would take long
_SIZE = re.compile(rb"(?P<size>[0-9a-fA-F]{1,8})(?:;[^\r\n]*)?(?P<break>\r?\n)")


class Line(NamedTuple):
    r"""A line of a file without its `\n`: its number from 1, its bytes, and the column from 1 where these start."""

    number: int
    data: bytes
    column: int = 1

    @property
    def mark(self) -> bytes:
        """The bytes of a line that may announce a request or an answer; none of a very long line, which is data."""
        return self.data if len(self.data) <= _LONGEST else b""

    def after(self, size: int) -> Line:
        """Return the line without its first bytes, which are ASCII."""
        return self._replace(data=self.data[size:], column=self.column + size)


_ROOM = 1 << 16
"""Bytes of a body beside its document: white space, and what a program printed after it."""


class Kept:
    """The lines of a body as they are read, up to as many bytes as a document may have: a text may be of any size.

    >>> from instanceview.model.limits import Limits
    >>> kept = Kept(Limits(document_size=3))
    >>> for data in (b"{}", b" " * 70_000, b"{}"):
    ...     kept.add(Line(1, data))
    >>> [line.data for line in kept.lines], kept.is_beyond
    ([b'{}'], True)
    """

    def __init__(self, limits: Limits) -> None:
        """Begin with none."""
        self.lines: list[Line] = []
        self._left = limits.document_size + _ROOM

    def add(self, line: Line) -> None:
        """Add a line, or note that the body is too large."""
        self._left -= len(line.data) + 1
        if self._left >= 0:
            self.lines.append(line)

    @property
    def is_beyond(self) -> bool:
        """True if the body has more bytes than a document may have."""
        return self._left < 0


def lines_of(stream: Stream) -> Iterator[Line]:
    """Yield the lines of a file, the time stamp that a build service puts before each left out.

    Raises OSError, UnreadError, and NotJSONError at a line that is too long to be in memory.
    """
    most = stream.limits.file_in_memory
    for number, data in enumerate(stream.lines(most), start=1):
        if data is None:
            raise NotJSONError(beyond(f"a line is larger than {size_shown(most)}", "file_in_memory"), number)
        line = Line(number, data.removeprefix(BOM) if number == 1 else data)
        stamp = _STAMP.match(line.data)
        yield line.after(stamp.end()) if stamp else line


def begins_with_size(body: Sequence[Line]) -> bool:
    """Return True if a body begins with the size of a chunk: a header may say so of a body that was decoded."""
    return bool(body) and _SIZE.fullmatch(body[0].data + b"\n") is not None


def dechunked(body: Sequence[Line]) -> Source:
    """Return the text of the chunks with its places; raises NotDecodedError where the sizes do not fit.

    >>> from instanceview.reading.http.lines import Line
    >>> dechunked([Line(7, b"3"), Line(8, b'{"a'), Line(9, b"4"), Line(10, b'":1}'), Line(11, b"0")]).text
    '{"a":1}'
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return source_of_pieces((decoder.decode(data), place) for data, place in _pieces(body))


def _pieces(body: Sequence[Line]) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield the bytes of each line that belong to a chunk, with their place."""
    left = -1  # bytes of the current chunk that are still to come; -1 between chunks
    ending = b""
    for line in body:
        data = line.data + b"\n"
        if left < 0:
            size = _SIZE.fullmatch(data)
            if not size:
                break
            left, ending = int(size["size"], 16), size["break"]
            if left == 0:
                return
        else:
            yield data[:left], (line.number, line.column)
            rest = data[left:]
            left = -1 if rest else left - len(data)
            if rest not in {b"", ending}:
                break
    else:
        raise NotDecodedError("the chunked body is cut off; record it again")
    raise NotDecodedError("the chunked body does not match its chunk sizes; record it without --raw")
