"""A file that is read in small pieces."""

from __future__ import annotations


class Slow:
    """A file whose reads return at most seven bytes, an odd number, as those of a pipe may."""

    def __init__(self, data: bytes) -> None:
        """Begin with all of it."""
        self.data = data

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""
        part, self.data = self.data[: min(size, 7)], self.data[min(size, 7) :]
        return part
