"""The rule `negative-number`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.quiet import AtLeast
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A domain or a count is negative."
WHY = "Domains are numbered from 0, and counts are of machines or patches; readers use them as indexes and in sums."
GOOD = Example('{"platformFaultDomain": 0}')
BAD = Example('{"platformFaultDomain": -1}')


def check(site: Site) -> Iterator[Found]:
    """Yield the number below 0, unless its row allows one."""
    if site.element.member.signed:
        return
    if isinstance(site.value, (int, float)) and site.value < 0:
        hint = "domains and counts start at 0"
        yield Found(site.path, "{value} is negative; allowed: {allowed}", site.value, ("0 or more",), hint=hint)


RULE: Rule = Rule(
    "negative-number",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service", "observed"),
    GOOD,
    BAD,
    ("number",),
    check,
    quiet={"number": (AtLeast(0),)},
    follows="out-of-range",
)
