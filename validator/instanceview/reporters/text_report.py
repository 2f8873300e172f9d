"""The text report: one line a finding, and a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model import Severity
from instanceview.text import escape, plain, redact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model import Finding, Origin, Report


def render(report: Report) -> str:
    """Return the report as text: unreadable inputs, findings, then the summary line."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in report.findings:
        yield finding_line(finding)
    for item in report.unreadable:
        yield f"{_place(item.origin)}: unreadable: {escape(redact(item.reason))}"
    yield _summary(report)


def finding_line(finding: Finding) -> str:
    """Return one finding as `file:line:column: severity rule: message; hint`."""
    hint = f"; {finding.hint}" if finding.hint else ""
    head = f"{_place(finding.origin)}: {finding.severity.value} {finding.rule}"
    return f"{head}: {_pointer(finding)}{finding.message}{hint}"


def _pointer(finding: Finding) -> str:
    # Without a file there is no line to look at; the pointer is the place then.
    return f"{escape(finding.pointer)}: " if finding.origin.line is None and finding.pointer else ""


def _place(origin: Origin) -> str:
    numbers = [origin.line, origin.column]
    return ":".join([plain_path(origin.file), *(str(number) for number in numbers if number is not None)])


def plain_path(path: str) -> str:
    """Return a file name made safe for one line of output, uncut: a cut path leads nowhere."""
    return escape(redact(path))


def _summary(report: Report) -> str:
    documents = "1 document" if report.documents == 1 else f"{report.documents} documents"
    counts = [f"{report.count(severity)} {severity.value}s" for severity in reversed(Severity)]
    singular = [text.removesuffix("s") if text.startswith("1 ") else text for text in counts]
    conformant = report.documents - report.nonconformant
    parts = [documents, f"{conformant} conformant", ", ".join(singular)]
    parts += [f"{len(report.skipped)} skipped"] if report.skipped else []
    parts += [f"{len(report.unreadable)} unreadable"] if report.unreadable else []
    return plain("; ".join(parts))
