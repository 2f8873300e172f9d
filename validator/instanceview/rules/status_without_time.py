"""The rule `status-without-time`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._fidelity import captured, lacks
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A status has no time, and every captured status with its code has one."
WHY = "A mock that omits it hides faults of readers that sort or subtract the time."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01T12:00:00Z"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status whose code always has a time in captures, and that has none."""
    found = captured(site)
    if found and found.state.time == "always" and lacks(site, "time"):
        yield Found(
            (*site.path, "time"),
            "{code} has no time; in captures it always has one",
            facts={"code": found.code},
            hint="add the time at which the state began",
            spot="object",
        )


RULE: Rule = Rule(
    "status-without-time",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("fidelity",),
    check,
    follows="display-status-contradicts-code",
)
