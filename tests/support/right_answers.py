"""The right answer to each question that a wrong reader asks, from `instanceview.state`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from seen import extensions, instant, says, times

from instanceview import ScaleSetState, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from seen import View

    from instanceview import MachineState


def right_answer(asks: str, view: View) -> object:
    """Return the right answer to a question about a document; None where it does not say."""
    if asks in _OF_TIMES:
        return _OF_TIMES[asks](list(times(view)))
    of: Any = state(view, kind="vmss" if "virtualMachine" in view else "vm")
    return _OF_SCALE_SETS[asks](of, view) if isinstance(of, ScaleSetState) else _OF_MACHINES[asks](of, view)


def _said(of: Any, holder: View, member: str) -> object:  # noqa: ANN401 (any facet)
    """Return a member of the status that decided a facet, None where none did."""
    status = holder
    for step in of.pointer.split("/")[1:-1]:
        status = status[int(step)] if isinstance(status, list) else status[step]
    return status.get(member) if isinstance(status, dict) else None


def _is_set_up(of: MachineState) -> bool:
    return of.provisioning.word == "succeeded" and of.provisioning.detail != "osProvisioningInProgress"


def _is_ready(extension: Any) -> bool:  # noqa: ANN401
    return extension.handler is None or extension.handler.word not in {"NotReady", "Unresponsive"}


def _is_failing(extension: Any) -> bool:  # noqa: ANN401
    """Return True if an extension failed, or its handler, whose code has a number of four digits then."""
    handler = extension.handler
    return extension.word == "failed" or bool(not _is_ready(extension) and len(handler.detail or "") == 4)


def _version(of: MachineState) -> list[int] | None:
    return [int(each) for each in of.agent.version.rpartition("-")[2].split(".")] if of.agent.version else None


_OF_MACHINES: dict[str, Callable[[MachineState, View], object]] = {
    "power state, as code": lambda of, view: _said(of.power, view, "code"),
    "power state, as text": lambda of, view: _said(of.power, view, "displayStatus"),
    "is it running?": lambda of, _: of.power.word == "running",
    "is it off?": lambda of, _: of.power.word in {"stopped", "deallocated"},
    "is it usable?": lambda of, _: of.power.word == "running" and _is_set_up(of) and of.agent.word == "reporting",
    "provisioning state": lambda of, _: of.provisioning.word,
    "has provisioning succeeded?": lambda of, _: of.provisioning.word == "succeeded",
    "is the operating system set up?": lambda of, _: _is_set_up(of),
    "end of the last operation": lambda of, _: of.provisioning.time,
    "have the machine and its extensions succeeded?": lambda of, _: (
        {of.provisioning.word, *(each.word for each in of.extensions)} == {"succeeded"}
    ),
    "is the agent reporting?": lambda of, _: of.agent.word == "reporting",
    "since when is the agent not ready?": lambda *_: [],
    "version of the agent": lambda of, _: _version(of),
    "state of the first extension, as code": lambda of, view: (
        _said(of.extensions[0], view, "code") if of.extensions else None
    ),
    "states of the extensions, as codes": lambda of, view: [_said(each, view, "code") for each in of.extensions],
    "are the extensions well?": lambda of, _: all(
        each.word == "succeeded" and _is_ready(each) and not each.as_last_reported for each in of.extensions
    ),
    "has anything failed?": lambda of, _: (
        of.provisioning.word == "failed"
        or of.boot_diagnostics.word != "not reported"
        or any(map(_is_failing, of.extensions))
    ),
    "extensions whose handler is ready": lambda of, _: [
        each.name for each in of.extensions if each.word == "succeeded" and _is_ready(each)
    ],
    "encryption of the first disk, as code": lambda of, view: (
        _said(of.disks[0], view, "code") if of.disks and of.disks[0].word != "not reported" else None
    ),
    "is a disk encrypted?": lambda of, _: any(each.word == "encrypted" for each in of.disks),
    "are all disks encrypted?": lambda of, _: bool(of.disks) and all(each.word == "encrypted" for each in of.disks),
    "has encryption ended?": lambda of, view: (
        any(each.word == "encrypted" for each in of.disks)
        and not any(says(each, "EncryptionInProgress", "Preparing") for each in extensions(view))
    ),
    "number of disks": lambda of, _: len(of.disks),
    "update domain": lambda _, view: view.get("platformUpdateDomain"),
    "operating system": lambda _, view: view.get("osName"),
    "serial log": lambda _, view: view.get("bootDiagnostics", {}).get("serialConsoleLogBlobUri"),
    "health, as code": lambda of, view: _said(of.health, view, "code"),
    "can the owner start maintenance?": lambda of, _: of.maintenance.word == "self-service allowed",
    "newest time": lambda of, _: of.newest.time if of.newest else None,
}

_OF_SCALE_SETS: dict[str, Callable[[ScaleSetState, View], object]] = {
    "number of machines": lambda of, _: of.total,
    "number of machines that succeeded": lambda of, _: of.machines.get("succeeded", 0),
    "has everything succeeded?": lambda of, _: (
        {of.provisioning.word, *of.machines, *(state for counts in of.extensions.values() for state in counts)}
        == {"succeeded"}
    ),
    "number of extensions": lambda of, _: len(of.extensions),
    "end of the last operation": lambda of, _: of.provisioning.time,
    "newest time": lambda of, _: of.provisioning.time,
}

_OF_TIMES: dict[str, Callable[[list[str]], object]] = {
    "times": lambda found: [instant(each).isoformat() for each in found],
    "times, to the second": lambda found: [instant(each).strftime("%Y-%m-%dT%H:%M:%SZ") for each in found],
}
