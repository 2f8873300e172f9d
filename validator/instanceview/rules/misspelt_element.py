"""The rule `misspelt-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.names import nearest
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.rule import Site

SENTENCE = "A member has a documented name but for its spelling."
WHY = "Names are case-sensitive: readers look the member up by its documented name and find nothing."
GOOD = Example('{"vmAgent": {"vmAgentVersion": "2.7.41491.1010"}}')
BAD = Example('{"vmAgent": {"vmagentVersion": "2.7.41491.1010"}}')


def check(site: Site) -> Iterator[Found]:
    """Yield the member that resembles a documented name; a warning where two names are as near, or it is there too."""
    names = site.element.names_at(site.scope.api_version)
    near = nearest(site.name, names) or nearest(site.name, tuple(site.element.children))
    if not near:
        return
    certain = len(near) == 1 and isinstance(site.holder, dict) and near[0] not in site.holder
    yield Found(
        site.path,
        "{name} is not documented here; near it: {allowed}",
        site.value,
        near,
        facts={"name": site.name, "meant": near[0]},
        hint=f'did you mean "{near[0]}"?',
        severity=None if certain else Severity.WARNING,
        spot="key",
    )


RULE: Rule = Rule("misspelt-element", Severity.ERROR, SENTENCE, WHY, ("service",), GOOD, BAD, ("extra",), check)
