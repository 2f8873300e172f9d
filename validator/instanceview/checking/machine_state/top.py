"""The statuses of a machine, found by the category of their codes.

Two thousand captured machines have 22 lists of codes, so that what a list of codes says is kept. The time and the
message of a status differ from machine to machine and are added.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.codes import found, parts
from instanceview.checking.machine_state.facets import Facet, Power
from instanceview.checking.machine_state.reasons import AT_WORK, being

if TYPE_CHECKING:
    from instanceview.checking.machine_state.codes import Codes, Found
    from instanceview.checking.machine_state.members import Reading
    from instanceview.checking.machine_state.reasons import Why

_KEPT = 256  # lists of codes that are kept
_LONGEST = 400  # characters of the codes in a list that is kept: real ones have 100 at most
_CATEGORIES = {
    "PowerState": "PowerWord",
    "ProvisioningState": "ProvisioningWord",
    "OSState": "OsStateWord",
    "ColocationStatus": "ColocationWord",
    "HibernationState": "HibernationWord",
    "MigrationPhase": "MigrationWord",
}
"""The categories of a machine's statuses that are facets, and the types of their words."""
_POWER = 0  # the place of the power state among them
_DUE = frozenset({"PowerState", "ProvisioningState"})
"""The categories that every machine should have, so that none found is unknown."""


class Facets(NamedTuple):
    """The facets of a machine's statuses, in the order of `_CATEGORIES`."""

    power: Power
    provisioning: Facet[Any]
    os_state: Facet[Any]
    colocation: Facet[Any]
    hibernation: Facet[Any]
    migration: Facet[Any]


class Top(NamedTuple):
    """The facets that the codes of a machine's statuses give, without time and message.

    `places` are the indexes of the statuses that decided, None without one; `other` those of the statuses that have no
    facet.
    """

    facets: Facets
    places: tuple[int | None, ...]
    other: tuple[int, ...]


def top_of(codes: Codes, pointer: str) -> Top:
    """Return the facets of codes; `pointer` is that of their list, or of the document where it has none."""
    return (_kept if len("".join(codes)) <= _LONGEST else _read)(codes, pointer)


def _read(codes: Codes, pointer: str) -> Top:
    finds = {name: found(codes, name, words, pointer) for name, words in _CATEGORIES.items()}
    first, *others = (_answer(name, each, len(codes), pointer) for name, each in finds.items())
    power = Power(first.word, first.pointer, first.why, first.detail)
    provisioning = finds["ProvisioningState"]
    if power.why[0] == "PowerState" and provisioning and provisioning.word in AT_WORK:
        at_work = being(provisioning.word), provisioning.pointer
        power = power._replace(why=("PowerState at work", len(codes), *at_work))
    known = {name.lower() for name in _CATEGORIES}
    return Top(
        Facets(power, *others),
        tuple(each and each.at for each in finds.values()),
        tuple(at for at, code in enumerate(codes) if parts(code).category not in known),
    )


_kept = lru_cache(_KEPT)(_read)


def _answer(category: str, what: Found | None, number: int, pointer: str) -> Facet[Any]:
    if what:
        return Facet(*what[:4])
    why: Why = ("none", category, number) if category == "ProvisioningState" else (category, number)
    return Facet("unknown" if category in _DUE else "not reported", pointer, why if number else ("no statuses",))


def with_status(top: Top, reading: Reading, statuses: list[object]) -> Facets:
    """Return the facets with time and message of their statuses; nearly always `provisioning` alone has them."""
    facets: list[Any] = list(top.facets)
    for place, at in enumerate(top.places):
        status = None if at is None else statuses[at]
        if type(status) is dict and ("time" in status or "message" in status):
            time, message = status.get("time"), reading.text_at(status, "message", f"/statuses/{at}")
            time = time if type(time) is str else None
            each = facets[place]
            dated = Facet(each.word, each.pointer, each.why, each.detail, time, message)
            facets[place] = each._replace(time=time) if place == _POWER else dated
    return Facets(*facets)
