"""A document has the same findings as a named file, in a folder and in an archive, whatever is misspelt in it."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from instanceview import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview import Report

STATUSES = [{"code": "PowerState/running", "level": "Info"}]
DONE = [{"code": "ProvisioningState/succeeded", "level": "Info"}]
RESERVATION = {"name": "a", "utilizationInfo": {"virtualMachinesAllocated": [], "currentCapacity": 5}, "statuses": DONE}
HOST = {"name": "a", "assetId": "b", "availableCapacity": {"allocatableVMs": []}, "statuses": DONE}
ENTRY = {"RequestUri": "https://x/a", "RequestMethod": "GET", "StatusCode": 200, "ResponseBody": {"statuses": STATUSES}}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "the mark of a reservation": {"utilzationInfo": RESERVATION["utilizationInfo"], "statuses": DONE, "other": 1},
    "the reservations of a group": {"capacityReserations": [RESERVATION]},
    "a member beside reservations": {"capacityReservations": [RESERVATION], "other": 1},
    "a member beside hosts": {"hosts": [HOST], "other": 1},
    "the agent": {"platformUpdateDomain": None, "vmgent": {"statuses": DONE}, "bootDiagnostics": None},
    "the statuses": {"placementGroupId": "a", "tatuses": STATUSES},
    "a member as a recording has it": {"statuses": STATUSES, "Entries": [ENTRY]},
    "members as a HAR has them": {"statuses": STATUSES, "log": {"entries": []}},
    "members as an example has them": {"statuses": STATUSES, "osName": "Linux", "parameters": {}, "responses": {}},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_the_same_named_or_not(name: str, tmp_path: Path) -> None:
    text = json.dumps(DOCUMENTS[name])
    (tmp_path / "folder").mkdir()
    named = tmp_path / "folder" / "view.json"
    named.write_text(text)
    with zipfile.ZipFile(tmp_path / "views.zip", "w") as archive:
        archive.writestr("view.json", text)
    expected = facts(check_path(named))
    assert expected != (1, 0, [])
    assert facts(check_path(tmp_path / "folder")) == expected
    assert facts(check_path(tmp_path / "views.zip")) == expected


def facts(report: Report) -> tuple[int, int, list[tuple[str, str, str]]]:
    """Return the number of documents, that of what is unreadable, and rule, pointer and message of each finding."""
    found = [(str(each.rule), each.pointer, each.message) for each in report.findings]
    return report.documents, len(report.unreadable), found
