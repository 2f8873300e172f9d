"""The report of a run, and the documents that it checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from instanceview.model.document import Origin, Skipped, Tables, Unreadable
    from instanceview.model.finding import Finding
    from instanceview.model.statistics import Statistics


class CheckedDocument(NamedTuple):
    """A document that was checked: its place, its tables, and the severity of its worst finding, if any.

    `Finding.document` is equal to `origin`, `Finding.identity` to `identity`.
    """

    origin: Origin
    tables: Tables
    worst: Severity | None
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run: findings in input order, skipped and unreadable inputs, and the counts.

    `documents` counts those checked, `recorded` repetitions too, `nonconformant` those with a finding at or
    above `fail_on`; `counts` has the findings by severity, those beyond a limit included.
    `checked` has every document, conformant ones too, where the caller wants them; else it is empty. `known` are the
    findings that a baseline hides; nothing else here counts them. `statistics` are None unless wanted.

    >>> from instanceview import check
    >>> check({}).conformant
    True
    """

    findings: Sequence[Finding] = ()
    skipped: Sequence[Skipped] = ()
    unreadable: Sequence[Unreadable] = ()
    documents: int = 0
    recorded: int = 0
    nonconformant: int = 0
    fail_on: Severity = Severity.ERROR
    counts: Mapping[Severity, int] = field(default_factory=dict)
    checked: Sequence[CheckedDocument] = ()
    known: Sequence[Finding] = ()
    statistics: Statistics | None = None

    @property
    def conformant(self) -> bool:
        """True if every input was checked and no finding is at or above `fail_on`."""
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """0 when conformant, 1 with findings at or above `fail_on`, 2 when something could not be checked."""
        if self.unreadable:
            return 2
        return 1 if self.nonconformant else 0

    def count(self, severity: Severity) -> int:
        """Return the number of findings of this severity, those beyond a limit included."""
        return self.counts.get(severity, 0)
