"""Split a document with findings into what fits its tables and the rest: nulls, wrong types, undocumented members."""

from __future__ import annotations

from functools import cache
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple

from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.tables.elements import Element

LONGEST = 200
"""Characters of a name or value that is counted: known ones have 90 at most, and what is longer is shown cut."""


class Oddity(NamedTuple):
    """A member that does not fit its row, or has none: its path without indices, and its value.

    `is_documented` means that the api-version has the row.
    """

    path: str
    value: object
    is_documented: bool


class Part(NamedTuple):
    """The part of an object that fits the rows, with all that does not, in document order."""

    body: dict[str, object]
    oddities: list[Oddity]


def documented_part(body: dict[str, object], kind: str, api_version: str) -> Part:
    """Return the part of a document that fits the tables of an api-version, and its oddities.

    >>> part = documented_part({"computerName": 1, "vmAgent": {"x": 2, "statuses": []}}, "vm", "2024-07-01")
    >>> part.body, [oddity.path for oddity in part.oddities]
    ({'vmAgent': {'statuses': []}}, ['computerName', 'vmAgent.x'])
    """
    oddities: list[Oddity] = []
    return Part(_fitting(body, _plan(kind, api_version), oddities), oddities)


class _Plan(NamedTuple):
    """An element with the type of its values in Python, and the plans of its members at an api-version."""

    path: str
    type: type
    members: Mapping[str, _Plan]


@cache
def _plan(kind: str, api_version: str) -> _Plan:
    return _plan_of(tree(kind), api_version)


def _plan_of(element: Element, api_version: str) -> _Plan:
    here = {name: child for name, child in element.children.items() if child.documented_at(api_version)}
    members = {name: _plan_of(child, api_version) for name, child in here.items()}
    return _Plan(element.path, _CLASSES[element.member.type], members)


def _fitting(value: dict[str, object], plan: _Plan, oddities: list[Oddity]) -> dict[str, object]:
    """Return the part of an object that fits; the object itself where all of it does, as most do."""
    path, _, members = plan
    changed: dict[str, object] = {}
    dropped: list[str] = []
    for name, item in value.items():
        child = members.get(name)
        if child is None:
            oddities.append(Oddity(f"{path}.{name[:LONGEST]}".removeprefix("."), item, is_documented=False))
            dropped.append(name)
        elif item.__class__ is child.type:
            part = _part(item, child, oddities) if child.members else item
            if part is not item:
                changed[name] = part
        elif not (child.type is int and isinstance(item, float) and item.is_integer()):
            oddities.append(Oddity(child.path, item, is_documented=True))
            dropped.append(name)
    if not (changed or dropped):
        return value
    whole = {**value, **changed}
    for name in dropped:
        del whole[name]
    return whole


def _part(value: object, plan: _Plan, oddities: list[Oddity]) -> object:
    """Return the part of an object or of a list of objects that fits; the value itself where all of it does."""
    if isinstance(value, dict):
        return _fitting(value, plan, oddities)
    if not isinstance(value, list):
        return value
    # An item of another type is not a member, and it has a finding of its own.
    parts = [_fitting(each, plan, oddities) for each in value if isinstance(each, dict)]
    return parts if len(parts) < len(value) or any(map(is_not, parts, value)) else value


def type_name(value: object) -> str:
    """Return the JSON type of a value; a number without a fraction is an integer.

    >>> [type_name(value) for value in (None, True, 1, 1.0, 1.5, "", [], {})]
    ['null', 'boolean', 'integer', 'integer', 'number', 'string', 'array', 'object']
    """
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return _TYPES[type(value)]


_CLASSES = {"boolean": bool, "integer": int, "string": str, "array": list, "object": dict}
_TYPES = {type(None): "null", **{kind: name for name, kind in _CLASSES.items()}}
