"""Times: the date-times that the definitions allow, and the plain times that no rule reports.

A time in a stream of documents seldom repeats, so a cache does not help. Plain times are a shape (`Like`) instead, from
which both a Python expression and the scan of the fast path are made.
"""

from __future__ import annotations

import re

from instanceview.rules.quiet import Like, Step, chain

_TIME = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:[Zz]|[+-]([0-9]{2}):([0-9]{2}))"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_MONTH = 2


def is_date_time(text: str) -> bool:
    """Return True if a text is an RFC 3339 date-time: years 0000 to 9999, and second 60, as the RFC has them.

    >>> is_date_time("2024-02-29T23:59:60Z"), is_date_time("2023-02-29T00:00:00Z"), is_date_time("2024-07-01T12:00:00")
    (True, False, False)
    """
    match = re.fullmatch(_TIME, text)
    if match is None:
        return False
    year, month, day, hour, minute, second, *offset = (int(part or 0) for part in match.groups())
    if not 1 <= month <= len(_DAYS) or not 1 <= day <= _DAYS[month - 1]:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month == _LEAP_MONTH and day == _DAYS[1] and not leap:
        return False
    hours, minutes = offset
    return max(hour, hours) < 24 and max(minute, minutes) < 60 and second <= 60  # noqa: PLR2004 (the clock)


def _plain_time() -> Like:
    days = (Step("0", chain("1-9")), Step("1", chain("0-9")))
    february = chain(r"\-", after=(*days, Step("2", chain("0-8"))))
    of_30 = chain(r"\-", after=(*days, Step("2", chain("0-9")), Step("3", chain("0"))))
    of_31 = chain(r"\-", after=(*days, Step("2", chain("0-9")), Step("3", chain("01"))))
    months = (
        Step("0", (Step("13578", of_31), Step("469", of_30), Step("2", february))),
        Step("1", (Step("02", of_31), Step("1", of_30))),
    )
    hours = chain("T", after=(Step("01", chain("0-9")), Step("2", chain("0-3"))))
    minutes = chain(":", "0-5", "0-9")
    # Most captured times have no offset from UTC; the others have those of all continents.
    offset = chain(r"+\-", after=(Step("01", chain("0-9", after=minutes)), Step("2", chain("0-3", after=minutes))))
    zone = (Step("Z"), *offset)
    fraction = Step(r"\.", (Step("0-9", zone, repeats=True),))
    return Like(
        (
            chain("2", "0", "0-9", "0-9", r"\-"),
            months,
            hours,
            chain(":", "0-5", "0-9", after=minutes),
            (fraction, *zone),
        )
    )


PLAIN_TIME = _plain_time()
"""The times of this century without leap days and leap seconds, which the rules check one by one."""
