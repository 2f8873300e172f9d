"""A value inside another: the instance view of a resource, or of an item of a list answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.body import Body
from instanceview.places.json_scan import item_starts
from instanceview.places.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from instanceview.places.spans import Path, Places, Spans


@dataclass(frozen=True)
class ItemStarts:
    """The offsets of the items of the array at a path, such as the machines of a list answer; its parts share them.

    They are found for all items when first needed. To look for each from the beginning takes a time that grows with
    the square of their number: 50 s in place of 1.4 to 3.3 for 2,000 faulty machines.
    """

    whole: Places
    path: Path

    @cached_property
    def offsets(self) -> Sequence[int]:
        """The offset of each item in the text, none where the array is not written as JSON."""
        start = self.whole.spans([self.path]).by_path[self.path].start
        try:
            return item_starts(self.whole.text, start) if self.whole.text.startswith("[", start) else ()
        except (StopIteration, ValueError):  # YAML in brackets
            return ()


class Part(NamedTuple):
    """The value at a path in a larger one, such as `properties.instanceView` of a resource.

    Where `items` are given, the path leads through their array, and only the text of its item is looked at.
    """

    whole: Places
    path: Path
    items: ItemStarts | None = None

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""
        return self.whole.text

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the spans of the value, as if it were the whole."""
        holder, path = self._nearest()
        wanted = None if wanted is None else [(*path, *each) for each in wanted]
        return holder.spans(wanted).below(path)

    def _nearest(self) -> tuple[Places, Path]:
        """Return the smallest text around the value that can be looked at by itself, and the path in that."""
        if self.items and self.items.offsets:
            depth = len(self.items.path)
            number = self.path[depth]
            return Source(self.text, self.items.offsets[int(number)]), self.path[depth + 1 :]
        return self.whole, self.path

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset in the text."""
        return self.whole.line_and_column(offset)

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the text itself where those in the file are not exact, else None."""
        return self.whole.inside(offset)


def parts_of(whole: Places) -> Callable[[Path], Places]:
    """Return the function from a path in a body to the places of the value there; the items of a list share a search.

    A list answer has its items in `value`.
    """
    items: ItemStarts | None = None

    def part_at(path: Path) -> Places:
        nonlocal items
        if not path:
            return whole
        if path[0] != "value":
            return Part(whole, path)
        items = items or ItemStarts(_by_lines(whole), ("value",))
        return Part(items.whole, path, items)

    return part_at


def _by_lines(places: Places) -> Places:
    """Return the same places with the lines of the text in the file found once."""
    if isinstance(places, Source):
        return places.by_lines()
    if isinstance(places, Body):
        return replace(places, holder=_by_lines(places.holder))
    return places._replace(whole=_by_lines(places.whole)) if isinstance(places, Part) else places
