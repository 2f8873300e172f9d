"""The objects around a view: the kind of the resource that has it, or the other thing that it is a view of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.family import kind_of_any_resource, kind_of_resource, places_of_kinds
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """Return the kind of the view at a path that the path or the resource with it says, empty where none says it."""
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
