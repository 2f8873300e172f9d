"""The SARIF 2.1.0 report, for code scanning services; a run without findings has a report too."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from instanceview import __version__
from instanceview.model.fingerprint import fingerprinted
from instanceview.model.redaction import redact_pointer
from instanceview.model.report import checked_as
from instanceview.model.severity import Severity
from instanceview.model.skipped import skipped_by, skipped_groups
from instanceview.model.text import escape, safe
from instanceview.reporting.json_values import dumped, one_a_line
from instanceview.reporting.places import uri, with_hint
from instanceview.reporting.rule_help import help_markdown, help_text, rule_link
from instanceview.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report
    from instanceview.reporting import Layout
    from instanceview.rules.rule import Rule

MOST = 25_000
"""The most results of a run for GitHub, which refuses a larger upload as a whole."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LONGEST = 1000
"""The most characters of the name of a place: many more than the pointer of any documented element has."""
_INDEX = {rule.name: number for number, rule in enumerate(RULES)}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def pieces(report: Report, layout: Layout) -> Iterator[str]:  # noqa: ARG001 (every reporter has this form)
    """Yield the report as SARIF, ASCII only; where there are more than 25,000 findings, it has the most severe.

    Only one finding is in memory.
    """
    whole = dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]})
    before, name, after = whole.rpartition('"results": ')
    yield before + name
    yield from one_a_line((_result(*each) for each in _kept(report)), indent=3)
    yield after.removeprefix("[]")


def _kept(report: Report) -> Iterator[tuple[Finding, str]]:
    """Return the findings with their fingerprints; of more than `MOST`, the most severe, by severity in input order."""
    if len(report.findings) <= MOST:
        return fingerprinted(report.findings)
    by_severity = (
        (each for each in fingerprinted(report.findings) if each[0].severity is severity)
        for severity in reversed(Severity)
    )
    return islice(chain.from_iterable(by_severity), MOST)


def _run(report: Report) -> dict[str, Any]:
    """Return the run, without its results."""
    return {
        "tool": {
            "driver": {
                "name": "instanceview",
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule_descriptor(rule) for rule in RULES],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.unreadable,
                "exitCode": report.exit_code,
                "toolExecutionNotifications": list(_notifications(report)),
            }
        ],
        "originalUriBaseIds": {
            "%SRCROOT%": {"description": {"text": "The folder that the check ran in; the root of the repository."}}
        },
        "columnKind": "unicodeCodePoints",
        "results": [],
    }


def _rule_descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.sentence},
        "fullDescription": {"text": f"{rule.sentence} {rule.why}"},
        "help": {"text": help_text(rule), "markdown": help_markdown(rule)},
        "helpUri": rule_link(rule),
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": ["azure", "instance-view"], "problem.severity": _PROBLEM[rule.severity]},
    }


def _result(finding: Finding, digits: str) -> dict[str, Any]:
    place = _location(finding.origin)
    if finding.end and "region" in place:
        place["region"] |= {"endLine": finding.end[0], "endColumn": finding.end[1]}
    logical = {"fullyQualifiedName": _logical_name(redact_pointer(finding.pointer)), "kind": "member"}
    return {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": finding.severity.value,
        # A viewer would make a link of brackets before parentheses.
        "message": {"text": with_hint(finding).replace("](", "] (")},
        "locations": [{"physicalLocation": place, "logicalLocations": [logical] if finding.pointer else []}],
        # GitHub reads the first of these only.
        "partialFingerprints": {"primaryLocationLineHash": digits, "instanceview/v1": digits},
        **({"baselineState": finding.baseline} if finding.baseline else {}),
        "properties": {
            "element": _logical_name(finding.element),
            "kind": finding.tables.kind,
            "apiVersion": finding.tables.api_version,
            "basis": list(finding.basis),
        },
    }


def _logical_name(text: str) -> str:
    """Return the name of a place, cut at a length that no documented one has: GitHub refuses large uploads."""
    return escape(text[:_LONGEST])


def _location(origin: Origin) -> dict[str, Any]:
    text, inside = uri(origin.file)
    region = {"startLine": origin.line, "startColumn": origin.column}
    return {
        "artifactLocation": {"uri": text, **({"uriBaseId": "%SRCROOT%"} if inside else {})},
        **({"region": region} if origin.line else {}),
    }


def _notifications(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the notifications: unreadable inputs, findings that are only counted or left out, and what was checked."""
    for item in report.unreadable:
        message = {"text": safe(item.reason).replace("](", "] (")}
        yield {
            "level": "error",
            "message": message,
            "locations": [{"physicalLocation": _location(item.origin)}],
        }
    for each in report.counted:
        yield {
            "level": "warning",
            "message": {"text": str(each)},
            "locations": [{"physicalLocation": _location(each.origin)}],
        }
    left_out = report.left_out + max(0, len(report.findings) - MOST)
    if left_out:
        yield {"level": "warning", "message": {"text": f"{left_out} more findings are left out of this report"}}
    about = {"checked": checked_as(report, is_whole=True), "skipped": skipped_groups(skipped_by(report.skipped))}
    for what, words in about.items():
        if words:
            yield {"level": "note", "message": {"text": f"{what}: {words}"}}
