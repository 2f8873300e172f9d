"""The rule `missing-element`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.names import nearest
from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "A required member is missing."
WHY = "The definitions require it, so clients read it without checking that it exists."
GOOD = Example(
    '{"disks": [{"encryptionSettings": [{"keyEncryptionKey": {"keyUrl": "https://v/keys/k", "sourceVault": {}}}]}]}'
)
BAD = Example('{"disks": [{"encryptionSettings": [{"keyEncryptionKey": {"keyUrl": "https://v/keys/k"}}]}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield the required member that is missing, at the object that lacks it; a misspelt one is not missing."""
    names = site.element.names_at(site.scope.api_version)
    children = site.element.children
    unknown = [str(name) for name in site.holder if name not in children] if isinstance(site.holder, dict) else []
    if any(nearest(name, names) == (site.name,) for name in unknown):
        return
    required = tuple(name for name in names if children[name].member.required)
    template = "required member {name} is missing; required here: {allowed}"
    yield Found(site.path, template, allowed=required, facts={"name": site.name}, spot="object")


RULE: Rule = Rule(
    "missing-element",
    Severity.ERROR,
    SENTENCE,
    WHY,
    ("service",),
    GOOD,
    BAD,
    ("required",),
    check,
    follows="unset-time",
)
