"""Plain look-ups in a document that conforms, for tests that count: independent of what they test."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

View = dict[str, Any]
"""An instance view."""

OFF = {"stopped", "deallocated"}
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))")


def status_of(holder: View, category: str = "ProvisioningState") -> View:
    """Return the first status of a category, empty where there is none."""
    return next((each for each in holder.get("statuses", ()) if part(each.get("code", "")) == category.lower()), {})


def part(code: str, index: int = 0) -> str:
    """Return a segment of a code in lower case, empty where it has fewer."""
    return (*code.lower().split("/"), "", "")[index]


def provisioning(holder: View) -> str:
    """Return the state of a machine, scale set, disk, extension or agent (succeeded is Ready), or empty."""
    return part(status_of(holder).get("code", ""), 1)


def detail(holder: View) -> str:
    """Return the detail of a provisioning state, empty where it has none."""
    return part(status_of(holder).get("code", ""), 2)


def power(view: View) -> str:
    """Return the power state, empty where there is none."""
    return part(status_of(view, "PowerState").get("code", ""), 1)


def agent(view: View) -> str:
    """Return the state of the agent: `succeeded` is Ready, `unavailable` is Not Ready; empty without an agent."""
    return provisioning(view.get("vmAgent", {}))


def agent_message(view: View) -> str:
    """Return the message of the agent's status."""
    return str(status_of(view.get("vmAgent", {})).get("message", ""))


def version(view: View) -> str:
    """Return the version of the agent, empty where it has none."""
    return str(view.get("vmAgent", {}).get("vmAgentVersion", ""))


def handlers(view: View) -> list[View]:
    """Return the handlers of the agent."""
    return list(view.get("vmAgent", {}).get("extensionHandlers", ()))


def handler_status(view: View, extension: View) -> View:
    """Return the status of the handler that has the type of an extension, empty where none has."""
    of_type = (each for each in handlers(view) if each.get("type", "").lower() == extension.get("type", "-").lower())
    return dict(next(of_type, {}).get("status", {}))


def is_not_ready(status: View) -> bool:
    """Return True if a handler says Not Ready or Unresponsive."""
    return part(status.get("code", ""), 1) in {"notready", "unresponsive"}


def extensions(view: View) -> list[View]:
    """Return the extensions."""
    return list(view.get("extensions", ()))


def says(extension: View, *texts: str) -> bool:
    """Return True if a status or substatus of an extension has one of some texts in its message."""
    statuses = [*extension.get("statuses", ()), *extension.get("substatuses", ())]
    return any(text in each.get("message", "") for each in statuses for text in texts)


def disks(view: View) -> list[View]:
    """Return the disks."""
    return list(view.get("disks", ()))


def encryption(disk: View) -> str:
    """Return the encryption state of a disk, empty where it has none."""
    return part(status_of(disk, "EncryptionState").get("code", ""), 1)


def summary(holder: View) -> list[View]:
    """Return the counts of a scale set (`virtualMachine`) or of an extension of it."""
    return list(holder.get("virtualMachine", holder).get("statusesSummary", ()))


def states(summaries: list[View]) -> set[str]:
    """Return the states that a summary counts."""
    return {part(each["code"], 1) for each in summaries}


def times(value: object, name: str = "") -> Iterator[str]:
    """Yield every time in a document."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from times(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from times(each, name)
    elif isinstance(value, str) and name.lower().endswith("time"):
        yield value


def fraction(time: str) -> int:
    """Return the number of fractional digits of a time."""
    match = _TIME.fullmatch(time)
    assert match, time
    return len(match[2] or "")


def instant(time: str) -> datetime:
    """Return the moment of a time, its fraction cut off after six digits."""
    match = _TIME.fullmatch(time)
    assert match, time
    local = datetime.fromisoformat(match[1]).replace(tzinfo=UTC, microsecond=int((match[2] or "")[:6].ljust(6, "0")))
    ahead = timedelta(hours=int(match[4] or 0), minutes=int(match[5] or 0))
    return local + ahead if match[3] == "-" else local - ahead
