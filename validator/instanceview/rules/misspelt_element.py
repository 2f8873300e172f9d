"""The rule `misspelt-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.names import nearest
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A member name is misspelled."
WHY = "Names are case-sensitive; readers look for the documented name and find nothing."
GOOD = Example('{"vmAgent": {"vmAgentVersion": "2.7.41491.1010"}}')
BAD = Example('{"vmAgent": {"vmagentVersion": "2.7.41491.1010"}}')


def check(site: Site) -> Iterator[Found]:
    """Yield the member that resembles a documented name; it is a warning if several are as near or it is there too."""
    names = site.element.names_at(site.scope.api_version)
    near = nearest(site.name, names) or nearest(site.name, tuple(site.element.children))
    if not near:
        return
    rivals = len(near) > 1
    is_there = isinstance(site.holder, dict) and near[0] in site.holder
    hint = f'rename it to "{near[0]}"'
    if rivals:
        hint = "use the documented name"
    elif is_there:
        hint = f'remove it; the object also has "{near[0]}"'
    yield Found(
        site.path,
        f"unknown member {{name}}; did you mean {'one of: {allowed}' if rivals else '{meant}'}?",
        site.value,
        near,
        facts={"name": site.name, "meant": near[0]},
        hint=hint,
        severity=Severity.WARNING if rivals or is_there else None,
        spot="key",
    )


RULE: Rule = Rule(
    "misspelt-element",
    Severity.ERROR,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("extra",),
    check,
    follows="removed-element",
)
