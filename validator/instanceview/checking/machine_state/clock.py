"""The newest time of a document and the age of another one: times as instants, to the last digit of their fractions."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.facets import Moment
from instanceview.model import dates
from instanceview.model.pointer import pointer
from instanceview.model.text import one_line
from instanceview.rules.unset_time import UNSET
from instanceview.tables.elements import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from instanceview.checking.machine_state.members import Object
    from instanceview.tables.elements import Element

_SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_SECOND = timedelta(seconds=1)
_MICRO = 6  # digits of a fraction that a datetime holds; the service writes seven
_ZONE = 6  # characters of an offset
_SECONDS = 19  # characters of a time to the second
_PLANS = "maintenanceRedeployStatus"
"""The member whose times are plans and not events."""


class Instant(NamedTuple):
    """A time to compare and to subtract: to the microsecond, and the digits behind it without zeros at the end."""

    second: datetime
    rest: str


def instant(text: str) -> Instant | None:
    """Return the instant of an RFC 3339 date-time, None for any other text and for an unset time.

    >>> instant("2024-07-01T12:00:00.1234567+00:00").rest
    '7'
    >>> instant("0001-01-01T00:00:00Z"), instant("2024-07-01"), instant("2024-02-30T00:00:00Z")
    (None, None, None)
    """
    match = _SHAPE.fullmatch(text)
    if match is None or text.startswith(UNSET):
        return None
    leap = match[1] == "60"  # RFC 3339 has the leap second, Python does not
    plain = text.replace(":60", ":59", 1) if leap else text
    try:
        second = datetime.fromisoformat(plain.upper()) + (_SECOND if leap else timedelta())
        second.astimezone(UTC)  # a time at the end of the calendar may have no instant
    except (ValueError, OverflowError):
        return None
    return Instant(second, (match[2] or "")[_MICRO:].rstrip("0"))


def seconds_between(earlier: Instant, later: Instant) -> int:
    """Return the whole seconds from one instant to another, rounded down; negative if the other is earlier.

    >>> seconds_between(instant("2024-07-01T12:00:00.0000001Z"), instant("2024-07-01T12:00:02Z"))
    1
    """
    seconds, rest = divmod(later.second - earlier.second, _SECOND)
    return seconds - (not rest and later.rest < earlier.rest)


def latest_of(times: Sequence[str]) -> frozenset[str]:
    """Return the times of the latest instant, none if no time has one.

    Times of one offset have the order of their texts, but for zeros at the end of a fraction. Hence nearly all
    documents need one instant, which takes 1 microsecond for five times instead of 5.

    >>> sorted(latest_of(["2024-07-01T12:00:00.50+00:00", "2024-07-01T14:00:00.5+02:00", "soon"]))
    ['2024-07-01T12:00:00.50+00:00', '2024-07-01T14:00:00.5+02:00']
    """
    if not times:
        return frozenset()
    latest = max(times)
    zone, second = latest[-_ZONE:], latest[:_SECONDS]
    near = [time for time in times if time[-_ZONE:] != zone or (time[:_SECONDS] == second and time != latest)]
    if not near and latest[10:11] == "T" and zone[:1] in {"+", "-"} and instant(latest):
        return frozenset([latest])
    instants = {time: each for time in times if (each := instant(time))}
    most = max(instants.values(), default=None)
    return frozenset(time for time, each in instants.items() if each == most)


def first_of(body: object, latest: Collection[str], root: Element) -> Moment | None:
    """Return the first of some times in the order of a document, None without one."""
    for path, element, value in walk(root, None, body):
        if element.member.format == "date-time" and isinstance(value, str) and value in latest and path[0] != _PLANS:
            return Moment(value, pointer(path))
    return None


def times_of(members: Object, root: Element) -> list[str]:
    """Return the times in members at the root of a document."""
    found = walk(root, None, members)
    return [value for _, element, value in found if element.member.format == "date-time" and isinstance(value, str)]


def answer_time(given: str | datetime) -> str:
    """Return the time of an answer in RFC 3339, as a caller gives it: so, as a `Date` header or as a datetime.

    Raises ValueError for any other text and for a datetime without an offset.

    >>> answer_time("Fri, 02 Jun 2017 14:36:11 GMT")
    '2017-06-02T14:36:11+00:00'
    """
    text = given.isoformat() if isinstance(given, datetime) else given
    if isinstance(text, str) and instant(text):
        return text
    moment = dates.instant(text) if isinstance(text, str) else None
    if moment is None:
        message = (
            f"answered_at is {one_line(repr(given))}; expected a time with its offset, such as 2024-07-01T12:00:00Z"
        )
        raise ValueError(message)
    return moment
