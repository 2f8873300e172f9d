"""The report on a Python value: its places are pointers, since it has no text that a person has seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from instanceview.model.document import Origin
from instanceview.reading.python_values import read_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Document, Skipped, Unreadable
    from instanceview.model.report import Report

_ORIGIN = Origin("<document>")


def inputs_of_value(value: object) -> Iterator[Document | Skipped | Unreadable]:
    """Return the instance views in a Python value; raises TypeError and ValueError for what JSON cannot hold."""
    return read_value(value, _ORIGIN)


def without_lines(report: Report) -> Report:
    """Return the report with entries and pointers, and without the lines of the text that the value was read as."""
    if not (report.findings or report.skipped or report.unreadable or report.checked):
        return report  # most values
    return replace(
        report,
        findings=tuple(
            replace(each, origin=_bare(each.origin), document=_bare(each.document), excerpt=None, end=None)
            for each in report.findings
        ),
        skipped=tuple(each._replace(origin=_bare(each.origin)) for each in report.skipped),
        unreadable=tuple(each._replace(origin=_bare(each.origin)) for each in report.unreadable),
        checked=tuple(each._replace(origin=_bare(each.origin)) for each in report.checked),
    )


def _bare(origin: Origin) -> Origin:
    return origin._replace(line=None, column=None, inside=None)
