"""Places in a text: offsets of keys and values, and what knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection


Path = tuple[str | int, ...]
"""A place inside a document: member names and array indices from the root."""


_SPACE = re.compile(r"[ \t\n\r]*")


class Span(NamedTuple):
    """Offsets of one value in a text: of its key (None for items and the root), its start, its end, its key's end."""

    key: int | None
    start: int
    end: int
    key_end: int = 0


class Duplicate(NamedTuple):
    """A key that stands in its object already: its path, the first and this key's offset."""

    path: Path
    first: int
    key: int


class Spans(NamedTuple):
    """Every place of one JSON text: a span by path (of the last one where keys repeat), and the repeated keys."""

    by_path: dict[Path, Span]
    duplicates: list[Duplicate]

    def below(self, path: Path) -> Spans:
        """Return the places of the value at a path, as if it were the whole."""
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
    """The text of a document and where its members stand in it; one implementation for each language of texts."""

    @property
    def text(self) -> str:
        """The whole text that the offsets count in."""

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Return the places of the document, or at least those of the wanted paths, then perhaps no repeated key."""

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""

    def inside(self, offset: int) -> tuple[int, int] | None:
        """Return line and column in the text itself where the physical ones are not exact, else None."""


def skip_space(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no white space of JSON."""
    if text[offset : offset + 1] > " ":
        return offset  # nearly always, where a text is compact
    match = _SPACE.match(text, offset)
    return match.end() if match else offset
