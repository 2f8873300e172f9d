"""A bare JSON value -> the instance views in it: itself, those of its resources, or why it has none."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Document, Origin, Unreadable
from instanceview.places.compact import repeats_keys
from instanceview.places.spans import skip_space
from instanceview.reading.az_output import ADDED, as_az_output, is_az_output
from instanceview.reading.recognise import NOT_OURS, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.places.part import Listed
    from instanceview.places.source import Source
    from instanceview.places.spans import Path, Places


_ADDED = ADDED.encode()


class _View(NamedTuple):
    path: Path
    value: object
    kind: str | None
    reason: str | None = None
    is_flat: bool = False


def documents(data: bytes, body: object, origin: Origin, source: Source) -> Iterator[Document | Unreadable]:
    """Yield the instance views in the JSON value of a text, with the place where the text starts, or why none is."""
    line, column = source.line_and_column(skip_space(source.text, source.start))
    here = Origin(origin.file, origin.entry, line, column, origin.method, origin.url, origin.inside)
    may_be_az = _ADDED in data or b"null" in data
    return views(body, here, source, repeats=lambda: repeats_keys(data, body), data=data, may_be_az=may_be_az)


def views(  # noqa: PLR0913 (what is known of the text)
    body: object,
    origin: Origin,
    source: Places,
    *,
    repeats: Callable[[], bool],
    data: bytes | None = None,
    may_be_az: bool = True,
) -> Iterator[Document | Unreadable]:
    """Yield the instance views in a value, JSON's or YAML's, or why there is none.

    `repeats` says whether a key may stand twice, `data` is the text where it is JSON; `may_be_az` is False where the
    text shows that the az CLI has not written it.
    """
    listed = _listed(source) if isinstance(body, dict) and "value" in body else None
    if listed:
        repeats = cache(repeats)  # it looks through the whole text
    for view in _views(body):
        here = origin
        if view.path:
            here = origin._replace(entry="".join([origin.entry or "", *(f"/{step}" for step in view.path)]))
        reason = view.reason or why_not(view.value)
        if reason:
            yield Unreadable(here, reason)
            continue
        is_whole = data is not None and not view.path
        document = Document(
            view.value,
            here,
            kind=view.kind,
            source=_places(view.path, source, listed),
            may_repeat_keys=is_whole or repeats(),
            data=data if is_whole else None,
        )
        yield as_az_output(document) if view.is_flat or (may_be_az and is_az_output(view.value)) else document


def _listed(source: Places) -> Listed:
    from instanceview.places.part import Listed  # as below

    return Listed(source, ("value",))


def _places(path: Path, source: Places, listed: Listed | None) -> Places:
    index = path[1] if listed and path else None
    if listed and isinstance(index, int):
        from instanceview.places.part import Item

        return Item(listed, index, path[2:])
    if not path:
        return source
    from instanceview.places.part import Part  # slow to load, and most documents are the whole of their text

    return Part(source, path)


def _views(body: object) -> Iterator[_View]:
    """Yield the value itself, or the instance views of the resources that it is, or is a list answer of."""
    items = body.get("value") if isinstance(body, dict) else None
    if isinstance(items, list) and any(_held(item) for item in items):
        for index, item in enumerate(items):
            held = _held(item)
            if held:
                yield held._replace(path=("value", index, *held.path))
    else:
        yield _held(body) or _View((), body, None)


def _held(resource: object) -> _View | None:
    """Return the instance view of a resource, as the service answers (`properties.instanceView`) or az prints it."""
    if not isinstance(resource, dict):
        return None
    properties = resource.get("properties")
    is_flat = not (isinstance(properties, dict) and "instanceView" in properties)
    path: Path = ("instanceView",) if is_flat else ("properties", "instanceView")
    value = resource.get("instanceView")
    if isinstance(properties, dict) and not is_flat:
        value = properties["instanceView"]
    if value is None and (not is_flat or "instanceView" in resource):
        return _View(path, None, None, f"{NOT_OURS}: the resource's is null; ask for it with $expand=instanceView")
    if not isinstance(value, dict):
        return None
    from instanceview.reading.operation import request_of  # needed for resources only

    name = resource.get("id")
    request = request_of(name) if isinstance(name, str) else None
    if request and request.resource and request.kind is None:
        return _View(path, value, None, f'{NOT_OURS} of ours: it is of "{request.resource}"')
    # Only the CLI puts the members of `properties` beside the name.
    return _View(path, value, request.kind if request else None, is_flat=is_flat and "name" in resource)


def value(body: object, origin: Origin) -> Document | Unreadable:
    """Return a Python value as a document without a text, or why it is none.

    Raises TypeError and ValueError for what JSON cannot hold.
    """
    from instanceview.reading.json_texts.parse import from_python
    from instanceview.reading.recognise import why_not

    plain = from_python(body)
    reason = why_not(plain)
    return Unreadable(origin, reason) if reason else Document(plain, origin)
