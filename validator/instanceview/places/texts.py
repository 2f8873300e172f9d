"""Texts one after another, whose offsets count through all of them: a text is added without a copy of the others."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from instanceview.places.source import Source, Tree
    from instanceview.places.spans import Duplicate, Path, Spans


class Texts:
    r"""Texts in the order of their addition.

    >>> from instanceview.places.source import Source
    >>> texts = Texts()
    >>> texts.add(Source("a: 1\n"))
    >>> texts.add(Source("b: 2\n", lines=(7,)))
    >>> source, start = texts.at(6)
    >>> source.line_and_column(6 - start), texts.size
    ((7, 2), 10)
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._sources: list[Source] = []
        self._starts = array("Q")
        self.size = 0

    def add(self, source: Source) -> None:
        """Add a text, in which offsets count from its own beginning."""
        self._sources.append(source)
        self._starts.append(self.size)
        self.size += len(source.text)

    def at(self, offset: int) -> tuple[Source, int]:
        """Return the text that has an offset, and the offset where it begins."""
        number = bisect_right(self._starts, offset) - 1
        return self._sources[number], self._starts[number]

    def first(self, size: int) -> str:
        """Return the first texts, which have so many characters, as one."""
        return "".join(source.text for source, start in zip(self._sources, self._starts, strict=True) if start < size)


class Following(NamedTuple):
    """The `Places` of a YAML document that is after texts whose values its aliases are of.

    The document's own text begins at the offset `start`; texts that were added later do not count.

    >>> from instanceview.places.source import Source
    >>> following = Following(Texts(), 5, Source("a: 1"), Source("a: 1"))
    >>> following.length, following.text
    (9, 'a: 1')
    """

    texts: Texts
    start: int
    own: Source
    tree: Tree

    @property
    def text(self) -> str:
        """All texts as one: a copy, which takes a time that grows with all of them."""
        return self.texts.first(self.start) + self.own.text

    @property
    def length(self) -> int:
        """The number of characters of all texts."""
        return self.start + len(self.own.text)

    def around(self, offset: int) -> tuple[str, int]:
        """Return the text that has an offset, and the offset where it begins."""
        source, start = self._at(offset)
        return source.text, start

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the spans of the document, or of the wanted paths alone."""
        return self.tree.spans(wanted)

    def duplicates(self) -> Sequence[Duplicate]:
        """Return the keys that their objects have already."""
        return self.tree.spans().duplicates

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset."""
        source, start = self._at(offset)
        return source.line_and_column(offset - start)

    def inside(self, offset: int) -> None:
        """Return None: line and column in the file are exact."""

    def _at(self, offset: int) -> tuple[Source, int]:
        return (self.own, self.start) if offset >= self.start else self.texts.at(offset)
