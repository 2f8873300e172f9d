"""A stream of inputs -> one report: every document judged, what is wanted kept, everything counted."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from instanceview.judge import judge
from instanceview.model import Document, Finding, Report, Severity, Skipped, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.model import Origin


class Selection(NamedTuple):
    """Which rules' findings a caller wants, how severe they count, and how many of them are kept.

    `select` is None for every rule; `most` is None for every finding; `once` judges a document once that a recording
    holds several times.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = MappingProxyType({})
    most: int | None = None
    once: bool = True

    def of(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings that are wanted, with the severity that the caller gives their rules."""
        for finding in findings:
            if finding.rule in self.ignore or not (self.select is None or finding.rule in self.select):
                continue
            severity = self.severities.get(finding.rule)
            yield replace(finding, severity=severity) if severity else finding


class Repeats:
    """The documents of the recording that is being read, so that one recorded again is known.

    Only the recording at hand is remembered; what was found in earlier ones keeps its count. A recording that is read
    twice, because it was named twice, is two.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._file = ""
        self._first: dict[bytes, Origin] = {}
        # By identity, as an origin of a second reading is equal to the first's; the origin is kept so that it stays.
        self._times: dict[int, tuple[Origin, int]] = {}

    def is_one(self, document: Document) -> bool:
        """Return whether this document was recorded before in the same recording, and count it."""
        if document.identity is None:
            return False
        here = document.origin
        if here.file != self._file or self._first.get(document.identity) == here:
            self._file, self._first = here.file, {}
        first = self._first.setdefault(document.identity, here)
        if first is here:
            return False
        self._times[id(first)] = (first, self.times(first) + 1)
        return True

    def times(self, origin: Origin) -> int:
        """Return how often the document at a place was recorded."""
        return self._times.get(id(origin), (origin, 1))[1]

    def counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings with the number of times that their documents were recorded."""
        for finding in findings:
            times = self.times(finding.document)
            yield finding if times == 1 else replace(finding, recorded=times)


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
    documents = recorded = nonconformant = 0
    repeats = Repeats()
    for item in inputs:
        if isinstance(item, Skipped):
            skipped.append(item)
        elif isinstance(item, Unreadable):
            unreadable.append(item)
        elif selection.once and repeats.is_one(item):
            recorded += 1
        else:
            recorded += 1
            findings = list(selection.of(judge(item, engine_name=engine_name)))
            documents += 1
            nonconformant += any(finding.severity.at_least(fail_on) for finding in findings)
            for finding in findings:
                counts[finding.severity] += 1
            kept += findings if selection.most is None else findings[: max(0, selection.most - len(kept))]
    return Report(
        findings=tuple(repeats.counted(kept)),
        skipped=tuple(skipped),
        unreadable=tuple(unreadable),
        documents=documents,
        recorded=recorded,
        nonconformant=nonconformant,
        fail_on=fail_on,
        counts=counts,
    )
