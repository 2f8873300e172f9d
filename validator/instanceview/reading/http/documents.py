"""One recorded answer -> the instance views in it, or the reason for none: by request, status and body."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from instanceview.model.document import ABSENT, Document, Skipped, Unreadable
from instanceview.model.limits import is_beyond
from instanceview.model.text import quote
from instanceview.places.compact import compact
from instanceview.places.part import parts_of
from instanceview.reading.depth import documents_in
from instanceview.reading.hits import Text, identity_of_operation, origin_below
from instanceview.reading.http.answer import OK, Answer, body_value, broken_body, error_of, may_be_lost
from instanceview.reading.http.odd_places import entries_around, is_read, others_in, path_of_resource
from instanceview.reading.json_texts.parse import NotJSONError
from instanceview.reading.operation import FAILED, has_view_always, is_open, operation_of, path_of, request_of
from instanceview.reading.recognise import NO_BODY, NOT_OURS
from instanceview.reading.views import resource_of, views_in
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.reading.operation import Request
    from instanceview.reading.views import View


def documents_of(answer: Answer) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views of ours in an answer, or the reason for none where the request is for one."""
    request = answer.request or request_of(answer.origin.url or "")
    others = list(_by_shape(answer)) if _shows_alone(request, answer.origin) else []
    if others:
        yield from others
        return
    if request.kind is None:
        if _mentions_one(answer, request):
            yield Skipped(answer.origin, f"{NOT_OURS}: {_resource(request)}")
        return
    try:
        value, may_repeat = body_value(answer)
    except NotJSONError as error:
        yield from _unread(answer, request, error)
        return
    if answer.status not in {OK, None}:
        if _mentions_one(answer, request) or _is_failed_view(answer, request):
            yield Skipped(answer.origin, f"{NOT_OURS}: the answer has status {answer.status}{error_of(value)}")
        return
    found = _views_in(answer, value, request, may_repeat=may_repeat)
    yield from (each for each in found if request.is_for_view or not isinstance(each, Skipped))


def _shows_alone(request: Request, origin: Origin) -> bool:
    """Return True if the body alone shows what an answer has.

    It is that of a mock, of an operation of any resource, or of a resource that Microsoft.Compute did not have; or
    nothing of the request was recorded.
    """
    is_any = not request.resource or is_open(request) or _is_new(request)
    return not request.kind and bool(origin.url or not origin.method) and is_any


def _is_new(request: Request) -> bool:
    return request.kind is None and request.resource.startswith("microsoft.compute/") and not is_open(request)


def _unread(answer: Answer, request: Request, error: NotJSONError) -> Iterator[Skipped | Unreadable]:
    """Yield the reason for no instance view in a body that was not read, where there may be one."""
    if answer.status in {OK, None}:
        if answer.source and (request.is_for_view or may_be_lost(answer, error)):
            yield broken_body(answer.origin, answer.source, error)
    elif request.is_for_view or _is_failed_view(answer, request):
        why = "" if is_beyond(error.reason) else ", and its body is not JSON"
        yield Skipped(answer.origin, f"{NOT_OURS}: the answer has status {answer.status}{why}")


def _by_shape(answer: Answer) -> Iterator[Document | Unreadable]:
    """Yield the instance views in an answer of another server than Azure's, such as a mock or a service in between.

    What may hold one, and is beyond a limit, is yielded too.
    """
    if answer.source is None or answer.status not in {OK, None}:
        return
    asked = operation_of(answer.origin.url or "")
    is_foreign = bool(asked.resource) and not _is_new(asked)
    try:
        value, may_repeat = body_value(answer)
    except NotJSONError:
        from instanceview.reading.below import documents_in_text  # nearly all bodies are JSON

        text = Text(answer.source, answer.origin, None, lambda: False, limits=answer.limits)
        found = documents_in_text(text, [])
    else:
        found = documents_in(
            value, answer.origin, answer.source, may_repeat=lambda: may_repeat, asked=False, limits=answer.limits
        )
    for item in found:
        if isinstance(item, Unreadable) and not item.reason.startswith(NOT_OURS):
            yield item
        elif isinstance(item, Document) and not (is_foreign and item.kind in {None, *MACHINES}):
            version = item.api_version or asked.api_version
            yield item._replace(
                kind=item.kind or asked.kind,
                api_version=version,
                api_version_from="url" if version else "default",
                headers=item.headers or answer.headers,
                identity=identity_of_operation(answer.origin.url or "", item) if asked.resource else None,
            )


def _mentions_one(answer: Answer, request: Request) -> bool:
    """Return True if an answer of another operation holds an instance view, or its request is for one."""
    return request.is_for_view or (answer.source is not None and '"instanceView"' in answer.source.text)


def _is_failed_view(answer: Answer, request: Request) -> bool:
    """Return True if an error was answered in place of a resource that has its view in every answer."""
    is_get = answer.origin.method in {None, "GET"}
    return is_get and (answer.status or OK) >= FAILED and has_view_always(request)


def _resource(request: Request) -> str:
    return (
        f"the request is for {quote(request.resource)}"
        if request.resource
        else "the request is not for an Azure VM or scale set"
    )


def _views_in(
    answer: Answer, body: object, request: Request, *, may_repeat: bool
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the body of an answer to a request that may have some."""
    if answer.source is None or not (answer.is_parsed or answer.source.text.strip()):
        yield Skipped(answer.origin, NO_BODY)
        return
    views = list(views_in(body, embedded=request.embedded, kind=request.kind))
    paths = [view.path for view in views if isinstance(view.value, dict)]
    part_at = parts_of(answer.source, lambda: paths, many=len(paths) > 1)
    others = others_in(answer, body, views, request, may_repeat=may_repeat)
    around = entries_around(item.origin for item in others)
    for view in views:
        origin = origin_below(answer.origin, view.path)
        error = error_of(view.resource)
        if origin_below(answer.origin, path_of_resource(view)).entry in around and not is_read(view):
            continue
        if not isinstance(view.value, dict) or error:
            yield Skipped(origin, f"{NOT_OURS}: {error[2:] or _found(view)}")
            continue
        yield Document(
            view.value,
            origin,
            kind=view.kind or request.kind,
            api_version=request.api_version,
            api_version_from="url" if request.api_version else "default",
            source=part_at(view.path),
            may_repeat_keys=may_repeat,
            identity=_identity(answer, view, request),
            headers=answer.headers,
            resource=resource_of(view.resource),
        )
    yield from others
    if not views:
        yield Skipped(answer.origin, f"{NOT_OURS}: the list is empty")


def _found(view: View) -> str:
    is_missing = view.path and (view.value is None or view.value is ABSENT)
    return "the resource has none" if is_missing else f"found {quote(view.value)}"


def _identity(answer: Answer, view: View, request: Request) -> bytes:
    """Return a hash of what a document has in common when it is recorded again.

    That is the resource, the api-version, the kind and the content.
    """
    name = view.resource.get("id") if isinstance(view.resource, dict) and view.path[:1] == ("value",) else None
    resource = [path_of(answer.origin.url or ""), name or list(view.path), request.kind, request.api_version]
    content = compact([resource, view.value]) or json.dumps([resource, view.value]).encode()
    return blake2b(content, digest_size=16).digest()
