"""The rules in reading order, each with its hooks: derived by `python -m instanceview.derive`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.rules.site import Hook

HOOKS: Mapping[str, tuple[Hook, ...]] = {
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
    "client_output": ("written-by",),
    "unlisted_api_version": ("unlisted",),
    "guessed_kind": ("guessed",),
    "status_without_time": ("fidelity",),
    "status_with_time": ("fidelity",),
    "status_without_level": ("fidelity",),
    "status_without_text": ("fidelity",),
}
