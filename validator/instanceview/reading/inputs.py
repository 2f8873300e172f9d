"""Arguments -> inputs: files, folders, globs, archives and standard input, each read into documents."""

from __future__ import annotations

import os
import re
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.files.archives import Begun, members, opened
from instanceview.reading.files.signatures import unread
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.folders import files_below, matching
from instanceview.reading.formats import SUFFIXES, is_known, read, suffix
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from instanceview.reading.files.stream import Readable

STDIN = "-"
"""The argument that stands for standard input."""

_MAGIC = re.compile("[*?[]")  # as in glob
_UTF16 = rb"\xff\xfe|\xfe\xff|([^\x00]\x00){2}|(\x00[^\x00]){2}"


class File(NamedTuple):
    """A file to read: its path, and whether the caller named it, or it was met in a folder.

    The path is a text, since there may be thousands of files: a `Path` takes a third of the time of reading one.
    """

    path: str
    is_named: bool = True

    @property
    def name(self) -> str:
        """What it is called in a report."""
        return shown(self.path)


class StandardInput(NamedTuple):
    """Standard input, and what it is called in a report."""

    name: str


class FolderEnd(NamedTuple):
    """The end of a folder, whose files came before it, and what of it could not be looked into."""

    name: str
    closed: tuple[Unreadable, ...]

    def told(self, *, met: bool) -> Iterator[Unreadable]:
        """Yield what is to be told at the end of the folder; `met` says that something in it was meant for us."""
        yield from self.closed
        if not met and not self.closed:
            reason = "no document found in this folder: no recording, JSON, NDJSON or YAML"
            yield Unreadable(Origin(self.name), reason)


Step = File | StandardInput | FolderEnd | Unreadable
"""What is done next: a file is read, a folder ended, or something is told that cannot be read."""


def steps(arguments: Iterable[str], stdin_name: str = "<stdin>") -> Iterator[Step]:
    """Yield what is to be read, in order, without reading it; what cannot be is a value in the stream."""
    for argument in arguments:
        if not argument:
            yield Unreadable(Origin('""'), "cannot be read: an empty name; give a file or a folder")
        elif argument == STDIN:
            yield StandardInput(stdin_name)
        elif _MAGIC.search(argument) and not os.path.lexists(argument):
            yield from _glob(argument)
        else:
            yield from _path(argument)


def _path(path: str | os.PathLike[str]) -> Iterator[File | FolderEnd]:
    plain = _plain(os.fspath(path))
    if os.path.isdir(plain):
        yield from _folder(plain)
    else:
        yield File(plain)


def _plain(path: str) -> str:
    """Return a path without what leads nowhere: `./` and slashes too many."""
    if os.sep == "/" and not re.search(r"^\./|/(/|\./|\.?$)", path):
        return path
    from pathlib import Path  # takes the command line as long to load as ten modules of ours

    return str(Path(path))


def read_all(arguments: Iterable[str], stdin_name: str = "<stdin>") -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in every argument, in order; what cannot be read is a value in the stream."""
    return _read(steps(arguments, stdin_name))


def read_path(path: str | os.PathLike[str]) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in a file or a folder."""
    return _read(_path(path))


def _read(planned: Iterable[Step]) -> Iterator[Document | Skipped | Unreadable]:
    met = False
    for step in planned:
        if isinstance(step, FolderEnd):
            yield from step.told(met=met)
            met = False
        elif isinstance(step, Unreadable):
            yield step
        else:
            for item in contents(step):
                met = met or not isinstance(item, Skipped)
                yield item
            met = met and isinstance(step, File) and not step.is_named


def contents(step: File | StandardInput) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in one file or in standard input; a missing or forbidden one is a value in the stream."""
    origin = Origin(step.name)
    try:
        with nullcontext(sys.stdin.buffer) if isinstance(step, StandardInput) else open(step.path, "rb") as file:
            yield from _opened(file, origin, is_named=isinstance(step, StandardInput) or step.is_named)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))


def _opened(file: BinaryIO, origin: Origin, *, is_named: bool = True) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in an open file, or in the files of an archive."""
    begun = Begun(file)
    if not begun.is_zip:
        yield from content(Stream(opened(begun)), origin, is_named=is_named)
    elif is_named or origin.file.lower().endswith(".zip"):
        yield from archive(file, begun, origin, is_named=is_named)
    else:  # office files and packages of programs are archives too
        yield Skipped(origin, "an archive, and not named as .zip")


def archive(
    file: BinaryIO, begun: Begun, origin: Origin, *, is_named: bool = True
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in the files of a zip archive, as if it were a folder; those in an archive inside are not read."""
    met = False
    for name, member in members(file, begun):
        inside = origin._replace(file=f"{origin.file}/{shown(name)}")
        for item in _member(member, inside):
            met = met or not isinstance(item, Skipped)
            yield item
    if is_named and not met:
        yield Unreadable(origin, "no document found in this archive: no recording, JSON, NDJSON or YAML")


def _member(member: AbstractContextManager[Readable], origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    try:
        with member as file:
            begun = Begun(file)
            if begun.is_zip:
                yield Skipped(origin, "an archive inside an archive; unpack the outer one to have it read")
            else:
                yield from content(Stream(opened(begun)), origin, is_named=False)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))


def content(stream: Stream, origin: Origin, *, is_named: bool = True) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in the bytes of one file; in a file that nobody named, only what is meant for us."""
    packed = unread(stream.head)
    if packed:
        reason = f"{packed}; unpack it first"
        is_meant = is_named or suffix(origin.file) in SUFFIXES
        yield Unreadable(origin, reason) if is_meant else Skipped(origin, reason)
    elif is_known(stream, origin):
        yield from read(stream, origin) if is_named else map(_unrelated, read(stream, origin))
    elif b"\x00" in stream.head and not (is_named and re.match(_UTF16, stream.head)):
        reason = "a binary file; expected a recording, JSON, NDJSON or YAML"
        yield Unreadable(origin, reason) if is_named else Skipped(origin, "a binary file")
    elif is_named:
        yield from read(stream, origin)
    else:
        yield Skipped(origin, "no recording, and not named as JSON, NDJSON or YAML")


def _unrelated(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    """Return what parses and is no instance view as skipped: in a folder it was not meant."""
    if isinstance(item, Unreadable) and item.reason.startswith(NOT_OURS):
        return Skipped(item.origin, item.reason)
    return item


def shown(path: str) -> str:
    """Return a file name as text, bytes that are no UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def why(error: OSError | ValueError) -> str:
    """Return why a file cannot be read, as a reason."""
    if isinstance(error, UnreadError):
        return str(error)
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text[:1].lower()}{text[1:]}"


def _folder(folder: str) -> Iterator[File | FolderEnd]:
    closed: list[OSError] = []
    yield from (File(path, is_named=False) for path in files_below(folder, closed))
    told = tuple(Unreadable(Origin(shown(error.filename)), why(error)) for error in closed)
    yield FolderEnd(shown(folder), told)


def _glob(pattern: str) -> Iterator[File | FolderEnd | Unreadable]:
    paths = matching(pattern)
    if not paths:
        yield Unreadable(
            Origin(shown(pattern)), "no file matches this pattern; quote it only if your shell should not expand it"
        )
    for path in paths:
        if "**" not in pattern or not os.path.isdir(path):  # its files match by themselves
            yield from _path(path)
