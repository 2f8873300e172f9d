"""Statuses that occur together in one list: of a machine, a disk, an agent and a scale set."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from instanceview.generating.known import PENDING, known_codes, known_status
from instanceview.generating.texts import messages_of
from instanceview.tables.kinds import KIND_VALUES
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.conform import Json
    from instanceview.generating.known import Known

# Power states beside a provisioning state, the most usual first (captures; those in transit by their meaning).
_POWER = {
    "succeeded": ("running", "stopped", "deallocated"),
    "creating": ("", "creating", "starting", "running"),
    "updating": ("running", "starting", "stopping", "deallocating"),
    "deleting": ("running", "stopped", "deallocated"),
    "failed": ("running", "stopped", "deallocated"),
    "migrating": (),  # not drawn: nothing shows its level and text
}
# Further codes beside succeeded, by power state.
_MORE = {
    "running": ("OSState/specialized", "ColocationStatus/Aligned", "MigrationPhase/commit"),
    "stopped": ("OSState/generalized",),
    "deallocated": ("OSState/generalized", "HibernationState/Hibernated"),
}


@cache
def lists(kind: str, element: str) -> tuple[tuple[str, ...], ...]:
    """Return the lists of codes that one list of statuses may hold, the most usual first.

    >>> lists("vm", "disks.statuses")[1:3]
    (('ProvisioningState/deleting',), ('ProvisioningState/succeeded', 'EncryptionState/encrypted'))
    """
    codes = [each.code for each in known_codes(kind, element)]
    if element == "disks.statuses":
        return tuple((code,) if code.startswith("ProvisioningState/") else (codes[0], code) for code in codes)
    if element == "patchStatus.configurationStatuses":
        return (codes[0],), (codes[0], codes[-1])
    if element == "statuses" and KIND_VALUES[kind].subject == "machine":
        return tuple(_of_machine(kind))
    return tuple((code,) for code in codes)


def _of_machine(kind: str) -> Iterator[tuple[str, ...]]:
    for each in known_codes(kind, "statuses"):
        code = parsed(each.code)
        if code is None or code.category != "ProvisioningState":
            continue
        # A step of the setup is reported by a guest that runs.
        step = (code.detail or "").startswith("osProvisioning")
        for power in ("running",) if step else _POWER[code.state]:
            pair = (each.code, f"PowerState/{power}") if power else (each.code,)
            yield pair
            for more in _MORE.get(power, ()) if each.code == "ProvisioningState/succeeded" else ():
                yield (*pair, more)


@cache
def statuses_of(kind: str, element: str, code: str) -> tuple[Json, ...]:
    """Return the ways in which a known status is written: in full, its time pending, and with its messages."""
    each = known_status(kind, element, code)
    return tuple(_written(each, element))


def _written(each: Known, element: str) -> Iterator[Json]:
    for text, message in product(each.texts or ("",), ("", *messages_of(element, each.code))):
        full = each.status()
        time = full.pop("time", None)
        said = {**full, **({"displayStatus": text} if text else {}), **({"message": message} if message else {})}
        yield said if time is None else {**said, "time": time}
    if each.time == "sometimes":
        yield {**each.status(), "time": PENDING}


@cache
def written_lists(kind: str, element: str) -> tuple[tuple[Json, ...], ...]:
    """Return `lists` with every status in full, in each of its ways."""
    ways = ((statuses_of(kind, element, code) for code in codes) for codes in lists(kind, element))
    return tuple(statuses for each in ways for statuses in product(*each))
