"""The lines of a recording that is a text, with their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.files.signatures import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.files.stream import Stream

_STAMP = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]+Z ")
_LONGEST = 1 << 16  # bytes; a longer line is data: a URL has at most some thousand, an expression would take long


class Line(NamedTuple):
    r"""A line of a file without its `\n`: its number from 1, its bytes, and the column from 1 where these start."""

    number: int
    data: bytes
    column: int = 1

    @property
    def mark(self) -> bytes:
        """The bytes of a line that may announce a request or an answer; none of a very long line, which is data."""
        return self.data if len(self.data) <= _LONGEST else b""

    def behind(self, size: int) -> Line:
        """Return the line without its first bytes, which are ASCII."""
        return self._replace(data=self.data[size:], column=self.column + size)


def lines_of(stream: Stream) -> Iterator[Line]:
    """Yield the lines of a file, the time stamp that a build service puts before each left out. Raises OSError."""
    for number, data in enumerate(stream.lines(), start=1):
        line = Line(number, data.removeprefix(BOM) if number == 1 else data)
        stamp = _STAMP.match(line.data)
        yield line.behind(stamp.end()) if stamp else line
