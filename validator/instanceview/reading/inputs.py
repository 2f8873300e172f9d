"""Arguments -> inputs: files, folders, globs, archives and standard input, each read into documents."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.contents import File, StandardInput, contents, shown, why, with_advice
from instanceview.reading.folders import files_below, matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
"""The argument that means standard input."""


class FolderEnd(NamedTuple):
    """The end of a folder, whose files came before it, and the parts of it that could not be read."""

    name: str
    closed: tuple[Unreadable, ...]

    def at_end(self, *, found_any: bool) -> Iterator[Unreadable]:
        """Yield the items to report at the end of the folder; `found_any` means that it had something that we read."""
        yield from self.closed
        if not found_any and not self.closed:
            reason = "no instance view found in the files of this folder; check a single file to see why, or use --kind"
            yield Unreadable(Origin(self.name), reason)


Step = File | StandardInput | FolderEnd | Unreadable
"""The next step: a file to read, the end of a folder, or something to report that cannot be read."""


def steps(arguments: Iterable[str], stdin_name: str = "<stdin>") -> Iterator[Step]:
    """Yield the files to read, in order, without reading them; what cannot be read is a value in the stream."""
    for argument in arguments:
        if not argument:
            yield Unreadable(Origin('""'), "cannot be read: the name is empty; pass a file or a folder")
        elif argument == STDIN:
            yield StandardInput(stdin_name)
        elif re.match(r"[A-Za-z][\w+.-]++://", argument) and not os.path.lexists(argument):
            yield Unreadable(
                Origin(shown(argument)), with_advice("cannot be read: no such file or directory", argument)
            )
        elif re.search("[*?[]", argument) and not os.path.lexists(argument):
            yield from _glob(argument)
        else:
            yield from _files_at(argument)


def _files_at(path: str | os.PathLike[str]) -> Iterator[File | FolderEnd]:
    simple = _simple(os.fspath(path))
    if os.path.isdir(simple):
        yield from _folder(simple)
    else:
        yield File(simple)


def _simple(path: str) -> str:
    """Return a path without `./` and repeated slashes."""
    if os.sep == "/" and not re.search(r"^\./|/(/|\./|\.?$)", path):
        return path
    from pathlib import Path  # loaded here, since most paths are plain: it saves 3.3 ms of a cold start of 65

    return str(Path(path))


def _folder(folder: str) -> Iterator[File | FolderEnd]:
    closed: list[OSError] = []
    yield from (File(path, is_named=False) for path in files_below(folder, closed))
    unreadable = tuple(Unreadable(Origin(shown(error.filename)), why(error)) for error in closed)
    yield FolderEnd(shown(folder), unreadable)


def _glob(pattern: str) -> Iterator[File | FolderEnd | Unreadable]:
    paths = matching(pattern)
    if not paths:
        reason = "no file matches this pattern; quote it only if your shell should not expand it"
        yield Unreadable(Origin(shown(pattern)), with_advice(reason, pattern))
    for path in paths:
        if "**" not in pattern or not os.path.isdir(path):  # its files match by themselves
            yield from _files_at(path)


def read_all(
    arguments: Iterable[str], stdin_name: str = "<stdin>", *, is_asked: bool = False
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of every argument, in order; what cannot be read is a value in the stream.

    `is_asked` means that what is in a folder is meant as an instance view, too.
    """
    return _read_steps(steps(arguments, stdin_name), is_asked=is_asked)


def read_path(path: str | os.PathLike[str]) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of a file or a folder; what cannot be read is a value in the stream."""
    return _read_steps(_files_at(path))


def _read_steps(planned: Iterable[Step], *, is_asked: bool = False) -> Iterator[Document | Skipped | Unreadable]:
    found_any = False
    for step in planned:
        if isinstance(step, FolderEnd):
            yield from step.at_end(found_any=found_any)
            found_any = False
        elif isinstance(step, Unreadable):
            yield step
        else:
            for item in contents(step, is_asked=is_asked):
                found_any = found_any or not isinstance(item, Skipped)
                yield item
            found_any = found_any and isinstance(step, File) and not step.is_named
