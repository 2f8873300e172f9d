"""The end of a JSON value in bytes that may be cut off within it."""

# Goal: find the end of a value in a text from anybody, in a time that grows with its length.
#
# Plan: one match of `VALUE` finds it. Where that fails, the value is nested deeper than `_LEVELS`, or the bytes end
# within it: walk its tokens. A value that is too large for memory is passed block by block, with what is open then.
#
# Invariant: every repetition in the expressions is possessive, so that a hostile text cannot make them go back.
#
# Tried, in seconds of the processor with Python 3.11:
# - The walk alone, without `VALUE`: 0.25 against 0.20 on a session record of 20 MB. It was 0.52 against 0.16 on an
#   array of 6,000 compact documents (14 MB), which takes 1.2 to check in all.
# - 4, 8, 12 and 20 levels take the same time.
#
# Measure again: `python tests/benchmarks/run.py --part cassette`.

from __future__ import annotations

import re

_LEVELS = 12
"""Levels of nesting that one match finds the end of; deeper items are walked.

Entries of captured session records have 3 levels with their bodies as text. A body that is parsed in its entry adds the
7 that an instance view has.
"""


def _balanced(levels: int) -> bytes:
    """Return an expression for text between brackets: strings, scalars and so many levels of brackets."""
    inner = rb'[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+"'
    pattern = rb"(?:" + inner + rb")*+"
    for _ in range(levels):
        pattern = rb"(?:" + inner + rb"|[{\[]" + pattern + rb"[}\]])*+"
    return pattern


VALUE = re.compile(rb"(?s)[{\[]" + _balanced(_LEVELS) + rb'[}\]]|"(?:[^"\\]++|\\.)*+"|[^\s,\[\]{}"]++(?=[\s,\]}])')
"""A value that is whole: of up to `_LEVELS` levels, a string, or another scalar with what follows it."""
SCALAR = re.compile(rb'[^\s,\[\]{}"]++')
"""What there is of a scalar other than a string."""
CUT_CHARACTER = re.compile(rb"(?:[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})\Z")
"""The beginning of a character of UTF-8 at the end of a block."""
_TOKEN = re.compile(rb'(?s)"(?:[^"\\]++|\\.)*+("?)|[{}\[\]]')
_REST = re.compile(rb'(?s)(?:[^"\\]++|\\.)*+("?)')


def end_of_deep(data: bytes, start: int) -> int:
    """Return the offset of the end of a deeply nested value, 0 where the data have none."""
    if data[start : start + 1] not in {b"{", b"["}:
        return 0
    depth = 0
    for token in _TOKEN.finditer(data, start):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
        if depth == 0:
            return token.end()
    return 0


def passed(data: bytes, start: int, depth: int, *, in_string: bool) -> tuple[int, int, bool]:
    """Return the offset of the end of a value or of the data, how deep that is, and True if it is in a string.

    `depth` and `in_string` are those of the start, which is within the value.
    """
    if in_string:
        rest = _REST.match(data, start)
        start = rest.end() if rest else start
        if not (rest and rest[1]):
            return start, depth, True
        if not depth:
            return start, 0, False
    for token in _TOKEN.finditer(data, start):
        if token[0].startswith(b'"') and not token[1]:
            return token.end(), depth, True
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(token[0], 0)
        if depth == 0:
            return token.end(), 0, False
    return len(data), depth, False
