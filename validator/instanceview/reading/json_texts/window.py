"""A window over a JSON text that comes in blocks: it moves on value by value, and knows its line and column."""

# Goal: read the items of one array (entries of a recording, documents) from a text of any size, in constant memory.
# Each comes with its bytes and its place in the file.
#
# Plan: keep the bytes that are read and not yet passed. `ends.py` finds the end of a value in them, and where it finds
# none, read on. An item is parsed by itself, so that a fault in one item does not end the reading.
#
# Invariants:
# - `data[at:]` is what is left to read; `more()` drops what precedes `at`, so offsets hold only until then.
# - `_line` and `_column` are the place of `_counted`, which is never beyond `at`; `place()` counts on from there once.
# - `more()` at least doubles what is in memory, so that a long item is not looked through once for each block.
# - What is larger than a document may be is passed block by block, and never in memory as a whole.
# - A value that is cut off ends with the text, and `is_cut` says so; its fault is found by its parser.
#
# Tried, on 2 cores with Python 3.11, in seconds of the processor:
# - ijson 3, on a session record of 20 MB with 4,952 entries: 0.06 with its library in C, 0.84 without, and this window
#   0.20. It reports neither lines and columns nor the bytes of an item, which every finding needs.
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
from instanceview.reading.json_texts.ends import CUT_CHARACTER, SCALAR, VALUE, end_of_deep, passed
from instanceview.reading.json_texts.faults import unexpected
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.json_texts.text_item import TextItem

if TYPE_CHECKING:
    from collections.abc import Iterable

_TO_WORD = 1 << 16  # bytes that decide what a message shows of a word: as many characters of it are redacted
_BEFORE = 4096  # bytes before it that may show that it is a secret


_SPACE = re.compile(rb"[ \t\r\n]*")
_CUT_NAME = re.compile(rb'(?s)"(?:[^"\\]++|\\.)*+\\?(?:"[ \t\r\n]*)?')
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"[ \t\r\n]*')
_NAME = re.compile(rb'"((?:[^"\\]++|\\.)*+)"[ \t\r\n]*:')


class Window:
    """The bytes of a text that are read and not yet passed, the current offset in them, and its place."""

    def __init__(self, blocks: Iterable[bytes], limits: Limits = DEFAULTS) -> None:
        """Begin at the first block, after a byte order mark."""
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
        """Drop what precedes the current offset and read on; return True if there was more.

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
        return VALUE.match(self.data, self.at) is not None

    def item(self, index: int = 0) -> TextItem:
        """Return the value that starts here with its place, and go to its end."""
        line, column = self.place()
        before = self._before()
        data = self.value()
        is_last = data is not None and self.at == len(self.data)
        return TextItem(index, data or b"", line, column, is_last, self._limits, data is None, before)

    def value(self) -> bytes | None:
        """Return the text of the value that starts here, or of what there is of it, and go to its end.

        None means that it is larger than a document may be.
        """
        while True:
            match = VALUE.match(self.data, self.at)
            end = match.end() if match else end_of_deep(self.data, self.at)
            if not end and self._is_too_large():
                self._pass_by()
                return None
            if end or not self.more():
                self.is_cut = not end and self.data[self.at : self.at + 1] in {b"{", b"[", b'"'}  # else it may be whole
                value, self.at = self.data[self.at : end or len(self.data)], end or len(self.data)
                return value if len(value) <= self._most else None

    def _is_too_large(self) -> bool:
        """Return True if what is in memory is more than one document may have."""
        return len(self.data) - self.at > self._most

    def _pass_by(self) -> None:
        """Go to the end of the value that starts here, block by block."""
        depth, in_string = 0, False
        is_scalar = self.data[self.at : self.at + 1] not in {b"{", b"[", b'"'}
        while True:
            if is_scalar:
                match = SCALAR.match(self.data, self.at)
                self.at = match.end() if match else self.at
            else:
                self.at, depth, in_string = passed(self.data, self.at, depth, in_string=in_string)
            is_passed = self.at < len(self.data) if is_scalar else not (depth or in_string)
            if is_passed:
                return
            cut = CUT_CHARACTER.search(self.data, max(self.at - 3, 0), self.at)
            self.at = cut.start() if cut else self.at
            if not self.more():
                self.is_cut = not is_scalar
                self.at = len(self.data)
                return

    def name(self) -> bytes | None:
        """Return the member name that starts here and go to the end of its colon."""
        while True:
            match = _NAME.match(self.data, self.at)
            if match:
                self.at = match.end()
                return match[1]
            if self._is_too_large():
                raise NotJSONError(too_large("a name", self._limits), *self.place())
            if not self.more():
                return None
