"""A document of a client as the service would write it, with the paths at which its values are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.dialects.names import is_own, service_names
from instanceview.reading.dialects.printed import Printed
from instanceview.reading.dialects.values import service_value, time_of_python
from instanceview.tables.spellings import PASCAL, roots_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.places.spans import Path
    from instanceview.tables.elements import Element


_CUT = object()
"""The value that a client lost."""


class _Translation(NamedTuple):
    """A translation under way: the writer, the kind, and the path as written of each path that differs."""

    writer: str
    kind: str
    written: dict[Path, Path]

    def note(self, path: Path, written: Path) -> None:
        """Keep where the value at a path is written."""
        if path != written:
            self.written[path] = written
        else:
            self.written.pop(path, None)  # a member with the service's name, after one with the client's


def translated(view: dict[str, object], writer: str, kind: str = "") -> Printed:
    """Return a document of a client with the service's names and values; what the client added or lost is left out.

    Without a kind, it is one of those of machine documents: a name is looked for in the tables of each.

    >>> translated({"Statuses": [{"Level": 2}], "StatusesText": "[]"}, "powershell").body
    {'statuses': [{'level': 'Error'}]}
    >>> translated({"vm_agent": {}}, "python-sdk").written
    {('vmAgent',): ('vm_agent',)}
    """
    at = _Translation(writer, kind, {})
    return Printed(_object(at, view, roots_of(kind), (), ()), writer, at.written)


def _object(
    at: _Translation, value: dict[str, object], elements: Sequence[Element], path: Path, written: Path
) -> dict[str, object]:
    body: dict[str, object] = {}
    for name, item in value.items():
        steps = service_names(name, at.writer, elements, at.kind)
        if item is None or (not steps and is_own(name, elements, at.kind, is_root=not path)):
            continue
        if not steps or steps[0] in body:
            steps = (name,)  # not the client's name, or there already: it is reported as it is written
        held, below, there = list(elements), path, (*written, name)
        for step in steps:
            held = [each.children[step] for each in held if step in each.children]
            below = (*below, step)
            at.note(below, there)
        result = _value(at, item, held, below, there)
        if result is not _CUT:
            body[steps[0]] = {steps[1]: result} if steps[1:] else result
    return body


def _value(at: _Translation, value: object, elements: Sequence[Element], path: Path, written: Path) -> object:
    if elements and at.writer in PASCAL:
        found = service_value(value, elements[0].member)
        value, written = found.value, (*written, *found.path)
        at.note(path, written)
        if found.is_cut:
            return _CUT
    elif elements and at.writer == "python-sdk":
        value = time_of_python(value, elements[0].member)
    if isinstance(value, dict):
        return _object(at, value, elements, path, written)
    return _list(at, value, elements, path, written) if isinstance(value, list) else value


def _list(
    at: _Translation, value: list[object], elements: Sequence[Element], path: Path, written: Path
) -> list[object]:
    items: list[object] = []
    for index, item in enumerate(value):
        below, there = (*path, len(items)), (*written, index)
        at.note(below, there)
        result = _value(at, item, elements, below, there)
        if result is not _CUT:
            items.append(result)
    return items
