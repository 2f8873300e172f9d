"""The element tables with the counts of each row, the rows that were never seen, and the matrix by api-version."""

from __future__ import annotations

import json
from functools import reduce
from typing import TYPE_CHECKING

from instanceview.model.counts import RowCount
from instanceview.model.text import one_line
from instanceview.reporting.conformance.covered_values import (
    Matrix,
    MatrixRow,
    RowCoverage,
    TableCoverage,
    UnseenElement,
    ValueCount,
)
from instanceview.tables.descent import below
from instanceview.tables.describe import about_text, evidence
from instanceview.tables.elements import NEWEST, OLDEST, tree
from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.sources import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.literals import KindName
    from instanceview.reporting.conformance.corpus import Corpus
    from instanceview.tables.elements import Element


def table_of(corpus: Corpus, kind: KindName) -> TableCoverage:
    """Return the element table of a kind, with the counts of the documents that have each row."""
    rows = tuple(_row(corpus, kind, element) for element in below(tree(kind)))
    could = [row for row in rows if row.documents]
    seen = sum(row.present > 0 for row in could)
    return TableCoverage(kind, KIND_VALUES[kind].title, sum(corpus.documents[kind].values()), len(could), seen, rows)


def _row(corpus: Corpus, kind: str, element: Element) -> RowCoverage:
    member = element.member
    count = reduce(RowCount.merge, corpus.rows.get((kind, element.path), {}).values(), RowCount())
    basis, captures = evidence(kind, element.path)
    documents = corpus.could_have(kind, element)
    found = corpus.findings.get((kind, element.path), {})
    return RowCoverage(
        element=element.path,
        type=member.type,
        format=member.format or None,
        values_documented=tuple(member.values or ()),
        since=None if element.since == OLDEST else element.since,
        until=None if element.until == NEWEST else element.until,
        basis=basis,
        captures=captures,
        about=about_text(kind, element),
        link=link(basis, kind),
        documents=documents,
        present=count.present,
        nulls=count.nulls,
        absent=documents - count.present - count.nulls,
        types=count.types,
        formats=count.formats,
        values=tuple(_values(element, count)),
        has_many_values=count.values is None,
        findings={rule: each.findings for rule, each in sorted(found.items())},
        first=count.first,
    )


def _values(element: Element, count: RowCount) -> Iterator[ValueCount]:
    """Yield the values that were seen, the most frequent first."""
    known = element.member.values
    for text, number in sorted((count.values or {}).items(), key=lambda each: (-each[1], each[0])):
        value = json.loads(text)
        yield ValueCount(one_line(json.dumps(value, ensure_ascii=False)), number, value in known if known else None)


def unseen_elements(tables: Iterable[TableCoverage]) -> tuple[UnseenElement, ...]:
    """Return the rows that documents could have and none has, without those below such a row."""
    return tuple(each for table in tables for each in _unseen(table))


def _unseen(table: TableCoverage) -> Iterator[UnseenElement]:
    unseen = {row.element for row in table.rows if row.documents and not row.present}
    for row in table.rows:
        if row.element in unseen and row.element.rpartition(".")[0] not in unseen:
            yield UnseenElement(table.kind, row.element, row.documents)


def matrix_of(corpus: Corpus, kind: KindName) -> Matrix:
    """Return the matrix of a kind: at each api-version of its documents, whether an element is documented and seen."""
    versions = tuple(sorted(corpus.documents[kind]))
    seen = {(each.api_version, each.element) for each in corpus.coverage.members if each.kind == kind}
    for (of, element), counts in corpus.rows.items():
        seen |= {(version, element) for version, count in counts.items() if of == kind and count.present}
    rows = (
        MatrixRow(element.path, "".join(_cell(element, version, seen) for version in versions))
        for element in below(tree(kind))
    )
    return Matrix(kind, versions, tuple(rows))


def _cell(element: Element, version: str, seen: set[tuple[str, str]]) -> str:
    is_seen = (version, element.path) in seen
    if element.documented_at(version):
        return "b" if is_seen else "d"
    return "s" if is_seen else "n"
