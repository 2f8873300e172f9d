"""The rule `unknown-value`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from instanceview.model.names import did_you_mean
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A value is not one of the documented values of an open list."
WHY = "The list may grow, so the value may be correct, but readers that branch on it do not know it."
GOOD = Example('{"hyperVGeneration": "V2"}')
BAD = Example('{"hyperVGeneration": "V3"}')


def check(site: Site) -> Iterator[Found]:
    """Yield the value that is not in the open list at this api-version, nor in a capture."""
    member = site.element.member
    values = member.values_at(site.scope.api_version)
    if not values or site.value in values or site.value in member.observed_values:
        return
    since = (member.values or {}).get(str(site.value))
    hint = f"first documented in {since}" if since else None
    find_hint = None if since else partial(did_you_mean, str(site.value), values)
    template = "{value} is not a documented value; documented: {allowed}"
    yield Found(site.path, template, site.value, values, hint=hint, find_hint=find_hint)


RULE: Rule = Rule(
    "unknown-value",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("open",),
    check,
    follows="value-not-allowed",
)
