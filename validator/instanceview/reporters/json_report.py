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
    from collections.abc import Iterable, Iterator

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
    whole = dumped({**as_json(replace(report, findings=())), "rules": _rules(report)})
    before, name, after = whole.partition('\n "findings": ')  # a line break stands between members alone
    yield before + name
    yield from one_a_line(_findings(report), indent=1)
    yield after.removeprefix("[]")


def one_a_line(values: Iterable[object], *, indent: int = 0) -> Iterator[str]:
    r"""Yield the text of an array in pieces, a value on a line of its own: the fast encoder cannot indent.

    >>> "".join(one_a_line([{"a": 1}, 2])), "".join(one_a_line([]))
    ('[\n {"a": 1},\n 2\n]', '[]')
    """
    yield "["
    between = ""
    for value in values:
        yield f"{between}\n{' ' * indent} {_harmless(json.dumps(value))}"
        between = ","
    yield f"\n{' ' * indent}]" if between else "]"


def dumped(value: object) -> str:
    r"""Return a value as JSON text for a report, ASCII only, with nothing that a runner of CI takes for a command.

    >>> dumped({"a": "##vso[task.complete]\u202e"})
    '{\n "a": "#\\u0023vso[task.complete]\\u202e"\n}\n'
    """
    return _harmless(json.dumps(value, indent=1)) + "\n"


def _harmless(text: str) -> str:
    # Two number signs can only stand inside a string, where an escape means the same.
    return text.replace("##", r"#\u0023")


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
