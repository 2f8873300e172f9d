"""The rule `undocumented-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A member is in no element table."
WHY = "No api-version documents it at this place, so nothing promises what it means or that it stays."
GOOD = Example('{"platformFaultDomain": 0}')
BAD = Example('{"platformFaultDomain": 0, "internalData": {}}')


def check(site: Site) -> Iterator[Found]:
    """Yield the member that no api-version documents here and that resembles none."""
    names = site.element.names_at(site.scope.api_version)
    template = "{name} is not documented here; documented: {allowed}"
    yield Found(site.path, template, site.value, names, facts={"name": site.name}, spot="key")


RULE: Rule = Rule("undocumented-element", Severity.WARNING, SENTENCE, WHY, ("service",), GOOD, BAD, ("extra",), check)
