"""The text of a document as a file has it: offsets to lines and columns, in one piece or in many."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from instanceview.places.spans import value_start

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from instanceview.places.spans import Duplicate, Path, Spans

    class Tree(Protocol):
        """A document that is parsed with its offsets already, such as a YAML node."""

        def spans(self, wanted: Collection[Path] | None = None) -> Spans:
            """Return the spans of everything in it, or of the wanted paths alone."""

        def at(self, path: Path) -> Tree | None:
            """Return the tree of the value at a path."""


_PIECE = 1 << 12
"""Characters from which on a piece is split: to count the lines in one takes about as long as to look it up."""


class Source(NamedTuple):
    """A text of a file that holds a document, in pieces whose place in the file is known.

    From offset `starts[i]` on, the text is that of the file from line `lines[i]` and column `columns[i]` on, both from
    1, up to the next piece. A piece may hold line breaks; a text that is a whole file is one piece. The document begins
    at the offset `start`. It is JSON and is scanned when needed, unless its `tree` is given.
    """

    text: str
    start: int = 0
    starts: Sequence[int] = (0,)
    lines: Sequence[int] = (1,)
    columns: Sequence[int] = (1,)
    tree: Tree | None = None

    @property
    def length(self) -> int:
        """The number of characters of the text."""
        return len(self.text)

    def around(self, offset: int) -> tuple[str, int]:  # noqa: ARG002 (as in `Following`)
        """Return the text, which begins at the offset 0."""
        return self.text, 0

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the spans of the document, or of the wanted paths alone."""
        if self.tree:
            return self.tree.spans(wanted)
        start = value_start(self.text, self.start)
        # Loaded here and below, since most documents have no finding: it saves 0.3 ms of a cold start of 65.
        if wanted is None:
            from instanceview.places.json_scan import all_spans

            return all_spans(self.text, start)
        from instanceview.places.wanted_spans import wanted_spans

        return wanted_spans(self.text, start, wanted)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset in the text."""
        piece = bisect_right(self.starts, offset) - 1
        start = self.starts[piece]
        breaks = self.text.count("\n", start, offset)
        if breaks:
            return self.lines[piece] + breaks, offset - self.text.rfind("\n", start, offset)
        return self.lines[piece], self.columns[piece] + offset - start

    def inside(self, offset: int) -> None:
        """Return None: line and column in the file are exact."""

    def duplicates(self) -> Sequence[Duplicate]:
        """Return the keys that their objects have already; those in a replaced value are left out."""
        if self.tree:
            return self.tree.spans().duplicates
        from instanceview.places.json_scan import repeated_keys  # as above

        return repeated_keys(self.text, value_start(self.text, self.start))

    def by_lines(self) -> Source:
        r"""Return the same source in pieces, one a line, and more of a long line, if it is one piece.

        For what reads a text by its lines. Where only places are looked up, `in_pieces` takes less memory.

        >>> Source("ab\n\ncd").by_lines().line_and_column(5)
        (3, 2)
        """
        if len(self.starts) > 1:
            return self
        from array import array  # most texts are one document, and it saves 0.5 ms of a cold start of 65

        # A list would take ten times as much for each line, and a line may be one character.
        size = "I" if len(self.text) < 1 << 31 else "Q"  # four bytes are enough for nearly every text
        starts, lines, columns = array(size), array(size), array(size)
        ends = chain((match.end() for match in re.finditer("\n", self.text)), (len(self.text) + 1,))
        begin = 0
        for number, end in enumerate(ends, start=self.lines[0]):
            first = 1 if begin else self.columns[0]
            for offset in range(begin, end, _PIECE):
                starts.append(offset)
                lines.append(number)
                columns.append(first + offset - begin)
            begin = end
        return self._replace(starts=starts, lines=lines, columns=columns)

    def in_pieces(self) -> Source:
        r"""Return the same source in pieces so short that each look-up takes the same time.

        For a text of many documents or findings: to count its lines anew for each takes a time that grows with the
        square of their number. For 2,000 faulty machines in a list of 6 MB that was 5.4 of 8.8 s.

        >>> Source("ab\n\ncd").in_pieces().line_and_column(5)
        (3, 2)
        """
        ends = [*self.starts[1:], len(self.text) + 1]
        if all(end - begin <= _PIECE for begin, end in zip(self.starts, ends, strict=True)):
            return self
        from array import array  # as above

        starts, lines, columns = array("Q"), array("Q"), array("Q")
        for begin, end, line, column in zip(self.starts, ends, self.lines, self.columns, strict=True):
            here, across = line, column
            for start in range(begin, end, _PIECE):
                starts.append(start)
                lines.append(here)
                columns.append(across)
                stop = min(start + _PIECE, end)
                breaks = self.text.count("\n", start, stop)
                here += breaks
                across = stop - self.text.rfind("\n", start, stop) if breaks else across + stop - start
        return self._replace(starts=starts, lines=lines, columns=columns)


def source_at(data: bytes, line: int, column: int = 1) -> Source:
    """Return a text that begins at a line and column of a file, for the place of a fault; it need not be UTF-8.

    >>> source_at(b"{,}", 7).line_and_column(1)
    (7, 2)
    """
    return Source(data.decode("utf-8", "replace"), lines=(line,), columns=(column,))


def source_of_pieces(pieces: Iterable[tuple[str, tuple[int, int]]]) -> Source:
    r"""Return the text that is made of pieces, each with the line and column where it begins in the file.

    >>> source_of_pieces([("{\n", (3, 9)), ("}", (4, 1))]).line_and_column(2)
    (4, 1)
    """
    from array import array  # as in `by_lines`
    from io import StringIO  # a list of lines of one character each would take 30 bytes for each byte

    texts, starts, lines, columns = StringIO(), array("Q"), array("Q"), array("Q")
    size, write = 0, texts.write
    add_start, add_line, add_column = starts.append, lines.append, columns.append
    for text, (line, column) in pieces:
        write(text)
        add_start(size)
        add_line(line)
        add_column(column)
        size += len(text)
    return Source(texts.getvalue(), starts=starts, lines=lines, columns=columns)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and column, both from 1, of an offset in a text that is a whole file.

    >>> line_and_column("ab\ncd", 4)
    (2, 2)
    """
    return Source(text).line_and_column(offset)
