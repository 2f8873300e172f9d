"""The rules, in reading order; where several find something at one place, the first one has it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.rules import (
    conflicting_power_states,
    duplicate_key,
    later_element,
    level_contradicts_code,
    malformed_status_code,
    malformed_time,
    missing_element,
    misspelt_element,
    null_element,
    out_of_range,
    placeholder,
    removed_element,
    status_code_case,
    undocumented_element,
    unknown_category,
    unknown_state,
    unknown_value,
    value_not_allowed,
    wrong_type,
)

if TYPE_CHECKING:
    from instanceview.rule import Rule

RULES: tuple[Rule, ...] = (
    duplicate_key.RULE,
    placeholder.RULE,
    wrong_type.RULE,
    null_element.RULE,
    out_of_range.RULE,
    value_not_allowed.RULE,
    unknown_value.RULE,
    malformed_time.RULE,
    missing_element.RULE,
    later_element.RULE,
    removed_element.RULE,
    misspelt_element.RULE,
    undocumented_element.RULE,
    malformed_status_code.RULE,
    unknown_category.RULE,
    unknown_state.RULE,
    status_code_case.RULE,
    level_contradicts_code.RULE,
    conflicting_power_states.RULE,
)
"""Every rule."""


@cache
def rules_for(hook: str) -> tuple[Rule, ...]:
    """Return the rules that are asked at a hook, in reading order.

    >>> [rule.name for rule in rules_for("time")]
    ['placeholder', 'malformed-time']
    """
    return tuple(rule for rule in RULES if hook in rule.hooks)
