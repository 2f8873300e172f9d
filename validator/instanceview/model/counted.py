"""Findings of a document beyond `--max-findings-per-document`, which are counted and have no place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import option
from instanceview.model.severity import Severity
from instanceview.model.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.literals import RuleName
    from instanceview.model.document import Origin
    from instanceview.model.tables import Tables


class Counted(NamedTuple):
    """What is known of a counted finding: its rule, its severity, and the documented element at or around its place."""

    rule: RuleName
    severity: Severity
    element: str


class CountedFindings(NamedTuple):
    """The findings of a document that are counted only, at the place where the document begins.

    >>> from instanceview.model.document import Origin
    >>> from instanceview.model.tables import Tables
    >>> tables = Tables("vm", "2024-07-01", "option")
    >>> str(CountedFindings(Origin("a.json"), tables, {Counted("null-element", Severity.WARNING, "disks"): 2000}))
    '2,000 more findings are counted only: 0 errors, 2,000 warnings, 0 notes; --max-findings-per-document shows more'
    """

    origin: Origin
    tables: Tables
    counts: Mapping[Counted, int]
    choice: str = option("findings_per_document")
    """The choice that shows more of them, as the caller writes it."""

    def __str__(self) -> str:
        """Return the line about them, which names the option that shows more of them."""
        by_severity = self.by_severity()
        words = ", ".join(counted(by_severity[severity], severity.value) for severity in reversed(Severity))
        total = by_severity.total()
        are = "is" if total == 1 else "are"
        more = f"{counted(total, 'more finding')} {are} counted only: {words}"
        return f"{more}; {self.choice} shows more"

    @property
    def worst(self) -> Severity:
        """The highest severity of them."""
        by_severity = self.by_severity()
        return next(severity for severity in reversed(Severity) if by_severity[severity])

    def by_severity(self) -> Counter[Severity]:
        """Return their numbers by severity."""
        numbers: Counter[Severity] = Counter()
        for each, number in self.counts.items():
            numbers[each.severity] += number
        return numbers

    def by_rule(self) -> Counter[tuple[RuleName, Severity]]:
        """Return their numbers by rule and severity."""
        numbers: Counter[tuple[RuleName, Severity]] = Counter()
        for each, number in self.counts.items():
            numbers[each.rule, each.severity] += number
        return numbers
