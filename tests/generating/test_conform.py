"""`conform` removes contradictions from a document, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from instanceview.checking.check import check_document
from instanceview.generating.conform import conform
from instanceview.model.document import Document, Origin

RUNNING = {"code": "PowerState/running"}
DEALLOCATED = {"code": "PowerState/deallocated"}
READY = {"code": "ProvisioningState/succeeded"}
GONE = {"code": "ProvisioningState/Unavailable"}
CASES: dict[str, tuple[str, Any, Any]] = {
    "second power state": ("vm", {"statuses": [RUNNING, DEALLOCATED]}, {"statuses": [RUNNING]}),
    "level": ("vm", {"statuses": [{**RUNNING, "level": "Error"}]}, {"statuses": [{**RUNNING, "level": "Info"}]}),
    "text of another state": (
        "vm",
        {"statuses": [{**RUNNING, "displayStatus": "VM stopped"}]},
        {"statuses": [RUNNING]},
    ),
    "same name": ("vm", {"disks": [{"name": "a"}, {"name": "A"}, {}, {}]}, {"disks": [{"name": "a"}, {}, {}]}),
    "version of an agent that is gone": (
        "vm",
        {"vmAgent": {"vmAgentVersion": "2.1", "statuses": [GONE]}},
        {"vmAgent": {"vmAgentVersion": "Unknown", "statuses": [GONE]}},
    ),
    "unknown version of a ready agent": (
        "vm",
        {"vmAgent": {"vmAgentVersion": "unknown", "statuses": [READY]}},
        {"vmAgent": {"statuses": [READY]}},
    ),
    "type without handler": (
        "vm",
        {"vmAgent": {"extensionHandlers": [{"type": ""}]}, "extensions": [{"type": "b"}]},
        {"vmAgent": {"extensionHandlers": [{"type": ""}]}, "extensions": [{}]},
    ),
    "version of the handler": (
        "vm",
        {
            "vmAgent": {"extensionHandlers": [{"type": "a", "typeHandlerVersion": "1"}]},
            "extensions": [{"type": "A", "typeHandlerVersion": "2"}],
        },
        {
            "vmAgent": {"extensionHandlers": [{"type": "a", "typeHandlerVersion": "1"}]},
            "extensions": [{"type": "A", "typeHandlerVersion": "1"}],
        },
    ),
    "placement group": (
        "vmss-vm",
        {"statuses": [DEALLOCATED], "placementGroupId": "g"},
        {"statuses": [DEALLOCATED]},
    ),
    "counts": (
        "vmss",
        {
            "virtualMachine": {"statusesSummary": [{**READY, "count": 2}]},
            "extensions": [
                {"statusesSummary": [{**READY, "count": 5}, {"code": "ProvisioningState/failed", "count": 1}]}
            ],
        },
        {
            "virtualMachine": {"statusesSummary": [{**READY, "count": 2}]},
            "extensions": [
                {"statusesSummary": [{**READY, "count": 1}, {"code": "ProvisioningState/failed", "count": 1}]}
            ],
        },
    ),
}


@pytest.mark.parametrize(("kind", "before", "after"), CASES.values(), ids=CASES)
def test_what_is_contradicted_goes(kind: str, before: Any, after: Any) -> None:  # noqa: ANN401 (JSON)
    assert check_document(Document(before, Origin("before"), kind, "2024-07-01")) != ()
    body = json.loads(json.dumps(before))
    conform(body, kind, "2024-07-01")
    assert body == after
    assert check_document(Document(body, Origin("after"), kind, "2024-07-01")) == ()
    conform(body, kind, "2024-07-01")
    assert body == after


def test_counts_that_agree_stay_within_32_bits() -> None:
    most = 2**31 - 1
    creating = {"code": "ProvisioningState/creating"}
    body: dict[str, Any] = {
        "virtualMachine": {"statusesSummary": [{**creating, "count": 9000}, {**READY, "count": most - 1}]},
        "extensions": [{"name": "a", "statusesSummary": [dict(creating)]}],
    }
    conform(body, "vmss", "2022-08-01")
    assert sum(each["count"] for each in body["virtualMachine"]["statusesSummary"]) == most
    assert body["extensions"][0]["statusesSummary"][0]["count"] == most
    assert check_document(Document(body, Origin("x"), "vmss", "2022-08-01")) == ()
