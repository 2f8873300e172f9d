"""Byte marks."""

from __future__ import annotations

import re

from instanceview.reading.recognise import root_members

_MARKS = re.compile("|".join(["instance[_-]?view", *root_members()]).encode(), re.IGNORECASE)


def may_hold_view(data: bytes) -> bool:
    """Return True if bytes may hold an instance view; False is certain."""
    return _MARKS.search(data) is not None
