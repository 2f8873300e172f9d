"""The objects around a view: the kind of the resource that has it, or the other thing that it is a view of."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.others import folded, types_of_kinds
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import MACHINES
from instanceview.tables.spellings import pascal, snake

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.places.spans import Path
    from instanceview.reading.requests import Around

_VIEW = "instanceview"
HOLDERS = 3
"""Objects around a view that may say what it is of: a disk's statuses lie two below an encryption's result."""
_LONGEST_NAME = len("instance-view")


def is_view_name(name: str) -> bool:
    """Return True if a member is called `instanceView`, in any spelling.

    >>> [is_view_name(name) for name in ("instanceView", "instance_view", "InstanceView", "interconnectInstanceView")]
    [True, True, True, False]
    """
    return len(name) <= _LONGEST_NAME and fold(name) == _VIEW


def kind_around(path: Path, around: Around | None) -> str:
    """Return the kind of the view at a path that the path or the resource with it says, empty where none says it.

    >>> kind_around(("data", 0, "properties", "extended", "instanceView"), None), kind_around(("instanceView",), None)
    ('resource-graph', '')
    """
    if path[-3:-1] in places_of_kinds():
        return places_of_kinds()[path[-3:-1]]
    resources = [each.value for each in _resources(path, around)]
    of_type = (kind for kind in map(kind_of_any_resource, resources) if kind in FAMILY)
    return next(of_type, "") or next(filter(None, map(kind_of_resource, resources)), "")


def _resources(path: Path, around: Around | None) -> Iterator[Around]:
    """Return the objects around a view of which one may be its resource."""
    depth = path[-2:].count("properties") + (bool(path) and is_view_name(str(path[-1])))
    return islice(around.outwards() if around else (), depth)


def is_of_machine(path: Path, around: Around) -> bool:
    """Return True if the resource around the view at a path is a machine or a scale set."""
    return any(kind_of_any_resource(each.value) in MACHINES for each in _resources(path, around))


def thing_around(path: Path, around: Around | None) -> str | None:
    """Return the other thing that a view is of: a resource by its type or ID, or one by members that only it has.

    A resource has its view in `instanceView`, or in `properties.instanceView`.
    """
    holders = [around.holder for around in islice(around.outwards() if around else (), HOLDERS)]
    is_member = bool(path) and is_view_name(str(path[-1]))
    depth = path[-2:].count("properties") + is_member
    resources = holders[:depth]
    things = (*(holder.thing for holder in holders), *(holder.other for holder in resources))
    return next(filter(None, things), None)


def kind_of_resource(resource: Mapping[str, object]) -> str:
    """Return the kind beside the machine documents whose view a resource has, by its `type`, else by its `id`.

    >>> kind_of_resource({"type": "Microsoft.HybridCompute/machines/runCommands"})
    'arc-run-command'
    >>> kind_of_resource({"id": "/x/providers/Microsoft.Compute/virtualMachines/app/extensions/runCommand"})
    'vm-extension'
    """
    kind = kind_of_any_resource(resource)
    if not kind and "typehandlerversion" in folded(resource):  # the properties of an extension
        return "vm-extension"
    return kind if kind in FAMILY else ""


def kind_of_any_resource(resource: Mapping[str, object]) -> str:
    """Return the kind whose view a resource has, be it a machine's, by its `type`, else by its `id`."""
    names = folded(resource)
    of_type = types_of_kinds().get(str(names.get("type")).lower())
    resource_id = names.get("id")
    if of_type is None and isinstance(resource_id, str):
        provider, *rest = resource_id.lower().rpartition("/providers/")[2].split("?")[0].split("/")
        of_type = types_of_kinds().get("/".join([provider, *rest[::2]]))
    return of_type or ""


def held_members(resource: Mapping[str, object], values: Mapping[str, object]) -> tuple[str, dict[str, object]] | None:
    """Return the kind of a resource whose view is some of its members, and these; None for any other resource.

    `values` are its members: those of its `properties`, or as clients print them the resource itself.

    >>> group = {"type": "Microsoft.Compute/proximityPlacementGroups", "colocationStatus": {}, "intent": None}
    >>> held_members(group, group)
    ('proximity-placement-group', {'colocationStatus': {}})
    """
    if _held_names().isdisjoint(values):
        return None
    kind = kind_of_resource(resource)
    names = set(map(fold, FAMILY[kind].members)) if kind else set()
    held = {name: item for name, item in values.items() if fold(name) in names}
    return (kind, held) if held else None


@cache
def _held_names() -> frozenset[str]:
    """Return the names of such members in every spelling."""
    names = [name for kind in FAMILY.values() for name in kind.members]
    return frozenset(spell(name) for name in names for spell in (str, snake, pascal))


@cache
def places_of_kinds() -> Mapping[Path, str]:
    """Return the kinds that the place of an `instanceView` says, by the path from a resource to the object with it.

    >>> places_of_kinds()
    {('properties', 'extended'): 'resource-graph'}
    """
    return {tuple(kind.within.split(".")): kind.name for kind in FAMILY.values() if kind.within}
