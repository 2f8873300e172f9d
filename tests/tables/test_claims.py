"""The sentences of the tables hold on the captured documents: whose time a status has, and when a member is absent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hazards import captured

from instanceview import vocabulary
from instanceview.model.document import Document
from instanceview.reading.inputs import read_path
from instanceview.tables.status_code import StatusCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    View = Mapping[str, Any]

OFF = {"stopping", "stopped", "deallocating", "deallocated"}
SETUP = {"osName", "osVersion", "computerName"}


@pytest.fixture(scope="module")
def machines(shared: Path) -> list[View]:
    return [*captured(shared, "vm").values(), *captured(shared, "vmss-vm").values()]


def _state(statuses: Any, category: str) -> str:  # noqa: ANN401 (of a document)
    """Return the folded state of a category, empty without one."""
    codes = [StatusCode.parse(status["code"]) for status in statuses or ()]
    return next((code.state.lower() for code in codes if code.category == category), "")


def _power(view: View) -> str:
    return _state(view.get("statuses"), "PowerState")


def _says(view: View) -> str:
    """Return the state that the agent's status has, empty without an agent."""
    return _state(view.get("vmAgent", {}).get("statuses"), "ProvisioningState")


def _time(statuses: Any) -> datetime | None:  # noqa: ANN401 (of a document)
    """Return the time of the provisioning state in a list of statuses, None without one."""
    found = [each for each in statuses or () if each["code"].startswith("ProvisioningState/") and "time" in each]
    return datetime.fromisoformat(found[0]["time"]) if found else None


def _about(place: str, code: str) -> str:
    return next(each.about for each in vocabulary(place=place) if each.code == code)  # type: ignore[arg-type]


def test_as_many_ready_agents_are_of_machines_that_are_off_as_the_tables_say(machines: list[View]) -> None:
    ready = [view for view in machines if _says(view) == "succeeded"]
    off = [view for view in ready if _power(view) in OFF]
    said = f"{len(off)} of {len(ready):,} captured VMs"
    assert said in _about("vmAgent.statuses", "ProvisioningState/succeeded")
    # A last report: it is older than the end of the operation that switched the machine off.
    assert all(_time(view["vmAgent"]["statuses"]) < _time(view["statuses"]) for view in off)  # type: ignore[operator]


def test_the_time_of_an_agent_that_is_not_ready_is_that_of_the_answer(shared: Path) -> None:
    ages = []
    for path in sorted((shared / "captures" / "containers").iterdir()):
        for each in read_path(path):
            if isinstance(each, Document) and isinstance(each.body, dict) and _says(each.body) == "unavailable":
                time = _time(each.body["vmAgent"]["statuses"])
                assert time
                assert each.answered_at
                ages.append(abs((datetime.fromisoformat(each.answered_at) - time).total_seconds()))
    assert len(ages) >= 20
    assert max(ages) <= 1


def test_the_time_of_a_disk_is_that_of_the_deallocation(machines: list[View]) -> None:
    gaps = [
        abs((_time(view["statuses"]) - _time(disk["statuses"])).total_seconds())  # type: ignore[operator]
        for view in machines
        if _power(view) == "deallocated"
        for disk in view["disks"]
    ]
    assert len(gaps) > 130
    assert max(gaps) < 0.07


def test_as_many_encrypted_disks_are_still_at_work_as_the_tables_say(machines: list[View]) -> None:
    encrypted = [
        view
        for view in machines
        for disk in view.get("disks", ())
        if _state(disk.get("statuses"), "EncryptionState") == "encrypted"
    ]
    at_work = [view for view in encrypted if any(map(_is_encrypting, view.get("extensions", ())))]
    assert f"{len(at_work)} of {len(encrypted)} captured disks" in _about("disks.statuses", "EncryptionState/encrypted")


def _is_encrypting(extension: View) -> bool:
    said = [*extension.get("statuses", ()), *extension.get("substatuses", ())]
    messages = [str(status.get("message")) for status in said]
    return any("EncryptionInProgress" in text or "Preparing machine for bitlocker" in text for text in messages)


def test_settings_that_ask_for_no_encryption_are_beside_no_encrypted_disk(machines: list[View]) -> None:
    disks = [disk for view in machines for disk in view.get("disks", ()) if "encryptionSettings" in disk]
    for disk in disks:
        (settings,) = disk["encryptionSettings"]
        assert settings["enabled"] is (_state(disk["statuses"], "EncryptionState") == "encrypted")
        assert ("diskEncryptionKey" in settings) is settings["enabled"]
    assert len(disks) > 50


def test_an_agent_that_is_not_ready_says_little_else(machines: list[View]) -> None:
    for view in machines:
        agent, is_ready = view.get("vmAgent"), _says(view) == "succeeded"
        assert is_ready or not SETUP & view.keys()
        if agent:
            assert len(agent["statuses"]) == 1
            assert (agent["vmAgentVersion"] == "Unknown") is not is_ready
            assert is_ready or "extensionHandlers" not in agent


def test_a_machine_without_an_agent_is_deallocated_or_being_created(machines: list[View]) -> None:
    without = [view for view in machines if "vmAgent" not in view]
    deallocated = [view for view in machines if _power(view) == "deallocated"]
    for view in without:
        assert _power(view) in OFF or _state(view["statuses"], "ProvisioningState") == "creating"
    assert len([view for view in deallocated if "vmAgent" not in view]) * 2 > len(deallocated)


def test_an_extension_has_one_status_or_a_name_alone(machines: list[View]) -> None:
    alone = 0
    for view in machines:
        for extension in view.get("extensions", ()):
            if "statuses" in extension:
                assert len(extension["statuses"]) == 1
                continue
            alone += 1
            assert set(extension) == {"name"}
            assert _says(view) == "unavailable" or _state(view["statuses"], "ProvisioningState") == "updating"
    assert alone > 10


def test_planned_maintenance_remains_after_it_is_completed(machines: list[View]) -> None:
    found = [view["maintenanceRedeployStatus"] for view in machines if "maintenanceRedeployStatus" in view]
    assert {each["lastOperationResultCode"] for each in found} == {"MaintenanceCompleted"}


def test_a_code_has_a_time_always_or_never_as_the_tables_say(shared: Path) -> None:
    said: dict[tuple[str, str, str], set[str | None]] = {}
    for code in vocabulary():
        for kind in code.kinds:
            said.setdefault((kind, code.place, code.code.lower()), set()).add(code.time)
    seen = 0
    for kind in ("vm", "vmss-vm", "vmss"):
        for view in captured(shared, kind).values():
            for place, status in _statuses("", view):
                time = said.get((kind, place, status["code"].lower()), {None})
                assert not ("time" in status and "never" in time), (place, status)
                assert not ("time" not in status and "always" in time), (place, status)
                seen += time != {None}
    assert seen > 10_000


def _statuses(path: str, value: object) -> Iterator[tuple[str, View]]:
    """Yield each status in a value, with the path of its place."""
    if isinstance(value, list):
        for item in value:
            yield from _statuses(path, item)
    elif isinstance(value, dict):
        if "code" in value and "count" not in value:
            yield path, value
        for name, item in value.items():
            yield from _statuses(f"{path}.{name}" if path else name, item)


def test_a_scale_set_has_one_status_and_its_machines_may_differ(shared: Path) -> None:
    views = list(captured(shared, "vmss").values())
    assert {len(view["statuses"]) for view in views} == {1}
    done = [view for view in views if _state(view["statuses"], "ProvisioningState") == "succeeded"]
    counted = [
        {_state([row], "ProvisioningState") for row in view["virtualMachine"]["statusesSummary"]} for view in done
    ]
    assert any(states - {"succeeded"} for states in counted)
