"""The bytes of a tar archive for tarfile, which would keep too much of them and pass over what is after its end."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

from instanceview.reading.files.signatures import is_tar
from instanceview.reading.files.stream import BLOCK, UnreadError

if TYPE_CHECKING:
    from instanceview.reading.files.stream import Readable

_BETWEEN = 1 << 20
"""The most bytes between two files, where their names are, which take some hundred; tarfile keeps them all."""


class TarSource:
    """The bytes of an archive for tarfile: full blocks, up to where the file that comes next must have begun."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._last = self._unread = b""
        self._end = 0
        self._most = _BETWEEN

    def read(self, size: int, /) -> bytes:
        """Return so many bytes, less at the end; raises UnreadError where no file begins in time."""
        data = self._block(size)
        self._last = data or self._last
        self._end += len(data)
        if self._end > self._most:
            raise UnreadError(f"cannot be unpacked: more than {_BETWEEN >> 20} MiB between two files of the archive")
        return data

    def _block(self, size: int) -> bytes:
        """Return so many bytes, less at the end."""
        parts, self._unread = [self._unread[:size]], self._unread[size:]
        size -= len(parts[0])
        while size and (part := self._file.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def allow(self, end: int) -> None:
        """Let a file be read that ends at an offset, and what is written between it and the next one."""
        self._most = end + _BETWEEN

    def has_at(self, offset: int) -> bool:
        """Return True if something else than zeros, which end an archive, is at an offset of the last block."""
        return bool(self._from(offset)[: tarfile.BLOCKSIZE].strip(b"\x00"))

    def _from(self, offset: int) -> bytes:
        return self._last[max(0, offset - self._end + len(self._last)) :]

    def goes_on(self, offset: int) -> bool:
        """Return True if another archive follows the zeros at an offset, which is read next; raises UnreadError."""
        data = self._from(offset)
        while not data.strip(b"\x00"):
            data = self._block(BLOCK)
            if not data:
                return False
        zeros = len(data) - len(data.lstrip(b"\x00"))
        data = data[zeros // tarfile.BLOCKSIZE * tarfile.BLOCKSIZE :]
        if not is_tar(data):
            raise UnreadError("cannot be unpacked: other data is after the files above; cut the two apart")
        self._unread, self._end, self._most = data, 0, _BETWEEN
        return True
