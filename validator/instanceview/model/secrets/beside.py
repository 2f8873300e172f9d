"""Values beside the name of a secret, with no sign between: arguments of calls, headers in lists, cells of tables."""

from __future__ import annotations

import re

_LOOKED_AT = 1024
"""Characters of a value that show if it is one word with digits: a long one is not read for each name in it."""
_SHORT, _CELL, _LONG = 6, 8, 20
"""Characters of a value beside a name from which on it is a secret: of a password, in a table, and of any other."""
_WORD = re.compile(r"\(?\s?[\"'`]?[\w.:-]*\Z")
"""The beginning of the word of a name, with a quote and a bracket before it."""


def is_argument(value: str, name: str, before: str, between: str, kind: str) -> bool:
    """Return True if a value is a secret that is given to a name, rather than a word beside it.

    In a list, a header is before its value: `"x-api-key", "…"`. A call has both, as `define('DB_PASSWORD', '…')`, or
    the value alone: `setPassword("…")`. So has a table, whose cells are bare.

    >>> is_argument("4f5e6d7c", "api-key", '["x-', '", ', "an access key")
    True
    >>> is_argument("user2", "password", '["', '", ', "a password")
    False
    """
    if not _is_mixed(value) or "\n" in between:
        return False
    if "," in between:
        word: str = _WORD.findall(before)[0]  # an empty one is found, too
        return "-" in f"{word}{name}" or word.startswith("(")
    is_strong = value.lower() != value != value.upper()
    if is_cell(between):
        return is_strong and len(value) >= _CELL
    return kind == "a password" or (is_strong and len(value) >= _LONG)


def is_cell(between: str) -> bool:
    """Return True if what is between a name and its value is that between two cells of a table."""
    return "|" in between or "\t" in between


def _is_mixed(value: str) -> bool:
    """Return True if a value is one word with digits, as a secret is and the name of a thing is less often."""
    begun = value[:_LOOKED_AT]
    return len(value) >= _SHORT and any(map(str.isdecimal, begun)) and not any(map(str.isspace, begun))
