"""The statuses of a machine, found by the category of their codes.

Two thousand captured machines have 22 lists of codes, so that what a list of codes says is kept. The time and the
message of a status differ from machine to machine and are added.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.checking.machine_state.codes import LONGEST, count_of, found, parts
from instanceview.checking.machine_state.facets import Facet, Power, made
from instanceview.checking.machine_state.members import with_notes
from instanceview.checking.machine_state.reasons import AT_WORK, being

if TYPE_CHECKING:
    from instanceview.checking.machine_state.codes import Codes, Found
    from instanceview.checking.machine_state.members import Reading
    from instanceview.checking.machine_state.reasons import Why

_KEPT = 256  # lists of codes that are kept
_CATEGORIES = {
    "PowerState": "PowerWord",
    "ProvisioningState": "ProvisioningWord",
    "OSState": "OsStateWord",
    "ColocationStatus": "ColocationWord",
    "HibernationState": "HibernationWord",
    "MigrationPhase": "MigrationWord",
}
"""The categories of a machine's statuses that are facets, and the types of their words."""
_PROVISIONING = 1  # the place of the provisioning state among them
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
    return (_kept if len("".join(codes)) <= LONGEST else _read)(codes, pointer)


def _read(codes: Codes, pointer: str) -> Top:
    finds = {name: found(codes, name, words, pointer) for name, words in _CATEGORIES.items()}
    first, *others = (_answer(name, each, count_of(codes), pointer) for name, each in finds.items())
    power = Power(first.word, first.pointer, first.why, first.detail)
    provisioning = finds["ProvisioningState"]
    if power.why[0] == "PowerState" and provisioning and provisioning.word in AT_WORK:
        at_work = being(provisioning.word), provisioning.pointer
        power = power._replace(why=("PowerState at work", count_of(codes), *at_work))
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


def with_notes_of(top: Top, reading: Reading) -> Top:
    """Return the facets with the notes that were taken, but for those that a code decided."""
    noted: Any = (each if each.pointer.endswith("/code") else with_notes(each, reading, 0) for each in top.facets)
    return top._replace(facets=Facets(*noted))


def with_status(top: Top, reading: Reading, statuses: list[object]) -> tuple[Facets, Facet[Any]]:
    """Return the facets and the provisioning state, with time and message of their statuses.

    Nearly always the provisioning state alone has them, and no other status need be asked.
    """
    facets, at = top.facets, top.places[_PROVISIONING]
    own = None if at is None else statuses[at]
    for each in statuses:
        if each is not own and type(each) is dict and ("time" in each or "message" in each):
            facets = Facets(*map(partial(_dated, reading, statuses), facets, top.places))
            return facets, facets.provisioning
    if own is None:
        return facets, facets.provisioning
    return facets, _dated(reading, statuses, facets.provisioning, at)


def _dated(reading: Reading, statuses: list[object], facet: Any, at: int | None) -> Any:  # noqa: ANN401 (any facet)
    """Return a facet with time and message of the status at a place in the list."""
    status = None if at is None else statuses[at]
    if type(status) is not dict:
        return facet
    time, message = status.get("time"), status.get("message")
    if message is not None and type(message) is not str:
        message = reading.text_at(status, "message", f"/statuses/{at}")
    if type(time) is not str:
        time = None
    if type(facet) is Power:
        return facet._replace(time=time)
    return made(Facet, (facet.word, facet.pointer, facet.why, facet.detail, time, message))
