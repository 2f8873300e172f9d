"""The body of a recorded answer: a text inside another text, and the map of its offsets to those around it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from instanceview.places.spans import Duplicate, Path, Places, Spans

_ESCAPE = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."


class OffsetMap(NamedTuple):
    """Maps offsets of a body to offsets in the text around it.

    From offset `inside[i]` on, the characters of the body are those from offset `outside[i]` on, one to one, up to the
    next. Both ascend and begin with the first character of the body. Where `exact` is False, the body is written in
    another form and every offset is mapped to its beginning.
    """

    inside: Sequence[int]
    outside: Sequence[int]
    exact: bool = True

    def offset(self, inside: int) -> int:
        """Return the offset in the text around the body of an offset in the body.

        >>> OffsetMap([0, 3], [10, 15]).offset(4)
        16
        """
        if not self.exact:
            return self.outside[0]
        piece = bisect_right(self.inside, inside) - 1
        return self.outside[piece] + inside - self.inside[piece]


def only_start(offset: int) -> OffsetMap:
    """Return the map of a body that is written in another form from an offset on."""
    return OffsetMap([0], [offset], exact=False)


@dataclass(frozen=True)
class Body:
    """A text inside another text: itself, the one around it, and how to map its offsets, which is done when needed.

    It is the `Places` of the JSON document that is the whole body.
    """

    text: str
    holder: Places
    find: Callable[[], OffsetMap]

    @cached_property
    def offsets(self) -> OffsetMap:
        """The map of offsets in the body to those in the text around it."""
        return self.find()

    @property
    def length(self) -> int:
        """The number of characters of the body."""
        return len(self.text)

    def around(self, offset: int) -> tuple[str, int]:  # noqa: ARG002 (as in `Following`)
        """Return the body, which begins at the offset 0."""
        return self.text, 0

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the spans of the body, or of the wanted paths alone."""
        return Source(self.text).spans(wanted)

    def duplicates(self) -> Sequence[Duplicate]:
        """Return the keys that their objects have already."""
        return Source(self.text).duplicates()

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset in the body."""
        return self.holder.line_and_column(self.offsets.offset(offset))

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the body itself where those in the file are not exact, else None."""
        if self.offsets.exact:
            return self.holder.inside(self.offsets.offset(offset))
        return self._own_lines.line_and_column(offset)

    @cached_property
    def _own_lines(self) -> Source:
        return Source(self.text).in_pieces()


def in_json_string(holder: Places, path: Path, text: str, *, exact: bool = True) -> Body:
    """Return the body that the JSON string at a path of a text holds; `exact` is False where it was decoded further."""

    def find() -> OffsetMap:
        start = holder.spans([path]).by_path[path].start
        return json_offsets(holder.text, start) if exact else only_start(start)

    return Body(text, holder, find)


def slice_of(holder: Places, start: int, end: int) -> Body:
    """Return the body that lies between two offsets of a text as it is."""
    return Body(holder.text[start:end], holder, lambda: OffsetMap([0], [start]))


def json_offsets(text: str, start: int) -> OffsetMap:
    r"""Return the map of offsets in the value of the JSON string that starts (with its quote) at an offset of a text.

    >>> json_offsets(r'["a\nb\u00e9c"]', 1)
    OffsetMap(inside=array('Q', [0, 2, 4]), outside=array('Q', [2, 5, 12]), exact=True)
    """
    end = scanstring(text, start + 1)[1] - 1
    # A body may be of escapes alone: lists of numbers would take 40 times its size.
    inside, outside = array("Q", [0]), array("Q", [start + 1])
    for escape in re.compile(_ESCAPE).finditer(text, start + 1, end):
        inside.append(inside[-1] + escape.start() - outside[-1] + 1)
        outside.append(escape.end())
    return OffsetMap(inside, outside)
