"""The result of some inputs: counts that add up, and the findings in input order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from instanceview.model.report import Report
from instanceview.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from instanceview.model.counted import CountedFindings
    from instanceview.model.coverage import Coverage
    from instanceview.model.document import Skipped, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.report import CheckedDocument
    from instanceview.model.statistics import Statistics
    from instanceview.model.tables import Tables


@dataclass(frozen=True, slots=True, repr=False)
class Summary:
    r"""The result of a chunk of lines, or of some files; summaries of neighbours merge into one.

    `documents` counts the checked documents, and `recorded` counts repetitions too. `worst` counts the documents with
    findings by their highest severity. `counts` has the findings by severity, including those beyond a limit.
    `findings`, `skipped` and `unreadable` are in input order. `checked` has every document if the caller asks for them.
    `statistics` is None unless requested. `checked_as` counts the documents by the tables that they were checked
    against. `coverage` is None unless requested. `counted` has the documents with more findings than are kept of one.

    A summary is true if no document has an error and nothing is unreadable, as its report is. `conformant` is a number.

    >>> from instanceview import check_chunk
    >>> summary = check_chunk(b'{"platformFaultDomain": 0}\n').merge(check_chunk(b'{"platformFaultDomain": "0"}\n'))
    >>> bool(summary), summary.documents, summary.conformant
    (False, 2, 1)
    >>> summary
    <Summary 2 documents: 1 conformant; 1 error, 0 warnings, 0 notes>
    """

    documents: int = 0
    recorded: int = 0
    worst: Mapping[Severity, int] = field(default_factory=Counter)
    counts: Mapping[Severity, int] = field(default_factory=Counter)
    findings: Sequence[Finding] = ()
    skipped: Sequence[Skipped] = ()
    unreadable: Sequence[Unreadable] = ()
    checked: Sequence[CheckedDocument] = ()
    statistics: Statistics | None = None
    checked_as: Mapping[Tables, int] = field(default_factory=Counter)
    coverage: Coverage | None = None
    counted: Sequence[CountedFindings] = ()

    def __bool__(self) -> bool:
        return not (self.nonconformant(Severity.ERROR) or self.unreadable)

    def __str__(self) -> str:
        return str(self.report())

    def __repr__(self) -> str:
        return f"<Summary {self}>"

    @property
    def conformant(self) -> int:
        """The number of documents without a finding of severity `error`."""
        return self.documents - self.nonconformant(Severity.ERROR)

    def nonconformant(self, fail_on: Severity) -> int:
        """Return the number of documents with a finding at or above a severity."""
        return sum(count for severity, count in self.worst.items() if severity.at_least(fail_on))

    def merge(self, other: Summary) -> Summary:
        """Return the summary of both, this one's inputs first; see `merge_all`."""
        return Summary.merge_all((self, other))

    @staticmethod
    def merge_all(summaries: Iterable[Summary]) -> Summary:
        r"""Return the summary of all, in their order; its time grows with their number, and no finding is copied.

        >>> from instanceview import Summary, check_chunk
        >>> Summary.merge_all(check_chunk(line) for line in (b"{}", b'{"platformFaultDomain": "0"}', b"{}")).documents
        3
        """
        from instanceview.model.joined import joined, total  # a run of the command line merges none

        parts = tuple(summaries)
        statistics = [part.statistics for part in parts if part.statistics]
        coverage = [part.coverage for part in parts if part.coverage]
        return Summary(
            sum(part.documents for part in parts),
            sum(part.recorded for part in parts),
            total(part.worst for part in parts),
            total(part.counts for part in parts),
            joined(part.findings for part in parts),
            joined(part.skipped for part in parts),
            joined(part.unreadable for part in parts),
            joined(part.checked for part in parts),
            statistics[0].merge(*statistics[1:]) if statistics else None,
            total(part.checked_as for part in parts),
            reduce(lambda one, two: one.merge(two), coverage) if coverage else None,
            joined(part.counted for part in parts),
        )

    def report(self, fail_on: Severity = Severity.ERROR) -> Report:
        """Return the summary as a report."""
        return Report(
            findings=self.findings,
            skipped=self.skipped,
            unreadable=self.unreadable,
            documents=self.documents,
            recorded=self.recorded,
            nonconformant=self.nonconformant(fail_on),
            fail_on=fail_on,
            counts={severity: self.counts.get(severity, 0) for severity in Severity},
            checked=self.checked,
            statistics=self.statistics,
            checked_as=dict(self.checked_as),
            coverage=self.coverage,
            counted=self.counted,
        )
