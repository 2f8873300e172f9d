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
    """Yield the facts that the lists of a document add up to, of those that its kind declares."""
    said = KIND_VALUES[kind].said
    for path, facts in ((said.room, _room), (said.used, _used), (said.copied, _copied)):
        if path:
            holder, at, name = _holder_of(reading, path)
            yield from facts(reading, holder, at, name)


def _holder_of(reading: Reading, path: str) -> tuple[Object, str, str]:
    """Return the object that has the member at a path, empty if it is absent, its pointer, and the member's name."""
    holder, at = reading.body, ""
    *above, name = path.split(".")
    for step in above:
        holder = reading.object_at(holder, step, at) or {}
        at = f"{at}/{step}"
    return holder, at, name


def _room(reading: Reading, holder: Object, at: str, name: str) -> Iterator[Fact]:
    """Yield the number of VMs of each size that fit, as one fact."""
    if reading.list_at(holder, name, at) is None:
        return
    room = []
    for index, item in reading.objects_at(holder, name, at):
        place = f"{at}/{name}/{index}"
        count, size = number_at(reading, item, "count", place), reading.text_at(item, "vmSize", place)
        if count:
            room.append(f"{count} {size or 'of an unknown size'}")
    yield Fact(ROOM, ", ".join(room) or "no VM", f"{at}/{name}")


def _used(reading: Reading, holder: Object, at: str, name: str) -> Iterator[Fact]:
    """Yield how many VMs use a capacity, and how many it has room for where it says so."""
    used = reading.list_at(holder, name, at)
    if used is not None:
        capacity = number_at(reading, holder, "currentCapacity", at)
        of = "" if capacity is None else f" of {capacity}"
        yield Fact(USED, f"{len(used)}{of}", f"{at}/{name}")


def _copied(reading: Reading, holder: Object, at: str, name: str) -> Iterator[Fact]:
    """Yield how many disks are copied, of those that are to be, and the percentage of the slowest copy."""
    ends, percents = [], []
    for index, disk in reading.objects_at(holder, name, at):
        end, percent = _copy(reading, disk, f"{at}/{name}/{index}")
        ends += [end] if end is not None else []
        percents += [percent] if percent is not None and not end else []
    if ends:
        slowest = f", the slowest at {min(percents)} %" if percents else ""
        failed = f", {ends.count('failed')} failed" if "failed" in ends else ""
        text = f"{ends.count('done')} of {number_of(len(ends), 'disk')}{slowest}{failed}"
        yield Fact(COPIED, text, f"{at}/{name}")


def _copy(reading: Reading, disk: Object, pointer: str) -> tuple[str | None, float | None]:
    """Return how the copy of a disk ended, empty while it runs, None without one; and its percentage."""
    copy = reading.object_at(disk, "replicationStatus", pointer) or {}
    at = f"{pointer}/replicationStatus"
    status = reading.object_at(copy, "status", at) or {}
    word = parts(reading.text_at(status, "code", f"{at}/status") or "").state.lower()
    percent = number_at(reading, copy, "completionPercent", at)
    if not word and percent is None:
        return None, None
    is_done = word == "succeeded" if percent is None else percent >= _ALL
    return "failed" if word == "failed" else "done" if is_done else "", percent


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
