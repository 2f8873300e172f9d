"""A response of an HTTP client -> inputs: the instance views in its body, or the reason why it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import ABSENT, Document, Origin, Unreadable
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.text import quote
from instanceview.places.compact import may_repeat_keys
from instanceview.places.part import parts_of
from instanceview.places.source import Source
from instanceview.reading.hits import origin_below
from instanceview.reading.json_texts.parse import NotJSONError, decode, parse
from instanceview.reading.operation import operation_of
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.views import View, document_of, resource_of, views_in
from instanceview.running.values import json_of_value
from instanceview.testing.response_parts import content_of, headers_of, shown_url, status_of, unwrapped, url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.places.spans import Places
    from instanceview.reading.operation import Request

_OK = 200
_HOLDERS = {"properties", "value"}
"""Members of a resource or a list that an instance view does not have."""


def of_response(response: object, limits: Limits = DEFAULTS) -> Iterator[Document | Unreadable]:
    """Yield the instance views of a response, or the reason why it has none.

    The URL has the api-version and the kind; a VM or a list of VMs has its views in `properties.instanceView`.
    Raises TypeError and ValueError for a value that JSON cannot have.
    """
    response = unwrapped(response)
    url = url_of(response)
    status, origin = status_of(response), Origin(shown_url(url))
    try:
        content = content_of(response)
        body = parse(content, limits) if isinstance(content, bytes) else json_of_value(content, limits)
    except NotJSONError as error:
        fault = error.reason if status == _OK else _unexpected(status)
        yield Unreadable(origin._replace(line=error.line, column=error.column), fault)
        return
    refused = _reason_without_view(status, body)
    if refused:
        yield Unreadable(origin, refused)
        return
    request = operation_of(url)
    for item in _views(body, content, origin, request, limits):
        yield _of_request(item, request, url, response)


def _reason_without_view(status: object, body: object) -> str | None:
    """Return the reason why an answer cannot have an instance view: another status, or an error in its place."""
    error = (
        body.get("error", body if "code" in body and "message" in body else None) if isinstance(body, dict) else None
    )
    if not isinstance(error, dict):
        return None if status == _OK else _unexpected(status)
    return _unexpected(status, f"error code {quote(error.get('code'))}: {quote(error.get('message'))}")


def _unexpected(status: object, error: str = "") -> str:
    reason = f", {error}" if error else ""
    return f"the answer has status {status}{reason}; expected status {_OK} with an instance view"


def _views(
    body: object, content: object, origin: Origin, request: Request, limits: Limits
) -> Iterator[Document | Unreadable]:
    """Yield the instance views in a body, at the places that the URL or else the shape of the body gives."""
    has_resources = request.embedded if request.kind else isinstance(body, dict) and bool(body.keys() & _HOLDERS)
    views = (
        [view for view in views_in(body, embedded=True) if view.value is not ABSENT]
        if has_resources
        else [View((), body, body)]
    )
    if not views:
        empty = isinstance(body, dict) and body.get("value") == []
        found = "an empty list" if empty else "no properties.instanceView; request it with $expand=instanceView"
        yield Unreadable(origin, f"{NOT_OURS} in the answer: {found}")
        return
    paths = [view.path for view in views]
    places = Source(decode(content)) if isinstance(content, bytes) else None
    part_at = parts_of(places, lambda: paths, many=len(paths) > 1) if places else None
    may_repeat = isinstance(content, bytes) and may_repeat_keys(content, body)
    for view in views:
        item = document_of(view.value, origin_below(origin, view.path), limits)
        item = item._replace(resource=resource_of(view.resource)) if isinstance(item, Document) else item
        yield _placed(item, part_at(view.path), may_repeat=may_repeat) if part_at else item


def _placed(item: Document | Unreadable, places: Places, *, may_repeat: bool) -> Document | Unreadable:
    """Return an instance view of a body with its line and column, and its text."""
    line, column = places.line_and_column(places.spans([()]).by_path[()].start)
    origin = item.origin._replace(line=line, column=column)
    if isinstance(item, Unreadable):
        return item._replace(origin=origin)
    return item._replace(origin=origin, source=places, may_repeat_keys=may_repeat)


def _of_request(item: Document | Unreadable, request: Request, url: str, response: object) -> Document | Unreadable:
    if isinstance(item, Unreadable):
        return item
    return item._replace(
        kind=request.kind,
        api_version=request.api_version,
        api_version_from="url" if request.api_version else item.api_version_from,
        headers=headers_of(response),
        resource=item.resource or url or None,
    )
