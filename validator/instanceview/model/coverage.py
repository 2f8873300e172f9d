"""The coverage of documents: all that is counted of them, with few unknown codes, members and machines; it merges."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from instanceview.model.counts import (
    CodeCount,
    CodeKey,
    FindingCount,
    FindingKey,
    MemberCount,
    RowCount,
    RowKey,
    added,
)
from instanceview.model.timelines import MachineKey, Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OTHERS = 256
"""Undocumented members, and unknown codes, that are counted apart: all captures have 20, and a page shows 256."""

Key = TypeVar("Key", RowKey, CodeKey, FindingKey, MachineKey, str)
Count = TypeVar("Count", RowCount, CodeCount, MemberCount, FindingCount, Timeline)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The counts of some documents; those of neighbours merge into one, whatever the cut between them.

    `codes` are those of the vocabulary, `others` the unknown ones, and `members` the undocumented members. Of `others`,
    `members` and `machines`, the first `MOST_OTHERS` by name are kept; `is_whole` is False where there were more.
    `containers` counts documents by the format of their file. `machines` has those whose answers carry a time.
    """

    rows: Mapping[RowKey, RowCount] = field(default_factory=dict)
    codes: Mapping[CodeKey, CodeCount] = field(default_factory=dict)
    others: Mapping[CodeKey, CodeCount] = field(default_factory=dict)
    members: Mapping[RowKey, MemberCount] = field(default_factory=dict)
    findings: Mapping[FindingKey, FindingCount] = field(default_factory=dict)
    containers: Mapping[str, int] = field(default_factory=dict)
    machines: Mapping[MachineKey, Timeline] = field(default_factory=dict)
    is_whole: bool = True

    def merge(self, other: Coverage) -> Coverage:
        """Return the counts of both, this one's documents first."""
        return bounded(
            Coverage(
                _merged(self.rows, other.rows),
                _merged(self.codes, other.codes),
                _merged(self.others, other.others),
                _merged(self.members, other.members),
                _merged(self.findings, other.findings),
                added(self.containers, other.containers),
                _merged(self.machines, other.machines),
                self.is_whole and other.is_whole,
            )
        )


def merge_into(counts: dict[Key, Count], others: Mapping[Key, Count]) -> None:
    """Add counts to others of the same keys, in place; the added ones come after."""
    for key, other in others.items():
        count = counts.get(key)
        counts[key] = other if count is None else count.merge(other)


def bounded(coverage: Coverage) -> Coverage:
    """Return the counts with at most `MOST_OTHERS` unknown codes, undocumented members, and machines.

    The first ones by name are kept: one that is kept at the end was kept all the time, so that its count is right.
    """
    if max(len(coverage.others), len(coverage.members), len(coverage.machines)) <= MOST_OTHERS:
        return coverage
    return replace(
        coverage,
        others=first_keys(coverage.others),
        members=first_keys(coverage.members),
        machines=first_keys(coverage.machines),
        is_whole=False,
    )


def first_keys(counts: Mapping[Key, Count], most: int = MOST_OTHERS) -> dict[Key, Count]:
    """Return the counts of the first keys in their order."""
    return {key: counts[key] for key in sorted(counts)[:most]}


def _merged(one: Mapping[Key, Count], two: Mapping[Key, Count]) -> dict[Key, Count]:
    both = dict(one)
    merge_into(both, two)
    return both
