"""The rules, in reading order; where several find something at one place, the first one has it.

A rule is loaded when something is asked at one of its hooks: a document without a fault needs half of them, and the
command line starts that much sooner.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from instanceview.rules import _reading_order

if TYPE_CHECKING:
    from instanceview.rules.rule import Rule

    RULES: tuple[Rule, ...]


@cache
def rules_for(hook: str) -> tuple[Rule, ...]:
    """Return the rules that are asked at a hook, in reading order.

    >>> [rule.name for rule in rules_for("time")]
    ['placeholder', 'malformed-time', 'unset-time']
    """
    return tuple(_loaded(module) for module, hooks in _reading_order.HOOKS.items() if hook in hooks)


def _loaded(module: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{module}").RULE
    return rule


@cache
def _all() -> tuple[Rule, ...]:
    return tuple(map(_loaded, _reading_order.HOOKS))


if not TYPE_CHECKING:  # with it, no checker of types would know a wrong name

    def __getattr__(name: str) -> object:
        """Return every rule as `RULES`, loaded when it is asked for."""
        if name == "RULES":
            return _all()
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
