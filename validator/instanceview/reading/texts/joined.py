r"""Texts that a console or a program wrote in another form: with line breaks in strings, or as a string in a string."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.texts.prefixes import line_end, pattern_of, prefix_at
from instanceview.reading.texts.regions import cut, region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.source import Source
    from instanceview.reading.texts.regions import Piece, Region

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BREAK = re.compile(r"\r?\n")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class _Form(NamedTuple):
    """A way in which a string holds JSON: how it begins, up to which characters it goes on, and its escapes."""

    begins: re.Pattern[str]
    rest: re.Pattern[str]
    escapes: re.Pattern[str]


_BACKSLASHES = r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<letter>.))"
_FORMS = (
    # The string of a program or of JSON, itself perhaps in such a string: `"{\"a\": 1}"`.
    _Form(
        re.compile(r'[\[{](?:[\[{ \t]|\\++[nrt]){0,64}+\\++"'),
        re.compile(r'(?:[^"\\\n]++|\\[^\n])*+'),
        re.compile(_BACKSLASHES),
    ),
    # A string of Python or JavaScript in single quotes: `'{\r\n  "a": 1}'`.
    _Form(
        re.compile(r'[\[{][\[{ \t]{0,8}+\\[nrt](?:[\[{ \t]|\\[nrt]){0,64}+"'),
        re.compile(r"(?:[^'\\\n]++|\\[^\n])*+"),
        re.compile(_BACKSLASHES),
    ),
    # A field of CSV (RFC 4180, 2.7), which may have line breaks: `"{""a"": 1}"`.
    _Form(
        re.compile(r'[\[{]\s{0,64}+""[A-Za-z]'),
        re.compile(r'(?:[^"]++|"")*+'),
        re.compile(r'"(?P<code>(?!))?(?P<letter>")'),
    ),
)


def unwrapped(text: str, start: int, size: int) -> Region:
    """Return so many lines from an offset on, without the line breaks in their strings, which are a console's.

    Where the first line has a prefix, such as that of a mail, it is taken off the others, too.

    >>> unwrapped('> {"co' + chr(10) + '> de": 1}', 2, 4).text
    '{"code": 1}'
    """
    prefix = re.compile(pattern_of(prefix_at(text, start) or "").pattern + " ?")
    end = line_end(text, start)
    pieces: list[Piece] = [(text[start:end], start)]
    while end < len(text) and len(pieces) < size:
        begin, end = end, line_end(text, end)
        found = prefix.match(text, begin, end) if prefix.pattern != " ?" else None
        begin = found.end() if found else begin
        pieces.append((text[begin:end], begin))
    lines = region_of(pieces)
    kept = (piece for span in _without_breaks(lines.text) for piece in lines.pieces(*span))
    return region_of(kept, is_all=end == len(text))


def without_breaks(lines: Source) -> Source:
    r"""Return a text with a piece for each line, without the line breaks in its strings.

    >>> from instanceview.places.source import Source
    >>> without_breaks(Source('{"co\nde": 1}\n').by_lines()).text
    '{"code": 1}\n'
    """
    return cut(lines, _without_breaks(lines.text))


def _without_breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text between the line breaks in its strings: JSON has none there."""
    done = 0
    for string in _STRING.finditer(text):
        for line_break in _BREAK.finditer(text, *string.span()):
            yield done, line_break.start()
            done = line_break.end()
    yield done, len(text)


def is_escaped(text: str, start: int) -> bool:
    r"""Return True if JSON begins at an offset in the form that a string has it in.

    >>> is_escaped(r'body="{\"statuses\": []}"', 6), is_escaped("{}", 0)
    (True, False)
    """
    return _form(text, start) is not None


def _form(text: str, start: int) -> _Form | None:
    return next((form for form in _FORMS if form.begins.match(text, start)), None)


def unescaped(text: str, start: int, size: int) -> Region:
    r"""Return the rest of a string from an offset on, of so many characters, its escapes resolved.

    >>> unescaped(r'"{\"a\": 1}"', 1, 99).text, unescaped('"{""a"": 1}"', 1, 99).text
    ('{"a": 1}', '{"a": 1}')
    """
    form = _form(text, start) or _FORMS[0]
    rest = form.rest.match(text, start, start + size)
    end = rest.end() if rest else start
    pieces: list[Piece] = [(text[start:end], start)]
    for _ in range(_levels(form, text, start)):
        pieces = list(_resolved(form, pieces))
    return region_of(pieces, is_all=end < start + size - 1)


def _levels(form: _Form, text: str, start: int) -> int:
    r"""Return how often a string was escaped: `\"` once, `\\\"` twice."""
    found = form.begins.match(text, start)
    before = found[0].rstrip('"') if found else ""
    backslashes = len(before) - len(before.rstrip("\\"))
    return max((backslashes + 1).bit_length() - 1, 1)


def _resolved(form: _Form, pieces: list[Piece]) -> Iterator[Piece]:
    region = region_of(pieces)
    done = 0
    for escape in form.escapes.finditer(region.text):
        yield from region.pieces(done, escape.start())
        value = chr(int(escape["code"], 16)) if escape["code"] else _LETTERS.get(escape["letter"], escape["letter"])
        yield value, region.offset(escape.start())
        done = escape.end()
    yield from region.pieces(done, len(region.text))
