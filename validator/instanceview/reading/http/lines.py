"""The lines of a recording that is a text, with their places, and a body whose lines are HTTP's chunks."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import DEFAULTS, Limits, beyond
from instanceview.model.written_limits import size_shown
from instanceview.places.source import source_of_pieces
from instanceview.reading.decoding import NotDecodedError
from instanceview.reading.files.signatures import BOM
from instanceview.reading.json_texts.parse import NotJSONError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class Lines:
    r"""Lines that are gathered, such as those of a body, which have no line break: their bytes and places.

    Lines that follow one another at one column share their place. As objects, lines of one byte took 140 times their
    size. Only as many are kept as a document may have bytes: a text may be of any size.

    >>> gathered = Lines()
    >>> gathered.add(Line(7, b"a"))
    >>> gathered.add(Line(8, b""))
    >>> list(gathered), gathered.data()
    ([Line(number=7, data=b'a', column=1), Line(number=8, data=b'', column=1)], b'a\n')
    """

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        """Begin without a line."""
        self.is_beyond = False  # True if the lines have more bytes than are kept
        self.first = Line(0, b"")  # where the first line is, be it too large
        self._most = limits.document_size + _ROOM
        self._text = bytearray()  # each line with a line break after it
        self._runs: list[tuple[int, int, int]] = []  # from this offset on: the number of the first line, their column
        self._number = self._column = 0  # of a line that follows the last one

    def add(self, line: Line) -> None:
        """Add a line, or note that there is more than is kept."""
        number, data, column = line
        self.is_beyond = self.is_beyond or len(self._text) + len(data) > self._most
        if not self.first.number:
            self.first = Line(number, b"", column)
        if self.is_beyond:
            return
        if number != self._number or column != self._column:
            self._runs.append((len(self._text), number, column))
            self._column = column
        self._text += data
        self._text += b"\n"
        self._number = number + 1

    def data(self) -> bytes:
        """Return the lines with a line break between them."""
        return bytes(self._text[:-1])

    def __bool__(self) -> bool:
        """Return True if there is a line."""
        return bool(self._runs)

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines."""
        text = bytes(self._text)
        ends = [*(start for start, _, _ in self._runs), len(text)][1:]
        for (start, first, column), end in zip(self._runs, ends, strict=True):
            begin, number = start, first
            while begin < end:
                stop = text.index(b"\n", begin)
                yield Line(number, text[begin:stop], column)
                begin, number = stop + 1, number + 1


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


def begins_with_size(data: bytes) -> bool:
    """Return True if a body begins with the size of a chunk: a header may say so of a body that was decoded."""
    return _SIZE.match(data + b"\n") is not None


def dechunked(body: Iterable[Line]) -> Source:
    """Return the text of the chunks with its places; raises NotDecodedError where the sizes do not fit.

    >>> from instanceview.reading.http.lines import Line
    >>> dechunked([Line(7, b"3"), Line(8, b'{"a'), Line(9, b"4"), Line(10, b'":1}'), Line(11, b"0")]).text
    '{"a":1}'
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return source_of_pieces((decoder.decode(data), place) for data, place in _pieces(body))


def _pieces(body: Iterable[Line]) -> Iterator[tuple[bytes, tuple[int, int]]]:
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
