"""The repeated keys of a YAML mapping, in few bytes each: a text may have nothing else."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Repeats:
    """The names that a mapping has already, each with the offsets of the first key and of this one.

    >>> repeats = Repeats()
    >>> repeats.add("osName", 0, 10)
    >>> list(repeats), len(repeats)
    ([('osName', 0, 10)], 1)
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._names: list[str] = []
        self._offsets = array("I")

    def add(self, name: str, first: int, key: int) -> None:
        """Add a name."""
        self._names.append(name)
        self._offsets.extend((first, key))

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._names)

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        """Yield each name with both offsets."""
        return zip(self._names, self._offsets[::2], self._offsets[1::2], strict=True)
