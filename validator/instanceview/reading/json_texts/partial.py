"""JSON values in the midst of a text, each decoded from parts of the text, so that the time grows with the text."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import NamedTuple

from instanceview.model.limits import MOST_LEVELS
from instanceview.places.spans import skip_space

GROWTH = 4
"""What a part that is too short is multiplied by: what is read of a whole value is read a third more than once."""

_PART = 512  # characters of a text: an error of the parser counts the lines of all that it was given
_TAIL = 8  # characters at the end, which may be those of a number or a word that is cut off
_NO_OBJECT = re.compile(r'\{[ \t\r\n]*+(?=[^"}\s])')  # a brace of other text: the parser takes 10 times as long for it
_SPACE = re.compile(r"\s*+\Z")
_TOKEN = re.compile(r'"(?:[^"\\\n]++|\\.)*+"|[{}\[\]]')

# Whole numbers of any length: that Python refuses more than 4,300 digits is not a fault of the text.
_DECODER = JSONDecoder(parse_int=float)


class Fault(NamedTuple):
    """The offset where a text is not JSON, and why.

    A line break in a string is the reason, or that the text ends there, or that the value is nested too deep.
    `is_direct` means that the text is JSON up to there as it is, without being put together.
    """

    offset: int
    is_break: bool = False
    is_end: bool = False
    is_deep: bool = False
    is_direct: bool = False


def decoded(text: str, start: int) -> tuple[object, int] | Fault:
    """Return the JSON value at an offset of a text and the offset of its end, or the fault."""
    quick = _NO_OBJECT.match(text, start, start + _PART - _TAIL)
    if quick and quick.end() + _TAIL < len(text):
        return Fault(quick.end())
    size = _PART
    while True:
        found = _of_part(text[start : start + size])
        if not isinstance(found, Fault):
            return found[0], start + found[1]
        if found.is_deep:
            return Fault(_after_deep(text, start), is_deep=True)
        if not found.is_end or start + size >= len(text):
            return found._replace(offset=start + found.offset)
        size *= GROWTH


def _of_part(part: str) -> tuple[object, int] | Fault:
    try:
        value, end = _DECODER.raw_decode(part)
    except JSONDecodeError as error:
        offset = error.pos
        if error.msg.startswith("Illegal trailing comma"):  # Python 3.13 gives the comma, others what follows it
            offset = skip_space(part, offset + 1)
        is_break = error.msg.startswith("Invalid control") and part[offset] == "\n"
        is_end = error.msg.startswith("Unterminated") or len(part) - offset <= _TAIL
        return Fault(offset, is_break, is_end or _SPACE.match(part, offset) is not None)
    except RecursionError:
        return Fault(0, is_deep=True)
    return value, end


def _after_deep(text: str, start: int) -> int:
    """Return the offset after the first bracket that closes a value which is nested too deep.

    All before it was looked at. To look at each of its brackets anew takes a time that grows with their square.
    """
    depth = deepest = 0
    for token in _TOKEN.finditer(text, start):
        if token[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in "]}":
            depth -= 1
            if deepest > MOST_LEVELS:
                return token.end()
    return len(text)
