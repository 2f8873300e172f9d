"""The kinds of document, each one value: its table, its words, its URLs, its shape and its api-versions.

A new kind is one more value here or in `family`, beside its element tables and samples; everything else reads these
values. The machine documents come first, which most people have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.tables.family import FAMILY
from instanceview.tables.kind import COMPUTE, Kind, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from instanceview.literals import ApiVersion, KindName

__all__ = ["COMPUTE", "KINDS", "KIND_VALUES", "MACHINES", "MACHINE_VALUES", "PAGE_VERSION", "Kind", "Operation"]

PAGE_VERSION: ApiVersion = "2016-04-30-preview"
"""The api-version that the documentation page describes."""


_SET = "virtualMachineScaleSets/{set}"
_VMS = "virtualMachineScaleSets/{vmScaleSetName}/virtualMachines"
_VM = f"{_VMS}/{{instanceId}}"
_EXPAND = "$expand=instanceView"
_MACHINES = (
    Kind(
        name="vmss-vm",
        model="VirtualMachineScaleSetVMInstanceView",
        holder="a scale-set VM",
        about="one VM of a scale set",
        subject="machine",
        views=(f"{_SET}/virtualMachines/{{id}}/instanceView",),
        resources=(f"{_SET}/virtualMachines[/{{id}}]",),
        parameters=(".*scaleset.*", "instanceid"),
        page_version=PAGE_VERSION,
        operations=(
            Operation("VirtualMachineScaleSetVMs_GetInstanceView", f"{_VM}/instanceView", "", "2015-06-15"),
            Operation("VirtualMachineScaleSetVMs_Get", _VM, _EXPAND, "2019-03-01"),
            Operation("VirtualMachineScaleSetVMs_List", _VMS, _EXPAND, "2015-06-15"),
        ),
    ),
    Kind(
        name="vm",
        model="VirtualMachineInstanceView",
        holder="a VM",
        about="a single VM",
        subject="machine",
        views=("virtualMachines/{name}/instanceView",),
        resources=("[locations/{location}/]virtualMachines[/{name}]",),
        parameters=("vmname",),
        operations=(
            Operation("VirtualMachines_InstanceView", "virtualMachines/{vmName}/instanceView", "", "2017-03-30"),
            Operation("VirtualMachines_Get", "virtualMachines/{vmName}", _EXPAND, "2015-06-15"),
            Operation("VirtualMachines_List", "virtualMachines", _EXPAND, "2023-03-01"),
            Operation("VirtualMachines_ListAll", "virtualMachines", "statusOnly=true", "2019-07-01"),
            Operation("VirtualMachines_ListAll", "virtualMachines", _EXPAND, "2023-03-01"),
        ),
    ),
    Kind(
        name="vmss",
        model="VirtualMachineScaleSetInstanceView",
        holder="a scale set",
        about="a scale set's summary",
        subject="scale set",
        views=(f"{_SET}/instanceView",),
        parameters=(".*scaleset.*",),
        operations=(
            Operation(
                "VirtualMachineScaleSets_GetInstanceView",
                "virtualMachineScaleSets/{vmScaleSetName}/instanceView",
                "",
                "2015-06-15",
            ),
        ),
    ),
)

MACHINE_VALUES: Mapping[str, Kind] = {kind.name: kind for kind in _MACHINES}
"""The kinds of machine documents by name; a document without marks of another kind is one of them."""

KIND_VALUES: Mapping[str, Kind] = {**MACHINE_VALUES, **FAMILY}
"""The kinds by name, in the order in which help, tables and schemas list them."""

MACHINES: tuple[KindName, ...] = tuple(kind.name for kind in _MACHINES)
"""The names of the kinds of machine documents; the first is the default."""

KINDS: tuple[KindName, ...] = (*MACHINES, *(kind.name for kind in FAMILY.values()))
"""The names of the kinds; the first is the default."""


def choice_of_kinds() -> str:
    """Return the names of the kinds as a choice, those of machine documents first, as help lists them."""
    return f"{any_of(MACHINES)}; of others {any_of(tuple(FAMILY))}"


def is_of_page(kind: str, api_version: str) -> bool:
    """Return whether the documentation page describes a kind at an api-version, so that page and service both count."""
    return KIND_VALUES[kind].page_version == api_version


def any_of(words: Sequence[str]) -> str:
    """Return words as a choice.

    >>> any_of(("error", "warning", "note"))
    'error, warning or note'
    """
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
