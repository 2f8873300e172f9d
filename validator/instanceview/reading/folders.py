"""The files of a folder or a pattern that are read: not hidden ones, and no pipes, which would be waited for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from instanceview.reading.files.names import suffix
from instanceview.reading.formats import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator


def files_below(top: str, closed: list[OSError]) -> Iterator[str]:
    """Yield the files to read below a folder, sorted, no links to folders, no hidden ones; add errors to `closed`."""
    folders = [top]
    while folders:
        folder = folders.pop()
        below = []
        for entry in _entries(folder, closed):
            path = entry.name if folder == os.curdir else entry.path
            if entry.is_dir(follow_symlinks=False):
                below.append(path)
            elif entry.is_file(follow_symlinks=False) or os.path.isfile(path) or _leads_nowhere(path):
                yield path
        folders.extend(reversed(below))


def _entries(folder: str, closed: list[OSError]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted((each for each in found if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError as error:
        closed.append(error)
        return []


def _leads_nowhere(path: str) -> bool:
    """Return True if a document is missing: a link to none, by its name."""
    return suffix(path) in SUFFIXES and not os.path.exists(path)


def matching(pattern: str) -> list[str]:
    """Return the paths that match a pattern, sorted."""
    # Path.glob takes no absolute pattern. Loaded here, since shells expand patterns: it saves 0.4 ms.
    import glob

    return sorted(path for path in glob.glob(pattern, recursive=True) if not _is_pipe(path))


def _is_pipe(path: str) -> bool:
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode)
    except OSError:
        return False
