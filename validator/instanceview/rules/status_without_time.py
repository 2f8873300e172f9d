"""The rule `status-without-time`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.rules._fidelity import lacking, missing, of_family
from instanceview.rules.rule import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Found, Rule
    from instanceview.rules.site import Site

SENTENCE = "A status has no time, and every captured status with its code has one."
WHY = "A mock that omits it hides faults of readers that sort or subtract the time."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded", "time": "2024-07-01T12:00:00Z"}]}')
BAD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status without a time whose code always has one in captures."""
    found = lacking(site, "time")
    if found and found.state.time == "always":
        template = "{code} has no time; in captures it always has one"
        yield missing(found, "time", template, hint="add the time at which the state began")


RULE: Rule = of_family(
    name="status-without-time",
    sentence=SENTENCE,
    why=WHY,
    good=GOOD,
    bad=BAD,
    check=check,
    follows="display-status-contradicts-code",
)
