"""A value inside another: the instance view of a resource, of an item of a list, or of a recording's entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.body import Body
from instanceview.places.source import Source
from instanceview.places.spans import Spans
from instanceview.places.texts import Following

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from instanceview.places.spans import Duplicate, Path, Places


@dataclass(frozen=True)
class Starts:
    """The offsets of the values at some paths of a text, such as the machines of a list answer; its parts share them.

    They are found for all parts when first needed. To look for each from the beginning takes a time that grows with
    the square of their number: 50 s in place of 1.4 to 3.3 for 2,000 faulty machines.
    """

    whole: Places
    paths: Callable[[], Sequence[Path]]

    @cached_property
    def offsets(self) -> Mapping[Path, int]:
        """The offset of each value in the text."""
        return {path: span.start for path, span in self.whole.spans(self.paths()).by_path.items()}


class Part(NamedTuple):
    """The value at a path in a larger one, such as `properties.instanceView` of a resource.

    With `starts`, only the text of the value is looked at.
    """

    whole: Places
    path: Path
    starts: Starts | None = None

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""
        return self.whole.text

    @property
    def length(self) -> int:
        """The number of characters of the whole text."""
        return self.whole.length

    def around(self, offset: int) -> tuple[str, int]:
        """Return the part of the whole text that was read at once and has an offset, and where it begins."""
        return self.whole.around(offset)

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the spans of the value, as if it were the whole."""
        start = self.starts.offsets.get(self.path) if self.starts else None
        if start is not None:
            return Source(self.text, start).spans(wanted)
        below = None if wanted is None else [(*self.path, *each) for each in wanted]
        return self.whole.spans(below).below(self.path)

    def duplicates(self) -> Sequence[Duplicate]:
        """Return the keys in the value that their objects have already."""
        start = self.starts.offsets.get(self.path) if self.starts else None
        if start is not None:
            return Source(self.text, start).duplicates()
        return Spans({}, [*self.whole.duplicates()]).below(self.path).duplicates

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset in the text."""
        return self.whole.line_and_column(offset)

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the text itself where those in the file are not exact, else None."""
        return self.whole.inside(offset)


def parts_of(whole: Places, paths: Callable[[], Sequence[Path]], *, many: bool) -> Callable[[Path], Places]:
    """Return the function from one of some paths in a body to the places of the value there; they share a search.

    `paths` returns the paths, and `many` is True if they are more than one.
    """
    source, around = (whole.whole, whole.path) if isinstance(whole, Part) else (whole, ())
    if isinstance(source, (Source, Following)) and source.tree:
        tree = source.tree
        return lambda path: source._replace(tree=tree.at((*around, *path)) or tree) if path else whole
    starts = Starts(in_pieces(whole) if many else whole, paths)
    return lambda path: Part(starts.whole, path, starts) if path else whole


def in_pieces(places: Places) -> Places:
    """Return the same places with the lines of the text in the file found once, for many look-ups."""
    if isinstance(places, Source):
        return places.in_pieces()
    if isinstance(places, Body):
        return replace(places, holder=in_pieces(places.holder))
    return places._replace(whole=in_pieces(places.whole)) if isinstance(places, Part) else places
