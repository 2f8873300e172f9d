"""The rule `value-not-allowed`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from instanceview.model.names import did_you_mean
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A value is not one of the allowed values."
WHY = "The definitions allow only the listed values, so clients reject any other value."
GOOD = Example('{"statuses": [{"code": "PowerState/running", "level": "Info"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running", "level": "Information"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the value outside the closed list."""
    allowed = site.element.member.values_at(site.scope.api_version)
    find_hint = partial(did_you_mean, site.value, allowed) if isinstance(site.value, str) else None
    yield Found(site.path, "{value} is not allowed; allowed: {allowed}", site.value, allowed, find_hint=find_hint)


RULE: Rule = Rule(
    "value-not-allowed",
    Severity.ERROR,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("enum",),
    check,
    follows="negative-number",
)
