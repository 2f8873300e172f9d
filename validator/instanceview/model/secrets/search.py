"""Secrets in a text: their spans and kinds.

The expressions are our own. The plugins of detect-secrets find 6 of the 60 forms that extensions write, since they are
made for source code; with its entropy plugins it finds 59, and every GUID, date and name of the captures too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.secrets.commands import commanded_secrets
from instanceview.model.secrets.layers import layers
from instanceview.model.secrets.names import named_secrets
from instanceview.model.secrets.shapes import Secret, shaped_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARIABLE = re.compile(r"%[A-Z_]{1,64}%")
"""A variable of Windows that reads like a character in percent-encoding: `%DB_PASSWORD%`."""
_PLAIN = {0x17F: "s", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, 0xFE55: ":", 0xFE66: "="}
"""Other forms of a character, by code: a long s, wide and small ones."""


def secrets_in(text: str) -> list[Secret]:
    """Return the secrets of a text in order, none of which touches another; the kind is that of the first in each.

    >>> secrets_in("Server=a;Password=hunter2;")
    [Secret(start=18, end=25, kind='a password')]
    """
    found = sorted(_found(text), key=lambda secret: (secret.start, -secret.end))
    merged: list[Secret] = []
    for secret in found:
        if merged and secret.start <= merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, secret.end))
        else:
            merged.append(secret)
    return merged


def _found(text: str) -> Iterator[Secret]:
    for layer in layers(text):
        folded = _folded(layer.text)
        for search in (named_secrets, shaped_secrets, commanded_secrets):
            for start, end, kind in search(layer.text, folded):
                span = layer.span(start, end)
                if not _VARIABLE.fullmatch(text, *span):
                    yield Secret(*span, kind)


def _folded(text: str) -> str:
    """Return a text in lower case, character by character, so that offsets stay; wide letters, too."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join([low if len(low := each.lower()) == 1 else each for each in text])
    return folded if folded.isascii() else folded.translate(_PLAIN)
