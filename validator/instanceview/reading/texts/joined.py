r"""Texts that a console or a program wrote in another form: with line breaks in strings, or as a string in a string."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.reading.texts.regions import region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.texts.regions import Piece, Region

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_ESCAPED = re.compile(r'[\[{](?:[\[{ \t]|\\++[nrt]){0,64}+\\++"')
_QUOTED = re.compile(r'(?:[^"\\\n]++|\\[^\n])*+')
_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<letter>.))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def unwrapped(text: str, start: int, size: int) -> Region:
    """Return so many lines from an offset on, without the line breaks in their strings, which are a console's.

    >>> unwrapped('{"co' + chr(10) + 'de": 1}', 0, 4).text
    '{"code": 1}'
    """
    end, lines = start, 0
    while end < len(text) and lines < size:
        end, lines = (text.find("\n", end) + 1) or len(text), lines + 1
    return region_of(_without_breaks(text, start, end), is_all=end == len(text))


def _without_breaks(text: str, start: int, end: int) -> Iterator[Piece]:
    done = start
    for string in _STRING.finditer(text, start, end):
        if "\n" not in string[0]:
            continue
        for line_break in re.finditer("\n", string[0]):
            at = string.start() + line_break.start()
            yield text[done:at], done
            done = at + 1
    yield text[done:end], done


def is_escaped(text: str, start: int) -> bool:
    r"""Return True if JSON begins at an offset whose quotes are escaped, since it is the value of a string.

    >>> is_escaped(r'body="{\"statuses\": []}"', 6), is_escaped("{}", 0)
    (True, False)
    """
    return _ESCAPED.match(text, start) is not None


def unescaped(text: str, start: int, size: int) -> Region:
    r"""Return the rest of a string from an offset on, of so many characters or some more, its escapes resolved.

    >>> unescaped(r'"{\"a\": 1}"', 1, 99).text
    '{"a": 1}'
    """
    rest = _QUOTED.match(text, start, start + size)
    end = rest.end() if rest else start
    levels = _levels(text, start)
    pieces: list[Piece] = [(text[start:end], start)]
    for _ in range(levels):
        pieces = list(_resolved(pieces))
    return region_of(pieces, is_all=end < start + size - 1)


def _levels(text: str, start: int) -> int:
    r"""Return how often a string was escaped: `\"` once, `\\\"` twice."""
    found = _ESCAPED.match(text, start)
    backslashes = len(found[0]) - len(found[0].rstrip('"').rstrip("\\")) - 1 if found else 0
    return (backslashes + 1).bit_length() - 1


def _resolved(pieces: list[Piece]) -> Iterator[Piece]:
    text = "".join(piece for piece, _ in pieces)
    region = region_of(pieces)
    done = 0
    for escape in _ESCAPE.finditer(text):
        yield from region.pieces(done, escape.start())
        value = chr(int(escape["code"], 16)) if escape["code"] else _LETTERS.get(escape["letter"], escape["letter"])
        yield value, region.offset(escape.start())
        done = escape.end()
    yield from region.pieces(done, len(text))
