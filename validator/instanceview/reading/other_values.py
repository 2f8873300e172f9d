"""Likenesses of a JSON value that is not an instance view: its name, and the next step for who passed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from instanceview.model.text import quote
from instanceview.reading.other_parts import part_of_view, places_inside
from instanceview.reading.others import (
    ASK,
    CONVERT,
    RUN_COMMAND,
    Mark,
    Thing,
    folded,
    foreign_resource,
    is_run_command,
    marked,
    thing_of_view,
)

if TYPE_CHECKING:
    from collections.abc import Callable


_EXPAND = f"request it with $expand=instanceView, or {ASK}"
_LEAVE_QUERY = "omit --query"
_GRAPH = f"select properties.extended.instanceView, or {_EXPAND}"

_AZ_ROW = Thing('a row of "az vm list --show-details"')
_POWERSHELL_ROW = Thing(
    'a row of "Get-AzVM -Status"',
    f'name one VM: "Get-AzVM -ResourceGroupName GROUP -Name NAME -Status", and {CONVERT}',
)
_ROW = Thing('a row of "az vm list --show-details" or "Get-AzVM -Status"')
_SELECTION = Thing("a result of --query or Select-Object", "omit --query or Select-Object")

# Observed in outputs of the clients and published in the definitions of these services.
_VALUES = (
    Mark(Thing("an answer of Azure Resource Graph", _GRAPH), ("data totalRecords", "data.columns data.rows")),
    Mark(Thing("a row of Azure Resource Graph", _GRAPH), ("properties.extended", "properties_extended")),
    Mark(_AZ_ROW, ("powerState hardwareProfile",)),
    Mark(
        Thing("a VM without its instance view", _EXPAND),
        (
            *("hardwareProfile", "storageProfile osProfile"),
            *("properties.hardwareProfile", "properties.storageProfile", "properties.vmId"),
        ),
    ),
    Mark(
        Thing("an object of PowerShell without its instance view", 'get it with "-Expand instanceView" or "-Status"'),
        ("instanceViewExecutionState", "instanceViewTypeHandlerVersion", "extensionType subStatuses"),
    ),
    Mark(
        Thing("a scale set without its instance view", 'pass the output of "az vmss get-instance-view"'),
        ("virtualMachineProfile", "properties.virtualMachineProfile"),
    ),
)
_OPERATION = {"status", "name", "id", "starttime", "endtime", "percentcomplete", "properties", "error", "resourceid"}
_ENDED = {"succeeded", "failed", "canceled"}
_PROGRESS = {*_ENDED, "inprogress", "running", "accepted", "creating", "updating", "deleting"}
_POWER = re.compile(r"(?:VM [a-z]|(?:Power|Provisioning)State/)")
_LOOKED_AT = 3  # items of an array: what the first ones are, the others are as well


def looks_like(value: object) -> str | None:
    """Return the thing that a JSON value without a view of ours looks like, and the next step; None if it is unknown.

    >>> looks_like({"status": "Succeeded"}).partition(";")[0], looks_like([]).partition(";")[0]
    ('this is the answer of an asynchronous operation', 'this is an empty array')
    """
    found = _array(value) if isinstance(value, list) else _scalar(value)
    if isinstance(value, Mapping):
        found = _object(value)
    return f"this is {found.what}; {found.step}" if found else None


def _scalar(value: object) -> Thing | None:
    if value is None:
        return Thing("null, which az prints if --query matches nothing", _LEAVE_QUERY)
    if isinstance(value, str):
        return Thing(f"the string {quote(value)}, as --query prints it", _LEAVE_QUERY)
    return None


def _array(items: list[object]) -> Thing | None:
    if not items:
        return Thing("an empty array", "check that the request or the filter names an existing VM")
    first = items[:_LOOKED_AT]
    if all(isinstance(item, str | None) or _is_row(item) for item in first):
        return Thing("an array of strings, as --query prints it", _LEAVE_QUERY)
    if not isinstance(items[0], Mapping):
        return None
    found = _object(items[0])
    return found and found._replace(what=f"an array whose first item is {found.what}")


def _is_row(item: object) -> bool:
    return isinstance(item, list) and bool(item) and all(isinstance(each, str | None) for each in item)


def _object(value: Mapping[str, object]) -> Thing | None:
    if next(places_inside(value), None):
        return None
    members = folded(value)
    found = (look(members) for look in _LOOKS)
    return next((mark for mark in found if mark), None)


def _listed(members: Mapping[str, object]) -> Thing | None:
    items = members.get("value")
    if not isinstance(items, list):
        return None
    found = _array(items)
    what = "a list answer without items" if not items else found and found.what.replace("an array", "a list answer", 1)
    return found and found._replace(what=what or "")


def _error(members: Mapping[str, object]) -> Thing | None:
    held = next((members[name] for name in ("error", "odata.error") if name in members), None)
    if isinstance(held, Mapping):
        code = folded(held).get("code")
    elif "errordescription" in members:  # of the token endpoint
        code = held
    else:
        code = members.get("code") if "message" in members and members.keys() <= _ERROR else None
    step = "repeat the request and pass its answer with status 200"
    return Thing(f"an error answer with code {quote(code)}", step) if isinstance(code, str) else None


_ERROR = {"code", "message", "target", "details", "innererror"}


def _operation(members: Mapping[str, object]) -> Thing | None:
    status = members.get("status")
    is_one = isinstance(status, str) and status.lower() in _PROGRESS and members.keys() <= _OPERATION
    if not is_one:
        return None
    if is_run_command(folded(folded(members.get("properties")).get("output"))):
        return RUN_COMMAND
    step = ASK if str(status).lower() in _ENDED else f"wait until it ends, then {ASK}"
    return Thing("the answer of an asynchronous operation", step)


def _projection(members: Mapping[str, object]) -> Thing | None:
    values = members.values()
    is_flat = not any(isinstance(value, (Mapping, list)) for value in values)
    if is_flat and any(isinstance(value, str) and _POWER.match(value) for value in values) and "code" not in members:
        return _SELECTION
    return None


def _row(members: Mapping[str, object]) -> Thing | None:
    """Return the row of a list of VMs, whose `powerState` is the display text of a status of the instance view."""
    power = members.get("powerstate")
    if not isinstance(power, str) or not power.startswith("VM "):
        return None
    if "resourcegroupname" in members:  # az writes resourceGroup
        return _POWERSHELL_ROW
    return _AZ_ROW if members.keys() & {"resourcegroup", "hardwareprofile"} else _ROW


def _version(members: Mapping[str, object]) -> Thing | None:
    return Thing("only a version") if members.keys() == {"version"} else None


_LOOKS: tuple[Callable[[Mapping[str, object]], Thing | None], ...] = (
    _error,
    _operation,
    _row,
    _projection,
    _version,
    thing_of_view,
    lambda members: marked(members, _VALUES),
    foreign_resource,
    part_of_view,
    _listed,
)
