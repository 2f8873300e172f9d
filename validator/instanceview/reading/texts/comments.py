"""JSON with comments and trailing commas, for files and fences that say by name that they have them."""

from __future__ import annotations

import re

_COMMENTS = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)')
_COMMAS = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|,(?=[ \t\r\n]*+[}\]])')
_FENCES = re.compile(r"(?m)^[ \t>*+-]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?:jsonc|json5)\b[^\n]*+\n")


def without_comments(text: str) -> str:
    """Return a text with spaces in place of comments and trailing commas, so that every offset stays.

    >>> without_comments('{"a": "//", /* b */ "c": [1,],} // d')
    '{"a": "//",         "c": [1 ] }     '
    """
    return _COMMAS.sub(_blank, _COMMENTS.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    found = match[0]
    return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)


def without_comments_in_fences(text: str) -> str:
    """Return a text without the comments and trailing commas of its fences that are called jsonc or json5."""
    parts, done = [], 0
    while fence := _FENCES.search(text, done):
        end = text.find("\n" + fence["fence"], fence.end())
        end = text.find(fence["fence"], fence.end()) if end < 0 else end
        end = len(text) if end < 0 else end
        parts += [text[done : fence.end()], without_comments(text[fence.end() : end])]
        done = max(end, fence.end())
    return "".join([*parts, text[done:]])
