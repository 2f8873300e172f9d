"""Zip archives, whose table of contents is at the end."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from instanceview.reading.files.members import Member, names_others, plain_name, up_to_most
from instanceview.reading.files.packings import Limit, Unpacked, as_unread, can_seek, limit_of
from instanceview.reading.files.stream import BLOCK, CutError, LockedError, UnreadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from instanceview.model.limits import Limits
    from instanceview.reading.files.packings import Begun
    from instanceview.reading.files.stream import Readable

_ENCRYPTED = 1  # a bit of a file's flags in an archive
_FILE = b"PK\x03\x04"  # the beginning of the header before a file
_HEADER = re.compile(_FILE + rb".{22}(..)..", re.DOTALL)  # the group is the length of the name
_LONGEST = 4096  # bytes of a header with a name: the longest path


def zip_members(file: Readable, begun: Begun, limits: Limits) -> Iterator[Member]:
    """Yield each file of a zip archive whose content is `begun`, the same as `file`; raises UnreadError."""
    with _seekable(file, begun) as archive:
        packed = archive.seek(0, os.SEEK_END)
        limit = Limit(lambda: packed, limits, limit_of(file))
        with _opened(archive) as content:

            def other(name: str) -> bytes | None:
                found = content.NameToInfo.get(name)
                if found is None or _is_folder(found):
                    return None
                return up_to_most(_open_member(content, found, limit), found.file_size, limits)

            # Recordings first, so that a body that one names is known when its own turn comes.
            for member in sorted(content.infolist(), key=lambda each: not names_others(each.filename)):
                if not (_is_folder(member) or limit.is_reached):
                    yield Member(plain_name(member.filename), _open_member(content, member, limit), other)
            offsets = [each.header_offset for each in content.infolist()]
            if begun.head[:4] == _FILE and offsets and min(offsets):
                raise UnreadError("cannot be unpacked: another archive is before it; cut the two apart")


@contextmanager
def _seekable(file: Readable, begun: Begun) -> Iterator[IO[bytes]]:
    """Give a file that can be read from its end, where the table of contents is: itself, or a copy without a name."""
    if can_seek(file):
        yield cast("IO[bytes]", file)
        return
    with tempfile.TemporaryFile() as copy:
        while block := begun.read(1 << 20):
            copy.write(block)
        yield copy


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Return True for a folder; before Python 3.12, zipfile itself raises IndexError for an empty name."""
    return member.filename.endswith("/")


def _opened(archive: IO[bytes]) -> zipfile.ZipFile:
    """Return an archive by its table of contents; raises UnreadError."""
    try:
        return zipfile.ZipFile(archive)
    except zipfile.BadZipFile:
        reason = "cannot be unpacked: its end is missing or broken; copy or download it again"
        raise CutError(reason, _names_in(archive)) from None
    except NotImplementedError as error:  # a version of the format, or a broken byte where it is written
        raise UnreadError(f"cannot be unpacked: {error}; copy or download it again, or unpack it yourself") from None


def _names_in(archive: IO[bytes]) -> Iterator[str]:
    """Yield the name in each header of a file, whatever else is missing."""
    archive.seek(0)
    rest = b""
    while block := archive.read(BLOCK):
        data = rest + block
        for header in _HEADER.finditer(data):
            name = data[header.end() : header.end() + int.from_bytes(header[1], "little")]
            yield name.decode("utf-8", "replace")
        rest = data[-_LONGEST:]


@contextmanager
def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: Limit) -> Iterator[Readable]:
    if member.flag_bits & _ENCRYPTED:
        raise LockedError("cannot be unpacked: encrypted; unpack it yourself")
    with as_unread():
        content = archive.open(member)
    with content:
        yield Unpacked(cast("zipfile.ZipExtFile", content), limit)
