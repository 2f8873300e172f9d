"""Spoilers: for each rule the ways to put exactly one fault into a document that conforms, which only that rule finds.

A spoiler looks at one documented place and yields every fault that it can make of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.generating.spoilers import across, codes, lists, members, values
from instanceview.rules import off_by_default

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.generating.spoilers.place import Spoiler

SPOILERS: Mapping[str, Spoiler] = {
    spoiler.__name__.replace("_", "-"): spoiler
    for spoiler in (
        members.duplicate_key,
        values.placeholder,
        values.wrong_type,
        values.null_element,
        values.out_of_range,
        values.negative_number,
        values.value_not_allowed,
        values.unknown_value,
        values.malformed_time,
        values.unset_time,
        members.missing_element,
        members.later_element,
        members.removed_element,
        members.misspelt_element,
        members.undocumented_element,
        members.page_only_element,
        members.service_only_element,
        values.domain_as_text,
        codes.malformed_status_code,
        codes.unknown_category,
        codes.misplaced_category,
        codes.unknown_state,
        codes.status_code_case,
        members.status_without_code,
        codes.level_contradicts_code,
        codes.display_status_contradicts_code,
        lists.conflicting_power_states,
        lists.conflicting_provisioning_states,
        lists.duplicate_status,
        lists.duplicate_name,
        across.summary_count,
        across.agent_unavailable_version,
        across.extension_without_handler,
        across.handler_version_differs,
        across.deallocated_placement_group,
        values.secret_in_text,
    )
}
"""The spoiler of each rule, in the reading order of the rules."""

UNDRAWN: Mapping[str, str] = {
    "client-output": "the output of a client is translated before a rule checks it",
    **dict.fromkeys(sorted(off_by_default()["fidelity"]), "it is off by default, and a document with it conforms"),
    "guessed-kind": "the kind of a spoiled document is given",
    "unlisted-api-version": "the api-version is in a request URL, which is not part of the document",
}
"""The rules without a spoiler, each with the reason why no document can have exactly that fault."""
