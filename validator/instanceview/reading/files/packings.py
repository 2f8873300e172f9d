"""Packed files, read in place: how each is packed is known by its first bytes, and what it unpacks to is limited."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from instanceview.model.limits import DEFAULTS, Limits, beyond
from instanceview.model.text import counted
from instanceview.model.written_limits import size_shown
from instanceview.reading.files.signatures import HEAD, ZIPS, is_tar, may_be_deflated, packing
from instanceview.reading.files.stream import UnreadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from instanceview.reading.files.stream import Readable

    class _Unpacks(Protocol):
        def read1(self, size: int, /) -> bytes: ...


_LAYERS = 3
"""The most times that a file is packed again: a text that a tool packed, and a server, and a user."""

_BROKEN = frozenset(
    {
        *("BadGzipFile", "BadZipFile", "EOFError", "LZMAError", "NotImplementedError", "RuntimeError", "ZstdError"),
        *("ReadError", "StreamError", "HeaderError", "InvalidHeaderError", "SubsequentHeaderError", "error"),
    }
)
"""The errors of the libraries, by name, since they are loaded only where used. `error` is that of zlib.
`NotImplementedError` is raised by zipfile for a method of compression that it lacks."""


class Limit:
    """The limit on the bytes that `packed()` bytes may unpack to; all layers and all files of an archive share one.

    What an archive inside another unpacks to counts for both.
    """

    def __init__(self, packed: Callable[[], int], limits: Limits, outer: Limit | None = None) -> None:
        """Begin with nothing unpacked."""
        self._outer = outer
        self._packed = packed
        self._limits = limits
        self._size = 0
        self.is_reached = False

    def count(self, size: int) -> None:
        """Count bytes that were unpacked; raises UnreadError when they are too many."""
        self._size += size
        limits = self._limits
        most = limits.unpacked_size
        self.is_reached = self._size > limits.unpacked_most(self._packed(), most)
        if self._outer:
            try:
                self._outer.count(size)
            finally:
                self.is_reached = self.is_reached or self._outer.is_reached
        if self._size > most:
            raise UnreadError(beyond(f"cannot be unpacked: larger than {size_shown(most)}", "unpacked_size"))
        if self.is_reached:
            reason = f"cannot be unpacked: more than {counted(limits.ratio, 'time')} larger than the compressed file"
            raise UnreadError(beyond(reason, "ratio"))


def limit_of(file: object) -> Limit | None:
    """Return the limit that a file shares which is itself unpacked; None for any other."""
    return file.limit if isinstance(file, Unpacked) else None


def can_seek(file: Readable) -> bool:
    """Return True if a file can be read again from any offset."""
    seekable = getattr(file, "seekable", None)
    return seekable is not None and seekable()


class Unpacked:
    """The content of a compressed file, up to a limit."""

    def __init__(self, file: _Unpacks, limit: Limit) -> None:
        """Begin at the beginning of the file."""
        self._file = file
        self.limit = limit

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; raises UnreadError for what is broken, or beyond the limit."""
        with as_unread():
            data = self._file.read1(size)  # `read` would lose what precedes a fault
        self.limit.count(len(data))
        return data


class Begun:
    """A file whose first bytes are known, and that is still read from its beginning; it counts what was read of it."""

    def __init__(self, file: Readable, *, is_packed: bool = False) -> None:
        """Read the first bytes; raises OSError, and UnreadError where not even these can be unpacked."""
        self._file = file
        self._fault: UnreadError | None = None
        self.is_packed = is_packed
        self.size = 0
        self.head = self._unread = self._first()

    def _first(self) -> bytes:
        head = self._file.read(HEAD)
        try:
            while 0 < len(head) < HEAD and (more := self._file.read(HEAD - len(head))):
                head += more
        except UnreadError as error:
            self._fault = error
        return head

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        if self._unread:
            end = len(self._unread) if size < 0 else size
            data, self._unread = self._unread[:end], self._unread[end:]
        elif self._fault:
            raise self._fault
        else:
            data = self._file.read(size)
        self.size += len(data)
        return data

    @property
    def is_zip(self) -> bool:
        """True if it begins as a zip archive; one that is packed again is not read."""
        return self.head[:4] in ZIPS and not self.is_packed

    @property
    def is_archive(self) -> bool:
        """True if it begins as an archive that is read."""
        return self.is_zip or is_tar(self.head)


def unpacked(file: Readable, limits: Limits = DEFAULTS) -> Begun:
    """Return the content of a file, unpacked where it is packed; it and reading it raise OSError and UnreadError."""
    outer = begun = Begun(file)
    limit = limit_of(file) or Limit(lambda: outer.size, limits)
    for _ in range(_LAYERS):
        name = packing(begun.head) or _deflated(begun.head)
        if name is None:
            break
        begun = Begun(Unpacked(_opened(name, begun), limit), is_packed=True)
    return begun


def _deflated(head: bytes) -> str | None:
    if not may_be_deflated(head):
        return None
    from instanceview.reading.files.inflating import deflated  # loaded here, since most files are text

    return deflated(head)


def _opened(name: str, file: Begun) -> _Unpacks:
    """Return the content of a packed file. The libraries are loaded here, since most files are not packed."""
    if name == "gzip":
        import gzip

        # GzipFile only reads of its file, though it is declared to need more.
        return gzip.GzipFile(fileobj=cast("BinaryIO", file))
    if name == "zstd":
        return _zstd(file)
    from instanceview.reading.files.inflating import MAKERS, Inflating

    return Inflating(file, MAKERS[name])


def _zstd(file: Begun) -> _Unpacks:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    content: _Unpacks = zstd.ZstdFile(cast("BinaryIO", file))
    return content


@contextmanager
def as_unread() -> Iterator[None]:
    """Raise UnreadError in place of the errors of the libraries for a broken archive."""
    try:
        yield
    except UnreadError:
        raise
    except Exception as error:
        # bz2 raises OSError without the number of an error of the system.
        if type(error).__name__ in _BROKEN or (isinstance(error, OSError) and error.errno is None):
            raise UnreadError(f"cannot be unpacked: {_why(error)}") from None
        raise


def _why(error: Exception) -> str:
    if type(error).__name__ == "BadGzipFile" and str(error).startswith("Not"):  # its first bytes are known
        return "other data follows the compressed data"
    text = str(error) or type(error).__name__
    # What is encrypted, or packed in another way, is the same however often it is copied.
    advice = "" if isinstance(error, RuntimeError) else "; copy or download it again"
    if "limit" in text:  # of memory, which xz may ask for
        advice = "; unpack it yourself"
    return (text if text[:2].isupper() else text[:1].lower() + text[1:]) + advice
