"""Values beside the name of a secret, with no sign between: arguments of calls, headers in lists, cells of tables."""

from __future__ import annotations

import re

_LOOKED_AT = 1024
"""Characters of a value that show if it is one word with digits: a long one is not read for each name in it."""
_SHORT, _CELL, _LONG = 6, 8, 20
"""Characters of a value beside a name from which on it is a secret: of a password, in a table, and of any other."""
_HEADER = 16
"""Characters before the name of a secret in which the dash of a header is: `X-Vault-Token`."""
_WORD = re.compile(r"[(\[{]?\s?[\"'`]?[\w.:-]*\Z")
"""The beginning of the word of a name, with a quote and a bracket before it."""
_CHANGE = re.compile(r"(?=[A-Za-z][0-9]|[0-9][A-Za-z])")
_CHANGES = 4
"""Changes between letters and digits from which on a word is random: `Standard_D2s_v3` has three, most names two."""
_SPECIAL = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9]).*[!#$%^&*?+~@]", re.DOTALL)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}t", re.IGNORECASE)


def is_argument(value: str, name: str, before: str, between: str, kind: str) -> bool:
    """Return True if a value is a secret that is given to a name, rather than a word beside it.

    In a list, a header is before its value: `"x-api-key", "…"`. A call has both, as `define('DB_PASSWORD', '…')`, or
    the value alone: `setPassword("…")`. So has a pair, as `[Password, …]`, and a table, whose cells are bare.

    >>> is_argument("4f5e6d7c", "api-key", '["x-', '", ', "an access key")
    True
    >>> is_argument("user2", "password", '["', '", ', "a password")
    False
    """
    if not _is_mixed(value) or "\n" in between:
        return False
    if "," in between or "." in between:
        return _is_in_pair(value, name, before, between)
    if is_cell(between):
        return (_has_both_cases(value) and len(value) >= _CELL) or is_random(value)
    is_header = "-" in f"{before[-_HEADER:].rpartition(' ')[2]}{name}"
    return kind == "a password" or (_has_both_cases(value) and len(value) >= _LONG) or (is_header and is_random(value))


def _is_in_pair(value: str, name: str, before: str, between: str) -> bool:
    """Return True if a value is after the name of a header in a list, or the second thing in brackets."""
    begun: str = _WORD.findall(before)[0]  # an empty one is found, too
    if begun[:1] in {"(", "{"} or ("," in between and "-" in f"{begun}{name}"):
        return True
    return begun.startswith("[") and begun[1:2] not in {'"', "'"} and between.strip() == "," and is_random(value)


def is_in_sentence(value: str, kind: str, *, is_quoted: bool = False) -> bool:
    """Return True if a value is a secret that a sentence has after its name.

    >>> is_in_sentence("kz7wq9hd2", "a password"), is_in_sentence("user7wq9hd2", "a token")
    (True, False)
    >>> is_in_sentence("hunter2", "a password"), is_in_sentence("hunter2", "a password", is_quoted=True)
    (False, True)
    """
    if is_quoted and kind == "a password" and _is_mixed(value) and any(map(str.isalpha, value[:_LOOKED_AT])):
        return True
    if not is_random(value) or value.startswith("/"):
        return False
    is_one_word = _has_both_cases(value) and "/" not in value
    return kind == "a password" or (len(value) >= _LONG and (is_one_word or (is_quoted and value.isalnum())))


def is_cell(between: str) -> bool:
    """Return True if what is between a name and its value is that between two cells of a table."""
    return "|" in between or "\t" in between or "  " in between


def is_random(value: str) -> bool:
    """Return True if the letters and digits of a value are in no order, or it has other characters as well.

    >>> [is_random(each) for each in ("kz7wq9hd2", "Summer-2026!", "sha256", "vm2-disk1", "2026-11-28T06:27:58Z")]
    [True, True, False, False, False]
    """
    begun = value[:_LOOKED_AT]
    if len(value) < _CELL or any(map(str.isspace, begun)) or _TIME.match(begun):
        return False
    return len(_CHANGE.findall(begun)) >= _CHANGES or _SPECIAL.match(begun) is not None


def _has_both_cases(value: str) -> bool:
    return value.lower() != value != value.upper()


def _is_mixed(value: str) -> bool:
    """Return True if a value is one word with digits, as a secret is and the name of a thing is less often."""
    begun = value[:_LOOKED_AT]
    return len(value) >= _SHORT and any(map(str.isdecimal, begun)) and not any(map(str.isspace, begun))
