"""A stream of inputs -> one report: every document is checked and counted, and what the caller wants is kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from instanceview.checking.check import tables_for
from instanceview.model.counted import CountedFindings
from instanceview.model.document import Skipped, Unreadable
from instanceview.model.report import CheckedDocument
from instanceview.model.severity import Severity
from instanceview.model.summary import Summary
from instanceview.running.check_one import check_one
from instanceview.running.repeats import Repeats
from instanceview.running.spool import Spool
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from instanceview.checking.check import Checked
    from instanceview.model.document import Document, Origin
    from instanceview.model.finding import Finding
    from instanceview.model.limits import Limits
    from instanceview.model.report import Report
    from instanceview.model.statistics import Statistics
    from instanceview.model.tables import Tables
    from instanceview.running.covering import Covering

FEW = 100
"""The documents that are checked in less time than the gate takes to load and to make, which is at least 12 ms."""

_WORST_FIRST = tuple(reversed(Severity))


class Tally:
    """The counts and findings of a run so far."""

    def __init__(self, wanted: Wanted, *, few: int = FEW, container: str = "text") -> None:
        """Begin with no documents; the gate is used after `few` of them.

        `container` is the format of the file, for documents that do not have it.
        """
        self._wanted = wanted
        self._families = wanted.selection.families()
        self._few = few
        self._repeats = Repeats()
        self._findings: Spool[Finding] = Spool()
        self._skipped: Spool[Skipped] = Spool()
        self._unreadable: Spool[Unreadable] = Spool()
        self._checked: Spool[CheckedDocument] = Spool()
        self._counted: Spool[CountedFindings] = Spool()
        self._documents = self._recorded = 0
        self._worst: Counter[Severity] = Counter()
        self._counts: Counter[Severity] = Counter()
        self._checked_as: Counter[Tables] = Counter()
        self._statistics = _none_counted() if wanted.statistics else None
        self._covering = _none_covered(container) if wanted.coverage else None

    @property
    def limits(self) -> Limits:
        """The limits of a file."""
        return self._wanted.limits

    def take(self, item: Document | Skipped | Unreadable) -> None:
        """Check a document and keep what the caller wants of it; keep any other input."""
        if isinstance(item, Skipped):
            self._skipped.extend([item])
        elif isinstance(item, Unreadable):
            self._unreadable.extend([item])
        else:
            self._recorded += 1
            if self._covering:
                self._covering.see(item)
            if not (self._wanted.selection.once and self._repeats.is_repeat(item)):
                self._check(item)

    def _check(self, document: Document) -> None:
        tables = tables_for(document)
        found = check_one(document, tables, self._wanted, self._families, many=self._documents >= self._few)
        if isinstance(found, Unreadable):
            self._unreadable.extend([found])
            return
        self._documents += 1
        self._checked_as[tables] += 1
        worst = self._keep_findings(found, document, tables)
        if self._covering and isinstance(document.body, dict):
            self._covering.hold(document, tables, found)
        if (self._wanted.keep_documents or self._statistics) and isinstance(document.body, dict):
            self._keep_document(document, tables, worst, found)

    def _keep_findings(self, found: Checked, document: Document, tables: Tables) -> Severity | None:
        """Count the findings of a document, keep those that have a place, and return the highest severity."""
        counts = Counter([finding.severity for finding in found.findings])
        if found.counted:
            counted = CountedFindings(document.origin, tables, dict(found.counted))
            counts += counted.by_severity()
            self._counted.extend([counted])
        worst = next((severity for severity in _WORST_FIRST if counts[severity]), None)
        if worst:
            self._worst[worst] += 1
            self._counts.update(counts)
            self._keep(found.findings)
        return worst

    def _keep_document(self, document: Document, tables: Tables, worst: Severity | None, found: Checked) -> None:
        from instanceview.model.fingerprint import identity  # a run that wants only findings saves 0.9 ms
        from instanceview.model.statistics import count

        if self._wanted.keep_documents:
            self._checked.extend([CheckedDocument(document.origin, tables, worst, identity(document))])
        if self._statistics:
            count(self._statistics, document.body, tables, found.findings, found.counted)

    def _keep(self, findings: Sequence[Finding]) -> None:
        most = self._wanted.selection.most
        self._findings.extend(findings if most is None else findings[: max(0, most - len(self._findings))])

    def clean(self, documents: Counter[Tables]) -> None:
        """Count documents without findings by their tables; `cover` counts the coverage of their texts."""
        self._documents += documents.total()
        self._recorded += documents.total()
        self._checked_as.update(documents)

    def cover(self, texts: Iterable[tuple[bytes, Tables, Origin]], container: str) -> None:
        """Count the coverage of documents without findings, where it is wanted; `clean` counts the documents."""
        if self._covering:
            self._covering.count(texts, container)

    def absorb(self, summary: Summary) -> None:
        """Add the summary of the inputs that come next."""
        self._documents += summary.documents
        self._recorded += summary.recorded
        self._worst.update(summary.worst)
        self._counts.update(summary.counts)
        self._checked_as.update(summary.checked_as)
        self._keep(summary.findings)
        self._skipped.extend(summary.skipped)
        self._unreadable.extend(summary.unreadable)
        self._checked.extend(summary.checked)
        self._counted.extend(summary.counted)
        if self._statistics and summary.statistics:
            self._statistics = self._statistics.merge(summary.statistics)
        if self._covering and summary.coverage:
            self._covering.absorb(summary.coverage)

    def summary(self) -> Summary:
        """Return the summary of all inputs so far; short lists are tuples."""
        return Summary(
            documents=self._documents,
            recorded=self._recorded,
            worst=self._worst,
            counts=self._counts,
            checked_as=self._checked_as,
            findings=self._repeats.counted(self._findings.short()),
            skipped=self._skipped.short(),
            unreadable=self._unreadable.short(),
            checked=self._checked.short(),
            statistics=self._statistics,
            coverage=self._covering.coverage() if self._covering else None,
            counted=self._counted.short(),
        )


def _none_counted() -> Statistics:
    from instanceview.model.statistics import Statistics  # as above

    return Statistics()


def _none_covered(container: str) -> Covering:
    from instanceview.running.covering import Covering  # as above

    return Covering(container)


def report(
    inputs: Iterable[Document | Skipped | Unreadable],
    *,
    fail_on: Severity = Severity.ERROR,
    wanted: Wanted | None = None,
) -> Report:
    """Check every document of a stream and return one report, in input order."""
    tally = Tally(wanted or Wanted())
    for item in inputs:
        tally.take(item)
    return tally.summary().report(fail_on)
