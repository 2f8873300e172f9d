"""Where the members of a text stand: offsets, lines, columns and duplicate keys."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from instanceview.model import Path

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


class Source(NamedTuple):
    """The text of a document: the offset where the document starts in it, and the file's line where the text starts.

    `lines` are the offsets where the lines of a text start that holds many documents: counting them anew for each
    would take a time that grows with the square of their number. `first_column` is where the text starts in its line.
    """

    text: str
    start: int = 0
    first_line: int = 1
    lines: Sequence[int] = ()
    first_column: int = 1

    def spans(self, wanted: Collection[Path] | None = None) -> Spans:
        """Scan the document and return its places, or those of the wanted paths alone."""
        from instanceview.json_scan import found, scanned  # slow to load, and most documents have no finding

        start = skip_space(self.text, self.start)
        return scanned(self.text, start) if wanted is None else found(self.text, start, wanted)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the physical line and column, both from 1, of an offset in the text."""
        if self.lines:
            line = bisect_right(self.lines, offset)
            return line, offset - self.lines[line - 1] + 1
        line = self.text.count("\n", 0, offset)
        column = offset - self.text.rfind("\n", 0, offset)
        return line + self.first_line, column if line else column + self.first_column - 1

    def inside(self, offset: int) -> None:
        """Return None: the physical line and column are exact."""


def skip_space(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no white space of JSON."""
    if text[offset : offset + 1] > " ":
        return offset  # nearly always, where a text is compact
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def line_starts(text: str) -> list[int]:
    r"""Return the offsets where the lines of a text start.

    >>> line_starts("ab\n\ncd")
    [0, 3, 4]
    """
    return [0, *(match.end() for match in re.finditer("\n", text))]


def may_repeat_keys(data: bytes, canonical: bytes) -> bool:
    r"""Return whether a JSON text may repeat a key; False is certain, True asks for a scan.

    `canonical` is the compact text of the value that the parser made of it, which holds no key twice. Each key has its
    colon, so that a repeated one shows in the count; where an escaped colon could hide that, the answer is True.

    >>> may_repeat_keys(b'{"a": 1, "b": 2}', b'{"a":1,"b":2}'), may_repeat_keys(b'{"a": 1, "a": 2}', b'{"a":2}')
    (False, True)
    """
    return data.count(b":") != canonical.count(b":") or b"\\u00" in data
