"""The census behind the reasons of states is what captured documents count, by predicates of their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from captured import real

from instanceview.tables.catalog import tables_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

OFF = {"stopped", "deallocated"}
DISTINCT = {
    "PowerState": "no_power_state",
    "OSState": "no_os_state",
    "ColocationStatus": "no_colocation",
    "HibernationState": "no_hibernation",
    "MigrationPhase": "no_migration",
}


def states_in(view: Mapping[str, Any], category: str) -> list[str]:
    """Return the states of a category in the statuses of an object, folded."""
    codes = (status.get("code", "").split("/") for status in view.get("statuses") or [])
    return ["/".join(code[1:]).lower() for code in codes if code[0].lower() == category.lower()]


def power(view: Mapping[str, Any]) -> str:
    """Return the power state of a machine, empty without one."""
    return next(iter(states_in(view, "PowerState")), "")


def provisioning(view: Mapping[str, Any]) -> str:
    """Return the provisioning state of a machine without its detail."""
    return states_in(view, "ProvisioningState")[0].partition("/")[0]


def says_ready(view: Mapping[str, Any]) -> bool:
    """Return True if an agent's status says Ready."""
    return "vmAgent" in view and view["vmAgent"]["statuses"][0]["displayStatus"] == "Ready"


def handler_state(view: Mapping[str, Any], extension: Mapping[str, Any]) -> str:
    """Return the state of the handler of an extension's type, empty without one."""
    handlers = view.get("vmAgent", {}).get("extensionHandlers") or []
    kind = extension.get("type", "").lower()
    return next(
        (each["status"]["code"].split("/")[1] for each in handlers if kind and each["type"].lower() == kind), ""
    )


def is_at_work(view: Mapping[str, Any]) -> bool:
    """Return True if an extension for encryption has not ended its work."""
    texts = [
        status.get("message", "")
        for each in view.get("extensions") or []
        for status in [*(each.get("statuses") or []), *(each.get("substatuses") or [])]
    ]
    return any("EncryptionInProgress" in text or "Preparing machine for bitlocker" in text for text in texts)


def has_none(category: str, view: Mapping[str, Any]) -> bool:
    """Return True if a document has no status of a category."""
    return not states_in(view, category)


def without(name: str) -> Callable[[Mapping[str, Any]], bool]:
    """Return a predicate of documents that do not have a member."""
    return lambda view: name not in view


TOTALS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "succeeded": lambda view: provisioning(view) == "succeeded",
    "deallocated": lambda view: power(view) == "deallocated",
    "stopped": lambda view: power(view) == "stopped",
    "ready_agents": says_ready,
    "agents": lambda view: "vmAgent" in view,
    "without_agent": without("vmAgent"),
}
MACHINES: dict[str, Callable[[dict[str, Any]], bool]] = {
    **{name: partial(has_none, category) for category, name in DISTINCT.items()},
    "repeated_category": lambda view: any(
        len(set(states_in(view, each))) > 1 for each in (*DISTINCT, "ProvisioningState")
    ),
    "os_in_progress": lambda view: states_in(view, "ProvisioningState") == ["succeeded/osprovisioninginprogress"],
    "no_health": without("vmHealth"),
    "no_maintenance": without("maintenanceRedeployStatus"),
    "no_patch": without("patchStatus"),
    "no_boot_status": lambda view: "status" not in view.get("bootDiagnostics", {}),
    "ready_but_off": lambda view: says_ready(view) and power(view) in OFF,
    "not_ready": lambda view: "vmAgent" in view and not says_ready(view),
    "no_agent_deallocated": lambda view: "vmAgent" not in view and power(view) == "deallocated",
    "no_agent_stopped": lambda view: "vmAgent" not in view and power(view) == "stopped",
    "no_agent_creating": lambda view: "vmAgent" not in view and provisioning(view) == "creating",
    "no_agent_expected": lambda view: (
        "vmAgent" not in view and (power(view) in OFF or provisioning(view) == "creating")
    ),
    "no_agent_status": lambda view: "vmAgent" in view and not view["vmAgent"].get("statuses"),
    "no_extensions": lambda view: not view.get("extensions"),
}


def counted(views: Iterable[dict[str, Any]], tests: Mapping[str, Callable[[dict[str, Any]], bool]]) -> dict[str, int]:
    """Return how many documents each predicate is true of."""
    views = list(views)
    return {name: sum(map(test, views)) for name, test in tests.items()}


def of_extensions(views: list[dict[str, Any]]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the totals and the counts that are of extensions."""
    pairs = [(view, each) for view in views for each in view.get("extensions") or []]
    done = [(view, each) for view, each in pairs if states_in(each, "ProvisioningState")[:1] == ["succeeded"]]
    return {"extensions": len(pairs), "succeeded_extensions": len(done)}, {
        "no_extension_status": sum(not each.get("statuses") for _, each in pairs),
        "extension_disagrees": sum(len(set(states_in(each, "ProvisioningState"))) > 1 for _, each in pairs),
        "handler_not_ready": sum(handler_state(view, each) == "NotReady" for view, each in done),
    }


def of_disks(views: list[dict[str, Any]]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the totals and the counts that are of disks."""
    disks = [each for view in views for each in view.get("disks") or []]
    encrypted = [
        view for view in views for each in view.get("disks") or [] if "encrypted" in states_in(each, "EncryptionState")
    ]
    bare = [each for each in disks if not states_in(each, "EncryptionState")]
    asking = [each for each in bare if any(of.get("enabled") for of in each.get("encryptionSettings") or [])]
    return {"disks": len(disks), "encrypted_disks": len(encrypted)}, {
        "no_encryption": len(bare),
        "settings_alone": len(asking),
        "encryption_at_work": sum(map(is_at_work, encrypted)),
    }


def of_scale_sets(views: list[dict[str, Any]]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the totals and the counts that are of scale sets."""
    totals = [sum(each["count"] for each in view["virtualMachine"]["statusesSummary"]) for view in views]
    counts = [
        (total, sum(each["count"] for each in extension["statusesSummary"]))
        for view, total in zip(views, totals, strict=True)
        for extension in view.get("extensions") or []
    ]
    undone = [
        view
        for view in views
        if provisioning(view) == "succeeded"
        and any("succeeded" not in each["code"].lower() for each in view["virtualMachine"]["statusesSummary"])
    ]
    return {"scale_sets": len(views), "counted_extensions": len(counts)}, {
        "no_summary": sum(not view.get("virtualMachine", {}).get("statusesSummary") for view in views),
        "set_disagrees": sum(len(states_in(view, "ProvisioningState")) > 1 for view in views),
        "machine_not_done": len(undone),
        "extension_uncounted": sum(total != number for total, number in counts),
    }


def test_the_census_is_what_captures_count(shared: Path) -> None:
    vms, machines, sets = (
        [each.body for kind in kinds for each in real(shared, kind) if isinstance(each.body, dict)]
        for kinds in (["vm"], ["vm", "vmss-vm"], ["vmss"])
    )
    parts = [of_extensions(machines), of_disks(machines), of_scale_sets(sets)]
    totals = {"machines": len(machines), "vms": len(vms), **counted(machines, TOTALS)}
    counts = counted(machines, MACHINES)
    for more_totals, more_counts in parts:
        totals.update(more_totals)
        counts.update(more_counts)
    rows = tables_json()["states"]
    assert totals == {name: row["count"] for name, row in rows["totals"].items()}
    assert counts == {name: row["count"] for name, row in rows["census"].items()}
    assert {row["of"] for row in rows["census"].values()} == set(totals)
