"""The rule `malformed-time`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A time is no RFC 3339 date-time."
WHY = "The definitions give it the format date-time; clients fail on the whole answer when they cannot read it."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01T12:00:00.1234567+00:00"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01 12:00"}]}')


_TIME = (
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?"
    r"(?:[Zz]|[+-]([0-9]{2}):([0-9]{2}))"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_MONTH = 2


# Times of this century that no rule has anything to say of; the leap day is left to the rules.
_PLAIN = (
    r"20[0-9]{2}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|[+-]00:00)"
)


@cache
def plain_time() -> Callable[[str], object]:
    """Return what finds that a text certainly is such a time: in a stream of documents each time is another one.

    >>> plain_time()("2024-07-01T12:00:00Z") is not None, plain_time()("2024-02-29T12:00:00Z") is not None
    (True, False)
    """
    return re.compile(_PLAIN).fullmatch


def is_date_time(text: str) -> bool:
    """Return whether a text is an RFC 3339 date-time: years 0000 to 9999, and second 60, as the RFC has them.

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


def check(site: Site) -> Iterator[Found]:
    """Yield the time that is no date-time."""
    if not is_date_time(str(site.value)):
        allowed = ("2024-07-01T12:00:00Z", "2024-07-01T12:00:00.1234567+00:00")
        yield Found(site.path, "{value} is no RFC 3339 date-time; written like {allowed}", site.value, allowed)


RULE: Rule = Rule("malformed-time", Severity.ERROR, SENTENCE, WHY, ("service",), GOOD, BAD, ("time",), check)
