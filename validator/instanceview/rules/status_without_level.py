"""The rule `status-without-level`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._fidelity import captured, lacks
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A status has no level, and every captured status with its code has one."
WHY = "A mock that omits it hides faults of readers that filter by level."
GOOD = Example('{"statuses": [{"code": "PowerState/running", "level": "Info"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status that lacks the level of its code in captures."""
    found = captured(site)
    if found and found.state.level and lacks(site, "level"):
        yield Found(
            (*site.path, "level"),
            "{code} has no level; in captures it always has {allowed}",
            allowed=(found.state.level,),
            facts={"code": found.code},
            spot="object",
        )


RULE: Rule = Rule(
    "status-without-level",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("fidelity",),
    check,
    follows="status-with-time",
)
