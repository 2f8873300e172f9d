"""The body of a recorded answer: its text, and where each of its characters stands in the file around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.source import Source, line_and_column

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from instanceview.places.spans import Path, Places, Spans

_ESCAPE = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."


class Turns(NamedTuple):
    """Where a body's characters stand in the text around it, piece by piece.

    From each offset in `inside` on, the body's characters are those from the same item of `outside` on, one to one,
    up to the next. Both begin with the body's first character and ascend. Where `exact` is False, the body is written
    in another form and only its beginning has a place.
    """

    inside: Sequence[int]
    outside: Sequence[int]
    exact: bool = True

    def offset(self, inside: int) -> int:
        """Return where the character at an offset of the body stands in the text around it.

        >>> Turns([0, 3], [10, 15]).offset(4)
        16
        """
        if not self.exact:
            return self.outside[0]
        piece = bisect_right(self.inside, inside) - 1
        return self.outside[piece] + inside - self.inside[piece]


@dataclass(frozen=True)
class Body:
    """A body's text, the text around it, and how to find the one in the other; found when first asked for.

    It is the `Places` of the JSON document that is the whole body.
    """

    text: str
    holder: Places
    find: Callable[[], Turns]

    @cached_property
    def turns(self) -> Turns:
        """Where the body stands in the text around it."""
        return self.find()

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Scan the body and return its places, or those of the wanted paths alone."""
        return Source(self.text).spans(wanted)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the body."""
        return self.holder.line_and_column(self.turns.offset(offset))

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the body itself where the physical ones are not exact, else None."""
        return None if self.turns.exact else line_and_column(self.text, offset)


def in_json_string(holder: Source, path: Path, text: str, *, exact: bool = True) -> Body:
    """Return the body that the JSON string at a path of a text holds; `exact` is False where it was decoded further."""

    def find() -> Turns:
        start = holder.spans([path]).by_path[path].start
        return json_turns(holder.text, start) if exact else Turns([0], [start], exact=False)

    return Body(text, holder, find)


def json_turns(text: str, start: int) -> Turns:
    r"""Return where the characters of the JSON string that starts (with its quote) at an offset of a text stand.

    >>> json_turns(r'["a\nb\u00e9c"]', 1)
    Turns(inside=[0, 2, 4], outside=[2, 5, 12], exact=True)
    """
    end = scanstring(text, start + 1)[1] - 1
    inside, outside = [0], [start + 1]
    for escape in re.compile(_ESCAPE).finditer(text, start + 1, end):
        inside.append(inside[-1] + escape.start() - outside[-1] + 1)
        outside.append(escape.end())
    return Turns(inside, outside)
