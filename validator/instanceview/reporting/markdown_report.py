"""The report as Markdown, for the summary of a run or a comment: numbers first, then the findings of each file."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.model.text import escape, redact
from instanceview.reporting.places import markdown_table, path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.reporting import Layout

MOST = 900_000
"""The most bytes of findings; GitHub refuses a summary of more than 1,048,576."""


def pieces(report: Report, layout: Layout) -> Iterator[str]:  # noqa: ARG001 (every reporter has this form)
    """Yield the report as Markdown, in one piece; texts of an input are in code spans, where markup has no meaning."""
    numbers = [("documents", report.documents), ("conformant", report.documents - report.nonconformant)]
    numbers += [(f"{severity.value}s", report.count(severity)) for severity in reversed(Severity)]
    numbers += [("skipped", len(report.skipped)), ("unreadable", len(report.unreadable))]
    head = ["## instanceview", "", *markdown_table([word for word, _ in numbers], [[str(n) for _, n in numbers]])]
    left = sum(report.counts.values()) + len(report.unreadable)
    lines: list[str] = []
    size = 0
    for findings, line in _counted_lines(report):
        size += len(line.encode()) + 1
        if size > MOST:
            break
        lines.append(line)
        left -= findings
    more = ["", f"and {left} more"] if left else []
    yield "\n".join([*head, *lines, *more, ""])


def _counted_lines(report: Report) -> Iterator[tuple[int, str]]:
    """Yield each line with its number of findings."""
    for file, findings in groupby(report.findings, key=lambda finding: path(finding.origin.file)):
        yield 0, f"\n### {code(file)}\n"
        yield from ((1, _finding_line(finding)) for finding in findings)
    if report.unreadable:
        yield 0, "\n### Unreadable\n"
    for item in report.unreadable:
        yield 1, f"- {code(path(item.origin.file) + _numbers(item.origin))} {code(escape(redact(item.reason)))}"


def _finding_line(finding: Finding) -> str:
    place = _numbers(finding.origin).removeprefix(":") or escape(redact(finding.pointer))
    hint = f"; {code(finding.hint)}" if finding.hint else ""
    where = f"{code(place)} " if place else ""
    return f"- {where}**{finding.severity.value}** {finding.rule}: {code(finding.message)}{hint}"


def _numbers(origin: Origin) -> str:
    return "".join(f":{number}" for number in (origin.line, origin.column) if number is not None)


def code(text: str) -> str:
    """Return a text of one line as a code span, whatever back quotes it has.

    >>> code("a"), code("a `b` ``c``"), code("`")
    ('`a`', '``` a `b` ``c`` ```', '`` ` ``')
    """
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest and (text[:1] in "` " or text[-1:] in "` ") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
