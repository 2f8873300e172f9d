"""A file that is read in small pieces."""

from __future__ import annotations


class Slow:
    """A file that gives as little at a time as a pipe may: seven bytes, an odd number."""

    def __init__(self, data: bytes) -> None:
        """Begin with all of it."""
        self.data = data

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""
        part, self.data = self.data[: min(size, 7)], self.data[min(size, 7) :]
        return part
