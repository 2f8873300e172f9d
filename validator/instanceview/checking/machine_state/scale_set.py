"""One instance view of a scale set -> its state: of its last operation, and the numbers of its machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instanceview.checking.machine_state.codes import PROVISIONING, count_of, found, parts, spelt
from instanceview.checking.machine_state.counts import Counted, Service, StateCount
from instanceview.checking.machine_state.facets import Facet
from instanceview.checking.machine_state.members import Reading, with_notes
from instanceview.checking.machine_state.patches import status_of
from instanceview.checking.machine_state.values import ScaleSetState
from instanceview.model.text import join_words

if TYPE_CHECKING:
    from instanceview.checking.machine_state.facets import Status
    from instanceview.checking.machine_state.members import Object
    from instanceview.checking.machine_state.reasons import Why
    from instanceview.checking.machine_state.source import Source

_WORDS = "ProvisioningWord"
_NOT_REPORTED: Facet[str] = Facet("not reported", "", ("summary",))
_DONE = "succeeded"
_OF_SCALE_SET = {"code": "of operation", "in progress": "of operation", "disagree": "scale set disagrees"}
"""The reasons of machines, and those of scale sets in their place."""


def scale_set_state(body: Object, source: Source) -> ScaleSetState:
    """Return the state of a scale set by its instance view."""
    reading = Reading(body, [], [])
    provisioning, other = _provisioning(reading)
    machine = reading.object_at(body, "virtualMachine", "")
    before = len(reading.ignored)
    none = Counted("unknown", "", ("no summary",))
    summary = with_notes(_counted(reading, machine, "/virtualMachine", None) if machine else none, reading, before)
    return ScaleSetState(
        provisioning,
        summary,
        tuple(
            _of_extension(reading, item, f"/extensions/{index}", summary)
            for index, item in reading.objects_at(body, "extensions", "")
        ),
        _services(reading),
        power=_NOT_REPORTED,
        agent=_NOT_REPORTED,
        health=_NOT_REPORTED,
        disks=_NOT_REPORTED,
        other=other,
        ignored=tuple(reading.ignored),
        **source._asdict(),
    )


def _provisioning(reading: Reading) -> tuple[Facet[Any], tuple[Status, ...]]:
    """Return the state of the last operation, and the statuses of other categories."""
    at = "/statuses"
    statuses = reading.list_at(reading.body, "statuses", "")
    codes = reading.codes_of(statuses, at) if statuses else ()
    what = found(codes, PROVISIONING, _WORDS, at)
    if not statuses or not what:
        number = count_of(codes)
        why: Why = ("none", PROVISIONING, number) if number else ("no statuses",)
        facet: Facet[Any] = with_notes(Facet("unknown", "" if statuses is None else at, why), reading, 0)
    else:
        status: Object = statuses[what.at]  # type: ignore[assignment]  # what has a code is an object
        time, message = status.get("time"), reading.message_of(status, at, what.at)
        why = (_OF_SCALE_SET.get(str(what.why[0]), str(what.why[0])), *what.why[1:])
        facet = Facet(what.word, what.pointer, why, what.detail, time if type(time) is str else None, message)
    places = [index for index, code in enumerate(codes) if parts(code).category != PROVISIONING.lower()]
    others = [(index, (statuses or [])[index]) for index in places]
    return facet, tuple(status_of(reading, each, f"{at}/{index}") for index, each in others if type(each) is dict)


def _counted(reading: Reading, holder: Object, pointer: str, name: str | None) -> Counted:
    """Return the numbers by state in a summary, those of codes that differ in case or detail added up."""
    summary = reading.list_at(holder, "statusesSummary", pointer)
    at = f"{pointer}/statusesSummary"
    if not summary:
        return Counted("unknown", pointer if summary is None else at, ("no summary",), name)
    counts: dict[str, int] = {}
    for index, item in reading.objects_at(holder, "statusesSummary", pointer):
        code, count = reading.text_at(item, "code", f"{at}/{index}"), item.get("count")
        if type(count) is not int or count < 0:
            if type(count) is int:
                reading.ignore(f"count is below 0 ({at}/{index}/count)")
            elif count is not None:
                reading.note("count", f"{at}/{index}/count", count)
            continue
        state = _state(code or "")
        counts[state] = counts.get(state, 0) + count
    ordered = sorted(counts.items(), key=lambda item: (item[0] == _DONE, -item[1], item[0]))
    listed = join_words(tuple(f"{count} {state}" for state, count in ordered))
    return Counted("counted", at, ("counted", listed), name, tuple(StateCount(*each) for each in ordered))


def _state(code: str) -> str:
    """Return the state of a code, the code as it is if it has none or is not a provisioning state."""
    category, state, _ = parts(code)
    return spelt(_WORDS, state) if category == PROVISIONING.lower() else code or "no code"


def _of_extension(reading: Reading, item: Object, pointer: str, machines: Counted) -> Counted:
    before = len(reading.ignored)
    name = reading.text_at(item, "name", pointer)
    counted = _counted(reading, item, pointer, name)
    counted = counted._replace(machines=machines.total if machines.word == "counted" else None)
    if counted.is_partial:
        counted = counted._replace(why=("uncounted", counted.total, machines.total))
    return with_notes(counted, reading, before)


def _services(reading: Reading) -> tuple[Service, ...]:
    services = []
    for index, item in reading.objects_at(reading.body, "orchestrationServices", ""):
        at = f"/orchestrationServices/{index}"
        names = ("serviceName", "serviceState", "lastStatusChangeTime", "latestOperationStatus")
        name, state, time, latest = (reading.text_at(item, each, at) for each in names)
        services.append(Service(name, state or "unknown", at, time, latest))
    return tuple(services)
