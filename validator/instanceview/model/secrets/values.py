"""Values after the name of a secret: where they end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Find = Callable[[str, int], int]

_BARE = re.compile(
    r"""(?:[^\s&;,|"'<>`\\]
    |[&|](?![\s"'\\]|\Z|[\w.$%-]{1,40}\s*=)
    |,(?![\s"'\\]|\Z|[\w.$%-]{1,40}\s*[=:])
    |["'`](?=[\w%+/=~-])
    |\\(?!["'`])|\\["'`](?=[\w%+/]))++
    """,
    re.VERBOSE,
)
_WRAPPED = re.compile(r"(?:\r?\n[ \t]*[A-Za-z0-9+/_-]{4,}(?:={1,2}(?=\s)|={0,2}(?=[ \t]*(?:\r?\n|\Z)|[\"'])))++")
_WIDTH = 60
"""Characters of a line of base64 that goes on in the next line: wrapped lines have 64 or 76."""


BARE = ""
"""The mark that `finder` takes for the end of a value without quotes: names in such a value have the same end."""


def finder(text: str) -> Find:
    """Return a function to the offset of a mark from an offset on, the length of the text where it has none.

    It remembers the last answer for each mark, and from where it was looked for. So all searches together read the text
    once for each mark, and what they go back a second time.
    """
    known: dict[str, tuple[int, int]] = {}

    def first(mark: str, start: int, end: int) -> int:
        if mark != BARE:
            return text.find(mark, start, end)
        bare = _BARE.match(text, start)
        return bare.end() if bare else start

    def find(mark: str, start: int) -> int:
        since, offset = known.get(mark, (start, -1))
        if start < since:
            nearer = first(mark, start, since + len(mark) - 1)
            return offset if nearer < 0 else nearer
        if offset < start:
            offset = first(mark, start, len(text))
            offset = len(text) if offset < 0 else offset
            known[mark] = start, offset
        return offset

    return find


def quoted_end(text: str, start: int, quote: str, find: Find) -> int:
    """Return the offset of the closing quote of a value, or that of the end of its line before it."""
    end = find(quote, start)
    while start < end < len(text) and (text[end - 1] == "\\" or _is_doubled(text, end, quote)):
        end = find(quote, end + (1 if text[end - 1] == "\\" else 2))
    line = find("\n", start)
    return end if line > end else _after_wrapped(text, start, line)


def _is_doubled(text: str, end: int, quote: str) -> bool:
    """Return True if a quote is one of two that are a quote in the value, as in a connection string."""
    after = end + 2 * len(quote)
    return len(quote) == 1 and text.startswith(2 * quote, end) and text[after : after + 1].isalnum()


def bare_end(text: str, start: int, find: Find) -> int:
    """Return the offset after a value without quotes, which ends at a space or a delimiter."""
    end = find(BARE, start)
    if end == start:
        return start
    last = text[end - 1]
    if last in ")]}" and text.find({")": "(", "]": "[", "}": "{"}[last], start, end) < 0:
        end -= 1
    return _after_wrapped(text, start, end) if text[end : end + 1] in {"\n", "\r"} else end


def _after_wrapped(text: str, start: int, end: int) -> int:
    """Return the offset after the lines of base64 that a value goes on with."""
    if end - start < _WIDTH:
        return end
    wrapped = _WRAPPED.match(text, end)
    return wrapped.end() if wrapped else end


def object_end(text: str, start: int) -> int:
    """Return the offset after the object that begins at an offset."""
    depth = 0
    for match in re.compile("[{}]").finditer(text, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)
