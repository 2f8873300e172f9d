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
from instanceview.reading.recognise import NOT_OURS
from instanceview.reading.requests import said_by
from instanceview.reading.search import HOLDERS, is_view_name, kind_around
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
        identity=_identity(view, said) if said.url else None,
        headers=said.headers,
        resource=_resource_around(view),
    )
    return finished(document, view.verdict)


def _resource_around(view: Hit) -> str | None:
    """Return the ID or name of the resource that has a view as `instanceView`, itself or in `properties`."""
    if not (view.around and view.path and is_view_name(str(view.path[-1]))):
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
    content = [said.url, said.kind, said.api_version, names, view.value]
    return blake2b(compact(content) or json.dumps(content).encode(), digest_size=16).digest()


def origin_below(origin: Origin, path: Path) -> Origin:
    """Return the origin of the value at a path in a body: its entry is that of the body with a pointer behind it."""
    return origin._replace(entry=(origin.entry or "") + pointer(path)) if path else origin
