"""Split a document with findings into what fits its tables and the rest: nulls, wrong types, undocumented members."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
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


def documented_part(body: dict[str, object], root: Element, api_version: str) -> Part:
    """Return the part of a document that fits the tables of an api-version, and its oddities.

    >>> from instanceview.tables.elements import tree
    >>> part = documented_part({"computerName": 1, "vmAgent": {"x": 2, "statuses": []}}, tree("vm"), "2024-07-01")
    >>> part.body, [oddity.path for oddity in part.oddities]
    ({'vmAgent': {'statuses': []}}, ['computerName', 'vmAgent.x'])
    """
    oddities: list[Oddity] = []
    return Part(_fitting(body, root, api_version, oddities), oddities)


def _fitting(value: dict[str, object], element: Element, api_version: str, oddities: list[Oddity]) -> dict[str, object]:
    part: dict[str, object] = {}
    for name, item in value.items():
        child = element.children.get(name)
        if child is None or not child.documented_at(api_version):
            path = f"{element.path}.{name[:LONGEST]}" if element.path else name[:LONGEST]
            oddities.append(Oddity(path, item, is_documented=False))
        elif type_name(item) != child.member.type:
            oddities.append(Oddity(child.path, item, is_documented=True))
        elif isinstance(item, dict):
            part[name] = _fitting(item, child, api_version, oddities)
        elif isinstance(item, list):
            # An item of another type is not a member, and it has a finding of its own.
            objects = (each for each in item if isinstance(each, dict))
            part[name] = [_fitting(each, child, api_version, oddities) for each in objects]
        else:
            part[name] = item
    return part


def type_name(value: object) -> str:
    """Return the JSON type of a value; a number without a fraction is an integer.

    >>> [type_name(value) for value in (None, True, 1, 1.0, 1.5, "", [], {})]
    ['null', 'boolean', 'integer', 'integer', 'number', 'string', 'array', 'object']
    """
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    return _TYPES[type(value)]


_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    str: "string",
    list: "array",
    dict: "object",
}
