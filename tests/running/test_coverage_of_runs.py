"""Coverage of a run is the same for any number of jobs, with the gate and without, and costs nothing unless asked."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from instanceview import check_chunk
from instanceview.reading.folders import Choice
from instanceview.reading.inputs import steps
from instanceview.running import pool, runs, tasks
from instanceview.running.job import Job
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.model.coverage import Coverage

CLEAN = {"computerName": "a", "statuses": [{"code": "PowerState/running", "level": "Info"}]}
FAULTY = {"computerName": None, "groupId": "g", "statuses": [{"code": "PowerState/flying", "level": "info"}]}
URL = "/subscriptions/0/providers/Microsoft.Compute/virtualMachines/v/instanceView?api-version=2024-07-01"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with documents in files, lines and a recording, which is cut small and given to other processes."""
    monkeypatch.setattr(pool, "_MUCH", 0)
    for name, size in (("LINES", 1000), ("_GROUP", 4000), ("_OPENING", 100)):
        monkeypatch.setattr(tasks, name, size)
    lines = [json.dumps({**(FAULTY if number % 7 == 3 else CLEAN), "osName": f"os {number}"}) for number in range(300)]
    (tmp_path / "many.ndjson").write_text("\n".join(lines))
    (tmp_path / "packed.ndjson.gz").write_bytes(gzip.compress("\n  ".join(lines[:90]).encode()))
    entry = {"RequestUri": URL, "RequestMethod": "GET", "StatusCode": 200, "ResponseBody": json.dumps(FAULTY)}
    (tmp_path / "recorded.json").write_text(json.dumps({"Entries": [entry, entry]}))
    for number in range(30):
        (tmp_path / f"{number:02}.json").write_text("\n " + json.dumps(FAULTY if number % 5 == 1 else CLEAN))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def covered(jobs: int = 1, paths: tuple[str, ...] = (".",)) -> Coverage:
    summary = runs.summarise(steps(paths, "<stdin>", Choice()), Job(Wanted(coverage=True), "vm"), jobs)
    assert summary.coverage
    return summary.coverage


@pytest.mark.usefixtures("folder")
def test_coverage_is_the_same_for_any_number_of_jobs() -> None:
    one = covered()
    assert one.containers == {"JSON": 30, "NDJSON": 390, "session record": 1}
    assert covered(2) == one


@pytest.mark.usefixtures("folder")
def test_coverage_is_the_same_without_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    with_gate = covered()
    monkeypatch.setattr(runs, "not_clean", lambda files, *_: files)
    monkeypatch.setattr("instanceview.running.chunks.gate_of_file", lambda *_: None)
    assert covered() == with_gate


@pytest.mark.usefixtures("folder")
def test_the_first_place_of_an_element_is_that_of_its_first_document() -> None:
    coverage = covered(paths=("many.ndjson",))
    first = {key.element: row.first and (row.first.line, row.first.column) for key, row in coverage.rows.items()}
    assert first["computerName"] == first["osName"] == first["statuses.code"] == (1, 1)
    assert [member.origins[0].line for member in coverage.members.values()] == [4]
    assert [code.first and code.first.line for code in coverage.others.values()] == [4]
    (in_file,) = {row.first and (row.first.line, row.first.column) for row in covered(paths=("00.json",)).rows.values()}
    assert in_file == (2, 2)


def test_a_run_that_does_not_ask_has_no_coverage() -> None:
    assert check_chunk(json.dumps(CLEAN).encode()).coverage is None


def test_a_repeated_answer_of_a_recording_counts_once(folder: Path) -> None:
    rows = covered(paths=(str(folder / "recorded.json"),)).rows
    assert {row.present + row.nulls for row in rows.values()} == {1}
