"""Faults across elements: members that are right by themselves and contradict another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.generating.conform import power_state
from instanceview.generating.known import known_status
from instanceview.generating.spoilers.place import Fault
from instanceview.tables.vocabulary import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.generating.spoilers.place import Place

_NOT_LISTED = "Contoso.Example.NotListed"
_GROUP = "00000000-0000-0000-0000-00000000000f"
_DEALLOCATED = "PowerState/deallocated"


def agent_unavailable_version(place: Place) -> Iterator[Fault]:
    """Yield a version for an agent that is unavailable, and an unknown one for an agent that succeeded."""
    if place.element.path != "vmAgent" or "vmAgentVersion" not in place.members:
        return
    states = {code.state for code in map(parsed, _codes(place.members)) if code}
    if len(states) == 1:
        yield place.with_member("vmAgentVersion", "Unknown" if "succeeded" in states else "2.7.41491.1010")


def _codes(holder: dict[str, object]) -> list[str]:
    statuses = holder.get("statuses")
    return [status["code"] for status in statuses] if isinstance(statuses, list) else []


def extension_without_handler(place: Place) -> Iterator[Fault]:
    """Yield a type of an extension that no handler has, where each handler has a type."""
    handlers = place.body.get("vmAgent", {}).get("extensionHandlers", [])
    if place.element.path == "extensions.type" and handlers and all("type" in handler for handler in handlers):
        yield place.replaced(_NOT_LISTED)


def handler_version_differs(place: Place) -> Iterator[Fault]:
    """Yield a version of an extension that differs from that of its handler."""
    handlers = place.body.get("vmAgent", {}).get("extensionHandlers", [])
    versions = {handler.get("type"): handler.get("typeHandlerVersion") for handler in handlers}
    if place.element.path == "extensions" and versions.get(place.members.get("type")):
        yield place.with_member("typeHandlerVersion", f"{versions[place.members['type']]}.1")


def deallocated_placement_group(place: Place) -> Iterator[Fault]:
    """Yield a placement group for a deallocated machine, or the state deallocated for a machine with such a group."""
    if place.path or not place.may_hold("placementGroupId"):
        return
    if power_state(place.members) == "deallocated":
        yield place.with_member("placementGroupId", _GROUP)
    elif "placementGroupId" in place.members and power_state(place.members):
        status = known_status(place.kind, "statuses", _DEALLOCATED).status()
        statuses = [status if "PowerState" in each["code"] else each for each in place.members["statuses"]]
        yield Fault(("placementGroupId",), ("statuses",), statuses)


def summary_count(place: Place) -> Iterator[Fault]:
    """Yield the summary of an extension that counts one machine more than the scale set has."""
    machines = place.body.get("virtualMachine", {}).get("statusesSummary")
    if place.element.path == "extensions.statusesSummary" and place.items and machines:
        first, *rest = place.items
        yield place.replaced([{**first, "count": first["count"] + 1}, *rest])
