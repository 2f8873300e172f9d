"""The source line of a finding: a redacted, escaped window round the span, and the line of carets below it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.redaction import redact_parts
from instanceview.model.text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTEXT = 4096
"""Characters read beyond the window, so that a secret is seen whole before it is cut."""
_ABOVE = 2048
"""Characters read before the window, where the name of a secret or the first line of a key may be."""
_BEFORE = 46
"""Characters before the span: the longest documented name with its quotes and colon has 41."""
_SPAN = 40
"""Characters of the span: half of the window, so that its surroundings are seen too."""
_WINDOW = 80
"""Characters of an excerpt: the columns of a terminal."""
_COMMAND = 8
"""Characters read after the window, so that a command to a runner of CI is known by its first letter."""


_BLOCK = 4096
"""Characters at whose multiples the text begins and ends that is searched, so that it is the same for neighbours."""


class Excerpt(NamedTuple):
    """A source line in three parts: the text before the span, the span, and the text after it."""

    before: str
    span: str
    after: str

    def caret(self) -> str:
        """Return the line below it: carets under the span, wide characters counted twice.

        >>> Excerpt('"日本": ', '"x"', ",").caret()
        '        ^^^'
        """
        return " " * width(self.before) + "^" * max(1, width(self.span))


def excerpt(text: str, key: int, start: int, end: int, *, may_hold_secret: bool = True) -> Excerpt:
    r"""Return the excerpt of the span from `start` to `end`; `key` is the offset where its member begins.

    `may_hold_secret` is False where the text certainly holds nothing to redact.

    On a long line, such as a minified file's, the text before the member is left out: a window cut through another
    value could show the tail of a secret whose name is cut off.

    >>> excerpt('{\n  "levle": "Info"\n}', 4, 4, 11)
    Excerpt(before='', span='"levle"', after=': "Info"')
    """
    # Only what can be shown is searched: many documents or findings may be in one long line.
    least = max(0, min(key, start - _BEFORE) - 1)
    line_start = max(least, text.rfind("\n", least, start) + 1)
    line_end = text.find("\n", start, end + _CONTEXT)
    line_end = min(len(text), end + _CONTEXT) if line_end < 0 else line_end
    first = line_start if start - line_start <= _BEFORE else max(line_start, min(key, start))
    span_end = min(end, line_end)
    parts = (first, start), (start, min(span_end, start + _CONTEXT)), (span_end, min(line_end, end + _CONTEXT))
    shown = _redacted(text, parts) if may_hold_secret else [text[begin:stop] for begin, stop in parts]
    before = _printable(shown[0].lstrip()) if start - first <= _BEFORE else ""
    span = _printable(shown[1])
    span = span if len(span) <= _SPAN else span[: _SPAN - 1] + "…"
    after = _printable(shown[2].rstrip())
    room = max(0, _WINDOW - len(before) - len(span))
    after = after if len(after) <= room else after[: max(0, room - 1)] + "…"
    return Excerpt(before if first == line_start else "…" + before, span, "" if span.endswith("…") else after)


def _redacted(text: str, parts: Sequence[tuple[int, int]]) -> list[str]:
    begin = max(0, parts[0][0] - _ABOVE) // _BLOCK * _BLOCK
    around = text[begin : -(-parts[-1][1] // _BLOCK) * _BLOCK]
    return redact_parts(around, *((start - begin, end - begin) for start, end in parts))


def _printable(text: str) -> str:
    # A tab would move the text after it by a width that only the terminal knows. Text after the cut is not escaped.
    return escape(text[: _WINDOW + _COMMAND].replace("\t", " "))


def width(text: str) -> int:
    r"""Return the number of columns that a text takes in a terminal.

    The standard library's tables are enough, since characters without a width of their own are escaped before.

    >>> width("ab"), width("日本"), width("e\u0301")
    (2, 4, 1)
    """
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
