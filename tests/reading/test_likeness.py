"""A document whose fault removed the mark of its kind: what it is taken for, by itself and with `--kind`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import check, check_text

if TYPE_CHECKING:
    from instanceview.literals import KindName
    from instanceview.model.report import Report

STATUS = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}
RESULT = {"coe": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Provisioning succeeded"}
EXTENSION = {"name": "setup", "type": "CustomScript", "typeHandlerVersion": "2.1"}
ROOM = {"virtualMachinesAllocated": [{"id": "/x"}], "currentCapacity": 5}
GUEST = {"computerName": "app", "osName": "ubuntu", "osVersion": "22.04"}

BY_THEMSELVES: dict[str, tuple[dict[str, Any], str]] = {
    "misspelt result": ({**EXTENSION, "staus": {"code": "0", "level": "Information"}}, "arc-extension"),
    "null in place of the one member": ({"colocationStatus": None}, "proximity-placement-group"),
    "other case": ({"COLOCATIONSTATUS": {"code": "ColocationStatus/Aligned"}}, "proximity-placement-group"),
    "one more member": ({"colocationStatus": {"code": "a/b"}, "note": 1}, "proximity-placement-group"),
    "machines have statuses too": ({"utiliztaionInfo": ROOM, "statuses": [STATUS]}, "capacity-reservation"),
    "number in other case": ({"CURRENTCAPACITY": 5, "statuses": [STATUS]}, "interconnect-block"),
    "code misspelt": ({"value": [RESULT]}, "run-command-result"),
    "machines have the guest too": ({**GUEST, "powerState": None}, "resource-graph"),
    "a name with other words": ({"ExecutionArn": "a", "output": ""}, ""),
    "what a program wrote": ({"exitCode": 0, "stdout": ""}, ""),
    "as like a machine": ({"vmAgnt": {}, "statuses": [STATUS]}, "vmss-vm"),
}


@pytest.mark.parametrize("case", BY_THEMSELVES)
def test_a_document_without_its_mark_has_the_kind_that_it_is_most_like(case: str) -> None:
    value, kind = BY_THEMSELVES[case]
    assert kinds_of(check_text(json.dumps(value))) == ([kind] if kind else [])
    assert kinds_of(check(value)) == kinds_of(check_text(json.dumps(value)))


def kinds_of(report: Report) -> list[str]:
    return [tables.kind for tables in report.checked_as]


ASKED: tuple[tuple[str, KindName], ...] = (
    ('{"assetId": true}', "dedicated-host"),
    ('{"name": "setup", "name": "setup"}', "vm-extension"),
    ('{"EXITCODE": 0}', "run-command"),
    ('{"value": null}', "run-command-result"),
    ('{"STATUSES": []}', "availability-set"),
    ("value: text\n", "run-command-result"),
)


@pytest.mark.parametrize(("text", "kind"), ASKED, ids=[text for text, _ in ASKED])
def test_a_kind_that_is_given_checks_what_shows_no_kind(text: str, kind: KindName) -> None:
    report = check_text(text, kind=kind)
    assert kinds_of(report) == [kind]
    assert report.findings
    assert report.unreadable == ()


def test_a_line_that_shows_no_kind_is_checked_as_the_kind_that_is_given() -> None:
    report = check_text('{"assetId": true}\n{"assetId": 1}\n{"colour": 1}\n', kind="dedicated-host")
    assert (kinds_of(report), report.documents) == (["dedicated-host"], 2)
    assert len(report.skipped) == 1


REFUSED: tuple[tuple[dict[str, object], KindName, str], ...] = (
    ({"colour": 1}, "dedicated-host", "none of its members is documented"),
    (
        {"status": "Succeeded", "id": 1, "percentComplete": 1},
        "arc-extension",
        "the answer of an asynchronous operation",
    ),
    ({"statuses": [STATUS], "vmAgent": {}}, "dedicated-host", "this is the instance view of a scale-set VM, and not"),
    ({"powerState": {"code": "PowerState/running"}}, "vm", "this is the instance view of a VM in Azure Resource Graph"),
    ({**EXTENSION, "statuses": [STATUS]}, "arc-extension", "this is the instance view of an extension, and not"),
)


@pytest.mark.parametrize(("value", "kind", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_what_is_of_another_kind_is_named(value: dict[str, object], kind: KindName, reason: str) -> None:
    report = check_text(json.dumps(value), kind=kind)
    assert report.documents == 0
    assert [reason in each.reason for each in report.unreadable] == [True]
