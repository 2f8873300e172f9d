"""The rule `duplicate-key`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.severity import Severity
from instanceview.rules.rule import Example, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.rules.site import Site

SENTENCE = "An object has the same key twice."
WHY = "Parsers differ in which value they keep; this report checks the last one."
GOOD = Example('{"platformFaultDomain": 0}')
BAD = Example('{"platformFaultDomain": 0, "platformFaultDomain": 1}')


def check(site: Site) -> Iterator[Found]:
    """Yield the key that an earlier member of its object has, with the place of the first."""
    line, column = site.first
    yield Found(
        site.path,
        "{name}: duplicate key; first used at {line!s}:{column!s}",
        site.value,
        facts={"name": site.name, "line": line, "column": column},
        hint="keep one of them",
        spot="repeat",
    )


RULE: Rule = Rule("duplicate-key", Severity.ERROR, SENTENCE, WHY, ("service",), GOOD, BAD, ("duplicate",), check)
