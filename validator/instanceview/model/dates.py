"""The moment of an answer by its `Date` header, in each form in which recordings keep headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

HTTP_DATE = (
    rf"(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}, [0-9]{{1,2}}[ -](?:{'|'.join(_MONTHS)})[ -][0-9]{{2,4}}"
    r" [0-9]{2}:[0-9]{2}:[0-9]{2} GMT)"
)
"""A pattern for the two forms of a date that servers write (RFC 9110, 5.6.7): `Fri, 02 Jun 2017 14:36:11 GMT`."""

_PARTS = re.compile(HTTP_DATE)
_LINE = re.compile(r"(?im)^[ \t<'\"]{0,9}+date['\"]?[ \t]{0,40}+[:=](?P<value>[^\n]{0,99})")
_CENTURY = 100  # a year below it has two digits, and is one of this century: Azure answers since 2010


def instant(text: str) -> str | None:
    """Return the moment of an HTTP date in RFC 3339 and UTC, None for any other text.

    A recorder that reads the date may write it in RFC 3339.

    >>> instant("Fri, 02 Jun 2017 14:36:11 GMT"), instant("Friday, 02-Jun-17 14:36:11 GMT"), instant("REDACTED")
    ('2017-06-02T14:36:11+00:00', '2017-06-02T14:36:11+00:00', None)
    >>> instant("2017-06-02T16:36:11+02:00"), instant("2017-06-02")
    ('2017-06-02T14:36:11+00:00', None)
    """
    found = _PARTS.search(text)
    written = text.strip()
    if found:
        day, month, year, time = found[0].partition(", ")[2].replace("-", " ").split(" ")[:4]
        number = int(year) + 2000 * (int(year) < _CENTURY)
        written = f"{number:04}-{_MONTHS.index(month.lower()) + 1:02}-{day:0>2}T{time}+00:00"
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC).isoformat() if moment.tzinfo else None
    except (ValueError, OverflowError):  # 31 June; the year 1 in another zone
        return None


def answered_at(headers: object) -> str | None:
    r"""Return the moment of an answer in RFC 3339 by its headers, None where no `Date` among them can be read.

    Headers are an object with a text or a list of texts for each name, or a list of objects with name and value. They
    may also be a list in which names and values alternate or are pairs, the lines of a text, or a list of these. Names
    have any case.

    >>> answered_at({"date": ["Fri, 02 Jun 2017 14:36:11 GMT"]})
    '2017-06-02T14:36:11+00:00'
    >>> answered_at(["Server", "x", "Date", "Fri, 02 Jun 2017 14:36:11 GMT"]) == answered_at(
    ...     [{"name": "Date", "value": "Fri, 02 Jun 2017 14:36:11 GMT"}]
    ... ) == answered_at("HTTP/1.1 200 OK\nDate: Fri, 02 Jun 2017 14:36:11 GMT")
    True
    """
    for value in _dates(headers):
        for text in value if isinstance(value, list) else [value]:
            moment = instant(text) if isinstance(text, str) else None
            if moment:
                return moment
    return None


def _dates(headers: object) -> Iterator[object]:
    """Yield the values of the headers called `Date`."""
    if isinstance(headers, dict):
        yield from (value for name, value in headers.items() if name.lower() == "date")
    elif isinstance(headers, str):
        yield from (line["value"] for line in _LINE.finditer(headers))
    elif isinstance(headers, list):
        for index, item in enumerate(headers):
            yield from _of_item(item, headers[index + 1 : index + 2])


def _of_item(item: object, following: list[object]) -> Iterator[object]:
    """Yield the date that an item of a list of headers has, or that follows it."""
    if isinstance(item, str) and item.lower() == "date":
        yield from following
    elif isinstance(item, str):
        yield from _dates(item)
    elif isinstance(item, list):
        yield from _dates(item[:2])
    elif isinstance(item, dict):
        yield from _of_object({name.lower(): value for name, value in item.items()})


def _of_object(item: dict[str, object]) -> Iterator[object]:
    """Yield the date of an object with the name and value of a header, or with headers, itself or in a member."""
    name = item.get("name", item.get("key"))
    if isinstance(name, str):
        yield from [item.get("value")] if name.lower() == "date" else []
    else:
        yield from _dates(item)
        yield from _dates(item.get("headers"))
