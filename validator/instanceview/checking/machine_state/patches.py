"""Patches of a machine, and statuses as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.codes import spelt
from instanceview.checking.machine_state.facets import Status
from instanceview.checking.machine_state.members import with_notes
from instanceview.checking.machine_state.rare_facets import Assessment, Installation, Patch
from instanceview.checking.machine_state.timed import timed_members, times_of
from instanceview.tables.states import spellings

if TYPE_CHECKING:
    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.checking.machine_state.reasons import Why

NO_PATCH = Patch("not reported", "", ("no patchStatus",))


def patch_of(reading: Reading) -> Patch:
    """Return the last assessment and the last installation of patches."""
    before = len(reading.ignored)
    return with_notes(_patch(reading), reading, before)


def _patch(reading: Reading) -> Patch:
    patches = reading.object_at(reading.body, "patchStatus", "")
    if patches is None:
        return NO_PATCH
    at = "/patchStatus"
    reading.times.extend(time for _, time in times_of(patches, timed_members().holders["patchStatus"]))
    available = reading.object_at(patches, "availablePatchSummary", at)
    installed = reading.object_at(patches, "lastPatchInstallationSummary", at)
    assessment = _assessment(reading, available) if available else None
    installation = _installation(reading, installed) if installed else None
    statuses = reading.objects_at(patches, "configurationStatuses", at)
    configuration = tuple(status_of(reading, each, f"{at}/configurationStatuses/{index}") for index, each in statuses)
    first = next((each for each in (assessment, installation) if each and each.word != "not reported"), None)
    if first is None:
        return Patch("not reported", at, ("no patch status",), None, None, assessment, installation, configuration)
    name = "availablePatchSummary.status" if first is assessment else "lastPatchInstallationSummary.status"
    is_known = first.word.lower() in spellings("PatchWord")
    why: Why = ("member" if is_known else "member unlisted", name, first.word)
    return Patch(first.word, first.pointer, why, None, first.time, assessment, installation, configuration)


def _assessment(reading: Reading, summary: Object) -> Assessment:
    at = "/patchStatus/availablePatchSummary"
    pending = summary.get("rebootPending")
    if not isinstance(pending, bool) and pending is not None:
        pending = reading.note("rebootPending", f"{at}/rebootPending", pending)
    word, pointer = _word(reading, summary, at)
    return Assessment(
        word,
        pointer,
        pending,
        _number(reading, summary, "criticalAndSecurityPatchCount", at),
        _number(reading, summary, "otherPatchCount", at),
        _time(summary),
    )


def _installation(reading: Reading, summary: Object) -> Installation:
    at = "/patchStatus/lastPatchInstallationSummary"
    word, pointer = _word(reading, summary, at)
    return Installation(
        word,
        pointer,
        reading.text_at(summary, "rebootStatus", at),
        _number(reading, summary, "installedPatchCount", at),
        _number(reading, summary, "pendingPatchCount", at),
        _number(reading, summary, "failedPatchCount", at),
        _number(reading, summary, "excludedPatchCount", at),
        _number(reading, summary, "notSelectedPatchCount", at),
        _time(summary),
    )


def _word(reading: Reading, summary: Object, at: str) -> tuple[Any, str]:
    """Return the word of a summary and its pointer."""
    word = reading.text_at(summary, "status", at)
    return (spelt("PatchWord", word), f"{at}/status") if word else ("not reported", at)


def _number(reading: Reading, summary: Object, name: str, at: str) -> int | None:
    value = summary.get(name)
    if value is None or type(value) is int:
        return value
    return reading.note(name, f"{at}/{name}", value)


def _time(summary: Object) -> str | None:
    time = summary.get("lastModifiedTime")
    return time if type(time) is str else None


def status_of(reading: Reading, status: Object, pointer: str) -> Status:
    """Return a status as it is; `pointer` is that of the status."""
    code = reading.text_at(status, "code", pointer)
    text, level, message = (reading.text_at(status, name, pointer) for name in ("displayStatus", "level", "message"))
    time = status.get("time")
    return Status(
        code, f"{pointer}/code" if code else pointer, text, level, message, time if type(time) is str else None
    )
