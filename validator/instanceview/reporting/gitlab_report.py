"""The report as Code Quality JSON of GitLab, which shows findings in merge requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.model.fingerprint import digest, fingerprinted
from instanceview.model.severity import Severity
from instanceview.model.text import safe
from instanceview.reporting.json_values import one_a_line
from instanceview.reporting.places import path, with_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.counted import CountedFindings
    from instanceview.model.document import Origin, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.reporting import Layout

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def pieces(report: Report, layout: Layout) -> Iterator[str]:  # noqa: ARG001 (every reporter has this form)
    """Yield the report as a JSON array, ASCII only; an unreadable input is an issue of severity blocker.

    Only one finding is in memory.
    """
    yield from one_a_line(_issues(report))
    yield "\n"


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    for finding, digits in fingerprinted(report.findings):
        yield _issue(finding, digits)
    yield from map(_counted, report.counted)
    yield from map(_unreadable, report.unreadable)


def _issue(finding: Finding, digits: str) -> dict[str, Any]:
    return {
        "description": with_hint(finding),
        "check_name": finding.rule,
        "fingerprint": digits,
        "severity": _SEVERITIES[finding.severity],
        "location": _location(finding.origin, finding.end),
    }


def _counted(item: CountedFindings) -> dict[str, Any]:
    return _of_origin(item.origin, "counted", str(item), _SEVERITIES[item.worst])


def _unreadable(item: Unreadable) -> dict[str, Any]:
    return _of_origin(item.origin, "unreadable", safe(item.reason), "blocker")


def _of_origin(origin: Origin, name: str, text: str, severity: str) -> dict[str, Any]:
    # Many lines of one file may be unreadable, and GitLab keeps only one issue for each fingerprint.
    place = [path(origin.file), origin.entry, origin.line]
    return {
        "description": text,
        "check_name": name,
        "fingerprint": digest([name, place, text]),
        "severity": severity,
        "location": _location(origin, None),
    }


def _location(origin: Origin, end: tuple[int, int] | None) -> dict[str, Any]:
    first = origin.line or 1  # GitLab requires a line
    return {"path": path(origin.file), "lines": {"begin": first, "end": end[0] if end else first}}
