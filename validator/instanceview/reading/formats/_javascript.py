"""Literals of JavaScript, as recorders write answers into programs -> their text, and the map of its offsets."""

from __future__ import annotations

import json
import re
from array import array
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
_HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair: as an escape it is JSON, as a character it is not UTF-8
_ONE = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_STRING = re.compile(STRING)
_SPACE = re.compile(SPACE)
_EXPRESSION = re.compile(r"(?<!\\)(?:\\\\)*\$\{")
_TOKEN = re.compile(
    rf"(?P<string>{STRING})|(?P<space>(?:\s++|{COMMENT})++)|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<number>[-+.\w]+)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<sign>[:,])"
)
_CUT = re.compile(rf"(?:{CUT_STRING}|[-+.\w$]*+)\Z")
_CALL = re.compile(rf"JSON{SPACE}\.{SPACE}stringify{SPACE}\({SPACE}")


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


def literal(program: str, start: int) -> Literal:
    r"""Return the text of strings, added up, or the JSON text of an object or array literal; raises NotLiteralError.

    >>> literal(r"'a\x62' + 'c'", 0).text, literal("{a: ['b',],}", 0).text
    ('abc', '{"a": ["b"]}')
    """
    start = skip(program, start)
    if program[start : start + 1] in {'"', "'", "`"}:
        return _strings(program, start)
    call = _CALL.match(program, start)
    found = _json_of_literal(program, call.end() if call else start)
    if not call:
        return found
    end = skip(program, found.end)
    if program[end : end + 1] != ")":
        raise NotLiteralError("JSON.stringify of more than a literal", end)
    return found._replace(end=end + 1)


def skip(program: str, start: int) -> int:
    """Return the offset of the next character that is neither white space nor in a comment."""
    match = _SPACE.match(program, start)
    return match.end() if match else start


def _next(program: str, start: int) -> str:
    """Return the next character that is neither white space nor in a comment, empty at the end."""
    after = skip(program, start)
    return program[after : after + 1]


class _Written:
    """The text of a literal as it is put together, with an entry of the map only where a place does not follow.

    Of a long literal, most is as written: an entry for each token would take 60 times its text.
    """

    def __init__(self, program: str, start: int) -> None:
        self._program = program
        self._parts: list[str] = []
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
                self._parts.append(text)
                self._size += len(text)
                self._begin = self._end = place + len(text)
                return
            self._begin = self._end = place
        self._size += len(text)
        self._end = place + len(text)

    def _close(self) -> None:
        if self._begin < self._end:
            self._parts.append(self._program[self._begin : self._end])

    def literal(self, end: int) -> Literal:
        """Return the literal, which ends at an offset of the program."""
        self._close()
        return Literal("".join(self._parts), OffsetMap(self._inside, self._outside), end)


def _strings(program: str, start: int) -> Literal:
    written = _Written(program, start + 1)
    while True:
        match = _STRING.match(program, start)
        if not match:
            raise NotLiteralError("a string that is cut off", start)
        if match[0].startswith("`") and _EXPRESSION.search(match[0]):
            raise NotLiteralError("a template with expressions", start)
        for text, place in _characters(program, start + 1, match.end() - 1):
            written.add(text, place)
        plus = skip(program, match.end())
        if program[plus : plus + 1] != "+":
            return written.literal(match.end())
        start = skip(program, plus + 1)


def _characters(program: str, start: int, end: int) -> Iterator[tuple[str, int]]:
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


def _json_of_literal(program: str, start: int) -> Literal:
    """Return the JSON text of an object or array literal, or of a plain value."""
    written = _Written(program, start)
    depth, offset = 0, start
    while True:
        token = _TOKEN.match(program, offset)
        if not token:
            raise _no_literal(program, offset)
        for text, place in _as_json(program, token):
            written.add(text, place)
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        offset = token.end()
        if depth == 0 and token.lastgroup != "space":
            return written.literal(offset)


def _no_literal(program: str, offset: int) -> NotLiteralError:
    """Return the fault at an offset; a string or a word there that the program ends with is cut off."""
    is_cut = _CUT.match(program, offset) is not None
    return NotLiteralError("cut off" if is_cut else "an expression that is not a literal", offset)


def _as_json(program: str, token: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the JSON text of a token: names in quotes, strings in double quotes, no comments, no comma at the end."""
    text, place = token[0], token.start()
    if token.lastgroup == "name":
        yield from _name(program, token)
    elif token.lastgroup == "string" and not _is_json_string(text):
        decoded = "".join(each for each, _ in _characters(program, place + 1, token.end() - 1))
        yield json.dumps(decoded, ensure_ascii=bool(_HALF.search(decoded))), place
    elif token.lastgroup == "space" and "/" in text:
        yield " ", place
    elif text != "," or _next(program, token.end()) not in {"]", "}"}:
        yield text, place


def _name(program: str, token: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield a name in quotes, or a word of JSON as it is."""
    text, place = token[0], token.start()
    if _next(program, token.end()) == ":":
        yield from (('"', place), (text, place), ('"', place + len(text) - 1))
    elif text in {"true", "false", "null"}:
        yield text, place
    else:
        raise _no_literal(program, place)


def _is_json_string(text: str) -> bool:
    try:
        return isinstance(json.loads(text), str)
    except ValueError:
        return False
