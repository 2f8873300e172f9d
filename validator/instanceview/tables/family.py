"""The kinds beside the machine documents, each one value: views of extensions, and later of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.tables.kind import Kind, Operation, Said

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXTENSIONS = "virtualMachines/{vmName}/extensions"
_SET_EXTENSIONS = "virtualMachineScaleSets/{vmScaleSetName}/virtualMachines/{instanceId}/extensions"
_EXPAND = "$expand=instanceView"
_EVERY = (
    Kind(
        name="vm-extension",
        model="VirtualMachineExtensionInstanceView",
        holder="an extension",
        about="one extension of a VM",
        subject="extension",
        resources=(
            "virtualMachines/{name}/extensions[/{extension}]",
            "virtualMachineScaleSets/{set}/virtualMachines/{id}/extensions[/{extension}]",
        ),
        parameters=(".*vmextensionname",),
        operations=(
            Operation("VirtualMachineExtensions_Get", f"{_EXTENSIONS}/{{vmExtensionName}}", _EXPAND, "2015-06-15"),
            Operation("VirtualMachineExtensions_List", _EXTENSIONS, _EXPAND, "2016-03-30"),
            Operation(
                "VirtualMachineScaleSetVMExtensions_Get",
                f"{_SET_EXTENSIONS}/{{vmExtensionName}}",
                _EXPAND,
                "2019-07-01",
            ),
            Operation("VirtualMachineScaleSetVMExtensions_List", _SET_EXTENSIONS, _EXPAND, "2019-07-01"),
        ),
        marks=("typeHandlerVersion statuses", "typeHandlerVersion substatuses"),
        said=Said(facts=("type", "typeHandlerVersion")),
    ),
)

FAMILY: Mapping[str, Kind] = {kind.name: kind for kind in _EVERY}
"""The kinds beside the machine documents by name, in the order in which help lists them."""
