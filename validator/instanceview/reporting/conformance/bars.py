"""Bars and shares in text."""

from __future__ import annotations

FULL, EMPTY = "█", "░"


def percent(part: int, whole: int) -> str:
    """Return a share in percent: only all is 100 %, and only nothing is 0 %.

    >>> percent(1, 3), percent(9999, 10000), percent(1, 10000), percent(0, 0)
    ('33 %', '99 %', '1 %', '-')
    """
    if not whole:
        return "-"
    exact = 100 * part / whole
    shown = min(99, max(1, round(exact))) if 0 < part < whole else round(exact)
    return f"{shown} %"


def bar(part: int, whole: int, width: int = 20) -> str:
    """Return a bar of a width in characters; it is empty for nothing alone, and full for all alone.

    >>> bar(1, 2, 4), bar(1, 1000, 4), bar(999, 1000, 4), bar(0, 0, 4)
    ('██░░', '█░░░', '███░', '░░░░')
    """
    filled = round(width * part / whole) if whole else 0
    if 0 < part < whole:
        filled = min(width - 1, max(1, filled))
    return FULL * filled + EMPTY * (width - filled)
