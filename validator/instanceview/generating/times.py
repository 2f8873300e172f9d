"""The times of a document: the moment of each element, and the form in which the service writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple

from instanceview.generating.machine import SECOND

if TYPE_CHECKING:
    from instanceview.generating.machine import Guest, Machine

_HOUR = 3600
_DAY = 24 * _HOUR
_WITH_FRACTION = 45
"""One report in this many has a fraction of a second; 58 of 1,998 captured ones have one."""

# The platform writes these times with up to seven digits after the second; agents and others write whole seconds.
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
# Seconds from the agent's report. It has the reports of extensions too, which are 1 to 126 s older in 18 captures.
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
    """The moments of a machine, in ticks of 100 ns from `start`, the date of the api-version in its own offset."""

    start: datetime
    ended: int
    answered: int
    reported: int
    attached: int
    """The last change of the disks."""

    def text(self, element: str) -> str:
        """Return the time at an element as the service writes it, without trailing zeros of the fraction.

        `element` is its name by `texts.of_kind`.
        """
        if element == "disks.statuses.time":
            return self._written(self.attached)
        if element in _FROM_REPORT:
            return self._written(self.reported + _FROM_REPORT[element] * SECOND)
        if element in _FROM_ANSWER:
            return self._written(_whole(self.answered) + _FROM_ANSWER[element] * SECOND)
        moment = self.ended + _FROM_END.get(element, 0) * SECOND
        return self._written(moment if element in _BY_PLATFORM else _whole(moment))

    def _written(self, ticks: int) -> str:
        seconds, fraction = divmod(ticks, SECOND)
        if fraction % (SECOND // 10) == 0:  # captures have no fraction of one digit
            fraction += 120 if fraction else 0
        text = (self.start + timedelta(seconds=seconds)).isoformat()
        digits = f".{fraction:07}".rstrip("0") if fraction else ""
        return f"{text[:19]}{digits}{text[19:]}"


def _whole(ticks: int) -> int:
    return ticks - ticks % SECOND


def clock(machine: Machine, api_version: str, guest: Guest, *, power: str = "running", ready: bool = True) -> Clock:
    """Return the clock of a machine in a power state, whose agent is ready or not.

    The report of an agent that is not ready has the time of the answer. The last report of a machine that is off is
    older than the end of its last operation: by 4.6 to 65 s in 71 captures of stopped machines, by 51 to 193 s in 12 of
    deallocated ones. A running machine reported up to `guest.slowest` seconds before the answer. A deallocation changes
    the disks too, less than 0.07 s before it ends.

    >>> from instanceview.generating.machine import Machine, guests
    >>> clock(Machine(ended=520, offset=120), "2024-07-01", guests()[0]).text("vmAgent.statuses.time")
    '2024-07-01T02:01:40+02:00'
    """
    year, month, day = (int(part) for part in api_version[:10].split("-"))
    start = datetime(year, month, day, tzinfo=UTC).astimezone(timezone(timedelta(minutes=machine.offset)))
    ended = machine.ended
    answered = ended + machine.wait * SECOND
    seed = ended // 1000
    if not ready:
        reported = answered
    elif power == "stopped":
        reported = ended - (6 + seed % 59) * SECOND
    elif power == "deallocated":
        reported = ended - (51 + seed % 142) * SECOND
    else:
        reported = answered - seed % (guest.slowest + 1) * SECOND
    reported = _whole(reported)
    if ready and seed % _WITH_FRACTION == _WITH_FRACTION - 1:
        reported += seed % 1000 * (SECOND // 1000)
    # One deallocation in four ends in the same tick.
    before = ended % 4 * 213_457 if power == "deallocated" else (10 + seed % 300) * SECOND
    return Clock(start, ended, answered, reported, ended - before)
