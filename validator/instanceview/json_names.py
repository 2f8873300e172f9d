"""The names at the top of a JSON text, by which the formats of recordings are known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from instanceview.json_window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@lru_cache(maxsize=1)  # each format asks it of the same beginning
def top_names(head: bytes) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the members of a JSON object of which this is the beginning, and the names within each.

    A value that the beginning cuts off has the names that can be seen; so has the object.

    >>> top_names(b'{"log": {"entries": [{"a')
    {'log': ('entries',)}
    """
    window = Window([head])
    return {name: tuple(_names(Window([window.data[window.at :]]))) for name in _names(window)}


def _names(window: Window) -> Iterator[str]:
    """Yield the names of the object that begins here, none where something else does; its value comes next then."""
    if window.skip_space() != b"{":
        return
    window.at += 1
    while window.skip_space() == b'"' and (name := window.name()):
        yield name.decode("utf-8", "replace")
        window.skip_space()
        if not window.holds_value():
            return
        window.value()
        if window.skip_space() != b",":
            return
        window.at += 1
