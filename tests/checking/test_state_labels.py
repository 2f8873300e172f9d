"""States of captured documents: forty labelled by reading, and how often each word comes out."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from captured import lines, real
from needs import RECORDED
from states import differences

from instanceview import MachineState, ScaleSetState
from instanceview.checking.machine_state import state_of
from instanceview.checking.machine_state.as_json import to_json
from instanceview.model.document import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MACHINES = ("vm", "vmss-vm")
LABELS = 40
COUNTS = {
    "power": {"running": 2551, "deallocated": 131, "stopped": 77, "unknown": 5, "starting": 3},
    "since": {
        "running False": 2551,
        "deallocated True": 131,
        "stopped False": 77,
        "unknown False": 5,
        "starting False": 3,
    },
    "provisioning": {"succeeded": 2726, "creating": 23, "updating": 18},
    "detail": {"None": 2611, "osProvisioningInProgress": 151, "osProvisioningComplete": 5},
    "os state": {"not reported": 2731, "generalized": 29, "specialized": 7},
    "agent": {
        "reporting Ready": 1915,
        "not reporting Not Ready": 636,
        "not reporting None": 133,
        "not reporting Ready": 83,
    },
    "age": {
        "reporting 0": 1752,
        "reporting 1-10": 78,
        "reporting 11-60": 60,
        "reporting 61-200": 23,
        "reporting more": 2,
        "not reporting 1-10": 27,
        "not reporting 11-60": 43,
        "not reporting 61-200": 13,
    },
    "newest": {"vmAgent": 2354, "statuses": 367, "disks": 45, "none": 1},
    "extension": {"succeeded": 346, "no status": 11, "transitioning": 8, "failed/1": 1},
    "handler": {"succeeded": 336, "NotReady": 13, "Installing": 6, "none": 11},
    "as last reported": {"True": 28, "False": 2739},
    "disk": {"not reported": 3344, "encrypted": 49, "not encrypted": 29},
    "health": {"not reported": 2765, "healthy": 2},
    "maintenance": {"not reported": 2756, "MaintenanceCompleted": 11},
    "colocation": {"not reported": 2758, "Aligned": 9},
    "hibernation": {"not reported": 2767},
    "migration": {"not reported": 2767},
    "patch": {"not reported": 2767},
    "boot diagnostics": {"not reported": 2765, "StorageAccountNotFound": 2},
    "ignored": {"False": 2767},
}
"""How often each word comes out on the captured machines."""
SCALE_SETS = {
    "provisioning": {"succeeded": 94, "updating": 2},
    "machines": {"succeeded": 248, "updating": 6},
    "extensions": {"succeeded": 125, "creating": 24, "updating": 3},
    "everything succeeded": {"True": 87, "False": 9},
}


def test_the_labels_come_out_exactly(shared: Path) -> None:
    labels = shared / "state" / "labels.json"
    if not labels.is_file():
        pytest.skip(RECORDED)
    rows = json.loads(labels.read_text("utf-8"))
    differ = {row["id"]: found for row in rows if (found := list(differences(row["expected"], labelled(shared, row))))}
    assert differ == {}
    assert len(rows) == LABELS


def labelled(shared: Path, row: dict[str, Any]) -> dict[str, Any]:
    """Return the state of a labelled document as JSON."""
    line = next(each for each in lines(shared, row["kind"]) if each["id"] == row["id"])
    return to_json(state_of(Document(line["document"], Origin("x"), row["kind"], row["apiVersion"])))


def test_each_word_comes_out_as_often_as_in_the_census(shared: Path) -> None:
    states = [state_of(document) for kind in MACHINES for document in real(shared, kind)]
    machines = [each for each in states if isinstance(each, MachineState)]
    found = {name: Counter[str]() for name in COUNTS}
    for machine in machines:
        for name, words in words_of(machine):
            found[name].update(map(str, words))
    assert found == COUNTS


def words_of(machine: MachineState) -> Iterator[tuple[str, Iterable[object]]]:
    """Yield the names of `COUNTS`, each with its words for a machine."""
    agent, extensions = machine.agent, machine.extensions
    yield "power", [machine.power.word]
    yield "since", [f"{machine.power.word} {machine.power.since is not None}"]
    yield "provisioning", [machine.provisioning.word]
    yield "detail", [machine.provisioning.detail]
    yield "os state", [machine.os_state.word]
    yield "agent", [f"{agent.word} {agent.says}"]
    yield "age", [f"{agent.word} {bucket(agent.age)}"] if agent.says == "Ready" and agent.age is not None else []
    yield "newest", [machine.newest.pointer.split("/")[1] if machine.newest else "none"]
    yield "extension", ["/".join(filter(None, (each.word, each.detail))) for each in extensions]
    yield "handler", [each.handler.word if each.handler else "none" for each in extensions]
    yield "as last reported", [any(each.as_last_reported for each in extensions)]
    yield "disk", [each.word for each in machine.disks]
    yield "health", [machine.health.word]
    yield "maintenance", [machine.maintenance.word]
    yield "colocation", [machine.colocation.word]
    yield "hibernation", [machine.hibernation.word]
    yield "migration", [machine.migration.word]
    yield "patch", [machine.patch.word]
    yield "boot diagnostics", [machine.boot_diagnostics.word]
    yield "ignored", [bool(machine.ignored)]


def bucket(age: int) -> str:
    """Return the range of ages that one is in."""
    return "0" if not age else "1-10" if age <= 10 else "11-60" if age <= 60 else "61-200" if age <= 200 else "more"


def test_scale_sets_count_as_in_the_census(shared: Path) -> None:
    states = [state_of(document) for document in real(shared, "vmss")]
    found = {name: Counter[str]() for name in SCALE_SETS}
    for each in states:
        assert isinstance(each, ScaleSetState)
        words = [each.provisioning.word, *each.machines, *(word for of in each.extensions.values() for word in of)]
        found["provisioning"][each.provisioning.word] += 1
        found["machines"].update(each.machines)
        for counts in each.extensions.values():
            found["extensions"].update(counts)
        found["everything succeeded"][str(set(words) == {"succeeded"})] += 1
    assert found == SCALE_SETS
