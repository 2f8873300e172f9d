"""Bars and shares in text."""

from __future__ import annotations

FULL, EMPTY = "█", "░"


def percent(part: int, whole: int) -> str:
    """Return a share in percent: only all is 100 %, and only nothing is 0 %.

    >>> percent(1, 3), percent(9999, 10000), percent(1, 10000), percent(0, 0)
    ('33 %', '99 %', '<1 %', '-')
    """
    if not whole:
        return "-"
    exact = 100 * part / whole
    if 0 < exact < 1:
        return "<1 %"
    return f"{min(99, round(exact)) if part < whole else 100} %"


def bar(part: int, whole: int, width: int = 20) -> str:
    """Return a bar of a width in characters; only nothing is an empty bar, and only all is a full one.

    >>> bar(1, 2, 4), bar(1, 1000, 4), bar(999, 1000, 4), bar(0, 0, 4)
    ('██░░', '█░░░', '███░', '░░░░')
    """
    filled = round(width * part / whole) if whole else 0
    if 0 < part < whole:
        filled = min(width - 1, max(1, filled))
    return FULL * filled + EMPTY * (width - filled)
