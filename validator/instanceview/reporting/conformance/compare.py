"""The changes between two conformance reports, read from their JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, place
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.conformance.changes import (
    codes_seen,
    coverage_changes,
    document_changes,
    elements_seen,
    fact_changes,
    fact_name,
    finding_changes,
    rate,
    unknown_codes,
    unknown_members,
    values_seen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.reporting.conformance.changes import Change, Json

# The titles of the lists of names.
ELEMENTS, CODES = "elements seen", "status codes seen"
MEMBERS, UNKNOWN = "undocumented members", "unknown status codes"


class NamesChanged(NamedTuple):
    """The names that only the new report has, and those that only the old one has, in the order of the reports."""

    title: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


class Comparison(NamedTuple):
    """Two reports compared.

    `documents` and `coverage` are by kind, `findings` by rule, of the rules whose number changed. `facts` are those
    of the service that either report breaks, with the statuses that break them. `regressions` are the changes for the
    worse, each as a sentence.
    """

    documents: tuple[Change, ...]
    coverage: tuple[Change, ...]
    findings: tuple[Change, ...]
    facts: tuple[Change, ...]
    names: tuple[NamesChanged, ...]
    regressions: tuple[str, ...]


def compare(old: Json, new: Json) -> Comparison:
    """Return the changes between two reports in the form of `schemas/coverage.json`."""
    coverage, findings, facts = (each(old, new) for each in (coverage_changes, finding_changes, fact_changes))
    names = tuple(
        NamesChanged(title, *_both_ways(texts(old), texts(new)))
        for title, texts in (
            (ELEMENTS, elements_seen),
            (CODES, codes_seen),
            ("values", values_seen),
            (MEMBERS, unknown_members),
            (UNKNOWN, unknown_codes),
        )
    )
    worse = (*_regressions(coverage, findings, names), *_broken_more(facts, new))
    return Comparison(document_changes(old, new), coverage, findings, facts, names, worse)


def _regressions(
    coverage: Iterable[Change], findings: Iterable[Change], names: Iterable[NamesChanged]
) -> Iterator[str]:
    """Yield the changes for the worse: less is seen, more is undocumented, or more is found per document."""
    for each in coverage:
        if each.growth() < 0:
            before, after = percent(each.old, each.old_whole or 0), percent(each.new, each.new_whole or 0)
            yield f"coverage of {each.name} fell from {before} to {after}"
    for changed in names:
        if changed.title in {ELEMENTS, CODES}:
            yield from (f"{name} is no longer seen" for name in _highest(changed.gone))
        elif changed.title in {MEMBERS, UNKNOWN}:
            yield from (f"{name} is undocumented and new" for name in changed.new)
    for rule in findings:
        if rule.new > rule.old and rule.growth() > 0:
            before, after = rate(rule.old, rule.old_whole), rate(rule.new, rule.new_whole)
            yield f"{rule.name} has more findings for each document: {after}, before {before}"


def _highest(elements: Sequence[str]) -> Iterator[str]:
    """Yield the elements that are not below another one: where an object is missing, its members are too."""
    every = set(elements)
    return (text for text in elements if text.rpartition(".")[0] not in every)


def _broken_more(facts: Iterable[Change], new: Json) -> Iterator[str]:
    """Yield the facts that a larger share of statuses breaks than before, each with the first place."""
    broken = {fact_name(each): each for each in new["fidelity"]["broken"]}
    for change in facts:
        if change.growth() > 0:
            fact = broken[change.name]
            first = place(Origin(*map(fact["first"].get, ("file", "entry", "line", "column"))))
            yield f"{fact['element']}: {fact['code']}: {fact['sentence']}; first {first}"


def _both_ways(old: Iterable[str], new: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that only the new report has, and those that only the old one has."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    return tuple(name for name in after if name not in before), tuple(name for name in before if name not in after)
