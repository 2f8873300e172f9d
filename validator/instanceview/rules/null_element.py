"""The rule `null-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A member is null where it could be left out."
WHY = "The service leaves out what it does not know; its published examples and some tools write null instead."
GOOD = Example('{"statuses": [{"code": "PowerState/running"}]}')
BAD = Example('{"statuses": [{"code": "PowerState/running", "message": null}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the optional member whose value is null."""
    template = "{name} is null; allowed: {allowed}"
    yield Found(
        site.path,
        template,
        None,
        (site.element.member.type,),
        {"name": site.name},
        hint="leave it out where it is not known",
    )


RULE: Rule = Rule("null-element", Severity.NOTE, SENTENCE, WHY, ("observed",), GOOD, BAD, ("null",), check)
