"""The lists of statuses that occur together, by the element that has them."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from instanceview.generating.known import PENDING, in_order, known_codes, known_status
from instanceview.generating.texts import messages_of, of_kind
from instanceview.tables.kinds import KIND_VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.conform import Json
    from instanceview.generating.known import Known

_SUCCEEDED = "ProvisioningState/succeeded"
_FAILED = "ProvisioningState/failed"
# The codes that captured machines have together, in the order of captures, with the weight of each list. Rare lists
# have more weight than in captures, so that 3,000 documents show each of them: Hypothesis draws similar documents in a
# row, and the counts vary much by seed.
_CAPTURED = {
    (_SUCCEEDED, "PowerState/running"): 8,
    (_SUCCEEDED, "PowerState/deallocated"): 4,
    (_SUCCEEDED, "PowerState/stopped"): 3,
    (_SUCCEEDED, "PowerState/starting"): 2,
    (_SUCCEEDED, "PowerState/running", "ColocationStatus/Aligned"): 2,
    (f"{_SUCCEEDED}/osProvisioningInProgress", "PowerState/running"): 3,
    (f"{_SUCCEEDED}/osProvisioningInProgress", "PowerState/running", "ColocationStatus/Aligned"): 2,
    (f"{_SUCCEEDED}/osProvisioningComplete", "PowerState/running"): 1,
    ("OSState/generalized", _SUCCEEDED, "PowerState/deallocated"): 2,
    ("OSState/generalized", _SUCCEEDED, "PowerState/stopped"): 2,
    ("OSState/specialized", _SUCCEEDED, "PowerState/running"): 2,
    (_SUCCEEDED, "OSState/generalized", "PowerState/deallocated"): 2,
    ("ProvisioningState/updating", "PowerState/running"): 4,
    ("ProvisioningState/creating",): 2,
    ("ProvisioningState/creating", "PowerState/starting"): 1,
    ("ProvisioningState/creating", "PowerState/running"): 1,
    ("ProvisioningState/creating/osProvisioningInProgress", "PowerState/running"): 1,
    ("ProvisioningState/creating/osProvisioningComplete", "PowerState/running"): 1,
}
# Lists that no capture has and the meaning of their states allows. A failure leaves the power state as it was.
_NOT_CAPTURED = {
    (_SUCCEEDED, "PowerState/deallocated", "HibernationState/Hibernated"): 6,
    (_SUCCEEDED, "PowerState/running", "MigrationPhase/commit"): 6,
    (_SUCCEEDED, "PowerState/running", "ColocationStatus/Unknown"): 6,
    ("ProvisioningState/updating", "PowerState/stopping"): 6,
    ("ProvisioningState/updating", "PowerState/deallocating"): 6,
    ("ProvisioningState/creating", "PowerState/creating"): 4,
    ("ProvisioningState/deleting", "PowerState/running"): 2,
    ("ProvisioningState/deleting", "PowerState/stopped"): 2,
    ("ProvisioningState/deleting", "PowerState/deallocated"): 2,
    (_FAILED, "PowerState/stopped"): 2,
    (_FAILED, "PowerState/deallocated"): 2,
}
# The lists with more than one status in captured documents that are not about machines.
_HOST = ((_SUCCEEDED, "HealthState/available"),)
_TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "run-command-result.value": (
        (_SUCCEEDED,),
        ("ComponentStatus/StdOut/succeeded", "ComponentStatus/StdErr/succeeded"),
    ),
    "dedicated-host.statuses": _HOST,
    "dedicated-host-group.hosts.statuses": _HOST,
    "cloud-service.statuses": ((_SUCCEEDED, "PowerState/started", "CurrentUpgradeDomain/-1", "MaxUpgradeDomain/1"),),
}
# The elements at which every captured status has a message, even if it is empty.
_WITH_MESSAGE = {
    *("vmAgent.statuses", "extensions.statuses", "vm-extension.statuses", "run-command-result.value"),
    *("arc-extension.status", "proximity-placement-group.colocationStatus", "cloud-service-role-instance.statuses"),
}


@cache
def lists(kind: str, element: str, *, seen: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the lists of codes that a list of statuses may have, the most usual first, some of them several times.

    With `seen`, they are those that captures show. Without it, those of a machine are the usual one and those that no
    capture shows. An extension that has not reported yet has no status.

    >>> lists("vm", "disks.statuses")[1:3]
    (('ProvisioningState/deleting',), ('ProvisioningState/succeeded', 'EncryptionState/encrypted'))
    """
    codes = [each.code for each in known_codes(kind, element) if each.captures or not seen]
    if element == "disks.statuses":
        return tuple((code,) if code.startswith("ProvisioningState/") else (codes[0], code) for code in codes)
    if element == "extensions.statuses":
        return (*((code,) for code in codes), ())
    if element == "patchStatus.configurationStatuses":
        return ((codes[0],), (codes[0], codes[-1])) if codes else ()
    if element == "statuses" and KIND_VALUES[kind].subject == "machine":
        failed = tuple((code, "PowerState/running") for code in codes if code.startswith(_FAILED))
        return _repeated(_CAPTURED) if seen else (next(iter(_CAPTURED)), *_repeated(_NOT_CAPTURED), *failed)
    together = _TOGETHER.get(of_kind(kind, element))
    if together:
        listed = {code for each in together for code in each}
        others = tuple(_instead(together[0], code) for code in codes if code not in listed)
        return together + (() if seen else others)
    return tuple((code,) for code in codes)


def _instead(codes: tuple[str, ...], other: str) -> tuple[str, ...]:
    """Return a list with another code in place of the one of its category."""
    category = other.partition("/")[0]
    return tuple(other if code.partition("/")[0] == category else code for code in codes)


def _repeated(times: dict[tuple[str, ...], int]) -> tuple[tuple[str, ...], ...]:
    return tuple(codes for codes, number in times.items() for _ in range(number))


@cache
def statuses_of(kind: str, element: str, code: str) -> tuple[Json, ...]:
    """Return a known status in full in each way that it is written, with each text and message; times are pending."""
    each = known_status(kind, element, code)
    return tuple(_written(each, of_kind(kind, element)))


def _written(each: Known, element: str) -> Iterator[Json]:
    messages: list[Json] = [{"message": text} for text in messages_of(element, each.code)]
    if element not in _WITH_MESSAGE:
        messages.insert(0, {})
    texts = each.texts[:1] if element == "vmAgent.statuses" else each.texts  # the second one is the page's
    for text, message in product(texts or ("",), messages):
        shown = {"displayStatus": text} if text else {}
        yield in_order({**each.status(), **shown, **message})
    if each.time == "sometimes":
        yield {**each.status(), **messages[0], "time": PENDING}


@cache
def written_lists(kind: str, element: str, *, seen: bool = False) -> tuple[tuple[Json, ...], ...]:
    """Return `lists` with every status in full, once for each way that its statuses are written."""
    ways = ((statuses_of(kind, element, code) for code in codes) for codes in lists(kind, element, seen=seen))
    return tuple(statuses for each in ways for statuses in product(*each))
