"""The rule `conflicting-power-states`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._shared import conflicts
from instanceview.rules.quiet import Fewer
from instanceview.rules.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Found
    from instanceview.rules.site import Site

SENTENCE = "A machine has two contradictory power states."
WHY = "A machine has one power state at a time; no capture shows two."
GOOD = Example('{"statuses": [{"code": "ProvisioningState/succeeded"}, {"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}, {"code": "PowerState/stopped"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield every later status whose known power state differs from the first one's, whatever the detail."""
    yield from conflicts(site, "PowerState", "keep one power state")


RULE: Rule = Rule(
    "conflicting-power-states",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("statuses",),
    check,
    ("code",),
    quiet={"statuses": (Fewer(2),)},
    follows="display-status-contradicts-code",
)
