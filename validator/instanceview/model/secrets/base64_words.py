"""Words in base64, by what they are of: a user and a password, a token, a text."""

from __future__ import annotations

import base64
import re


def is_of_user(word: str) -> bool:
    """Return True if a word is base64 of a text with a colon: user and password."""
    return b":" in _decoded(word)


def is_token(word: str) -> bool:
    """Return True if a word is a JSON web token or its first part, which names an algorithm or a type."""
    head, dot, _ = word.partition(".")
    return bool(dot) or bool(re.search(rb'"(?:alg|typ|kid|enc)"', _decoded(head)))


def _decoded(word: str) -> bytes:
    """Return the bytes of a word in base64, as far as it is whole; none if it is not base64."""
    word = word.rstrip("=")
    try:
        return base64.b64decode(word[: len(word) // 4 * 4], altchars=b"-_", validate=True)
    except ValueError:
        return b""


def is_text(word: str) -> bool:
    """Return True if a word is base64 of a text in ASCII."""
    decoded = _decoded(word)
    return len(decoded) > 2 and all(0x20 <= each < 0x7F for each in decoded)  # noqa: PLR2004 (its shortest word)
