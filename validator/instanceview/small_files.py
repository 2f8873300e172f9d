"""Small files of one document without findings, as most are: read, passed by the gate and counted, nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from instanceview.readers import SUFFIXES, suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from instanceview.inputs import File

    Gate = Callable[[bytes], bool]


def not_clean(files: Iterable[File], gate_of: Callable[[File], Gate | None]) -> list[File]:
    """Return the files that are not certain to hold one document without findings; `gate_of` gives a file's gate."""
    return [file for file in files if not _is_clean(file, gate_of(file))]


def _is_clean(file: File, gate: Gate | None) -> bool:
    # What nobody named is read by its name. What was met in a folder is a file; what was named may be a pipe.
    if gate is None or not (os.path.isfile(file.path) if file.is_named else suffix(file.path) in SUFFIXES):
        return False
    try:
        with open(file.path, "rb", buffering=0) as content:
            data = content.read()
    except (OSError, ValueError):
        return False
    # No recording passes: it has other names at its top, or no JSON at all.
    return gate(data)
