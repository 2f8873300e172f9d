"""The concise report: one line for each finding, as editors and `grep` read it, then the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reporting.text_report import closing, counted_lines, head, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.report import Report
    from instanceview.reporting import Layout


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report with one line for each finding; nothing is folded."""
    return (f"{line}\n" for line in _report_lines(report, layout))


def _report_lines(report: Report, layout: Layout) -> Iterator[str]:
    yield from (head(finding, layout) for finding in report.findings)
    yield from counted_lines(report, layout)
    yield from (unreadable(item, layout) for item in report.unreadable)
    yield from closing(report, layout)
