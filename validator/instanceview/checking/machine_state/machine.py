"""One instance view of a machine -> its state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.agents import agent_of
from instanceview.checking.machine_state.clock import first_of, instant, latest_of, seconds_between, times_of
from instanceview.checking.machine_state.disks import disks_of
from instanceview.checking.machine_state.extensions import counts_of, extensions_of, handlers_of, without_extension
from instanceview.checking.machine_state.facets import Agent, Facet, Moment, Power
from instanceview.checking.machine_state.members import Reading, with_notes
from instanceview.checking.machine_state.patches import NO_PATCH, patch_of, status_of
from instanceview.checking.machine_state.rare import (
    NO_BOOT,
    NO_HEALTH,
    NO_MAINTENANCE,
    boot_of,
    health_of,
    maintenance_of,
)
from instanceview.checking.machine_state.top import Facets, top_of, with_status
from instanceview.checking.machine_state.values import MachineState
from instanceview.tables.elements import tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.members import Object
    from instanceview.checking.machine_state.rare_facets import Maintenance, Patch
    from instanceview.checking.machine_state.source import Source

_TIMED = ("vmHealth", "patchStatus", "bootDiagnostics")
"""Members that few documents have, and that have times of events."""
_SECOND = timedelta(seconds=1)
"""How long before the end of a deallocation its disks are released at most: 0.07 s on 131 captured machines."""
_RARE = frozenset({*_TIMED, "maintenanceRedeployStatus"})
_USUAL_RARE = (NO_HEALTH, NO_MAINTENANCE, NO_PATCH, NO_BOOT)


def machine_state(body: Object, source: Source) -> MachineState:
    """Return the state of a machine by its instance view."""
    reading = Reading(body, [], [])
    statuses = reading.list_at(body, "statuses", "") if "statuses" in body else None
    facets, other = _top(reading, statuses)
    power, provisioning, os_state, colocation, hibernation, migration = facets
    vm_agent, agent = _agent(reading, power.word, provisioning.word)
    handlers = handlers_of(reading, vm_agent) if vm_agent else {}
    extensions = extensions_of(reading, handlers, agent, provisioning.word) if "extensions" in body else ()
    before = len(reading.times)
    disks = disks_of(reading)
    if power.word == "deallocated" and provisioning.time:
        power = _since(power, provisioning.time, reading, reading.times[before:])
    health, maintenance, patch, boot = _USUAL_RARE if _RARE.isdisjoint(body) else _rare(reading)
    newest = _newest(reading, (agent.time, agent.pointer), (provisioning.time, provisioning.pointer))
    return MachineState(
        power,
        provisioning,
        os_state,
        _aged(agent, source.answered_at or (newest and newest.time)),
        newest,
        extensions,
        without_extension(handlers, body.get("extensions")) if handlers else (),
        counts_of(extensions),
        disks,
        health,
        maintenance,
        colocation,
        hibernation,
        migration,
        patch,
        boot,
        _others(reading, statuses, other) if other else (),
        tuple(reading.ignored),
        *source,
    )


def _top(reading: Reading, statuses: list[object] | None) -> tuple[Facets, tuple[int, ...]]:
    """Return the facets of the machine's statuses, and the indexes of the statuses that have no facet."""
    codes = reading.codes_of(statuses, "/statuses") if statuses else ()
    top = top_of(codes, "" if statuses is None else "/statuses")
    if reading.ignored:
        noted: Any = (each if each.pointer.endswith("/code") else with_notes(each, reading, 0) for each in top.facets)
        top = top._replace(facets=Facets(*noted))
    return with_status(top, reading, statuses) if statuses else top.facets, top.other


def _agent(reading: Reading, power: str, provisioning: str) -> tuple[Object | None, Agent]:
    """Return the vmAgent of a document and the agent, whose age is not known yet."""
    before = len(reading.ignored)
    vm_agent = reading.object_at(reading.body, "vmAgent", "")
    return vm_agent, with_notes(agent_of(reading, vm_agent, power, provisioning), reading, before)


def _since(power: Power, ended: str, reading: Reading, times: Sequence[str]) -> Power:
    """Return the power state of a deallocated machine with its time: that of its disks, if the operation ended then."""
    latest = latest_of(times)
    end = instant(ended)
    released = instant(next(iter(latest))) if latest else None
    if not end or not released or abs(end.second - released.second) > _SECOND:
        return power
    return power._replace(since=first_of({"disks": reading.body["disks"]}, latest, tree("vm")))


def _newest(reading: Reading, *usual: tuple[str | None, str]) -> Moment | None:
    """Return the newest time of a document; `usual` are two that are nearly always it, beside the code that decided.

    A time that occurs once needs no search.
    """
    latest = latest_of(reading.times)
    if len(latest) == 1:
        (time,) = latest
        if reading.times.count(time) == 1:
            for each, pointer in usual:
                if each == time:
                    return Moment(time, pointer[: -len("code")] + "time")
    return first_of(reading.body, latest, tree("vm")) if latest else None


def _aged(agent: Agent, now: str | None) -> Agent:
    """Return an agent with its age at a time."""
    if agent.time is None or now is None:
        return agent
    if agent.time == now or agent.time_is == "answer":
        age = 0
    else:
        reported, end = instant(agent.time), instant(now)
        if reported is None or end is None:
            return agent
        age = max(0, seconds_between(reported, end))
    return Agent(*agent[:7], age, *agent[8:])


def _rare(reading: Reading) -> tuple[Facet[Any], Maintenance, Patch, Facet[str]]:
    """Return health, maintenance, patches and boot diagnostics."""
    timed = {name: reading.body[name] for name in _TIMED if name in reading.body}
    reading.times.extend(times_of(timed, tree("vm")))
    return health_of(reading), maintenance_of(reading), patch_of(reading), boot_of(reading)


def _others(reading: Reading, statuses: list[object] | None, indexes: Sequence[int]) -> tuple[Status, ...]:
    """Return the statuses at some indexes as they are, but for what is not a status."""
    found = ((index, (statuses or [])[index]) for index in indexes)
    return tuple(status_of(reading, each, f"/statuses/{index}") for index, each in found if type(each) is dict)
