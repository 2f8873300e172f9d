"""The places of times in a document, by the members that its tables document as times."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.facets import Moment
from instanceview.model.pointer import pointer
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from instanceview.checking.machine_state.members import Object
    from instanceview.places.spans import Path
    from instanceview.tables.elements import Element

_PLANS = "maintenanceRedeployStatus"
"""The member whose times are plans and not events."""


class Timed(NamedTuple):
    """The members of an object, or of the objects in an array, that are times or have times below them."""

    is_array: bool
    times: frozenset[str]
    holders: Mapping[str, Timed]


@cache
def timed_members() -> Timed:
    """Return the members of a machine that have times of events below them.

    >>> timed_members().holders["vmHealth"].holders["status"].times
    frozenset({'time'})
    """
    whole = _timed(tree("vm"))
    return whole._replace(holders={name: each for name, each in whole.holders.items() if name != _PLANS})


def _timed(element: Element) -> Timed:
    times = (name for name, child in element.children.items() if child.member.format == "date-time")
    holders = {name: _timed(child) for name, child in element.children.items()}
    kept = {name: each for name, each in holders.items() if each.times or each.holders}
    return Timed(element.member.type == "array", frozenset(times), kept)


def times_of(value: object, timed: Timed, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the path and the text of each time in a value, in the order of the document."""
    if not timed.is_array:
        yield from _times_of_object(value, timed, path)
    elif type(value) is list:
        for index, item in enumerate(value):
            yield from _times_of_object(item, timed, (*path, index))


def _times_of_object(value: object, timed: Timed, path: Path) -> Iterator[tuple[Path, str]]:
    if type(value) is dict:
        for name, item in value.items():
            if name in timed.times and type(item) is str:
                yield (*path, name), item
            elif name in timed.holders:
                yield from times_of(item, timed.holders[name], (*path, name))


def first_of(body: Object, latest: Collection[str]) -> Moment | None:
    """Return the first of some times in the order of a document, None without one."""
    found = (Moment(time, pointer(path)) for path, time in times_of(body, timed_members()) if time in latest)
    return next(found, None)


def first_of_disks(disks: object, latest: Collection[str]) -> Moment | None:
    """Return the first of some times in the statuses of disks: a fifth of the time of `first_of`."""
    for index, disk in enumerate(disks if type(disks) is list else ()):
        statuses = disk.get("statuses") if type(disk) is dict else None
        for at, status in enumerate(statuses if type(statuses) is list else ()):
            time = status.get("time") if type(status) is dict else None
            if type(time) is str and time in latest:
                return Moment(time, f"/disks/{index}/statuses/{at}/time")
    return None
