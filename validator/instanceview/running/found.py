"""The findings of a summary, and its inputs that are not instance views, as rows of a table in input order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.fingerprint import fingerprint
from instanceview.model.redaction import redact, redact_pointer
from instanceview.running.values import ORIGIN, in_python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding
    from instanceview.model.summary import Summary


class Found(NamedTuple):
    """A row: `document` is the number of its row in the input, and `rule` is None where it is not a finding."""

    document: int
    rule: str | None
    severity: str
    pointer: str | None
    element: str | None
    message: str
    line: int | None
    column: int | None
    kind: str | None = None
    api_version: str | None = None
    fingerprint: str | None = None


def found_in_rows(summary: Summary) -> list[Found]:
    """Return the rows of a summary of `check_rows`.

    The fingerprint of a finding does not depend on the row: `check` gives the same one for the value of the text.
    """
    found = _found(summary, lambda origin: int(origin.file), lambda _: ORIGIN.file)
    return sorted(found, key=lambda each: each.document)


def found_in_ranges(summaries: Iterable[Summary]) -> Iterator[Found]:
    """Yield the rows of summaries, one for each range of a file; `document` is the number of the range.

    The fingerprint of a finding has the path as it was given. Other fingerprints are relative to the working folder,
    which differs between workers.
    """
    for number, summary in enumerate(summaries):
        found = _found(summary, lambda _: number, lambda origin: f"<{origin.file}>")  # noqa: B023 (used at once)
        yield from sorted(found, key=lambda each: each.line or 0)


def _found(summary: Summary, number_of: Callable[[Origin], int], file_of: Callable[[Origin], str]) -> Iterator[Found]:
    """Yield the rows of a summary; `file_of` gives the file that the fingerprint of a finding has."""
    for each in summary.findings:
        origin = each.origin._replace(file=file_of(each.origin))
        yield _of_finding(number_of(each.origin), replace(each, origin=origin))
    for counted in summary.counted:
        yield _of_other(number_of(counted.origin), "counted", counted.origin, str(counted))
    for skipped in summary.skipped:
        yield _of_other(number_of(skipped.origin), "skipped", skipped.origin, skipped.reason)
    for unreadable in summary.unreadable:
        yield _of_other(number_of(unreadable.origin), "unreadable", unreadable.origin, unreadable.reason)


def _of_finding(number: int, finding: Finding) -> Found:
    origin, tables = finding.origin, finding.tables
    return Found(
        number,
        finding.rule,
        finding.severity.value,
        redact_pointer((origin.entry or "") + finding.pointer),
        finding.element,
        finding.message,
        origin.line,
        origin.column,
        tables.kind,
        tables.api_version,
        fingerprint(finding),
    )


def _of_other(number: int, severity: str, origin: Origin, reason: str) -> Found:
    return Found(number, None, severity, None, None, redact(in_python(reason)), origin.line, origin.column)
