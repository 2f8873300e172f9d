"""The rule `out-of-range`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A number is outside the range of its format."
WHY = "An int32 holds -2147483648 to 2147483647; clients overflow or refuse anything else."
GOOD = Example('{"platformFaultDomain": 0}')
BAD = Example('{"platformFaultDomain": 2147483648}')


_HINT = "a member of format int32 holds no more; look for a number that was pasted or overflowed"


def check(site: Site) -> Iterator[Found]:
    """Yield the number outside int32, the only range that the definitions have."""
    yield Found(
        site.path, "{value} is out of range; allowed: {allowed}", site.value, ("-2147483648 to 2147483647",), hint=_HINT
    )


RULE: Rule = Rule("out-of-range", Severity.ERROR, SENTENCE, WHY, ("service",), GOOD, BAD, ("range",), check)
