"""The rule `duplicate-name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.pointer import pointer
from instanceview.model.severity import Severity
from instanceview.rules.quiet import Distinct, Fewer
from instanceview.rules.rule import Example, Found, Rule
from instanceview.rules.site import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "Two items of a list have the same name."
WHY = "Disks and extensions are identified by name, and handlers by type; Azure ignores the case of these names."
GOOD = Example('{"disks": [{"name": "system"}, {"name": "data"}]}')
BAD = Example('{"disks": [{"name": "data"}, {"name": "data"}]}')


def check(site: Site) -> Iterator[Found]:
    """Yield every name that an earlier item of the list has."""
    if not isinstance(site.value, list) or len(site.value) < 2:  # noqa: PLR2004 (two make a pair)
        return
    member = next(name for name in NAMES if name in site.element.children)
    names = [item.get(member) if isinstance(item, dict) else None for item in site.value]
    folded = [name.lower() if isinstance(name, str) else None for name in names]
    if len(set(folded)) == len(folded):
        return
    firsts: dict[str | None, int] = {}
    for index, name in enumerate(folded):
        first = firsts.setdefault(name, index)
        if name is not None and first < index:
            template = "{value}: duplicate {member!s}; first used at {at!s}"
            facts = {"member": member, "at": pointer((*site.path, first, member))}
            hint = "give each item its own name"
            yield Found((*site.path, index, member), template, names[index], facts=facts, hint=hint)


RULE: Rule = Rule(
    "duplicate-name",
    Severity.WARNING,
    SENTENCE,
    WHY,
    ("observed",),
    GOOD,
    BAD,
    ("named",),
    check,
    NAMES,
    quiet={"named": (Fewer(2), Distinct(NAMES))},
    follows="duplicate-status",
)
