"""Makes a hazard document for another kind, api-version or machine, so that its hazard stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.generating.conform import unshared
from instanceview.generating.machine import MINUTES, MOST, NAMES, with_domains
from instanceview.generating.variants import expressible
from instanceview.model.pointer import follow
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
"""Members that no hazard is about. A document of a kind or api-version without them omits them."""
_HIGHEST_FACTOR = 99
"""The highest factor of the counts of a scale set: with it, a set stays below the 1,000 machines that it can have."""


class Change(NamedTuple):
    """The difference from a document as written: another machine, later times, and a factor for the counts of a set."""

    name: str = _NAME
    number: int | None = None
    later: timedelta = timedelta()
    factor: int = 1


def change(seed: int, written_for: str, api_version: str) -> Change:
    """Return the change for a seed and an api-version; seed 0 only moves the times to that api-version.

    >>> change(0, "2024-03-01", "2024-07-01").later.days
    122
    """
    days = (date.fromisoformat(api_version[:10]) - date.fromisoformat(written_for[:10])).days
    if not seed:
        return Change(later=timedelta(days))
    random = Random(seed)  # noqa: S311 (no cipher: equal seeds give equal documents)
    name, number = random.choice(NAMES), seed % (MOST + 1)
    later = timedelta(days, minutes=random.randrange(MINUTES))
    return Change(f"{name}-{number}", number, later, random.randint(1, _HIGHEST_FACTOR))


def lacking(document: Json, kind: str, api_version: str) -> Iterator[str]:
    """Yield the path of each element of a document that a kind lacks at an api-version, except incidental ones."""
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

    A document that was written for the other kind of machine has domains only as a scale-set VM: each captured one has
    them, and few captured VMs have.
    """
    body = unshared(document)
    if is_other_kind:
        others = {name: value for name, value in body.items() if name not in _DOMAINS}
        body = {**dict.fromkeys(_DOMAINS if kind == "vmss-vm" else (), 0), **others}
    lacked = set(_lacking(body, tree(kind), kind, api_version))
    return {name: value for name, value in body.items() if name not in lacked}


def remade(body: Json, kind: str, api_version: str, by: Change) -> Json:
    """Change a document in place, and return it: its names, its times in their own form, the counts of a scale set."""
    for path, element, value in list(walk(tree(kind), api_version, body)):
        holder: Any = follow(body, path)[0]
        if element.member.format == "date-time":
            holder[path[-1]] = _later(str(value), by.later)
        elif isinstance(value, str):
            holder[path[-1]] = value.replace(_NAME, by.name)
        elif element.path.endswith("statusesSummary.count"):
            holder[path[-1]] *= by.factor
    return body if by.number is None else with_domains(body, by.number)


def _later(time: str, later: timedelta) -> str:
    """Return a later time with the same fraction and offset.

    >>> _later("2024-07-01T12:00:41.0469-07:00", timedelta(days=1))
    '2024-07-02T12:00:41.0469-07:00'
    """
    return (datetime.fromisoformat(time[:19]) + later).isoformat() + time[19:]
