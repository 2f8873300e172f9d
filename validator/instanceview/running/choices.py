"""The choices of a check from Python, each with the name of its option of `instanceview check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from instanceview import rules
from instanceview.model.limits import DEFAULTS, MOST_LEVELS, Limits
from instanceview.model.names import known, unknown
from instanceview.model.severity import Severity
from instanceview.model.text import one_line
from instanceview.running.wanted import Selection, Wanted
from instanceview.tables.catalog import versions_for
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from typing import TypeAlias

    from instanceview.literals import ApiVersion, FamilyName, KindName, RuleName, SeverityName

    ExtensionName: TypeAlias = RuleName | FamilyName

_SEVERITIES = tuple(severity.value for severity in reversed(Severity))


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
        _severities(given.get("severity")),
        extend=extension("extend_select", given.get("extend_select") or ()),
    )
    if selection.select is not None and not selection.select:
        raise ValueError("select names no rule, so nothing would be reported; name a rule, or omit it")
    fail_on = given.get("fail_on")
    level = Severity.ERROR if fail_on is None else severity_of("fail_on", fail_on)
    counted = bool(counting.get("statistics")), bool(counting.get("coverage"))
    return Chosen(api_version, kind, selection, level, limits_given(given.get("limits")), *counted)


def limits_given(given: Limits | None) -> Limits:
    """Return the limits that a caller gives, with their values checked.

    Raises TypeError for a value of a wrong type or below 0, and ValueError for a nesting outside its range.
    """
    if given is None:
        return DEFAULTS
    if not isinstance(given, Limits):
        raise _wrong("limits", given, "limits, such as Limits(nesting=64)")
    for name, value in given._asdict().items():
        kinds = (int, float) if name == "seconds" else int
        if isinstance(value, bool) or not isinstance(value, kinds) or not value >= 0:
            raise _wrong(f"limits: {name}", value, f"a {'number' if name == 'seconds' else 'whole number'}, 0 or more")
    if not 1 <= given.nesting <= MOST_LEVELS:
        message = f"limits: nesting takes a whole number from 1 to {MOST_LEVELS}; found {given.nesting}"
        raise ValueError(message)
    return given


def severity_of(choice: str, level: Severity | str) -> Severity:
    """Return a severity by its name; raises UnknownNameError, and for another type TypeError that names the choice."""
    if isinstance(level, Severity):
        return level
    if not isinstance(level, str):
        raise _wrong(choice, level, f'a severity, such as "{_SEVERITIES[0]}"')
    return Severity(known("severity", level, _SEVERITIES))


def _severities(given: Mapping[RuleName, SeverityName | Severity] | None) -> dict[str, Severity]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _wrong("severity", given, 'a mapping of rules to severities, such as {"unset-time": "error"}')
    levels = {rule: severity_of("severity", level) for rule, level in given.items()}
    rule_names("severity", levels)
    return levels  # type: ignore[return-value] # a literal is a str


def _wrong(choice: str, value: object, expected: str) -> TypeError:
    return TypeError(f"{choice} takes {expected}; found {one_line(repr(value))}")


def extension(choice: str, names: str | Iterable[str]) -> frozenset[str]:
    """Return the set of rules that names of rules and of families give; raises as `rule_names` does.

    >>> sorted(extension("extend_select", ["wrong-type", "fidelity"]))[:2]
    ['status-with-time', 'status-without-level']
    """
    families = rules.off_by_default()
    named = rule_names(choice, names, tuple(families))
    return named.difference(families).union(*(families[name] for name in named.intersection(families)))


def rule_names(choice: str, names: str | Iterable[str], others: tuple[str, ...] = ()) -> frozenset[str]:
    """Return names of rules as a set; a text has one name or several, with commas or white space between them.

    `others` are further names that are allowed. Raises UnknownNameError with the nearest name, and TypeError that names
    the choice for anything else.

    >>> sorted(rule_names("select", ["unknown-state, later-element", "null-element"]))
    ['later-element', 'null-element', 'unknown-state']
    """
    if not isinstance(names, Iterable) or isinstance(names, (bytes, bytearray)):
        raise _wrong(choice, names, 'names of rules, such as ["unset-time"]')
    texts = [names] if isinstance(names, str) else list(names)
    for text in texts:
        if not isinstance(text, str):
            raise _wrong(choice, text, 'names of rules, such as ["unset-time"]')
    wanted = frozenset(name for text in texts for name in text.replace(",", " ").split())
    if not wanted:  # most suites name none, and all rules together take a while to load
        return wanted
    all_names = (*(rule.name for rule in rules.RULES), *others)
    for name in sorted(wanted.difference(all_names)):
        known("rule", name, all_names, "instanceview explain")
    return wanted
