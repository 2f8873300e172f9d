"""The disks of a machine: encryption from within the guest, and a state that is not `succeeded`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.checking.machine_state.codes import PROVISIONING, count_of, found
from instanceview.checking.machine_state.facets import made
from instanceview.checking.machine_state.members import with_notes
from instanceview.checking.machine_state.parts import Disk

if TYPE_CHECKING:
    from instanceview.checking.machine_state.members import Object, Reading
    from instanceview.checking.machine_state.reasons import Why

_ENCRYPTION = "EncryptionState"
_WORDS = {"notencrypted": "not encrypted"}
_USUAL = "ProvisioningState/succeeded"
_USUAL_WHY: Why = (_ENCRYPTION, 1)


def disks_of(reading: Reading) -> tuple[Disk, ...]:
    """Return the disks of a document.

    A disk with the one usual status alone, as nearly all are, is read by itself: it takes a fifth of the time.
    """
    disks = []
    times = reading.times
    items = reading.body.get("disks")
    if type(items) is not list:
        items = reading.list_at(reading.body, "disks", "") or []
    for index, item in enumerate(items):
        if type(item) is not dict:
            if item is not None:
                reading.note("item", f"/disks/{index}", item)
            continue
        statuses, name = item.get("statuses"), item.get("name")
        if type(statuses) is list and len(statuses) == 1 and type(name) is str and "encryptionSettings" not in item:
            status = statuses[0]
            if type(status) is dict and status.get("code") == _USUAL and type(time := status.get("time")) is str:
                times.append(time)
                disks.append(
                    made(Disk, ("not reported", f"/disks/{index}/statuses", _USUAL_WHY, name, time, None, None, None))
                )
                continue
        disks.append(_disk(reading, item, f"/disks/{index}"))
    return tuple(disks)


def _disk(reading: Reading, item: Object, pointer: str) -> Disk:
    before = len(reading.ignored)
    name = reading.text_at(item, "name", pointer)
    statuses = reading.list_at(item, "statuses", pointer)
    at = pointer if statuses is None else f"{pointer}/statuses"
    codes = reading.codes_of(statuses or [], at)
    state = found(codes, PROVISIONING, "DiskState", at)
    what = found(codes, _ENCRYPTION, "EncryptionCode", at)
    status = statuses[state.at] if statuses and state else None
    time = status.get("time") if type(status) is dict else None
    time = time if type(time) is str else None
    odd = state if state and state.word != "succeeded" else None
    own, own_pointer = (odd.word, odd.pointer) if odd else (None, None)
    if what is None:
        where, why = _not_reported(reading, item, pointer, at, codes)
        return with_notes(Disk("not reported", where, why, name, time, own, own_pointer), reading, before)
    word = _WORDS.get(what.word.lower(), what.word)
    why = ("encrypted", *what.why[1:]) if word == "encrypted" and what.why[0] == "code" else what.why
    return with_notes(Disk(word, what.pointer, why, name, time, own, own_pointer, what.detail), reading, before)


def _not_reported(reading: Reading, item: Object, pointer: str, at: str, codes: tuple[str, ...]) -> tuple[str, Why]:
    """Return the pointer and the reason of a disk without an EncryptionState."""
    settings = "encryptionSettings" in item and reading.objects_at(item, "encryptionSettings", pointer)
    if settings and any(each.get("enabled") is True for _, each in settings):
        return f"{pointer}/encryptionSettings", ("settings",)
    number = count_of(codes)
    return at, (_ENCRYPTION, number) if number else ("no disk statuses",)
