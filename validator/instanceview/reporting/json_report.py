"""The JSON report; `schemas/report.json` is its JSON Schema."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from instanceview.model.fingerprint import fingerprinted
from instanceview.model.redaction import redact
from instanceview.model.severity import Severity
from instanceview.model.text import cut
from instanceview.reporting.json_values import array_lines, dumped, finding_text, origin_as_json
from instanceview.reporting.rule_help import help_text, rule_link
from instanceview.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.model.counted import CountedFindings
    from instanceview.model.document import Skipped, Unreadable
    from instanceview.model.report import CheckedDocument, Report
    from instanceview.model.statistics import Statistics
    from instanceview.model.tables import Tables
    from instanceview.reporting import Layout

VERSION = 2
"""The version of the report's form; `schemas/README.md` says what raises it."""


def pieces(report: Report, layout: Layout) -> Iterator[str]:
    """Yield the report as JSON text, ASCII only, so that no character of an input can harm a reader.

    Only one finding is in memory.
    """
    # The report is made with empty arrays, and is cut at each of them to put the items there one by one.
    empty = replace(report, findings=(), skipped=(), unreadable=(), checked=(), counted=())
    frame = as_json(empty, documents=layout.documents) | ({"counted": []} if report.counted else {})
    after = dumped({**frame, "summary": _summary(report), "rules": _texts_by_rule(report)})
    arrays = {
        "findings": map(finding_text, fingerprinted(report.findings)),
        "skipped": map(json.dumps, map(_skipped, report.skipped)),
        "unreadable": map(json.dumps, map(_unchecked, report.unreadable)),
        **({"documents": map(json.dumps, map(_document, report.checked))} if layout.documents else {}),
        **({"counted": map(json.dumps, map(_counted, report.counted))} if report.counted else {}),
    }
    for member, texts in arrays.items():
        before, name, after = after.partition(f'\n "{member}": ')  # line breaks occur only between members
        yield before + name
        yield from array_lines(texts, indent=1)
        after = after.removeprefix("[]")
    yield after


def as_json(report: Report, *, documents: bool = False) -> dict[str, Any]:
    """Return the report as a JSON value, with `documents` if they are asked for, without members that are empty."""
    return {
        "version": VERSION,
        "summary": _summary(report),
        "rules": _texts_by_rule(report),
        "findings": [json.loads(finding_text(each)) for each in fingerprinted(report.findings)],
        "skipped": [_skipped(item) for item in report.skipped],
        "unreadable": [_unchecked(item) for item in report.unreadable],
        **({"documents": [_document(each) for each in report.checked]} if documents else {}),
        **({"statistics": _statistics(report.statistics)} if report.statistics else {}),
        **({"counted": [_counted(each) for each in report.counted]} if report.counted else {}),
    }


def _statistics(statistics: Statistics) -> dict[str, dict[str, int]]:
    """Return the counts by name; secrets in codes are redacted."""
    return {
        "rules": dict(sorted(statistics.rules.items())),
        "elements": dict(sorted(statistics.elements.items())),
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


def _skipped(item: Skipped) -> dict[str, Any]:
    return {**_unchecked(item), "group": item.group}


def _unchecked(item: Skipped | Unreadable) -> dict[str, Any]:
    return {"origin": origin_as_json(item.origin), "reason": redact(item.reason)}
