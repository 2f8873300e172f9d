"""The limits of nesting, members and items in a JSON text: what is beyond them is refused before it takes memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from instanceview.model.limits import beyond
from instanceview.model.text import counted

if TYPE_CHECKING:
    from instanceview.model.limits import Limits

TOKENS = r'(?s)"(?:[^"\\]|\\.)*+"?|[\[\]{}]'
"""An expression for a string or a bracket; a string may lack its end, so that none is looked through twice."""


def may_be_beyond(data: bytes, limits: Limits) -> bool:
    """Return False if a JSON text surely keeps to the limits of nesting, members and items."""
    return data.count(b"[") + data.count(b"{") > limits.nesting or _may_be_wide(data, limits)


def _may_be_wide(text: bytes | str, limits: Limits) -> bool:
    """Return False if no object or array has too much: each member takes 5 characters, and each item 2."""
    return len(text) > 5 * limits.members or len(text) > 2 * limits.items


def first_beyond(text: str, limits: Limits) -> tuple[str, int] | None:
    """Return the reason and the offset of the first bracket, member or item that is beyond a limit, None for none.

    >>> from instanceview.model.limits import Limits
    >>> first_beyond('[{"a": 1}, {"a": 1}, {"a": 1}, {"a": 1}]', Limits(members=2)) is None
    True
    """
    depth = 0
    for token in re.finditer(TOKENS + r"|\x1b\[", text):  # a colour code is not a bracket; the parser refuses it
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > limits.nesting:
            return too_deep(limits), token.start()
    if _may_be_wide(text, limits) and (text.count(":") > limits.members or text.count(",") >= limits.items):
        return _first_too_wide(text, limits)
    return None


def _first_too_wide(text: str, limits: Limits) -> tuple[str, int] | None:
    """Return the first member or item that is beyond a limit; a name that is repeated counts."""
    opened: list[str] = []
    numbers: list[int] = []  # of members, or of commas between items, in each that is open
    name = 0
    for token in re.finditer(TOKENS + r"|[:,]|\x1b\[", text):
        sign = token[0]
        if sign in {"{", "["}:
            opened.append(sign)
            numbers.append(0)
        elif sign in {"}", "]"}:
            del opened[-1:], numbers[-1:]
        elif opened and f"{opened[-1]}{sign}" in {"{:", "[,"}:
            numbers[-1] += 1
            if sign == ":" and numbers[-1] > limits.members:
                return too_many("members", limits), name
            if sign == "," and numbers[-1] >= limits.items:
                return too_many("items", limits), token.end()
        name = token.start()
    return None


def too_deep(limits: Limits, why: str = "") -> str:
    """Return the reason why a value is refused that is nested too deep."""
    return beyond(f"nested deeper than {counted(limits.nesting, 'level')}{why}", "nesting")


def too_many(what: Literal["members", "items"], limits: Limits) -> str:
    """Return the reason why a value is refused that has an object or array with too much in it."""
    holder, most = ("an object", limits.members) if what == "members" else ("an array", limits.items)
    return beyond(f"{holder} has more than {counted(most, what.removesuffix('s'))}", what)
