"""Prefixes that a program, a mail or a comment puts before each line, learnt from their shape and taken off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.reading.texts.regions import region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reading.texts.regions import Piece, Region

_TOKENS = r'(?:[ \t]++|"(?:[^"\\\n]++|\\.)*+"|[{}\[\],:]|-?[0-9][0-9.eE+-]*+|(?:true|false|null)\b)*+'
LONGEST = 300
"""Characters of the longest prefix; times, names of hosts, containers and programs have together a third of it."""
_LEARNT = re.compile(rf'(?P<prefix>[^"{{}}\n]{{0,{LONGEST}}}+)(?=["{{}}])' + _TOKENS + "(?:\n|$)")
_JSON_LINE = re.compile(r"[ \t]*+(?:[}\]]|" + _TOKENS + "(?:\n|$))")
# Numbers of a time, a process or a counter, which differ from line to line: `2024-05-06T07:08:09.123`, `4711`.
_SIGNS = re.compile(r"(?P<number>[0-9]++(?:[.,:/+-][0-9]++)*+)|(?P<space>\s++)")
_NUMBER = r"[0-9]++(?:[.,:/+-][0-9]++)*+"

MOST_OTHERS = 20
"""The most lines of other programs, one after another, among the lines of a value."""


def pattern_of(prefix: str) -> re.Pattern[str]:
    """Return the pattern of a prefix: of its shape, since the numbers in it differ from line to line.

    >>> bool(pattern_of("app_1  | 07:08:09").match("app_1  | 10:11:12.5 {"))
    True
    """
    parts, done = [], 0
    for sign in _SIGNS.finditer(prefix.rstrip()):
        parts += [re.escape(prefix[done : sign.start()]), _NUMBER if sign["number"] else r"[ \t]++"]
        done = sign.end()
    return re.compile("".join([*parts, re.escape(prefix.rstrip()[done:])]))


def learnt(text: str, start: int) -> re.Pattern[str] | None:
    """Return the pattern of the prefix of the lines after an offset, which goes on as JSON does after the prefix.

    It has neither quotes nor braces, and is empty where lines of other programs are between lines without one. None
    means that no line goes on as JSON.
    """
    for number, (begin, _) in enumerate(_lines(text, start)):
        found = _LEARNT.match(text, begin)
        if found:
            return pattern_of(found["prefix"])
        if number == MOST_OTHERS:
            break
    return None


def unprefixed(text: str, start: int, first: list[Piece], prefix: re.Pattern[str], size: int) -> Region:
    """Return the first pieces and so many lines after an offset, each without its prefix.

    A line without the prefix, or that does not go on as JSON, is of another program and left out.
    """
    pieces, others = list(first), 0
    for begin, end in _lines(text, start):
        found = prefix.match(text, begin, end)
        if found and _JSON_LINE.match(text, found.end(), end):
            pieces.append((text[found.end() : end], found.end()))
            others = 0
        else:
            others += bool(text[begin:end].strip())
        if others > MOST_OTHERS:
            break
        if len(pieces) > size:
            return region_of(pieces, is_all=False)
    return region_of(pieces)


def goes_on_as_json(line: str) -> bool:
    """Return True if a line may be one of a JSON value that is written over several."""
    return _JSON_LINE.match(line) is not None


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end, with its line break, of each line after the one that an offset is in."""
    end = line_end(text, start)
    while end < len(text):
        begin, end = end, line_end(text, end)
        yield begin, end


def prefix_at(text: str, start: int) -> str | None:
    r"""Return the text before an offset in its line, None where it is longer than a prefix.

    >>> prefix_at("a\n> {", 4)
    '> '
    """
    begin = text.rfind("\n", max(start - LONGEST - 1, 0), start) + 1
    return text[begin:start] if begin or start <= LONGEST else None


def line_end(text: str, start: int) -> int:
    """Return the offset after the line break of the line that an offset is in."""
    end = text.find("\n", start)
    return len(text) if end < 0 else end + 1
