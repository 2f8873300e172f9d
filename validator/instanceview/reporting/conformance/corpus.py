"""The counts of a run, grouped as the sections of the report need them: by element, and by api-version."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.coverage import Coverage, merge_into

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.counts import FindingCount, RowCount
    from instanceview.model.report import Report
    from instanceview.tables.elements import Element


class Corpus(NamedTuple):
    """The documents of a run: their number by kind and api-version, and their coverage.

    `rows` has the counts of an element of a kind by api-version; `findings` has its findings by rule, with the first.
    """

    report: Report
    coverage: Coverage
    documents: Mapping[KindName, Mapping[ApiVersion, int]]
    rows: Mapping[tuple[str, str], Mapping[str, RowCount]]
    findings: Mapping[tuple[str, str], Mapping[str, FindingCount]]

    def documents_of(self, kind: str) -> Mapping[ApiVersion, int]:
        """Return the number of documents of a kind by api-version."""
        return next((by_version for name, by_version in self.documents.items() if name == kind), {})

    def could_have(self, kind: str, element: Element) -> int:
        """Return the number of documents of a kind whose api-version has an element."""
        return sum(number for version, number in self.documents_of(kind).items() if element.documented_at(version))


def corpus_of(report: Report) -> Corpus:
    """Return the documents of a run that counted coverage."""
    coverage = report.coverage or Coverage()
    documents: dict[KindName, Counter[ApiVersion]] = defaultdict(Counter)
    for tables, number in report.checked_as.items():
        documents[tables.kind][tables.api_version] += number
    rows: dict[tuple[str, str], dict[str, RowCount]] = defaultdict(dict)
    for key, count in coverage.rows.items():
        rows[key.kind, key.element][key.api_version] = count
    findings: dict[tuple[str, str], dict[str, FindingCount]] = defaultdict(dict)
    for each, found in coverage.findings.items():
        merge_into(findings[each.kind, each.element], {each.rule: found})
    return Corpus(report, coverage, documents, rows, findings)
