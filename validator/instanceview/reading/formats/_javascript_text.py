"""The text of a JavaScript program: its strings, comments and white space; the text of a literal, with its offsets."""

from __future__ import annotations

import json
import re
from array import array
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from instanceview.places.body import OffsetMap

if TYPE_CHECKING:
    from collections.abc import Iterator

STRING = r"\"(?:[^\"\\\n]++|\\(?s:.))*+\"|'(?:[^'\\\n]++|\\(?s:.))*+'|`(?:[^`\\]++|\\(?s:.))*+`"
"""An expression for a string, in any of the three quotes."""

CUT_STRING = r"\"(?:[^\"\\\n]++|\\(?s:.))*+|'(?:[^'\\\n]++|\\(?s:.))*+|`(?:[^`\\]++|\\(?s:.))*+"
"""An expression for a string that lacks its end, up to that of its line."""

COMMENT = r"//[^\n]*+|/\*(?s:.)*?(?:\*/|\Z)"
"""An expression for a comment, be it cut off."""

SPACE = rf"(?:\s++|{COMMENT})*+"
"""An expression for white space and comments."""

_ESCAPE = re.compile(
    r"\\(?:(?P<pair>u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|u\{(?P<point>[0-9a-fA-F]{1,6})\}"
    r"|u(?P<unit>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2})|(?P<break>\r\n|[\n\r\u2028\u2029])|(?P<one>(?s:.)))|\r\n?"
)
_ONE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_SPACE = re.compile(SPACE)


class NotLiteralError(ValueError):
    """An expression that is not a literal, or is cut off; `offset` is its offset in the program."""

    def __init__(self, reason: str, offset: int) -> None:
        """Keep the reason and the place."""
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


class Literal(NamedTuple):
    """The text of an expression, the map of its offsets to those in the program, and the offset of its end there."""

    text: str
    offsets: OffsetMap
    end: int


def skip(program: str, start: int) -> int:
    """Return the offset of the next character that is neither white space nor in a comment."""
    match = _SPACE.match(program, start)
    return match.end() if match else start


class Written:
    """The text of a literal as it is put together, with an entry of the map only where a place does not follow.

    Of a long literal, most is as written: an entry for each token would take 60 times its text.
    """

    def __init__(self, program: str, start: int) -> None:
        """Begin with nothing, at an offset of the program."""
        self._program = program
        self._text = StringIO()  # a list of short parts would take ten times as much
        self._inside, self._outside = array("Q", (0,)), array("Q", (start,))
        self._size = 0
        self._begin = self._end = start  # of what is as written and not yet a part

    def add(self, text: str, place: int) -> None:
        """Add a text that is at a place in the program, in another form perhaps."""
        if place != self._end or not self._program.startswith(text, place):
            self._close()
            if place - self._size != self._outside[-1] - self._inside[-1]:
                self._inside.append(self._size)
                self._outside.append(place)
            if not self._program.startswith(text, place):
                self._text.write(text)
                self._size += len(text)
                self._begin = self._end = place + len(text)
                return
            self._begin = self._end = place
        self._size += len(text)
        self._end = place + len(text)

    def _close(self) -> None:
        if self._begin < self._end:
            self._text.write(self._program[self._begin : self._end])

    def literal(self, end: int) -> Literal:
        """Return the literal, which ends at an offset of the program."""
        self._close()
        return Literal(self._text.getvalue(), OffsetMap(self._inside, self._outside), end)


def characters(program: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the text of a string between two offsets, in pieces with their offsets in the program."""
    for escape in _ESCAPE.finditer(program, start, end):
        if start < escape.start():
            yield program[start : escape.start()], start
        yield _character(escape), escape.start()
        start = escape.end()
    yield program[start:end], start


def _character(escape: re.Match[str]) -> str:
    if escape["pair"]:
        return str(json.loads(f'"\\{escape["pair"]}"'))
    if escape["break"] is not None:
        return ""
    if escape["one"] is not None:
        return _ONE.get(escape["one"], escape["one"])
    digits = escape["point"] or escape["unit"] or escape["byte"]
    # Without digits it is a line break in a template.
    return chr(min(int(digits, 16), 0x10FFFF)) if digits else "\n"
