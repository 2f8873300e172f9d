"""The JUnit report: a suite for each file and a case for each document, so that CI shows what was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from instanceview.layout import Layout
from instanceview.reporters.places import path
from instanceview.reporters.text_report import head
from instanceview.text import escape, redact

if TYPE_CHECKING:
    from instanceview.model import Finding, JudgedDocument, Origin, Report

_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def render(report: Report, layout: Layout) -> str:  # noqa: ARG001 (every reporter has this form)
    """Return the report as XML, ASCII only. Characters that XML 1.0 cannot hold are shown as escapes.

    A document with a finding at `--fail-on` or above is a failure, its other findings are its output; what cannot be
    read is an error, and what was met and not asked for is skipped.
    """
    suites: dict[str, ET.Element] = {}
    findings: dict[Origin, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.document, []).append(finding)
    for document in report.judged:
        _judged(_suite(suites, document.origin), document, findings.get(document.origin, []), report)
    for unreadable in report.unreadable:
        _left(_suite(suites, unreadable.origin), "error", unreadable.origin, unreadable.reason)
    for skipped in report.skipped:
        _left(_suite(suites, skipped.origin), "skipped", skipped.origin, skipped.reason)
    root = ET.Element("testsuites", name="instanceview")
    root.extend(suites.values())
    for suite in suites.values():
        suite.attrib |= {name: str(len(suite.findall(f"*/{tag}"))) for name, tag in _COUNTED.items()}
        suite.set("tests", str(len(suite)))
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, "us-ascii", xml_declaration=True)
    return data.decode("ascii") + "\n"


def _suite(suites: dict[str, ET.Element], origin: Origin) -> ET.Element:
    name = path(origin.file)
    return suites.setdefault(name, ET.Element("testsuite", name=name))


def _case(suite: ET.Element, origin: Origin, tables: str = "") -> ET.Element:
    place = f"line {origin.line}" if origin.line else "document"
    name = escape(redact(origin.entry)) if origin.entry else place
    return ET.SubElement(suite, "testcase", name=f"{name}{tables}", classname=suite.attrib["name"])


def _judged(suite: ET.Element, document: JudgedDocument, findings: list[Finding], report: Report) -> None:
    """Add the case of a document."""
    case = _case(suite, document.origin, f" ({document.judged.kind} at {document.judged.api_version})")
    failing = [finding for finding in findings if finding.severity.at_least(report.fail_on)]
    others = [finding for finding in findings if not finding.severity.at_least(report.fail_on)]
    if document.worst and document.worst.at_least(report.fail_on):
        message = failing[0].message if failing else "findings beyond --max-findings"
        kind = failing[0].rule if failing else ""
        ET.SubElement(case, "failure", type=kind, message=message).text = _lines(failing)
    if others:
        ET.SubElement(case, "system-out").text = _lines(others)


def _lines(findings: list[Finding]) -> str:
    shown = (f"{head(each, Layout())}\n" + (f"  {each.hint}\n" if each.hint else "") for each in findings)
    return "".join(shown)


def _left(suite: ET.Element, tag: str, origin: Origin, reason: str) -> None:
    """Add the case of something that was not judged."""
    ET.SubElement(_case(suite, origin), tag, message=escape(redact(reason)))
