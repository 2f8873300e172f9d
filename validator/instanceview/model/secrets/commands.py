"""Passwords in commands and addresses: `curl -u user:password`, `https://user:password@host`, `.netrc`, `.pgpass`."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.model.secrets.known_commands import COMMANDS, OPTIONS
from instanceview.model.secrets.shapes import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGUN = re.compile(r"\\b((?:[a-z0-9_: -](?![?*+{]))+)")
"""The boundary and the letters that an expression begins with."""
_LONGEST = 200
"""Characters of a user and a password before the sign `@`, at most."""
_AFTER = 8
"""Characters after that sign which an expression looks at, and more."""
_ORDINARY = re.compile(
    r"\[redacted\].{0,2}|(?:\s|\\[rn])+|[$%]\{?[\w:]+\}?%?|\*+|<[^<>]+>|read-host\b.*|\(.*", re.IGNORECASE
)


def commanded_secrets(text: str, folded: str) -> Iterator[Secret]:
    """Yield the passwords of a text that are in a command or in an address; `folded` is the text in lower case."""
    has_option = " -" in folded or "'-" in folded or '"-' in folded
    for mark, expression in chain(COMMANDS, OPTIONS if has_option else ()):
        if mark not in folded:
            continue
        for match in _before_at(folded, expression) if mark == "@" else _compiled(expression).finditer(folded):
            groups = match.groupdict()
            if groups.get("large") and not text[match.start("large")].isupper():
                continue
            start, end = match.span(next(each for each in ("bare", "double", "single") if groups.get(each) is not None))
            if not _ORDINARY.fullmatch(text, start, end):
                yield Secret(start, end, "a password")


def _before_at(folded: str, expression: str) -> Iterator[re.Match[str]]:
    """Yield the matches that end at the sign `@`, of which each has one: no other part of the text is searched."""
    search, last = _compiled(expression).search, 0
    for sign in re.finditer("@", folded):
        at = sign.start()
        match = search(folded, max(last, at - _LONGEST), at + _AFTER)
        if match:
            yield match
        last = at


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    r"""Compile an expression; one that begins with letters, not with `\b`, is found in a tenth of the time."""
    if begun := _BEGUN.match(expression):
        expression = rf"{begun[1]}(?<!\w{begun[1]}){expression[begun.end() :]}"
    return re.compile(expression)
