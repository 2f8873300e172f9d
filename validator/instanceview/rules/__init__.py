"""The rules, in reading order; where several find something at one place, the first one has it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from instanceview.rules import (
    agent_unavailable_version,
    cli_output,
    conflicting_power_states,
    conflicting_provisioning_states,
    deallocated_placement_group,
    display_status_contradicts_code,
    domain_as_text,
    duplicate_key,
    duplicate_name,
    duplicate_status,
    extension_without_handler,
    handler_version_differs,
    later_element,
    level_contradicts_code,
    malformed_status_code,
    malformed_time,
    misplaced_category,
    missing_element,
    misspelt_element,
    negative_number,
    null_element,
    out_of_range,
    page_only_element,
    placeholder,
    removed_element,
    secret_in_text,
    service_only_element,
    status_code_case,
    status_without_code,
    summary_count,
    undocumented_element,
    unknown_category,
    unknown_state,
    unknown_value,
    unlisted_api_version,
    unset_time,
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
    negative_number.RULE,
    value_not_allowed.RULE,
    unknown_value.RULE,
    malformed_time.RULE,
    unset_time.RULE,
    missing_element.RULE,
    later_element.RULE,
    removed_element.RULE,
    misspelt_element.RULE,
    undocumented_element.RULE,
    page_only_element.RULE,
    service_only_element.RULE,
    domain_as_text.RULE,
    malformed_status_code.RULE,
    unknown_category.RULE,
    misplaced_category.RULE,
    unknown_state.RULE,
    status_code_case.RULE,
    status_without_code.RULE,
    level_contradicts_code.RULE,
    display_status_contradicts_code.RULE,
    conflicting_power_states.RULE,
    conflicting_provisioning_states.RULE,
    duplicate_status.RULE,
    duplicate_name.RULE,
    summary_count.RULE,
    agent_unavailable_version.RULE,
    extension_without_handler.RULE,
    handler_version_differs.RULE,
    deallocated_placement_group.RULE,
    secret_in_text.RULE,
    cli_output.RULE,
    unlisted_api_version.RULE,
)
"""Every rule."""


@cache
def rules_for(hook: str) -> tuple[Rule, ...]:
    """Return the rules that are asked at a hook, in reading order.

    >>> [rule.name for rule in rules_for("time")]
    ['placeholder', 'malformed-time', 'unset-time']
    """
    return tuple(rule for rule in RULES if hook in rule.hooks)
