"""The rule `status-without-text`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.rules._fidelity import lacking, missing, of_family
from instanceview.rules.rule import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Found, Rule
    from instanceview.rules.site import Site

SENTENCE = "A status has no display text, and every captured status with its code has one."
WHY = "A mock that omits it hides faults of readers that show or search the text."
GOOD = Example('{"statuses": [{"code": "PowerState/running", "displayStatus": "VM running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the status that lacks the display text of its code in captures."""
    found = lacking(site, "displayStatus")
    if found and found.state.texts:
        template = "{code} has no display text; in captures it always has one: {allowed}"
        yield missing(found, "displayStatus", template, found.state.texts)


RULE: Rule = of_family(
    name="status-without-text",
    sentence=SENTENCE,
    why=WHY,
    good=GOOD,
    bad=BAD,
    check=check,
    follows="status-without-level",
)
