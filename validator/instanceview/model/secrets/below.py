"""Strings below a member that names a secret: `"adminPassword": {"a": ["…"]}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.secrets.beside import is_random
from instanceview.model.secrets.ordinary import is_address, is_guid, is_ordinary, is_prose
from instanceview.model.secrets.signs import QUOTES
from instanceview.model.secrets.values import quoted_end

if TYPE_CHECKING:
    from instanceview.model.secrets.values import Find

_PIECE = re.compile(rf"[{{}}\[\]]|{QUOTES}")
_COLON = re.compile(r"\s*(?::|=>?)")
_ABOUT = re.compile(
    r"name|user|id|ur[il]|type|kind|description|code|message|msg|errors?|reason|state|status|policy|level|title|format"
    r"|pattern|version|scope|action|loc",
    re.IGNORECASE,
)
"""The last word of a member that says something of a secret, and is not one."""


def secrets_below(text: str, start: int, find: Find, *, is_of_password: bool) -> tuple[list[tuple[int, int]], int]:
    """Return the spans of the secrets in an object or a list that begins at an offset, and where it ends.

    One that is cut off ends with the text.
    """
    found: list[tuple[int, int]] = []
    depth, name, offset = 0, "", start
    while piece := _PIECE.search(text, offset):
        offset = piece.end()
        if piece[0] in "{}[]":
            depth += 1 if piece[0] in "{[" else -1
            if depth <= 0:
                return found, offset
            continue
        begin, end = offset, quoted_end(text, offset, piece[0], find)
        offset = end + len(piece[0])
        if _COLON.match(text, offset):
            name = text[begin:end]
        elif _is_secret(text[begin:end], name, is_of_password=is_of_password):
            found.append((begin, end))
    return found, len(text)


def _is_secret(value: str, name: str, *, is_of_password: bool) -> bool:
    if is_ordinary(value, name) or is_prose(value) or is_address(value) or is_guid(value):
        return False
    if is_about_secret(name):  # a name may be random, as that of a pod
        return False
    return is_of_password or is_random(value)


def is_about_secret(name: str) -> bool:
    """Return True if a member says something of a secret by its last word: its type, its state, its user.

    >>> is_about_secret("secretName"), is_about_secret("value")
    (True, False)
    """
    return _ABOUT.fullmatch(re.split(r"[\W_]|(?<=[a-z0-9])(?=[A-Z])", name)[-1]) is not None
