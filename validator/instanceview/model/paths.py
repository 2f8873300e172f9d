"""The name of a file as seen from a folder: in reports, in configurations and in baselines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def relative(file: str | Path, folder: str | Path = ".") -> str:
    """Return a file's path from a folder (default: the working directory), with forward slashes.

    A name in angle brackets is not a file and is kept; on another drive, the path is absolute.

    >>> relative("captures/../a.json", "captures"), relative("<stdin>", "captures")
    ('../a.json', '<stdin>')
    """
    if str(file).startswith("<"):
        return str(file)
    try:
        return os.path.relpath(file, folder).replace(os.sep, "/")
    except ValueError:  # only on Windows
        from pathlib import Path  # every other run saves 3 ms

        return Path(file).absolute().as_posix()
