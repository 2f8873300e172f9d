"""Makes the parts of a document agree that is not about a machine: of an extension, a script, a VM's row or hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.generating.known import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.generating.conform import Json
    from instanceview.generating.machine import Guest, Machine

_SUCCEEDED = ("success", "0")
"""The codes of an Arc extension that succeeded: a word in old captures, an exit code since `_EXIT_CODES_SINCE`."""
_EXIT_CODES_SINCE = "2023-04-25-preview"
_EXTENSION_MESSAGES_SINCE = "2021"
"""The year since which captured messages begin with `Extension Message`, and not with `formattedMessage`."""
_COMPLETED = "RunCommand script execution completed"
# The exit code and the message of a script that has not succeeded, by its state. Those in `_PENDING` have not ended.
_PENDING = {"Pending", "Running"}
_NOT_SUCCEEDED = {
    "Pending": (0, ""),
    "Running": (0, "Execution in progress"),
    "Failed": (127, "Execution failed: failed to execute command: command terminated with exit status=127"),
    "TimedOut": (-1, "Execution was ended, since the script ran longer than 1 s"),
    "Canceled": (-1, "Execution was canceled"),
}


def extension(body: Json, guest: Guest, machine: Machine, api_version: str) -> None:
    """Give an extension the names of one in the guest, and one of Arc the status that Arc writes at this api-version.

    An extension that has outputs is the script of the guest.
    """
    script = next(each for each in guest.extensions if "CustomScript" in each["type"])
    named = script if "Std" in str(body) else guest.extensions[machine.number % len(guest.extensions)]
    body |= {name: named[name] for name in body.keys() & named.keys()}
    if "status" in body:
        if "type" in body:
            body["type"] = body["type"].rpartition(".")[2]
        body["status"] = _of_arc(body["status"], api_version)


def _of_arc(status: Json, api_version: str) -> Json:
    """Return the status of an Arc extension as captures of an api-version have it."""
    written = dict(status)
    if written.get("code") in _SUCCEEDED:
        written["code"] = _SUCCEEDED[api_version >= _EXIT_CODES_SINCE]
    if "code" in written:
        written.setdefault("level", "Error" if written["code"] == "error" else "Information")
    if api_version < _EXTENSION_MESSAGES_SINCE and "message" in written:
        written["message"] = written["message"].replace("Extension Message: ", "formattedMessage: ")
    return in_order(written)


def script(body: Json, *_: object) -> None:
    """Make the exit code, message and times of a script agree with its state, where they are those of a success."""
    state = body.get("executionState")
    if state in _NOT_SUCCEEDED and body.get("executionMessage") == _COMPLETED:
        values = dict(zip(("exitCode", "executionMessage"), _NOT_SUCCEEDED[state], strict=True))
        body |= {name: value for name, value in values.items() if name in body}
    if state in _PENDING:
        body.pop("endTime", None)


def hosts(body: Json, *_: object) -> None:
    """Give each host of a group an id of its own, and only one entry for each size of VM."""
    for index, host in enumerate(body.get("hosts", [body])):
        if "assetId" in host:
            host["assetId"] = "$other" if index else "$guid"
        room: Json = host.get("availableCapacity", {})
        if "allocatableVMs" in room:
            sizes = {each.get("vmSize", number): each for number, each in enumerate(room["allocatableVMs"])}
            room["allocatableVMs"] = list(sizes.values())


def inventory(body: Json, guest: Guest, *_: object) -> None:
    """Give the row of an inventory the operating system of the guest."""
    if guest.osName:
        named = {name: getattr(guest, name) for name in ("osName", "osVersion", "hyperVGeneration")}
        body |= {name: text for name, text in named.items() if name in body}


AGREEING: Mapping[str, Callable[[Json, Guest, Machine, str], None]] = {
    **dict.fromkeys(("extension", "Arc extension"), extension),
    "run command": script,
    "VM": inventory,
    **dict.fromkeys(("host", "host group"), hosts),
}
"""The function that makes the parts of a document agree, by subject. For other subjects, no two parts can disagree."""
