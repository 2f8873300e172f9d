"""A list that keeps its beginning in memory and the rest in a temporary file, so that a report may be of any length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = TypeVar("Item")

_IN_MEMORY = 128  # some hundred kilobytes of findings
_FRAME = 64


class Spool(Sequence[Item]):
    """Values in the order they were added; those that are added together come out of one frame.

    Raises OSError, when it grows, where there is no room for temporary files.
    """

    def __init__(self) -> None:
        """Begin with nothing, and without a file."""
        self._first: list[Item] = []
        self._frame: list[Item] = []
        self._file: IO[bytes] | None = None
        self._end = 0
        self._size = 0

    def extend(self, items: Iterable[Item]) -> None:
        """Add values; the file is written once a frame is full. Those of another spool are added as they were there."""
        for piece in pieces(items):
            self._add(list(piece))

    def _add(self, added: list[Item]) -> None:
        self._size += len(added)
        if len(self._first) < _IN_MEMORY:
            self._first += added
            return
        self._frame += added
        if len(self._frame) >= _FRAME:
            self._write()

    def short(self) -> Sequence[Item]:
        """Return the values as a tuple where none is in the file, else this."""
        return tuple(self) if self._file is None else self

    def _write(self) -> None:
        import pickle  # few runs need it

        file = self._opened()
        file.seek(self._end)
        pickle.dump(self._frame, file, pickle.HIGHEST_PROTOCOL)
        self._end = file.tell()
        self._frame = []

    def _opened(self) -> IO[bytes]:
        import tempfile  # as above
        import weakref

        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the values are wanted)
            weakref.finalize(self, self._file.close)
        return self._file

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Item]:
        for piece in self.pieces():
            yield from piece

    def pieces(self) -> Iterator[list[Item]]:
        """Yield the values in pieces, so that those are in one that were added together."""
        yield self._first
        if self._file is not None:
            yield from self._spooled(self._file)
        yield self._frame

    def _spooled(self, file: IO[bytes]) -> Iterator[list[Item]]:
        import pickle

        place = 0
        while place < self._end:
            file.seek(place)  # another pass may be under way
            frame: list[Item] = pickle.load(file)  # noqa: S301 (written by this program, into a file without name)
            place = file.tell()
            yield frame

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, index: int | slice) -> Any:
        """Return a value, or a tuple of several; from the beginning it takes the time of reading up to it."""
        if isinstance(index, slice):
            start, stop, step = index.indices(self._size)
            return tuple(islice(self, start, stop)) if step == 1 else tuple(self)[index]
        place = range(self._size)[index]
        return self._first[place] if place < len(self._first) else next(islice(self, place, None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_equal, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __getstate__(self) -> tuple[list[Item], list[Item], bytes, int]:
        """Return what another process needs, which has no use for the file but for what is in it."""
        written = b""
        if self._file is not None:
            self._file.seek(0)
            written = self._file.read(self._end)
        return self._first, self._frame, written, self._size

    def __setstate__(self, state: tuple[list[Item], list[Item], bytes, int]) -> None:
        self._file, self._end = None, 0
        self._first, self._frame, written, self._size = state
        if written:
            self._end = self._opened().write(written)


def pieces(items: Iterable[Item]) -> Iterable[Iterable[Item]]:
    """Return values in pieces that may be handled one after the other: those of a spool, or one that has all."""
    return items.pieces() if isinstance(items, Spool) else (items,)


def _equal(one: object, other: object) -> bool:
    return one == other
