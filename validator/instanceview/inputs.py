"""Arguments -> inputs: files, folders, globs, archives and standard input, each read into documents."""

from __future__ import annotations

import glob
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from instanceview.archives import is_zip, members, opened
from instanceview.model import Document, Origin, Skipped, Unreadable
from instanceview.readers import is_known, read
from instanceview.resolve import NOT_OURS
from instanceview.stream import Stream, UnreadError

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator

    from instanceview.stream import Readable

STDIN = "-"
"""The argument that stands for standard input."""


def read_all(arguments: Iterable[str], stdin_name: str = "<stdin>") -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in every argument, in order; what cannot be read is a value in the stream."""
    for argument in arguments:
        yield from _argument(argument, stdin_name)


def _argument(argument: str, stdin_name: str) -> Iterator[Document | Skipped | Unreadable]:
    if not argument:
        yield Unreadable(Origin('""'), "cannot be read: an empty name; give a file or a folder")
    elif argument == STDIN:
        yield from _standard_input(Origin(stdin_name))
    elif glob.has_magic(argument) and not os.path.lexists(argument):
        yield from _glob(argument)
    else:
        yield from read_path(argument)


def _standard_input(origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    try:
        yield from _opened(cast("io.BufferedReader", sys.stdin.buffer), origin)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, _why(error))


def read_path(path: str | os.PathLike[str]) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in a file or a folder."""
    return _folder(Path(path)) if os.path.isdir(path) else _file(Path(path))  # noqa: PTH112 (false for a NUL)


def _file(path: Path, *, is_named: bool = True) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in one file; a missing or forbidden one is a value in the stream."""
    origin = Origin(_shown(path))
    try:
        with path.open("rb") as file:
            yield from _opened(file, origin, is_named=is_named)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, _why(error))


def _opened(
    file: io.BufferedReader, origin: Origin, *, is_named: bool = True
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in an open file, or in the files of an archive."""
    if not is_zip(file):
        yield from _content(opened(file), origin, is_named=is_named)
        return
    for name, content in members(file):
        inside = origin._replace(file=f"{origin.file}/{_shown(name)}")
        yield from _content(content, inside, is_named=False)


def _content(content: Readable, origin: Origin, *, is_named: bool) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in the bytes of one file; in a file that nobody named, only what is meant for us."""
    stream = Stream(content)
    if is_named:
        yield from read(stream, origin)
    elif b"\x00" in stream.head and not is_known(stream, origin):
        yield Skipped(origin, "a binary file")
    elif not is_known(stream, origin):
        yield Skipped(origin, "no recording, and not named as JSON, NDJSON or YAML")
    else:
        yield from map(_unrelated, read(stream, origin))


def _unrelated(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    """Return what parses and is no instance view as skipped: in a folder it was not meant."""
    if isinstance(item, Unreadable) and item.reason.startswith(NOT_OURS):
        return Skipped(item.origin, item.reason)
    return item


def _shown(path: str | Path) -> str:
    """Return a file name as text, bytes that are no UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, UnreadError):
        return str(error)
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text[:1].lower()}{text[1:]}"


def _folder(folder: Path) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in a folder's files."""
    met = False
    closed: list[OSError] = []
    for path in _files(folder, closed):
        for item in _file(path, is_named=False):
            met = met or not isinstance(item, Skipped)
            yield item
    for error in closed:
        yield Unreadable(Origin(_shown(error.filename)), _why(error))
    if not met and not closed:
        yield Unreadable(Origin(_shown(folder)), "no document found in this folder: no recording, JSON, NDJSON or YAML")


def _files(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield the files to look at below a folder, sorted, no links to folders, no hidden ones; add what is closed."""
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(root, name) for name in sorted(names) if not name.startswith(".")]
        yield from (path for path in paths if path.is_file() or not path.exists())  # a pipe would be waited for


def _glob(pattern: str) -> Iterator[Document | Skipped | Unreadable]:
    paths = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not paths:
        yield Unreadable(
            Origin(_shown(pattern)), "no file matches this pattern; quote it only if your shell should not expand it"
        )
    for path in paths:
        if "**" not in pattern or not os.path.isdir(path):  # noqa: PTH112 (as above); its files match by themselves
            yield from read_path(path)
