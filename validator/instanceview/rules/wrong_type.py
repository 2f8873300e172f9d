"""The rule `wrong-type`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A value has the wrong JSON type."
WHY = "Clients are generated from the definitions; one wrong type makes them reject the whole answer."
GOOD = Example('{"platformFaultDomain": 2}')
BAD = Example('{"platformFaultDomain": "two"}')


def check(site: Site) -> Iterator[Found]:
    """Yield the value of another type, or a text that is not a decimal number where the page writes numbers as text."""
    member = site.element.member
    text_allowed = member.text_at == site.scope.api_version
    if site.hook == "pattern" and not text_allowed:
        return
    expected = "object" if isinstance(site.holder, list) else member.type
    also = " or decimal text" if text_allowed else " or object" if expected == "string" and member.table else ""
    allowed = f"{expected}{also}"
    free = expected == "string" and not member.format and not member.values
    hint = "put it in quotes" if free and isinstance(site.value, (int, float)) else None
    yield Found(site.path, "expected {allowed}, found {value}", site.value, (allowed,), hint=hint)


RULE: Rule = Rule(
    "wrong-type",
    Severity.ERROR,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("type", "pattern"),
    check,
    follows="placeholder",
)
