"""Makes the parts of a document agree on one machine: its state, agent, extensions, names and times.

Captures are the source: no two parts are generated together that none of 2,767 machines and 96 scale sets has together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.generating.conform import power_state, reconcile, unshared
from instanceview.generating.family import AGREEING
from instanceview.generating.guest import is_ready, report
from instanceview.generating.known import known_status
from instanceview.generating.machine import guests, with_domains
from instanceview.generating.texts import of_kind
from instanceview.generating.times import clock
from instanceview.model.pointer import follow
from instanceview.tables.catalog import UNVERSIONED, api_versions
from instanceview.tables.descent import walk
from instanceview.tables.elements import tree
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from instanceview.generating.conform import Json
    from instanceview.generating.machine import Guest, Machine

_MOST_SUMMED = 2
"""The most extensions of a scale set, and the most states in a summary, in captures."""


def agree(document: Json, kind: str, api_version: str, machine: Machine) -> Json:
    """Return a document of this machine: with its names, times and versions, and without contradictions.

    The document is valid by its schema, has no nulls and only codes of the vocabulary; it is not changed.
    """
    body = unshared(document)
    guest = guests()[machine.guest]
    subject = KIND_VALUES[kind].subject
    if subject == "scale set":
        _limit_summaries(body, guest)
    elif subject in AGREEING:
        AGREEING[subject](body, guest, machine, api_version)
    elif subject == "machine":
        report(body, kind, guest, machine)
        if "platformFaultDomain" not in body:
            body.pop("platformUpdateDomain", None)
        body = with_domains(body, machine.number)
        _complete_disks(body, kind, machine)
        _keep_one_outcome(body)
    reconcile(body, kind, api_version)
    fill_in(body, kind, api_version, machine)
    return body


def _limit_summaries(body: Json, guest: Guest) -> None:
    """Name the extensions of a scale set, and keep only as many of them and of their states as captures show."""
    extensions: list[Json] = body.get("extensions", [])
    del extensions[_MOST_SUMMED:]
    for extension, of_guest in zip(extensions, guest.extensions, strict=False):
        extension["name"] = of_guest["name"]
    for holder in (body.get("virtualMachine", {}), *extensions):
        holder.get("statusesSummary", [])[_MOST_SUMMED:] = []


def _complete_disks(body: Json, kind: str, machine: Machine) -> None:
    """Name the disks, and give all or none an encryption state, with the settings that belong to it."""
    disks: list[Json] = body.get("disks", [])
    if not disks:
        body.pop("disks", None)
    for index, disk in enumerate(disks):
        disk["name"] = machine.fill(f"${{vm}}_data_{index}" if index else "${vm}_os")
        _fit_settings(disk)
    reported = [any("Encryption" in status["code"] for status in disk.get("statuses", ())) for disk in disks]
    for disk, has_state in zip(disks, reported, strict=True):
        if any(reported) and not has_state:
            state = known_status(kind, "disks.statuses", "EncryptionState/notEncrypted").status()
            disk["statuses"] = [*disk.get("statuses", [])[:1], state]


def _fit_settings(disk: Json) -> None:
    """Make the encryption settings and the encryption state of a disk agree, by removing what contradicts."""
    statuses: list[Json] = disk.get("statuses", [])
    codes = [status["code"] for status in statuses]
    settings = disk.pop("encryptionSettings", [])[:1]
    if "EncryptionState/encrypted" in codes:
        if settings and "diskEncryptionKey" in settings[0]:
            disk["encryptionSettings"] = [{**settings[0], "enabled": True}]
        else:
            statuses[:] = [status for status in statuses if status["code"] != "EncryptionState/encrypted"]
    elif settings and "EncryptionState/notEncrypted" in codes:
        disk["encryptionSettings"] = [{"enabled": False}]


def _keep_one_outcome(body: Json) -> None:
    """Remove the members of a failure beside a success, and those of a success beside a failure."""
    if "status" in body.get("bootDiagnostics", {}):
        body["bootDiagnostics"] = {"status": body["bootDiagnostics"]["status"]}
    maintenance: Json = body.get("maintenanceRedeployStatus", {})
    if maintenance.get("lastOperationResultCode") != "MaintenanceCompleted":
        maintenance.pop("lastOperationMessage", None)
    for name in ("availablePatchSummary", "lastPatchInstallationSummary"):
        summary: Json = body.get("patchStatus", {}).get(name, {})
        if summary.get("status", "Failed") != "Failed":
            summary.pop("error", None)


def fill_in(body: Json, kind: str, api_version: str, machine: Machine) -> None:
    """Fill in the names and every time of a document, in place."""
    guest = guests()[machine.guest]
    day = api_versions()[-1] if api_version == UNVERSIONED else api_version
    times = clock(machine, day, guest, power=power_state(body), ready=is_ready(body))
    for path, element, value in list(walk(tree(kind), api_version, body)):
        if not isinstance(value, str) and element.member.type != "any":
            continue
        holder: Any = follow(body, path)[0]
        timed = element.member.format == "date-time"
        holder[path[-1]] = times.text(of_kind(kind, element.path)) if timed else _filled(value, machine)


def _filled(value: object, machine: Machine) -> object:
    """Return a value of any type with the names of a machine filled into its texts."""
    if isinstance(value, str):
        return machine.fill(value)
    if isinstance(value, list):
        return [_filled(each, machine) for each in value]
    return {name: _filled(each, machine) for name, each in value.items()} if isinstance(value, dict) else value
