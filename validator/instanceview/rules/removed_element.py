"""The rule `removed-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._shared import hint_to_replace
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A member is documented only in earlier api-versions."
WHY = "Readers of this api-version no longer know it."
GOOD = Example(
    '{"patchStatus": {"lastPatchInstallationSummary": {"startedBy": "User"}}}', kind="vm", api_version="2020-06-01"
)
BAD = Example(
    '{"patchStatus": {"lastPatchInstallationSummary": {"startedBy": "User"}}}', kind="vm", api_version="2020-12-01"
)


def check(site: Site) -> Iterator[Found]:
    """Yield the member whose last api-version is older than this one."""
    element = site.element.children.get(site.name)
    if element is None or element.until >= site.scope.api_version:
        return
    yield Found(
        site.path,
        "{name} is not documented in {at!s}; last documented in {until!s}",
        site.value,
        facts={"name": site.name, "until": element.until, "at": site.scope.api_version},
        hint=hint_to_replace(element.member),
        basis=element.member.basis,
        spot="key",
    )


RULE: Rule = Rule(
    "removed-element",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("extra",),
    check,
    follows="later-element",
)
