"""Faults of a list: statuses that contradict each other, and items with the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.generating.known import known_codes
from instanceview.generating.spoilers.place import Fault
from instanceview.rules.site import NAMES
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.spoilers.place import Place


def conflicting_power_states(place: Place) -> Iterator[Fault]:
    """Yield a second, different power state."""
    yield from _conflicting(place, "powerstate")


def conflicting_provisioning_states(place: Place) -> Iterator[Fault]:
    """Yield a second, different provisioning state, except for an agent, whose state its version would contradict."""
    if place.element.path != "vmAgent.statuses":
        yield from _conflicting(place, "provisioningstate")


def _conflicting(place: Place, category: str) -> Iterator[Fault]:
    if "count" in place.element.children:  # a summary counts machines in several states
        return
    codes = [parsed(item["code"]) for item in place.items if place.codes]
    here = {code.state.lower() for code in codes if code and code.category.lower() == category}
    for each in known_codes(place.kind, place.element.path) if here else ():
        code = parsed(each.code)
        if code is None or code.category.lower() != category or code.state.lower() in {*here, "deallocated"}:
            continue  # a deallocated machine has no placement group
        status = {name: text for name, text in each.status().items() if name != "time"}
        yield _appended(place, status, "code")


def duplicate_status(place: Place) -> Iterator[Fault]:
    """Yield a status a second time; components may repeat."""
    for item in place.items if place.codes else ():
        code = parsed(item["code"])
        if code and not code.component:
            yield _appended(place, item, "code")


def duplicate_name(place: Place) -> Iterator[Fault]:
    """Yield a second item with the same name."""
    member = next((name for name in NAMES if name in place.element.children), "")
    for item in place.items:
        for name in (item[member], item[member].swapcase()) if isinstance(item, dict) and member in item else ():
            if name == item[member] or not place.element.children[member].member.values:
                yield _appended(place, {member: name}, member)


def _appended(place: Place, item: object, member: str) -> Fault:
    return Fault((*place.path, len(place.items), member), place.path, [*place.items, item])
