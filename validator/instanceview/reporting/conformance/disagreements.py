"""The rows at which the documentation page, the service's definitions and captures disagree, in this corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reporting.conformance.deviating_values import Disagreement
from instanceview.rules import RULES
from instanceview.tables.descent import line_of
from instanceview.tables.describe import captures_text, evidence, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reporting.conformance.corpus import Corpus
    from instanceview.rules.rule import Rule

_RULES = (
    "deallocated-placement-group",
    "page-only-element",
    "service-only-element",
    "domain-as-text",
    "later-element",
    "removed-element",
)
"""The rules whose findings are disagreements between the three sources, not faults of a document."""
_DEALLOCATED = ("statuses", "PowerState/deallocated")
"""The place and code of the machines that one of these rules is about."""


def disagreements(corpus: Corpus) -> tuple[Disagreement, ...]:
    """Return the findings of `_RULES` by element, the most frequent first."""
    found = (each for rule in RULES if rule.name in _RULES for each in _of_rule(corpus, rule))
    return tuple(sorted(found, key=lambda each: (-each.findings, each.rule, each.kind, each.element)))


def _of_rule(corpus: Corpus, rule: Rule) -> Iterator[Disagreement]:
    for (kind, path), findings in corpus.findings.items():
        found = findings.get(rule.name)
        if found is None or found.first is None:
            continue
        element = line_of(kind, path)[-1]
        basis, captures = evidence(kind, path)
        yield Disagreement(
            kind=kind,
            element=path,
            rule=rule.name,
            sentence=f"{rule.sentence} {rule.why}",
            page="has it" if "page" in basis else "does not have it",
            service=span_text(element) if "service" in basis else "does not have it",
            observed=f"in {captures_text(captures)}",
            findings=found.findings,
            documents=_documents(corpus, rule, kind),
            first=found.first,
        )


def _documents(corpus: Corpus, rule: Rule, kind: str) -> int:
    """Return the number of documents that could have such a finding: the deallocated ones, else all of the kind."""
    if rule.name == "deallocated-placement-group":
        codes = corpus.coverage.codes.items()
        return sum(count.times for key, count in codes if key.kind == kind and (key.element, key.code) == _DEALLOCATED)
    return sum(corpus.documents_of(kind).values())
