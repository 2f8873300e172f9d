"""Literals of JavaScript, as recorders write answers into programs -> their text or JSON text, with its offsets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from instanceview.reading.formats._javascript_text import (
    COMMENT,
    CUT_STRING,
    SPACE,
    STRING,
    Literal,
    NotLiteralError,
    Written,
    characters,
    skip,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING = re.compile(STRING)
_HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair: as an escape it is JSON, as a character it is not UTF-8
_EXPRESSION = re.compile(r"(?<!\\)(?:\\\\)*\$\{")
_TOKEN = re.compile(
    rf"(?P<string>{STRING})|(?P<space>(?:\s++|{COMMENT})++)|(?P<name>[A-Za-z_$][\w$]*)"
    r"|(?P<number>[-+.\w]+)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<sign>[:,])"
)
_CUT = re.compile(rf"(?:{CUT_STRING}|[-+.\w$]*+)\Z")
_CALL = re.compile(rf"JSON{SPACE}\.{SPACE}stringify{SPACE}\({SPACE}")


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


def _next(program: str, start: int) -> str:
    """Return the next character that is neither white space nor in a comment, empty at the end."""
    after = skip(program, start)
    return program[after : after + 1]


def _strings(program: str, start: int) -> Literal:
    written = Written(program, start + 1)
    while True:
        match = _STRING.match(program, start)
        if not match:
            raise NotLiteralError("a string that is cut off", start)
        if match[0].startswith("`") and _EXPRESSION.search(match[0]):
            raise NotLiteralError("a template with expressions", start)
        for text, place in characters(program, start + 1, match.end() - 1):
            written.add(text, place)
        plus = skip(program, match.end())
        if program[plus : plus + 1] != "+":
            return written.literal(match.end())
        start = skip(program, plus + 1)


def _json_of_literal(program: str, start: int) -> Literal:
    """Return the JSON text of an object or array literal, or of a plain value."""
    written = Written(program, start)
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
        decoded = "".join(each for each, _ in characters(program, place + 1, token.end() - 1))
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
