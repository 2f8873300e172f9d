"""Names views of other things, which have statuses with good codes too and are not ours to check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from instanceview.model.names import fold
from instanceview.model.text import quote
from instanceview.tables.kinds import KIND_VALUES, any_of

ASK = 'pass what "az vm get-instance-view" prints'
"""The next step of somebody who holds something about a VM that is not its instance view."""
CONVERT = "pipe the object to ConvertTo-Json -Depth 10"
POWERSHELL = f"{CONVERT}, or take the answer with Invoke-AzRestMethod or -Debug"
"""The next step of somebody who holds what PowerShell prints."""
_ANOTHER = f"pass that of {any_of([kind.holder for kind in KIND_VALUES.values()])}"


class Mark(NamedTuple):
    """Members by which a thing is known: it has all of `names`, in any spelling, itself or in its member `inside`.

    `what` is the thing with its article, `step` the next step for somebody who passed it.
    """

    what: str
    names: tuple[str, ...]
    inside: str = ""
    step: str = ASK


_EXTENSION = "an extension's instance view"
_HOST, _HOST_GROUP = "a dedicated host's instance view", "a dedicated host group's instance view"
_RESERVATION = "a capacity reservation's instance view"
_ROLE = "a Cloud Service's instance view"
_ENCRYPTION = 'the result of "az vm encryption show"'
_STATUS_FILE = "a status file of an extension"

# Observed in captures, and published in the service's definitions of these resources. No row has a member that the
# root of a view of ours has, but `statuses` and `disks`.
VIEWS = (
    Mark(_EXTENSION, ("typeHandlerVersion",), step=_ANOTHER),
    Mark(_EXTENSION, ("substatuses",), step=_ANOTHER),
    Mark(_HOST, ("assetId",), step=_ANOTHER),
    Mark(_HOST, ("availableCapacity",), step=_ANOTHER),
    Mark(_HOST_GROUP, ("availableCapacity",), "hosts", _ANOTHER),
    Mark(_HOST_GROUP, ("assetId",), "hosts", _ANOTHER),
    Mark(_RESERVATION, ("utilizationInfo",), step=_ANOTHER),
    Mark("a capacity reservation group's instance view", ("utilizationInfo",), "capacityReservations", _ANOTHER),
    Mark("a run command's instance view", ("executionState",), step=_ANOTHER),
    Mark("a run command's instance view", ("exitCode", "executionMessage"), step=_ANOTHER),
    Mark("a container's instance view", ("currentState", "restartCount"), step=_ANOTHER),
    Mark(_ROLE, ("privateId",), step=_ANOTHER),
    Mark(_ROLE, ("privateIds",), step=_ANOTHER),
    Mark(_ROLE, ("statusesSummary",), "roleInstance", _ANOTHER),
    Mark("a restore point's instance view", ("diskRestorePoints",), step=_ANOTHER),
    Mark("the instance view of a VM on Azure Stack HCI", ("vmConfigAgentVersion",), "vmAgent", _ANOTHER),
    Mark("an availability set", ("platformFaultDomainCount", "virtualMachines"), step=_ANOTHER),
    Mark(_ENCRYPTION, ("disks", "status", "substatus")),
    Mark(_ENCRYPTION, ("osDisk", "dataDisk", "progressMessage")),
    Mark('the result of "Get-AzVMDiskEncryptionStatus"', ("osVolumeEncrypted",)),
    Mark(_STATUS_FILE, ("timestampUTC", "status")),
    Mark("a status file of the guest agent", ("guestAgentStatus",), "aggregateStatus"),
    Mark("a heartbeat file of an extension", ("status", "code"), "heartbeat"),
    Mark("an environment file of an extension", ("handlerEnvironment",)),
    Mark("a settings file of an extension", ("runtimeSettings",)),
    Mark("a manifest of an extension", ("handlerManifest",)),
)
"""The marks of views and results that an instance view of ours could be mistaken for."""

RUN_COMMAND = 'the result of "az vm run-command invoke"'
"""A list answer with statuses of components alone."""


def folded(value: object) -> dict[str, object]:
    """Return the members of an object, or of the first item of an array, by their folded names; empty without one."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, Mapping):
        return {}
    return {fold(name): item for name, item in first.items() if isinstance(name, str)}


def marked(members: Mapping[str, object], marks: tuple[Mark, ...]) -> Mark | None:
    """Return the first mark that an object's folded members have, None without one."""
    within: dict[str, dict[str, object]] = {"": dict(members)}
    for mark in marks:
        inside = fold(mark.inside)
        if inside not in within:
            within[inside] = folded(members.get(inside))
        if all(fold(name) in within[inside] for name in mark.names):
            return mark
    return None


def other_view(value: Mapping[str, object]) -> str | None:
    """Return the name of the other thing that an object is or directly holds a view of; None for what may be ours.

    A thing is known by members that only it has, then by the resource type in its `type` or `id`. An object that lies
    deeper, say in the outputs of a deployment, is a thing of its own.

    >>> other_view({"name": "setup", "type_handler_version": "2.1", "statuses": []})
    "an extension's instance view"
    >>> other_view({"type": "Microsoft.Compute/disks", "instanceView": {"statuses": []}})
    'a resource of type "Microsoft.Compute/disks"'
    >>> other_view({"type": "microsoft.compute/virtualmachines", "instanceView": {}}) is None
    True
    """
    members = folded(value)
    mark = view_mark(members) or foreign_mark(members)
    return mark.what if mark else None


def view_mark(members: Mapping[str, object]) -> Mark | None:
    """Return the mark by which the folded members are, or directly hold, a view of another thing, None without one."""
    if is_run_command(members):
        return Mark(RUN_COMMAND, ())
    properties = folded(members.get("properties"))
    held = folded(members.get("instanceview") or properties.get("instanceview"))
    if ("events" in members and _is_container_group(members)) or _is_container_group(held):
        return Mark("a container group's instance view", (), step=_ANOTHER)
    # Around a view, `assetId` and others may be words of somebody's own record; only extensions are known by theirs.
    around = VIEWS[:1] if "instanceview" in members or "instanceview" in properties else VIEWS
    return marked(members, around) or marked(properties, around) or marked(held, VIEWS)


def _is_container_group(members: Mapping[str, object]) -> bool:
    """Return True if the folded members are a state and perhaps events, as Microsoft.ContainerInstance answers."""
    return isinstance(members.get("state"), str) and members.keys() <= {"state", "events"}


def is_run_command(members: Mapping[str, object]) -> bool:
    """Return True if the folded members are a list answer with statuses of components alone, or with their output.

    On Linux the one status has the output of both streams in its message.
    """
    items = members.get("value")
    statuses = [folded(item) for item in items] if isinstance(items, list) else []
    return bool(statuses) and all(_is_of_command(status) for status in statuses)


def _is_of_command(status: Mapping[str, object]) -> bool:
    code, message = (status.get(name) for name in ("code", "message"))
    is_component = isinstance(code, str) and code.startswith("ComponentStatus/")
    return is_component or (isinstance(code, str) and isinstance(message, str) and "[stdout]" in message)


def foreign_mark(members: Mapping[str, object]) -> Mark | None:
    """Return the resource of another type that the folded members are by their `type` or `id`, None for ours."""
    foreign = _foreign_type(members)
    return Mark(f"a resource of type {quote(foreign)}", (), step=_ANOTHER) if foreign else None


def _foreign_type(members: Mapping[str, object]) -> str | None:
    """Return the resource type in the folded members of an object, None without one and for a type of ours."""
    for name in ("type", "resourcetype"):
        written = members.get(name)
        if isinstance(written, str) and re.fullmatch(r"(?i)microsoft\.[\w.]++(/[\w.]++)++", written):
            return None if _is_ours(written) else written
    for name in ("id", "resourceid"):
        written = members.get(name)
        if isinstance(written, str) and "/providers/microsoft." in written.lower():
            return _type_in(written)
    return None


def _type_in(resource_id: str) -> str | None:
    """Return the resource type in a resource ID or URL as it is written, None for a type of ours.

    >>> _type_in("/subscriptions/0/providers/Microsoft.Compute/virtualMachines/app/extensions/setup")
    'Microsoft.Compute/virtualMachines/extensions'
    """
    path = re.split("[?#]", resource_id, maxsplit=1)[0].rstrip("/")
    provider, *rest = path[path.lower().rindex("/providers/microsoft.") :].split("/")[2:]
    written = "/".join([provider, *rest[::2]])
    return None if not rest or _is_ours(written) else written


def _is_ours(resource_type: str) -> bool:
    plain = resource_type.lower().removesuffix("/instanceview")
    return plain in _our_types()


@cache
def _our_types() -> frozenset[str]:
    """Return the types of the resources whose URLs have or list a view of ours, in lower case."""
    urls = (url for kind in KIND_VALUES.values() for url in (*kind.views, *kind.resources))
    plain = (re.sub(r"[\[\]]|/?{\w+}", "", url).lower().removesuffix("/instanceview") for url in urls)
    return frozenset(f"microsoft.compute/{each}" for each in plain)
