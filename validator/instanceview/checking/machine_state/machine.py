"""One instance view of a machine -> its state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.agents import agent_of
from instanceview.checking.machine_state.clock import instant, latest_of, seconds_between
from instanceview.checking.machine_state.disks import disks_of
from instanceview.checking.machine_state.extensions import (
    NO_EXTENSIONS,
    counts_of,
    extensions_of,
    handlers_of,
    without_extension,
)
from instanceview.checking.machine_state.facets import Agent, Facet, Moment, Power, made
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
from instanceview.checking.machine_state.timed import first_of, first_of_disks
from instanceview.checking.machine_state.top import Facets, top_of, with_notes_of, with_status
from instanceview.checking.machine_state.values import MachineState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.members import Object
    from instanceview.checking.machine_state.rare_facets import Maintenance, Patch
    from instanceview.checking.machine_state.source import Source

_SECOND = timedelta(seconds=1)
"""How long before the end of a deallocation its disks are released at most: 0.07 s on 131 captured machines."""
_RARE = frozenset({"vmHealth", "maintenanceRedeployStatus", "patchStatus", "bootDiagnostics"})
"""Members that few documents have."""
_USUAL_RARE = (NO_HEALTH, NO_MAINTENANCE, NO_PATCH, NO_BOOT)


def machine_state(body: Object, source: Source) -> MachineState:
    """Return the state of a machine by its instance view."""
    reading = made(Reading, (body, [], []))
    facets, provisioning, other, statuses = _top(reading)
    power, _, os_state, colocation, hibernation, migration = facets
    vm_agent, agent = _agent(reading, power.word, provisioning.word)
    handlers = handlers_of(reading, vm_agent) if vm_agent and vm_agent.get("extensionHandlers") != [] else {}
    extensions = extensions_of(reading, handlers, agent, provisioning.word) if "extensions" in body else ()
    before = len(reading.times)
    disks = disks_of(reading) if "disks" in body else ()
    if power.word == "deallocated" and provisioning.time:
        power = _since(power, provisioning.time, reading, reading.times[before:])
    health, maintenance, patch, boot = _USUAL_RARE if _RARE.isdisjoint(body) else _rare(reading)
    newest = _newest(reading, agent, provisioning)
    agent = _aged(agent, source.answered_at or (newest and newest.time))
    alone = without_extension(handlers, body.get("extensions")) if handlers else ()
    counts = counts_of(extensions) if extensions else NO_EXTENSIONS
    others = _others(reading, statuses, other) if other else ()
    usual = (power, provisioning, os_state, agent, newest, extensions, alone, counts, disks)
    rare = (health, maintenance, colocation, hibernation, migration, patch, boot, others, tuple(reading.ignored))
    return made(MachineState, (*usual, *rare, *source))


def _top(reading: Reading) -> tuple[Facets, Facet[Any], tuple[int, ...], list[object]]:
    """Return the facets of the machine's statuses, its provisioning state, the indexes of other statuses, and all."""
    statuses = reading.body.get("statuses")
    if type(statuses) is not list:
        reading.list_at(reading.body, "statuses", "")
        facets, _, other = with_notes_of(top_of((), ""), reading)
        return facets, facets.provisioning, other, []
    top = top_of(reading.codes_of(statuses, "/statuses"), "/statuses")
    if reading.ignored:
        top = with_notes_of(top, reading)
    facets, provisioning = with_status(top, reading, statuses)
    return facets, provisioning, top.other, statuses


def _agent(reading: Reading, power: str, provisioning: str) -> tuple[Object | None, Agent]:
    """Return the vmAgent of a document and the agent, whose age is not known yet."""
    before = len(reading.ignored)
    vm_agent = reading.body.get("vmAgent")
    if vm_agent is not None and type(vm_agent) is not dict:
        vm_agent = reading.object_at(reading.body, "vmAgent", "")
    agent = agent_of(reading, vm_agent, power, provisioning)
    return vm_agent, with_notes(agent, reading, before)


def _since(power: Power, ended: str, reading: Reading, times: Sequence[str]) -> Power:
    """Return the power state of a deallocated machine with its time: that of its disks, if the operation ended then."""
    latest = latest_of(times)
    end = instant(ended) if latest else None
    released = instant(next(iter(latest))) if latest else None
    if not end or not released or abs(end[0] - released[0]) > _SECOND:
        return power
    since = first_of_disks(reading.body["disks"], latest)
    return Power(power.word, power.pointer, power.why, power.detail, power.time, since)


def _newest(reading: Reading, agent: Agent, provisioning: Facet[Any]) -> Moment | None:
    """Return the newest time of a document; nearly always that of the agent or of the last operation.

    A time of theirs that occurs once needs no search.
    """
    latest = latest_of(reading.times)
    if not latest:
        return None
    if len(latest) == 1:
        (time,) = latest
        facet = agent if time == agent.time else provisioning
        if time == facet.time and reading.times.count(time) == 1:
            return made(Moment, (time, f"{facet.pointer.removesuffix('code')}time"))
    return first_of(reading.body, latest)


def _aged(agent: Agent, now: str | None) -> Agent:
    """Return an agent with its age at a time; nearly always that is the time of its report."""
    if agent.time is None or agent.time == now:
        return agent
    reported, end = instant(agent.time), instant(now) if now else None
    age = None if reported is None or end is None else max(0, seconds_between(reported, end))
    if agent.time_is == "answer" and age is not None:
        age = 0
    return agent if age == agent.age else agent._replace(age=age)


def _rare(reading: Reading) -> tuple[Facet[Any], Maintenance, Patch, Facet[str]]:
    """Return health, maintenance, patches and boot diagnostics."""
    body = reading.body
    return (
        health_of(reading) if "vmHealth" in body else NO_HEALTH,
        maintenance_of(reading) if "maintenanceRedeployStatus" in body else NO_MAINTENANCE,
        patch_of(reading) if "patchStatus" in body else NO_PATCH,
        boot_of(reading) if "bootDiagnostics" in body else NO_BOOT,
    )


def _others(reading: Reading, statuses: list[object], indexes: Sequence[int]) -> tuple[Status, ...]:
    """Return the statuses at some indexes as they are, but for what is not a status."""
    found = ((index, statuses[index]) for index in indexes)
    return tuple(status_of(reading, each, f"/statuses/{index}") for index, each in found if type(each) is dict)
