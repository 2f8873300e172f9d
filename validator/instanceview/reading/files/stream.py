"""The bytes of one file, read once: their beginning, to recognise the format by, then all of them in blocks."""

from __future__ import annotations

import codecs
import io
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.files.signatures import UTF16, UTF32_LE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    class Readable(Protocol):
        """A source of bytes: a file, a pipe, or what decompresses one."""

        def read(self, size: int, /) -> bytes:
            """Return up to `size` bytes, none at the end."""


class UnreadError(ValueError):
    """A file that cannot be read as it is; the text says why."""


class LockedError(UnreadError):
    """A file whose bytes are encrypted, so that only its name shows what it may be."""


LARGEST = 512 << 20
"""The most bytes that must be in memory as a whole; NDJSON, arrays and recordings may be of any size."""

LARGEST_ITEM = 128 << 20
"""The most bytes of one line, one item of an array or one entry of a recording."""

BLOCK = 1 << 20
"""Bytes that are read at a time, and that a format may be recognised by."""


class Beside(NamedTuple):
    """The files beside a recording: the names of the folders that it lies in, and what reads one of them.

    `read` takes the number of folders to go up and the names from there to the file. It returns the content and the
    file's name in a report, None where such a file is missing; it raises UnreadError.
    """

    folders: tuple[str, ...]
    read: Callable[[int, tuple[str, ...]], tuple[bytes, str] | None]


class Stream:
    """Bytes that are read once, in order; `head` is the first mebibyte of them, or all there is.

    UTF-16 with a byte order mark, as Windows PowerShell redirects what is printed, is given as UTF-8: lines and columns
    are the same. What is broken in it becomes U+FFFD.
    """

    def __init__(self, file: Readable, beside: Callable[[], Beside] | None = None, *, is_asked: bool = True) -> None:
        """Read the beginning; raises OSError, and UnreadError where not even that can be unpacked.

        `beside` returns the files that lie beside this one, where there may be some.
        """
        self.is_asked = is_asked
        """True if what is in it is meant as an instance view, so that less evidence is enough."""
        self._file = file
        self._beside = beside
        self._fault: UnreadError | None = None
        self.is_whole = False
        """True if everything was read; at first, if the beginning is all there is."""
        first = self._next_block()
        is_utf16 = first.startswith(UTF16) and not first.startswith(UTF32_LE)
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace") if is_utf16 else None
        self.head = self._as_utf8(first)

    @property
    def is_converted(self) -> bool:
        """True if the bytes are not those of the file, so that their offsets are not either."""
        return self._decoder is not None

    @cached_property
    def beside(self) -> Beside | None:
        """The files that a recording may name; None for standard input and for bytes in memory."""
        return self._beside() if self._beside else None

    def read_first_line(self) -> None:
        """Make the beginning longer, up to the block in which the first line ends; raises OSError, UnreadError."""
        parts = [self.head]
        while b"\n" not in parts[-1] and not self.is_whole and len(parts) <= LARGEST_ITEM // BLOCK:
            parts.append(self._block())
        self.head = b"".join(parts)

    def _block(self) -> bytes:
        """Return the next block, none at the end; what precedes a fault is returned first."""
        return self._as_utf8(self._next_block())

    def _as_utf8(self, block: bytes) -> bytes:
        return self._decoder.decode(block, self.is_whole).encode() if self._decoder else block

    def _next_block(self) -> bytes:
        """Return the next block of the file."""
        if self._fault:
            raise self._fault
        parts: list[bytes] = []
        left = BLOCK
        try:
            while left and (part := self._file.read(left)):
                parts.append(part)
                left -= len(part)
        except UnreadError as error:
            if not parts:
                raise
            self._fault = error
        self.is_whole = left > 0 and not self._fault
        return b"".join(parts)

    def blocks(self) -> Iterator[bytes]:
        """Yield everything, the beginning first; to be called once. Raises OSError, UnreadError."""
        yield self.head
        if not self.is_whole:
            while block := self._block():
                yield block

    def whole(self) -> bytes:
        """Return everything; to be called once. Raises OSError, UnreadError when it is too much."""
        if self.is_whole:
            return self.head
        parts: list[bytes] = []
        for block in self.blocks():
            parts.append(block)
            if len(parts) > LARGEST // BLOCK:
                raise too_large(LARGEST)
        return b"".join(parts)

    def lines(self) -> Iterator[bytes]:
        r"""Yield the lines without their `\n`; to be called once. Raises OSError, and UnreadError for one too long."""
        rest: list[bytes] = []
        for block in self.blocks():
            first, *others = block.split(b"\n")
            rest.append(first)
            for line in others:
                yield b"".join(rest)
                rest = [line]
            if len(rest) > LARGEST_ITEM // BLOCK:
                raise too_large(LARGEST_ITEM)
        yield b"".join(rest)


def too_large(most: int) -> UnreadError:
    """Return the error that one document, or one entry of a recording, is larger than so many bytes."""
    return UnreadError(f"cannot be read: a document is larger than {most >> 20} MiB")


def stream_of(data: bytes) -> Stream:
    r"""Return a stream of bytes that are in memory already.

    >>> list(stream_of(b"{}\n{}").lines())
    [b'{}', b'{}']
    """
    return Stream(io.BytesIO(data))
