"""Sequences one after the other and sums of counts, by which summaries merge without a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from operator import eq
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Value = TypeVar("Value")
Key = TypeVar("Key")


def total(counts: Iterable[Mapping[Key, int]]) -> Counter[Key]:
    """Return the sum of counts; each of them is read once.

    >>> total([{"a": 1}, {"b": 1, "a": 2}])
    Counter({'a': 3, 'b': 1})
    """
    both: Counter[Key] = Counter()
    for each in counts:
        both.update(each)
    return both


def joined(parts: Iterable[Sequence[Value]]) -> Sequence[Value]:
    """Return the values of all parts, in their order, without copying them.

    >>> joined([(), (1, 2), ()]), joined([(1,), (), (2, 3)]) == (1, 2, 3)
    ((1, 2), True)
    """
    full = tuple(part for part in parts if part)
    return Joined(full) if len(full) > 1 else full[0] if full else ()


class Joined(Sequence[Value]):
    """Sequences one after the other, as one: summaries merge a million times, and no value is copied.

    A part may be such a sequence itself, at any depth.
    """

    __slots__ = ("_parts", "_size")

    def __init__(self, parts: tuple[Sequence[Value], ...]) -> None:
        """Take the parts; to be made by `joined`."""
        self._parts = parts
        self._size = sum(map(len, parts))

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Value]:
        left: list[Sequence[Value]] = [self]  # a stack of our own: parts may be deeper than Python's takes
        while left:
            part = left.pop()
            if isinstance(part, Joined):
                left.extend(reversed(part._parts))  # noqa: SLF001 (of the same class)
            else:
                yield from part

    @overload
    def __getitem__(self, index: int) -> Value: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, index: int | slice) -> Any:
        """Return a value, or a tuple of several; it takes the time of going past everything before them."""
        if isinstance(index, slice):
            return tuple(self)[index]
        return next(islice(self, range(self._size)[index], None))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[Value, ...]], tuple[tuple[Value, ...]]]:
        # For another process it is a plain tuple: pickle goes into nested parts by calls of Python, up to their limit.
        return tuple, (tuple(self),)
