"""Counts of rows, status codes, undocumented members and findings, by their keys; they merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.document import Origin

MOST_VALUES = 32
"""Distinct values of a row or texts of a code that are counted: enumerations have 11 at most, and names differ."""

ORIGINS = 3
"""Documents with an undocumented member, or with a status code, whose places are kept."""


class RowKey(NamedTuple):
    """A row of an element table at an api-version."""

    kind: str
    api_version: str
    element: str


class CodeKey(NamedTuple):
    """A status code at its place and an api-version; a known one in the spelling of the vocabulary."""

    kind: str
    api_version: str
    element: str
    code: str


class FindingKey(NamedTuple):
    """A rule with findings at a row, or below it where no table has the member."""

    kind: str
    api_version: str
    element: str
    rule: str


class RowCount(NamedTuple):
    """The documents that have a row: `present` with a value, `nulls` with nothing but null.

    `types` counts these documents by JSON type, `formats` counts values by format, and `values` by JSON text; None
    means that there are more than `MOST_VALUES`. `first` is the first document that has it.
    """

    present: int = 0
    nulls: int = 0
    types: Mapping[str, int] = {}
    formats: Mapping[str, int] = {}
    values: Mapping[str, int] | None = {}
    first: Origin | None = None

    def merge(self, other: RowCount) -> RowCount:
        """Return the counts of both, this one's documents first."""
        return RowCount(
            self.present + other.present,
            self.nulls + other.nulls,
            added(self.types, other.types),
            added(self.formats, other.formats),
            few(self.values, other.values),
            self.first or other.first,
        )


class CodeCount(NamedTuple):
    """The statuses with a code: all of them, and those with a time; their levels and display texts, as in `RowCount`.

    `origins` are the first `ORIGINS` documents that have it. `breaking` has the first document that breaks a fact of
    the vocabulary, by the member that it is about: `time`, `level` or `displayStatus`.
    """

    times: int = 0
    timed: int = 0
    levels: Mapping[str, int] | None = {}
    texts: Mapping[str, int] | None = {}
    origins: tuple[Origin, ...] = ()
    breaking: Mapping[str, Origin] = {}

    @property
    def first(self) -> Origin | None:
        """The first document that has it."""
        return self.origins[0] if self.origins else None

    def merge(self, other: CodeCount) -> CodeCount:
        """Return the counts of both, this one's documents first."""
        return CodeCount(
            self.times + other.times,
            self.timed + other.timed,
            few(self.levels, other.levels),
            few(self.texts, other.texts),
            _first(self.origins, other.origins),
            {**other.breaking, **self.breaking},
        )


class MemberCount(NamedTuple):
    """The documents with a member that the tables of their api-version do not have, by JSON type.

    `example` is its first value as JSON text, redacted and cut.
    """

    documents: int = 0
    types: Mapping[str, int] = {}
    example: str = ""
    origins: tuple[Origin, ...] = ()

    def merge(self, other: MemberCount) -> MemberCount:
        """Return the counts of both, this one's documents first."""
        return MemberCount(
            self.documents + other.documents,
            added(self.types, other.types),
            self.example or other.example,
            _first(self.origins, other.origins),
        )


class FindingCount(NamedTuple):
    """The findings of a rule, their severity, and the place of the first."""

    findings: int = 0
    severity: str = ""
    first: Origin | None = None

    def merge(self, other: FindingCount) -> FindingCount:
        """Return the counts of both, this one's findings first."""
        return FindingCount(self.findings + other.findings, self.severity or other.severity, self.first or other.first)


def added(one: Mapping[str, int], two: Mapping[str, int]) -> Mapping[str, int]:
    """Return the sums of two counts by name.

    >>> added({"a": 1}, {"a": 2, "b": 1})
    {'a': 3, 'b': 1}
    """
    if not (one and two):
        return one or two
    return {**one, **{name: one.get(name, 0) + number for name, number in two.items()}}


def few(one: Mapping[str, int] | None, two: Mapping[str, int] | None) -> Mapping[str, int] | None:
    """Return the sums of two counts by name, None if there are more than `MOST_VALUES` names or were before.

    >>> few({"a": 1}, None) is few({str(number): 1 for number in range(99)}, {}) is None
    True
    """
    if one is None or two is None:
        return None
    both = added(one, two)
    return both if len(both) <= MOST_VALUES else None


def _first(one: tuple[Origin, ...], two: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """Return the first places of both, each once."""
    if len(one) == ORIGINS:
        return one
    return tuple(dict.fromkeys((*one, *two)))[:ORIGINS]
