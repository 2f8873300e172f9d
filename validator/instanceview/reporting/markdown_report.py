"""The report as Markdown, for the summary of a run or a comment: numbers first, then the findings of each file."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from instanceview.model.redaction import redact_pointer
from instanceview.model.report import checked_as
from instanceview.model.severity import Severity
from instanceview.model.skipped import skipped_by, skipped_groups
from instanceview.model.text import escape, safe
from instanceview.reporting.places import markdown_table, path
from instanceview.tables.sources import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin, Skipped, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.reporting import Layout

MOST = 900_000
"""The most bytes of findings and skipped inputs; GitHub refuses a summary of more than 1,048,576 bytes."""


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report as Markdown, in one piece; texts of an input are in code spans, where markup has no meaning."""
    left = len(report.findings) + report.left_out + len(report.counted) + len(report.unreadable)
    lines: list[str] = []
    size = 0
    for findings, line in _counted_lines(report):
        size += len(line.encode()) + 1
        if size > MOST:
            break
        lines.append(line)
        left -= findings
    more = ["", f"and {left} more"] if left else []
    after = [*_sources(report), *_skipped(report, layout, MOST - size)]
    yield "\n".join([*_head(report), *lines, *more, *after, ""])


def _head(report: Report) -> Iterator[str]:
    """Yield the table of numbers, then the tables that the documents were checked against."""
    numbers = [("documents", report.documents), ("conformant", report.conformant_documents)]
    if report.known_documents is not None:
        numbers += [("with known findings", report.known_documents)]
    new = "" if report.known_documents is None else "new "
    numbers += [(f"{new}{severity.value}s", report.count(severity)) for severity in reversed(Severity)]
    numbers += [("unreadable", len(report.unreadable))]
    yield from ["## instanceview", ""]
    yield from markdown_table([word for word, _ in numbers], [[str(n) for _, n in numbers]])
    documents = checked_as(report, is_whole=True)
    if documents:
        # An api-version that the tables do not list is text of an input.
        is_ours = not any(tables.unlisted for tables in report.checked_as)
        yield from ["", f"Checked: {documents if is_ours else code(documents)}"]


def _sources(report: Report) -> Iterator[str]:
    """Yield the address of each rule's link, which is that of the table of its first finding."""
    first: dict[str, Finding] = {}
    for finding in report.findings:
        first.setdefault(finding.rule, finding)
    if first:
        yield ""
    for rule, finding in first.items():
        yield f"[{rule}]: {link(finding.basis, finding.tables.kind, finding.tables.api_version)}"


def _skipped(report: Report, layout: Layout, most: int) -> Iterator[str]:
    """Yield the skipped inputs, folded away below their numbers, as many as fit into `most` bytes."""
    if not report.skipped:
        return
    groups = skipped_groups(skipped_by(report.skipped), names_options=layout.names_options)
    yield from ["", "<details>", f"<summary>Skipped: {groups}</summary>", ""]
    left = len(report.skipped)
    for item in report.skipped:
        line = _unchecked_line(item)
        most -= len(line.encode()) + 1
        if most < 0:
            yield from ["", f"and {left} more"]
            break
        yield line
        left -= 1
    yield from ["", "</details>"]


def _counted_lines(report: Report) -> Iterator[tuple[int, str]]:
    """Yield each line after the number of findings and inputs that it shows."""
    for file, findings in groupby(report.findings, key=lambda finding: path(finding.origin.file)):
        yield 0, f"\n### {code(file)}\n"
        yield from ((1, _finding_line(finding)) for finding in findings)
    if report.counted:
        yield 0, "\n### Counted only\n"
    for each in report.counted:
        yield 1, f"- {code(path(each.origin.file) + _numbers(each.origin))} {code(str(each))}"
    if report.unreadable:
        yield 0, "\n### Unreadable\n"
    for item in report.unreadable:
        yield 1, _unchecked_line(item)


def _unchecked_line(item: Skipped | Unreadable) -> str:
    return f"- {code(path(item.origin.file) + _numbers(item.origin))} {code(safe(item.reason))}"


def _finding_line(finding: Finding) -> str:
    place = _numbers(finding.origin).removeprefix(":") or escape(redact_pointer(finding.pointer))
    hint = f"; {code(finding.hint)}" if finding.hint else ""
    where = f"{code(place)} " if place else ""
    return f"- {where}**{finding.severity.value}** [{finding.rule}]: {code(finding.message)}{hint}"


def _numbers(origin: Origin) -> str:
    return "".join(f":{number}" for number in (origin.line, origin.column) if number is not None)


def code(text: str) -> str:
    """Return a text of one line as a code span, whatever backticks it has.

    >>> code("a"), code("a `b` ``c``"), code("`")
    ('`a`', '``` a `b` ``c`` ```', '`` ` ``')
    """
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest and (text[:1] in "` " or text[-1:] in "` ") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
