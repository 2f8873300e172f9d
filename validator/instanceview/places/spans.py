"""Spans: the offsets of keys and values in a text, and the protocol of what knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


Path = tuple[str | int, ...]
"""The way to a value of a document: member names and array indices from the root."""


_SPACE = re.compile(r"[ \t\n\r]*")


class Span(NamedTuple):
    """Offsets of one value in a text: of its key (None for items and the root), its start, its end, its key's end."""

    key: int | None
    start: int
    end: int
    key_end: int = 0


class Duplicate(NamedTuple):
    """A key that its object has already: its path, the first and this key's offset."""

    path: Path
    first: int
    key: int


class Spans(NamedTuple):
    """Every span of one text by its path (the last one where a key repeats), and the repeated keys."""

    by_path: dict[Path, Span]
    duplicates: list[Duplicate]

    def below(self, path: Path) -> Spans:
        """Return the spans of the value at a path, as if it were the whole."""
        if not path:
            return self
        size = len(path)
        by_path = {each[size:]: span for each, span in self.by_path.items() if each[:size] == path}
        duplicates = [
            each._replace(path=each.path[size:])
            for each in self.duplicates
            if len(each.path) > size and each.path[:size] == path
        ]
        return Spans(by_path, duplicates)


class Places(Protocol):
    """A document in a text: the spans of its members, and the place in the file of each offset.

    There are four: `Source` is a text of a file, `Following` one that follows others, `Body` one inside another, and
    `Part` a value inside another.
    """

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""

    @property
    def length(self) -> int:
        """The number of characters of that text."""

    def around(self, offset: int) -> tuple[str, int]:
        """Return the part of that text that was read at once and has an offset, and the offset where it begins."""

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the spans of the document, or at least those of the wanted paths, then perhaps no repeated key."""

    def duplicates(self) -> Sequence[Duplicate]:
        """Return the keys that their objects have already; those in a replaced value are left out."""

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column in the file, both from 1, of an offset in the text."""

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the text itself where those in the file are not exact, else None."""


def value_start(text: str, offset: int) -> int:
    r"""Return the offset of the value of a text that begins at an offset, after white space.

    The body of an answer may begin with a byte order mark, as a file may; it is skipped, too.

    >>> value_start("\ufeff {}", 0)
    2
    """
    return skip_space(text, offset + text.startswith("\ufeff", offset))


def skip_space(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is not white space of JSON."""
    if text[offset : offset + 1] > " ":
        return offset  # nearly always, where a text is compact
    match = _SPACE.match(text, offset)
    return match.end() if match else offset
