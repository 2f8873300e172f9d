"""Recognise documents of the kinds beside the machine documents, by the marks that their values declare."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.model.names import fold
from instanceview.reading.others import folded, has_member
from instanceview.tables.elements import members
from instanceview.tables.family import FAMILY
from instanceview.tables.spellings import pascal, snake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.tables.kind import Kind


def kind_of_family(value: Mapping[str, object]) -> str:
    """Return the kind beside the machine documents that an object is, by its marks; empty for none.

    More than half of its members are documented in that kind: a resource with the same names is not a view.

    >>> kind_of_family({"name": "setup", "typeHandlerVersion": "2.1", "statuses": []})
    'vm-extension'
    >>> kind_of_family({"typeHandlerVersion": "2.1", "publisher": "a", "settings": {}, "statuses": [], "tags": {}})
    ''
    """
    if _spelled_marks().isdisjoint(value):  # nearly all objects of a recording
        return ""
    names = folded(value)
    found = next((kind for kind in FAMILY.values() if _has_mark(kind, names)), None)
    return found.name if found and 2 * len(names.keys() & _roots(found.name)) > len(names) else ""


def evidence_of(kind: str, value: Mapping[str, object]) -> str:
    """Return the name of the first member of a document that is a part of the mark of its kind."""
    first = {fold(path.partition(".")[0]) for way in FAMILY[kind].marks for path in way.split()}
    return next((name for name in value if fold(name) in first), "")


def _has_mark(kind: Kind, names: Mapping[str, object]) -> bool:
    return any(all(has_member(names, *path) for path in way) for way in _ways(kind.name))


@cache
def _ways(kind: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the marks of a kind: for each the paths of folded names that must all be there."""
    marks = (way.split() for way in FAMILY[kind].marks)
    return tuple(tuple(tuple(map(fold, path.split("."))) for path in way) for way in marks)


@cache
def _spelled_marks() -> frozenset[str]:
    """Return the first name of each mark in every spelling: a document of the family has one of them."""
    names = [way.split()[0].partition(".")[0] for kind in FAMILY.values() for way in kind.marks]
    return frozenset(spell(name) for name in names for spell in (str, snake, pascal))


@cache
def _roots(kind: str) -> frozenset[str]:
    return frozenset(map(fold, members(FAMILY[kind].model)))
