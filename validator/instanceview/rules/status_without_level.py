"""The rule `status-without-level`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.rules._fidelity import lacking, missing, of_family
from instanceview.rules.rule import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Found, Rule
    from instanceview.rules.site import Site

SENTENCE = "A status has no level, and every captured status with its code has one."
WHY = "A mock that omits it hides faults of readers that filter by level."
GOOD = Example('{"statuses": [{"code": "PowerState/running", "level": "Info"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status that lacks the level of its code in captures."""
    found = lacking(site, "level")
    if found and found.state.level:
        template = "{code} has no level; in captures it always has {allowed}"
        yield missing(found, "level", template, (found.state.level,))


RULE: Rule = of_family(
    name="status-without-level", sentence=SENTENCE, why=WHY, good=GOOD, bad=BAD, check=check, follows="status-with-time"
)
