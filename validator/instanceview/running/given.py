"""The values of choices from Python, checked: limits, severities and names of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from instanceview import rules
from instanceview.model.limits import DEFAULTS, MOST_LEVELS, Limits
from instanceview.model.names import known
from instanceview.model.severity import Severity
from instanceview.model.text import one_line

if TYPE_CHECKING:
    from instanceview.literals import RuleName, SeverityName

_SEVERITIES = tuple(severity.value for severity in reversed(Severity))


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


def severities(given: Mapping[RuleName, SeverityName | Severity] | None) -> dict[str, Severity]:
    """Return the severities that a caller gives rules; raises as `severity_of` and `rule_names` do."""
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
