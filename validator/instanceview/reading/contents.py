"""One file or standard input -> its documents: packed or not, an archive or not, and what is passed over unread."""

from __future__ import annotations

import os
import re
import sys
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.reading.dispatch import as_skipped, read
from instanceview.reading.files.names import is_archive_name, suffix
from instanceview.reading.files.packings import unpacked
from instanceview.reading.files.signatures import begins_as_json, unread
from instanceview.reading.files.stream import Stream, UnreadError
from instanceview.reading.formats import SUFFIXES, is_known
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from instanceview.reading.files.members import Member
    from instanceview.reading.files.packings import Begun
    from instanceview.reading.files.stream import Beside

_UTF16 = rb"\xff\xfe|\xfe\xff|([^\x00]\x00){2}|(\x00[^\x00]){2}"


class File(NamedTuple):
    """A file to read: its path, and True if the caller named it, False if it was found in a folder.

    The path is a text, since there may be thousands of files: a `Path` takes a third of the time of reading one.
    """

    path: str
    is_named: bool = True

    @property
    def name(self) -> str:
        """The name of the file in a report."""
        return shown(self.path)


class StandardInput(NamedTuple):
    """Standard input, and its name in a report."""

    name: str


def contents(step: File | StandardInput, *, is_asked: bool = False) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of one file or of standard input; a missing or forbidden one is a value in the stream.

    `is_asked` means that what is in it is meant as an instance view, as it is in a file that the caller named.
    """
    origin = Origin(step.name)
    is_named = isinstance(step, StandardInput) or step.is_named
    try:
        with nullcontext(sys.stdin.buffer) if isinstance(step, StandardInput) else open(step.path, "rb") as file:
            beside = None if isinstance(step, StandardInput) else partial(_beside_file, step.path)
            yield from _opened(file, origin, beside, is_named=is_named, is_asked=is_asked or is_named)
    except FileNotFoundError as error:
        yield Unreadable(origin, with_advice(why(error), step.name))
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))


def with_advice(reason: str, argument: str) -> str:
    """Return the reason why a file is missing, with what its name is where it is something else."""
    from instanceview.reading.other_texts import advice_for_argument  # most files exist

    advice = advice_for_argument(argument)
    return f"{reason}; this is {advice}" if advice else reason


def _beside_file(path: str) -> Beside:
    from instanceview.reading.files.beside import beside_file  # loaded here, since most files name no other

    return beside_file(path, shown(path))


def _opened(
    file: BinaryIO, origin: Origin, beside: Callable[[], Beside] | None, *, is_named: bool, is_asked: bool
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of an open file, or of the files of an archive."""
    begun = unpacked(file)
    if not begun.is_archive:
        yield from content(Stream(begun, beside, is_asked=is_asked), origin, is_named=is_named)
    elif is_named or is_archive_name(origin.file):
        yield from archive(file, begun, origin, is_named=is_named, is_asked=is_asked and not is_named)
    else:  # office files and packages of programs are archives too
        yield Skipped(origin, "an archive without a suffix such as .zip or .tar")


def archive(
    file: BinaryIO, begun: Begun, origin: Origin, *, is_named: bool = True, is_asked: bool = False
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents of the files of an archive, as of a folder; an archive inside it is not read."""
    from instanceview.reading.files.beside import beside_member  # loaded here, since most files are not archives

    found_any = False
    bodies: set[str] = set()
    for member in _members(file, begun):
        inside = origin._replace(file=f"{origin.file}/{shown(member.name)}")
        if inside.file in bodies:  # read already, with the request of the recording that names it
            continue
        for item in _read_member(member, inside, partial(beside_member, member, origin.file), is_asked=is_asked):
            found_any = found_any or not isinstance(item, Skipped)
            bodies.update({item.origin.file} - {inside.file})
            yield item
    if is_named and not found_any:
        yield Unreadable(
            origin, "no instance view found in the files of this archive; unpack it and check a single file to see why"
        )


def _members(file: BinaryIO, begun: Begun) -> Iterator[Member]:
    """Yield each file in an archive; nothing is written by its name, whatever the names say. Raises UnreadError."""
    # Loaded here: each takes some 10 ms.
    from instanceview.reading.files.members import is_hidden

    if begun.is_zip:
        from instanceview.reading.files.zips import zip_members as members
    else:
        from instanceview.reading.files.tars import tar_members as members
    yield from (member for member in members(file, begun) if not is_hidden(member.name))


def _read_member(
    member: Member, origin: Origin, beside: Callable[[], Beside], *, is_asked: bool
) -> Iterator[Document | Skipped | Unreadable]:
    try:
        with member.content as file:
            begun = unpacked(file)
            if begun.is_archive:
                yield Skipped(origin, "an archive inside an archive; unpack the outer one to check it")
            else:
                yield from content(Stream(begun, beside, is_asked=is_asked), origin, is_named=False)
    except (OSError, ValueError) as error:
        yield Unreadable(origin, why(error))


def content(stream: Stream, origin: Origin, *, is_named: bool = True) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the documents in the bytes of one file; in a file that nobody named, only what we surely read."""
    packed = unread(stream.head, origin.file)
    if packed:
        reason = f"{packed}; unpack it first"
        is_meant = is_named or suffix(origin.file) in SUFFIXES
        yield Unreadable(origin, reason) if is_meant else Skipped(origin, reason)
    elif not is_named and _is_without_marks(stream):
        yield Skipped(origin, "no instance view: the file has no member name and no status code of one")
    elif is_known(stream, origin):
        yield from read(stream, origin) if is_named else map(as_skipped, read(stream, origin))
    elif b"\x00" in stream.head and not (is_named and re.match(_UTF16, stream.head)):
        yield Unreadable(origin, _of_bytes(stream.head)) if is_named else Skipped(origin, "a binary file")
    elif is_named:
        yield from read(stream, origin)
    elif begins_as_json(stream.head):
        yield from map(_unless_broken, read(stream, origin))
    else:
        yield Skipped(origin, "not a recording, and without a suffix of JSON, NDJSON, YAML or text")


def _unless_broken(item: Document | Skipped | Unreadable) -> Document | Skipped | Unreadable:
    """Return an item of a file that is JSON by its beginning alone: what is broken is something else."""
    return Skipped(item.origin, item.reason) if isinstance(item, Unreadable) else item


def _is_without_marks(stream: Stream) -> bool:
    """Return True if a file surely has no instance view."""
    from instanceview.reading.marks import may_hold_view  # a file that somebody named is read whatever is in it

    return stream.is_whole and not may_hold_view(stream.head)


def _of_bytes(head: bytes) -> str:
    """Return the reason why a binary file has no instance view, by what it looks like."""
    from instanceview.reading.other_texts import looks_like_bytes  # few files are binary

    what = looks_like_bytes(head)
    return f"{NOT_OURS}: {what}" if what else "a binary file; expected a recording, JSON, NDJSON, YAML or text"


def shown(path: str) -> str:
    """Return a file name as text, bytes that are not UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def why(error: OSError | ValueError) -> str:
    """Return the reason why a file cannot be read."""
    if isinstance(error, UnreadError):
        return str(error)
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text[:1].lower()}{text[1:]}"
