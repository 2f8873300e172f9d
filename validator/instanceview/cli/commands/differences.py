"""Differences between the element tables of two api-versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.tables.catalog import known_versions, versions_of
from instanceview.tables.descent import below
from instanceview.tables.elements import OLDEST, tree
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.literals import ApiVersion
    from instanceview.tables.elements import Element
    from instanceview.tables.kinds import Operation


class Change(NamedTuple):
    """An element that differs between two tables that both have it.

    `added` and `removed` are values; `facts` are the other cells that differ, each before and after.
    """

    element: Element
    added: tuple[str, ...]
    removed: tuple[str, ...]
    facts: dict[str, tuple[object, object]]


class Difference(NamedTuple):
    """The differences of one kind between an api-version and another one, which may be older."""

    kind: str
    added: tuple[Element, ...]
    removed: tuple[Element, ...]
    changed: tuple[Change, ...]

    @property
    def is_empty(self) -> bool:
        """True if the two tables are the same."""
        return not (self.added or self.removed or self.changed)


class Version(NamedTuple):
    """An api-version, and what it changed in the tables of some kinds compared with the one before it.

    At the first api-version of a kind, all its elements are added.
    """

    name: ApiVersion
    before: str
    differences: tuple[Difference, ...]

    @property
    def date(self) -> str:
        """The date in the name, without `-preview`."""
        return self.name[: len("2015-06-15")]

    @property
    def is_preview(self) -> bool:
        """True if the api-version is a preview."""
        return self.name != self.date

    def operations(self, kind: str) -> tuple[Operation, ...]:
        """Return the operations of this api-version that answer with views of a kind."""
        return tuple(each for each in KIND_VALUES[kind].operations if each.since <= self.name)


def versions(kinds: Sequence[str]) -> tuple[Version, ...]:
    """Return the api-versions that define one of the kinds, oldest first."""
    found: list[Version] = []
    for version in known_versions():
        here = [kind for kind in kinds if version in versions_of(kind)]
        before = found[-1].name if found else OLDEST
        if here:
            found.append(Version(version, before, tuple(difference(kind, before, version) for kind in here)))
    return tuple(found)


def difference(kind: str, before: str, after: str) -> Difference:
    """Return the differences of a kind between two api-versions, in document order.

    >>> [element.path for element in difference("vmss-vm", "2026-03-01", "2026-04-01").added]
    ['capacityReservationType']
    """
    elements = tuple(below(tree(kind)))
    return Difference(
        kind,
        tuple(each for each in elements if each.documented_at(after) and not each.documented_at(before)),
        tuple(each for each in elements if each.documented_at(before) and not each.documented_at(after)),
        tuple(_changed(elements, before, after)),
    )


def _changed(elements: tuple[Element, ...], before: str, after: str) -> Iterator[Change]:
    for element in elements:
        if element.documented_at(before) and element.documented_at(after):
            old, new = element.member.values_at(before), element.member.values_at(after)
            first, second = cells(element, before), cells(element, after)
            facts = {name: (first[name], second[name]) for name in first if first[name] != second[name]}
            added = tuple(value for value in new if value not in old)
            removed = tuple(value for value in old if value not in new)
            if added or removed or facts:
                yield Change(element, added, removed, facts)


def cells(element: Element, api_version: str) -> dict[str, Any]:
    """Return the facts of a row at an api-version, without its values; only types have changed so far."""
    member = element.member
    text = " or decimal text" if member.text_at == api_version else ""
    return {
        "type": f"{member.type}{text}",
        "format": member.format or "none",
        "closed": member.closed,
        "required": member.required,
    }
