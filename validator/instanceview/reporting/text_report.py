"""The text report: each finding with its source line, its row of the element tables and the next step."""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING

from instanceview.model.document import place
from instanceview.model.report import checked_as, summary_line
from instanceview.model.skipped import skipped_by, skipped_groups
from instanceview.model.text import one_line, plural, safe

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
    """Yield the report as text: the findings, the unreadable inputs, then the summary."""
    return (f"{line}\n" for line in _report_lines(report, layout))


def _report_lines(report: Report, layout: Layout) -> Iterator[str]:
    for alike in _alike(report, layout):
        yield from _finding_lines(alike[0], layout)
        if len(alike) > 1:
            yield _dim(f"      {len(alike) - 1} more like this (--no-fold shows all)", layout)
    yield from counted_lines(report, layout)
    for item in report.unreadable:
        yield unreadable(item, layout)
        yield from _request(item.origin, layout)
    yield from closing(report, layout)
    if report.statistics:
        yield from _statistics_tables(report.statistics)


def _statistics_tables(statistics: Statistics) -> Iterator[str]:
    """Yield a table for each of the statistics, the greatest numbers first."""
    for field in fields(statistics):
        counts: Mapping[str, int] = getattr(statistics, field.name)
        yield ""
        yield f"{_COUNTED_BY[field.name]}:" if counts else f"{_COUNTED_BY[field.name]}: none"
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
            yield f"{count:>9,}  {one_line(name) or 'the document'}"


def unreadable(item: Unreadable, layout: Layout) -> str:
    """Return the line of an input that could not be checked."""
    return f"{place(item.origin)}: {paint('unreadable', 'error', layout.colour)}: {safe(item.reason)}"


def counted_lines(report: Report, layout: Layout) -> Iterator[str]:
    """Yield a line for each document with findings that are only counted."""
    for each in report.counted:
        yield f"{place(each.origin)}: {paint('counted', each.worst.value, layout.colour)}: {each}"


def closing(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the lines after the findings: skipped inputs if `verbose`, findings beyond the limit, the summary."""
    if layout.quiet:
        return
    yield from skipped_lines(report, layout)
    if report.left_out:
        yield f"and {report.left_out} more {plural(report.left_out, 'finding')}; --max-findings shows more"
    yield summary_line(report)
    yield from inputs_lines(report, layout)


def skipped_lines(report: Report, layout: Layout) -> Iterator[str]:
    """Yield a line for each skipped input if `verbose`."""
    for item in report.skipped if layout.verbose else ():
        yield _dim(f"{place(item.origin)}: skipped: {safe(item.reason)}", layout)


def inputs_lines(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the lines of a summary about the inputs: what the documents were checked as, and the skipped inputs."""
    documents = checked_as(report, is_whole=layout.verbose, names_options=layout.names_options)
    if documents:
        yield f"checked: {documents}"
    groups = skipped_groups(skipped_by(report.skipped), names_options=layout.names_options)
    if groups:
        listed = "; --verbose lists them" if layout.names_options and not layout.verbose else ""
        yield f"skipped: {groups}{listed}"


def _alike(report: Report, layout: Layout) -> Iterator[list[Finding]]:
    """Yield the findings in groups, each of one rule and element in one document, in the order of their first ones."""
    for _, findings in groupby(report.findings, key=lambda finding: (id(finding.document), finding.document)):
        alike: dict[object, list[Finding]] = {}
        for number, finding in enumerate(findings):
            alike.setdefault((finding.rule, finding.element) if layout.fold else number, []).append(finding)
        yield from alike.values()


def head(finding: Finding, layout: Layout) -> str:
    """Return the line with the place and the message of a finding."""
    from instanceview.model.finding import finding_line  # a run without findings saves 1 ms

    return finding_line(finding, lambda text, colour: paint(text, colour, layout.colour))


def _finding_lines(finding: Finding, layout: Layout) -> Iterator[str]:
    yield head(finding, layout)
    label = f"{paint('help:', 'bold', layout.colour)} " if finding.hint else ""
    if finding.excerpt:
        inside = finding.origin.inside
        number = f"{inside[0]} (body)" if inside else str(finding.origin.line).rjust(5)
        yield f"{number} | {''.join(finding.excerpt)}"
        yield f"{'':{len(number)}} | {_caret(finding, layout)}{' ' if label else ''}{label}{finding.hint or ''}"
    elif finding.hint:
        yield f"      {label}{finding.hint}"
    from instanceview.tables.describe import table_row  # a run without findings saves 0.3 ms

    yield _dim(f"      table: {table_row(finding.tables.kind, _contradicted_element(finding))}", layout)
    yield from _request(finding.origin, layout, finding.recorded)


def _request(origin: Origin, layout: Layout, recorded: int = 1) -> Iterator[str]:
    """Yield the request of a recorded document, its entry in the recording, and the number of its repetitions."""
    if not origin.url:
        return
    method, url, entry = (safe(text or "") for text in (origin.method, origin.url, origin.entry))
    words = [f"{method} {url} at {entry}".lstrip()]
    words += [f"line {origin.inside[0]}, column {origin.inside[1]} of the body"] if origin.inside else []
    words += [f"recorded ×{recorded}"] if recorded > 1 else []  # noqa: RUF001 (times)
    yield _dim(f"      request: {', '.join(words)}", layout)


def _contradicted_element(finding: Finding) -> str:
    """Return the element whose row a finding contradicts: its own, or the most likely one for a misspelt name."""
    holder, dot, _ = finding.element.rpartition(".")
    meant = finding.facts.get("meant")
    return f"{holder}{dot}{meant}" if meant else finding.element


def _caret(finding: Finding, layout: Layout) -> str:
    caret = finding.excerpt.caret() if finding.excerpt else ""
    marks = caret.lstrip()
    return caret[: len(caret) - len(marks)] + paint(marks, finding.severity.value, layout.colour)


def paint(text: str, colour: str, is_coloured: bool) -> str:  # noqa: FBT001 (the last of three, and clear)
    """Return a text in the colour of a severity, `bold` or `dim`; unchanged without a colour, and where it is empty."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if is_coloured and colour and text else text


def _dim(text: str, layout: Layout) -> str:
    return paint(text, "dim", layout.colour)
