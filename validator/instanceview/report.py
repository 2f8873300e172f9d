"""A stream of inputs -> one report: every document judged, what is wanted kept, everything counted."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from instanceview.judge import judge
from instanceview.model import Document, Finding, Report, Severity, Skipped, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Selection(NamedTuple):
    """Which rules' findings a caller wants, how severe they count, and how many of them are kept.

    `select` is None for every rule; `most` is None for every finding; `ignored` says of a single finding that it is
    not wanted.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = MappingProxyType({})
    most: int | None = None
    ignored: Callable[[Finding], bool] | None = None

    def wants(self, rule: str) -> bool:
        """Return whether findings of a rule are reported at all."""
        return rule not in self.ignore and (self.select is None or rule in self.select)

    def of(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that are wanted, with the severity that the caller gives their rules."""
        for finding in findings:
            if not self.wants(finding.rule):
                continue
            if self.ignored and self.ignored(finding):
                continue
            severity = self.severities.get(finding.rule)
            yield replace(finding, severity=severity) if severity else finding


def report(
    inputs: Iterable[Document | Skipped | Unreadable],
    *,
    fail_on: Severity = Severity.ERROR,
    engine_name: str = "compiled",
    selection: Selection | None = None,
) -> Report:
    """Judge every document of a stream and return one report, in input order."""
    selection = selection or Selection()
    kept: list[Finding] = []
    skipped: list[Skipped] = []
    unreadable: list[Unreadable] = []
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
            nonconformant += any(finding.severity.at_least(fail_on) for finding in findings)
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
    )
