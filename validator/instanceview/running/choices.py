"""The choices of a check from Python: the same names everywhere, each as the option of `instanceview check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from instanceview import rules
from instanceview.model.names import known, unknown
from instanceview.model.severity import Severity
from instanceview.running.tally import Selection
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from instanceview.literals import ApiVersion, KindName, RuleName, SeverityName

_SEVERITIES = tuple(severity.value for severity in reversed(Severity))


class Selecting(TypedDict, total=False):
    """How documents are checked, and which findings are reported.

    `api_version` and `kind` go before those of a URL or a recording. `select` names the only rules that are reported,
    `ignore` those that are not; `severity` gives rules another one.
    """

    api_version: ApiVersion | None
    kind: KindName | None
    select: Iterable[RuleName] | None
    ignore: Iterable[RuleName]
    severity: Mapping[RuleName, SeverityName | Severity]


class Choices(Selecting, total=False):
    """The above, and `fail_on`: the severity from which a document is not conformant, by default `error`."""

    fail_on: SeverityName | Severity


class Chosen(NamedTuple):
    """Choices whose names are known."""

    api_version: ApiVersion | None
    kind: KindName | None
    selection: Selection
    fail_on: Severity


def chosen(choices: Choices | Selecting, names: Iterable[str] = Choices.__annotations__) -> Chosen:
    """Return the choices in the form that a run takes.

    Raises UnknownNameError, with the nearest name, for an unknown kind, api-version, rule or severity; TypeError for a
    choice that there is not, and for a name that is not a text; ValueError for an empty `select`.

    >>> chosen({"fail_on": "note", "ignore": ["unset-time"]}).selection.ignore
    frozenset({'unset-time'})
    """
    __tracebackhide__ = True
    given = cast("Choices", choices)
    for name in given:
        if name not in names:
            raise TypeError(unknown("choice", name, tuple(names), f"known: {', '.join(names)}"))
    api_version, kind, select = given.get("api_version"), given.get("kind"), given.get("select")
    if api_version is not None:
        known("api-version", api_version, api_versions())
    if kind is not None:
        known("kind", kind, KINDS)
    selection = Selection(
        None if select is None else rule_names(select),
        rule_names(given.get("ignore", ())),
        {rule: severity_of(level) for rule, level in given.get("severity", {}).items() if rule_names([rule])},
    )
    if selection.select is not None and not selection.select:
        raise ValueError("select names no rule, so nothing would be reported; name a rule, or omit it")
    return Chosen(api_version, kind, selection, severity_of(given.get("fail_on", Severity.ERROR)))


def severity_of(level: Severity | str) -> Severity:
    """Return a severity by its name; raises UnknownNameError."""
    return level if isinstance(level, Severity) else Severity(known("severity", level, _SEVERITIES))


def rule_names(names: Iterable[str]) -> frozenset[str]:
    """Return names of rules as a set; a text holds one or more, with commas or white space between.

    Raises UnknownNameError with the nearest name.

    >>> sorted(rule_names(["unknown-state, later-element", "null-element"]))
    ['later-element', 'null-element', 'unknown-state']
    """
    texts = [names] if isinstance(names, str) else names
    wanted = frozenset(name for text in texts for name in text.replace(",", " ").split())
    if not wanted:  # most suites name none, and all rules together take a while to load
        return wanted
    all_names = tuple(rule.name for rule in rules.RULES)
    for name in sorted(wanted.difference(all_names)):
        known("rule", name, all_names, "instanceview explain")
    return wanted
