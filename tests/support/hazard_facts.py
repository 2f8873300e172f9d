"""The facts that hazard documents show: a predicate of each, to count the captured documents that have it.

A scale set differs from a machine, and some facts are about both. The counts are committed in
`generating/hazards/facts.json`, so that the package has them without the captures.
"""

from __future__ import annotations

from collections.abc import Callable

from seen import (
    OFF,
    View,
    agent,
    agent_message,
    detail,
    disks,
    encryption,
    extensions,
    fraction,
    handler_status,
    handlers,
    instant,
    is_not_ready,
    part,
    power,
    provisioning,
    says,
    states,
    status_of,
    summary,
    times,
    version,
)

Predicate = Callable[[View], bool]


def _codes(view: View) -> list[str]:
    return [each["code"] for each in view["statuses"]]


def _order(view: View) -> list[str]:
    return [part(code) for code in _codes(view)]


def _is_handler_failing(status: View) -> bool:
    code = status.get("code", "")
    return part(code, 1) == "notready" and len(part(code, 2)) == 4


def _is_no_status(extension: View) -> bool:
    return "statuses" not in extension


def _is_agent_older(view: View) -> bool:
    report, end = (status_of(each).get("time", "") for each in (view.get("vmAgent", {}), view))
    return bool(report and end) and instant(report) < instant(end)


def _of_extensions(view: View) -> list[View]:
    """Return the statuses of extensions and handlers."""
    own = [status for each in extensions(view) for status in each.get("statuses", ())]
    return own + [each["status"] for each in handlers(view)]


OF_MACHINES: dict[str, Predicate] = {
    "power-state-absent": lambda view: not power(view),
    "only-provisioning-state": lambda view: list(view) == ["statuses"],
    "os-state-first": lambda view: _order(view)[0] == "osstate",
    "os-state-second": lambda view: _order(view) == ["provisioningstate", "osstate", "powerstate"],
    "status-after-power-state": lambda view: "powerstate" in _order(view)[:-1],
    "third-status": lambda view: len(_codes(view)) == 3,
    "os-provisioning-in-progress-after-success": lambda view: (
        (provisioning(view), detail(view)) == ("succeeded", "osprovisioninginprogress")
    ),
    "os-provisioning-while-agent-ready": lambda view: bool(detail(view)) and agent(view) == "succeeded",
    "detail-in-third-segment": lambda view: bool(detail(view)),
    "provisioning-without-time": lambda view: "time" not in status_of(view),
    "power-state-without-time": lambda view: bool(power(view)) and "time" not in status_of(view, "PowerState"),
    "updating-while-running": lambda view: (provisioning(view), power(view)) == ("updating", "running"),
    "running-while-creating": lambda view: (provisioning(view), power(view)) == ("creating", "running"),
    "starting-after-success": lambda view: (provisioning(view), power(view)) == ("succeeded", "starting"),
    "agent-says-ready-while-off": lambda view: agent(view) == "succeeded" and power(view) in OFF,
    "agent-absent-while-on": lambda view: not agent(view) and power(view) in {"running", "starting"},
    "agent-absent-while-off": lambda view: not agent(view) and power(view) == "deallocated",
    "agent-not-ready-while-running": lambda view: agent(view) == "unavailable" and power(view) == "running",
    "agent-unresponsive": lambda view: agent_message(view) == "VM Agent is unresponsive.",
    "agent-time-of-the-answer": lambda view: agent(view) == "unavailable",
    "agent-older-than-operation": lambda view: (
        agent(view) == "succeeded" and power(view) == "running" and _is_agent_older(view)
    ),
    "agent-waits-for-network": lambda view: (
        agent(view) == "succeeded" and agent_message(view).endswith("waiting for network issue to be resolved.")
    ),
    "agent-version-unknown": lambda view: version(view) == "Unknown",
    "agent-version-with-name": lambda view: version(view).startswith("WALinuxAgent-"),
    "handlers-absent": lambda view: "vmAgent" in view and "extensionHandlers" not in view["vmAgent"],
    "handlers-empty": lambda view: view.get("vmAgent", {}).get("extensionHandlers") == [],
    "extensions-absent": lambda view: "extensions" not in view,
    "extension-without-status": lambda view: any(map(_is_no_status, extensions(view))),
    "extension-without-status-while-ready": lambda view: (
        agent(view) == "succeeded" and any(map(_is_no_status, extensions(view)))
    ),
    "extension-failed-provisioning-succeeded": lambda view: (
        provisioning(view) == "succeeded" and "failed" in map(provisioning, extensions(view))
    ),
    "extension-transitioning-provisioning-succeeded": lambda view: (
        provisioning(view) == "succeeded" and "transitioning" in map(provisioning, extensions(view))
    ),
    "handler-not-ready-extension-succeeded": lambda view: any(
        provisioning(each) == "succeeded" and is_not_ready(handler_status(view, each)) for each in extensions(view)
    ),
    "failure-at-level-info": lambda view: any(
        _is_handler_failing(each["status"])
        and each["status"]["level"] == "Info"
        and "failed" in each["status"]["message"]
        for each in handlers(view)
    ),
    "extensions-of-a-machine-that-is-off": lambda view: (
        power(view) in OFF and any("statuses" in each for each in extensions(view))
    ),
    "extension-message-empty": lambda view: any(each.get("message") == "" for each in _of_extensions(view)),
    "extension-name-is-not-its-type": lambda view: any(each["name"] != each.get("type") for each in extensions(view)),
    "disks-absent": lambda view: "disks" not in view,
    "encryption-not-reported": lambda view: bool(disks(view)) and not any(map(encryption, disks(view))),
    "encryption-turned-off": lambda view: "notencrypted" in map(encryption, disks(view)),
    "encryption-settings-disabled": lambda view: any(
        each.get("enabled") is False for disk in disks(view) for each in disk.get("encryptionSettings", ())
    ),
    "encryption-mixed": lambda view: {"encrypted", "notencrypted"} <= set(map(encryption, disks(view))),
    "encryption-enabled-not-done": lambda view: (
        "encrypted" in map(encryption, disks(view))
        and any(says(each, "EncryptionInProgress", "Preparing") for each in extensions(view))
    ),
    "boot-diagnostics-empty": lambda view: view.get("bootDiagnostics") == {},
    "boot-diagnostics-error": lambda view: "status" in view.get("bootDiagnostics", {}),
    "os-name-absent": lambda view: "osName" not in view,
    "update-domain-absent": lambda view: "platformUpdateDomain" not in view,
    "generalized-but-allocated": lambda view: (
        part(status_of(view, "OSState").get("code", ""), 1) == "generalized" and power(view) == "stopped"
    ),
    "maintenance-completed": lambda view: (
        view.get("maintenanceRedeployStatus", {}).get("lastOperationResultCode") == "MaintenanceCompleted"
    ),
    "whole-second-beside-fraction": lambda view: {0} < {min(fraction(each), 1) for each in times(view)},
    "newest-time-is-no-clock": lambda view: power(view) == "deallocated" and not agent(view),
    # The rest are narrower than a row of the list, each for one document.
    "agent-says-ready-while-deallocated": lambda view: agent(view) == "succeeded" and power(view) == "deallocated",
    "agent-says-ready-while-stopped": lambda view: agent(view) == "succeeded" and power(view) == "stopped",
    "agent-absent-while-creating-and-running": lambda view: (
        not agent(view) and (provisioning(view), power(view)) == ("creating", "running")
    ),
    "agent-not-ready-without-disks": lambda view: agent(view) == "unavailable" and "disks" not in view,
    "handler-failing-extension-succeeded": lambda view: any(
        provisioning(each) == "succeeded" and _is_handler_failing(handler_status(view, each))
        for each in extensions(view)
    ),
    "capital-succeeded-of-a-machine": lambda view: any("ProvisioningState/Succeeded" in each for each in _codes(view)),
}
"""The facts about machines by name."""

OF_SCALE_SETS: dict[str, Predicate] = {
    "scale-set-done-machine-not": lambda view: (
        provisioning(view) == "succeeded" and states(summary(view)) != {"succeeded"}
    ),
    "scale-set-done-extension-not": lambda view: (
        provisioning(view) == "succeeded" and any(states(summary(each)) != {"succeeded"} for each in extensions(view))
    ),
    "several-states-counted": lambda view: len(summary(view)) > 1,
    "scale-set-without-extensions": lambda view: "extensions" not in view,
    "scale-set-without-time": lambda view: "time" not in status_of(view),
    "scale-set-without-power": lambda view: not power(view),
    "capital-succeeded-of-a-scale-set": OF_MACHINES["capital-succeeded-of-a-machine"],
}
"""The facts about scale sets by name."""

OF_ANY: dict[str, Predicate] = {
    "capital-succeeded": OF_MACHINES["capital-succeeded-of-a-machine"],
    "local-offset": lambda view: any(each[-6:] != "+00:00" and each[-1] != "Z" for each in times(view)),
    "seven-digits": lambda view: 7 in map(fraction, times(view)),
    "no-time": lambda view: not any(times(view)),
}
"""The facts about both by name."""
