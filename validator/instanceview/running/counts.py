"""The numbers of a summary in long form: a row for each number, so that an engine can add them up with `sum`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.redaction import redact
from instanceview.model.severity import Severity
from instanceview.model.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.coverage import Coverage
    from instanceview.model.summary import Summary
    from instanceview.model.tables import Tables


class Measure(NamedTuple):
    """The meaning of a number; a field is None where the number is not about one kind, api-version and so on."""

    measure: str
    kind: str | None = None
    api_version: str | None = None
    element: str | None = None
    rule: str | None = None
    severity: str | None = None
    code: str | None = None


def counts_of(summary: Summary) -> Counter[Measure]:
    """Return the numbers of a summary, without zeros; those of two summaries add up.

    >>> from instanceview import check_chunk
    >>> counts = counts_of(check_chunk(b'{"platformFaultDomain": "0"}', kind="vm", api_version="2024-07-01"))
    >>> [(each.measure, each.rule, number) for each, number in counts.items()]
    [('documents', None, 1), ('worst', None, 1), ('findings', 'wrong-type', 1)]
    """
    counts: Counter[Measure] = Counter()
    for tables, number in summary.checked_as.items():
        counts[Measure("documents", tables.kind, tables.api_version)] += number
    counts[Measure("conformant")] = summary.conformant
    for severity, number in summary.worst.items():
        counts[Measure("worst", severity=severity.value)] += number
    for finding in summary.findings:
        counts[_of_rule(finding.tables, finding.rule, finding.severity)] += 1
    for each in summary.counted:
        for (rule, severity), number in each.by_rule().items():
            counts[_of_rule(each.tables, rule, severity)] += number
    counts[Measure("skipped")] = len(summary.skipped)
    counts[Measure("unreadable")] = len(summary.unreadable)
    for measure, number in _covered(summary.coverage) if summary.coverage else ():
        counts[measure] += number
    return +counts


def _of_rule(tables: Tables, rule: str, severity: Severity) -> Measure:
    return Measure("findings", tables.kind, tables.api_version, rule=rule, severity=severity.value)


def _covered(coverage: Coverage) -> Iterator[tuple[Measure, int]]:
    """Yield the numbers of the conformance report; names from documents are redacted and cut."""
    for row, present in coverage.rows.items():
        yield Measure("present", *row), present.present
        yield Measure("null", *row), present.nulls
    for codes in (coverage.codes, coverage.others):
        for status, code in codes.items():
            yield Measure("statuses", *status[:3], code=cut(redact(status.code))), code.times
    for row, member in coverage.members.items():
        yield Measure("undocumented", *row[:2], cut(redact(row.element))), member.documents
    for key, found in coverage.findings.items():
        yield Measure("elements", *key[:3], key.rule, Severity(found.severity).value), found.findings
    yield Measure("incomplete"), int(not coverage.is_whole)
