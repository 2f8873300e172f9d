"""The rule `later-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._shared import hint_to_replace
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A member is documented only in later api-versions."
WHY = "Readers of this api-version do not know it; if captures already have it, the finding is a note."
GOOD = Example('{"vmHealth": {}}', api_version="2017-03-30")
BAD = Example('{"vmHealth": {}}', api_version="2016-04-30-preview")


def check(site: Site) -> Iterator[Found]:
    """Yield the member that is documented since a later api-version; it is a note if captures have it already."""
    element = site.element.children.get(site.name)
    if element is None or element.since <= site.scope.api_version:
        return
    member = element.member
    observed = bool(member.observed_since) and member.observed_since <= site.scope.api_version
    yield Found(
        site.path,
        "{name} is not documented in {at!s}; first documented in {since!s}",
        site.value,
        facts={"name": site.name, "since": element.since, "at": site.scope.api_version},
        hint=f"observed in captures since {member.observed_since}" if observed else hint_to_replace(member),
        severity=Severity.NOTE if observed else None,
        basis=member.basis if member.instead else None,
        spot="key",
    )


RULE: Rule = Rule(
    "later-element",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("extra",),
    check,
    follows="missing-element",
)
