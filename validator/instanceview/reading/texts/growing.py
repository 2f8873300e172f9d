"""JSON values in a text that must be put together first, of which no more is taken than the value needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.json_texts.partial import GROWTH, Fault, decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.places.source import Source
    from instanceview.reading.texts.regions import Region

_FIRST = 4  # lines or the like of a region


class Value(NamedTuple):
    """A JSON value in a text: itself, its text with places, its offsets in the text, and True for bare members."""

    value: object
    source: Source
    start: int
    end: int
    is_fragment: bool = False

    def moved(self, by: int) -> Value:
        """Return the value with its offsets in a text that has so many characters before its own."""
        return self._replace(start=self.start + by, end=self.end + by)


class Broken(NamedTuple):
    """The offsets of what begins as JSON and should be an instance view, of its fault, and of the end of its part."""

    start: int
    offset: int
    end: int

    def moved(self, by: int) -> Broken:
        """Return it with its offsets in a text that has so many characters before its own."""
        return Broken(*(each + by for each in self))


def grown(whole: Source, take: Callable[[int], Region]) -> Value | Fault:
    """Return the JSON value at the beginning of a region, of which more is taken as long as the value has no end."""
    size = _FIRST
    while True:
        region = take(size)
        found = decoded(region.text, 0)
        if not isinstance(found, Fault):
            value, end = found
            return Value(value, region.source(whole, end), region.offset(0), region.after(end))
        if region.is_all or not found.is_end:
            return found._replace(offset=region.offset(found.offset))
        size *= GROWTH
