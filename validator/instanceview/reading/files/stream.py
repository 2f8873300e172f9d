"""The bytes of one file, read once: their beginning, to recognise the format by, then all of them in blocks."""

from __future__ import annotations

import codecs
import io
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import DEFAULTS, Limits, beyond
from instanceview.model.written_limits import size_shown
from instanceview.reading.files.signatures import UTF16, UTF32_LE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Protocol

    class Readable(Protocol):
        """A source of bytes: a file, a pipe, or what decompresses one."""

        def read(self, size: int, /) -> bytes:
            """Return up to `size` bytes, none at the end."""


class UnreadError(ValueError):
    """A file that cannot be read as it is; the text says why."""


class CutError(UnreadError):
    """An archive whose table of contents is missing, with the names of files that were seen in it."""

    def __init__(self, reason: str, names: Iterable[str]) -> None:
        """Keep the names."""
        super().__init__(reason)
        self.names = tuple(names)


class LockedError(UnreadError):
    """A file whose bytes are encrypted, so that only its name shows what it may be."""


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

    def __init__(
        self,
        file: Readable,
        beside: Callable[[], Beside] | None = None,
        *,
        is_asked: bool = True,
        limits: Limits = DEFAULTS,
    ) -> None:
        """Read the beginning; raises OSError, and UnreadError where not even that can be unpacked.

        `beside` returns the files that lie beside this one, where there may be some.
        """
        self.is_asked = is_asked
        """True if what is in it is meant as an instance view, so that less evidence is enough."""
        self.limits = limits
        self._left = limits.file_size
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
        while b"\n" not in parts[-1] and not self.is_whole and len(parts) <= self.limits.document_size // BLOCK:
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
        parts = bytearray()  # a list of small parts, as a gzip of many members has, took 80 bytes for each byte
        try:
            while len(parts) < BLOCK and (part := self._file.read(BLOCK - len(parts))):
                parts += part
        except UnreadError as error:
            if not parts:
                raise
            self._fault = error
        is_at_end = len(parts) < BLOCK
        data = bytes(parts)
        self._left -= len(data)
        if self._left < 0:
            data = data[: self._left]
            size = size_shown(self.limits.file_size)
            self._fault = UnreadError(beyond(f"cannot be read to its end: larger than {size}", "file_size"))
        self.is_whole = is_at_end and not self._fault
        return data

    def blocks(self) -> Iterator[bytes]:
        """Yield everything, the beginning first; to be called once. Raises OSError, UnreadError."""
        yield self.head
        if not self.is_whole:
            while block := self._block():
                yield block

    def whole(self) -> bytes:
        """Return everything; to be called once. Raises OSError, and UnreadError when it is too large."""
        parts: list[bytes] = []
        size, most = 0, self.limits.file_in_memory
        for block in self.blocks():
            parts.append(block)
            size += len(block)
            if size > most:
                reason = f"cannot be read: larger than {size_shown(most)}, and of a form that is read as a whole"
                raise UnreadError(beyond(reason, "file_in_memory"))
        return b"".join(parts)

    def lines(self, most: int) -> Iterator[bytes | None]:
        r"""Yield the lines without their `\n`, None for one of more than so many bytes; to be called once.

        Raises OSError, UnreadError.
        """
        rest: list[bytes] = []
        size = 0
        for block in self.blocks():
            for number, part in enumerate(block.split(b"\n")):
                if number:
                    yield b"".join(rest) if size <= most else None
                    rest, size = [], 0
                size += len(part)
                rest = [] if size > most else rest
                rest.append(part)
        yield b"".join(rest) if size <= most else None


def too_large(what: str, limits: Limits) -> str:
    """Return the reason why a document, or what may hold one, is refused that is larger than a document may be."""
    return beyond(f"{what} is larger than {size_shown(limits.document_size)}", "document_size")


def stream_of(data: bytes, limits: Limits = DEFAULTS) -> Stream:
    r"""Return a stream of bytes that are in memory already.

    >>> list(stream_of(b"{}\n{}").lines(2))
    [b'{}', b'{}']
    """
    return Stream(io.BytesIO(data), limits=limits)
