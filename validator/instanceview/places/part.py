"""A list answer: where the instance views of its items stand in its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.json_scan import item_starts
from instanceview.places.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from instanceview.places.spans import Path, Places, Spans


@dataclass(frozen=True)
class Listed:
    """The places of the items of the array at a path, such as the machines of a list answer.

    Where they begin is found for all of them when first asked for: to look for each from the beginning would take a
    time that grows with the square of their number.
    """

    whole: Places
    path: Path

    @cached_property
    def starts(self) -> Sequence[int]:
        """The offsets of the items in the text, none where the array is not written as JSON."""
        start = self.whole.spans([self.path]).by_path[self.path].start
        try:
            return item_starts(self.whole.text, start) if self.whole.text.startswith("[", start) else ()
        except (StopIteration, ValueError):  # YAML in brackets
            return ()


class Item(NamedTuple):
    """The places of the value at a path in one item of a list."""

    items: Listed
    number: int
    path: Path

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""
        return self.items.whole.text

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the places of the value, as if it were the whole."""
        starts = self.items.starts
        if not starts:
            return Part(self.items.whole, (*self.items.path, self.number, *self.path)).spans(wanted)
        return Part(Source(self.text, starts[self.number]), self.path).spans(wanted)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        return self.items.whole.line_and_column(offset)

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the text itself where the physical ones are not exact, else None."""
        return self.items.whole.inside(offset)


class Part(NamedTuple):
    """The places of the value at a path in a larger one, such as `properties.instanceView` of a resource."""

    whole: Places
    path: Path

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""
        return self.whole.text

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the places of the value, as if it were the whole."""
        wanted = None if wanted is None else [(*self.path, *path) for path in wanted]
        return self.whole.spans(wanted).below(self.path)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        return self.whole.line_and_column(offset)

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the text itself where the physical ones are not exact, else None."""
        return self.whole.inside(offset)
