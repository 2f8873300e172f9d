"""One document and thousands, in any number of processes: the same ones are taken for instance views."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from command_cases import invoke

from instanceview.reading.recognise import recognise
from instanceview.running import pool as jobs
from instanceview.running import tasks

if TYPE_CHECKING:
    from pathlib import Path

STATUS = {"code": "PowerState/running", "level": "Info"}
BODIES: list[dict[str, Any]] = [
    {},
    {"osName": "x"},
    {"computerName": "a"},
    {"computerName": "a", "osName": "Linux"},
    {"computerName": "a", "osName": "Linux", "osVersion": "1"},
    {"computerName": "a", "osName": "Linux", "name": "a"},
    {"platformFaultDomain": 1},
    {"platformFaultDomain": "1"},
    {"platformFaultDomain": 1, "platformUpdateDomain": 2, "placementGroupId": "a"},
    {"hyperVGeneration": "V1"},
    {"disks": []},
    {"disks": 1},
    {"disks": ["a"]},
    {"disks": [{"name": "a"}]},
    {"disks": [{"name": "a", "statuses": [STATUS]}]},
    {"extensions": []},
    {"extensions": [{"name": "a"}]},
    {"statuses": []},
    {"statuses": ["open", "closed"]},
    {"statuses": [{"code": "open"}]},
    {"statuses": [{"code": 7, "level": "Info"}]},
    {"statuses": [STATUS]},
    {"statuses": [STATUS], "osName": "x"},
    {"statuses": [{**STATUS, "level": "info"}]},
    {"statuses": [STATUS], "a": 1, "b": 2, "c": 3},
    {"vmAgent": {"vmAgentVersion": "1.0"}},
    {"vmAgent": {}},
    {"vmHealth": {"status": STATUS}},
    {"vmHealth": {"status": {"code": "HealthState/healthy"}}},
    {"disks": [{"statuses": [{"code": "ProvisioningState/succeeded"}]}]},
    {"extensions": [{"statuses": [{"code": "ProvisioningState/succeeded"}]}]},
    {"vmAgent": {"statuses": [{"code": "ProvisioningState/succeeded"}]}},
    {"osName": '"code": "PowerState/running"'},
    {"assignedHost": "/a", "statuses": [{"message": '"code":"a/b"'}]},
    {"bootDiagnostics": {}},
    {"bootDiagnostics": {"status": STATUS}},
    {"patchStatus": {}},
    {"isVMInStandbyPool": True},
    {"virtualMachine": {"statusesSummary": []}},
    {"virtualMachine": {"statusesSummary": [{"code": "ProvisioningState/succeeded", "count": 1}]}},
    {"orchestrationServices": [{"serviceName": "AutomaticRepairs", "serviceState": "Running"}]},
    {"name": "a", "typeHandlerVersion": "1.0", "statuses": [STATUS]},
    {"error": {"code": "NotFound", "message": "gone"}},
    {"version": "1.0"},
]
LINES = 1000
"""Lines of one text: some hundred times as many as the fast path waits for."""


@pytest.fixture(params=["1", "2"])
def processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The number of processes; the work is cut small, so that each has some."""
    monkeypatch.setattr(jobs, "_MUCH", 0)
    monkeypatch.setattr(tasks, "LINES", 5000)
    monkeypatch.setattr(tasks, "_GROUP", 500)
    monkeypatch.setattr(tasks, "_OPENING", 100)
    return str(request.param)


def skipped(path: Path, processes: str) -> set[tuple[str, int | None]]:
    """Return the file and the line of each value that is not checked; every other one is."""
    output, _ = invoke("check", str(path), "--format", "json", "--no-dedupe", "--jobs", processes)
    report = json.loads(output)
    left = [each["origin"] for each in (*report["skipped"], *report["unreadable"])]
    places = {(each["file"].rpartition("/")[2], each.get("line")) for each in left}
    assert report["summary"]["documents"] + len(places) == LINES
    return places


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize("spacing", [",", ", "])
def test_lines_are_checked_where_each_is_an_instance_view(
    processes: str, spacing: str, tmp_path: Path, *, is_named: bool
) -> None:
    bodies = Random(0).choices(BODIES, k=LINES)  # noqa: S311 (the same in every run)
    file = tmp_path / "many.ndjson"
    file.write_text("".join(f"{json.dumps(body, separators=(spacing, ':'))}\n" for body in bodies))
    wanted = {
        (file.name, number) for number, body in enumerate(bodies, 1) if not recognise(body, asked=is_named).evidence
    }
    assert skipped(file if is_named else tmp_path, processes) == wanted
    assert len(wanted) > 90


def test_files_are_checked_where_each_is_an_instance_view(processes: str, tmp_path: Path) -> None:
    bodies = Random(1).choices(BODIES, k=LINES)  # noqa: S311 (the same in every run)
    for number, body in enumerate(bodies):
        (tmp_path / f"{number:04}.json").write_text(json.dumps(body))
    wanted = {f"{number:04}.json" for number, body in enumerate(bodies) if not recognise(body).evidence}
    assert {name for name, _ in skipped(tmp_path, processes)} == wanted
