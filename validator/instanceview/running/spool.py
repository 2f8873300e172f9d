"""A list with its beginning in memory and the rest in a temporary file, so that a report may have any length."""

from __future__ import annotations

import os
import weakref
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from operator import eq
from typing import IO, TYPE_CHECKING, Any, TypeVar, overload

from instanceview.model.ended import EndedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Value = TypeVar("Value")

_IN_MEMORY = 128
"""The values that stay in memory: as findings a few hundred kilobytes, and most reports have fewer."""
_FRAME = 64
"""The values that are written and read at once, so that a pass has few in memory; other sizes were not measured."""


class Spool(Sequence[Value]):
    """Values in the order in which they were added; values that were added together are in one frame.

    Adding values raises EndedError where temporary files have no room.
    """

    def __init__(self) -> None:
        """Begin with no values, and without a file."""
        self._first: list[Value] = []
        self._frame: list[Value] = []
        self._file: IO[bytes] | None = None
        self._end = 0
        self._size = 0

    def extend(self, items: Iterable[Value]) -> None:
        """Add values; a full frame is written to the file, and values of another spool keep its batches."""
        for batch in batches(items):
            self._add_batch(list(batch))

    def _add_batch(self, added: list[Value]) -> None:
        self._size += len(added)
        if len(self._first) < _IN_MEMORY:
            self._first += added
            return
        self._frame += added
        if len(self._frame) >= _FRAME:
            self._write_batch()

    def short(self) -> Sequence[Value]:
        """Return the values as a tuple if none is in the file, else this spool."""
        return tuple(self) if self._file is None else self

    def _write_batch(self) -> None:
        import pickle  # a run with few findings saves 5 ms with those below

        with _room():
            file = self._opened()
            file.seek(self._end)
            pickle.dump(self._frame, file, pickle.HIGHEST_PROTOCOL)
            file.flush()  # a full disk is found here, and not where the values are read
            self._end = file.tell()
        self._frame = []

    def _opened(self) -> IO[bytes]:
        import tempfile

        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the values are wanted)
            weakref.finalize(self, _close, self._file)
        return self._file

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Value]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[Value]]:
        """Yield the values in batches; those that were added together are in one batch."""
        yield self._first
        if self._file is not None:
            yield from self._spooled(self._file)
        yield self._frame

    def _spooled(self, file: IO[bytes]) -> Iterator[list[Value]]:
        import pickle

        offset = 0
        while offset < self._end:
            file.seek(offset)  # another pass may be under way
            frame: list[Value] = pickle.load(file)  # noqa: S301 (written by this program, into a file without name)
            offset = file.tell()
            yield frame

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, index: int | slice) -> Any:
        """Return a value, or a tuple of several; it reads all values before them."""
        if isinstance(index, slice):
            start, stop, step = index.indices(self._size)
            return tuple(islice(self, start, stop)) if step == 1 else tuple(self)[index]
        offset = range(self._size)[index]
        return self._first[offset] if offset < len(self._first) else next(islice(self, offset, None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __getstate__(self) -> tuple[list[Value], list[Value], bytes, int]:
        """Return the state for another process: the content of the file in place of the file."""
        written = b""
        if self._file is not None:
            self._file.seek(0)
            written = self._file.read(self._end)
        return self._first, self._frame, written, self._size

    def __setstate__(self, state: tuple[list[Value], list[Value], bytes, int]) -> None:
        self._file, self._end = None, 0
        self._first, self._frame, written, self._size = state
        if written:
            with _room():
                self._end = self._opened().write(written)


def batches(items: Iterable[Value]) -> Iterable[Iterable[Value]]:
    """Return values in batches that can be handled one after the other: those of a spool, else one batch."""
    return items.batches() if isinstance(items, Spool) else (items,)


@contextmanager
def _room() -> Iterator[None]:
    """Raise EndedError where a temporary file cannot be made or written."""
    try:
        yield
    except OSError as error:
        # The reason of tempfile lists the folders that it tried, which may be long.
        why = "no folder takes them" if isinstance(error, FileNotFoundError) else os.strerror(error.errno or 0).lower()
        raise EndedError(f"cannot write temporary files: {why}; set TMPDIR to a folder with room") from None


def _close(file: IO[bytes]) -> None:
    """Close a file; what could not be written to it was reported before."""
    with suppress(OSError):
        file.close()
