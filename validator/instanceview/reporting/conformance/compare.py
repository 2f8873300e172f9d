"""The changes between two conformance reports, read from their JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, place
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.conformance.changes import (
    coverage_changes,
    document_changes,
    fact_changes,
    fact_name,
    finding_changes,
    rate,
)
from instanceview.reporting.conformance.seen import (
    codes_seen,
    elements_seen,
    unknown_codes,
    unknown_members,
    values_seen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.reporting.conformance.changes import Change
    from instanceview.reporting.conformance.seen import Json


class Gained(NamedTuple):
    """What only the new report has, and what only the old one has, as texts in the order of the reports."""

    title: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


class Comparison(NamedTuple):
    """Two reports compared.

    `documents` and `coverage` are by kind, `findings` by rule, each of the rules with another number. `facts` are those
    of the service that either report breaks, with the statuses that break them. `regressions` are the changes for the
    worse, each as a sentence.
    """

    documents: tuple[Change, ...]
    coverage: tuple[Change, ...]
    findings: tuple[Change, ...]
    facts: tuple[Change, ...]
    gained: tuple[Gained, ...]
    regressions: tuple[str, ...]


def compare(old: Json, new: Json) -> Comparison:
    """Return the changes between two reports in the form of `schemas/coverage.json`."""
    coverage, findings, facts = (each(old, new) for each in (coverage_changes, finding_changes, fact_changes))
    gained = tuple(
        Gained(title, *_both_ways(texts(old), texts(new)))
        for title, texts in (
            (ELEMENTS, elements_seen),
            (CODES, codes_seen),
            ("values", values_seen),
            (MEMBERS, unknown_members),
            (UNKNOWN, unknown_codes),
        )
    )
    worse = (*_regressions(coverage, findings, gained), *_broken_more(facts, new))
    return Comparison(document_changes(old, new), coverage, findings, facts, gained, worse)


ELEMENTS, CODES = "elements seen", "status codes seen"
MEMBERS, UNKNOWN = "undocumented members", "unknown status codes"


def _regressions(coverage: Iterable[Change], findings: Iterable[Change], gained: Iterable[Gained]) -> Iterator[str]:
    """Yield the changes for the worse: less is seen, more is undocumented, or more is found per document."""
    for each in coverage:
        if each.growth() < 0:
            before, after = percent(each.old, each.old_whole or 0), percent(each.new, each.new_whole or 0)
            yield f"coverage of {each.name} fell from {before} to {after}"
    for what in gained:
        if what.title in {ELEMENTS, CODES}:
            yield from (f"{text} is no longer seen" for text in _highest(what.gone))
        elif what.title in {MEMBERS, UNKNOWN}:
            yield from (f"{text} is undocumented and new" for text in what.new)
    for rule in findings:
        if rule.new > rule.old and rule.growth() > 0:
            before, after = rate(rule.old, rule.old_whole), rate(rule.new, rule.new_whole)
            yield f"{rule.name} has more findings for each document: {after}, before {before}"


def _highest(elements: Sequence[str]) -> Iterator[str]:
    """Yield the elements that are not below another one: who misses an object misses its members."""
    every = set(elements)
    return (text for text in elements if text.rpartition(".")[0] not in every)


def _broken_more(facts: Iterable[Change], new: Json) -> Iterator[str]:
    """Yield the facts that more of the statuses break than before, each with the first place."""
    broken = {fact_name(each): each for each in new["fidelity"]["broken"]}
    for change in facts:
        if change.growth() > 0:
            fact = broken[change.name]
            first = place(Origin(*map(fact["first"].get, ("file", "entry", "line", "column"))))
            yield f"{fact['element']}: {fact['code']}: {fact['sentence']}; first {first}"


def _both_ways(old: Iterable[str], new: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that only the new report has, and those that only the old one has."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    return tuple(text for text in after if text not in before), tuple(text for text in before if text not in after)
