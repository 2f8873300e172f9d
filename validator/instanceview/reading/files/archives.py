"""Compressed files and archives, read in place: gzip, zstd and zip, known by their first bytes and limited in size."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from instanceview.reading.files.signatures import GZIP, ZIPS, ZSTD
from instanceview.reading.files.stream import UnreadError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from typing import Protocol

    from instanceview.reading.files.stream import Readable

    class _Unpacks(Protocol):
        def read1(self, size: int, /) -> bytes: ...


LARGEST = 8 << 30
"""The most bytes that one compressed file, or one archive, may unpack to."""

RATIO = 500
"""The most times that a content may be larger than it is packed, beyond the first GiB.

Documents that are all the same reach 200 with gzip, and its bombs 1,030; with zstd they reach 10,000 themselves.
"""

_FREE = 1 << 30
_ENCRYPTED = 1  # a bit of a file's flags in an archive
_BROKEN = frozenset(
    {"BadGzipFile", "BadZipFile", "EOFError", "LZMAError", "NotImplementedError", "RuntimeError", "ZstdError", "error"}
)
"""The errors of the libraries, by name, since they are loaded only where used. `error` is that of zlib.
`NotImplementedError` is raised by zipfile for a method of compression that it lacks."""


class Begun:
    """A file whose first bytes are known, and that is still read from its beginning; it counts what was read of it."""

    def __init__(self, file: Readable) -> None:
        """Read the first four bytes; raises OSError."""
        self._file = file
        self.magic = self._unread = file.read(4)
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        if self._unread:
            end = len(self._unread) if size < 0 else size
            data, self._unread = self._unread[:end], self._unread[end:]
        else:
            data = self._file.read(size)
        self.size += len(data)
        return data

    @property
    def is_packed(self) -> bool:
        """True if it begins as packed with gzip or zstd."""
        return self.magic.startswith(GZIP) or self.magic == ZSTD

    @property
    def is_zip(self) -> bool:
        """True if it begins as a zip archive."""
        return self.magic in ZIPS


class _Limit:
    """The limit on the bytes that `packed()` bytes may unpack to; all files of an archive share one."""

    def __init__(self, packed: Callable[[], int]) -> None:
        self._packed = packed
        self._size = 0
        self.is_reached = False

    def count(self, size: int) -> None:
        """Count bytes that were unpacked; raises UnreadError when they are too many."""
        self._size += size
        self.is_reached = self._size > min(LARGEST, max(_FREE, RATIO * self._packed()))
        if self._size > LARGEST:
            raise UnreadError(f"cannot be unpacked: larger than {LARGEST >> 30} GiB; unpack it yourself")
        if self.is_reached:
            reason = f"cannot be unpacked: more than {RATIO} times larger than it is packed; unpack it yourself"
            raise UnreadError(reason)


class _Unpacked:
    """The content of a compressed file, up to a limit."""

    def __init__(self, file: _Unpacks, limit: _Limit) -> None:
        self._file = file
        self._limit = limit

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; raises UnreadError for what is broken, or beyond the limit."""
        with _as_unread():
            data = self._file.read1(size)  # `read` would lose what precedes a fault
        self._limit.count(len(data))
        return data


@contextmanager
def _as_unread() -> Iterator[None]:
    """Raise UnreadError in place of the errors of the libraries for a broken archive."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ in _BROKEN:
            raise UnreadError(f"cannot be unpacked: {_why(error)}") from None
        raise


def _why(error: Exception) -> str:
    if type(error).__name__ == "BadGzipFile" and str(error).startswith("Not"):  # its first bytes are known
        return "other data stands behind what is compressed"
    text = str(error) or type(error).__name__
    # What is encrypted, or packed in another way, is the same however often it is copied.
    advice = "" if isinstance(error, RuntimeError) else "; copy or download it again"
    return (text if text[:2].isupper() else text[:1].lower() + text[1:]) + advice


def opened(file: Begun) -> Readable:
    """Return the content of a file, unpacked where it is packed with gzip or zstd; reading it raises UnreadError."""
    if file.magic.startswith(GZIP):
        import gzip  # loaded here, since most files are not packed: it saves 1.2 ms of a cold start of 65

        # GzipFile only reads of its file, though it is declared to need more.
        return _Unpacked(gzip.GzipFile(fileobj=cast("BinaryIO", file)), _Limit(lambda: file.size))
    if file.magic == ZSTD:
        return _Unpacked(_zstd(file), _Limit(lambda: file.size))
    return file


def _zstd(file: Begun) -> _Unpacks:
    # Loaded here, since most files are not packed.
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    content: _Unpacks = zstd.ZstdFile(cast("BinaryIO", file))
    return content


def archive_members(file: BinaryIO, begun: Begun) -> Iterator[tuple[str, AbstractContextManager[Readable]]]:
    """Yield the name and content of each file in a zip archive; nothing is written, whatever the names say.

    `begun` is the same file. Raises UnreadError for what is not a zip archive; opening or reading one of its files may
    raise it too.
    """
    # Loaded here, since most files are not archives: they save 11 ms of a cold start of 65.
    import tempfile
    import zipfile

    with tempfile.TemporaryFile() as copy:
        archive = file
        if not file.seekable():  # its table of contents is at the end
            while block := begun.read(1 << 20):
                copy.write(block)
            archive = copy
        packed = archive.seek(0, os.SEEK_END)
        try:
            content = zipfile.ZipFile(archive)
        except zipfile.BadZipFile:
            raise UnreadError("cannot be unpacked: its end is missing or broken; copy or download it again") from None
        limit = _Limit(lambda: packed)
        with content:
            for member in content.infolist():
                if not (member.is_dir() or _is_hidden(member.filename) or limit.is_reached):
                    yield member.filename, _open_member(content, member, limit)


def _is_hidden(name: str) -> bool:
    """Return True if a file is hidden, as in a folder: macOS packs `._name` beside each `name`."""
    return any(part.startswith(".") and part.strip(".") for part in name.split("/"))


@contextmanager
def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: _Limit) -> Iterator[Readable]:
    if member.flag_bits & _ENCRYPTED:
        raise UnreadError("cannot be unpacked: encrypted; unpack it yourself")
    with _as_unread():
        content = archive.open(member)
    with content:
        yield _Unpacked(cast("zipfile.ZipExtFile", content), limit)
