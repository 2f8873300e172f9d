"""The text of a YAML file, or of a part of it, and the place of a document in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from instanceview.places.spans import Path, Spans
    from instanceview.reading.yaml_texts.node import Node


class YAMLText(NamedTuple):
    """A text, the offsets where its lines start, and how many lines further on in the file its parts stand.

    `moved` has the offset where a part starts and those lines, and ascends; a text without is a whole file.
    """

    text: str
    lines: Sequence[int]
    moved: Sequence[tuple[int, int]] = ((0, 0),)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        line = bisect_right(self.lines, offset)
        _, moved = self.moved[bisect_right(self.moved, offset, key=lambda part: part[0]) - 1]
        return line + moved, offset - self.lines[line - 1] + 1


def lines_of(text: str) -> list[int]:
    r"""Return the offsets where the lines of a text start.

    >>> lines_of("a\n\nb")
    [0, 2, 3]
    """
    return [0, *(match.end() for match in re.finditer("\n", text))]


class YAMLSource(NamedTuple):
    """The places of one document: the text that it stands in, and its node."""

    whole: YAMLText
    node: Node

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""
        return self.whole.text

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:  # noqa: ARG002 (all are known already)
        """Return the places of the document."""
        return self.node.spans()

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        return self.whole.line_and_column(offset)

    def inside(self, offset: int) -> None:
        """Return None: the physical line and column are exact."""
