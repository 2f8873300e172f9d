"""Drawn documents are made to conform: what was drawn once by chance and did not."""

from __future__ import annotations

from typing import Any

from instanceview.generation.conform import conform
from instanceview.judge import judge
from instanceview.model import Document, Origin


def test_counts_that_agree_stay_within_32_bits() -> None:
    large = 2**31 - 2
    machines = [{"code": "ProvisioningState/creating", "count": 9000}, {"code": "PowerState/running", "count": large}]
    body: dict[str, Any] = {
        "virtualMachine": {"statusesSummary": machines},
        "extensions": [{"name": "a", "statusesSummary": [{"code": "ProvisioningState/creating"}]}],
    }
    conform(body, "vmss", "2022-08-01")
    assert sum(each["count"] for each in body["virtualMachine"]["statusesSummary"]) == 2**31 - 1
    assert judge(Document(body, Origin("x"), "vmss", "2022-08-01")) == ()
