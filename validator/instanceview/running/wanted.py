"""The choices of a caller: the wanted findings, the other things to keep or count, and the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.pointer import element_name
from instanceview.rules import off_by_default
from instanceview.rules.site import OFF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.model.severity import Severity
    from instanceview.places.spans import Path
    from instanceview.rules.site import Hook


class Selection(NamedTuple):
    """The findings that a caller wants: by rule, with changed severities, and at most `most` of them.

    `select` is None for every rule that is not off by default; `extend` names further rules. `most` is None for
    every finding. `once` checks repeated documents of a recording only once. `ignored` is a predicate on the
    file, the rule and the element of a finding: True if it is not wanted.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = {}
    most: int | None = None
    once: bool = True
    ignored: Callable[[str, str, str], bool] | None = None
    extend: frozenset[str] = frozenset()

    def wants(self, rule: str) -> bool:
        """Return True if findings of a rule are reported at all."""
        if rule in self.ignore:
            return False
        if rule in self.extend:
            return True
        if self.select is None:
            return not any(rule in names for names in off_by_default().values())
        return rule in self.select

    def families(self) -> tuple[Hook, ...]:
        """Return the families of rules off by default from which at least one rule is wanted."""
        named = self.extend | (self.select or frozenset())
        return tuple(family for family in OFF if named & off_by_default()[family]) if named else ()

    def severity_of(self, file: str, rule: str, severity: Severity, path: Path) -> Severity | None:
        """Return the severity that the caller gives a finding, None if it is not wanted.

        The finding is of a rule, with its usual severity, at a path in a file.
        """
        if not self.wants(rule) or (self.ignored and self.ignored(file, rule, element_name(path))):
            return None
        return self.severities.get(rule, severity)


class Wanted(NamedTuple):
    """The choices of a caller: the engine, the findings to keep, what else to keep or to count, and the limits.

    `keep_documents` keeps the place of each document, even of conformant ones, in about 300 bytes each.
    """

    engine_name: str = "compiled"
    selection: Selection = Selection()
    keep_documents: bool = False
    statistics: bool = False
    coverage: bool = False
    limits: Limits = DEFAULTS
