"""x-ms-examples, the examples of Azure's service definitions: parameters, and one answer for each status."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from instanceview.model.document import Skipped
from instanceview.model.pointer import pointer
from instanceview.places.part import Part
from instanceview.places.source import Source
from instanceview.reading.depth import documents_in
from instanceview.reading.family import are_of_view, kind_of_family
from instanceview.reading.holders import is_view_name, kind_of_resource
from instanceview.reading.http.answer import OK, Answer, error_of
from instanceview.reading.http.beside import with_views
from instanceview.reading.http.documents import documents_of
from instanceview.reading.http.json_exchanges import at_path, text_at
from instanceview.reading.json_texts.items import top_names
from instanceview.reading.json_texts.parse import decode, parse
from instanceview.reading.operation import FAILED, Request
from instanceview.reading.recognise import NOT_OURS, recognise
from instanceview.tables.kinds import MACHINE_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Origin, Unreadable
    from instanceview.places.spans import Path
    from instanceview.reading.files.stream import Stream

_OF_OTHERS = ("extension", "runcommand", "host", "capacity")
_STATUS = re.compile("[1-5][0-9]{2}")
"""Parts of the parameters of other resources, which may have a machine's or a scale set's as well."""


def sniff(head: bytes) -> bool:
    """Return True if a text begins as an example of a service definition, and not as a view with the same names."""
    top = top_names(head) if b'"responses"' in head else {}
    return {"parameters", "responses"} <= top.keys() and not are_of_view(top)


def read(stream: Stream, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in the answers; raises NotJSONError where the file is broken."""
    data = stream.whole()
    example = parse(data, stream.limits)
    holder = Source(decode(data))
    responses = at_path(example, ("responses",))
    for status in responses if isinstance(responses, dict) else ():
        body = at_path(responses, (status, "body"))
        path: Path = ("responses", status, "body")
        here = origin._replace(entry=f"/responses/{status}", line=1, column=1)
        request = _request(example, body)
        if body is not None and (request.kind or request.is_for_view) and _is_failed(status, body):
            yield Skipped(here, f"{NOT_OURS}: the answer has status {status}{error_of(body)}")
        elif body is not None:
            answer = Answer(here, _code(status), Part(holder, path), body, is_parsed=True, request=request)
            answer = answer._replace(limits=stream.limits)
            yield from documents_of(answer._replace(headers=at_path(responses, (status, "headers"))))
    yield from _beside(example, origin, holder, stream)


def _beside(
    example: object, origin: Origin, holder: Source, stream: Stream
) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views beside parameters and answers; those of a parameter are of a request."""
    for name, value in example.items() if isinstance(example, dict) else ():
        if name in {"parameters", "responses"}:
            continue
        places = Part(holder, (name,))
        line, column = places.line_and_column(places.spans([()]).by_path[()].start)
        here = origin._replace(entry=pointer((name,)), line=line, column=column)
        found = documents_in(
            value, here, places, may_repeat=lambda: True, asked=is_view_name(name), stream=stream, limits=stream.limits
        )
        yield from with_views(found, "JSON")


def _is_failed(status: str, body: object) -> bool:
    """Return True for an error with any status, for the answer of a failure, and for a view with another status."""
    code = _code(status)
    if error_of(body) or code is None:
        return bool(error_of(body))
    has_view = at_path(body, ("properties", "instanceView")) is not None
    return code >= FAILED or (has_view and code != OK)


def _code(status: str) -> int | None:
    """Return the status that is the name of an answer, None for another name, such as `default`."""
    return int(status) if _STATUS.fullmatch(status) else None


def _request(example: object, body: object) -> Request:
    """Return the request by the names of its parameters: an example has no URL."""
    parameters = at_path(example, ("parameters",))
    names = {name.lower() for name in parameters} if isinstance(parameters, dict) else set()
    version = text_at(example, "parameters", "api-version") or None
    kind = _kind_of_body(body) or _kind(names)
    embedded = bool(at_path(body, ("properties",))) or not recognise(body, asked=True).evidence
    is_for_view = "instanceview" in text_at(example, "parameters", "$expand").lower()
    return Request("the resource of an example", kind, embedded, is_for_view, api_version=version)


def _kind_of_body(body: object) -> str:
    """Return the kind beside the machine documents of a resource or a list, by its type, or of a view by its marks."""
    items = at_path(body, ("value",))
    resource = items[0] if isinstance(items, list) and items else body
    if not isinstance(body, dict) or not isinstance(resource, dict):
        return ""
    return kind_of_resource(resource) or kind_of_family(body)


def _kind(names: set[str]) -> str | None:
    """Return the kind whose parameters an example has, the kind with most of them; None for another resource's."""
    fitting = [
        kind
        for kind in reversed(list(MACHINE_VALUES.values()))
        if all(any(re.fullmatch(parameter, name) for name in names) for parameter in kind.parameters)
    ]
    kind = max(fitting, key=lambda kind: len(kind.parameters), default=None)
    if kind is None or any(part in name for name in names.difference(kind.parameters) for part in _OF_OTHERS):
        return None
    return kind.name
