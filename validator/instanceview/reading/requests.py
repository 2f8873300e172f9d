"""Reads what the objects around a value say of it: the request that it answers, its api-version and its status."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.names import fold
from instanceview.reading.operation import operation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 200  # values of an object that are looked at for a URL: recorded requests have some dozens with their headers
_LONGEST = 8192  # characters of a URL; servers take up to 8 KiB
_REQUEST = re.compile(r"(?i)request|ur[li]|predicate|^(?:req|inputs?|config|definition|operation|arg|kwarg|param)s?$")
_URL = re.compile(r"(?i)(?:https?://|/)[^\s\"'<>\\]*?virtualmachine[^\s\"'<>\\]*+")
_IDS = {"id", "resourceid", "resource_id"}
_STATUS = re.compile(r"(?i)^(?:http|response)?[_-]?status(?:[_-]?code)?$|^(?:response[_-]?)?code$")
_STATUS_TEXT = re.compile(r"[1-5][0-9]{2}(?: .*)?")
_STATUSES = range(100, 600)
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z]+)?"
_VERSION = re.compile(rf"(?i)api-version(?:=|%3D)({_DATE})")
_VERSION_ALONE = re.compile(_DATE)
_VERSION_NAMES = {"apiversion"}


class Around(NamedTuple):
    """An object around a value, and the one around that; `name` is the member's with the value, where it is a path."""

    value: dict[str, object]
    outer: Around | None
    name: str = ""

    def outwards(self) -> Iterator[Around]:
        """Yield the objects, the nearest first."""
        around: Around | None = self
        while around:
            yield around
            around = around.outer


class Said(NamedTuple):
    """What the objects around a value say: the URL of the request, the kind that it asks for, api-version and status.

    `is_for_view` means that the URL asks for an instance view, and for nothing around it.
    """

    url: str | None = None
    kind: str | None = None
    api_version: str | None = None
    status: int | None = None
    is_for_view: bool | None = None


def said_by(around: Around | None) -> Said:
    """Return the facts that the objects around a value say; the nearest that says something counts.

    >>> url = "/providers/Microsoft.Compute/virtualMachines/a?api-version=2024-07-01"
    >>> said_by(Around({"url": url, "status": 200, "body": {}}, None))[1:]
    ('vm', '2024-07-01', 200, False)
    """
    said = Said()
    for each in around.outwards() if around else ():
        said = said._replace(
            **{name: new for name, new in _said(each)._asdict().items() if getattr(said, name) is None}
        )
    return said


def _said(around: Around) -> Said:
    """Return the facts that one object says by its members, and by those of its members that describe a request."""
    url = kind = version = status = is_for_view = None
    value = around.value
    for path, text in chain([((around.name,), around.name)], _texts(value)):
        found = _URL.search(text, 0, _LONGEST) if kind is None else None
        if found:
            request = operation_of(found[0])
            kind = request.kind
            if kind and path[-1].lower() not in _IDS:
                url, is_for_view = found[0], request.is_for_view and not request.embedded
        if version is None:
            version = _version(path, text)
    for name, item in value.items():
        if status is None and _STATUS.match(name):
            status = _status(item)
    return Said(url, kind, version, status, is_for_view)


def _version(path: tuple[str, ...], text: str) -> str | None:
    """Return the api-version that a text has in its query, or that is its own under such a name."""
    in_query = _VERSION.search(text, 0, _LONGEST)
    if in_query:
        return in_query[1]
    named = any(fold(name) in _VERSION_NAMES for name in path)
    return text if named and _VERSION_ALONE.fullmatch(text) else None


def _texts(value: dict[str, object]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts of an object that may say something, with the names that lead there."""
    left = [((name,), item) for name, item in value.items() if isinstance(item, str) or _REQUEST.search(name)]
    left += [((name,), item) for name, item in value.items() if _is_query(name) and not isinstance(item, str)]
    left.reverse()
    for _ in range(_MOST):
        if not left:
            return
        path, item = left.pop()
        if isinstance(item, str):
            yield path, item
        elif isinstance(item, dict):
            name = item.get("key", item.get("name"))
            inner = (*path, name) if isinstance(name, str) else path
            left.extend(((*inner, key), each) for key, each in reversed(item.items()))
        elif isinstance(item, list):
            left.extend((path, each) for each in reversed(item))


def _is_query(name: str) -> bool:
    return name.lower().startswith(("quer", "param"))


def _status(value: object) -> int | None:
    if isinstance(value, str) and _STATUS_TEXT.fullmatch(value):
        return int(value[:3])
    return value if isinstance(value, int) and value in _STATUSES and not isinstance(value, bool) else None
