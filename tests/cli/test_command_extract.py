"""`instanceview extract`: its files, and that a check of them gives the findings of the recording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_cases import invoke
from evident import evident
from extracted import files, manifest
from recorded import RESOURCES, SET_VM, VERSION, entry, recording, url

from instanceview import check_path

if TYPE_CHECKING:
    from instanceview import Report

SKIPPED = "skipped: 1 answer without an instance view; manifest.json has the reasons"
WRONG = '{\r\n  "platformFaultDomain": "two",\r\n  "statuses": [{"code": "PowerState/running"}]\r\n}\r\n'
AGENT = '{"vmAgent":\n  {"vmAgentVersion": 1, "statuses": [{"code": "ProvisioningState/succeeded"}]}}'
VM = f'{{"id": "x",\n "properties": {{"instanceView": {AGENT} }}}}'
SUMMARY = {"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": "1"}]}}
MIXED = recording(
    entry(WRONG),
    entry(VM, url(f"{RESOURCES}/virtualMachines/m", "2019-07-01") + "&$expand=instanceView"),
    entry(SUMMARY, url(f"{RESOURCES}/virtualMachineScaleSets/a/instanceView", "2015-06-15")),
    entry(WRONG),
    entry('{"error": {"code": "NotFound", "message": "gone"}}', status=404),
    entry(WRONG, url(f"{SET_VM}/1/instanceView", None)),
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a recording."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run.json").write_text(MIXED, "utf-8", newline="")
    return tmp_path


@pytest.mark.usefixtures("here")
def test_each_document_is_in_a_file_as_it_was_recorded() -> None:
    output, code = invoke("extract", "run.json", "--to", "out")
    assert (output, code) == (f"4 documents, 5 recorded: written to out\n{SKIPPED}\n", 0)
    assert files() == {
        "2015-06-15/vmss-0003.json": json.dumps(SUMMARY, indent=1).replace("\n", "\n   "),
        "2019-07-01/vm-0002.json": AGENT,
        "2024-07-01/vmss-vm-0001.json": WRONG,
        "unknown-api-version/vmss-vm-0004.json": WRONG,
    }


@pytest.mark.usefixtures("here")
def test_the_manifest_has_the_source_of_each() -> None:
    invoke("extract", "run.json", "--to", "out")
    content = manifest()
    assert content["summary"] == {"documents": 4, "recorded": 5, "skipped": 1, "unreadable": 0}
    assert content["documents"][0] == {
        "file": "2024-07-01/vmss-vm-0001.json",
        "origin": {"file": "run.json", "entry": "/Entries/0", "line": 3, "column": 3, "method": "GET", "url": url()},
        "kind": "vmss-vm",
        "apiVersion": VERSION,
        "recorded": 2,
        "redacted": False,
        "converted": False,
    }
    assert content["documents"][1]["origin"]["entry"] == "/Entries/1/properties/instanceView"
    assert "apiVersion" not in content["documents"][3]
    assert content["skipped"] == [
        {"reason": 'no instance view: the answer has status 404, code "NotFound", message "gone"', "count": 1}
    ]


def facts(report: Report) -> set[tuple[str, ...]]:
    return {
        (each.rule, each.tables.kind, each.tables.api_version, each.pointer, each.message) for each in report.findings
    }


@pytest.mark.usefixtures("here")
def test_the_written_files_have_the_findings_of_the_recording() -> None:
    invoke("extract", "run.json", "--to", "out")
    found = set()
    for each in manifest()["documents"]:
        found |= facts(check_path(Path("out", each["file"]), kind=each["kind"], api_version=each.get("apiVersion")))
    before = facts(check_path("run.json"))
    assert found == before
    assert {(kind, version) for _, kind, version, *_ in before} > {("vm", "2019-07-01"), ("vmss", "2015-06-15")}
    output, _ = invoke("check", "out", "--quiet")
    assert output.count(" error ") == 4
    assert "\nskipped: 1 file without an instance view; " in invoke("check", "out")[0]  # the manifest


@pytest.mark.usefixtures("here")
def test_a_document_recorded_again_is_written_again_when_asked() -> None:
    assert invoke("extract", "run.json", "--to", "out", "--no-dedupe")[0] == f"5 documents: written to out\n{SKIPPED}\n"
    assert [each["recorded"] for each in manifest()["documents"]] == [1] * 5
    assert files()["2024-07-01/vmss-vm-0004.json"] == WRONG


def test_the_same_input_gives_the_same_folder(here: Path) -> None:
    for folder in ("first", "second"):
        invoke("extract", "run.json", "--to", folder)
    assert (here / "first/manifest.json").read_bytes() == (here / "second/manifest.json").read_bytes()
    assert files("first") == files("second")


def test_a_folder_inside_what_is_read_is_not_read(here: Path) -> None:
    (here / "z.json").write_text(evident("{}"))
    (here / "out").mkdir()
    output, code = invoke("extract", ".", "--to", "out")
    assert (output, code) == (f"5 documents, 6 recorded: written to out\n{SKIPPED}\n", 0)


@pytest.mark.parametrize("version", ["../../x", "2024-07-01/..", "latest", "2024-07-01%0A", "CON", "2024-07-01-x"])
def test_no_name_comes_from_an_input(version: str, here: Path) -> None:
    (here / "run.json").write_text(recording(entry("{}", url(api_version=version))))
    assert invoke("extract", "run.json", "--to", "out")[1] == 0
    assert list(files()) == ["unknown-api-version/vmss-vm-0001.json"]
    assert sorted(path.name for path in here.iterdir()) == ["out", "run.json"]


REFUSED = {
    "full": "directory not empty",
    "run.json": "file exists",
    "run.json/below": "not a directory",
}


@pytest.mark.parametrize("folder", REFUSED)
def test_a_folder_that_is_not_free_is_refused_in_one_line(folder: str, here: Path) -> None:
    (here / "full").mkdir()
    (here / "full" / "kept").write_text("")
    output, code = invoke("extract", "run.json", "--to", folder)
    reason = f'cannot write to "{folder}": {REFUSED[folder]}; choose a new or empty folder'
    assert output.splitlines()[-1] == f"Error: Invalid value for --to: {reason}"
    assert code == 2
    assert [path.name for path in (here / "full").iterdir()] == ["kept"]


@pytest.mark.usefixtures("here")
def test_an_unreadable_input_is_reported_and_the_rest_is_written() -> None:
    output, code = invoke("extract", "missing.json", "run.json", "--to", "out")
    assert output.splitlines() == [
        "missing.json: unreadable: cannot be read: no such file or directory",
        "4 documents, 5 recorded: written to out; 1 unreadable",
        SKIPPED,
    ]
    assert code == 2
    reason = "cannot be read: no such file or directory"
    assert manifest()["unreadable"] == [{"origin": {"file": "missing.json"}, "reason": reason}]
    assert len(files()) == 4


def test_a_name_that_was_mistyped_leaves_nothing_behind(tmp_path: Path) -> None:
    output, code = invoke("extract", str(tmp_path / "gone.har"), "--to", str(tmp_path / "out"))
    assert code == 2
    assert output.endswith("\n0 documents: nothing written; 1 unreadable\n")
    assert list(tmp_path.iterdir()) == []
