"""The rule `page-only-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A member is on the documentation page but in no definition of the service."
WHY = "The service uses another name, so readers that look for the page's name find nothing in real answers."
GOOD = Example('{"platformFaultDomain": 2}', api_version="2016-04-30-preview")
BAD = Example('{"platformUpgradeDomain": 5}', api_version="2016-04-30-preview")


def check(site: Site) -> Iterator[Found]:
    """Yield the member that only the page has, with the service's name for it; members inside it have no such name."""
    member = site.element.member
    if member.basis == ("page",) and member.instead:
        template = "{name} is only on the documentation page; the service sends {instead}"
        facts = {"name": site.name, "instead": member.instead}
        hint = f'read "{member.instead}" in answers of the service instead'
        yield Found(site.path, template, site.value, (member.instead,), facts, hint, spot="key")


RULE: Rule = Rule(
    "page-only-element",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("page",),
    GOOD,
    BAD,
    ("member",),
    check,
    follows="undocumented-element",
)
