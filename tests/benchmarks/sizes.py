"""Sizes of the corpora and numbers of rounds."""

from __future__ import annotations

from typing import NamedTuple

MB = 1_000_000


class Sizes(NamedTuple):
    """The number of files, the bytes of each corpus, and the number of rounds of each work."""

    files: int = 2000
    chunk: int = 10 * MB
    stream: int = 300 * MB
    short: int = 30 * MB
    long: int = 1000 * MB
    cassette: int = 20 * MB
    rounds: int = 5
    many_rounds: int = 11

    def times(self, share: float) -> Sizes:
        """Return the sizes with this share of each corpus."""
        return self._replace(**{name: max(1, round(getattr(self, name) * share)) for name in self._fields[:6]})
