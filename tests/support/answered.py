"""Recordings with the dates of their answers: the lines that the `.expected` file beside each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkout import DATA

from instanceview.model.document import Document
from instanceview.reading.inputs import read_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = DATA / "answered"
"""A recording in each format with headers; `.expected` has a line for each document: its name and when it was said."""


def cases() -> list[Path]:
    """Return the recordings."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


def seen(path: Path) -> str:
    """Return the names and moments of the documents in a recording, a line each."""
    found = [each for each in read_path(path) if isinstance(each, Document)]
    return "".join(f"{each.name} at {each.answered_at}\n" for each in found)


def fresh() -> Iterator[tuple[Path, str]]:
    """Yield each `.expected` file with the text that it should have."""
    for path in cases():
        yield path.with_name(f"{path.name}.expected"), seen(path)
