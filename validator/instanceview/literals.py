"""The names that options take, as types; derived by `python -m instanceview.derive`."""

from typing import Literal, TypeAlias

__all__ = ["ApiVersion", "FormatName", "KindName", "RuleName", "SeverityName"]

KindName: TypeAlias = Literal[
    "vmss-vm",
    "vm",
    "vmss",
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
    "2019-12-01",
    "2020-06-01",
    "2020-12-01",
    "2021-03-01",
    "2021-04-01",
    "2021-07-01",
    "2021-11-01",
    "2022-03-01",
    "2022-08-01",
    "2022-11-01",
    "2023-03-01",
    "2023-07-01",
    "2023-09-01",
    "2024-03-01",
    "2024-07-01",
    "2024-11-01",
    "2025-04-01",
    "2025-11-01",
    "2026-03-01",
    "2026-04-01",
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
]
"""A rule."""

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
