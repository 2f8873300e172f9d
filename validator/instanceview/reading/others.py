"""Marks of views of other things, which have statuses with good codes too and are not ours to check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple

from instanceview.model.names import fold
from instanceview.model.text import quote
from instanceview.reading.structures import is_of_script, is_structure
from instanceview.tables.kinds import KIND_VALUES, MACHINE_VALUES, any_of

ASK = 'pass the output of "az vm get-instance-view"'
"""The next step for a user with something about a VM that is not its instance view."""
CONVERT = "pipe the object to ConvertTo-Json -Depth 10"
POWERSHELL = f"{CONVERT}, or get the answer with Invoke-AzRestMethod or -Debug"
"""The next step for a user with the output of PowerShell."""
_ANOTHER = f"pass the instance view of {any_of([kind.holder for kind in MACHINE_VALUES.values()])}"


class Thing(NamedTuple):
    """Something else: what it is, with its article, and the next step for somebody who passed it."""

    what: str
    step: str = ASK


class Mark(NamedTuple):
    """Members by which a thing is known, in any spelling: each text of `ways` is enough.

    A text has the names that all must be there; one with a dot is inside another member, or in its first item.
    """

    thing: Thing
    ways: tuple[str, ...]


# Observed in captures, and published in the service's definitions of these resources. No row has a member that the
# root of a view of ours has, but `statuses` and `disks`.
VIEWS = (
    Mark(Thing("a container's instance view", _ANOTHER), ("currentState restartCount",)),
    Mark(Thing("the instance view of a VM on Azure Stack HCI", _ANOTHER), ("vmAgent.vmConfigAgentVersion",)),
    Mark(Thing("an availability set", _ANOTHER), ("platformFaultDomainCount virtualMachines",)),
    Mark(Thing('the result of "az vm encryption show"'), ("disks status substatus", "osDisk dataDisk progressMessage")),
    Mark(Thing('the result of "Get-AzVMDiskEncryptionStatus"'), ("osVolumeEncrypted",)),
    Mark(Thing("a status file of an extension"), ("timestampUTC status",)),
    Mark(Thing("a status file of the guest agent"), ("aggregateStatus.guestAgentStatus",)),
)
"""The marks of views and results that an instance view of ours could be mistaken for."""

RUN_COMMAND = Thing('the result of "az vm run-command invoke"')
"""A list answer with statuses of components alone."""


_MOST = 1000
"""Members of an object that are looked at: what is known by its members has some ten, and folded names take room."""


def folded(value: object) -> dict[str, object]:
    """Return the first members of an object, or of the first item of an array that has any, by their folded names."""
    first = next(filter(None, value), None) if isinstance(value, list) else value
    if not isinstance(first, Mapping):
        return {}
    if len(first) > _MOST:
        first = dict(islice(first.items(), _MOST))
    return {fold(name): item for name, item in first.items() if isinstance(name, str)}


def marked(members: Mapping[str, object], marks: tuple[Mark, ...]) -> Thing | None:
    """Return the first thing whose mark an object's folded members have, None without one."""
    names = members.keys()
    for way in _ways(marks) if names else ():
        # The first names are compared as sets, which few objects pass: a fifth of the time.
        if way.first <= names and all(has_member(members, *path) for path in way.paths):
            return way.thing
    return None


class _Way(NamedTuple):
    """A way to know a thing: paths of folded names that must all be there, and the first names of these."""

    thing: Thing
    paths: tuple[tuple[str, ...], ...]
    first: frozenset[str]


@cache
def _ways(marks: tuple[Mark, ...]) -> tuple[_Way, ...]:
    """Return the ways to know each thing."""
    ways = []
    for mark in marks:
        for text in mark.ways:
            paths = tuple(tuple(map(fold, path.split("."))) for path in text.split())
            ways.append(_Way(mark.thing, paths, frozenset(path[0] for path in paths)))
    return tuple(ways)


def has_member(members: Mapping[str, object], name: str, *below: str) -> bool:
    """Return True if folded members have a name, and the object or the first item there the names below it."""
    return name in members and (not below or has_member(folded(members[name]), *below))


def other_view(value: Mapping[str, object]) -> str | None:
    """Return the name of the other thing that an object is or directly holds a view of; None for what may be ours.

    A thing is known by members that only it has, then by the resource type in its `type` or `id`. An object that lies
    deeper, say in the outputs of a deployment, is a thing of its own.

    >>> other_view({"currentState": {}, "restart_count": 0})
    "a container's instance view"
    >>> other_view({"type": "Microsoft.Compute/disks", "instanceView": {"statuses": []}})
    'a resource of type "Microsoft.Compute/disks"'
    >>> other_view({"type": "microsoft.compute/virtualmachines", "instanceView": {}}) is None
    True
    """
    members = folded(value)
    thing = thing_of_view(members) or (None if _is_new(members) else foreign_resource(members))
    return thing.what if thing else None


def _is_new(members: Mapping[str, object]) -> bool:
    """Return True if the folded members are a resource of Microsoft.Compute that surely has an instance view.

    Its type may be misspelt, or be new: each known one has a kind.
    """
    held = members.get("instanceview") or folded(members.get("properties")).get("instanceview")
    if not isinstance(held, Mapping) or not (_foreign_type(members) or "").lower().startswith("microsoft.compute/"):
        return False
    return any(is_structure(name, item) for name, item in held.items())


def thing_of_view(members: Mapping[str, object]) -> Thing | None:
    """Return the other thing that the folded members are, or directly hold a view of, by its members; None for ours."""
    if is_run_command(members):
        return RUN_COMMAND
    properties = folded(members.get("properties"))
    held = folded(members.get("instanceview") or properties.get("instanceview"))
    if ("events" in members and _is_container_group(members)) or _is_container_group(held):
        return Thing("a container group's instance view", _ANOTHER)
    # Around a view, `assetId` and others may be words of somebody's own record.
    around = () if "instanceview" in members or "instanceview" in properties else VIEWS
    return marked(members, around) or marked(properties, around) or marked(held, VIEWS)


def _is_container_group(members: Mapping[str, object]) -> bool:
    """Return True if the folded members are a state and perhaps events, as Microsoft.ContainerInstance answers."""
    return isinstance(members.get("state"), str) and members.keys() <= {"state", "events"}


def is_run_command(members: Mapping[str, object]) -> bool:
    """Return True if the folded members are a list answer with statuses of components alone, or with their output.

    On Linux the one status has the output of both streams in its message.
    """
    items = members.get("value")
    return isinstance(items, list) and is_of_script(items)


def foreign_resource(members: Mapping[str, object]) -> Thing | None:
    """Return the resource of another type that the folded members are by their `type` or `id`, None for ours."""
    foreign = _foreign_type(members)
    return Thing(f"a resource of type {quote(foreign)}", _ANOTHER) if foreign else None


def _foreign_type(members: Mapping[str, object]) -> str | None:
    """Return the resource type in the folded members of an object, None without one and for a type of ours."""
    for name in ("type", "resourcetype"):
        written = members.get(name)
        if isinstance(written, str) and re.fullmatch(r"(?i)microsoft\.[\w.]++(/[\w.]++)++", written):
            return None if _is_ours(written) else written
    for name in ("id", "resourceid"):
        written = members.get(name)
        path = re.split("[?#]", written, maxsplit=1)[0] if isinstance(written, str) else ""
        if "/providers/microsoft." in path.lower():
            return _type_in(path)
    return None


def _type_in(path: str) -> str | None:
    """Return the resource type in the path of a resource ID or URL as it is written, None for a type of ours.

    >>> _type_in("/subscriptions/0/providers/Microsoft.Compute/galleries/g/images/i")
    'Microsoft.Compute/galleries/images'
    """
    provider, *rest = path[path.lower().rindex("/providers/microsoft.") :].rstrip("/").split("/")[2:]
    written = "/".join([provider, *rest[::2]])
    return None if not rest or _is_ours(written) else written


def _is_ours(resource_type: str) -> bool:
    plain = resource_type.lower().removesuffix("/instanceview")
    return plain in _our_types()


@cache
def _our_types() -> frozenset[str]:
    """Return the types of the resources whose URLs have or list a view of ours, in lower case."""
    return frozenset(types_of_kinds())


@cache
def types_of_kinds() -> dict[str, str]:
    """Return the kind of each type of resource whose URLs have or list a view of ours, by the type in lower case."""
    urls = {
        url: kind.name
        for kind in KIND_VALUES.values()
        for url in (*(f"{kind.provider}/{each}" for each in (*kind.views, *kind.resources)), *kind.others)
    }
    return {
        re.sub(r"[\[\]]|/?{\w+}", "", url).lower().removesuffix("/instanceview"): kind for url, kind in urls.items()
    }
