"""The choices of a check from Python, each with the name of its option of `instanceview check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.model.names import known, unknown
from instanceview.model.severity import Severity
from instanceview.running.given import extension, limits_given, rule_names, severities, severity_of
from instanceview.running.wanted import Selection, Wanted
from instanceview.tables.catalog import versions_for
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from instanceview.literals import ApiVersion, FamilyName, KindName, RuleName, SeverityName

    ExtensionName: TypeAlias = RuleName | FamilyName


class Selecting(TypedDict, total=False):
    """The choices by which documents are checked and findings are selected.

    `api_version` and `kind` override those of a URL or a recording. `select` names the only rules that are reported,
    `ignore` those that are not; `severity` gives rules another one. `extend_select` adds rules that are off by default,
    or all of a family of them, such as `fidelity`. `limits` are those of each file, such as `Limits(nesting=64)`. None
    is the same as to omit the choice.
    """

    api_version: ApiVersion | None
    kind: KindName | None
    select: RuleName | Iterable[RuleName] | None
    ignore: RuleName | Iterable[RuleName] | None
    extend_select: ExtensionName | Iterable[ExtensionName] | None
    severity: Mapping[RuleName, SeverityName | Severity] | None
    limits: Limits | None


class Choices(Selecting, total=False):
    """The choices of `Selecting`, and `fail_on`: the lowest severity that is not conformant, by default `error`."""

    fail_on: SeverityName | Severity | None


class Counting(Selecting, total=False):
    """The choices of `Selecting`, and two more counts.

    `statistics` counts findings by rule and element, status codes and api-versions; `coverage` counts what the
    documents have, as the conformance report shows it.
    """

    statistics: bool
    coverage: bool


class Chosen(NamedTuple):
    """Choices whose names were checked."""

    api_version: ApiVersion | None
    kind: KindName | None
    selection: Selection
    fail_on: Severity
    limits: Limits = DEFAULTS
    statistics: bool = False
    coverage: bool = False

    def wanted(self) -> Wanted:
        """Return the choices in the form for a tally."""
        return Wanted(selection=self.selection, statistics=self.statistics, coverage=self.coverage, limits=self.limits)


def chosen(choices: Choices | Counting, names: Iterable[str] = Choices.__annotations__) -> Chosen:
    """Return the choices in the form for a run, with every name checked.

    Raises UnknownNameError, with the nearest name, for an unknown kind, api-version, rule or severity; TypeError for a
    choice that does not exist, and for a name that is not a text; ValueError for an empty `select`.

    >>> chosen({"fail_on": "note", "ignore": ["unset-time"]}).selection.ignore
    frozenset({'unset-time'})
    """
    __tracebackhide__ = True
    given, counting = cast("Choices", choices), cast("Counting", choices)
    for name in given:
        if name not in names:
            raise TypeError(unknown("choice", name, tuple(names), f"known: {', '.join(names)}"))
    api_version, kind, select = given.get("api_version"), given.get("kind"), given.get("select")
    if kind is not None:
        known("kind", kind, KINDS)
    if api_version is not None:
        known("api-version", api_version, versions_for(api_version, kind))
    selection = Selection(
        None if select is None else rule_names("select", select),
        rule_names("ignore", given.get("ignore") or ()),
        severities(given.get("severity")),
        extend=extension("extend_select", given.get("extend_select") or ()),
    )
    if selection.select is not None and not selection.select:
        raise ValueError("select names no rule, so nothing would be reported; name a rule, or omit it")
    fail_on = given.get("fail_on")
    level = Severity.ERROR if fail_on is None else severity_of("fail_on", fail_on)
    counted = bool(counting.get("statistics")), bool(counting.get("coverage"))
    return Chosen(api_version, kind, selection, level, limits_given(given.get("limits")), *counted)
