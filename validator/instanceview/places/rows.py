"""Texts that stand in several pieces of another text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from instanceview.places.spans import Path, Spans


_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


class Rows(NamedTuple):
    """The `Places` of a text in pieces of a file: each begins at an offset of `starts`, and stands at a place.

    A place is a line and column, both from 1; in its piece, the characters of the text are those of the file.
    """

    text: str
    starts: Sequence[int]
    places: Sequence[tuple[int, int]]

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Scan the text and return its places, or those of the wanted paths alone."""
        return Source(self.text).spans(wanted)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        piece = bisect_right(self.starts, offset) - 1
        line, column = self.places[piece]
        return line, column + offset - self.starts[piece]

    def inside(self, offset: int) -> None:
        """Return None: the physical line and column are exact."""


def rows(pieces: Iterable[tuple[str, tuple[int, int]]]) -> Rows:
    r"""Return the text that is made of pieces with their places.

    >>> rows([("{\n", (3, 9)), ("}", (4, 1))]).line_and_column(2)
    (4, 1)
    """
    texts, starts, places, size = [], [], [], 0
    for text, place in pieces:
        texts.append(text)
        starts.append(size)
        places.append(place)
        size += len(text)
    return Rows("".join(texts), starts, places)


def unwrapped(wrapped: Rows) -> Rows:
    r"""Return a text without the line breaks in its strings, which no JSON text has: a console broke its lines.

    >>> unwrapped(rows([('{"co\n', (1, 1)), ('de": 1}', (2, 1))])).text
    '{"code": 1}'
    """
    strings = [match.span() for match in _STRING.finditer(wrapped.text)]
    begins = [start for start, _ in strings]
    ends = [*wrapped.starts[1:], len(wrapped.text)]
    pieces = []
    for start, end, place in zip(wrapped.starts, ends, wrapped.places, strict=True):
        text = wrapped.text[start:end]
        string = bisect_right(begins, end - 1) - 1
        inside = string >= 0 and begins[string] < end < strings[string][1]
        pieces.append((text.rstrip("\r\n") if inside else text, place))
    return rows(pieces)
