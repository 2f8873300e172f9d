"""The kinds beside the machine documents, each one value: of extensions and scripts, with those of `other_kinds`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.tables.kind import Kind, Operation, Said
from instanceview.tables.other_kinds import OTHERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARC = "Microsoft.HybridCompute"
_EXPAND = "$expand=instanceView"
_EXTENSIONS = "virtualMachines/{vmName}/extensions"
_VM_OF_SET = "virtualMachineScaleSets/{vmScaleSetName}/virtualMachines/{instanceId}"
_SCRIPT = Said("executionState", ("exitCode", "startTime", "endTime", "output", "error"), ("exitCode",))
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
        operations=(
            Operation("VirtualMachineExtensions_Get", f"{_EXTENSIONS}/{{vmExtensionName}}", _EXPAND, "2015-06-15"),
            Operation("VirtualMachineExtensions_List", _EXTENSIONS, _EXPAND, "2016-03-30"),
            Operation(
                "VirtualMachineScaleSetVMExtensions_Get",
                f"{_VM_OF_SET}/extensions/{{vmExtensionName}}",
                _EXPAND,
                "2019-07-01",
            ),
            Operation("VirtualMachineScaleSetVMExtensions_List", f"{_VM_OF_SET}/extensions", _EXPAND, "2019-07-01"),
        ),
        marks=("typeHandlerVersion statuses", "typeHandlerVersion substatuses", "substatuses statuses"),
        unmarked=("name", "statuses"),
        said=Said(facts=("type", "typeHandlerVersion")),
    ),
    Kind(
        name="run-command-result",
        model="RunCommandResult",
        holder="the run-command action",
        about="what a script of az vm run-command invoke wrote",
        subject="script",
        views=(
            "virtualMachines/{name}/runCommand",
            "virtualMachineScaleSets/{set}/virtualMachines/{id}/runCommand",
        ),
        answers=(
            "locations/{location}/operations/{operationId}",
            "virtualMachines/{name}/runCommand",
            "virtualMachineScaleSets/{set}/virtualMachines/{id}/runCommand",
        ),
        since="2017-03-30",
        operations=(
            Operation("VirtualMachines_RunCommand", "virtualMachines/{vmName}/runCommand", "", "2017-03-30"),
            Operation("VirtualMachineScaleSetVMs_RunCommand", f"{_VM_OF_SET}/runCommand", "", "2018-04-01"),
        ),
        marks=("value.code", "status properties.output.code"),
        said=Said("value"),
    ),
    Kind(
        name="run-command",
        model="VirtualMachineRunCommandInstanceView",
        holder="a run command",
        about="one run command of a VM",
        subject="run command",
        resources=tuple(
            f"{machine}/{commands}[/{{command}}]"
            for machine in ("virtualMachines/{name}", "virtualMachineScaleSets/{set}/virtualMachines/{id}")
            for commands in ("runCommands", "diagnosticRunCommands")
        ),
        since="2020-06-01",
        operations=(
            Operation(
                "VirtualMachineRunCommands_GetByVirtualMachine",
                "virtualMachines/{vmName}/runCommands/{runCommandName}",
                _EXPAND,
                "2020-06-01",
            ),
            Operation(
                "VirtualMachineRunCommands_ListByVirtualMachine",
                "virtualMachines/{vmName}/runCommands",
                _EXPAND,
                "2020-06-01",
            ),
            Operation(
                "VirtualMachineScaleSetVMRunCommands_Get",
                f"{_VM_OF_SET}/runCommands/{{runCommandName}}",
                _EXPAND,
                "2020-06-01",
            ),
            Operation("VirtualMachineScaleSetVMRunCommands_List", f"{_VM_OF_SET}/runCommands", _EXPAND, "2020-06-01"),
        ),
        marks=("executionState", "exitCode executionMessage"),
        said=_SCRIPT,
    ),
    Kind(
        name="arc-run-command",
        model="MachineRunCommandInstanceView",
        holder="a run command of an Arc machine",
        about="one run command of an Arc machine",
        subject="run command",
        resources=("machines/{name}/runCommands[/{command}]",),
        answers=("locations/{location}/operationstatus/{operationId}",),
        since="2023-10-03-preview",
        versions="Microsoft.HybridCompute/machines/runCommands",
        operations=(
            Operation(
                "MachineRunCommands_Get",
                "machines/{machineName}/runCommands/{runCommandName}",
                "",
                "2023-10-03-preview",
            ),
            Operation("MachineRunCommands_List", "machines/{machineName}/runCommands", "", "2023-10-03-preview"),
        ),
        provider=_ARC,
        marks=("executionState", "exitCode executionMessage"),
        said=_SCRIPT,
    ),
    Kind(
        name="arc-extension",
        model="MachineExtensionInstanceView",
        holder="an extension of an Arc machine",
        about="one extension of an Arc machine",
        subject="Arc extension",
        resources=("machines/{name}/extensions[/{extension}]",),
        answers=(
            "locations/{location}/operationstatus/{operationId}",
            "locations/{location}/operationresults/{operationId}",
            "machines[/{name}]",
        ),
        versions="Microsoft.HybridCompute",
        operations=(
            Operation(
                "MachineExtensions_Get", "machines/{machineName}/extensions/{extensionName}", "", "2019-08-02-preview"
            ),
            Operation("MachineExtensions_List", "machines/{machineName}/extensions", "", "2019-08-02-preview"),
        ),
        provider=_ARC,
        others=("Microsoft.ConnectedVMwarevSphere/virtualMachines/{name}/extensions[/{extension}]",),
        marks=("name typeHandlerVersion status.code", "name type typeHandlerVersion status"),
        said=Said("status", ("type", "typeHandlerVersion")),
    ),
)

FAMILY: Mapping[str, Kind] = {kind.name: kind for kind in (*_EVERY, *OTHERS)}
"""The kinds beside the machine documents by name, in the order in which help lists them."""
