"""The rule `status-without-text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules._fidelity import captured, lacks
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A status has no display text, and every captured status with its code has one."
WHY = "A mock that omits it hides faults of readers that show or search the text."
GOOD = Example('{"statuses": [{"code": "PowerState/running", "displayStatus": "VM running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status that lacks the display text of its code in captures."""
    found = captured(site)
    if found and found.state.texts and lacks(site, "displayStatus"):
        yield Found(
            (*site.path, "displayStatus"),
            "{code} has no display text; in captures it always has one: {allowed}",
            allowed=found.state.texts,
            facts={"code": found.code},
            spot="object",
        )


RULE: Rule = Rule(
    "status-without-text",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("fidelity",),
    check,
    follows="status-without-level",
)
