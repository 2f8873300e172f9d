"""The JSON report; `schemas/report.json` is its JSON Schema."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from instanceview.fingerprint import fingerprints
from instanceview.model import ABSENT, Severity
from instanceview.rule_help import help_text, link
from instanceview.rules import RULES
from instanceview.text import cut, redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.layout import Layout
    from instanceview.model import Finding, Origin, Report, Skipped, Unreadable
    from instanceview.summary import Statistics

VERSION = 1
"""The version of the report's form; it changes when a consumer would break."""


def render(report: Report, layout: Layout) -> str:
    """Return the report as JSON text, ASCII only, so that no character of an input can harm what reads it."""
    return "".join(pieces(report, layout))


def pieces(report: Report, layout: Layout) -> Iterator[str]:  # noqa: ARG001 (every reporter has this form)
    """Yield the report in pieces, so that of a long one no more than a finding is in memory."""
    findings = OneByOne(lambda: _findings(report))
    return written({**as_json(replace(report, findings=())), "rules": _rules(report), "findings": findings})


class OneByOne(list[Any]):
    """A list for the encoder of JSON whose items are made while it is written."""

    def __init__(self, make: Callable[[], Iterator[Any]]) -> None:
        """Take what makes the items, each time anew."""
        super().__init__()
        self._make = make

    def __iter__(self) -> Iterator[Any]:
        return self._make()

    def __bool__(self) -> bool:
        return next(self._make(), self) is not self


def written(value: object) -> Iterator[str]:
    """Yield a value as `dumped` returns it, in pieces."""
    # Two number signs can only stand inside a string, where an escape means the same.
    yield from (piece.replace("##", r"#\u0023") for piece in json.JSONEncoder(indent=1).iterencode(value))
    yield "\n"


def dumped(value: object) -> str:
    r"""Return a value as JSON text for a report, ASCII only, with nothing that a runner of CI takes for a command.

    >>> dumped({"a": "##vso[task.complete]\u202e"})
    '{\n "a": "#\\u0023vso[task.complete]\\u202e"\n}\n'
    """
    return "".join(written(value))


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as a JSON value; a member without a value is left out."""
    return {
        "version": VERSION,
        "summary": _summary(report),
        "rules": _rules(report),
        "findings": list(_findings(report)),
        "skipped": [_left(item) for item in report.skipped],
        "unreadable": [_left(item) for item in report.unreadable],
        **({"statistics": _statistics(report.statistics)} if report.statistics else {}),
    }


def _findings(report: Report) -> Iterator[dict[str, Any]]:
    for finding, digits in zip(report.findings, fingerprints(report.findings), strict=True):
        yield {**finding_as_json(finding), "fingerprint": digits}


def _statistics(statistics: Statistics) -> dict[str, dict[str, int]]:
    """Return the counts by name; a code that holds a secret is shown without it."""
    return {
        "rules": dict(sorted(statistics.rules.items())),
        "elements": {redact(name): count for name, count in sorted(statistics.elements.items())},
        "codes": {cut(redact(name)): count for name, count in sorted(statistics.codes.items())},
        "apiVersions": dict(sorted(statistics.api_versions.items())),
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


def _rules(report: Report) -> dict[str, Any]:
    """Return what the rules of the findings say of themselves, by name."""
    found = {finding.rule for finding in report.findings}
    return {
        rule.name: {"sentence": rule.sentence, "why": rule.why, "help": help_text(rule), "link": link(rule.name)}
        for rule in RULES
        if rule.name in found
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding as a JSON value."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "basis": list(finding.basis),
        "origin": _origin(finding.origin),
        **({"end": {"line": finding.end[0], "column": finding.end[1]}} if finding.end else {}),
        "kind": finding.judged.kind,
        "apiVersion": finding.judged.api_version,
        "apiVersionFrom": finding.judged.api_version_from,
        "pointer": redact(finding.pointer),
        "element": redact(finding.element),
        **({} if finding.value is ABSENT else {"value": _value(finding.value)}),
        **({"hint": finding.hint} if finding.hint else {}),
        **({"recorded": finding.recorded} if finding.recorded > 1 else {}),
        **({"baseline": finding.baseline} if finding.baseline else {}),
    }


def _value(value: object) -> object:
    """Return a scalar as it is, text redacted and cut, an object or array as its compact text, cut."""
    if isinstance(value, (dict, list)):
        return cut(redact(json.dumps(value, separators=(",", ":"))))
    return cut(redact(value)) if isinstance(value, str) else value


def _origin(origin: Origin) -> dict[str, Any]:
    fields = {
        "file": redact(origin.file),
        "entry": origin.entry,
        "line": origin.line,
        "column": origin.column,
        "method": origin.method,
        "url": origin.url and redact(origin.url),
        "inside": origin.inside and {"line": origin.inside[0], "column": origin.inside[1]},
    }
    return {name: value for name, value in fields.items() if value is not None}


def _left(item: Skipped | Unreadable) -> dict[str, Any]:
    return {"origin": _origin(item.origin), "reason": redact(item.reason)}
