"""The rule `later-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site
    from instanceview.tables.elements import Member

SENTENCE = "A member is documented only in later api-versions."
WHY = "Readers of this api-version do not know it; if captures already have it, the finding is a note."
GOOD = Example('{"vmHealth": {}}', api_version="2017-03-30")
BAD = Example('{"vmHealth": {}}', api_version="2016-04-30-preview")


def check(site: Site) -> Iterator[Found]:
    """Yield the member that is documented from a later api-version on; it is a note if captures have it already."""
    element = site.element.children.get(site.name)
    if element is None or element.since <= site.scope.api_version:
        return
    observed = bool(element.member.observed_since) and element.member.observed_since <= site.scope.api_version
    yield Found(
        site.path,
        "{name} is not documented in {at!s}; first documented in {since!s}",
        site.value,
        facts={"name": site.name, "since": element.since, "at": site.scope.api_version},
        hint=_hint(element.member, observed=observed),
        severity=Severity.NOTE if observed else None,
        basis=element.member.basis if element.member.instead else None,
        spot="key",
    )


def _hint(member: Member, *, observed: bool) -> str:
    if observed:
        return f"observed in captures since {member.observed_since}"
    return f'use "{member.instead}"' if member.instead else "give the api-version of the request, if it is not {tables}"


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
