"""Values as PowerShell, .NET and Python write them: numbers for enumerations, other times, lists in an object."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from instanceview.places.spans import Path
    from instanceview.tables.elements import Member

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(r"/Date\((-?[0-9]{1,15})(?:[+-][0-9]{4})?\)/")
IN_PLACE = "value"
"""The member in which Windows PowerShell has the value, in an object in place of it."""
_IN_TIME = (IN_PLACE, "UtcDateTime", "DateTime")
"""Members of an object for a time that have it as text, the most exact first (source: Windows PowerShell 5.1)."""
_CLASS = re.compile(r"(?:(?:System|Microsoft|Azure)\.[\w.]++(?:`[0-9])?+(?:\[[^\]]*+\]++)*+ ?+)++")


_DATETIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?\+00:00)")
"""The text of a datetime of Python, which `json.dumps(…, default=str)` writes."""


class Value(NamedTuple):
    """A value as the service would write it, and its path in the value as written; `is_cut` if the client lost it."""

    value: object
    path: Path = ()
    is_cut: bool = False


def time_of_python(value: object, member: Member) -> object:
    """Return the service's time for the text of a datetime of Python, any other value as it is.

    >>> from instanceview.tables.elements import tree
    >>> time = tree("vm").children["statuses"].children["time"].member
    >>> time_of_python("2024-05-06 07:08:09+00:00", time), time_of_python("2024-05-06 07:08", time)
    ('2024-05-06T07:08:09+00:00', '2024-05-06 07:08')
    """
    match = _DATETIME.fullmatch(value) if isinstance(value, str) and member.format == "date-time" else None
    return f"{match[1]}T{match[2]}" if match else value


def service_value(value: object, member: Member) -> Value:
    """Return the service's value for one that PowerShell or .NET wrote at a documented member.

    >>> from instanceview.tables.elements import tree
    >>> level = tree("vm").children["statuses"].children["level"].member
    >>> service_value(1, level).value, service_value(7, level).value
    ('Warning', 7)
    """
    if _is_cut(value, member):
        return Value(None, is_cut=True)
    if isinstance(value, dict):
        return _unwrapped(value, member)
    if isinstance(value, str):
        return Value(_iso(value) if member.format == "date-time" else value)
    is_number = isinstance(value, int) and not isinstance(value, bool) and member.type == "string"
    names = list(member.values or ()) if is_number else []
    return Value(names[value] if isinstance(value, int) and 0 <= value < len(names) else value)


def _is_cut(value: object, member: Member) -> bool:
    """Return True for the class in place of a value: ConvertTo-Json writes it, or nothing for an empty list, too deep.

    System.Text.Json writes an empty object for an enumeration of Azure.ResourceManager.Compute.
    """
    if member.type in {"object", "array"}:
        return isinstance(value, str) and (not value or value.startswith("@{") or bool(_CLASS.fullmatch(value)))
    return value == {} and bool(member.values)


def _unwrapped(value: dict[str, object], member: Member) -> Value:
    """Return the list or the time that Windows PowerShell wrote as an object."""
    items = value.get(IN_PLACE)
    if member.type == "array" and isinstance(items, list) and value.keys() <= {IN_PLACE, "Count"}:
        return Value(items, (IN_PLACE,))
    if member.format == "date-time":
        for name in _IN_TIME:
            text = value.get(name)
            if isinstance(text, str):
                return Value(_iso(text), (name,))
    return Value(value)


def _iso(text: str) -> str:
    """Return a time in the service's form; a text that is not a date of .NET is returned as it is.

    >>> _iso("/Date(1714979289000)/"), _iso("yesterday")
    ('2024-05-06T07:08:09+00:00', 'yesterday')
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    try:
        return (_EPOCH + timedelta(milliseconds=int(match[1]))).isoformat()
    except OverflowError:  # a year that no calendar has
        return text
