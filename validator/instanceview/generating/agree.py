"""Makes the parts of a document agree on one machine: its state, agent, extensions, names and times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.generating.conform import conform, power_state, unshared
from instanceview.generating.known import known_codes
from instanceview.generating.machine import guests
from instanceview.generating.texts import written
from instanceview.tables.elements import tree, walk
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from instanceview.generating.conform import Json
    from instanceview.generating.machine import Machine

# Members that the guest reports, so that a document has them only while it runs.
_OF_GUEST = ("vmAgent", "extensions", "vmHealth", "computerName", "osName", "osVersion")


def agree(document: Json, kind: str, api_version: str, machine: Machine) -> Json:
    """Return a document of this machine: with its names, times and versions, and without contradictions.

    The document is valid by its schema, has no nulls and only codes of the vocabulary; it is not changed.
    """
    body = unshared(document)
    guest = guests()[machine.guest]
    subject = KIND_VALUES[kind].subject
    if subject == "scale set":
        for extension, each in zip(body.get("extensions", ()), guest["extensions"], strict=False):
            extension["name"] = each["name"]
    elif subject == "machine":
        _reports(body)
        _agent(kind, body, guest)
        _agree_names(body, machine, guest)
        for disk in body.get("disks", ()):
            _encryption(disk)
        _outcomes(body)
    conform(body, kind, api_version)
    write(body, kind, api_version, machine)
    return body


def _reports(body: Json) -> None:
    """Remove the members that nobody reports in the machine's power state."""
    if power_state(body) in {"", "deallocated"}:
        for name in _OF_GUEST:
            body.pop(name, None)


def _agent(kind: str, body: Json, guest: Json) -> None:
    """Let the agent have its guest's version, and a handler for each extension; one that is not ready reports none."""
    agent, extensions = body.get("vmAgent", {}), body.get("extensions", [])
    del extensions[len(guest["extensions"]) :]
    if not agent or any(status["code"].endswith("/Unavailable") for status in agent.get("statuses", ())):
        agent.pop("extensionHandlers", None)
        body.pop("extensions", None)
        return
    if "vmAgentVersion" in agent:
        agent["vmAgentVersion"] = guest["vmAgentVersion"]
    for extension, each in zip(extensions, guest["extensions"], strict=False):
        extension.update(each)
    if "extensionHandlers" in agent or extensions:
        usual = {"status": known_codes(kind, "vmAgent.extensionHandlers.status")[0].status()}
        drawn = [*agent.get("extensionHandlers", ()), *([usual] * len(extensions))]
        agent["extensionHandlers"] = [
            {**_of_extension(extension), "status": dict(handler.get("status", usual["status"]))}
            for handler, extension in zip(drawn, extensions, strict=False)
        ]


def _of_extension(extension: Json) -> Json:
    return {name: extension[name] for name in ("type", "typeHandlerVersion")}


def _agree_names(body: Json, machine: Machine, guest: Json) -> None:
    for name in ("osName", "osVersion", "hyperVGeneration"):
        if name in body:
            body[name] = guest[name]
    if "computerName" in body:
        body["computerName"] = machine.fill("$computer")
    for index, disk in enumerate(body.get("disks", ())):
        disk["name"] = machine.fill(f"${{vm}}_data_{index}" if index else "${vm}_os")


def _encryption(disk: Json) -> None:
    """Keep the encryption settings of a disk only as far as its encryption state goes."""
    if "encryptionSettings" not in disk:
        return
    codes = [status["code"] for status in disk.get("statuses", ())]
    if "EncryptionState/encrypted" in codes:
        for settings in disk["encryptionSettings"]:
            settings["enabled"] = True
    elif "EncryptionState/notEncrypted" in codes:
        disk["encryptionSettings"] = [{"enabled": False}]
    else:
        del disk["encryptionSettings"]


def _outcomes(body: Json) -> None:
    """Remove the members of a failure beside a success, and the other way round."""
    if "status" in body.get("bootDiagnostics", {}):
        body["bootDiagnostics"] = {"status": body["bootDiagnostics"]["status"]}
    for name in ("availablePatchSummary", "lastPatchInstallationSummary"):
        summary: dict[str, Any] = body.get("patchStatus", {}).get(name, {})
        if summary.get("status", "Failed") != "Failed":
            summary.pop("error", None)


def write(body: Json, kind: str, api_version: str, machine: Machine) -> None:
    """Fill in the names and write every time of a document, in place."""
    moment = machine.moment(api_version)
    for path, element, value in list(walk(tree(kind), api_version, body)):
        if not isinstance(value, str):
            continue
        holder: Any = body
        for step in path[:-1]:
            holder = holder[step]
        timed = element.member.format == "date-time"
        holder[path[-1]] = written(element.path, moment) if timed else machine.fill(value)
