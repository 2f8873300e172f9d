"""The finding about a document that a client printed: three of its names at most, the longest first."""

from __future__ import annotations

import pytest

from instanceview import check

CASES: tuple[tuple[dict[str, object], str], ...] = (
    (
        {"vm_agent": {"vm_agent_version": "2"}, "statuses": [{"code": "PowerState/running", "display_status": "a"}]},
        (
            'printed by the Python SDK, which writes "vm_agent_version", "display_status", "vm_agent"; '
            "the names of its models are translated"
        ),
    ),
    (
        {"VMAgent": {"VmAgentVersion": "2"}, "Statuses": [{"Code": "PowerState/running", "Level": 0}]},
        (
            'printed by PowerShell, which writes "VmAgentVersion", "Statuses", "VMAgent"; '
            "its names and numbers are translated, and what it adds or cuts off is not checked"
        ),
    ),
    (
        {"Statuses": {"value": [{"Code": "PowerState/running", "Level": 0}], "Count": 1}, "VMAgent": {}},
        (
            'printed by PowerShell, which writes "VMAgent", "Level", "Code"; '
            "its names and numbers are translated, and what it adds or cuts off is not checked"
        ),
    ),
    (
        {"VmAgent": {"VmAgentVersion": "2"}, "Statuses": [{"Code": "PowerState/running", "Level": "Info"}]},
        (
            'printed by .NET, which writes "VmAgentVersion", "Statuses", "VmAgent"; '
            "the names and numbers of its models are translated"
        ),
    ),
    (
        {"isVmInStandbyPool": True, "osName": "ubuntu", "statuses": [{"code": "PowerState/running"}]},
        (
            'printed by the az CLI, which writes "isVmInStandbyPool"; '
            "its null members and additionalProperties are not checked"
        ),
    ),
)


@pytest.mark.parametrize(("view", "message"), CASES, ids=[message[:30] for _, message in CASES])
def test_the_finding_says_who_wrote_it_by_its_names(view: dict[str, object], message: str) -> None:
    findings = check(view, kind="vm").findings
    assert [each.message for each in findings if each.rule == "client-output"] == [message]
