"""The kinds that a document may be of as well, where nothing but its members says its kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.tables.catalog import versions_of
from instanceview.tables.elements import root_names
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.vocabulary import categories_by_element, known_state, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.literals import KindName

POWER = "PowerState/"
"""The beginning of codes that no statuses without a mark have but those of machines."""
_OF_ALL = "provisioningstate"
"""The category, in lower case, that statuses of any kind of resource may have."""


def others_of(body: Mapping[str, object], kind: str | None, api_version: str | None) -> tuple[KindName, ...]:
    """Return the kinds beside the machine documents that a document may be of as well, in the order of help.

    `kind` is None for a machine document, else one with the same marks as others; `api_version` is that of the request.

    >>> others_of({"computerName": "app"}, None, None), others_of({"vmAgent": {}}, None, None)
    (('resource-graph',), ())
    >>> others_of({}, "run-command", None), others_of({}, "run-command", "2024-07-01")
    (('arc-run-command',), ())
    """
    if kind is not None:
        alike = [each for each in FAMILY.values() if each.marks and each.marks == KIND_VALUES[kind].marks]
        names = [each.name for each in alike if api_version is None or api_version in versions_of(each.name)]
        return tuple(name for name in names if name != kind)
    # Nearly all documents of machines have another name. An empty one has nothing that a kind could make a fault.
    if not body or not names_of_others().issuperset(body):
        return ()
    codes = list(_codes(body))
    fitting = (each.name for each in FAMILY.values() if set(each.unmarked).issuperset(body))
    return tuple(name for name in fitting if _has(name, codes))


@cache
def names_of_others() -> frozenset[str]:
    """Return the names at the root of documents beside those of machines that have no mark of their kind."""
    return frozenset(name for kind in FAMILY.values() for name in kind.unmarked)


@cache
def names_of_machines() -> tuple[str, ...]:
    """Return the names at the root by which a document is certainly a machine's, if its kind is a machine's."""
    return tuple(sorted(root_names() - names_of_others()))


def _codes(body: Mapping[str, object]) -> Iterator[str]:
    statuses = body.get("statuses")
    for status in statuses if isinstance(statuses, list) else ():
        code = status.get("code") if isinstance(status, dict) else None
        if isinstance(code, str):
            yield code


def _has(kind: str, codes: list[str]) -> bool:
    """Return True if a kind may have each of some codes in its statuses."""
    here = categories_by_element(kind).get("statuses") or {}
    found = ((parsed(code), code) for code in codes)
    return all(code is None or code.category.lower() == _OF_ALL or known_state(here, text) for code, text in found)
