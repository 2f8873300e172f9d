"""The name of a file as seen from a folder: in reports, in configurations and in baselines."""

from __future__ import annotations

import os
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


TEST_FOLDER: ContextVar[str | None] = ContextVar("TEST_FOLDER", default=None)
"""The folder of the test that runs, which our pytest plugin sets; it is here, since every run of pytest loads it."""


def from_test(path: str | os.PathLike[str]) -> str:
    """Return a relative path as seen from the folder of the running test, if a file or folder is there.

    Any other path starts at the working folder, as it does outside of pytest.

    >>> from_test("captures/a.json")
    'captures/a.json'
    """
    folder = TEST_FOLDER.get()
    beside = os.path.join(folder, path) if folder else ""
    return relative(beside) if beside and os.path.lexists(beside) else os.fspath(path)


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


LONGEST = 4096
"""Bytes of the longest path on Linux, and of the longest pattern: looking for a longer one may take minutes."""
_WILDCARDS = frozenset("*?[")


def has_wildcard(path: str) -> bool:
    """Return True if a path has a character of patterns, so that it may name many files.

    >>> has_wildcard("runs/*.har"), has_wildcard("runs/a.har")
    (True, False)
    """
    return not _WILDCARDS.isdisjoint(path)
