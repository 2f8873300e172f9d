"""Makes the parts of a document beside those of machines agree: an extension, a script, hosts and reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.generating.known import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.generating.conform import Json
    from instanceview.generating.machine import Guest, Machine

_SUCCEEDED = ("success", "0")
"""The codes of an Arc extension that succeeded: a word in old captures, an exit code from `_NUMBERS` on."""
_NUMBERS = "2023-04-25-preview"
_MESSAGES = "2021"
"""Captured messages begin with another word before this year."""
_COMPLETED = "RunCommand script execution completed"
# The exit code and the message of a script that did not succeed, by its state; the first two have not ended.
_PENDING = {"Pending", "Running"}
_OTHERWISE = {
    "Pending": (0, ""),
    "Running": (0, "Execution in progress"),
    "Failed": (127, "Execution failed: failed to execute command: command terminated with exit status=127"),
    "TimedOut": (-1, "Execution was ended, since the script ran longer than 1 s"),
    "Canceled": (-1, "Execution was canceled"),
}


def extension(body: Json, guest: Guest, machine: Machine, api_version: str) -> None:
    """Name an extension as one of the guest: its script, if it has outputs; of Arc, as Arc does at this api-version."""
    script = next(each for each in guest.extensions if "CustomScript" in each["type"])
    named = script if "Std" in str(body) else guest.extensions[machine.number % len(guest.extensions)]
    body |= {name: named[name] for name in body.keys() & named.keys()}
    if "status" in body:
        if "type" in body:
            body["type"] = body["type"].rpartition(".")[2]
        body["status"] = _of_arc(body["status"], api_version)


def _of_arc(status: Json, api_version: str) -> Json:
    """Return the status of an Arc extension as captures of an api-version have it."""
    said = dict(status)
    if said.get("code") in _SUCCEEDED:
        said["code"] = _SUCCEEDED[api_version >= _NUMBERS]
    if "code" in said:
        said.setdefault("level", "Error" if said["code"] == "error" else "Information")
    if api_version < _MESSAGES and "message" in said:
        said["message"] = said["message"].replace("Extension Message: ", "formattedMessage: ")
    return in_order(said)


def script(body: Json, *_: object) -> None:
    """Let the exit code, message and times of a script go with its state, where they are those of a success."""
    state = body.get("executionState")
    if state in _OTHERWISE and body.get("executionMessage") == _COMPLETED:
        values = dict(zip(("exitCode", "executionMessage"), _OTHERWISE[state], strict=True))
        body |= {name: value for name, value in values.items() if name in body}
    if state in _PENDING:
        body.pop("endTime", None)


def hosts(body: Json, *_: object) -> None:
    """Give each host of a group an id of its own, and each host one entry for a size of VM."""
    for index, host in enumerate(body.get("hosts", [body])):
        if "assetId" in host:
            host["assetId"] = "$other" if index else "$guid"
        room: Json = host.get("availableCapacity", {})
        if "allocatableVMs" in room:
            sizes = {each.get("vmSize", number): each for number, each in enumerate(room["allocatableVMs"])}
            room["allocatableVMs"] = list(sizes.values())


def inventory(body: Json, guest: Guest, *_: object) -> None:
    """Give the row of an inventory the system of the guest."""
    if guest.osName:
        named = {name: getattr(guest, name) for name in ("osName", "osVersion", "hyperVGeneration")}
        body |= {name: text for name, text in named.items() if name in body}


AGREEING: Mapping[str, Callable[[Json, Guest, Machine, str], None]] = {
    **dict.fromkeys(("extension", "Arc extension"), extension),
    "run command": script,
    "VM": inventory,
    **dict.fromkeys(("host", "host group"), hosts),
}
"""What makes the parts of a document agree, by its subject; those of other subjects say nothing of each other."""
