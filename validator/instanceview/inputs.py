"""Arguments -> inputs: files, folders, globs and standard input, each read into documents."""

from __future__ import annotations

import glob
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from instanceview.model import Document, Origin, Skipped, Unreadable
from instanceview.readers import READERS, read
from instanceview.resolve import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
"""The argument that stands for standard input."""

SUFFIXES = frozenset[str]().union(*(reader.suffixes for reader in READERS))
"""The files that are looked at in a folder; a file named on the command line may have any name."""


def read_all(arguments: Iterable[str], stdin_name: str = "<stdin>") -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in every argument, in order; what cannot be read is a value in the stream."""
    for argument in arguments:
        yield from _argument(argument, stdin_name)


def _argument(argument: str, stdin_name: str) -> Iterator[Document | Skipped | Unreadable]:
    if not argument:
        yield Unreadable(Origin('""'), "cannot be read: an empty name; give a file or a folder")
    elif argument == STDIN:
        yield from read(sys.stdin.buffer.read(), Origin(stdin_name))
    elif glob.has_magic(argument) and not os.path.lexists(argument):
        yield from _glob(argument)
    else:
        yield from read_path(argument)


def read_path(path: str | os.PathLike[str]) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in a file or a folder."""
    return _folder(Path(path)) if os.path.isdir(path) else _file(Path(path))  # noqa: PTH112 (false for a NUL)


def _file(path: Path) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in one file; a missing or forbidden one is a value in the stream."""
    origin = Origin(_shown(path))
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        yield Unreadable(origin, _why(error))
        return
    yield from read(data, origin)


def _shown(path: str | Path) -> str:
    """Return a file name as text, bytes that are no UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _why(error: OSError | ValueError) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text[:1].lower()}{text[1:]}"


def _folder(folder: Path) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in a folder's files; what parses and is no instance view was not meant, so it is skipped."""
    met = False
    closed: list[OSError] = []
    for path in _files(folder, closed):
        for item in map(_unrelated, _file(path)):
            met = met or not isinstance(item, Skipped)
            yield item
    for error in closed:
        yield Unreadable(Origin(_shown(error.filename)), _why(error))
    if not met and not closed:
        suffixes = ", ".join(sorted(SUFFIXES))
        yield Unreadable(Origin(_shown(folder)), f"no document found in this folder; looked into {suffixes} files")


def _unrelated(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    if isinstance(item, Unreadable) and item.reason.startswith(NOT_OURS):
        return Skipped(item.origin, item.reason)
    return item


def _files(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files to look at below a folder, sorted, no links to folders, no hidden ones; add what is closed."""
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(root, name) for name in sorted(names) if Path(name).suffix.lower() in SUFFIXES]
        yield from (path for path in paths if not path.is_fifo())  # which would be waited for


def _glob(pattern: str) -> Iterator[Document | Skipped | Unreadable]:
    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not paths:
        yield Unreadable(
            Origin(_shown(pattern)), "no file matches this pattern; quote it only if your shell should not expand it"
        )
    for path in paths:
        if "**" not in pattern or not os.path.isdir(path):  # noqa: PTH112 (as above); its files match by themselves
            yield from read_path(path)
