"""Names of clients against the rule that makes them: models of azure-mgmt-compute, and classes of Az.Compute."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from needs import MODELS
from oracle import offered, read

from instanceview.generating.variants import fullest
from instanceview.reading.dialects import printed_by_client
from instanceview.reading.dialects.names import service_names
from instanceview.tables.descent import element_at
from instanceview.tables.elements import tree
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPES = [(kind, version) for version in offered() for kind in MACHINES]
needs_models = pytest.mark.skipif(not SCOPES, reason=MODELS)
PAGE_ONLY = {"platformUpgradeDomain", "windowsConfiguration"}
COMPOUND = re.compile("_([a-z0-9])")

# Source: the sources of Az.Compute (PSVirtualMachineInstanceView, PSVirtualMachineScaleSetVMInstanceView,
# PSVirtualMachineScaleSetInstanceView) and of the models that they hold. By kind, the path of the holder, its names.
POWERSHELL = {
    ("vm", ""): "ComputerName OsName OsVersion HyperVGeneration AssignedHost BootDiagnostics Disks Extensions "
    "PlatformFaultDomain PlatformUpdateDomain RemoteDesktopThumbprint=rdpThumbPrint RdpThumbPrint "
    "VMAgent=vmAgent VmAgent VMHealth=vmHealth Statuses MaintenanceRedeployStatus PatchStatus "
    "IsVMInStandbyPool InterconnectInstanceView",
    ("vmss-vm", ""): "PlatformUpdateDomain PlatformFaultDomain RdpThumbPrint VmAgent MaintenanceRedeployStatus Disks "
    "Extensions VmHealth BootDiagnostics Statuses AssignedHost PlacementGroupId ComputerName OsName OsVersion",
    ("vmss", ""): "VirtualMachine Extensions Statuses OrchestrationServices",
    ("vmss", "virtualMachine"): "StatusesSummary",
    ("vmss", "extensions"): "Name StatusesSummary",
    ("vmss", "orchestrationServices"): "ServiceName ServiceState",
    ("vm", "vmAgent"): "VmAgentVersion ExtensionHandlers Statuses",
    ("vm", "vmAgent.extensionHandlers"): "Type TypeHandlerVersion Status",
    ("vm", "extensions"): "Name Type TypeHandlerVersion Substatuses SubStatuses=substatuses Statuses",
    ("vm", "disks"): "Name EncryptionSettings Statuses",
    ("vm", "disks.encryptionSettings"): "DiskEncryptionKey KeyEncryptionKey Enabled",
    ("vm", "disks.encryptionSettings.diskEncryptionKey"): "SecretUrl SourceVault",
    ("vm", "bootDiagnostics"): "ConsoleScreenshotBlobUri SerialConsoleLogBlobUri Status",
    ("vm", "statuses"): "Code Level DisplayStatus Message Time",
    ("vm", "maintenanceRedeployStatus"): "IsCustomerInitiatedMaintenanceAllowed PreMaintenanceWindowStartTime "
    "PreMaintenanceWindowEndTime MaintenanceWindowStartTime MaintenanceWindowEndTime LastOperationResultCode "
    "LastOperationMessage",
    ("vm", "patchStatus"): "AvailablePatchSummary LastPatchInstallationSummary ConfigurationStatuses",
    ("vm", "patchStatus.availablePatchSummary"): "Status AssessmentActivityId RebootPending "
    "CriticalAndSecurityPatchCount OtherPatchCount StartTime LastModifiedTime Error",
    ("vm", "patchStatus.availablePatchSummary.error"): "Details Innererror Code Target Message",
    ("vm", "patchStatus.availablePatchSummary.error.innererror"): "Exceptiontype Errordetail",
}
# Source: Azure.ResourceManager.Compute; it joins names, and writes the class before `Type`.
DOTNET = {
    ("vm", ""): "OSName=osName OSVersion=osVersion IsVmInStandbyPool=isVMInStandbyPool VmHealthStatus=vmHealth.status",
    ("vmss", ""): "VirtualMachineStatusesSummary=virtualMachine.statusesSummary",
    ("vm", "extensions"): "VirtualMachineExtensionInstanceViewType=type",
    ("vm", "vmAgent.extensionHandlers"): "VirtualMachineExtensionHandlerInstanceViewType=type",
    ("vm", "disks.encryptionSettings.diskEncryptionKey"): "SourceVaultId=sourceVault.id",
    ("vm", "patchStatus.availablePatchSummary.error"): "InnerError=innererror",
}
NOT_NAMES = {
    "powershell": "vmAgent vm_agent VMAGENT Vmagent Computername displayStatus",
    "python-sdk": "vmAgent vmagent VmAgent vm__agent _vm_agent is_v_m_in_standby_pool",
    "az": "isVMInStandbyPool VmAgent vm_agent isvminstandbypool",
}


def pairs(names: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each name with the service's; without one, that is the name with a small letter first."""
    for each in names.split():
        name, _, meant = each.partition("=")
        yield name, tuple((meant or name[0].lower() + name[1:]).split("."))


@pytest.mark.parametrize(("writer", "table"), [("powershell", POWERSHELL), ("dotnet", DOTNET)])
def test_each_name_of_a_class_is_the_services(writer: str, table: dict[tuple[str, str], str]) -> None:
    for (kind, path), names in table.items():
        element = element_at(tree(kind), tuple(path.split(".")) if path else ())
        assert element
        assert [service_names(name, writer, [element]) for name, _ in pairs(names)] == [
            meant for _, meant in pairs(names)
        ]


def test_no_other_name_is_a_clients() -> None:
    for writer, names in NOT_NAMES.items():
        assert [name for name in names.split() if service_names(name, writer, [tree("vm")])] == []


def attributes(model: Any) -> Any:  # noqa: ANN401 (a model has no type that both generations share)
    """Return a model by the names of its attributes, as `as_attribute_dict` does for the newer generation of models."""
    if isinstance(model, list):
        return [attributes(item) for item in model]
    if hasattr(model, "_attribute_map"):
        return {name: attributes(getattr(model, name)) for name in model._attribute_map}  # noqa: SLF001
    if hasattr(model, "_attr_to_rest_field"):
        return {name: attributes(getattr(model, name)) for name in model._attr_to_rest_field}  # noqa: SLF001
    return model.isoformat() if hasattr(model, "isoformat") else model


def of_az(value: Any) -> Any:  # noqa: ANN401 (as above)
    """Return attributes as the az CLI prints them: camel case of each, sorted (source: azure.cli.core.util, knack)."""
    if isinstance(value, list):
        return [of_az(item) for item in value]
    if not isinstance(value, dict):
        return value
    return dict(
        sorted((COMPOUND.sub(lambda match: match[1].upper(), name), of_az(item)) for name, item in value.items())
    )


def names(value: Any) -> Any:  # noqa: ANN401 (as above)
    """Return the shape of a document: its names, without values and without members that are null."""
    if isinstance(value, list):
        return [names(item) for item in value]
    if not isinstance(value, dict):
        return "a value"
    return {name: names(item) for name, item in value.items() if item is not None}


def without_page(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without the members that only the page has: no model has them."""
    return {name: value for name, value in document.items() if name not in PAGE_ONLY}


@needs_models
@pytest.mark.parametrize(("kind", "version"), SCOPES)
def test_each_attribute_of_a_model_is_the_services_name(kind: str, version: str) -> None:
    document = without_page(fullest(kind, version))
    model = read(document, kind, version)
    printed = printed_by_client(attributes(model))
    assert printed
    assert (printed.writer, names(printed.body)) == ("python-sdk", names(document))
    view = of_az(attributes(model))
    printed = printed_by_client(view)
    # Without null members and names of its own, the CLI writes what the service does.
    assert names(printed.body if printed else view) == names(document)
    assert (printed and printed.writer) == ("az" if kind != "vmss" else None)


@needs_models
@pytest.mark.parametrize(("kind", "version"), SCOPES)
def test_as_dict_of_a_model_is_read(kind: str, version: str) -> None:
    document = without_page(fullest(kind, version))
    model = read(document, kind, version)
    view = model.as_dict()
    printed = printed_by_client(view)
    if hasattr(model, "_attribute_map"):
        assert printed
        assert (printed.writer, names(printed.body)) == ("python-sdk", names(document))
    else:  # the newer generation has the service's names
        assert (printed, names(view)) == (None, names(document))
