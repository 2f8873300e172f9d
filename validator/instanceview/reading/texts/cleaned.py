r"""Texts without what JSON does not have: colours, links, carriage returns, the two characters `^M`, and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.places.source import Source
from instanceview.reading.texts.regions import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

# ECMA-48, 5.3 and 5.4: control sequences, strings with their end, and other escapes. An end that is missing is not
# looked for beyond the line.
_ESCAPES = (
    r"\x1b\[[0-?]*+[ -/]*+[@-~]|\x9b[0-?]*+[ -/]*+[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\n]*+(?:\x07|\x1b\\)?|\x1b[ -/]*+[0-~]"
)
_RETURNS = r"(?:\^M|\r)++"
# Colours whose first character was lost or was written as text: `[37m`, `^[[37m`, `\x1b[37m`.
_LOST = r"(?:\^\[|\\u001[bB]|\\x1[bB]|\\033|\\e|\u241b|\ufffd)?\[[0-9;]*+m"
_MARKS = re.compile(_ESCAPES + "|" + _RETURNS)
_MARKS_AND_LOST = re.compile(_MARKS.pattern + "|" + _LOST)
_LOST_IN_JSON = re.compile(rf"(?m)(?:^|[{{}}\],:])[ \t]*+{_LOST}")
_FOREIGN = re.compile(rb"\x1b|\xc2\x9b|\^M\r?(?:\n|\Z)|(?m:^ ?> )")
_COMMENTS = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)')
_COMMAS = re.compile(r'"(?:[^"\\\n]++|\\.)*+"?|,(?=[ \t\r\n]*+[}\]])')
_FENCES = re.compile(r"(?m)^[ \t>*+-]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?:jsonc|json5)\b[^\n]*+\n")


def is_marked(data: bytes) -> bool:
    r"""Return True if bytes hold a colour, `^M` or a quoted line, so that they are a paste and not broken JSON.

    >>> is_marked(b'{\x1b[0m'), is_marked(b'> {}'), is_marked(b'{"a" 1}')
    (True, True, False)
    """
    return _FOREIGN.search(data) is not None or has_lost_colours(data.decode("utf-8", "replace"))


def has_lost_colours(text: str) -> bool:
    """Return True if a text holds colours without their first character, where JSON has brackets and commas.

    >>> has_lost_colours('{[37m'), has_lost_colours('{"message": "it printed [37m"}')
    (True, False)
    """
    return _LOST_IN_JSON.search(text) is not None


def cleaned(text: str, *, lost: bool = False) -> Source:
    r"""Return a text that is a whole file without colours and returns, a piece a line or more, with its places.

    `lost` means that colours without their first character are taken out, too.

    >>> cleaned("\x1b[94m{\x1b[0m^M\n}").text
    '{\n}'
    """
    whole = Source(text).by_lines()
    marks = _MARKS_AND_LOST if lost else _MARKS
    return cut(whole, _kept(text, marks)) if marks.search(text) else whole


def _kept(text: str, marks: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in marks.finditer(text):
        if mark[0][0] in "\r^" and mark[0][-1] in "\rM" and text[mark.end() : mark.end() + 1] not in {"", "\n"}:
            continue  # a return in a line is white space, and `^M` in a line is text
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


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
