"""Documents in memory, and the works on each of them or on all of them as one chunk."""

from __future__ import annotations

import gc
from itertools import islice
from typing import TYPE_CHECKING

import corpora

from instanceview.api import check_chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rounds import Work


def each(work: Callable[[bytes], object], texts: Iterable[bytes]) -> Work:
    """Return the work of one call for each text."""

    def loop() -> None:
        for text in texts:
            work(text)

    return loop


def texts(share: float, size: int, layout: str = "compact", turn: int = 0) -> list[bytes]:
    """Return documents of this number of bytes together, others in each turn."""
    some = list(islice(corpora.documents(share), 600))
    count = max(1, size * len(some) // sum(map(len, some)))
    return list(islice(corpora.documents(share, layout, 1 + turn * count), count))


def settle() -> None:
    """Keep the garbage collector away from the objects alive now: corpora, and what they were made from."""
    gc.collect()
    gc.freeze()


def chunk(lines: list[bytes]) -> Work:
    """Return the work of checking lines."""
    data = b"\n".join(lines)
    return lambda: check_chunk(data, kind=corpora.KIND, api_version=corpora.VERSION)
