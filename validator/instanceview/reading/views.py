"""Finds the instance views in a JSON value: the value itself, or those of the resources that it is or lists."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import ABSENT, Document, Origin, Unreadable
from instanceview.model.pointer import pointer
from instanceview.places.compact import may_repeat_keys
from instanceview.places.spans import skip_space
from instanceview.reading.dialects import as_client_output, printed_by_client
from instanceview.reading.json_texts.parse import from_python
from instanceview.reading.recognise import NOT_OURS, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.places.source import Source
    from instanceview.places.spans import Path, Places


_EMBEDDED: Path = ("properties", "instanceView")


class View(NamedTuple):
    """An instance view in a body: its path there, its value (ABSENT where there is none), and the resource it is of.

    A body that is a view itself is the resource, too. `is_flat` means that the view is beside the resource's name, as
    the az CLI prints it, and not in `properties`.
    """

    path: Path
    value: object
    resource: object
    is_flat: bool = False


def views_in(body: object, *, embedded: bool | None = None) -> Iterator[View]:
    """Yield the instance views in a body: of each item of a list answer, of the resource that it is, or itself.

    `embedded` is True if a resource was requested, which has its view in `properties.instanceView`; that view may be
    ABSENT. None means that the shape decides: then a flat view counts, an item without one is left out, and a body
    without any is a view itself.

    >>> [view.path for view in views_in({"value": [{"properties": {"instanceView": {}}}, {}]})]
    [('value', 0, 'properties', 'instanceView')]
    """
    items = body.get("value") if isinstance(body, dict) else None
    if not isinstance(items, list):
        items = None
    if embedded is not None:
        if items is not None:
            yield from (_embedded(item, ("value", index)) for index, item in enumerate(items))
        else:
            yield _embedded(body, ()) if embedded else View((), body, body)
        return
    found = [_held(item, ("value", index)) for index, item in enumerate(items or ())]
    held = [view for view in found if view] or [_held(body, ()) or View((), body, body)]
    yield from held


def _embedded(resource: object, path: Path) -> View:
    """Return the instance view of a resource, as the service answers it."""
    properties = resource.get("properties") if isinstance(resource, dict) else None
    value = properties.get("instanceView", ABSENT) if isinstance(properties, dict) else ABSENT
    return View((*path, *_EMBEDDED), value, resource)


def _held(resource: object, path: Path) -> View | None:
    """Return the instance view that a resource seems to have, as the service answers it or the az CLI prints it.

    It is an object or null; None means that the resource has none.
    """
    if not isinstance(resource, dict):
        return None
    view = _embedded(resource, path)
    if view.value is ABSENT:
        # Only the CLI puts the members of `properties` beside the name.
        view = View((*path, "instanceView"), resource.get("instanceView", ABSENT), resource, "name" in resource)
    return view if view.value is None or isinstance(view.value, dict) else None


def documents_in_json(data: bytes, body: object, origin: Origin, source: Source) -> Iterator[Document | Unreadable]:
    """Yield the instance views in the value of a JSON text, with the place where it starts, or the reason for none."""
    line, column = source.line_and_column(skip_space(source.text, source.start))
    here = Origin(origin.file, origin.entry, line, column, origin.method, origin.url, origin.inside)
    return documents_in(body, here, source, may_repeat=lambda: may_repeat_keys(data, body), data=data)


def documents_in(
    body: object, origin: Origin, source: Places, *, may_repeat: Callable[[], bool], data: bytes | None = None
) -> Iterator[Document | Unreadable]:
    """Yield the instance views in a value of JSON or YAML whose request is not known, or the reason for none.

    `may_repeat` returns False if no key repeats in the text, `data` is the text where it is JSON.
    """
    part_at: Callable[[Path], Places] | None = None
    for view in views_in(body):
        here = origin_below(origin, view.path)
        printed = printed_by_client(view.value, is_flat=view.is_flat) if isinstance(view.value, dict) else None
        kind, reason = _kind_or_reason(view._replace(value=printed.body) if printed else view)
        if reason:
            yield Unreadable(here, reason)
            continue
        if not view.path:
            may = data is not None or may_repeat()  # a text that is there is looked at when the document is checked
            document = Document(view.value, here, kind, source=source, may_repeat_keys=may, data=data)
        else:
            if not part_at:
                # Loaded here, since most documents are the whole of their text: it saves 0.6 ms of a cold start of 65.
                from instanceview.places.part import parts_of

                part_at, may_repeat = parts_of(source), cache(may_repeat)  # both go through the whole text, once
            document = Document(view.value, here, kind, source=part_at(view.path), may_repeat_keys=may_repeat())
        yield as_client_output(document, printed) if printed else document


def origin_below(origin: Origin, path: Path) -> Origin:
    """Return the origin of the value at a path in a body: its entry is that of the body with a pointer behind it."""
    return origin._replace(entry=(origin.entry or "") + pointer(path)) if path else origin


def _kind_or_reason(view: View) -> tuple[str | None, str | None]:
    """Return the kind of a view as far as the ID of its resource says it, and the reason why it is not one of ours."""
    if not view.path:
        return None, why_not(view.value)
    if view.value is None:
        return None, f"{NOT_OURS}: the resource's is null; ask for it with $expand=instanceView"
    # Loaded here, since only resources need it: with urllib, it saves 2.3 ms of a cold start of 65.
    from instanceview.reading.operation import request_of

    name = view.resource.get("id") if isinstance(view.resource, dict) else None
    request = request_of(name) if isinstance(name, str) else None
    if request and request.resource and request.kind is None:
        return None, f'{NOT_OURS} of ours: it is of "{request.resource}"'
    return request.kind if request else None, why_not(view.value)


def document_of(value: object, origin: Origin) -> Document | Unreadable:
    """Return a Python value as a document without a text, or the reason why it is none.

    Raises TypeError and ValueError for what JSON cannot hold.
    """
    body = from_python(value)
    printed = printed_by_client(body) if isinstance(body, dict) else None
    reason = why_not(printed.body if printed else body)
    if reason:
        return Unreadable(origin, reason)
    document = Document(body, origin)
    return as_client_output(document, printed) if printed else document
