"""The content of files packed with zlib, raw deflate, bzip2 and xz, block by block."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from typing import TYPE_CHECKING

from instanceview.reading.files.stream import UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from instanceview.reading.files.stream import Readable

    class _Decompressor(Protocol):
        @property
        def eof(self) -> bool: ...
        @property
        def needs_input(self) -> bool: ...
        @property
        def unused_data(self) -> bytes: ...
        def decompress(self, data: bytes, max_length: int) -> bytes: ...


_BLOCK = 1 << 14
"""Bytes that are unpacked at a time; all that follow the end of a packed text are copied, be it ever so short."""

_XZ_MEMORY = 256 << 20
"""The most bytes of memory for xz: its strongest preset (-9) takes 65 MiB, and a hostile file may ask for 4 GiB."""

_FEW = 16
"""Characters that are not unpacked from other data by chance."""

_ZLIB, _RAW = zlib.MAX_WBITS, -zlib.MAX_WBITS
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class _Zlib:
    """A decompressor of zlib or raw deflate, with the members of those of bz2 and lzma."""

    def __init__(self, window: int) -> None:
        self._inner = zlib.decompressobj(window)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


MAKERS: dict[str, Callable[[], _Decompressor]] = {
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
    "zlib": lambda: _Zlib(_ZLIB),
    "deflate": lambda: _Zlib(_RAW),
}
"""The decompressor of each packing, by the name that `packing` of signatures gives it."""


class Inflating:
    """The content of a packed file; several packed texts one after the other are one."""

    def __init__(self, file: Readable, make: Callable[[], _Decompressor]) -> None:
        """Begin at the beginning of the file."""
        self._file = file
        self._make = make
        self._decompressor = make()
        self._after = b""
        self._is_known = True
        """False after the end of a packed text, until something was unpacked of what follows."""

    def read1(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end; raises EOFError for a cut file, and the library's errors."""
        limit = _BLOCK if size < 0 else size
        try:
            while not (self._decompressor.eof and self._is_at_end()):
                is_waiting = self._decompressor.needs_input
                packed = self._next() if is_waiting else b""
                if data := self._decompressor.decompress(packed, limit):
                    self._is_known = True
                    return data
                if is_waiting and not packed and not self._decompressor.eof:
                    raise EOFError("compressed file ended before the end-of-stream marker was reached")  # noqa: TRY301
        except (OSError, EOFError, zlib.error, lzma.LZMAError):
            if self._is_known:
                raise
            raise UnreadError("cannot be unpacked: other data follows the compressed data") from None
        return b""

    def _is_at_end(self) -> bool:
        """Return True if nothing but zeros follows a packed text; else begin with what follows."""
        packed = self._decompressor.unused_data.lstrip(b"\x00")
        while not packed and (block := self._file.read(_BLOCK)):
            packed = block.lstrip(b"\x00")
        if packed:
            self._decompressor = self._make()
            self._is_known = False
            self._after = packed
        return not packed

    def _next(self) -> bytes:
        after, self._after = self._after, b""
        return after or self._file.read(_BLOCK)


def deflated(head: bytes) -> str | None:
    r"""Return "zlib" or "deflate" where the first bytes of a file are packed in that way, None where they are not.

    zlib has two bytes that are known (RFC 1950, 2.2), raw deflate has none.

    >>> deflated(zlib.compress(b"{}")), deflated(zlib.compress(b"{}")[2:-4]), deflated(b"\x00\x01\x02\x03")
    ('zlib', 'deflate', None)
    """
    if head[0] & 15 == zlib.DEFLATED and int.from_bytes(head[:2]) % 31 == 0 and _tried(head, _ZLIB) is not None:
        return "zlib"
    text = _tried(head, _RAW)
    return "deflate" if text is not None and _is_text(text) else None


def _tried(head: bytes, window: int) -> bytes | None:
    """Return the bytes that others unpack to, None where they are not packed, or too few to say."""
    decompressor = zlib.decompressobj(window)
    try:
        content = decompressor.decompress(head)
    except zlib.error:
        return None
    is_whole = decompressor.eof and not decompressor.unused_data.strip(b"\x00\r\n")
    return content if is_whole or (len(content) >= _FEW and not decompressor.eof) else None


def _is_text(data: bytes) -> bool:
    """Return True if bytes, cut at any place, are UTF-8 without control characters."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 3:
            return False
        text = data[: error.start].decode("utf-8-sig")
    return not _CONTROLS.search(text)
