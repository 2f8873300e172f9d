"""Facts about a document beside those of machines: values that its kind declares, and numbers of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.checking.machine_state.codes import parts
from instanceview.model.text import number_of
from instanceview.tables.elements import members
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.literals import KindName

_NUMBER = (int, float)
_TYPES: dict[str, tuple[type, ...]] = {"string": (str,), "boolean": (bool,), "integer": _NUMBER, "number": _NUMBER}
_ALL = 100  # percent of a copy that has ended

ROOM = "room for"
"""The name of the fact about the VMs that fit on a host."""
USED = "used"
"""The name of the fact about how much of a reservation is used."""
COPIED = "copied"
"""The name of the fact about the disks of a restore point that are copied to another region."""


class Fact(NamedTuple):
    """Something that a document says beside its result: a name, the value as it is, and its pointer."""

    name: str
    value: str | float | bool
    pointer: str


def facts_of(reading: Reading, kind: KindName) -> Iterator[Fact]:
    """Yield the values at the paths that a kind declares; one that is not of the type in the tables is noted."""
    for path in KIND_VALUES[kind].said.facts:
        holder: Object | None = reading.body
        rows, at = members(KIND_VALUES[kind].model), ""
        *above, name = path.split(".")
        for step in above:
            holder = reading.object_at(holder, step, at) if holder else None
            rows, at = members(rows[step].table), f"{at}/{step}"
        value = holder.get(name) if holder else None
        if type(value) in _TYPES[rows[name].type]:
            yield Fact(path, value, f"{at}/{name}")  # type: ignore[arg-type]
        elif value is not None:
            reading.note(name, f"{at}/{name}", value)


def numbers_of(reading: Reading, kind: KindName) -> Iterator[Fact]:
    """Yield the facts that the parts of a document add up to, for the kinds that have such parts."""
    of_kind = {"dedicated-host": _room, "capacity-reservation": _used, "restore-point": _copied}.get(kind)
    yield from of_kind(reading) if of_kind else ()


def _room(reading: Reading) -> Iterator[Fact]:
    """Yield the number of VMs of each size that fit on a dedicated host, as one fact."""
    at = "/availableCapacity"
    capacity = reading.object_at(reading.body, "availableCapacity", "") or {}
    if reading.list_at(capacity, "allocatableVMs", at) is None:
        return
    room = []
    for index, item in reading.objects_at(capacity, "allocatableVMs", at):
        place = f"{at}/allocatableVMs/{index}"
        count, size = number_at(reading, item, "count", place), reading.text_at(item, "vmSize", place)
        if count:
            room.append(f"{count} {size or 'of an unknown size'}")
    yield Fact(ROOM, ", ".join(room) or "no VM", f"{at}/allocatableVMs")


def _used(reading: Reading) -> Iterator[Fact]:
    """Yield how many VMs run in a capacity reservation, and how many it has room for where it says so."""
    at = "/utilizationInfo"
    info = reading.object_at(reading.body, "utilizationInfo", "") or {}
    used = reading.list_at(info, "virtualMachinesAllocated", at)
    if used is not None:
        capacity = number_at(reading, info, "currentCapacity", at)
        of = "" if capacity is None else f" of {capacity}"
        yield Fact(USED, f"{len(used)}{of}", f"{at}/virtualMachinesAllocated")


def _copied(reading: Reading) -> Iterator[Fact]:
    """Yield how many disks of a restore point are copied, of those that are to be, and what the slowest one has."""
    ends, percents = [], []
    for index, disk in reading.objects_at(reading.body, "diskRestorePoints", ""):
        at = f"/diskRestorePoints/{index}/replicationStatus"
        copy = reading.object_at(disk, "replicationStatus", at.rpartition("/")[0]) or {}
        status = reading.object_at(copy, "status", at) or {}
        word = parts(reading.text_at(status, "code", f"{at}/status") or "").state.lower()
        percent = number_at(reading, copy, "completionPercent", at)
        if word or percent is not None:
            ended = word == "succeeded" if percent is None else percent >= _ALL
            ends.append("failed" if word == "failed" else "done" if ended else "")
        if percent is not None and not ends[-1]:
            percents.append(percent)
    if ends:
        slowest = f", the slowest at {min(percents)} %" if percents else ""
        failed = f", {ends.count('failed')} failed" if "failed" in ends else ""
        text = f"{ends.count('done')} of {number_of(len(ends), 'disk')}{slowest}{failed}"
        yield Fact(COPIED, text, "/diskRestorePoints")


def number_at(reading: Reading, holder: Object, name: str, pointer: str) -> int | float | None:
    """Return the number that a member has, whole where it is; None without one, which is noted.

    `pointer` is that of the holder.
    """
    value = holder.get(name)
    if value is None or type(value) is int:
        return value
    if type(value) is float:
        return int(value) if value.is_integer() else value
    return reading.note(name, f"{pointer}/{name}", value)
