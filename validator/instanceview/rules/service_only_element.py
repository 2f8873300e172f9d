"""The rule `service-only-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule
from instanceview.tables.descent import element_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A member is in the service's definitions but not on the documentation page."
WHY = "Readers written from the page do not know it; two of these members have another name on the page."
GOOD = Example('{"platformFaultDomain": 2}', api_version="2016-04-30-preview")
BAD = Example('{"platformUpdateDomain": 5}', api_version="2016-04-30-preview")


def check(site: Site) -> Iterator[Found]:
    """Yield the member that the page lacks, not those inside it, with the page's name for it if it has one."""
    holders = [element_at(site.scope.root, site.path[:depth]) for depth in range(1, len(site.path))]
    if "page" in site.element.member.basis or not all(each and "page" in each.member.basis for each in holders):
        return
    siblings = holders[-1] if holders else site.scope.root
    names = [name for name, child in (siblings or site.element).children.items() if child.member.instead == site.name]
    if names:
        template = "{name} is not on the documentation page; the page calls it {instead}"
        facts = {"name": site.name, "instead": names[0]}
        hint = f'readers written from the page look for "{names[0]}"'
    else:
        template = "{name} is not on the documentation page, under any name"
        facts = {"name": site.name}
        hint = "readers written from the page do not know it"
    yield Found(site.path, template, site.value, tuple(names), facts, hint, spot="key")


RULE: Rule = Rule(
    "service-only-element",
    Severity.NOTE,
    SENTENCE,
    WHY,
    ("page", "service"),
    GOOD,
    BAD,
    ("member",),
    check,
    follows="page-only-element",
)
