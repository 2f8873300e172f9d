"""Findings about a document that a client printed have the client's names, and so have their hints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from instanceview import check
from instanceview.checking.as_written import names_of_writer
from instanceview.checking.check import tables_for
from instanceview.model.document import Document, Origin

if TYPE_CHECKING:
    from instanceview.places.spans import Path

WRITTEN: dict[Path, Path] = {
    ("vmAgent",): ("vm_agent",),
    ("statuses",): ("statuses",),
    ("vmAgent", "statuses"): ("vm_agent", "statuses"),
    ("disks", 0, "name"): ("disks", 0, "disk_name"),
    ("disks", 1, "name"): ("disks", 1, "disk_name"),
    ("extensions",): ("Extensions", "value"),
    ("extensions", 0): ("Extensions", "value", 0),
    ("osName",): ("OsName",),
    (): (),
}
NAMES: dict[str, tuple[str, ...]] = {
    "python-sdk": ("vm_agent", "disk_name", "value", "OsName"),
    "az": ("vm_agent", "disk_name", "value", "OsName"),
    "powershell": ("OsName",),
    "dotnet": ("OsName",),
}


@pytest.mark.parametrize("writer", NAMES)
def test_the_names_of_a_writer_are_those_that_differ_each_once(writer: str) -> None:
    document = Document({}, Origin("a"), written_by=writer, written=WRITTEN)
    assert names_of_writer(document) == NAMES[writer]
    assert names_of_writer(document._replace(written=None)) == ()


PRINTED: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
    (
        {"vm_agent": {"vm_agent_versio": "2", "vm_agent_version": "2"}, "os_name": "x", "osname": "y"},
        {
            "/vm_agent/vm_agent_versio": 'unknown member "vm_agent_versio"; did you mean "vm_agent_version"?',
            "/osname": 'unknown member "osname"; did you mean "os_name"?',
        },
    ),
    (
        {"VMAgent": {"VmAgentVersio": "x", "VmAgentVersion": "2"}, "OsName": 5, "Statuses": [{"Cod": "x"}]},
        {
            "/VMAgent/VmAgentVersio": 'unknown member "VmAgentVersio"; did you mean "VmAgentVersion"?',
            "/OsName": "expected string, found 5",
            "/Statuses/0/Cod": 'unknown member "Cod"; did you mean "Code"?',
        },
    ),
    (
        {"vm_agent": {"vm_agent_version": "2"}, "boot_diagnostics": {"console_screenshot_blob_ur": "x"}},
        {
            "/boot_diagnostics/console_screenshot_blob_ur": (
                'unknown member "console_screenshot_blob_ur"; did you mean "console_screenshot_blob_uri"?'
            )
        },
    ),
)


@pytest.mark.parametrize(("view", "messages"), PRINTED, ids=["python", "powershell", "one member"])
def test_a_finding_has_the_names_of_the_client(view: dict[str, Any], messages: dict[str, str]) -> None:
    found = [each for each in check(view).findings if each.rule != "client-output"]
    assert {each.pointer: each.message for each in found} == messages


@pytest.mark.parametrize(("writer", "version"), [("fragment", "2021-03-01"), (None, "2020-10-01-preview")])
def test_a_fragment_has_the_first_tables_with_its_members_in_place_of_older_ones(
    writer: str | None, version: str
) -> None:
    document = Document({"privateIds": []}, Origin("a"), "cloud-service", "2020-10-01-preview", written_by=writer)
    assert tables_for(document).api_version == version
