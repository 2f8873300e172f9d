"""Folders for what a harness writes, in memory where the system has such a place."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEMORY = "/dev/shm"  # noqa: S108 (each folder in it is made anew, with a random name)


@contextmanager
def in_folder() -> Iterator[Path]:
    """Make an empty folder, which is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)
