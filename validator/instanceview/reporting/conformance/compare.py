"""The changes between two conformance reports, read from their JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Origin, place
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.conformance.seen import (
    codes_seen,
    elements_seen,
    unknown_codes,
    unknown_members,
    values_seen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from instanceview.reporting.conformance.seen import Json


class Change(NamedTuple):
    """A number of both reports by name; `whole` is what it is a part of, each None where there is none."""

    name: str
    old: int
    new: int
    old_whole: int | None = None
    new_whole: int | None = None

    def growth(self) -> int:
        """Return a number below 0 if the share is less than before, above 0 if it is more, else 0."""
        return self.new * (self.old_whole or 1) - self.old * (self.new_whole or 1)


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
    documents = _changes(_documents(old), _documents(new))
    coverage = _coverage(old, new)
    findings = _findings(old, new)
    facts = _facts(old, new)
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
    return Comparison(documents, coverage, findings, facts, gained, worse)


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
            yield from (f"{text} is no longer seen" for text in what.gone)
        elif what.title in {MEMBERS, UNKNOWN}:
            yield from (f"{text} is undocumented and new" for text in what.new)
    for rule in findings:
        if rule.new > rule.old and rule.growth() > 0:
            before, after = rate(rule.old, rule.old_whole), rate(rule.new, rule.new_whole)
            yield f"{rule.name} has more findings for each document: {after}, before {before}"


def rate(number: int, documents: int | None) -> str:
    """Return the number of findings for each document.

    >>> rate(3, 2), rate(1, 1000), rate(0, 9), rate(0, 0)
    ('1.5', '0.001', '0', '0')
    """
    return f"{number / documents:.2g}" if documents else "0"


def _documents(report: Json) -> dict[str, int]:
    return {kind["name"]: kind["documents"] for kind in report["overview"]["kinds"]}


def _changes(old: Mapping[str, int], new: Mapping[str, int]) -> tuple[Change, ...]:
    return tuple(Change(name, old.get(name, 0), new.get(name, 0)) for name in {**old, **new})


def _coverage(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the coverage of each kind that both reports have, and of the status codes."""
    before = {table["kind"]: table for table in old["tables"]}
    tables = [(before[table["kind"]], table) for table in new["tables"] if table["kind"] in before]
    changes = (
        Change(new["kind"], old["seen"], new["seen"], old["documented"], new["documented"]) for old, new in tables
    )
    was, now = (sum(code["times"] > 0 for code in report["statusCodes"]) for report in (old, new))
    return (*changes, Change("status codes", was, now, len(old["statusCodes"]), len(new["statusCodes"])))


def _findings(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the rules whose number of findings changed, each with the number of documents."""
    numbers = [{each["rule"]: each["findings"] for each in report["overview"]["rules"]} for report in (old, new)]
    wholes = [report["overview"]["documents"] for report in (old, new)]
    changes = (change._replace(old_whole=wholes[0], new_whole=wholes[1]) for change in _changes(*numbers))
    return tuple(change for change in changes if change.old != change.new)


def _facts(old: Json, new: Json) -> tuple[Change, ...]:
    """Return the facts of the service whose share of statuses that break them changed."""
    before, after = (
        {_fact_name(each): each["of"] - each["times"] for each in report["fidelity"]["broken"]} for report in (old, new)
    )
    was, now = (
        {f"{each['element']}: {each['code']}": each["times"] for each in report["statusCodes"]} for report in (old, new)
    )
    changes = (
        change._replace(old_whole=was.get(code, 0), new_whole=now.get(code, 0))
        for change in _changes(before, after)
        for code in [change.name.rpartition(": ")[0]]
    )
    return tuple(change for change in changes if change.growth())


def _fact_name(broken: Json) -> str:
    return f"{broken['element']}: {broken['code']}: {broken['fact']}"


def _broken_more(facts: Iterable[Change], new: Json) -> Iterator[str]:
    """Yield the facts that more of the statuses break than before, each with the first place."""
    broken = {_fact_name(each): each for each in new["fidelity"]["broken"]}
    for change in facts:
        if change.growth() > 0:
            fact = broken[change.name]
            first = place(Origin(*map(fact["first"].get, ("file", "entry", "line", "column"))))
            yield f"{fact['element']}: {fact['code']}: {fact['sentence']}; first {first}"


def _both_ways(old: Iterable[str], new: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that only the new report has, and those that only the old one has."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    return tuple(text for text in after if text not in before), tuple(text for text in before if text not in after)
