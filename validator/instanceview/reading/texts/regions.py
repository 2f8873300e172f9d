"""Regions: texts that are put together from pieces of a file, so that each offset still has its line and column."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.source import source_of_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.places.source import Source

Piece = tuple[str, int]
"""A text and the offset where it begins in the text around it. One that was put in has the offset of what follows."""


class Region(NamedTuple):
    """A text made of pieces of a larger one; piece `i` begins at `starts[i]` and is from `offsets[i]` on.

    `is_all` means that nothing is left to take, so that a value that is cut off here has no end.
    """

    text: str
    starts: Sequence[int]
    offsets: Sequence[int]
    is_all: bool

    def offset(self, at: int) -> int:
        """Return the offset in the text around the region of an offset in it."""
        piece = max(bisect_right(self.starts, at) - 1, 0)
        return self.offsets[piece] + at - self.starts[piece]

    def after(self, end: int) -> int:
        """Return the offset, in the text around the region, after the last character before `end`."""
        return self.offset(end - 1) + 1

    def source(self, whole: Source, end: int) -> Source:
        """Return the beginning of the region, up to `end`, with its places in the file."""
        return source_of_pieces(_placed(whole, self.pieces(0, end)))

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces between two offsets of the region."""
        piece = max(bisect_right(self.starts, start) - 1, 0)
        while start < end:
            stop = min(end, self.starts[piece + 1] if piece + 1 < len(self.starts) else end)
            yield self.text[start:stop], self.offset(start)
            start, piece = stop, piece + 1


def region_of(pieces: Iterable[Piece], *, is_all: bool = True) -> Region:
    """Return the region that pieces make.

    >>> region_of([("{", 3), ("}", 9)]).offset(1)
    9
    """
    texts: list[str] = []
    starts, offsets = array("Q"), array("Q")  # a list would take five times as much
    size = 0
    for text, offset in pieces:
        if text:
            texts.append(text)
            starts.append(size)
            offsets.append(offset)
            size += len(text)
    return Region("".join(texts), starts, offsets, is_all)


def cut(whole: Source, spans: Iterable[tuple[int, int]]) -> Source:
    """Return the parts of a text between offsets as one text, with their places in the file."""
    return source_of_pieces(_placed(whole, ((whole.text[start:end], start) for start, end in spans)))


def _placed(whole: Source, pieces: Iterable[Piece]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield pieces with their lines and columns, divided where a piece of `whole` ends.

    A piece of `whole` has a line break at most at its end, so that no text is looked through for line breaks.
    """
    for text, offset in pieces:
        done = 0
        while done < len(text):
            at = offset + done
            piece = bisect_right(whole.starts, at) - 1
            begin = whole.starts[piece]
            end = whole.starts[piece + 1] if piece + 1 < len(whole.starts) else at + len(text)
            yield text[done : done + end - at], (whole.lines[piece], whole.columns[piece] + at - begin)
            done += end - at
