"""Small files that pass the gate have the counts and findings of a usual reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from instanceview.checking.gate import text_gate
from instanceview.cli.main import cli
from instanceview.reading.formats import RECORDINGS, Reader
from instanceview.reading.sources import File
from instanceview.running import pool as jobs
from instanceview.running.gates import not_clean
from instanceview.running.job import Job
from instanceview.running.tally import Tally
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = {"computerName": "a", "statuses": [{"code": "PowerState/running", "level": "Info"}]}
NAMES = {
    "compact.json": json.dumps(CLEAN),
    "spaced.json": json.dumps(CLEAN, indent=2) + "\n",
    "flow.yaml": json.dumps(CLEAN),
    "faulty.json": json.dumps({**CLEAN, "computerName": 1}),
    "twice.json": '{"computerName": "a", "computerName": "a"}',
    "array.json": json.dumps([CLEAN, CLEAN]),
    "lines.ndjson": f"{json.dumps(CLEAN)}\n{json.dumps(CLEAN)}\n",
    "log.json": json.dumps({**CLEAN, "osName": "HTTP/1.1 200 OK"}),
    "broken.json": "{",
    "other.txt": json.dumps(CLEAN),
}
CERTAIN = {"compact.json", "spaced.json", "flow.yaml", "log.json"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in NAMES.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("is_named", "certain"), [(True, CERTAIN | {"other.txt"}), (False, CERTAIN)])
def test_only_one_clean_document_is_certain(certain: set[str], *, is_named: bool) -> None:
    files = [File(name, is_named) for name in NAMES]
    tally = Tally(Wanted())
    left = list(not_clean(files, Job().gate_of(), tally))
    assert {file.path for file in left if isinstance(file, File)} == NAMES.keys() - certain
    assert tally.summary().documents == len(certain)


@pytest.mark.parametrize(("is_named", "left"), [(True, 0), (False, 1)])
def test_an_empty_object_of_a_folder_is_left_to_the_reader(left: int, tmp_path: Path, *, is_named: bool) -> None:
    (tmp_path / "a.json").write_text("{ \t }")
    files = [File(str(tmp_path / "a.json"), is_named)]
    assert len(list(not_clean(files, Job(kind="vm").gate_of(), Tally(Wanted())))) == left


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments",
    [".", "*", ". --kind vm --api-version 2022-11-01", ". --format json", ". --statistics", ". --format junit"],
)
def test_the_report_is_the_same_as_without_a_gate(arguments: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = set()
    for few in (0, 1000):
        monkeypatch.setattr(jobs, "FEW", few)
        result = CliRunner().invoke(cli, ["check", *arguments.split()], catch_exceptions=False)
        outputs.add((result.exit_code, result.output))
    assert len(outputs) == 1


def test_a_section_of_the_configuration_has_a_gate_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FEW", 0)
    (folder / ".instanceview.toml").write_text('[[per-file]]\nfiles = ["compact.json"]\nkind = "vmss"\n')
    result = CliRunner().invoke(cli, ["check", "compact.json", "spaced.json", "--format", "concise"])
    assert "compact.json" in result.output
    assert "spaced.json" not in result.output


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("reader", RECORDINGS, ids=lambda reader: reader.module)
def test_no_file_that_the_gate_passes_begins_as_a_recording(reader: Reader, indent: int | None) -> None:
    assert reader.marks
    for mark in reader.marks:
        text = json.dumps({"osName": "interactions", **CLEAN, "osVersion": f"\n{mark.decode()}1.1 200"}, indent=indent)
        assert text_gate("vm", "2024-07-01")(text.encode())
        assert not reader.sniff(text.encode())
        assert not reader.sniff(text.encode("utf-8-sig"))
