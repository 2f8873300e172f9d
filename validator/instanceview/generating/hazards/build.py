"""Makes a hazard document for another kind, api-version or machine, so that its hazard stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.generating.conform import unshared
from instanceview.generating.machine import MOST, YEAR, names, with_domains
from instanceview.generating.variants import expressible
from instanceview.tables.descent import walk
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.conform import Json
    from instanceview.tables.elements import Element

_NAME = "web-0"
"""The name of the machine in the documents as written."""
_DOMAINS = ("platformUpdateDomain", "platformFaultDomain")
_INCIDENTAL = {*_DOMAINS, "computerName", "osName", "osVersion", "hyperVGeneration", "placementGroupId"}
"""Members that no hazard is about, left out at a kind or api-version that lacks them."""
_MOST_TIMES = 99
"""The most that the counts of a scale set are multiplied by, so that it stays below the 1,000 machines of a set."""


class Change(NamedTuple):
    """What makes a document differ from the one as written: its machine, how much later it is, the size of its set."""

    name: str = _NAME
    number: int | None = None
    later: timedelta = timedelta()
    times: int = 1


def change(seed: int, written_for: str, api_version: str) -> Change:
    """Return the change for a seed, and for another api-version than a document was written for: seed 0 has no more.

    >>> change(0, "2024-03-01", "2024-07-01").later.days
    122
    """
    days = (date.fromisoformat(api_version[:10]) - date.fromisoformat(written_for[:10])).days
    if not seed:
        return Change(later=timedelta(days))
    random = Random(seed)  # noqa: S311 (no cipher: equal seeds give equal documents)
    name, number = random.choice(names()), seed % (MOST + 1)
    later = timedelta(days, minutes=random.randrange(YEAR))
    return Change(f"{name}-{number}", number, later, random.randint(1, _MOST_TIMES))


def lacking(document: Json, kind: str, api_version: str) -> Iterator[str]:
    """Yield each element of a document that a kind lacks at an api-version, but for the incidental ones."""
    lacked = _lacking(document, tree(kind), kind, api_version)
    return (path for path in lacked if path not in _INCIDENTAL)


def _lacking(value: object, element: Element, kind: str, api_version: str) -> Iterator[str]:
    for item in value if isinstance(value, list) else ():
        yield from _lacking(item, element, kind, api_version)
    for name, item in value.items() if isinstance(value, dict) else ():
        child = element.children.get(name)
        if child is None or not expressible(kind, api_version, child):
            yield f"{element.path}.{name}".lstrip(".")
        else:
            yield from _lacking(item, child, kind, api_version)


def expressed(document: Json, kind: str, api_version: str, *, is_other_kind: bool) -> Json:
    """Return a copy of a document without the incidental members that a kind lacks at an api-version.

    A machine's document that was written for the other kind of machine has domains only as a scale-set VM: each of
    those that were captured has them, and few VMs have.
    """
    body = unshared(document)
    if is_other_kind:
        others = {name: value for name, value in body.items() if name not in _DOMAINS}
        body = {**dict.fromkeys(_DOMAINS if kind == "vmss-vm" else (), 0), **others}
    lacked = set(_lacking(body, tree(kind), kind, api_version))
    return {name: value for name, value in body.items() if name not in lacked}


def remade(body: Json, kind: str, api_version: str, by: Change) -> Json:
    """Return a document with a change made in place: names, times in their own form, counts of a scale set."""
    for path, element, value in list(walk(tree(kind), api_version, body)):
        holder: Any = body
        for step in path[:-1]:
            holder = holder[step]
        if element.member.format == "date-time":
            holder[path[-1]] = _later(str(value), by.later)
        elif isinstance(value, str):
            holder[path[-1]] = value.replace(_NAME, by.name)
        elif element.path.endswith("statusesSummary.count"):
            holder[path[-1]] *= by.times
    return body if by.number is None else with_domains(body, by.number)


def _later(time: str, later: timedelta) -> str:
    """Return a later time, its fraction and offset as they are.

    >>> _later("2024-07-01T12:00:41.0469-07:00", timedelta(days=1))
    '2024-07-02T12:00:41.0469-07:00'
    """
    return (datetime.fromisoformat(time[:19]) + later).isoformat() + time[19:]
