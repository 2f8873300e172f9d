"""The rule `malformed-time`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._times import PLAIN_TIME, is_date_time
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A time is not an RFC 3339 date-time."
WHY = "The definitions give it the format date-time; a client that cannot parse it rejects the whole answer."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01T12:00:00.1234567+00:00"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01 12:00"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the time that is not an RFC 3339 date-time."""
    if not is_date_time(str(site.value)):
        allowed = ("2024-07-01T12:00:00Z", "2024-07-01T12:00:00.1234567+00:00")
        template = "{value} is not an RFC 3339 date-time; expected for example {example!s}"
        yield Found(site.path, template, site.value, allowed, {"example": allowed[0]})


RULE: Rule = Rule(
    "malformed-time",
    Severity.ERROR,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("time",),
    check,
    quiet={"time": (PLAIN_TIME,)},
    follows="unknown-value",
)
