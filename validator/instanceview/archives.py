"""Compressed files and archives, read in place: gzip, zstd and zip, known by their first bytes and limited in size."""

from __future__ import annotations

import gzip
import io
import sys
import tempfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from instanceview.stream import UnreadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.stream import Readable

LARGEST = 8 << 30
"""The most bytes that one compressed file may unpack to."""

RATIO = 500
"""How many times larger than the compressed file its content may be, beyond the first 64 MiB.

Recordings reach 100, and gzip's bombs 1,030.
"""

_FREE = 64 << 20
_GZIP, _ZSTD, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
_BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError, RuntimeError)


class _Counted:
    """A file that counts what was read of it."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self.size += len(data)
        return data


class _Limited:
    """What a compressed file unpacks to, up to the limits; `packed` counts what was read of that file."""

    def __init__(self, file: Readable, packed: _Counted | int) -> None:
        self._file = file
        self._packed = packed
        self._size = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; raises UnreadError for what is broken, or beyond the limits."""
        try:
            data = self._file.read(size)
        except Exception as error:
            if isinstance(error, _BROKEN) or type(error).__name__ == "ZstdError":  # of a module not loaded here
                raise UnreadError(f"cannot be unpacked: {_why(error)}") from None
            raise
        self._size += len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.size
        if self._size > LARGEST:
            raise UnreadError(f"cannot be unpacked: larger than {LARGEST >> 30} GiB; unpack it yourself")
        if self._size > max(_FREE, RATIO * packed):
            reason = f"cannot be unpacked: more than {RATIO} times larger than it is packed; unpack it yourself"
            raise UnreadError(reason)
        return data


def _why(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text[:1].lower() + text[1:]


def opened(file: io.BufferedReader) -> Readable:
    """Return what a file holds, unpacked where it is packed with gzip or zstd; raises UnreadError and OSError."""
    magic = file.peek(len(_ZSTD))[: len(_ZSTD)]
    if magic.startswith(_GZIP):
        counted = _Counted(file)
        # GzipFile only reads of its file, though it is declared to need more.
        return _Limited(gzip.GzipFile(fileobj=cast("BinaryIO", counted)), counted)
    if magic == _ZSTD:
        counted = _Counted(file)
        return _Limited(_zstd(counted), counted)
    return file


def _zstd(file: _Counted) -> Readable:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    packed: Readable = zstd.ZstdFile(cast("BinaryIO", file))
    return packed


def is_zip(file: io.BufferedReader) -> bool:
    """Return whether a file begins as a zip archive."""
    return file.peek(len(_ZIP))[: len(_ZIP)] == _ZIP


class _Raw(io.RawIOBase):
    """What a member of an archive holds, as the raw file that a buffered one asks for."""

    def __init__(self, file: Readable) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # what io passes
        view = memoryview(buffer).cast("B")
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


def members(file: io.BufferedReader) -> Iterator[tuple[str, Readable]]:
    """Yield the name and content of each file in a zip archive; nothing is written, whatever the names say.

    Raises UnreadError for what is no zip archive, or broken.
    """
    import io

    with tempfile.TemporaryFile() as copy:
        archive: BinaryIO = file
        if not file.seekable():  # its table of contents is at the end
            while block := file.read(1 << 20):
                copy.write(block)
            archive = copy
        try:
            with zipfile.ZipFile(archive) as opened_archive:
                for member in opened_archive.infolist():
                    if not member.is_dir():
                        with opened_archive.open(member) as content:
                            limited = _Limited(content, member.compress_size)
                            yield member.filename, opened(io.BufferedReader(_Raw(limited)))
        except _BROKEN as error:
            raise UnreadError(f"cannot be unpacked: {_why(error)}") from None
