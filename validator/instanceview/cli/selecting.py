"""The selection of findings that options such as `--select`, `--ignore` and `--severity` ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.named_values import EXTENSION, RULE
from instanceview.model.names import UnknownNameError, known
from instanceview.model.severity import Severity
from instanceview.model.text import quote
from instanceview.rules.site import OFF
from instanceview.running.wanted import Selection

if TYPE_CHECKING:
    from instanceview.cli.value_types import NameType

SEVERITIES = tuple(severity.value for severity in reversed(Severity))


def selection_of(options: dict[str, Any]) -> Selection:
    """Return the selection of findings that the options ask for."""
    select = _rule_names("--select", options["select"])
    severities = dict(_severity(text) for text in options["severity"])
    ignore = _rule_names("--ignore", options["ignore"])
    extend = _extension(options["extend_select"])
    most, once = options["max_findings"], not options["no_dedupe"]
    return Selection(select or None, ignore, severities, most, once=once, extend=extend)


def _extension(values: tuple[str, ...]) -> frozenset[str]:
    if not values:
        return frozenset()
    from instanceview.running.given import extension  # most runs add none

    return extension("--extend-select", _rule_names("--extend-select", values, EXTENSION))


def _rule_names(option: str, values: tuple[str, ...], names_of: NameType = RULE) -> frozenset[str]:
    names = (name.strip() for value in values for name in value.split(","))
    return frozenset(_rule_name(option, name, names_of) for name in names if name)


def _rule_name(option: str, name: str, names_of: NameType = RULE) -> str:
    try:
        return names_of.convert(name, None, None)
    except click.BadParameter as error:
        words = name.split()
        rules = RULE.names(None) if len(words) > 1 else {}
        message = error.message
        if name in OFF:
            message = f"{quote(name)} is a family of rules; add it to the others with --extend-select {name}"
        elif rules and all(word in rules for word in words):
            message = f"{quote(name)} is several rules; separate them with commas"
        raise click.BadParameter(message, param_hint=option) from None


def _severity(text: str) -> tuple[str, Severity]:
    name, equals, level = text.partition("=")
    if not equals:
        message = f"expected RULE=LEVEL, found {quote(text)}; levels: {', '.join(SEVERITIES)}"
        raise click.BadParameter(message, param_hint="--severity")
    try:
        return _rule_name("--severity", name), Severity(known("severity", level.lower(), SEVERITIES))
    except UnknownNameError as error:
        raise click.BadParameter(f"{error}; write RULE=LEVEL", param_hint="--severity") from None
