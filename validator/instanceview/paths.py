"""How a file is named from a folder: in reports, in configurations and in baselines."""

from __future__ import annotations

import os
from pathlib import Path


def relative(file: str | Path, folder: str | Path = ".") -> str:
    """Return a file's path from a folder (default: the working directory), with forward slashes.

    A name in angle brackets is no file and stays; on another drive, the path is absolute.

    >>> relative("captures/../a.json", "captures"), relative("<stdin>", "captures")
    ('../a.json', '<stdin>')
    """
    if str(file).startswith("<"):
        return str(file)
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # only on Windows
        return Path(file).absolute().as_posix()
