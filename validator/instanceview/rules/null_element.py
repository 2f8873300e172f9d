"""The rule `null-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "An optional member is null instead of absent."
WHY = "The service omits what it does not know; its published examples and some tools write null instead."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running", "message": null}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the optional member whose value is null."""
    template = "{name} is null; expected: {allowed}"
    yield Found(
        site.path,
        template,
        None,
        (site.element.member.type,),
        {"name": site.name},
        hint="omit it if its value is not known",
    )


RULE: Rule = Rule(
    "null-element", Severity.NOTE, SENTENCE, WHY, ("observed",), GOOD, BAD, ("null",), check, follows="wrong-type"
)
