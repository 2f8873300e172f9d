"""The lines of a recording that is a text, and the places of a body that stands in some of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.files.signatures import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.files.stream import Stream

_STAMP = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]+Z ")
_LONGEST = 1 << 16


class Line(NamedTuple):
    r"""A line of a file without its `\n`: its number from 1, its bytes, and the column from 1 where these start."""

    number: int
    data: bytes
    column: int = 1

    @property
    def mark(self) -> bytes:
        """What the line says if it is one that tells of requests and answers: a very long one is data."""
        return self.data if len(self.data) <= _LONGEST else b""

    def behind(self, size: int) -> Line:
        """Return the line without its first bytes, which are ASCII."""
        return self._replace(data=self.data[size:], column=self.column + size)


def lines(stream: Stream) -> Iterator[Line]:
    """Yield the lines of a file, the time stamp that a build service puts before each left out. Raises OSError."""
    for number, data in enumerate(stream.lines(), start=1):
        line = Line(number, data.removeprefix(BOM) if number == 1 else data)
        stamp = _STAMP.match(line.data)
        yield line.behind(stamp.end()) if stamp else line
