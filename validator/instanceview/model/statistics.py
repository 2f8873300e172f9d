"""Counts of `--statistics`: findings by rule and element, status codes, documents by api-version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, cast

from instanceview.model.joined import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.model.counted import Counted
    from instanceview.model.finding import Finding
    from instanceview.model.tables import Tables


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a run: findings by rule and by element, status codes and documents by api-version.

    `rules` and `elements` count findings, those beyond a limit included; `codes` counts the statuses with a
    code in the checked documents, `api_versions` the documents that were checked by the tables of each version.
    """

    rules: Mapping[str, int] = field(default_factory=Counter)
    elements: Mapping[str, int] = field(default_factory=Counter)
    codes: Mapping[str, int] = field(default_factory=Counter)
    api_versions: Mapping[str, int] = field(default_factory=Counter)

    def merge(self, *others: Statistics) -> Statistics:
        """Return the counts of all of them."""
        return Statistics(*(total(getattr(part, each.name) for part in (self, *others)) for each in fields(self)))


def count(
    statistics: Statistics, body: object, tables: Tables, findings: Iterable[Finding], counted: Mapping[Counted, int]
) -> None:
    """Add a checked document and its findings to the counts, which must be counters.

    Of findings that are counted only, the documented element at or around them counts.
    """
    rules, elements, codes, versions = (
        cast("Counter[str]", each)
        for each in (statistics.rules, statistics.elements, statistics.codes, statistics.api_versions)
    )
    versions[tables.api_version] += 1
    codes.update(_codes(body))
    for finding in findings:
        rules[finding.rule] += 1
        elements[finding.element] += 1
    for each, number in counted.items():
        rules[each.rule] += number
        elements[each.element] += number


def _codes(document: object) -> list[str]:
    """Return the code of every status in a document."""
    codes: list[str] = []
    left = [document]
    for value in left:  # the list grows by the values in each of them
        if isinstance(value, dict):
            code = value.get("code")
            if isinstance(code, str):
                codes.append(code)
            left += value.values()
        elif isinstance(value, list):
            left += value
    return codes
