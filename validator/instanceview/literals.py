"""The names that options take and the words of states, as types; derived by `python -m instanceview.derive`."""

from typing import Literal, TypeAlias

__all__ = [
    "AgentWord",
    "ApiVersion",
    "CategoryName",
    "ColocationWord",
    "EncryptionWord",
    "ExtensionWord",
    "FamilyName",
    "FormatName",
    "HandlerWord",
    "HealthWord",
    "HibernationWord",
    "KindName",
    "LevelName",
    "MaintenanceWord",
    "MigrationWord",
    "OsStateWord",
    "OtherWord",
    "PatchWord",
    "PlaceName",
    "PowerWord",
    "ProvisioningWord",
    "RuleName",
    "SaysWord",
    "SeverityName",
]

KindName: TypeAlias = Literal[
    "vmss-vm",
    "vm",
    "vmss",
    "vm-extension",
    "run-command-result",
    "run-command",
    "arc-run-command",
    "arc-extension",
    "dedicated-host",
    "dedicated-host-group",
    "capacity-reservation",
    "capacity-reservation-group",
    "availability-set",
    "proximity-placement-group",
    "cloud-service",
    "cloud-service-role-instance",
    "restore-point",
    "interconnect-block",
    "resource-graph",
]
"""A kind of document."""

ApiVersion: TypeAlias = Literal[
    "2015-06-15",
    "2016-03-30",
    "2016-04-30-preview",
    "2017-03-30",
    "2017-12-01",
    "2018-04-01",
    "2018-06-01",
    "2018-10-01",
    "2019-03-01",
    "2019-07-01",
    "2019-08-02-preview",
    "2019-12-01",
    "2019-12-12",
    "2020-06-01",
    "2020-07-30-preview",
    "2020-08-02",
    "2020-08-15-preview",
    "2020-10-01-preview",
    "2020-12-01",
    "2021-01-28-preview",
    "2021-03-01",
    "2021-03-25-preview",
    "2021-04-01",
    "2021-04-22-preview",
    "2021-05-17-preview",
    "2021-05-20",
    "2021-06-10-preview",
    "2021-07-01",
    "2021-11-01",
    "2021-12-10-preview",
    "2022-03-01",
    "2022-03-10",
    "2022-04-04",
    "2022-05-10-preview",
    "2022-08-01",
    "2022-08-11-preview",
    "2022-09-04",
    "2022-11-01",
    "2022-11-10",
    "2022-12-27-preview",
    "2022-12-27",
    "2023-03-01",
    "2023-03-15-preview",
    "2023-04-25-preview",
    "2023-06-20-preview",
    "2023-07-01",
    "2023-09-01",
    "2023-10-03-preview",
    "2024-03-01",
    "2024-03-31-preview",
    "2024-05-20-preview",
    "2024-07-01",
    "2024-07-10",
    "2024-07-31-preview",
    "2024-09-10-preview",
    "2024-11-01",
    "2024-11-04",
    "2024-11-10-preview",
    "2025-01-13",
    "2025-02-19-preview",
    "2025-04-01",
    "2025-06-01",
    "2025-08-21-preview",
    "2025-09-16-preview",
    "2025-11-01",
    "2026-02-12-preview",
    "2026-03-01",
    "2026-04-01",
    "2026-06-04-preview",
    "2026-06-16-preview",
    "2026-07-15",
    "2026-09-01",
    "unversioned",
]
"""An api-version that defines instance views."""

RuleName: TypeAlias = Literal[
    "duplicate-key",
    "placeholder",
    "wrong-type",
    "null-element",
    "out-of-range",
    "negative-number",
    "value-not-allowed",
    "unknown-value",
    "malformed-time",
    "unset-time",
    "missing-element",
    "later-element",
    "removed-element",
    "misspelt-element",
    "undocumented-element",
    "page-only-element",
    "service-only-element",
    "domain-as-text",
    "malformed-status-code",
    "unknown-category",
    "misplaced-category",
    "unknown-state",
    "status-code-case",
    "status-without-code",
    "level-contradicts-code",
    "display-status-contradicts-code",
    "conflicting-power-states",
    "conflicting-provisioning-states",
    "duplicate-status",
    "duplicate-name",
    "summary-count",
    "agent-unavailable-version",
    "extension-without-handler",
    "handler-version-differs",
    "deallocated-placement-group",
    "secret-in-text",
    "client-output",
    "unlisted-api-version",
    "guessed-kind",
    "status-without-time",
    "status-with-time",
    "status-without-level",
    "status-without-text",
]
"""A rule."""

FamilyName: TypeAlias = Literal["fidelity"]
"""A family of rules that are off by default."""

SeverityName: TypeAlias = Literal[
    "error",
    "warning",
    "note",
]
"""A severity, the worst first."""

FormatName: TypeAlias = Literal[
    "text",
    "concise",
    "json",
    "sarif",
    "junit",
    "github",
    "azure-pipelines",
    "gitlab",
    "markdown",
]
"""A format of a report."""

PlaceName: TypeAlias = Literal[
    "statuses",
    "vmAgent.statuses",
    "vmAgent.extensionHandlers.status",
    "disks.statuses",
    "extensions.statuses",
    "extensions.substatuses",
    "vmHealth.status",
    "bootDiagnostics.status",
    "patchStatus.configurationStatuses",
    "virtualMachine.statusesSummary",
    "extensions.statusesSummary",
    "substatuses",
    "value",
    "status",
    "hosts.statuses",
    "capacityReservations.statuses",
    "colocationStatus",
    "roleInstance.statusesSummary",
    "powerState",
]
"""A place of status codes: the path of the status, or of the list of them."""

CategoryName: TypeAlias = Literal[
    "ProvisioningState",
    "PowerState",
    "ComponentStatus",
    "EncryptionState",
    "OSState",
    "ColocationStatus",
    "HealthState",
    "ErrorCode",
    "MigrationPhase",
    "HibernationState",
    "PatchModeConfigurationState",
    "AssessmentModeConfigurationState",
    "RoleState",
    "CurrentUpgradeDomain",
    "MaxUpgradeDomain",
]
"""A category of status codes; ErrorCode is for bare ones."""

LevelName: TypeAlias = Literal[
    "Info",
    "Warning",
    "Error",
]
"""A level of a status."""


class OtherWord(str):
    """A word of a state that the vocabulary does not have, as the document spells it."""

    __slots__ = ()


PowerWord: TypeAlias = Literal[
    "running",
    "deallocated",
    "stopped",
    "starting",
    "creating",
    "stopping",
    "deallocating",
    "unknown",
]
"""A power state; `unknown` also where there is none."""

ProvisioningWord: TypeAlias = Literal[
    "succeeded",
    "updating",
    "creating",
    "deleting",
    "migrating",
    "failed",
    "unknown",
]
"""The state of the last operation; `unknown` where there is none."""

OsStateWord: TypeAlias = Literal[
    "generalized",
    "specialized",
    "unknown",
    "not reported",
]
"""Whether the operating system was generalized or specialized."""

AgentWord: TypeAlias = Literal[
    "reporting",
    "not reporting",
    "unknown",
]
"""Whether the agent of the machine reports to the platform."""

SaysWord: TypeAlias = Literal[
    "Ready",
    "Not Ready",
]
"""What the agent's status says."""

ExtensionWord: TypeAlias = Literal[
    "succeeded",
    "transitioning",
    "failed",
    "creating",
    "updating",
    "deleting",
    "no status",
    "unknown",
]
"""The state of an extension."""

HandlerWord: TypeAlias = Literal[
    "succeeded",
    "NotReady",
    "Installing",
    "Unresponsive",
    "unknown",
]
"""The state of an extension's handler."""

EncryptionWord: TypeAlias = Literal[
    "encrypted",
    "not encrypted",
    "not reported",
    "unknown",
]
"""What a disk says of encryption from within the guest."""

HealthWord: TypeAlias = Literal[
    "healthy",
    "unhealthy",
    "unknown",
    "not reported",
]
"""The health of the application."""

MaintenanceWord: TypeAlias = Literal[
    "RetryLater",
    "MaintenanceAborted",
    "MaintenanceCompleted",
    "self-service allowed",
    "self-service not allowed",
    "not reported",
]
"""Whether the customer may start a maintenance, or how the last one ended."""

ColocationWord: TypeAlias = Literal[
    "Aligned",
    "Unknown",
    "unknown",
    "not reported",
]
"""Whether the machine is placed with its proximity placement group."""

HibernationWord: TypeAlias = Literal[
    "Hibernated",
    "unknown",
    "not reported",
]
"""Whether the memory was saved to disk."""

MigrationWord: TypeAlias = Literal[
    "commit",
    "unknown",
    "not reported",
]
"""The phase of a migration by the platform."""

PatchWord: TypeAlias = Literal[
    "Unknown",
    "InProgress",
    "Failed",
    "Succeeded",
    "CompletedWithWarnings",
    "not reported",
]
"""The progress of the last assessment or installation of patches."""
