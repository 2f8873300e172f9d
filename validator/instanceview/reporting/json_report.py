"""The JSON report; `schemas/report.json` is its JSON Schema."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _text
from typing import TYPE_CHECKING, Any

from instanceview.model.document import ABSENT
from instanceview.model.fingerprint import fingerprinted
from instanceview.model.redaction import redact, redact_pointer
from instanceview.model.severity import Severity
from instanceview.model.text import cut, harmless
from instanceview.reporting.rule_help import help_text, rule_link
from instanceview.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.counted import CountedFindings
    from instanceview.model.document import Origin, Skipped, Tables, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.report import CheckedDocument, Report
    from instanceview.model.statistics import Statistics
    from instanceview.reporting import Layout

VERSION = 2
"""The version of the report's form; `schemas/README.md` says what raises it."""


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report as JSON text, ASCII only, so that no character of an input can harm a reader.

    Only one finding is in memory.
    """
    none = replace(report, findings=(), skipped=(), unreadable=(), checked=(), counted=())
    few = as_json(none, documents=layout.documents) | ({"counted": []} if report.counted else {})
    after = dumped({**few, "summary": _summary(report), "rules": _texts_by_rule(report)})
    many = {
        "findings": map(_finding_text, fingerprinted(report.findings)),
        "skipped": map(json.dumps, map(_skipped, report.skipped)),
        "unreadable": map(json.dumps, map(_left, report.unreadable)),
        **({"documents": map(json.dumps, map(_document, report.checked))} if layout.documents else {}),
        **({"counted": map(json.dumps, map(_counted, report.counted))} if report.counted else {}),
    }
    for member, texts in many.items():
        before, name, after = after.partition(f'\n "{member}": ')  # a line break occurs between members alone
        yield before + name
        yield from _array_lines(texts, indent=1)
        after = after.removeprefix("[]")
    yield after


def one_a_line(values: Iterable[object], *, indent: int = 0) -> Iterator[str]:
    r"""Yield the text of an array in pieces, a value on a line of its own: the fast encoder cannot indent.

    >>> "".join(one_a_line([{"a": 1}, 2])), "".join(one_a_line([]))
    ('[\n {"a": 1},\n 2\n]', '[]')
    """
    return _array_lines(map(json.dumps, values), indent)


def _array_lines(texts: Iterable[str], indent: int) -> Iterator[str]:
    yield "["
    between = "\n" + " " * indent + " "
    for text in texts:
        yield between + harmless(text)
        between = ",\n" + " " * indent + " "
    yield "]" if between.startswith("\n") else "\n" + " " * indent + "]"


def dumped(value: object) -> str:
    r"""Return a value as JSON text for a report, ASCII only, without commands to a runner of CI.

    >>> dumped({"a": "##vso[task.complete]\u202e"})
    '{\n "a": "#\\u0023vso[task.complete]\\u202e"\n}\n'
    """
    return harmless(json.dumps(value, indent=1)) + "\n"


def as_json(report: Report, *, documents: bool = False) -> dict[str, Any]:
    """Return the report as a JSON value, with its `documents` or without; a member without a value is left out."""
    return {
        "version": VERSION,
        "summary": _summary(report),
        "rules": _texts_by_rule(report),
        "findings": [json.loads(_finding_text(each)) for each in fingerprinted(report.findings)],
        "skipped": [_skipped(item) for item in report.skipped],
        "unreadable": [_left(item) for item in report.unreadable],
        **({"documents": [_document(each) for each in report.checked]} if documents else {}),
        **({"statistics": _statistics(report.statistics)} if report.statistics else {}),
        **({"counted": [_counted(each) for each in report.counted]} if report.counted else {}),
    }


def _statistics(statistics: Statistics) -> dict[str, dict[str, int]]:
    """Return the counts by name; a secret in a code is redacted."""
    return {
        "rules": dict(sorted(statistics.rules.items())),
        "elements": {redact(name): count for name, count in sorted(statistics.elements.items())},
        "codes": {cut(redact(name)): count for name, count in sorted(statistics.codes.items())},
        "apiVersions": dict(sorted(statistics.api_versions.items())),
    }


def _summary(report: Report) -> dict[str, Any]:
    known = report.known_documents
    checked_as = sorted(report.checked_as.items(), key=lambda each: (-each[1], each[0][:3], each[0].unlisted or ""))
    return {
        "documents": report.documents,
        "recorded": report.recorded,
        "conformant": report.conformant_documents,
        "nonconformant": report.nonconformant,
        "checkedAs": [{**_tables(tables), "documents": number} for tables, number in checked_as],
        "skipped": len(report.skipped),
        "skippedBy": dict(sorted(Counter(item.group for item in report.skipped).items())),
        "unreadable": len(report.unreadable),
        "findings": {severity.value: report.count(severity) for severity in reversed(Severity)},
        **({"known": len(report.known), "knownDocuments": known} if known is not None else {}),
    }


def _tables(tables: Tables) -> dict[str, str]:
    """Return the tables that checked a document, with the api-version that was given if they do not list it."""
    members = {"kind": tables.kind, "apiVersion": tables.api_version, "apiVersionFrom": tables.api_version_from}
    return {**members, "givenApiVersion": redact(tables.unlisted)} if tables.unlisted else members


def _document(document: CheckedDocument) -> dict[str, Any]:
    worst = {"worst": document.worst.value} if document.worst else {}
    return {"origin": origin_as_json(document.origin), **_tables(document.tables), **worst}


def _counted(each: CountedFindings) -> dict[str, Any]:
    counts = [
        {"rule": rule, "severity": severity.value, "findings": number}
        for (rule, severity), number in sorted(each.by_rule().items())
    ]
    return {"origin": origin_as_json(each.origin), **_tables(each.tables), "counts": counts, "message": str(each)}


def _texts_by_rule(report: Report) -> dict[str, Any]:
    """Return the texts of the rules that have findings, by name."""
    found = {finding.rule for finding in report.findings}
    found |= {counted.rule for each in report.counted for counted in each.counts}
    return {
        rule.name: {"sentence": rule.sentence, "why": rule.why, "help": help_text(rule), "link": rule_link(rule)}
        for rule in RULES
        if rule.name in found
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return one finding as a JSON value."""
    value: dict[str, Any] = json.loads(f"{{{', '.join(_finding_members(finding))}}}")
    return value


def _finding_text(numbered: tuple[Finding, str]) -> str:
    finding, digits = numbered
    return f'{{{", ".join(_finding_members(finding))}, "fingerprint": "{digits}"}}'


def _finding_members(finding: Finding) -> Iterator[str]:
    """Yield the members of a finding as JSON text: most of a long report, in half the time of a dictionary."""
    tables = finding.tables
    yield f'"rule": {_text(finding.rule)}, "severity": "{finding.severity.value}", "message": {_text(finding.message)}'
    yield f'"basis": [{", ".join(map(_text, finding.basis))}]'
    yield f'"origin": {{{", ".join(_origin_members(finding.origin))}}}'
    if finding.end:
        yield f'"end": {_line_and_column(finding.end)}'
    yield f'"kind": "{tables.kind}", "apiVersion": "{tables.api_version}"'
    yield f'"apiVersionFrom": "{tables.api_version_from}", "pointer": {_text(redact_pointer(finding.pointer))}'
    yield f'"element": {_text(redact(finding.element))}'
    if finding.value is not ABSENT:
        yield f'"value": {_value_as_json(finding.value)}'
    if finding.hint:
        yield f'"hint": {_text(finding.hint)}'
    if finding.recorded > 1:
        yield f'"recorded": {finding.recorded}'
    if finding.baseline:
        yield f'"baseline": "{finding.baseline}"'


def _value_as_json(value: object) -> str:
    """Return a value as JSON text: a text redacted and cut, an object or array as its compact text, cut."""
    if isinstance(value, (dict, list)):
        return _text(cut(redact(json.dumps(value, separators=(",", ":")))))
    return _text(cut(redact(value))) if isinstance(value, str) else json.dumps(value)


def _origin_members(origin: Origin) -> Iterator[str]:
    yield f'"file": {_file_as_json(origin.file)}'
    if origin.entry is not None:
        yield f'"entry": {_text(redact(origin.entry))}'
    if origin.line is not None:
        yield f'"line": {origin.line}'
    if origin.column is not None:
        yield f'"column": {origin.column}'
    if origin.method is not None:
        yield f'"method": {_text(origin.method)}'
    if origin.url is not None:
        yield f'"url": {_text(redact(origin.url))}'
    if origin.inside is not None:
        yield f'"inside": {_line_and_column(origin.inside)}'


@lru_cache(maxsize=16)  # findings come file by file
def _file_as_json(file: str) -> str:
    return _text(redact(file))


def _line_and_column(place: tuple[int, int]) -> str:
    return f'{{"line": {place[0]}, "column": {place[1]}}}'


def _skipped(item: Skipped) -> dict[str, Any]:
    return {**_left(item), "group": item.group}


def _left(item: Skipped | Unreadable) -> dict[str, Any]:
    return {"origin": origin_as_json(item.origin), "reason": redact(item.reason)}


def origin_as_json(origin: Origin) -> dict[str, Any]:
    """Return a place as a JSON value, secrets redacted."""
    value: dict[str, Any] = json.loads(f"{{{', '.join(_origin_members(origin))}}}")
    return value
