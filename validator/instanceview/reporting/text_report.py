"""The text report: each finding with its source line, its row of the element tables and the next step."""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.model.text import escape, one_line, redact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.model.document import Origin, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.model.statistics import Statistics
    from instanceview.reporting import Layout

_COUNTED_BY = {
    "rules": "findings by rule",
    "elements": "findings by element",
    "codes": "statuses by code",
    "api_versions": "documents by api-version",
}
_COLOURS = {"error": "31", "warning": "33", "note": "36", "bold": "1", "dim": "2"}


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report as text: the findings, the unreadable inputs, then the summary line."""
    return (f"{line}\n" for line in _report_lines(report, layout))


def _report_lines(report: Report, layout: Layout) -> Iterator[str]:
    for alike in _alike(report, layout):
        yield from _finding_lines(alike[0], layout)
        if len(alike) > 1:
            yield _dim(f"      = and {len(alike) - 1} more of this rule at this element; --no-fold shows them", layout)
    for item in report.unreadable:
        yield unreadable(item, layout)
        yield from _request(item.origin, layout)
    if not layout.quiet:
        yield from beyond(report)
        yield summary(report)
    if report.statistics:
        yield from _tables(report.statistics)


def _tables(statistics: Statistics) -> Iterator[str]:
    """Yield a table for each of the statistics, the greatest numbers first."""
    for field in fields(statistics):
        counts: Mapping[str, int] = getattr(statistics, field.name)
        yield ""
        yield f"{_COUNTED_BY[field.name]}:" if counts else f"{_COUNTED_BY[field.name]}: none"
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
            yield f"{count:>9,}  {one_line(name) or 'the document'}"


def unreadable(item: Unreadable, layout: Layout) -> str:
    """Return the line of an input that could not be checked."""
    return f"{_origin_text(item.origin)}: {_paint('unreadable', 'error', layout)}: {escape(redact(item.reason))}"


def beyond(report: Report) -> Iterator[str]:
    """Yield the line about the findings beyond the limit, if there are any."""
    more = sum(report.counts.values()) - len(report.findings)
    if more:
        yield f"and {more} more {_plural(more, 'finding')}; --max-findings shows more"


def _alike(report: Report, layout: Layout) -> Iterator[list[Finding]]:
    """Yield the findings, those of one rule and element in one document together, at the place of the first."""
    for _, findings in groupby(report.findings, key=lambda finding: (id(finding.document), finding.document)):
        alike: dict[object, list[Finding]] = {}
        for number, finding in enumerate(findings):
            alike.setdefault((finding.rule, finding.element) if layout.fold else number, []).append(finding)
        yield from alike.values()


def head(finding: Finding, layout: Layout) -> str:
    """Return the line with the place and the message of a finding."""
    severity = finding.severity.value
    place = _paint(_origin_text(finding.origin), "bold", layout)
    # A value of Python has no line; its place is the pointer.
    where = f" {escape(redact(finding.pointer))}:" if finding.origin.line is None and finding.pointer else ""
    rule = f"{_paint(severity, severity, layout)} {_paint(finding.rule, 'bold', layout)}"
    return f"{place}:{where} {rule}: {finding.message}"


def _finding_lines(finding: Finding, layout: Layout) -> Iterator[str]:
    yield head(finding, layout)
    if finding.excerpt:
        inside = finding.origin.inside
        number = str(inside[0] if inside else finding.origin.line).rjust(5)
        yield f"{number} | {''.join(finding.excerpt)}"
        hint = f" {finding.hint}" if finding.hint else ""
        yield f"      | {_caret(finding, layout)}{hint}"
    elif finding.hint:
        yield f"      = {finding.hint}"
    from instanceview.tables.describe import table_row  # a run without findings saves 0.3 ms

    yield _dim(f"      = {table_row(finding.tables.kind, _rests_on(finding))}", layout)
    yield from _request(finding.origin, layout, finding.recorded)


def _request(origin: Origin, layout: Layout, recorded: int = 1) -> Iterator[str]:
    """Yield the request of a recorded document, its entry in the recording, and the number of its repetitions."""
    if not origin.url:
        return
    url, entry = (escape(redact(text or "")) for text in (origin.url, origin.entry))
    words = [f"{origin.method or 'request'} {url} at {entry}"]
    words += [f"line {origin.inside[0]}, column {origin.inside[1]} of the body"] if origin.inside else []
    words += [f"recorded ×{recorded}"] if recorded > 1 else []  # noqa: RUF001 (times)
    yield _dim(f"      = {', '.join(words)}", layout)


def _rests_on(finding: Finding) -> str:
    """Return the element whose row a finding contradicts: its own, or the most likely one of a misspelt name."""
    holder, dot, _ = finding.element.rpartition(".")
    meant = finding.facts.get("meant")
    return f"{holder}{dot}{meant}" if meant else finding.element


def _caret(finding: Finding, layout: Layout) -> str:
    caret = finding.excerpt.caret() if finding.excerpt else ""
    marks = caret.lstrip()
    return caret[: len(caret) - len(marks)] + _paint(marks, finding.severity.value, layout)


def _origin_text(origin: Origin) -> str:
    # A file name is never cut: a cut path leads nowhere.
    entry = f"[{escape(redact(origin.entry))}]" if origin.entry else ""
    numbers = [origin.line, origin.column]
    # A line of a log that begins with two colons is a command to a runner of CI.
    here = "./" if origin.file.lstrip().startswith("::") else ""
    file = f"{here}{escape(redact(origin.file))}{entry if origin.line is None else ''}"
    return ":".join([file, *(str(number) for number in numbers if number is not None)])


def summary(report: Report) -> str:
    """Return the summary line: documents, conformant ones, findings by severity, known, skipped and unreadable inputs.

    >>> from instanceview import check
    >>> summary(check({}))
    '1 document: 1 conformant; 0 errors, 0 warnings, 0 notes'
    """
    counts = ", ".join(_number_of(report.count(severity), severity.value) for severity in reversed(Severity))
    documents = _number_of(report.documents, "document")
    again = f", {report.recorded} recorded" if report.recorded > report.documents else ""
    parts = [f"{documents}{again}: {report.documents - report.nonconformant} conformant", counts]
    parts += [f"{len(report.known)} known"] if report.known else []
    parts += [f"{len(report.skipped)} skipped"] if report.skipped else []
    parts += [f"{len(report.unreadable)} unreadable"] if report.unreadable else []
    return "; ".join(parts)


def _number_of(number: int, word: str) -> str:
    return f"{number} {_plural(number, word)}"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


def _paint(text: str, colour: str, layout: Layout) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if layout.colour and text else text


def _dim(text: str, layout: Layout) -> str:
    return _paint(text, "dim", layout)
