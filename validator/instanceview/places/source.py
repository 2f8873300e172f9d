"""Where the members of a text stand: offsets, lines, columns and duplicate keys."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.spans import Spans, skip_space

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from instanceview.places.spans import Path


class Source(NamedTuple):
    """The text of a document: the offset where the document starts in it, and the file's line where the text starts.

    `lines` are the offsets where the lines of a text start that holds many documents: counting them anew for each
    would take a time that grows with the square of their number. `first_column` is where the text starts in its line.
    """

    text: str
    start: int = 0
    first_line: int = 1
    lines: Sequence[int] = ()
    first_column: int = 1

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Scan the document and return its places, or those of the wanted paths alone."""
        from instanceview.places.json_scan import found, scanned  # slow to load, and most documents have no finding

        start = skip_space(self.text, self.start)
        return scanned(self.text, start) if wanted is None else found(self.text, start, wanted)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        if self.lines:
            line = bisect_right(self.lines, offset)
            return line, offset - self.lines[line - 1] + 1
        line = self.text.count("\n", 0, offset)
        column = offset - self.text.rfind("\n", 0, offset)
        return line + self.first_line, column if line else column + self.first_column - 1

    def inside(self, offset: int) -> None:
        """Return None: the physical line and column are exact."""


def line_starts(text: str) -> list[int]:
    r"""Return the offsets where the lines of a text start.

    >>> line_starts("ab\n\ncd")
    [0, 3, 4]
    """
    return [0, *(match.end() for match in re.finditer("\n", text))]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""Return the line and column, both from 1, of an offset in a text.

    >>> line_and_column("ab\ncd", 4)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
