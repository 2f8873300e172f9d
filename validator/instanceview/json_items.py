"""The items of one array in a JSON text, one at a time: the rest of the text is never in memory.

Written by hand: ijson, the streaming parser that was tried, tells no places and builds every value in Python.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.not_json import BEGINNING, TRAILING_COMMA, unexpected
from instanceview.parse import NotJSONError, parse
from instanceview.stream import BLOCK, LARGEST_ITEM, too_large

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
_NAME = re.compile(rb'"((?:[^"\\]++|\\.)*+)"[ \t\r\n]*:')


class Item(NamedTuple):
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
            line, column = error.line or 1, error.column or 1
            column = column + self.column - 1 if line == 1 else column
            raise NotJSONError(reason, line + self.line - 1, column) from None


class _Window:
    """The part of a text that is in memory: what is read and not yet left behind, and where that stands."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self.data = b""
        self.at = 0
        self.is_cut = False  # whether the text ended within an item, which tells whoever parses that
        self._line = 1
        self._column = 1
        self._counted = 0
        self.more()
        if self.data.startswith(b"\xef\xbb\xbf"):
            self.data = self.data[3:]

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

    def item(self, index: int = 0) -> Item:
        """Return the value that starts here with its place, and go behind it."""
        line, column = self.place()
        data = self.value()
        return Item(index, data, line, column, self.at == len(self.data))

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


def items(blocks: Iterable[bytes], path: tuple[str, ...]) -> Iterator[Item]:
    """Yield the items of the array at a path of member names, the root array for an empty path.

    Raises NotJSONError where the text around the items is broken or cut off, after the items before that place.
    """
    window = _Window(blocks)
    yield from _inside(window, path)
    if window.skip_space():
        raise window.unexpected("the end")


def _inside(window: _Window, path: tuple[str, ...]) -> Iterator[Item]:
    """Yield the items below a value, and go behind it."""
    opening = window.skip_space()
    if not path and opening == b"[":
        yield from _array(window)
    elif path and opening == b"{":
        yield from _object(window, path)
    else:
        _check(window)


def _array(window: _Window) -> Iterator[Item]:
    window.at += 1
    index = 0
    if window.skip_space() == b"]":
        window.at += 1
        return
    while True:
        if not window.skip_space():
            raise window.unexpected("a value")
        yield window.item(index)
        index += 1
        if _ends(window, b"]"):
            return


def _object(window: _Window, path: tuple[str, ...]) -> Iterator[Item]:
    window.at += 1
    if window.skip_space() == b"}":
        window.at += 1
        return
    while True:
        window.skip_space()
        name = window.name()
        if name is None:
            raise window.unexpected("a name in double quotes", is_cut=bool(_CUT_NAME.fullmatch(window.data, window.at)))
        if name == path[0].encode():
            yield from _inside(window, path[1:])
        else:
            _check(window)
        if _ends(window, b"}"):
            return


def _check(window: _Window) -> None:
    """Go behind a value that is not asked for; raises NotJSONError where it is no JSON."""
    window.skip_space()
    window.item().value()
    window.is_cut = False  # a number could be cut and still be one


def _ends(window: _Window, closing: bytes) -> bool:
    """Go behind the comma or the closing bracket that comes next; return whether it is the bracket, or is missing."""
    found = window.skip_space()
    if window.is_cut:
        return True
    if found not in {b",", closing}:
        raise window.unexpected("a comma")
    place = window.place()
    window.at += 1
    if found == b"," and window.skip_space() in {b"]", b"}"}:
        raise NotJSONError(TRAILING_COMMA, *place)
    return found == closing


@lru_cache(maxsize=1)  # each format asks it of the same beginning
def top_names(head: bytes) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the members of a JSON object of which this is the beginning, and the names within each.

    A value that the beginning cuts off has the names that can be seen; so has the object.

    >>> top_names(b'{"log": {"entries": [{"a')
    {'log': ('entries',)}
    """
    names: dict[str, tuple[str, ...]] = {}
    window = _Window([head])
    if window.skip_space() != b"{":
        return names
    window.at += 1
    while window.skip_space() == b'"' and (name := window.name()):
        begins = window.skip_space()
        inner = _Window([window.data[window.at :]])
        names[name.decode("utf-8", "replace")] = tuple(_member_names(inner)) if begins == b"{" else ()
        if not _VALUE.match(window.data, window.at):
            break
        window.value()
        if window.skip_space() != b",":
            break
        window.at += 1
    return names


def _member_names(window: _Window) -> Iterator[str]:
    window.skip_space()
    window.at += 1
    while window.skip_space() == b'"' and (name := window.name()):
        yield name.decode("utf-8", "replace")
        window.skip_space()
        if not _VALUE.match(window.data, window.at):
            return
        window.value()
        if window.skip_space() != b",":
            return
        window.at += 1
