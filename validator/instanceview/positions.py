"""Where the members of a JSON text stand: offsets, lines, columns and duplicate keys.

Written by hand on the standard library's string scanner: it beat every library tried.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]  # the stubs leave it out
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from instanceview.model import Path

_SPACE = re.compile(r"[ \t\n\r]*")
_COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
_COMMA = re.compile(r"[ \t\n\r]*(?:,[ \t\n\r]*)?")
_SCALAR = re.compile(r"[^\s,\]}]+")
_value_at = JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]  # the stubs leave it out, too


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
        spans = Spans({}, [])
        start = skip_space(self.text, self.start)
        if wanted is not None:
            _find(self.text, Span(None, start, start), (), spans, wanted)
            return spans
        _scan(self.text, start, (), None, spans)
        return _without_replaced(spans) if spans.duplicates else spans

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


def _without_replaced(spans: Spans) -> Spans:
    """Return the places less those in values that a repeated key replaced: nobody judges them.

    Once for a text, and not at each repeated key, which would take a time that grows with their square.
    """

    def is_left(path: Path, offset: int) -> bool:
        holders = (spans.by_path[path[:length]] for length in range(len(path)))
        return all(holder.start <= offset < holder.end for holder in holders)

    by_path = {path: span for path, span in spans.by_path.items() if is_left(path, span.start)}
    return Spans(by_path, [each for each in spans.duplicates if is_left(each.path, each.key)])


def skip_space(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no white space of JSON."""
    if text[offset : offset + 1] > " ":
        return offset  # nearly always, where a text is compact
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _scan(text: str, start: int, path: Path, key: tuple[int, int] | None, spans: Spans) -> int:
    """Record the value at `start` and everything in it; return where it ends."""
    opening = text[start]
    if opening == "{":
        end = _scan_object(text, start, path, spans)
    elif opening == "[":
        end = _scan_array(text, start, path, spans)
    elif opening == '"':
        end = _string(text, start)[1]
    else:
        scalar = _SCALAR.match(text, start)
        end = scalar.end() if scalar else start
    spans.by_path[path] = Span(key[0], start, end, key[1]) if key else Span(None, start, end)
    return end


def _scan_object(text: str, start: int, path: Path, spans: Spans) -> int:
    seen: dict[str, int] = {}
    offset = skip_space(text, start + 1)
    while text[offset] != "}":
        key = offset
        name, offset = _string(text, key)
        if name in seen:
            spans.duplicates.append(Duplicate((*path, name), seen[name], key))
        seen.setdefault(name, key)
        value = skip_space(text, skip_space(text, offset) + 1)
        offset = _next(text, _scan(text, value, (*path, name), (key, offset), spans))
    return offset + 1


def _scan_array(text: str, start: int, path: Path, spans: Spans) -> int:
    index = 0
    offset = skip_space(text, start + 1)
    while text[offset] != "]":
        offset = _next(text, _scan(text, offset, (*path, index), None, spans))
        index += 1
    return offset + 1


def _find(text: str, at: Span, path: Path, spans: Spans, wanted: Collection[Path]) -> int:
    """Record the wanted places in the value that starts where `at` says, to which `path` leads; return where it ends.

    What is not wanted is passed by the standard library's parser, ten times as fast as a scan.
    """
    below: dict[str | int, list[Path]] = {}
    is_wanted = False
    for each in wanted:
        if len(each) == len(path):
            is_wanted = True
        else:
            below.setdefault(each[len(path)], []).append(each)
    if not below:
        end: int = _value_at(text, at.start)[1]
    elif text[at.start] == "{":
        end = _find_in_object(text, at.start, path, spans, below)
    else:
        end = _find_in_array(text, at.start, path, spans, below)
    if is_wanted:
        spans.by_path[path] = at._replace(end=end)
    return end


def _find_in_object(text: str, start: int, path: Path, spans: Spans, below: Mapping[str | int, list[Path]]) -> int:
    # The last of repeated keys counts, so that an object is looked through to its end.
    offset = skip_space(text, start + 1)
    while text[offset] != "}":
        name, key_end = scanstring(text, offset + 1)
        value = _behind(_COLON, text, key_end)
        if name in below:
            end = _find(text, Span(offset, value, value, key_end), (*path, name), spans, below[name])
        else:
            end = _value_at(text, value)[1]
        offset = _behind(_COMMA, text, end)
    return offset + 1


def _find_in_array(text: str, start: int, path: Path, spans: Spans, below: Mapping[str | int, list[Path]]) -> int:
    offset, index = skip_space(text, start + 1), 0
    while text[offset] != "]":
        if index in below:
            end = _find(text, Span(None, offset, offset), (*path, index), spans, below[index])
        else:
            end = _value_at(text, offset)[1]
        offset = _behind(_COMMA, text, end)
        index += 1
    return offset + 1


def _behind(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return match.end() if match else offset


def _string(text: str, start: int) -> tuple[str, int]:
    value: tuple[str, int] = scanstring(text, start + 1)
    return value


def _next(text: str, offset: int) -> int:
    offset = skip_space(text, offset)
    return skip_space(text, offset + 1) if text[offset] == "," else offset


def line_starts(text: str) -> list[int]:
    r"""Return the offsets where the lines of a text start.

    >>> line_starts("ab\n\ncd")
    [0, 3, 4]
    """
    return [0, *(match.end() for match in re.finditer("\n", text))]


def item_starts(text: str, start: int = 0) -> list[int]:
    """Return the offsets of the items of the JSON array at an offset of a text, without looking into the items."""
    starts: list[int] = []
    offset = skip_space(text, skip_space(text, start) + 1)
    while text[offset] != "]":
        starts.append(offset)
        offset = _next(text, _value_at(text, offset)[1])
    return starts


def may_repeat_keys(data: bytes, canonical: bytes) -> bool:
    r"""Return whether a JSON text may repeat a key; False is certain, True asks for a scan.

    `canonical` is the compact text of the value that the parser made of it, which holds no key twice. Each key has its
    colon, so that a repeated one shows in the count; where an escaped colon could hide that, the answer is True.

    >>> may_repeat_keys(b'{"a": 1, "b": 2}', b'{"a":1,"b":2}'), may_repeat_keys(b'{"a": 1, "a": 2}', b'{"a":2}')
    (False, True)
    """
    return data.count(b":") != canonical.count(b":") or b"\\u00" in data
