"""A state -> JSON: the keys and words that the labels of captured documents have, and reasons."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.values import MachineState, ScaleSetState

if TYPE_CHECKING:
    from instanceview.checking.machine_state.counts import Counted
    from instanceview.checking.machine_state.facets import Agent, Facet, Power
    from instanceview.checking.machine_state.parts import Disk, Extension, Handler
    from instanceview.checking.machine_state.rare_facets import Maintenance, Patch
    from instanceview.checking.machine_state.resource import Part, ResourceState

    Judged = Facet[Any] | Power | Agent | Handler | Maintenance | Patch | Counted | Part
    State = MachineState | ScaleSetState | ResourceState


def to_json(state: State) -> dict[str, Any]:
    """Return a state as JSON: every facet with its word, pointer and reason; texts of the document are as they are.

    >>> from instanceview import state
    >>> to_json(state({"statuses": [{"code": "PowerState/running"}]}))["power"]["word"]
    'running'
    """
    if isinstance(state, MachineState):
        return _machine(state)
    return _scale_set(state) if isinstance(state, ScaleSetState) else _resource(state)


def _machine(state: MachineState) -> dict[str, Any]:
    since = state.power.since and state.power.since._asdict()
    return {
        **_source(state),
        "power": {**_facet(state.power, since=since), "displayName": state.display_name, "isBilled": state.is_billed},
        "provisioning": _facet(state.provisioning, "detail", "time", "message"),
        "osState": _facet(state.os_state),
        "agent": _facet(state.agent, "says", "version", "time_is", "time", "age", "message"),
        "newest": state.newest and state.newest._asdict(),
        "extensions": [_extension(each) for each in state.extensions],
        "extensionCounts": _members(state.extension_counts),
        "handlersWithoutExtension": [_handler(each) for each in state.handlers_without_extension],
        "disks": [_disk(each) for each in state.disks],
        "health": _facet(state.health, "time", "message"),
        "maintenance": _maintenance(state.maintenance),
        "colocation": _facet(state.colocation),
        "hibernation": _facet(state.hibernation),
        "migration": _facet(state.migration),
        "patch": _patch(state.patch),
        "bootDiagnostics": _facet(state.boot_diagnostics, "time", "message"),
        "other": [_members(each) for each in state.other],
        "ignored": list(state.ignored),
    }


def _source(state: State) -> dict[str, Any]:
    return {
        "name": state.name,
        "kind": state.kind,
        "apiVersion": state.api_version,
        "answeredAt": state.answered_at,
        "text": str(state),
        "notes": [note.text for note in state.notes],
    }


def _facet(facet: Judged, *more: str, **made: object) -> dict[str, Any]:
    """Return the word, pointer and reason of a facet; in between, more of its members, and others that are made of it.

    A word that is made takes the place of its own.
    """
    named = {_camel(name): getattr(facet, name) for name in more}
    return {"word": facet.word, **named, **made, "pointer": facet.pointer, "reason": facet.reason}


def _handler(handler: Handler) -> dict[str, Any]:
    return {"type": handler.type, **_facet(handler, "message", word=handler.text)}


def _extension(extension: Extension) -> dict[str, Any]:
    handler = extension.handler
    return {
        "name": extension.name,
        "word": extension.word,
        **({"detail": extension.detail} if extension.detail else {}),
        **({"handler": handler.text, "handlerPointer": handler.pointer} if handler else {}),
        "time": extension.time,
        "message": extension.message,
        "parts": [each._asdict() for each in extension.parts],
        "asLastReported": extension.as_last_reported,
        "pointer": extension.pointer,
        "reason": extension.reason,
    }


def _disk(disk: Disk) -> dict[str, Any]:
    own = {"provisioning": disk.provisioning, "provisioningPointer": disk.provisioning_pointer}
    return {
        "name": disk.name,
        "encryption": disk.word,
        "time": disk.time,
        **(own if disk.provisioning else {}),
        "pointer": disk.pointer,
        "reason": disk.reason,
    }


def _maintenance(maintenance: Maintenance) -> dict[str, Any]:
    windows = maintenance.windows and _members(maintenance.windows)
    return _facet(maintenance, lastResult=maintenance.detail, windows=windows, message=maintenance.message)


def _patch(patch: Patch) -> dict[str, Any]:
    return _facet(
        patch,
        assessment=patch.assessment and _members(patch.assessment),
        installation=patch.installation and _members(patch.installation),
        configuration=[_members(each) for each in patch.configuration],
    )


def _members(value: NamedTuple) -> dict[str, Any]:
    return {_camel(name): each for name, each in value._asdict().items()}


@cache
def _camel(name: str) -> str:
    """Return a name as JSON has it.

    >>> _camel("reboot_pending")
    'rebootPending'
    """
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _scale_set(state: ScaleSetState) -> dict[str, Any]:
    return {
        **_source(state),
        "provisioning": _facet(state.provisioning, "detail", "time", "message"),
        "machines": state.machines,
        "total": state.total,
        "summary": _facet(state.summary),
        "extensions": state.extensions,
        "extensionSummaries": [
            {"name": each.name, "pointer": each.pointer, "reason": each.reason} for each in state.extension_summaries
        ],
        "orchestrationServices": state.orchestration_services,
        **{name: _facet(getattr(state, name)) for name in ("power", "agent", "health", "disks")},
        "other": [_members(each) for each in state.other],
        "ignored": list(state.ignored),
    }


def _resource(state: ResourceState) -> dict[str, Any]:
    return {
        **_source(state),
        **({"power": _facet(state.power)} if state.has_power else {}),
        "result": _facet(state.result, "detail", "time", "message"),
        "facts": [_members(each) for each in state.facts],
        "items": [{"name": each.name, **_facet(each, "message")} for each in state.items],
        "other": [_members(each) for each in state.other],
        "ignored": list(state.ignored),
    }
