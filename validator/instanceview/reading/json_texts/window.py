"""A window over a JSON text that comes in blocks: it moves on value by value, and knows its line and column."""

# Goal: read the items of one array (entries of a recording, documents) from a text of any size, in constant memory,
# each with its bytes and its place in the file.
#
# Plan: keep the bytes that are read and not yet left behind. One match of `_VALUE` finds the end of a value. Where it
# fails, the value is nested deeper than `_LEVELS` or the bytes end within it: walk its tokens, and if it still has no
# end, read on. An item is parsed by itself, so that a fault in one item does not end the reading.
#
# Invariants:
# - `data[at:]` is what is left to read; `more()` drops what precedes `at`, so offsets hold only until then.
# - `_line` and `_column` are the place of `_counted`, which is never beyond `at`; `place()` counts on from there once.
# - `more()` at least doubles what is in memory, so that a long item is not looked through once for each block.
# - Every repetition in the expressions is possessive: a hostile text cannot make them go back.
# - What is larger than a document may be is passed block by block, and never in memory as a whole.
# - A value that is cut off ends with the text, and `is_cut` says so; its fault is found by its parser.
#
# Tried, on 2 cores with Python 3.11, in seconds of the processor:
# - ijson 3, on a session record of 20 MB with 4,952 entries: 0.06 with its library in C, 0.84 without, and this window
#   0.20. It reports neither lines and columns nor the bytes of an item, which every finding needs.
# - The walk alone, without `_VALUE`: 0.25 on that record, but 0.52 against 0.16 on an array of 6,000 compact documents
#   (14 MB), which takes 1.2 to check in all.
# - 4, 8, 12 and 20 levels take the same time.
# - json.JSONDecoder.raw_decode needs the whole text as a str: 0.05, but memory grows with the file.
# Memory of a recording of 329 MB is 1.2 times that of one of 11 MB, by the identities of its documents.
#
# Measure again: `python tests/benchmarks/run.py --part cassette --part memory`; tests/reading/test_streams.py holds
# memory, tests/reading/test_json_items.py the places, whatever the blocks are.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.files.signatures import BOM
from instanceview.reading.files.stream import too_large
from instanceview.reading.json_texts.faults import unexpected
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.json_texts.text_item import TextItem

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEVELS = 12
"""Levels of nesting that one match finds the end of; deeper items are walked.

Entries of captured session records have 3 levels with their bodies as text, and a body that is parsed in its entry adds
the 7 that an instance view has.
"""
_TO_WORD = 1 << 16  # bytes that decide what a message shows of a word: as many characters of it are redacted
_BEFORE = 4096  # bytes before it that may show that it is a secret


def _balanced(levels: int) -> bytes:
    """Return an expression for text between brackets: strings, scalars and so many levels of brackets."""
    inner = rb'[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+"'
    pattern = rb"(?:" + inner + rb")*+"
    for _ in range(levels):
        pattern = rb"(?:" + inner + rb"|[{\[]" + pattern + rb"[}\]])*+"
    return pattern


_VALUE = re.compile(rb"(?s)[{\[]" + _balanced(_LEVELS) + rb'[}\]]|"(?:[^"\\]++|\\.)*+"|[^\s,\[\]{}"]++(?=[\s,\]}])')
_TOKEN = re.compile(rb'(?s)"(?:[^"\\]++|\\.)*+("?)|[{}\[\]]')
_REST = re.compile(rb'(?s)(?:[^"\\]++|\\.)*+("?)')
_CUT_CHARACTER = re.compile(rb"(?:[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})\Z")  # of UTF-8
_SCALAR = re.compile(rb'[^\s,\[\]{}"]++')
_SPACE = re.compile(rb"[ \t\r\n]*")
_CUT_NAME = re.compile(rb'(?s)"(?:[^"\\]++|\\.)*+\\?(?:"[ \t\r\n]*)?')
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"[ \t\r\n]*')
_NAME = re.compile(rb'"((?:[^"\\]++|\\.)*+)"[ \t\r\n]*:')


class Window:
    """The bytes of a text that are read and not yet left behind, the current offset in them, and its place."""

    def __init__(self, blocks: Iterable[bytes], limits: Limits = DEFAULTS) -> None:
        """Begin at the first block, behind a byte order mark."""
        self._limits = limits
        self._most = limits.document_size
        self._blocks = iter(blocks)
        self.data = b""
        self._left = b""
        self.at = 0
        self.is_cut = False  # True if the text ended within an item, whose parser reports that
        self._line = 1
        self._column = 1
        self._counted = 0
        self.more()
        self.data = self.data.removeprefix(BOM)

    def more(self) -> bool:
        """Leave behind what precedes the current offset and read on; return True if there was more.

        As much is read as there is, so that a long item is not looked through once for each block, up to what shows
        that it is too large.
        """
        self.place()
        self._left = self._before()
        self.data, self.at, self._counted = self.data[self.at :], 0, 0
        parts, size = [self.data], 0
        wanted = min(len(self.data), max(self._most - len(self.data), 0))
        while size <= wanted and (block := next(self._blocks, b"")):
            parts.append(block)
            size += len(block)
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

    def _before(self) -> bytes:
        """Return the bytes before the current offset, as many as may show that a word here is a secret."""
        here = self.data[max(0, self.at - _BEFORE) : self.at]
        return here if len(here) == _BEFORE else (self._left + here)[-_BEFORE:]

    def no_name(self) -> NotJSONError:
        """Return the fault that no member name and its colon are here, where the text may end."""
        is_cut = _CUT_NAME.fullmatch(self.data, self.at) is not None
        name = None if is_cut else _STRING.match(self.data, self.at)
        self.at = name.end() if name else self.at
        return self.unexpected("a colon" if name else "a name in double quotes", is_cut=is_cut)

    def unexpected(self, expected: str, *, is_cut: bool = False) -> NotJSONError:
        """Return the fault that something else was expected here, where the text may end."""
        before = self._before().decode("utf-8", "replace")
        while self.at + _TO_WORD > len(self.data):  # else a word at the end of a block would be cut in the message
            if not self.more():
                break
        rest = self.data[self.at : self.at + _TO_WORD].decode("utf-8", "replace")
        cut = "cut off, " if is_cut or not rest else ""
        return NotJSONError(f"not JSON: {cut}{unexpected(expected, before + rest, len(before))}", *self.place())

    def skip_space(self) -> bytes:
        """Go to the next character that is not white space and return it, nothing at the end."""
        while True:
            match = _SPACE.match(self.data, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.data) or not self.more():
                return self.data[self.at : self.at + 1]

    def holds_value(self) -> bool:
        """Return True if the value that starts here is whole in memory."""
        return _VALUE.match(self.data, self.at) is not None

    def item(self, index: int = 0) -> TextItem:
        """Return the value that starts here with its place, and go behind it."""
        line, column = self.place()
        before = self._before()
        data = self.value()
        is_last = data is not None and self.at == len(self.data)
        return TextItem(index, data or b"", line, column, is_last, self._limits, data is None, before)

    def value(self) -> bytes | None:
        """Return the text of the value that starts here, or of what there is of it, and go behind it.

        None means that it is larger than a document may be.
        """
        while True:
            match = _VALUE.match(self.data, self.at)
            end = match.end() if match else self._walk()
            if not end and self._is_too_large():
                self._leave_behind()
                return None
            if end or not self.more():
                self.is_cut = not end and self.data[self.at : self.at + 1] in {b"{", b"[", b'"'}  # else it may be whole
                value, self.at = self.data[self.at : end or len(self.data)], end or len(self.data)
                return value if len(value) <= self._most else None

    def _is_too_large(self) -> bool:
        """Return True if what is in memory is more than one document may have."""
        return len(self.data) - self.at > self._most

    def _leave_behind(self) -> None:
        """Go behind the value that starts here, block by block."""
        depth, in_string = 0, False
        is_scalar = self.data[self.at : self.at + 1] not in {b"{", b"[", b'"'}
        while True:
            if is_scalar:
                match = _SCALAR.match(self.data, self.at)
                self.at = match.end() if match else self.at
            else:
                self.at, depth, in_string = _passed(self.data, self.at, depth, in_string=in_string)
            is_behind = self.at < len(self.data) if is_scalar else not (depth or in_string)
            if is_behind:
                return
            cut = _CUT_CHARACTER.search(self.data, max(self.at - 3, 0), self.at)
            self.at = cut.start() if cut else self.at
            if not self.more():
                self.is_cut = not is_scalar
                self.at = len(self.data)
                return

    def _walk(self) -> int:
        """Return the offset of the end of a deeply nested value, 0 where it has none."""
        if self.data[self.at : self.at + 1] not in {b"{", b"["}:
            return 0
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
            if self._is_too_large():
                raise NotJSONError(too_large("a name", self._limits), *self.place())
            if not self.more():
                return None


def _passed(data: bytes, start: int, depth: int, *, in_string: bool) -> tuple[int, int, bool]:
    """Return the offset behind a value, or of the end of the data, how deep that is, and True if it is in a string."""
    if in_string:
        rest = _REST.match(data, start)
        start = rest.end() if rest else start
        if not (rest and rest[1]):
            return start, depth, True
        if not depth:
            return start, 0, False
    for token in _TOKEN.finditer(data, start):
        if token[0].startswith(b'"') and not token[1]:
            return token.end(), depth, True
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
        if depth == 0:
            return token.end(), 0, False
    return len(data), depth, False
