"""The rules, in reading order: at one place the first rule that finds something reports it.

A rule is loaded when one of its hooks is first used. A document without a fault needs half of the rules, and the
command line starts sooner without the others.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from instanceview.rules import _reading_order
from instanceview.rules.site import OFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.rules.rule import Rule

    RULES: tuple[Rule, ...]


@cache
def rules_for(hook: str) -> tuple[Rule, ...]:
    """Return the rules that are asked at a hook, in reading order.

    >>> [rule.name for rule in rules_for("time")]
    ['placeholder', 'malformed-time', 'unset-time']
    """
    return tuple(_load_rule(module) for module, hooks in _reading_order.HOOKS.items() if hook in hooks)


@cache
def off_by_default() -> Mapping[str, frozenset[str]]:
    """Return the names of the rules that are off by default, by their family.

    >>> sorted(off_by_default()["fidelity"])[:2]
    ['status-with-time', 'status-without-level']
    """
    return {
        family: frozenset(name.replace("_", "-") for name, hooks in _reading_order.HOOKS.items() if family in hooks)
        for family in OFF
    }


@cache
def reading_order() -> Mapping[str, int]:
    """Return the position of each rule in reading order by its name; no rule is loaded for it.

    >>> reading_order()["duplicate-key"]
    0
    """
    return {module.replace("_", "-"): number for number, module in enumerate(_reading_order.HOOKS)}


def _load_rule(module: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{module}").RULE
    return rule


@cache
def _all() -> tuple[Rule, ...]:
    return tuple(map(_load_rule, _reading_order.HOOKS))


if not TYPE_CHECKING:  # mypy would take any name for an attribute of the module

    def __getattr__(name: str) -> object:
        """Return `RULES`, the tuple of every rule, which loads them all."""
        if name == "RULES":
            return _all()
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
