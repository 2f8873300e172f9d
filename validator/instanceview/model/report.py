"""The report of a run, and the documents that it checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.severity import Severity
from instanceview.model.text import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from instanceview.model.counted import CountedFindings
    from instanceview.model.coverage import Coverage
    from instanceview.model.document import Origin, Skipped, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.statistics import Statistics
    from instanceview.model.tables import Tables


class CheckedDocument(NamedTuple):
    """A document that was checked: its place, its tables, and the severity of its worst finding, if any.

    `Finding.document` is equal to `origin`, `Finding.identity` to `identity`.
    """

    origin: Origin
    tables: Tables
    worst: Severity | None
    identity: str = ""


_MOST = 4
"""Groups of documents in the line of what they were checked as: it fits on two lines of a terminal."""


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """The result of a run: findings in input order, skipped and unreadable inputs, and the counts.

    `documents` counts the checked documents, and `recorded` counts repetitions too. `nonconformant` counts those with a
    finding at or above `fail_on`. `counts` has the findings by severity, including those beyond a limit. `checked_as`
    counts the documents by the tables that they were checked against: kind, api-version and the source of that version.
    `checked` has every document if the caller asks for them; else it is empty. `known` has the findings that a baseline
    hides; no other member counts them. `known_documents` counts the documents with only known findings; it is None
    without a baseline. `statistics` and `coverage` are None unless requested. `counted` has the documents with more
    findings than are kept of one; those findings have no place, and `counts` has them too.

    A report is true if it is conformant, so `assert check(document)` works. `str()` returns the first line of its
    summary, and `render` the whole report.

    >>> from instanceview import check
    >>> report = check({"platformFaultDomain": "2"}, kind="vmss-vm")
    >>> bool(check({})), bool(report), str(report)
    (True, False, '1 document: 0 conformant; 1 error, 0 warnings, 0 notes')
    >>> report
    <Report 1 document: 0 conformant; 1 error, 0 warnings, 0 notes>
    """

    findings: Sequence[Finding] = ()
    skipped: Sequence[Skipped] = ()
    unreadable: Sequence[Unreadable] = ()
    documents: int = 0
    recorded: int = 0
    nonconformant: int = 0
    fail_on: Severity = Severity.ERROR
    counts: Mapping[Severity, int] = field(default_factory=dict)
    checked: Sequence[CheckedDocument] = ()
    known: Sequence[Finding] = ()
    statistics: Statistics | None = None
    checked_as: Mapping[Tables, int] = field(default_factory=dict)
    known_documents: int | None = None
    coverage: Coverage | None = None
    counted: Sequence[CountedFindings] = ()

    def __bool__(self) -> bool:
        return self.conformant

    def __str__(self) -> str:
        return summary_line(self)

    def __repr__(self) -> str:
        return f"<Report {self}>"

    @property
    def conformant(self) -> bool:
        """True if every input was checked and no finding is at or above `fail_on`."""
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """0 when conformant, 1 with findings at or above `fail_on`, 2 when something could not be checked."""
        if self.unreadable:
            return 2
        return 1 if self.nonconformant else 0

    @property
    def conformant_documents(self) -> int:
        """The number of documents without a finding at or above `fail_on`, known ones included."""
        return self.documents - self.nonconformant - (self.known_documents or 0)

    @property
    def left_out(self) -> int:
        """The number of findings beyond `--max-findings`, which have a place and are not shown."""
        counted = sum(sum(each.counts.values()) for each in self.counted)
        return sum(self.counts.values()) - counted - len(self.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of this severity, those beyond a limit included."""
        return self.counts.get(severity, 0)


def summary_line(report: Report) -> str:
    """Return the first line of a summary: documents, findings, and inputs that could not be checked.

    With a baseline, documents that have only known findings are counted apart, and only new findings by severity.

    >>> from instanceview import check
    >>> summary_line(check({}))
    '1 document: 1 conformant; 0 errors, 0 warnings, 0 notes'
    """
    again = f", {report.recorded} recorded" if report.recorded > report.documents else ""
    known = report.known_documents
    parts = [f"{number_of(report.documents, 'document')}{again}: {report.conformant_documents} conformant"]
    parts[0] += f", {known} with known findings" if known else ""
    parts += [_findings(report)]
    parts += [f"{len(report.unreadable)} unreadable"] if report.unreadable else []
    return "; ".join(parts)


def _findings(report: Report) -> str:
    counts = ", ".join(number_of(report.count(severity), severity.value) for severity in reversed(Severity))
    if report.known_documents is None:
        return counts
    new = sum(report.counts.values())
    return f"{new} new{f' ({counts})' if new else ''}{f', {len(report.known)} known' if report.known else ''}"


def checked_as(report: Report, *, is_whole: bool = False, names_options: bool = False) -> str:
    """Return the kinds and api-versions of the documents with their numbers, the largest first, empty without any.

    Only the first `_MOST` groups are shown unless `is_whole`. A source that all groups share is named once. Of several
    groups whose api-version nobody gave, the first one says so, and with `names_options` also which option gives one.

    >>> from instanceview import check
    >>> checked_as(check([{"vmAgent": {}}, {"patchStatus": {}}], api_version="2024-07-01"))
    '1 as vm at 2024-07-01; 1 as vmss-vm at 2024-07-01, all as given'
    """
    groups = sorted(report.checked_as.items(), key=lambda each: (-each[1], each[0][:3]))
    shown = groups if is_whole else groups[:_MOST]
    words = _sources([tables for tables, _ in groups], " (--api-version VERSION sets it)" if names_options else "")
    parts = [f"{number} as {tables.name}{words[tables]}" for tables, number in shown]
    left = len(groups) - len(shown)
    more = f"; and {left} more {'kind and api-version' if left == 1 else 'kinds and api-versions'}" if left else ""
    return f"{'; '.join(parts)}{more}{words[None]}"


def _sources(groups: list[Tables], option: str) -> dict[Tables | None, str]:
    """Return the words for the source of the api-version of each group, and those for all groups as that of None."""
    assumed = [tables for tables in groups if tables.api_version_from == "default"]
    named = [tables for tables in groups if tables.api_version_from != "kind"]  # of others, the api-version says it
    if len({tables[2:] for tables in named}) == 1 < len(groups) and not assumed:
        return {**dict.fromkeys(groups, ""), None: f", all {named[0].source()}"}
    words: dict[Tables | None, str] = {tables: f", {tables.source()}" for tables in groups}
    words |= dict.fromkeys(assumed[1:], ", the newest")
    words |= {tables: f", {tables.source()}{option}" for tables in assumed[:1]}
    return {**words, None: ""}
