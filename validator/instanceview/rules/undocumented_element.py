"""The rule `undocumented-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A member is not documented."
WHY = "No api-version documents it here, so neither its meaning nor its presence is guaranteed."
GOOD = Example('{"platformFaultDomain": 0}')
BAD = Example('{"platformFaultDomain": 0, "internalData": {}}')


def check(site: Site) -> Iterator[Found]:
    """Yield the member that no api-version documents here and that resembles none."""
    names = site.element.names_at(site.scope.api_version)
    template = "unknown member {name}; documented here: {allowed}"
    yield Found(site.path, template, site.value, names, facts={"name": site.name}, spot="key")


RULE: Rule = Rule(
    "undocumented-element",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("extra",),
    check,
    follows="misspelt-element",
)
