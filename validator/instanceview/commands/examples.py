"""What the bad example of a rule gives, worked out now, so that nothing said of it can grow old."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.api import check_text
from instanceview.parse import parse

if TYPE_CHECKING:
    from instanceview.finding import Finding
    from instanceview.model import Report
    from instanceview.rule import Rule


@cache
def bad_report(rule: Rule) -> Report:
    """Return the report of a rule's bad example."""
    return check_text(rule.bad.text, kind=rule.bad.kind, api_version=rule.bad.api_version)


def bad_finding(rule: Rule) -> Finding:
    """Return the finding of a rule's bad example."""
    return next(finding for finding in bad_report(rule).findings if finding.rule == rule.name)


def bad_value(rule: Rule) -> object:
    """Return what the bad example has where its finding points; the finding itself may have it redacted."""
    value: object = parse(rule.bad.text.encode())
    for step in bad_finding(rule).pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value.get(step) if isinstance(value, dict) else None
    return value
