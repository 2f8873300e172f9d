"""The rule `out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A number is outside the range of its format."
WHY = "An int32 ranges from -2147483648 to 2147483647; clients overflow on other values or reject them."
GOOD = Example('{"platformFaultDomain": 0}')
BAD = Example('{"platformFaultDomain": 2147483648}')

_HINT = "look for a pasted or overflowed number; this member is an int32"


def check(site: Site) -> Iterator[Found]:
    """Yield the number outside int32, the only range that the definitions have."""
    yield Found(
        site.path, "{value} is out of range; allowed: {allowed}", site.value, ("-2147483648 to 2147483647",), hint=_HINT
    )


RULE: Rule = Rule(
    "out-of-range", Severity.ERROR, SENTENCE, WHY, ("service",), GOOD, BAD, ("range",), check, follows="null-element"
)
