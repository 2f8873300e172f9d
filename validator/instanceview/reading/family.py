"""Recognise documents of the kinds beside the machine documents, by the marks that their values declare."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from instanceview.model.names import fold
from instanceview.reading.dialects.flattened import flattened, marks_of_flattened
from instanceview.reading.dialects.values import IN_PLACE
from instanceview.reading.holders import kind_of_resource
from instanceview.reading.others import folded, has_member
from instanceview.tables.catalog import versions_of
from instanceview.tables.elements import members, root_names
from instanceview.tables.family import FAMILY
from instanceview.tables.spellings import pascal, snake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.tables.elements import Member
    from instanceview.tables.kind import Kind


def kind_of_family(value: Mapping[str, object], *, asked: bool = False) -> str:
    """Return the kind beside the machine documents that an object is, by its marks; empty for none.

    More than half of its members are documented in that kind: a resource with the same names is not a view. Of what is
    `asked` for, it is enough that all of it is as in the tables of a kind, with an object or a list in it.

    >>> kind_of_family({"name": "setup", "typeHandlerVersion": "2.1", "statuses": []})
    'vm-extension'
    >>> kind_of_family({"typeHandlerVersion": "2.1", "publisher": "a", "settings": {}, "statuses": [], "tags": {}})
    ''
    """
    if _spelled_marks().isdisjoint(value):  # nearly all objects of a recording
        return _fitting(value) if asked else ""
    flat = flattened(value)
    if flat and _is_quite(flat.kind, folded(flat.body)):
        said = kind_of_resource(value)
        return said if are_alike(flat.kind, said) else flat.kind
    names = folded(value)
    found = next((kind for kind in FAMILY.values() if _has_mark(kind, names) and _is_quite(kind.name, names)), None)
    if found and 2 * len(names.keys() & _roots(found.name)) > len(names):
        return found.name
    return _fitting(value) if asked else ""


def _fitting(value: Mapping[str, object]) -> str:
    """Return the first kind whose tables have all that is in an object, with the types of the members at its root."""
    return next((kind.name for kind in FAMILY.values() if _fits(members(kind.model), value)), "")


def _fits(rows: Mapping[str, Member], value: Mapping[str, object]) -> bool:
    """Return True if an object has only members of a table with their types, and one of them is evidence.

    That is one that is filled as its table, or one with a name that only such documents have.
    """
    if not all(name in rows and isinstance(each, _TYPES[rows[name].type]) for name, each in value.items()):
        return False
    named = [(rows[name], each) for name, each in value.items() if rows[name].table and name not in OF_ANYTHING]
    return not telling_names().isdisjoint(value) or any(_is_filled(row.table, each) for row, each in named)


def _is_filled(model: str, value: object) -> bool:
    """Return True if an object, or each item of a list, has only members of a table, and the first one has two."""
    items: list[Any] = value if isinstance(value, list) else [value]
    names = members(model).keys()
    return bool(items) and all(isinstance(each, dict) and each.keys() <= names for each in items) and len(items[0]) > 1


OF_ANYTHING = frozenset({"error", "properties"})
"""Members that any answer has."""

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "any": object,
}


def are_alike(kind: str, other: str) -> bool:
    """Return True if documents of two kinds have the same marks, so that something else must say which it is."""
    return kind in FAMILY and other in FAMILY and FAMILY[kind].marks == FAMILY[other].marks


def kind_here(kind: str, said: str | None, url: str | None, api_version: str | None) -> str:
    """Return the kind of a document that has the marks of one: that of its request or resource, if it says one.

    `said` is the kind that a URL or a resource around the document says, None without one. That of a machine may be the
    request for all of a machine. Several kinds have the same marks, and the provider or api-version says which.

    >>> kind_here("run-command", "arc-run-command", None, None), kind_here("run-command", "vm", None, "2025-01-13")
    ('arc-run-command', 'arc-run-command')
    >>> kind_here("run-command", None, "/providers/Microsoft.HybridCompute/machines/app", None)
    'arc-run-command'
    """
    if said in FAMILY:
        return str(said)
    alike = [each for each in FAMILY if are_alike(each, kind)]
    of_url = (each for each in alike if f"/{FAMILY[each].provider.lower()}/" in (url or "").lower())
    of_version = (each for each in alike if api_version in versions_of(each))
    return next(of_url, None) or next(of_version, kind)


def evidence_of(kind: str, value: Mapping[str, object]) -> str:
    """Return the name of the first member of a document that is a part of the mark of its kind."""
    first = {fold(path.partition(".")[0]) for way in FAMILY[kind].marks for path in way.split()}
    return next((name for name in value if fold(name) in first), "")


def _has_mark(kind: Kind, names: Mapping[str, object]) -> bool:
    return any(all(has_member(names, *path) for path in way) for way in _ways(kind.name))


def _is_quite(kind: str, names: Mapping[str, object]) -> bool:
    """Return True unless folded members with the marks of a kind are something else: lists of anything have `value`."""
    if kind != "run-command-result":
        return True
    items = names.get("value") or folded(names.get("properties")).get("output")
    items = items.get(IN_PLACE) if isinstance(items, dict) else items  # as Windows PowerShell writes a list
    return isinstance(items, list) and all(_is_of_script(folded(item)) for item in items)


def _is_of_script(status: Mapping[str, object]) -> bool:
    code = status.get("code")
    category, slash, _ = code.partition("/") if isinstance(code, str) else ("", "", "")
    return bool(slash) and category.lower() in _OF_SCRIPTS and "id" not in status


_OF_SCRIPTS = frozenset({"provisioningstate", "componentstatus"})
"""The categories of the statuses of a script, in lower case."""


@cache
def _ways(kind: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the marks of a kind: for each the paths of folded names that must all be there."""
    marks = (way.split() for way in FAMILY[kind].marks)
    return tuple(tuple(tuple(map(fold, path.split("."))) for path in way) for way in marks)


@cache
def _spelled_marks() -> frozenset[str]:
    """Return the first name of each mark in every spelling: a document of the family has one of them."""
    names = [way.split()[0].partition(".")[0] for kind in FAMILY.values() for way in kind.marks]
    return marks_of_flattened() | {spell(name) for name in names for spell in (str, snake, pascal)}


@cache
def telling_names() -> frozenset[str]:
    """Return names and categories of which each document of the family has one, and few other texts.

    >>> sorted(telling_names())[:2]
    ['ComponentStatus', 'assetId']
    """
    paths = {path.partition(".")[0] for kind in FAMILY.values() for way in kind.marks for path in way.split()}
    return frozenset({name for name in paths if not name.islower()} | {"ComponentStatus"})


def are_of_view(names: Iterable[str]) -> bool:
    """Return True if one of the names at the root of an object is one that only instance views have there.

    >>> are_of_view(["Entries", "statuses"]), are_of_view(["Entries", "Variables"])
    (True, False)
    """
    return not (root_names() | telling_names()).isdisjoint(names)


@cache
def _roots(kind: str) -> frozenset[str]:
    return frozenset(map(fold, members(FAMILY[kind].model)))
