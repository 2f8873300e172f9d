"""What `--statistics` counts: findings by rule and element, status codes, documents by api-version."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from instanceview.model import Finding, Judged
    from instanceview.summary import Statistics


def count(statistics: Statistics, body: object, judged: Judged, findings: Iterable[Finding]) -> None:
    """Add a judged document and its findings to the counts, which must be counters."""
    rules, elements, codes, versions = (
        cast("Counter[str]", each)
        for each in (statistics.rules, statistics.elements, statistics.codes, statistics.api_versions)
    )
    versions[judged.api_version] += 1
    codes.update(_codes(body))
    for finding in findings:
        rules[finding.rule] += 1
        elements[finding.element] += 1


def _codes(value: object) -> Iterator[str]:
    """Yield the code of every status in a document."""
    if isinstance(value, dict):
        code = value.get("code")
        if isinstance(code, str):
            yield code
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _codes(item)
