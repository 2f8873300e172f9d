"""A stream of inputs -> one report: every document judged, what is wanted kept, everything counted."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from instanceview.judge import judge, tables_for
from instanceview.model import Document, Finding, JudgedDocument, Report, Severity, Skipped, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Selection(NamedTuple):
    """Which rules' findings a caller wants, how severe they count, and how many of them are kept.

    `select` is None for every rule; `most` is None for every finding.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = MappingProxyType({})
    most: int | None = None

    def of(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that are wanted, with the severity that the caller gives their rules."""
        for finding in findings:
            if finding.rule in self.ignore or not (self.select is None or finding.rule in self.select):
                continue
            severity = self.severities.get(finding.rule)
            yield replace(finding, severity=severity) if severity else finding


def report(
    inputs: Iterable[Document | Skipped | Unreadable],
    *,
    fail_on: Severity = Severity.ERROR,
    engine_name: str = "compiled",
    selection: Selection | None = None,
    keep_documents: bool = False,
) -> Report:
    """Judge every document of a stream and return one report, in input order.

    `keep_documents` keeps where each document stands, conformant ones too: some 300 bytes for each.
    """
    selection = selection or Selection()
    kept: list[Finding] = []
    skipped: list[Skipped] = []
    unreadable: list[Unreadable] = []
    judged: list[JudgedDocument] = []
    counts = dict.fromkeys(Severity, 0)
    documents = nonconformant = 0
    for item in inputs:
        if isinstance(item, Skipped):
            skipped.append(item)
        elif isinstance(item, Unreadable):
            unreadable.append(item)
        else:
            findings = list(selection.of(judge(item, engine_name=engine_name)))
            documents += 1
            failed = any(finding.severity.at_least(fail_on) for finding in findings)
            nonconformant += failed
            if keep_documents and isinstance(item.body, dict):
                judged.append(JudgedDocument(item.origin, tables_for(item, item.body), failed))
            for finding in findings:
                counts[finding.severity] += 1
            kept += findings if selection.most is None else findings[: max(0, selection.most - len(kept))]
    return Report(
        findings=tuple(kept),
        skipped=tuple(skipped),
        unreadable=tuple(unreadable),
        documents=documents,
        recorded=documents,
        nonconformant=nonconformant,
        fail_on=fail_on,
        counts=counts,
        judged=tuple(judged),
    )
