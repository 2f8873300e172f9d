"""One recorded answer -> the instance views in it, or why it has none: by its request, its status and its body."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Skipped, Unreadable
from instanceview.model.text import quote
from instanceview.places.compact import compact, repeats_keys
from instanceview.places.part import Item, Listed, Part
from instanceview.reading.json_texts.parse import NotJSONError, parse
from instanceview.reading.operation import path_of, request_of
from instanceview.reading.recognise import NOT_OURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Path, Places
    from instanceview.reading.operation import Request

CUT_OFF = "the recording is cut off before the body of the answer; record it again"
"""Why there is no instance view where a recording ends too early."""

_OK = 200
_VIEW: Path = ("properties", "instanceView")


class Answer(NamedTuple):
    """One recorded answer: its place (file, entry, method, URL), its status and its body.

    `source` is the body's text and where that stands, None where there is no body; `value` is the body's JSON value
    where the recording holds it parsed, with `is_parsed`. `status` is None where the recording does not say it;
    `request` is what was asked for where no URL says it.
    """

    origin: Origin
    status: int | None
    source: Places | None
    value: object = None
    is_parsed: bool = False
    request: Request | None = None


def documents(answer: Answer) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views of ours in an answer; why there is none where one was asked for; else nothing."""
    request = answer.request or request_of(answer.origin.url or "")
    if request.kind is None:
        if _mentions_one(answer, request):
            yield Skipped(answer.origin, f"{NOT_OURS} of ours: {_resource(request)}")
        return
    try:
        value, repeats = _value(answer)
    except NotJSONError as error:
        if request.asked and answer.status in {_OK, None}:
            yield _broken(answer, error)
        elif request.asked:
            yield Skipped(answer.origin, f"{NOT_OURS}: answered {answer.status}, with a body that is no JSON")
        return
    if answer.status not in {_OK, None}:
        if request.asked:
            yield Skipped(answer.origin, f"{NOT_OURS}: answered {answer.status}{_error(value)}")
        return
    found = _views(answer, value, request, repeats=repeats)
    yield from (each for each in found if request.asked or isinstance(each, Document))


def _mentions_one(answer: Answer, request: Request) -> bool:
    """Return whether an answer of another operation holds an instance view, or was asked for one."""
    return request.asked or (answer.source is not None and '"instanceView"' in answer.source.text)


def _resource(request: Request) -> str:
    return f"it is of {quote(request.resource)}" if request.resource else "the request is for no machine of Azure"


def _value(answer: Answer) -> tuple[object, bool]:
    """Return the body's value, and whether a key may stand twice in it; None where there is no body."""
    if answer.is_parsed or answer.source is None:
        return answer.value, answer.source is not None
    text = answer.source.text
    if not text.strip():
        return None, False
    data = text.encode("utf-8", "surrogatepass")
    value = parse(data)
    return value, repeats_keys(data, value)


def _broken(answer: Answer, error: NotJSONError) -> Unreadable:
    """Return a body that is no JSON, with the place of the fault in the file."""
    source, place = answer.source, answer.origin
    if source is not None and error.line is not None and error.column is not None:
        starts = source.text.split("\n", error.line)[: error.line - 1]
        offset = sum(len(line) + 1 for line in starts) + error.column - 1
        line, column = source.line_and_column(offset)
        place = place._replace(line=line, column=column, inside=source.inside(offset))
    return Unreadable(place, f"the body is {error.reason}")


def _error(value: object) -> str:
    """Return the code and message of an error envelope, as the end of a reason."""
    error = value.get("error") if isinstance(value, dict) else None
    if not isinstance(error, dict):
        return ""
    return "".join(f", {name} {quote(error[name])}" for name in ("code", "message") if isinstance(error.get(name), str))


def _views(answer: Answer, value: object, request: Request, *, repeats: bool) -> Iterator[Document | Skipped]:
    """Yield the instance views in the body of an answer to a request that may have some."""
    items = value.get("value") if isinstance(value, dict) else None
    if answer.source is None or not isinstance(items, list):
        yield _view(answer, value, (), request, repeats=repeats)
    elif not items:
        yield Skipped(answer.origin, f"{NOT_OURS}: a list of nothing")
    else:
        listed = Listed(answer.source, ("value",))
        for index, item in enumerate(items):
            each = _view(answer, item, ("value", index), request._replace(embedded=True), repeats=repeats)
            yield each._replace(source=Item(listed, index, _VIEW)) if isinstance(each, Document) else each


def _view(answer: Answer, holder: object, path: Path, request: Request, *, repeats: bool) -> Document | Skipped:
    """Return the instance view that a body is, or that a resource in it has."""
    value = holder
    if request.embedded:
        path = (*path, *_VIEW)
        properties = holder.get("properties") if isinstance(holder, dict) else None
        value = properties.get("instanceView") if isinstance(properties, dict) else None
    if answer.source is None:
        return Skipped(answer.origin, f"{NOT_OURS}: no body")
    origin = answer.origin._replace(entry=f"{answer.origin.entry or ''}{''.join(f'/{step}' for step in path)}" or None)
    if not isinstance(value, dict) or _error(holder):
        return Skipped(origin, f"{NOT_OURS}: {_error(holder)[2:] or _what(value, request)}")
    return Document(
        value,
        origin,
        kind=request.kind,
        api_version=request.api_version,
        api_version_from="url" if request.api_version else "default",
        source=Part(answer.source, path) if path else answer.source,
        may_repeat_keys=repeats,
        identity=_identity(answer, holder, path, request, value),
    )


def _what(value: object, request: Request) -> str:
    return "the resource has none" if request.embedded and value is None else f"found {quote(value)}"


def _identity(answer: Answer, holder: object, path: Path, request: Request, value: object) -> bytes:
    """Return what a document recorded again has in common with the first: resource, api-version, kind and content."""
    name = holder.get("id") if isinstance(holder, dict) and path[:1] == ("value",) else None
    resource = [path_of(answer.origin.url or ""), name or list(path), request.kind, request.api_version]
    content = compact([resource, value]) or json.dumps([resource, value]).encode()
    return blake2b(content, digest_size=16).digest()


def is_worth_reading(data: bytes) -> bool:
    """Return whether the bytes of a recorded exchange may have to do with an instance view; False is certain.

    Most of a recording has not, and parsing it would take nearly all of the time.

    >>> is_worth_reading(b"GET /virtualMachines/a/InstanceView"), is_worth_reading(b"GET /virtualMachines/a")
    (True, False)
    """
    folded = data.lower()
    return b"instanceview" in folded or b"statusonly" in folded
