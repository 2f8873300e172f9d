"""The JSON report; `schemas/report.json` is its JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from instanceview.model import ABSENT, Severity
from instanceview.text import cut, redact

if TYPE_CHECKING:
    from instanceview.layout import Layout
    from instanceview.model import Finding, Origin, Report, Skipped, Unreadable

VERSION = 1
"""The version of the report's form; it changes when a consumer would break."""


def render(report: Report, layout: Layout) -> str:  # noqa: ARG001 (every reporter has this form)
    """Return the report as JSON text, ASCII only, so that no character of an input can harm what reads it."""
    return json.dumps(as_json(report), indent=1) + "\n"


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as a JSON value; a member without a value is left out."""
    return {
        "version": VERSION,
        "summary": _summary(report),
        "findings": [finding_as_json(finding) for finding in report.findings],
        "skipped": [_left(item) for item in report.skipped],
        "unreadable": [_left(item) for item in report.unreadable],
    }


def _summary(report: Report) -> dict[str, Any]:
    return {
        "documents": report.documents,
        "recorded": report.recorded,
        "conformant": report.documents - report.nonconformant,
        "nonconformant": report.nonconformant,
        "skipped": len(report.skipped),
        "unreadable": len(report.unreadable),
        "findings": {severity.value: report.count(severity) for severity in reversed(Severity)},
        **({"known": len(report.known)} if report.known else {}),
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding as a JSON value."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "basis": list(finding.basis),
        "origin": _origin(finding.origin),
        "kind": finding.judged.kind,
        "apiVersion": finding.judged.api_version,
        "apiVersionFrom": finding.judged.api_version_from,
        "pointer": redact(finding.pointer),
        "element": redact(finding.element),
        **({} if finding.value is ABSENT else {"value": _value(finding.value)}),
        **({"hint": finding.hint} if finding.hint else {}),
        **({"baseline": finding.baseline} if finding.baseline else {}),
    }


def _value(value: object) -> object:
    """Return a scalar as it is, text redacted and cut, an object or array as its compact text, cut."""
    if isinstance(value, (dict, list)):
        return cut(redact(json.dumps(value, separators=(",", ":"))))
    return cut(redact(value)) if isinstance(value, str) else value


def _origin(origin: Origin) -> dict[str, Any]:
    fields = {"file": redact(origin.file), "entry": origin.entry, "line": origin.line, "column": origin.column}
    return {name: value for name, value in fields.items() if value is not None}


def _left(item: Skipped | Unreadable) -> dict[str, Any]:
    return {"origin": _origin(item.origin), "reason": redact(item.reason)}
