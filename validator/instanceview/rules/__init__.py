"""The rules, in reading order; where several find something at one place, the first one has it.

A rule is loaded when something meets one of its hooks: a document without a fault meets half of them, and the command
line starts that much sooner.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from instanceview.rules.rule import Hook, Rule

    RULES: tuple[Rule, ...]

# The modules in reading order, each with the hooks that its rule names.
_HOOKS: dict[str, tuple[Hook, ...]] = {
    "duplicate_key": ("duplicate",),
    "placeholder": ("type", "pattern", "enum", "time", "code", "open", "text"),
    "wrong_type": ("type", "pattern"),
    "null_element": ("null",),
    "out_of_range": ("range",),
    "negative_number": ("number",),
    "value_not_allowed": ("enum",),
    "unknown_value": ("open",),
    "malformed_time": ("time",),
    "unset_time": ("time",),
    "missing_element": ("required",),
    "later_element": ("extra",),
    "removed_element": ("extra",),
    "misspelt_element": ("extra",),
    "undocumented_element": ("extra",),
    "page_only_element": ("member",),
    "service_only_element": ("member",),
    "domain_as_text": ("member",),
    "malformed_status_code": ("pattern",),
    "unknown_category": ("code",),
    "misplaced_category": ("code",),
    "unknown_state": ("code",),
    "status_code_case": ("code",),
    "status_without_code": ("status",),
    "level_contradicts_code": ("status",),
    "display_status_contradicts_code": ("status",),
    "conflicting_power_states": ("statuses",),
    "conflicting_provisioning_states": ("statuses",),
    "duplicate_status": ("statuses",),
    "duplicate_name": ("named",),
    "summary_count": ("document",),
    "agent_unavailable_version": ("document",),
    "extension_without_handler": ("document",),
    "handler_version_differs": ("document",),
    "deallocated_placement_group": ("document",),
    "secret_in_text": ("document",),
    "cli_output": ("written-by",),
    "unlisted_api_version": ("unlisted",),
}


@cache
def rules_for(hook: str) -> tuple[Rule, ...]:
    """Return the rules that are asked at a hook, in reading order.

    >>> [rule.name for rule in rules_for("time")]
    ['placeholder', 'malformed-time', 'unset-time']
    """
    return tuple(_loaded(module) for module, hooks in _HOOKS.items() if hook in hooks)


def _loaded(module: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{module}").RULE
    return rule


@cache
def _all() -> tuple[Rule, ...]:
    return tuple(map(_loaded, _HOOKS))


if not TYPE_CHECKING:  # with it, no checker of types would know a wrong name

    def __getattr__(name: str) -> object:
        """Return every rule as `RULES`, loaded when it is asked for."""
        if name == "RULES":
            return _all()
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
