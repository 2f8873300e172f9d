r"""Secrets that are known by their shape, whatever is before them.

Each expression is linear in any text: a repetition is of one class of characters, and begins at a literal, at a
boundary or has a bound.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.secrets.known_shapes import KEY, SHAPES, SHAPES_BY_SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator


class Secret(NamedTuple):
    """The span of a secret in a text, and its kind in words."""

    start: int
    end: int
    kind: str


def shaped_secrets(text: str, folded: str) -> Iterator[Secret]:
    """Yield the secrets of a text that have a known shape; `folded` is the text in lower case."""
    groups = [shapes for sign, shapes in SHAPES_BY_SIGN.items() if sign in folded]
    for shape in chain(SHAPES, *groups):
        for mark in shape.marks:  # `any` of a generator takes four times as long, and most texts have no mark
            if mark in folded:
                break
        else:
            continue
        expression = _compiled(shape.expression)
        group = "secret" if expression.groups else 0
        matches = _beginning_at(shape.marks[0], expression, text, folded) if shape.begins else expression.finditer(text)
        for match in matches:
            if shape.holds(match[group]):
                yield Secret(*match.span(group), shape.kind)
    if "private key" in folded:
        yield from _ends_of_keys(text)


def _beginning_at(mark: str, expression: re.Pattern[str], text: str, folded: str) -> Iterator[re.Match[str]]:
    """Yield the matches of an expression of any case that begins with a mark, in a part of the time of `finditer`."""
    offset = folded.find(mark)
    while offset >= 0:
        match = expression.match(text, offset)
        if match:
            yield match
        offset = folded.find(mark, match.end() if match else offset + 1)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _ends_of_keys(text: str) -> Iterator[Secret]:
    """Yield the base64 before the last line of a private key: its first line may be cut off."""
    for match in re.finditer(rf"-----END {KEY}-----", text, re.IGNORECASE):
        before = text[: match.start()]
        start = len(before.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \r\n\t"))
        if start < match.start():
            yield Secret(start, match.start(), "a private key")
