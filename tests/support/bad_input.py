"""Inputs that cannot be checked, each beside the one line that `check` prints for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inside import run
from program import BAD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHERS = ("conformant", "nonconformant")
"""Two documents that can be checked, which a case is checked between."""


def inputs() -> list[Path]:
    """Return the input of each case."""
    return sorted(path for path in BAD_INPUT.glob("*.json") if path.stem not in OTHERS)


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have."""
    before, after = (f"{name}.json" for name in OTHERS)
    for path in inputs():
        heads = run("check", before, path.name, after, cwd=BAD_INPUT).heads
        yield path.with_suffix(".expected"), "".join(f"{line}\n" for line in heads[1:-1])
