"""Patterns of git -> regular expressions: stars, sets in brackets, and folders between slashes."""

# Goal: a pattern matches what it matches for git, and no pattern takes long, whatever it is.
#
# Plan: each pattern becomes a regular expression for bytes, since git compares bytes: its `?` is one byte.
#
# Invariant: what follows a `*` in a segment, or a `**/`, is taken where it matches first, and nowhere else: a later
# star takes what lies between. So no pattern takes more time than its length times the square of the path.

from __future__ import annotations

import re
from itertools import groupby

from instanceview.model.paths import LONGEST

NEVER = rb"(?!)"
"""The expression that matches nothing."""

_SPECIAL = re.compile(rb"[*?\[\\]")
_STARS = re.compile(rb"\*++")
_NAMED = re.compile(rb"\[:([^\]]*):\]")
_STAR, _ANYTHING = b"*", b".*"
_FOLDERS, _FOLDERS_OR_NONE = rb"(?:[^/]*+/)+?", rb"(?:[^/]*+/)*?"
_CLASSES = {
    b"alnum": bytes.isalnum,
    b"alpha": bytes.isalpha,
    b"blank": lambda each: each in b" \t",
    b"cntrl": lambda each: each < b" " or each == b"\x7f",
    b"digit": bytes.isdigit,
    b"graph": lambda each: b"!" <= each <= b"~",
    b"lower": bytes.islower,
    b"print": lambda each: b" " <= each <= b"~",
    b"punct": lambda each: b"!" <= each <= b"~" and not each.isalnum(),
    b"space": bytes.isspace,
    b"upper": bytes.isupper,
    b"xdigit": lambda each: each in b"0123456789abcdefABCDEF",
}
_BYTES = [bytes([each]) for each in range(256)]


def expression_of(pattern: bytes) -> bytes:
    """Return the expression of a pattern without slashes at its ends; one that git takes for invalid matches nothing.

    git compares what precedes the first special character first, so that a `**` after it may be in a name.
    """
    if len(pattern) > LONGEST:
        return NEVER
    special = _SPECIAL.search(pattern)
    literal = pattern[: special.start()] if special else pattern
    tokens = _tokens(pattern, len(literal))
    if tokens is None:
        return NEVER
    chunks: list[list[bytes]] = [[]]
    for token in tokens:
        chunks += [[]] if token in {_FOLDERS, _FOLDERS_OR_NONE} else []
        chunks[-1].append(token)
    *first, last = map(_chunk, chunks)
    return re.escape(literal) + b"".join(b"(?>%b)" % each for each in first) + last


def _chunk(tokens: list[bytes]) -> bytes:
    """Return the expression of tokens of which only the first may be for folders.

    In each segment, what follows a star is taken where it matches first, but for the last star.
    """
    ends = {b"/", _ANYTHING}
    parts = []
    is_open = False
    for token, following in zip(tokens, _following(tokens, {_STAR, *ends}), strict=True):
        if is_open and (token == _STAR or token in ends):
            parts.append(b")")
            is_open = False
        if token != _STAR:
            parts.append(token)
            continue
        is_open = following == _STAR
        parts.append(b"(?>[^/]*?" if is_open else b"[^/]*")
    return b"".join(parts)


def _following(tokens: list[bytes], wanted: set[bytes]) -> list[bytes | None]:
    """Return for each token the next one that is wanted, None behind the last."""
    found: list[bytes | None] = []
    following = None
    for token in reversed(tokens):
        found.append(following)
        following = token if token in wanted else following
    return found[::-1]


def _tokens(pattern: bytes, at: int) -> list[bytes] | None:
    """Return the parts of a pattern from an offset on as expressions, None where it is invalid."""
    start, tokens = at, list[bytes]()
    while at < len(pattern):
        this = pattern[at : at + 1]
        if this == b"*":
            stars = _STARS.match(pattern, at)
            token, at = _stars(pattern, at, stars.end() if stars else at, is_first=at == start)
            tokens += [] if token == _FOLDERS_OR_NONE == (tokens or [b""])[-1] else [token]  # two mean what one means
        elif this == b"[":
            found = _set(pattern, at + 1)
            if found is None:
                return None
            tokens.append(found[0])
            at = found[1]
        else:
            at += this == b"\\"
            if at == len(pattern):
                return None
            tokens.append(b"[^/]" if this == b"?" else re.escape(pattern[at : at + 1]))
            at += 1
    return tokens


def _stars(pattern: bytes, at: int, end: int, *, is_first: bool) -> tuple[bytes, int]:
    """Return the token of some stars, and the offset after it: two between slashes match any number of folders."""
    if end - at == 1 or not (is_first or pattern[at - 1 : at] == b"/"):
        return _STAR, end
    if end == len(pattern):
        return _ANYTHING, end
    if pattern[end : end + 1] == b"/":
        return _FOLDERS_OR_NONE, end + 1
    return (_FOLDERS, end + 2) if pattern[end : end + 2] == b"\\/" else (_STAR, end)


def _set(pattern: bytes, at: int) -> tuple[bytes, int] | None:
    """Return the expression of a set in brackets from after `[` on, and the offset after it; None if invalid."""
    negated = pattern[at : at + 1] in {b"!", b"^"}
    at += negated
    start, found, before = at, set[bytes](), b""
    while at == start or pattern[at : at + 1] != b"]":
        this = pattern[at : at + 1]
        named = _NAMED.match(pattern, at)
        is_range = this == b"-" and before and pattern[at + 1 : at + 2] not in {b"", b"]"}
        if named:
            if named[1] not in _CLASSES:
                return None
            found.update(filter(_CLASSES[named[1]], _BYTES))
            at, before = named.end(), b""
            continue
        at += bool(is_range)
        at += pattern[at : at + 1] == b"\\"
        this = pattern[at : at + 1]
        if not this:
            return None
        found.update(_BYTES[(before if is_range else this)[0] : this[0] + 1])
        at, before = at + 1, b"" if is_range else this
    return _any_of([each for each in _BYTES if (each in found) != negated and each != b"/"]), at + 1


def _any_of(allowed: list[bytes]) -> bytes:
    """Return the expression of one of some bytes, as ranges: a set of all but one would take 20 times as much."""
    rows = [list(row) for _, row in groupby(enumerate(allowed), lambda pair: pair[1][0] - pair[0])]
    ranges = [b"%b-%b" % (re.escape(row[0][1]), re.escape(row[-1][1])) for row in rows]
    return b"[%b]" % b"".join(ranges) if ranges else NEVER
