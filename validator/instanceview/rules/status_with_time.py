"""The rule `status-with-time`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.rules._fidelity import captured, of_family
from instanceview.rules.rule import Example, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Rule
    from instanceview.rules.site import Site

SENTENCE = "A status has a time, and no captured status with its code has one."
WHY = "A reader that relies on it works with the mock and fails with the service."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running", "time": "2024-07-01T12:00:00Z"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the time of a status whose code never has one in captures."""
    found = captured(site)
    time = found.status.get("time") if found else None
    if found and found.state.time == "never" and time is not None:
        template = "{code} has a time, {value}; in captures it never has one"
        yield Found((*site.path, "time"), template, time, facts={"code": found.code}, hint="omit the time")


RULE: Rule = of_family(
    name="status-with-time", sentence=SENTENCE, why=WHY, good=GOOD, bad=BAD, check=check, follows="status-without-time"
)
