"""The same output for any number of jobs, and no process left behind."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from program import environment

from instanceview.cli.main import cli
from instanceview.model.document import Unreadable, place
from instanceview.reading.inputs import steps
from instanceview.running import pool, runs, spool, tasks
from instanceview.running.job import Job

if TYPE_CHECKING:
    from instanceview.model.document import Document
    from instanceview.model.summary import Summary

CHILDREN = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
CLEAN = json.dumps({"computerName": "a", "statuses": [{"code": "PowerState/running", "level": "Info"}]})
FAULTY = json.dumps({"computerName": "b", "statuses": [{"code": "PowerState/running", "level": "info"}]})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with work of every sort, which is cut small and given to other processes at once."""
    monkeypatch.setattr(pool, "_MUCH", 0)
    for name, size in (("LINES", 1000), ("_GROUP", 40_000)):
        monkeypatch.setattr(tasks, name, size)
    monkeypatch.setattr(tasks, "_OPENING", 100)
    lines = [FAULTY if number % 7 == 0 else CLEAN for number in range(400)]
    lines[100] = '{"cut":'
    (tmp_path / "empty").mkdir()
    (tmp_path / "many.ndjson").write_text("\n".join(lines))
    (tmp_path / "packed.ndjson.gz").write_bytes(gzip.compress("\n".join(lines[:90]).encode()))
    url = "/subscriptions/0/providers/Microsoft.Compute/virtualMachines/v/instanceView?api-version=2024-07-01"
    entry = {"RequestUri": url, "RequestMethod": "GET", "StatusCode": 200, "ResponseBody": FAULTY}
    (tmp_path / "recorded.json").write_text(json.dumps({"Entries": [entry, entry, {**entry, "StatusCode": 404}]}))
    small = tmp_path / "small"
    small.mkdir()
    for number in range(30):
        (small / f"{number:02}.json").write_text(FAULTY if number % 5 == 0 else CLEAN)
    (small / "note.txt").write_text("nothing")
    (tmp_path / ".instanceview.toml").write_text(
        '[[per-file]]\nfiles = ["small/05.json"]\nignore = ["value-not-allowed"]'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


OPTIONS = {
    "text": "",
    "findings beyond a limit": "--max-findings 5 --no-fold",
    "json with statistics": "--format json --statistics",
    "every document": "--format junit",
    "each time": "--no-dedupe --format concise",
    "another engine": "--engine reference",
    "a kind": "--kind vm --api-version 2022-11-01",
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("options", OPTIONS)
def test_any_number_of_jobs_gives_the_same(options: str) -> None:
    paths = ["many.ndjson", "small", "missing.json", "packed.ndjson.gz", "recorded.json", "empty", "small/*1.json", "-"]
    outputs = []
    for number in ("1", "2", "3"):
        arguments = ["check", *paths, *OPTIONS[options].split(), "--jobs", number]
        result = CliRunner().invoke(cli, arguments, input=f"{CLEAN}\n{FAULTY}\n", catch_exceptions=False)
        outputs.append((result.exit_code, result.output))
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0][0] == 2
    assert "the folder is empty; pass a folder" in outputs[0][1]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("format_", ["text", "junit"])
def test_findings_that_were_put_aside_come_from_other_processes(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = CliRunner().invoke(cli, ["check", "many.ndjson", "--format", format_, "--jobs", "1"])
    monkeypatch.setattr(spool, "_IN_MEMORY", 1)
    monkeypatch.setattr(spool, "_FRAME", 1)
    result = CliRunner().invoke(
        cli, ["check", "many.ndjson", "--format", format_, "--jobs", "2"], catch_exceptions=False
    )
    assert (result.exit_code, result.output) == (usual.exit_code, usual.output)


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_folder_with_lines_of_a_large_file_has_documents(number: str, folder: Path) -> None:
    (folder / "empty" / "a.ndjson").write_text(f"{CLEAN}\n" * 400)
    result = CliRunner().invoke(cli, ["check", "empty", "--jobs", number])
    assert result.output.startswith("400 documents: 400 conformant; 0 errors, 0 warnings, 0 notes\nchecked: 400 ")


@pytest.mark.usefixtures("folder")
def test_a_baseline_hides_the_same_with_any_number_of_jobs() -> None:
    options = ["check", "small", "many.ndjson", "--baseline", "known.json"]
    CliRunner().invoke(cli, [*options, "--write-baseline", "--jobs", "2"])
    outputs = {CliRunner().invoke(cli, [*options, "--jobs", number]).stdout for number in ("1", "2")}
    (output,) = outputs
    assert "; 0 new, 63 known; 1 unreadable\n" in output
    assert "\nskipped: 1 file without an instance view; " in output


def where(document: Document) -> str:
    """Return the place of a document, and what it is checked as, as another process can make it."""
    return f"{place(document.origin)} {document.kind} {document.api_version}"


PATHS = ["many.ndjson", "small", "missing.json", "packed.ndjson.gz", "recorded.json", "empty", "none.ndjson", "-"]


def inputs(number: int, monkeypatch: pytest.MonkeyPatch, *, once: bool = True) -> list[object]:
    """Return a value for each document of every sort of work, and what is not a document."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(f"{CLEAN}\n{FAULTY}\n".encode())))
    Path("none.ndjson").write_text('{"a": 1}\n' * 400)
    return list(runs.mapped(steps(PATHS), Job(kind="vm"), where, number, once=once))


@pytest.mark.usefixtures("folder")
def test_any_number_of_jobs_gives_the_same_values_in_the_order_of_the_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    one, *others = (inputs(number, monkeypatch) for number in (1, 2, 3))
    assert others == [one, one]
    monkeypatch.setattr(runs, "_LARGE", 0)
    assert inputs(2, monkeypatch) == one
    values = [each for each in one if isinstance(each, str)]
    assert values[:2] == ["many.ndjson:1:1 vm None", "many.ndjson:2:1 vm None"]
    assert [each for each in values if "recorded" in each] == ["recorded.json:1:14 vm 2024-07-01"]
    assert values[-1] == "<stdin>:2:1 vm None"
    assert len(values) == 399 + 30 + 90 + 1 + 2
    unreadable = [f"{each.origin.file}: {each.reason}" for each in one if isinstance(each, Unreadable)]
    assert [each.partition(";")[0] for each in unreadable] == [
        "many.ndjson: not JSON: cut off, expected a value",
        "missing.json: cannot be read: no such file or directory",
        "empty: the folder is empty",
        "none.ndjson: no instance view in any line",
    ]


@pytest.mark.usefixtures("folder")
def test_a_document_that_is_recorded_again_has_a_value_if_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(inputs(2, monkeypatch, once=False)) == len(inputs(2, monkeypatch)) + 1


def test_the_first_value_comes_before_the_last_input_is_read(tmp_path: Path) -> None:
    (tmp_path / "array.json").write_text(f"[{', '.join([CLEAN] * 400)}, oops]")
    values = runs.mapped(steps([str(tmp_path / "array.json")]), Job(), where)
    assert str(next(values)).endswith("array.json:1:2 None None")
    assert isinstance(list(values)[-1], Unreadable)


PARENT, WORK = os.getpid(), runs.work


def ended(job: Job, task: tasks.Task, *, many: bool = True) -> Summary:
    """Do a task in the process of the tests alone."""
    if os.getpid() != PARENT:
        os._exit(9)
    return WORK(job, task, many=many)


@pytest.mark.usefixtures("folder")
def test_a_process_that_is_ended_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "work", ended)
    result = CliRunner().invoke(cli, ["check", "many.ndjson", "--jobs", "2"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: the system ended a process, most likely for lack of memory; try --jobs 1\n"


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not CHILDREN.exists(), reason="this system does not list the children of a process in /proc")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_is_left_when_the_program_is_ended(sent: signal.Signals, folder: Path) -> None:
    (folder / "long.ndjson").write_text(f"{CLEAN}\n" * 200_000)
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from instanceview.running import pool; pool._MUCH = 0; from instanceview.__main__ import main; main()"
    program = [sys.executable, "-c", code, "check", "long.ndjson", "long.ndjson", "--jobs", "2"]
    with subprocess.Popen(
        program, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        until = time.monotonic() + 30
        while not (found := children(process.pid)) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(sent)
        process.communicate(timeout=30)
    assert found
    while any(map(alive, found)) and time.monotonic() < until:
        time.sleep(0.05)
    assert [each for each in found if alive(each)] == []
