"""A JSON text that comes in blocks: a window that goes over it, value by value, and knows its line and column.

Written by hand: ijson, the streaming parser that was tried, tells no places and builds every value in Python.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.source import Source, source_at
from instanceview.reading.files.signatures import BOM
from instanceview.reading.files.stream import BLOCK, LARGEST_ITEM, too_large
from instanceview.reading.json_texts.faults import BEGINNING, unexpected
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LEVELS = 12  # of nesting that one match takes in, more than real recordings have; deeper items are walked


def _balanced(levels: int) -> bytes:
    """Return an expression for text between brackets: strings, scalars and so many levels of brackets."""
    inner = rb'[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+"'
    pattern = rb"(?:" + inner + rb")*+"
    for _ in range(levels):
        pattern = rb"(?:" + inner + rb"|[{\[]" + pattern + rb"[}\]])*+"
    return pattern


_VALUE = re.compile(rb"(?s)[{\[]" + _balanced(_LEVELS) + rb'[}\]]|"(?:[^"\\]++|\\.)*+"|[^\s,\[\]{}"]++(?=[\s,\]}])')
_TOKEN = re.compile(rb'(?s)"(?:[^"\\]++|\\.)*+("?)|[{}\[\]]')
_SPACE = re.compile(rb"[ \t\r\n]*")
_CUT_NAME = re.compile(rb'(?s)"(?:[^"\\]++|\\.)*+\\?(?:"[ \t\r\n]*)?')
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"[ \t\r\n]*')
_NAME = re.compile(rb'"((?:[^"\\]++|\\.)*+)"[ \t\r\n]*:')


class TextItem(NamedTuple):
    """One item of the array: its number from 0, its text, and the line and column, from 1, where it starts in the file.

    `is_last` says that the text ends with it, so that it may be cut off.
    """

    number: int
    data: bytes
    line: int
    column: int
    is_last: bool = False

    def value(self) -> object:
        """Return the JSON value; raises NotJSONError with the place in the file."""
        try:
            return parse(self.data)
        except NotJSONError as error:
            reason = error.reason.removesuffix(BEGINNING)  # which is that of the item alone
            reason = reason if self.is_last else reason.replace("cut off, ", "")
            place = source_at(self.data, self.line, self.column).line_and_column(error.offset)
            raise NotJSONError(reason, *place) from None

    def source(self) -> Source:
        """Return the text with its place in the file; raises NotJSONError where it is not UTF-8."""
        return Source(decode(self.data), lines=(self.line,), columns=(self.column,))


class Window:
    """The part of a text that is in memory: what is read and not yet left behind, and where that stands."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        """Begin at the first block, behind a byte order mark."""
        self._blocks = iter(blocks)
        self.data = b""
        self.at = 0
        self.is_cut = False  # whether the text ended within an item, which tells whoever parses that
        self._line = 1
        self._column = 1
        self._counted = 0
        self.more()
        self.data = self.data.removeprefix(BOM)

    def more(self) -> bool:
        """Leave behind what is done with and read on; return whether there was more.

        As much is read as there is, so that a long item is not looked through once for each block. Raises UnreadError
        where one item is too much.
        """
        self.place()
        self.data, self.at, self._counted = self.data[self.at :], 0, 0
        parts, size = [self.data], 0
        while size <= len(self.data) and (block := next(self._blocks, b"")):
            parts.append(block)
            size += len(block)
            if len(self.data) + size > LARGEST_ITEM:
                raise too_large(LARGEST_ITEM)
        self.data = b"".join(parts)
        return size > 0

    def place(self) -> tuple[int, int]:
        """Return line and column of the current offset; a column counts characters."""
        passed = self.data[self._counted : self.at]
        lines = passed.count(b"\n")
        tail = passed[passed.rfind(b"\n") + 1 :]
        width = len(tail) if tail.isascii() else len(tail.decode("utf-8", "replace"))
        self._line += lines
        self._column = width + (1 if lines else self._column)
        self._counted = self.at
        return self._line, self._column

    def no_name(self) -> NotJSONError:
        """Return the fault that no member name and its colon are here, where the text may end."""
        is_cut = _CUT_NAME.fullmatch(self.data, self.at) is not None
        name = None if is_cut else _STRING.match(self.data, self.at)
        self.at = name.end() if name else self.at
        return self.unexpected("a colon" if name else "a name in double quotes", is_cut=is_cut)

    def unexpected(self, expected: str, *, is_cut: bool = False) -> NotJSONError:
        """Return the fault that something else was expected here, where the text may end."""
        rest = self.data[self.at : self.at + BLOCK].decode("utf-8", "replace")
        cut = "cut off, " if is_cut or not rest else ""
        return NotJSONError(f"not JSON: {cut}{unexpected(expected, rest)}", *self.place())

    def skip_space(self) -> bytes:
        """Go to the next character that is no white space and return it, nothing at the end."""
        while True:
            match = _SPACE.match(self.data, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.data) or not self.more():
                return self.data[self.at : self.at + 1]

    def holds_value(self) -> bool:
        """Return whether the value that starts here is whole in memory."""
        return _VALUE.match(self.data, self.at) is not None

    def item(self, index: int = 0) -> TextItem:
        """Return the value that starts here with its place, and go behind it."""
        line, column = self.place()
        data = self.value()
        return TextItem(index, data, line, column, self.at == len(self.data))

    def value(self) -> bytes:
        """Return the text of the value that starts here, or of what there is of it, and go behind it."""
        while True:
            match = _VALUE.match(self.data, self.at)
            if match:
                self.at = match.end()
                return match[0]
            if self.data[self.at : self.at + 1] in {b"{", b"["} and (end := self._walk()):
                value, self.at = self.data[self.at : end], end
                return value
            if not self.more():
                value, self.at = self.data[self.at :], len(self.data)
                self.is_cut = value[:1] in {b"{", b"[", b'"'}  # what else there is may be whole
                return value

    def _walk(self) -> int:
        """Return where a deeply nested value ends, 0 where it does not."""
        depth = 0
        for token in _TOKEN.finditer(self.data, self.at):
            depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
            if depth == 0:
                return token.end()
        return 0

    def name(self) -> bytes | None:
        """Return the member name that starts here and go behind its colon."""
        while True:
            match = _NAME.match(self.data, self.at)
            if match:
                self.at = match.end()
                return match[1]
            if not self.more():
                return None


@lru_cache(maxsize=1)  # each format asks it of the same beginning
def top_names(head: bytes) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the members of a JSON object of which this is the beginning, and the names within each.

    A value that the beginning cuts off has the names that can be seen; so has the object.

    >>> top_names(b'{"log": {"entries": [{"a')
    {'log': ('entries',)}
    """
    window = Window([head])
    return {name: tuple(_names(Window([window.data[window.at :]]))) for name in _names(window)}


def _names(window: Window) -> Iterator[str]:
    """Yield the names of the object that begins here, none where something else does; its value comes next then."""
    if window.skip_space() != b"{":
        return
    window.at += 1
    while window.skip_space() == b'"' and (name := window.name()):
        yield name.decode("utf-8", "replace")
        window.skip_space()
        if not window.holds_value():
            return
        window.value()
        if window.skip_space() != b",":
            return
        window.at += 1
