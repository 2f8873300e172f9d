"""A Python value -> the documents in it: by itself, or as its JSON text would be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from instanceview.model.document import Document
from instanceview.model.limits import DEFAULTS, Limits, is_beyond
from instanceview.model.pointer import pointer
from instanceview.model.text import one_line
from instanceview.reading.files.stream import stream_of
from instanceview.reading.json_texts.plain import from_python
from instanceview.reading.recognise import foreign_members, recognise
from instanceview.reading.views import document_of, finished, resource_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin, Skipped, Unreadable


def read_value(value: object, origin: Origin, limits: Limits = DEFAULTS) -> Iterator[Document | Skipped | Unreadable]:
    """Yield the instance views in a Python value at any depth, or the reason for none.

    One that is an instance view itself has no text. Any other is read as its JSON text would be, so that a recording
    gives what it gives in a file; lines and columns are those of that text, which nobody has seen. Raises TypeError
    and ValueError for what JSON cannot hold, with its pointer, at the call.
    """
    body = json_value(value, limits)
    verdict = recognise(body, asked=True)
    if verdict.evidence and not foreign_members(body, verdict):
        return iter([finished(Document(body, origin, resource=resource_of(body)), verdict)])
    if not isinstance(body, (dict, list)):
        return iter([document_of(body, origin, limits)])
    from instanceview.reading.dispatch import read  # most values are one document

    return read(stream_of(json.dumps(body).encode(), limits), origin)


def json_value(value: object, limits: Limits = DEFAULTS) -> object:
    """Return a Python value as a JSON value.

    Raises TypeError and ValueError for what JSON cannot hold, with its pointer.

    >>> json_value({"statuses": ({"code": "a/b"},)})
    {'statuses': [{'code': 'a/b'}]}
    """
    try:
        return from_python(value, limits)
    except (TypeError, ValueError) as error:
        cycle = _cycle_in(value) if is_beyond(str(error)) else None
        if cycle is not None:
            message = f"{one_line(pointer(cycle))} contains itself; pass a value without cycles"
            raise ValueError(message) from None
        raise type(error)(f"{_place_of_fault(value, limits)}{error}") from None


def _place_of_fault(value: object, limits: Limits = DEFAULTS) -> str:
    """Return the pointer of what JSON cannot hold, with a colon, empty at the root and for nesting that is too deep.

    >>> _place_of_fault({"statuses": [{}, {"time": {1, 2}}]})
    '/statuses/1/time: '
    """
    path: list[str | int] = []
    while isinstance(value, (Mapping, list, tuple)) and len(path) < limits.nesting:
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        step, value = next(((step, item) for step, item in items if _is_refused(item, limits)), ("", None))
        if value is None:  # the fault is a name, or the depth
            break
        path.append(step)
    return f"{one_line(pointer(tuple(path)))}: " if 0 < len(path) < limits.nesting else ""


def _cycle_in(value: object) -> tuple[str | int, ...] | None:
    """Return the path to a value that is one of those around it, None where there is none near the root.

    >>> view = {"vmAgent": {}}
    >>> view["vmAgent"]["machine"] = view
    >>> _cycle_in(view), _cycle_in({"statuses": [[], []]})
    (('vmAgent', 'machine'), None)
    """
    opened: list[int] = []  # the values around the current one, by identity
    done: set[int] = set()
    path: list[str | int] = []
    items: list[Iterator[tuple[str | int, object]]] = [iter([("", value)])]
    while items:
        step, item = next(items[-1], (_END, None))
        if step is _END:
            items.pop()
            done.update(opened[-1:])
            del opened[-1:], path[-1:]
        elif isinstance(item, (Mapping, list, tuple)) and id(item) not in done:
            if id(item) in opened:
                return (*path[1:], step)
            if len(opened) < _NEAR:
                opened.append(id(item))
                path.append(step)
                items.append(iter(item.items() if isinstance(item, Mapping) else enumerate(item)))
    return None


_END: Any = object()
_NEAR = 1000
"""Levels in which a cycle is looked for: no real value has more, and one that is made as it is read has no end."""


def _is_refused(value: object, limits: Limits) -> bool:
    try:
        from_python(value, limits)
    except (TypeError, ValueError):
        return True
    return False
