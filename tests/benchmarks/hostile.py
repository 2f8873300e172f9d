"""Measure the shapes of hostile files, from 10 KB to 10 MB: seconds of the processor, and megabytes above the start.

    PYTHONPATH=validator:tests/support:tests/growth python tests/benchmarks/hostile.py [--sizes 10 100 1000] [SHAPE ...]

A run that takes more than a minute is ended, and larger files of its shape are not tried.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measured import ENDLESS, best, write
from shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapes import Shape

_SIZES = (10, 100, 1000, 10_000)
_TINY = 1_000
_LIMIT = 60


def _cells(shape: Shape, sizes: Sequence[int], folder: Path) -> Iterator[str]:
    """Yield the cells of a shape, one for each size in kilobytes."""
    start = best(write(folder, shape, _TINY), runs=1)
    run = start
    for size in sizes:
        run = run if run == ENDLESS else best(write(folder, shape, size * 1000), runs=1, limit=_LIMIT)
        megabytes = (run.peak - start.peak) / 1e6
        yield f"over {_LIMIT}" if run == ENDLESS else f"{run.seconds:.2f} s, {max(megabytes, 0):.0f} MB"


def main() -> None:
    """Print the table, a line for each shape whose name has one of the words that are given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of the names of shapes (default: all)")
    parser.add_argument("--sizes", nargs="+", type=int, default=_SIZES, help="kilobytes (default: %(default)s)")
    options = parser.parse_args()
    print(f"| shape | {' | '.join(f'{size:,} KB' for size in options.sizes)} |")
    print(f"|---|{'---|' * len(options.sizes)}")
    for shape in SHAPES:
        if not options.words or any(word in shape.name for word in options.words):
            with tempfile.TemporaryDirectory() as folder:
                cells = " | ".join(_cells(shape, options.sizes, Path(folder)))
            print(f"| {shape.name} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
