"""Documents in memory, and what is done with each of them, or with all of them as one chunk."""

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
    """Return the work of doing something with each text."""

    def loop() -> None:
        for text in texts:
            work(text)

    return loop


def texts(share: float, size: int, layout: str = "compact", turn: int = 0) -> list[bytes]:
    """Return documents of so many bytes together, in each turn others."""
    some = list(islice(corpora.documents(share), 600))
    count = max(1, size * len(some) // sum(map(len, some)))
    return list(islice(corpora.documents(share, layout, 1 + turn * count), count))


def settle() -> None:
    """Let the collector look no more at what is alive now: corpora, and what they were made from."""
    gc.collect()
    gc.freeze()


def chunk(lines: list[bytes]) -> Work:
    """Return the work of judging lines."""
    data = b"\n".join(lines)
    return lambda: check_chunk(data, kind=corpora.KIND, api_version=corpora.VERSION)
