"""Hits of a search in a text -> documents with what the objects around them say, or why there are none."""

from __future__ import annotations

import json
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Skipped
from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.pointer import pointer
from instanceview.model.text import quote
from instanceview.places.compact import compact
from instanceview.reading.found import Failed
from instanceview.reading.holders import HOLDERS, is_view_name, kind_around
from instanceview.reading.operation import is_open, request_of
from instanceview.reading.operation import path_of as url_path
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.requests import said_by
from instanceview.reading.views import finished, resource_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model.document import Origin
    from instanceview.places.spans import Path, Places
    from instanceview.reading.facts import Said
    from instanceview.reading.files.stream import Stream
    from instanceview.reading.found import Elsewhere, Held, Hit
    from instanceview.reading.requests import Around

OK = 200
"""The status of an answer that holds what was asked for."""


class Text(NamedTuple):
    """A text that is searched: its places, its origin, the objects around it, and if a key may repeat in it.

    `stream` is the file that it is in, which may name others.
    """

    places: Places
    origin: Origin
    around: Around | None
    may_repeat: Callable[[], bool]
    stream: Stream | None = None
    layer: int = 0
    limits: Limits = DEFAULTS


def path_of(item: Hit | Held | Elsewhere | Failed) -> Path:
    """Return the path of what is reported: of an error, that of the answer that has it."""
    return item.path[:-1] if isinstance(item, Failed) else item.path


def at_value(origin: Origin, places: Places) -> Origin:
    """Return an origin with the line and column of the value that it is of."""
    line, column = places.line_and_column(places.spans([()]).by_path[()].start)
    return origin._replace(line=line, column=column)


def document_of_hit(view: Hit, text: Text, places: Places) -> Document | Skipped:
    """Return the document of a view, or why it is not one: its answer has another status."""
    said = said_by(view.around)
    origin = origin_below(text.origin, view.path)._replace(url=text.origin.url or said.url)
    if said.status not in {None, OK}:
        return Skipped(at_value(origin, places), f"{NOT_OURS}: the answer has status {said.status}")
    document = Document(
        view.value,
        origin,
        kind=kind_around(view.path, view.around) or said.kind,
        api_version=said.api_version,
        api_version_from="url" if said.api_version else "default",
        source=places,
        may_repeat_keys=text.may_repeat(),
        headers=said.headers,
        resource=_resource_around(view),
    )
    document = finished(document, view.verdict)
    if said.url is None:
        return document
    is_of_operation = is_open(request_of(said.url))
    identity = identity_of_operation(said.url, document) if is_of_operation else _identity(view, said)
    return document._replace(identity=identity)


def identity_of_operation(url: str, document: Document) -> bytes:
    """Return a hash that is equal for the two answers of an operation that have its result: its status, and itself.

    The result of a script is a list of statuses, which each answer has in its own place.
    """
    version = request_of(url).api_version
    content: list[object] = [url_path(url), version, document.kind, document.resource, document.body]
    if document.kind == "run-command-result" and isinstance(document.body, dict):
        properties = document.body.get("properties")
        held = properties.get("output") if isinstance(properties, dict) else None
        content[3:] = [document.body.get("value", held)]
    return _hashed(content)


def _resource_around(view: Hit) -> str | None:
    """Return the ID or name of the resource that has a view as `instanceView`, itself or in `properties`.

    The `properties` of some kinds beside machines are the view.
    """
    last = str(view.path[-1]) if view.path else ""
    if not (view.around and (is_view_name(last) or (last == "properties" and view.verdict.kind))):
        return resource_of(view.value)
    holders = islice(view.around.outwards(), HOLDERS)
    return next(filter(None, (resource_of(each.value) for each in holders)), None)


def failed_answer(failed: Failed, places: Places, text: Text) -> Iterator[Skipped]:
    """Yield the reason for no instance view where one was asked for, and an error was answered."""
    said = said_by(failed.around)
    if said.is_for_view and said.status not in {None, OK}:
        origin = at_value(origin_below(text.origin, path_of(failed)), places)._replace(url=said.url)
        names = [name for name in ("code", "message") if isinstance(failed.error.get(name), str)]
        error = "".join(f", {name} {quote(failed.error[name])}" for name in names)
        yield Skipped(origin, f"{NOT_OURS}: the answer has status {said.status}{error}")


def _identity(view: Hit, said: Said) -> bytes:
    """Return a hash of what a document has in common when it is recorded again: its request, resource and content."""
    names = [view.around.value.get(name) for name in ("id", "name")] if view.around else []
    return _hashed([said.url, said.kind, said.api_version, names, view.value])


def _hashed(content: list[object]) -> bytes:
    return blake2b(compact(content) or json.dumps(content).encode(), digest_size=16).digest()


def origin_below(origin: Origin, path: Path) -> Origin:
    """Return the origin of the value at a path in a body: its entry is that of the body with a pointer after it."""
    return origin._replace(entry=(origin.entry or "") + pointer(path)) if path else origin
