"""The corpora of the benchmarks: endless texts of documents, written as lines and as files."""

from __future__ import annotations

from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING

import templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KIND, VERSION = templates.KIND, templates.VERSION


def documents(share: float, layout: str = "compact", first: int = 1) -> Iterator[bytes]:
    """Yield documents for ever, no two alike, this share of them with one fault.

    Those without are the same for each share. `first` is the number of the first one: two ranges of numbers have no
    document in common.
    """
    random = Random(7)  # noqa: S311 (the same in every run)
    clean, faulty = templates.clean(layout), templates.faulty(layout)
    for number in count(first):
        made = faulty if random.random() < share else clean
        yield made[number % len(made)] % {b"n": number}


def lines(path: Path, share: float, size: int, layout: str = "compact") -> Path:
    """Write documents of this number of bytes, one a line."""
    with path.open("wb") as file:
        for text in documents(share, layout):
            size -= file.write(text + b"\n")
            if size <= 0:
                return path
    return path


def files(folder: Path, share: float, number: int, layout: str) -> Path:
    """Write this number of files of one document each."""
    folder.mkdir()
    for index, text in enumerate(islice(documents(share, layout), number)):
        (folder / f"{index:05}.json").write_bytes(text)
    return folder
