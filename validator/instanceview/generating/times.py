"""The times of a document: what happened when, and how the service writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from instanceview.generating.machine import SECOND as _SECOND

if TYPE_CHECKING:
    from instanceview.generating.machine import Guest, Machine

_HOUR = 3600
_DAY = 24 * _HOUR

# Written with up to seven digits by the platform; agents and others write whole seconds.
_BY_PLATFORM = {
    *("statuses.time", "disks.statuses.time", "bootDiagnostics.status.time"),
    *("dedicated-host.statuses.time", "dedicated-host-group.hosts.statuses.time", "cloud-service.statuses.time"),
    *("capacity-reservation.statuses.time", "capacity-reservation-group.capacityReservations.statuses.time"),
    *("run-command-result.startTime", "run-command-result.endTime"),
    *("arc-run-command.startTime", "arc-run-command.endTime"),
}
# Seconds from the end of the operation.
_FROM_END = {
    "bootDiagnostics.status.time": -5,
    "run-command-result.startTime": -15,
    "run-command.startTime": -1,
    "arc-run-command.startTime": -1,
    "patchStatus.configurationStatuses.time": -3,
    "maintenanceRedeployStatus.preMaintenanceWindowStartTime": _DAY,
    "maintenanceRedeployStatus.preMaintenanceWindowEndTime": 8 * _DAY,
    "maintenanceRedeployStatus.maintenanceWindowStartTime": 9 * _DAY,
    "maintenanceRedeployStatus.maintenanceWindowEndTime": 16 * _DAY,
}
# Seconds from the agent's report, which sends those of extensions too (1 to 126 s before it in 18 captures).
_FROM_REPORT = {
    "vmAgent.statuses.time": 0,
    "vmAgent.extensionHandlers.status.time": -3,
    "extensions.substatuses.time": -28,
    "extensions.statuses.time": -22,
}
# Seconds from the answer.
_FROM_ANSWER = {
    "vmHealth.status.time": -13,
    "orchestrationServices.lastStatusChangeTime": -_DAY,
    "patchStatus.availablePatchSummary.startTime": -3 * _HOUR,
    "patchStatus.availablePatchSummary.lastModifiedTime": -3 * _HOUR + 120,
    "patchStatus.lastPatchInstallationSummary.startTime": -2 * _HOUR,
    "patchStatus.lastPatchInstallationSummary.lastModifiedTime": -_HOUR,
}


class Clock(NamedTuple):
    """The moments of a machine, in ticks of 100 ns from `start`, and whether the report has a fraction."""

    start: datetime
    ended: int
    answered: int
    reported: int
    attached: int
    """When the state of the disks changed last."""

    def text(self, element: str) -> str:
        """Return the time at an element, as the service writes it: trailing zeros of the fraction are left out.

        The path of an element of another kind than machine documents has its kind before it.
        """
        if element == "disks.statuses.time":
            return self._written(self.attached)
        if element in _FROM_REPORT:
            return self._written(self.reported + _FROM_REPORT[element] * _SECOND)
        if element in _FROM_ANSWER:
            return self._written(_whole(self.answered) + _FROM_ANSWER[element] * _SECOND)
        moment = self.ended + _FROM_END.get(element, 0) * _SECOND
        return self._written(moment if element in _BY_PLATFORM else _whole(moment))

    def _written(self, ticks: int) -> str:
        seconds, fraction = divmod(ticks, _SECOND)
        if fraction % (_SECOND // 10) == 0:  # captures have no fraction of one digit
            fraction += 120 if fraction else 0
        text = (self.start + timedelta(seconds=seconds)).isoformat()
        digits = f".{fraction:07}".rstrip("0") if fraction else ""
        return f"{text[:19]}{digits}{text[19:]}"


def _whole(ticks: int) -> int:
    return ticks - ticks % _SECOND


def clock(machine: Machine, api_version: str, guest: Guest, *, power: str = "running", ready: bool = True) -> Clock:
    """Return the clock of a machine in a power state, whose agent says Ready or does not.

    Not Ready has the time of the answer. The last report of a machine that is off is from before its last operation
    ended: 4.6 to 65 s in 71 captures of stopped machines, 51 to 193 s in 12 of deallocated ones. A running machine
    reported up to `guest.slowest` seconds before the answer. The deallocation changes the disks too, less than 0.07 s
    before it ends.

    >>> from instanceview.generating.machine import Machine, guests
    >>> clock(Machine(ended=520, offset=120), "2024-07-01", guests()[0]).text("vmAgent.statuses.time")
    '2024-07-01T02:01:40+02:00'
    """
    year, month, day = (int(part) for part in api_version[:10].split("-"))
    start = datetime(year, month, day, tzinfo=UTC).astimezone(timezone(timedelta(minutes=machine.offset)))
    ended = machine.ended
    answered = ended + machine.wait * _SECOND
    seed = ended // 1000
    if not ready:
        reported = answered
    elif power == "stopped":
        reported = ended - (6 + seed % 59) * _SECOND
    elif power == "deallocated":
        reported = ended - (51 + seed % 142) * _SECOND
    else:
        reported = answered - seed % (guest.slowest + 1) * _SECOND
    reported = _whole(reported) + (seed % 1000 * (_SECOND // 1000) if ready and seed % 45 == 44 else 0)  # noqa: PLR2004 (58 of 1,998 reports have a fraction)
    # One deallocation in four ends in the same tick.
    before = ended % 4 * 213_457 if power == "deallocated" else (10 + seed % 300) * _SECOND
    return Clock(start, ended, answered, reported, ended - before)
