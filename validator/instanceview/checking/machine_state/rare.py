"""Members of a machine that few documents have: health, maintenance and boot diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.codes import found, spelt
from instanceview.checking.machine_state.facets import Facet
from instanceview.checking.machine_state.members import with_notes
from instanceview.checking.machine_state.rare_facets import Maintenance, Windows
from instanceview.tables.states import spellings

if TYPE_CHECKING:
    from instanceview.checking.machine_state.members import Reading
    from instanceview.checking.machine_state.reasons import Why

_HEALTH = "HealthState"
NO_HEALTH: Facet[Any] = Facet("not reported", "", ("no vmHealth",))
NO_MAINTENANCE = Maintenance("not reported", "", ("no maintenance",))
NO_BOOT: Facet[str] = Facet("not reported", "", ("no boot status",))


def health_of(reading: Reading) -> Facet[Any]:
    """Return the health of the application."""
    before = len(reading.ignored)
    return with_notes(_health(reading), reading, before)


def _health(reading: Reading) -> Facet[Any]:
    health = reading.object_at(reading.body, "vmHealth", "")
    if health is None:
        return NO_HEALTH
    status = reading.object_at(health, "status", "/vmHealth")
    if status is None:
        return Facet("not reported", "/vmHealth", ("member is not there", "vmHealth.status"))
    at = "/vmHealth/status"
    code, message = reading.text_at(status, "code", at), reading.text_at(status, "message", at)
    what = found((code or "",), _HEALTH, "HealthWord", "")
    time = reading.take_time(status, at)
    if what is None:
        return Facet("not reported", at, ("none", _HEALTH, 1))
    return Facet(what.word, f"{at}/code", what.why, what.detail, time, message)


def boot_of(reading: Reading) -> Facet[str]:
    """Return the error of boot diagnostics, whose code has no category."""
    before = len(reading.ignored)
    return with_notes(_boot(reading), reading, before)


def _boot(reading: Reading) -> Facet[str]:
    boot = reading.object_at(reading.body, "bootDiagnostics", "")
    if boot is None:
        return NO_BOOT
    at = "/bootDiagnostics/status"
    status = reading.object_at(boot, "status", "/bootDiagnostics")
    time = reading.take_time(status, at) if status else None
    code = reading.text_at(status, "code", at) if status else None
    if not status or not code:
        return Facet("not reported", at if status else "/bootDiagnostics", NO_BOOT.why)
    message = reading.text_at(status, "message", at)
    return Facet(code, f"{at}/code", ("code", code), None, time, message)


_MEMBER = "maintenanceRedeployStatus"
_ALLOWED = "isCustomerInitiatedMaintenanceAllowed"
_RESULT = "lastOperationResultCode"
_WINDOWS = (
    "preMaintenanceWindowStartTime",
    "preMaintenanceWindowEndTime",
    "maintenanceWindowStartTime",
    "maintenanceWindowEndTime",
)


def maintenance_of(reading: Reading) -> Maintenance:
    """Return whether the customer may start a maintenance, or how the last one ended."""
    before = len(reading.ignored)
    return with_notes(_maintenance(reading), reading, before)


def _maintenance(reading: Reading) -> Maintenance:
    status = reading.object_at(reading.body, _MEMBER, "")
    if status is None:
        return NO_MAINTENANCE
    at = f"/{_MEMBER}"
    windows = Windows(*(reading.text_at(status, name, at) for name in _WINDOWS))
    rest = None, windows if any(windows) else None, reading.text_at(status, "lastOperationMessage", at)
    result, allowed = reading.text_at(status, _RESULT, at), status.get(_ALLOWED)
    if not isinstance(allowed, bool) and allowed is not None:
        allowed = reading.note(_ALLOWED, f"{at}/{_ALLOWED}", allowed)
    ended = None if not result or result.lower() == "none" else spelt("MaintenanceWord", result)
    if allowed:
        return Maintenance("self-service allowed", f"{at}/{_ALLOWED}", ("member", _ALLOWED, True), ended, *rest)
    if ended:
        is_known = ended.lower() in spellings("MaintenanceWord")
        why: Why = ("maintenance ended", ended) if is_known else ("member unlisted", _RESULT, ended)
        return Maintenance(ended, f"{at}/{_RESULT}", why, None, *rest)
    if allowed is False:
        return Maintenance("self-service not allowed", f"{at}/{_ALLOWED}", ("member", _ALLOWED, False), None, *rest)
    return Maintenance("self-service not allowed", at, ("member is not there", _ALLOWED), None, *rest)
