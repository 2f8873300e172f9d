"""The facts that one object says of a request and its answer, by the names and values of its members."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.names import fold
from instanceview.reading.operation import is_open, operation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST = 200  # values of an object that are looked at for a URL: recorded requests have some dozens with their headers
_LONGEST = 8192  # characters of a URL; servers take up to 8 KiB
_REQUEST = re.compile(r"(?i)request|ur[li]|predicate|^(?:req|inputs?|config|definition|operation|arg|kwarg|param)s?$")
_URL = re.compile(r"(?i)(?:https?://|/)[^\s\"'<>\\]*?(?:virtualmachine|/microsoft\.(?:hybrid)?compute/)[^\s\"'<>\\]*+")
_OBJECT = re.compile(r"\{\s*+\\*+\"")  # in a string of a string, too; `{{host}}` and `{id}` of URLs have no quote
_IDS = {"id", "resourceid", "resource_id"}
_STATUS = re.compile(r"(?i)^(?:http|response)?[_-]?status(?:[_-]?code)?$|^(?:response[_-]?)?code$")
_STATUS_TEXT = re.compile(r"[1-5][0-9]{2}(?: .*)?")
_LONGEST_DATE = 64  # characters of a date as servers write it
_DATES = 2  # values of one header that are looked at for a date: servers write one
_STATUSES = range(100, 600)
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[a-z]+)?"
_VERSION = re.compile(rf"(?i)api-version(?:=|%3D)({_DATE})")
_VERSION_ALONE = re.compile(_DATE)
_VERSION_NAMES = {"apiversion"}


class Said(NamedTuple):
    """What the objects around a value say: the URL of the request, the kind that it asks for, api-version and status.

    `is_for_view` means that the URL asks for an instance view, and for nothing around it. `headers` are those of
    the answer, in any form, or its date alone.
    """

    url: str | None = None
    kind: str | None = None
    api_version: str | None = None
    status: int | None = None
    is_for_view: bool | None = None
    headers: list[object] | None = None


def facts_of(value: dict[str, object]) -> Said:
    """Return the facts that the members of an object say, and those of its members that describe a request."""
    return _facts(_texts(value), value)


def facts_in_name(name: str) -> Said:
    """Return the facts that the name of a member says, which is a path."""
    return _facts([((name,), name)], {})


def _facts(texts: Iterable[tuple[tuple[str, ...], str]], value: dict[str, object]) -> Said:
    """Return the facts of texts, each with the names that lead there, and those of the members of an object."""
    url = kind = version = status = is_for_view = None
    headers: list[object] = []
    for path, whole in texts:
        text = _before_json(whole)
        found = _URL.search(text, 0, _LONGEST) if kind is None else None
        if found:
            request = operation_of(found[0])
            kind = request.kind
            if (kind or is_open(request)) and path[-1].lower() not in _IDS:
                url, is_for_view = found[0], request.is_for_view and not request.embedded
        if version is None:
            version = _version(path, text)
    for name, item in value.items():
        if status is None and _STATUS.match(name):
            status = _status(item)
        lowered = name.lower()
        if lowered == "date" or "header" in lowered:
            headers += _headers(lowered, item)
    return Said(url, kind, version, status, is_for_view, headers or None)


def _before_json(text: str) -> str:
    """Return the beginning of a text, up to an object in it: what that says is not said around it."""
    if "{" not in text:
        return text
    found = _OBJECT.search(text, 0, _LONGEST)
    return text[: found.start()] if found else text


def _headers(name: str, value: object) -> list[object]:
    """Return the headers that a member of this name has: all of them, or `Date` alone; none of a request's."""
    if name.endswith("date"):  # of many things, which servers do not write so
        texts = value[:_DATES] if isinstance(value, list) else [value]
        is_date = any(isinstance(text, str) and "GMT" in text[:_LONGEST_DATE] for text in texts)
        return [{"date": value}] if is_date and "req" not in name else []
    return [] if "req" in name else [value]


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
            left.extend(((*inner, key), each) for key, each in reversed([*islice(item.items(), _MOST)]))
        elif isinstance(item, list):
            left.extend((path, each) for each in reversed(item[:_MOST]))  # of more, none is looked at


def _is_query(name: str) -> bool:
    return name.lower().startswith(("quer", "param"))


def _status(value: object) -> int | None:
    """Return the status that a number, a text or an object with a code says; None for what says none."""
    if isinstance(value, dict):
        return _status(value.get("code"))
    if isinstance(value, str) and fold(value) in _named_statuses():
        return _named_statuses()[fold(value)]
    if isinstance(value, str) and _STATUS_TEXT.fullmatch(value):
        return int(value[:3])
    return value if isinstance(value, int) and value in _STATUSES and not isinstance(value, bool) else None


@cache
def _named_statuses() -> dict[str, int]:
    """Return the statuses by their folded names, as .NET writes them."""
    return {fold(status.name): status.value for status in HTTPStatus}
