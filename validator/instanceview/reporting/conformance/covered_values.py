"""The documented rows and codes as values of the conformance report, each with its counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.model.document import Origin


class ValueCount(NamedTuple):
    """A value as JSON text, how often it occurs, and if its row lists it; None where the row lists no values."""

    value: str
    times: int
    is_documented: bool | None


class RowCoverage(NamedTuple):
    """A row of an element table, with the counts of the documents that have it.

    `documents` are those whose api-version has the row: 0 means that no document could have it. Of these, `present`
    have a value, `nulls` have only null, and `absent` have neither. `has_many_values` means that there were more values
    than are counted; then `values` is empty.
    """

    element: str
    type: str
    format: str | None
    values_documented: tuple[str, ...]
    since: str | None
    until: str | None
    basis: tuple[str, ...]
    captures: int
    about: str
    link: str
    documents: int
    present: int
    nulls: int
    absent: int
    types: Mapping[str, int]
    formats: Mapping[str, int]
    values: tuple[ValueCount, ...]
    has_many_values: bool
    findings: Mapping[str, int]
    first: Origin | None

    def span(self) -> str:
        """Return the api-versions that have the row in words; `all` means every one since 2015-06-15."""
        if self.since and self.since == self.until:
            return f"only {self.since}"
        return f"{self.since or 'all'}{f' to {self.until}' if self.until else ''}"

    def unseen_values(self) -> list[str]:
        """Return the values that the row lists and no document has, as JSON texts."""
        seen = {each.value for each in self.values}
        texts = (json.dumps(value) for value in self.values_documented)
        return [] if self.has_many_values else [text for text in texts if text not in seen]


class TableCoverage(NamedTuple):
    """The table of a kind, with its rows in document order; of the `documented` rows, documents have `seen` ones."""

    kind: str
    title: str
    documents: int
    documented: int
    seen: int
    rows: tuple[RowCoverage, ...]


class Expected(NamedTuple):
    """The facts of the vocabulary about a code: its level, its texts, and if a time is `always` or `never` given."""

    level: str | None
    time: str | None
    display_texts: tuple[str, ...]


class CodeCoverage(NamedTuple):
    """An entry of the status-code vocabulary at its place, and the number of statuses that have it, `times`.

    Of these, `timed` have a time. Levels and texts are None where there were more than are counted. `breaking` has the
    first document that breaks a fact of `expected`, by the member that the fact is about.
    """

    element: str
    kinds: tuple[str, ...]
    code: str
    about: str
    link: str
    basis: tuple[str, ...]
    captures: int
    expected: Expected
    times: int
    timed: int
    levels: Mapping[str, int] | None
    display_texts: Mapping[str, int] | None
    api_versions: Mapping[str, int]
    first: Origin | None
    breaking: Mapping[str, Origin]


class UnseenElement(NamedTuple):
    """A row that documents could have and none has."""

    kind: str
    element: str
    documents: int


class UnseenCode(NamedTuple):
    """A code that the vocabulary has at a place of the documents, and that no status has."""

    element: str
    code: str


class NeverSeen(NamedTuple):
    """The documented elements and codes that were never seen."""

    elements: tuple[UnseenElement, ...]
    codes: tuple[UnseenCode, ...]


class MatrixRow(NamedTuple):
    """An element and a letter for each api-version: `b` documented and seen, `d` and `s` one of them, `n` neither."""

    element: str
    cells: str


class Matrix(NamedTuple):
    """The elements of a kind at the api-versions of its documents."""

    kind: str
    api_versions: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
