"""The JUnit report: a suite for each file and a case for each document, so that CI shows every document."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from instanceview.model.report import CheckedDocument
from instanceview.model.severity import Severity
from instanceview.model.text import safe
from instanceview.reporting.in_order import Ahead, files_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.counted import CountedFindings
    from instanceview.model.document import Origin, Skipped, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.reporting import Layout


def pieces(report: Report, layout: Layout) -> Iterator[str]:  # noqa: ARG001 (every reporter has this form)
    """Yield the report as XML, ASCII only; characters that XML 1.0 cannot hold are shown as escapes.

    A document with a finding at `--fail-on` or above is a failure, and its other findings are its output. An unreadable
    input is an error, and a skipped input is skipped.

    Only one case, and the numbers of each file, are in memory.
    """
    yield "<?xml version='1.0' encoding='us-ascii'?>\n"
    root = ET.Element("testsuites", name="instanceview")
    if not (report.checked or report.findings or report.unreadable or report.skipped):
        yield _xml_text(root)
        return
    yield _opening(root)
    for suite, cases in _suites(report):
        yield " " + _opening(suite)
        for case in cases:
            ET.indent(case, " ", 2)
            yield f"  {_xml_text(case)}"
        yield " </testsuite>\n"
    yield "</testsuites>\n"


def _xml_text(element: ET.Element) -> str:
    data: bytes = ET.tostring(element, "us-ascii", xml_declaration=False)
    return data.decode("ascii") + "\n"


def _opening(element: ET.Element) -> str:
    return _xml_text(element).removesuffix(" />\n") + ">\n"


def _suites(report: Report) -> Iterator[tuple[ET.Element, Iterator[ET.Element]]]:
    """Yield the suite of each file, without its cases, and the cases."""
    checked = Ahead(report.checked or tuple(_with_findings(report)), lambda document: _fails(document, report))
    unreadable, skipped = Ahead(report.unreadable), Ahead(report.skipped)
    findings = _ByDocument(report)
    counted = {each.origin: each for each in report.counted}
    for file in files_in_order(checked, unreadable, skipped):
        (run, documents), (errors, broken), (others, left) = (
            checked.next_of(file),
            unreadable.next_of(file),
            skipped.next_of(file),
        )
        numbers = {"failures": run.counted, "errors": errors.size, "skipped": others.size}
        numbers["tests"] = run.size + errors.size + others.size
        yield (
            ET.Element("testsuite", {"name": file, **{name: str(number) for name, number in numbers.items()}}),
            chain(
                (
                    _test_case(file, each, findings.of(each.origin), report, counted.get(each.origin))
                    for each in documents
                ),
                (_unchecked(file, "error", each) for each in broken),
                (_unchecked(file, "skipped", each) for each in left),
            ),
        )


def _with_findings(report: Report) -> Iterator[CheckedDocument]:
    """Yield the documents with findings of a report that does not keep its documents."""
    counted = {each.origin: {each.worst} for each in report.counted}
    for origin, findings in groupby(report.findings, key=lambda finding: finding.document):
        found = list(findings)
        severities = {each.severity for each in found} | counted.get(origin, set())
        worst = next(severity for severity in reversed(Severity) if severity in severities)
        yield CheckedDocument(origin, found[0].tables, worst)


class _ByDocument:
    """The findings of a report, a document at a time, in the order of the documents."""

    def __init__(self, report: Report) -> None:
        self._groups = groupby(report.findings, key=lambda finding: finding.document)
        self._next = next(self._groups, None)

    def of(self, origin: Origin) -> list[Finding]:
        """Return the findings of the document at a place, if they are next."""
        if self._next is None or self._next[0] != origin:
            return []
        findings = list(self._next[1])
        self._next = next(self._groups, None)
        return findings


def _fails(document: CheckedDocument, report: Report) -> bool:
    return document.worst is not None and document.worst.at_least(report.fail_on)


def _case(file: str, origin: Origin, tables: str = "") -> ET.Element:
    place = f"line {origin.line}" if origin.line else "document"
    name = safe(origin.entry) if origin.entry else place
    return ET.Element("testcase", name=f"{name}{tables}", classname=file)


def _test_case(
    file: str, document: CheckedDocument, findings: list[Finding], report: Report, counted: CountedFindings | None
) -> ET.Element:
    """Return the case of a document; the line about counted findings is in its failure or, without one, its output."""
    case = _case(file, document.origin, f" ({document.tables.name})")
    failing = [finding for finding in findings if finding.severity.at_least(report.fail_on)]
    others = [finding for finding in findings if not finding.severity.at_least(report.fail_on)]
    line = f"{counted}\n" if counted else ""
    if _fails(document, report):
        message = failing[0].message if failing else str(counted or "findings beyond --max-findings")
        kind = failing[0].rule if failing else ""
        ET.SubElement(case, "failure", type=kind, message=message).text = _failure_text(failing) + line
        line = ""
    if others or line:
        ET.SubElement(case, "system-out").text = _failure_text(others) + line
    return case


def _failure_text(findings: list[Finding]) -> str:
    shown = (f"{each}\n" + (f"  help: {each.hint}\n" if each.hint else "") for each in findings)
    return "".join(shown)


def _unchecked(file: str, tag: str, item: Unreadable | Skipped) -> ET.Element:
    """Return the case of an input that was not checked."""
    case = _case(file, item.origin)
    ET.SubElement(case, tag, message=safe(item.reason))
    return case
