"""A list that keeps its beginning in memory and the rest in a temporary file, so that a report may be of any length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
        """Add values; the file is written once a frame is full."""
        added = list(items)
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
        import tempfile
        import weakref

        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the values are wanted)
            weakref.finalize(self, self._file.close)
        self._file.seek(self._end)
        pickle.dump(self._frame, self._file, pickle.HIGHEST_PROTOCOL)
        self._end = self._file.tell()
        self._frame = []

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Item]:
        yield from self._first
        if self._file is not None:
            yield from self._spooled(self._file)
        yield from self._frame

    def _spooled(self, file: IO[bytes]) -> Iterator[Item]:
        import pickle

        place = 0
        while place < self._end:
            file.seek(place)  # another pass may be under way
            frame: list[Item] = pickle.load(file)  # noqa: S301 (written by this program, into a file without name)
            place = file.tell()
            yield from frame

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

    def __reduce__(self) -> tuple[Callable[[Iterable[Item]], Spool[Item]], tuple[tuple[Item, ...]]]:
        """Send the values to another process, which has no use for the file."""
        return _spooled, (tuple(self),)


def _spooled(items: Iterable[Item]) -> Spool[Item]:
    spool: Spool[Item] = Spool()
    for item in items:
        spool.extend([item])
    return spool


def _equal(one: object, other: object) -> bool:
    return one == other
