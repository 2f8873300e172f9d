"""The report as issues of Azure Pipelines: a logging command for each error and warning, a plain line for each note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import place
from instanceview.model.severity import Severity
from instanceview.model.text import safe
from instanceview.reporting.places import path, with_hint
from instanceview.reporting.text_report import closing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.model.report import Report
    from instanceview.reporting import Layout

# Source: `CommandStringConvertor` of the agent of Azure Pipelines, which reads these escapes in a command.
_ESCAPES = {";": "%3B", "\r": "%0D", "\n": "%0A", "]": "%5D"}


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report as logging commands, a line each; an issue is an error or a warning, never a note."""
    return (f"{line}\n" for line in _report_lines(report, layout))


def _report_lines(report: Report, layout: Layout) -> Iterator[str]:
    for finding in report.findings:
        if finding.severity is Severity.NOTE:
            yield str(finding)
        else:
            yield _logging_command(finding.severity.value, finding.origin, finding.rule, with_hint(finding))
    for each in report.counted:
        if each.worst is Severity.NOTE:
            yield f"{place(each.origin)}: {each}"
        else:
            yield _logging_command(each.worst.value, each.origin, "counted", str(each))
    for item in report.unreadable:
        yield _logging_command("error", item.origin, "unreadable", safe(item.reason))
    yield from closing(report, layout)


def _logging_command(kind: str, origin: Origin, code: str, text: str) -> str:
    properties = {
        "type": kind,
        "sourcepath": path(origin.file),
        "linenumber": origin.line,
        "columnnumber": origin.column,
        "code": code,
    }
    written = "".join(f"{name}={_escaped(str(value))};" for name, value in properties.items() if value is not None)
    return f"##vso[task.logissue {written}]{_escaped(text)}"


def _escaped(text: str) -> str:
    """Return a text as a property or the message of a command."""
    escaped = text.replace("%", "%AZP25")  # first, so that it does not escape the escapes below
    for character, escape_of in _ESCAPES.items():
        escaped = escaped.replace(character, escape_of)
    return escaped
