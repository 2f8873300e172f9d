"""The report as annotations of GitHub Actions: a workflow command for each finding, then the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.model.text import safe
from instanceview.reporting.places import path, with_hint
from instanceview.reporting.text_report import closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.model.report import Report
    from instanceview.reporting import Layout

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report as workflow commands, a line each."""
    return (f"{line}\n" for line in _report_lines(report, layout))


def _report_lines(report: Report, layout: Layout) -> Iterator[str]:
    for finding in report.findings:
        yield _workflow_command(
            _COMMANDS[finding.severity], finding.origin, finding.end, finding.rule, with_hint(finding)
        )
    for each in report.counted:
        yield _workflow_command(_COMMANDS[each.worst], each.origin, None, "counted", str(each))
    for item in report.unreadable:
        yield _workflow_command("error", item.origin, None, "unreadable", safe(item.reason))
    yield from closing(report, layout)


def _workflow_command(name: str, origin: Origin, end: tuple[int, int] | None, title: str, text: str) -> str:
    line, column = origin.line, origin.column
    properties = {"file": path(origin.file), "line": line, "col": column}
    if end and end[0] == line:  # the runner does not take columns for a region of several lines
        properties |= {"endLine": line, "endColumn": end[1]}
    elif end:
        properties |= {"col": None, "endLine": end[0]}
    given = {**properties, "title": title}
    written = ",".join(f"{key}={_property(str(value))}" for key, value in given.items() if value is not None)
    return f"::{name} {written}::{_data(text)}"


def _data(text: str) -> str:
    """Return a text as the message of a command (source: the runner's `ActionCommand`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
