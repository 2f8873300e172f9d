"""Builds the conformance report of a run, each section from the counts of the run and the tables."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from typing import TYPE_CHECKING

from instanceview import __version__
from instanceview.model.counts import FindingCount
from instanceview.model.severity import Severity
from instanceview.model.text import safe
from instanceview.reporting.conformance.codes import codes_of, unknown_codes, unseen_codes
from instanceview.reporting.conformance.corpus import corpus_of
from instanceview.reporting.conformance.covered_values import NeverSeen
from instanceview.reporting.conformance.deviating_values import Undocumented
from instanceview.reporting.conformance.disagreements import disagreements
from instanceview.reporting.conformance.fidelity import fidelity_of
from instanceview.reporting.conformance.members import unknown_members
from instanceview.reporting.conformance.rows import matrix_of, table_of, unseen_elements
from instanceview.reporting.conformance.timelines import timelines_of
from instanceview.reporting.conformance.values import (
    MOST_UNREADABLE,
    VERSION,
    Conformance,
    NameCount,
    Overview,
    RuleCount,
    UnreadableInput,
    VersionCount,
)
from instanceview.reporting.rule_help import rule_link
from instanceview.rules import RULES
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from instanceview.model.report import Report
    from instanceview.reporting.conformance.corpus import Corpus


def conformance(report: Report) -> Conformance:
    """Return the conformance report of a run that counted coverage, as `Wanted.coverage` asks for."""
    corpus = corpus_of(report)
    tables = tuple(table_of(corpus, kind) for kind in KINDS if kind in corpus.documents)
    codes = codes_of(corpus)
    return Conformance(
        VERSION,
        f"instanceview {__version__}",
        _overview(corpus),
        tables,
        codes,
        NeverSeen(unseen_elements(tables), unseen_codes(codes)),
        Undocumented(unknown_members(corpus), unknown_codes(corpus), corpus.coverage.is_whole),
        tuple(matrix_of(corpus, kind) for kind in KINDS if kind in corpus.documents),
        disagreements(corpus),
        fidelity_of(codes),
        timelines_of(corpus),
        tuple(UnreadableInput(each.origin, safe(each.reason)) for each in report.unreadable[:MOST_UNREADABLE]),
    )


def _overview(corpus: Corpus) -> Overview:
    report = corpus.report
    versions: Counter[str] = Counter()
    assumed: Counter[str] = Counter()
    for tables, number in report.checked_as.items():
        versions[tables.api_version] += number
        assumed[tables.api_version] += number if tables.api_version_from == "default" else 0
    return Overview(
        report.documents,
        report.recorded,
        report.conformant_documents,
        report.nonconformant,
        len(report.skipped),
        len(report.unreadable),
        {severity.value: report.count(severity) for severity in reversed(Severity)},
        tuple(NameCount(kind, sum(corpus.documents[kind].values())) for kind in KINDS if kind in corpus.documents),
        tuple(VersionCount(*each, assumed[each[0]] or None) for each in sorted(versions.items())),
        _most_first(corpus.coverage.containers),
        tuple(sorted(_rules(corpus), key=lambda each: (-each.findings, each.rule))),
    )


def _most_first(counts: Mapping[str, int]) -> tuple[NameCount, ...]:
    return tuple(NameCount(*each) for each in sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _rules(corpus: Corpus) -> Iterator[RuleCount]:
    for rule in RULES:
        count = reduce(
            FindingCount.merge,
            (each[rule.name] for each in corpus.findings.values() if rule.name in each),
            FindingCount(),
        )
        if count.first:
            yield RuleCount(rule.name, count.severity, count.findings, count.first, rule_link(rule))
