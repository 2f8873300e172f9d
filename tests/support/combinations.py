"""Combinations of states, members and times in one document: the predicates of the rows of `data/combinations.csv`.

A row has the number of captured documents (of times, where it speaks of times) that show the combination. What captures
show must be generated, what none shows must not.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from checkout import DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_NEAR = 0.07
"""Seconds between the times of a disk and of the deallocation, at most: true of all 131 captures."""
_NAMES = {"osName", "osVersion", "computerName"}
_UNTIMED = {"PowerState", "OSState", "ColocationStatus", "EncryptionState"}


class Combination(NamedTuple):
    """A row: what occurs together, and in how many captured documents."""

    name: str
    about: str
    captured: int


def combinations() -> list[Combination]:
    """Return the rows in the order of their file."""
    with (DATA / "combinations.csv").open(newline="") as file:
        return [Combination(row["name"], row["combination"], int(row["captured"])) for row in csv.DictReader(file)]


def counted(documents: Iterable[tuple[str, dict[str, Any]]]) -> Counter[str]:
    """Return how often each combination occurs in documents, each given with its kind."""
    return Counter(name for kind, document in documents for name in shown(kind, document))


def shown(kind: str, document: dict[str, Any]) -> Iterator[str]:
    """Yield the name of each combination that a document shows, once for each time where the row counts times."""
    if kind == "vmss":
        yield from (name for name, holds in _OF_SCALE_SETS.items() if holds(ScaleSet(document)))
    else:
        machine = Machine(kind, document)
        yield from (name for name, holds in _OF_MACHINES.items() if holds(machine))
    yield from _of_times([str(value) for name, value in _leaves(document) if name.lower().endswith("time")])
    if any(value is None for _, value in _leaves(document)):
        yield "null"


def _leaves(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, name)
    else:
        yield name, value


def _of_times(times: list[str]) -> Iterator[str]:
    fractions = [len(found[1]) for found in (re.search(r"\.(\d+)", time) for time in times) if found]
    offsets = [found[0] for found in (re.search(r"([+-]\d\d:\d\d|Z)$", time) for time in times) if found]
    yield from ("fraction-shorter" for digits in fractions if 2 <= digits <= 6)
    yield from ("local-offset" for offset in offsets if offset not in {"+00:00", "Z"})
    if "Z" in offsets:
        yield "times-in-z"
    if len(set(offsets)) > 1:
        yield "offsets-differ"
    if any(digits == 1 or digits > 7 for digits in fractions):
        yield "fraction-of-one-digit"


class Machine:
    """What the predicates ask of a machine's document."""

    def __init__(self, kind: str, document: dict[str, Any]) -> None:
        """Read the document once."""
        self.kind = kind
        self.document = document
        self.statuses = document.get("statuses", [])
        self.order = [status["code"].split("/")[0] for status in self.statuses]
        self.power = _after(self.statuses, "PowerState")
        self.provisioning = _after(self.statuses, "ProvisioningState")
        self.agent = document.get("vmAgent")
        self.reports = (self.agent or {}).get("statuses", [])
        self.ready = _has(self.reports, "succeeded")
        self.not_ready = _has(self.reports, "unavailable")
        self.handlers = (self.agent or {}).get("extensionHandlers")
        self.extensions = document.get("extensions", [])
        self.results = [status for extension in self.extensions for status in extension.get("statuses", ())]
        self.disks = document.get("disks", [])
        self.encryption = [_after(disk.get("statuses", ()), "EncryptionState") for disk in self.disks]

    def settings(self, state: str) -> list[list[dict[str, Any]]]:
        """Return the encryption settings of each disk in an encryption state."""
        disks = zip(self.disks, self.encryption, strict=True)
        return [disk.get("encryptionSettings", []) for disk, of in disks if of == state]

    def ended(self) -> str:
        """Return the time of the ProvisioningState, empty without one."""
        return next((each.get("time", "") for each in self.statuses if "Provisioning" in each["code"]), "")

    def reported(self) -> float:
        """Return the seconds from the end of the operation to the agent's report, 0 where one has no time."""
        report = next((each.get("time", "") for each in self.reports), "")
        return _seconds(self.ended(), report) if self.ended() and report else 0

    def changed(self) -> list[float]:
        """Return the seconds between the end of the operation and each time of a disk."""
        times = [each["time"] for disk in self.disks for each in disk.get("statuses", ()) if "time" in each]
        return [abs(_seconds(self.ended(), time)) for time in times] if self.ended() else []

    def messages(self) -> set[str]:
        """Return the messages of the agent."""
        return {each.get("message", "") for each in self.reports}

    def with_handlers(self) -> list[tuple[str, str]]:
        """Return the code of each extension with the code of its handler, folded."""
        codes = {handler["type"]: handler["status"]["code"].lower() for handler in self.handlers or ()}
        return [
            (extension["statuses"][0]["code"].lower(), codes.get(extension.get("type", ""), ""))
            for extension in self.extensions
            if extension.get("statuses")
        ]

    def timed_states(self) -> bool:
        statuses = [*self.statuses, *(status for disk in self.disks for status in disk.get("statuses", ()))]
        timed = [status["code"].split("/")[0] in _UNTIMED for status in statuses if "time" in status]
        return any(timed) or any("time" in handler["status"] for handler in self.handlers or ())


class ScaleSet:
    """What the predicates ask of a scale set's document."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Read the document once."""
        self.status = document["statuses"][0]
        self.code = self.status["code"].lower()
        self.machines = document.get("virtualMachine", {}).get("statusesSummary", [])
        self.extensions = [each.get("statusesSummary", []) for each in document.get("extensions", ())]
        self.summaries = [self.machines, *self.extensions]

    def is_done_before(self, summary: list[dict[str, Any]]) -> bool:
        """Return True if the scale set succeeded and something counted did not."""
        return self.code.endswith("/succeeded") and any(each["code"].lower() != self.code for each in summary)


def _after(statuses: Iterable[dict[str, Any]], category: str) -> str:
    """Return the folded rest of the code after a category, empty without a status of it."""
    found = (status["code"].partition("/") for status in statuses)
    return next((rest.lower() for name, _, rest in found if name == category), "")


def _has(statuses: Iterable[dict[str, Any]], state: str) -> bool:
    return any(status["code"].lower().split("/")[1] == state for status in statuses)


def _seconds(first: str, second: str) -> float:
    return (datetime.fromisoformat(second) - datetime.fromisoformat(first)).total_seconds()


def _sum(summary: list[dict[str, Any]]) -> int:
    return sum(each["count"] for each in summary)


_SET_UP = "succeeded/osprovisioninginprogress"

_OF_MACHINES: dict[str, Callable[[Machine], bool]] = {
    "os-state-first": lambda m: m.order[:2] == ["OSState", "ProvisioningState"],
    "os-state-last": lambda m: "PowerState" in m.order[:-1] and m.order[-1] == "OSState",
    "os-state-second": lambda m: m.order == ["ProvisioningState", "OSState", "PowerState"],
    "no-power-state": lambda m: not m.power,
    "os-in-progress": lambda m: m.provisioning == _SET_UP,
    "os-in-progress-without-agent": lambda m: m.provisioning == _SET_UP and m.agent is None,
    "os-in-progress-aligned": lambda m: "inprogress" in m.provisioning and "ColocationStatus" in m.order,
    "succeeded-starting": lambda m: (m.provisioning, m.power) == ("succeeded", "starting"),
    "updating-starting": lambda m: (m.provisioning, m.power) == ("updating", "starting"),
    "stopped-reported-before": lambda m: m.power == "stopped" and m.ready and m.reported() < 0,
    "stopped-reported-after": lambda m: m.power == "stopped" and m.ready and m.reported() > 0,
    "running-reported-before": lambda m: m.power == "running" and m.ready and m.reported() < 0,
    "deallocated-with-agent": lambda m: m.power == "deallocated" and m.agent is not None,
    "stopped-without-agent": lambda m: m.power == "stopped" and m.agent is None,
    "running-without-agent": lambda m: (
        m.power == "running" and m.agent is None and not m.provisioning.startswith("creating")
    ),
    "os-name-without-ready": lambda m: "osName" in m.document and not m.ready,
    "agent-text-succeeded": lambda m: any(each.get("displayStatus") == "Succeeded" for each in m.reports),
    "agent-without-message": lambda m: any("message" not in each for each in m.reports),
    "extension-name-only": lambda m: any(list(each) == ["name"] for each in m.extensions),
    "extension-failed-alone": lambda m: m.provisioning == "succeeded" and _has(m.results, "failed"),
    "extension-failed-vm-failed": lambda m: (
        m.provisioning == "failed/vmextensionprovisioningerror" and _has(m.results, "failed")
    ),
    "extension-transitioning-os-complete": lambda m: (
        m.provisioning == "creating/osprovisioningcomplete" and _has(m.results, "transitioning")
    ),
    "extension-without-message": lambda m: any("message" not in each for each in m.results),
    "message-empty": lambda m: any(
        each.get("message") == "" for each in (*m.results, *(handler["status"] for handler in m.handlers or ()))
    ),
    "encrypted-without-settings": lambda m: [] in m.settings("encrypted"),
    "encrypted-two-settings": lambda m: any(len(each) > 1 for each in m.settings("encrypted")),
    "encryption-reported-for-some": lambda m: len(set(map(bool, m.encryption))) > 1,
    "disks-empty": lambda m: m.document.get("disks") == [],
    "update-domain-alone": lambda m: "platformUpdateDomain" in m.document and "platformFaultDomain" not in m.document,
    "scale-set-vm-without-domains": lambda m: (
        m.kind == "vmss-vm" and not {"platformUpdateDomain", "platformFaultDomain"} & m.document.keys()
    ),
    "deallocated-placement-group": lambda m: m.power == "deallocated" and "placementGroupId" in m.document,
    "disk-time-equal": lambda m: m.power == "deallocated" and 0 in m.changed(),
    "disk-time-near": lambda m: m.power == "deallocated" and any(each <= _NEAR for each in m.changed()),
    "category-twice": lambda m: len(set(m.order)) < len(m.order),
    "ended-not-timed": lambda m: bool(m.ended()) != m.provisioning.startswith(("succeeded", "failed")),
    "state-timed": Machine.timed_states,
    "agent-statuses-more": lambda m: m.agent is not None and len(m.reports) != 1,
    "not-ready-with-more": lambda m: (
        m.not_ready and (m.handlers is not None or (m.agent or {}).get("vmAgentVersion") != "Unknown")
    ),
    "not-ready-before": lambda m: m.not_ready and m.reported() < -1,
    "names-in-part": lambda m: 0 < len(_NAMES & m.document.keys()) < len(_NAMES),
    "extension-statuses-more": lambda m: any(len(each.get("statuses", ())) > 1 for each in m.extensions),
    "extension-unreported-elsewhere": lambda m: (
        m.ready and m.provisioning != "updating" and any(not each.get("statuses") for each in m.extensions)
    ),
    "handlers-of-others": lambda m: (
        sorted(handler["type"].lower() for handler in m.handlers or ())
        != sorted(extension["type"].lower() for extension in m.extensions if "statuses" in extension)
    ),
    "extensions-while-set-up": lambda m: "/os" in m.provisioning and bool(m.extensions),
    "encrypted-disabled": lambda m: any(
        each and not (each[0]["enabled"] and "diskEncryptionKey" in each[0]) for each in m.settings("encrypted")
    ),
    "os-in-progress-ready": lambda m: m.provisioning.startswith("succeeded/os") and m.ready,
    "stopped-not-ready": lambda m: m.power == "stopped" and m.not_ready,
    "agent-unresponsive": lambda m: "VM Agent is unresponsive." in m.messages(),
    "agent-waits": lambda m: "GuestAgent is running and waiting for network issue to be resolved." in m.messages(),
    "agent-version-named": lambda m: str((m.agent or {}).get("vmAgentVersion")).startswith("WALinuxAgent-"),
    "handlers-empty": lambda m: m.handlers == [],
    "handlers-absent-ready": lambda m: m.ready and m.handlers is None,
    "handler-not-ready": lambda m: any("succeeded" in of and "notready" in by for of, by in m.with_handlers()),
    "extension-at-work": lambda m: m.provisioning == "succeeded" and _has(m.results, "transitioning"),
    "extension-at-work-updating": lambda m: m.provisioning == "updating" and _has(m.results, "transitioning"),
    "encryption-turned-off": lambda m: any(each and not each[0]["enabled"] for each in m.settings("notencrypted")),
    "encryption-mixed": lambda m: {"encrypted", "notencrypted"} <= set(m.encryption),
    "diagnostics-empty": lambda m: m.document.get("bootDiagnostics") == {},
    "diagnostics-failed": lambda m: "status" in m.document.get("bootDiagnostics", {}),
    "disks-absent": lambda m: "disks" not in m.document,
    "maintenance-completed": lambda m: "MaintenanceCompleted" in str(m.document.get("maintenanceRedeployStatus")),
    "generalized-stopped": lambda m: _has(m.statuses, "generalized") and m.power == "stopped",
    "specialized": lambda m: _has(m.statuses, "specialized"),
    "status-after-power": lambda m: "PowerState" in m.order[:-1],
    "fault-domain-alone": lambda m: "platformFaultDomain" in m.document and "platformUpdateDomain" not in m.document,
}

_OF_SCALE_SETS: dict[str, Callable[[ScaleSet], bool]] = {
    "scale-set-done-machine-not": lambda s: s.is_done_before(s.machines),
    "summary-longer": lambda s: len(s.extensions) > 2 or any(len(each) > 2 for each in s.summaries),
    "summary-sums-differ": lambda s: any(_sum(each) != _sum(s.machines) for each in s.extensions),
    "count-of-none": lambda s: any(each["count"] == 0 for summary in s.summaries for each in summary),
    "scale-set-without-extensions": lambda s: not s.extensions,
    "scale-set-untimed": lambda s: "time" not in s.status,
    "scale-set-done-extension-not": lambda s: any(map(s.is_done_before, s.extensions)),
    "states-counted": lambda s: len(s.machines) > 1,
}
