"""Values that are a part of an instance view, or that have one inside: their names, and what to pass instead."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.others import Thing, other_view
from instanceview.tables.descent import below
from instanceview.tables.elements import tree
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.tables.elements import Element

_FEW = 2  # one name may be in any object


def part_of_view(members: Mapping[str, object]) -> Thing | None:
    """Return the part of an instance view that the members are, by the element tables, the outermost such part."""
    if len(members) < _FEW or not any(map(_is_telling, members.items())):
        return None
    paths = (element.path for element, names in _parts() if members.keys() <= names)
    step = "pass the whole answer"
    return next((Thing(f'only the "{path}" of an instance view', step) for path in paths), None)


def _is_telling(member: tuple[str, object]) -> bool:
    name, value = member
    return (name == "code" and isinstance(value, str) and "/" in value) or name in _own_names()


@cache
def _parts() -> tuple[tuple[Element, frozenset[str]], ...]:
    """Return the elements with members below the roots, the outermost first, and the folded names of their members."""
    held = {element.path: element for kind in MACHINES for element in below(tree(kind)) if element.children}
    outermost = sorted(held.values(), key=lambda element: element.path.count("."))
    return tuple((element, frozenset(map(fold, element.children))) for element in outermost)


@cache
def _own_names() -> frozenset[str]:
    """Return the folded names in the tables of two words or more: other things have `name` and `type` as well."""
    names = (name for element, _ in _parts() for name in element.children)
    return frozenset(fold(name) for name in names if not name.islower())


def where_inside(value: object) -> str | None:
    """Return where in a value the instance views are, and what to pass; None where a resource or list has none.

    >>> where_inside({"value": [{"properties": {"instanceView": {}}}]})
    'this is a list of VM resources; pass the properties.instanceView of one item'
    >>> where_inside({"value": [{"code": "ComponentStatus/StdOut/succeeded"}]}) is None
    True
    """
    if place := next(places_inside(value), None):
        return f"this is a VM resource; pass its {place}"
    items = value.get("value") if isinstance(value, Mapping) else value
    place = next((place for item in (items if isinstance(items, list) else ()) for place in places_inside(item)), None)
    what = "a list" if isinstance(value, Mapping) else "an array"
    return f"this is {what} of VM resources; pass the {place} of one item" if place else None


def places_inside(resource: object) -> Iterator[str]:
    """Yield the dotted places, as they are written, where a resource has an object called an instance view."""
    if not isinstance(resource, Mapping) or other_view(resource):
        return
    yield from _named(resource, "instanceview")
    for holder in _named(resource, "properties"):
        yield from (f"{holder}.{name}" for name in _named(resource[holder], "instanceview"))


def _named(holder: object, name: str) -> Iterator[str]:
    members = holder.items() if isinstance(holder, Mapping) else ()
    yield from (each for each, item in members if isinstance(item, dict) and fold(str(each)) == fold(name))
