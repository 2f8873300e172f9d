"""A disk that is full, and files that may not grow: one line, exit code 2, and the old report as it was."""

from __future__ import annotations

import os
import resource
import subprocess
import tarfile
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import pytest
from faulty import NO_ROOM, SMALL_TASKS, Folder, run_in

from instanceview.reporting import FORMATS
from instanceview.reporting.states import FORMATS as STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUTPUTS = {
    **{f"check {name}": f"check one.json --output {name}=FILE" for name in FORMATS},
    **{f"state {name}": f"state one.json --output {name}=FILE" for name in STATES},
    **{f"report {name}": f"report one.json --{name} FILE" for name in ("html", "markdown", "json")},
    "baseline": "check one.json --baseline FILE --write-baseline",
}
"""Commands that write a file, by what they write."""
OPTION = {"check": "--output", "state": "--output", "baseline": "--baseline"}


def limit(what: int, most: int) -> Callable[[], None]:
    """Return a function that sets a limit of the process which calls it."""
    return lambda: resource.setrlimit(what, (most, most))


def arguments(name: str, file: Path | str) -> list[str]:
    return OUTPUTS[name].replace("FILE", str(file)).split()


def refusal(name: str, file: Path | str, why: str) -> str:
    command, _, form = name.partition(" ")
    option = OPTION.get(command, f"--{form}")
    return f'Error: Invalid value for {option}: cannot write "{file}": {why}; choose another file'


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_that_may_not_grow_is_one_line_and_no_file(name: str, folder: Folder) -> None:
    before = folder.names()
    ran = run_in(folder, *arguments(name, "report.new"), before=limit(resource.RLIMIT_FSIZE, 40))
    assert (ran.code, ran.last) == (2, refusal(name, "report.new", "file too large"))
    assert folder.names() == before


@pytest.fixture
def small(folder: Folder) -> Iterator[Path]:
    """A full disk of 16 KB with an old report."""
    disk = folder.path / "disk"
    disk.mkdir()
    mount = [which("mount") or "mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        (disk / "report").write_text("old")
        (disk / "rest").write_bytes(bytes(8 << 10))
        yield disk
    finally:
        subprocess.run([which("umount") or "umount", str(disk)], check=True)


@pytest.mark.parametrize("name", ["check json", "state csv", "report html", "report json"])
def test_a_full_disk_keeps_the_old_report(name: str, small: Path, folder: Folder) -> None:
    (folder.path / "one.json").write_bytes((folder.path / "many.ndjson").read_bytes())
    ran = run_in(folder, *arguments(name, "disk/report"))
    assert (ran.code, ran.last) == (2, refusal(name, "disk/report", "no space left on device"))
    assert (sorted(os.listdir(small)), (small / "report").read_text()) == (["report", "rest"], "old")  # noqa: PTH208


@pytest.mark.parametrize("name", ["check json", "state csv", "report html"])
def test_a_device_without_room_is_one_line(name: str, folder: Folder) -> None:
    ran = run_in(folder, *arguments(name, "/dev/full"))
    assert (ran.code, ran.last) == (2, refusal(name, "/dev/full", "no space left on device"))


@pytest.mark.parametrize("name", ["check json", "state csv", "report html"])
def test_the_device_that_takes_everything_is_written(name: str, folder: Folder) -> None:
    command = name.partition(" ")[0]
    assert run_in(folder, *arguments(name, "/dev/null")).code == {"check": 1, "state": 0, "report": 0}[command]


TO_STANDARD_OUTPUT = {
    "check": "check one.json",
    "many findings": "check many.ndjson --no-fold --format json",
    "state": "state many.ndjson",
    "report": "report one.json",
    "page": "report one.json --html -",
    "extract": "extract one.json --to new",
    "explain": "explain value-not-allowed",
    "list of files": "check documents --list-files",
    "help": "report --help",
    "codes": "code",
    "table": "tables --kind vm",
    "schema": "schema vm",
    "api-versions": "api-versions",
    "difference": "diff 2016-03-30 2024-07-01",
    "settings": "config",
    "documents": "generate --kind vm",
    "version": "--version",
}
"""Each command, and each way in which one writes."""


@pytest.mark.parametrize("name", TO_STANDARD_OUTPUT)
def test_standard_output_without_room_is_one_line(name: str, folder: Folder) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = run_in(folder, *TO_STANDARD_OUTPUT[name].split(), stdout=full)
    assert (ran.code, ran.err) == (2, "Error: cannot write the report: no space left on device\n")


ON_STANDARD_ERROR = {
    "an unreadable input": "state missing.json",
    "of a report": "report missing.json",
    "a wrong option": "check --nothing",
    "a baseline": "check one.json --baseline new.json --write-baseline",
    "a sum": "state many.ndjson",
}


@pytest.mark.parametrize("name", ON_STANDARD_ERROR)
def test_standard_error_without_room_is_not_a_finding(name: str, folder: Folder) -> None:
    with Path("/dev/full").open("wb") as full:
        assert run_in(folder, *ON_STANDARD_ERROR[name].split(), stderr=full).code == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("command", ["check many.ndjson", "check many.ndjson --no-fold --output json=report.new"])
def test_findings_that_do_not_fit_into_a_temporary_file_are_one_line(command: str, jobs: str, folder: Folder) -> None:
    before = folder.names()
    ran = run_in(folder, *command.split(), "--jobs", jobs, before=limit(resource.RLIMIT_FSIZE, 4096))
    assert (ran.code, ran.err) == (2, f"Error: {NO_ROOM.format('file too large')}\n")
    assert folder.names() == before


@pytest.mark.parametrize("command", ["check many.ndjson", "check many.ndjson --jobs 2", "state many.ndjson --jobs 2"])
def test_a_full_folder_of_temporary_files_is_one_line(command: str, small: Path, folder: Folder) -> None:
    program = ("-c", f"{SMALL_TASKS}\nmain()")
    report = ("--output", "json=report.new")
    ran = run_in(folder, *command.split(), *report, program=program, variables={"TMPDIR": str(small)})
    assert (ran.code, ran.err) == (2, f"Error: {NO_ROOM.format('no space left on device')}\n")
    assert (sorted(os.listdir(small)), "report.new" in folder.names()) == (["report", "rest"], False)  # noqa: PTH208


def test_a_folder_of_extracted_documents_that_is_full_is_one_line(folder: Folder) -> None:
    full = 'Error: Invalid value for --to: cannot write to "new": file too large; choose a new or empty folder'
    ran = run_in(folder, "extract", "one.json", "--to", "new", before=limit(resource.RLIMIT_FSIZE, 20))
    assert (ran.code, ran.last) == (2, full)
    ran = run_in(folder, "extract", "many.ndjson", "--to", "other", before=limit(resource.RLIMIT_FSIZE, 4096))
    assert (ran.code, ran.err) == (2, f"Error: {NO_ROOM.format('file too large')}\n")


NOWHERE: dict[str, Callable[[Folder], str]] = {
    "missing": lambda folder: str(folder.path / "missing"),
    "a file": lambda folder: str(folder.path / "one.json"),
    "empty": lambda _: "",
}


@pytest.mark.parametrize("name", NOWHERE)
def test_a_missing_folder_of_temporary_files_has_a_substitute(name: str, folder: Folder) -> None:
    ran = run_in(folder, "check", "many.ndjson", variables={"TMPDIR": NOWHERE[name](folder)})
    assert ran.code == 1
    assert "400 documents: 0 conformant; 800 errors" in ran.out


def without_writing() -> None:
    """Let this process write no file with content: none of the folders for temporary files takes one."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_findings_that_no_folder_takes_are_one_line(folder: Folder) -> None:
    ran = run_in(folder, "check", "many.ndjson", before=without_writing)
    assert (ran.code, ran.err) == (2, f"Error: {NO_ROOM.format('no folder takes them')}\n")


def test_an_archive_is_read_without_temporary_files(folder: Folder) -> None:
    with tarfile.open(folder.path / "a.tar.gz", "w:gz") as archive:
        archive.add(folder.path / "one.json", "one.json")
    ran = run_in(folder, "check", "a.tar.gz", before=without_writing)
    assert (ran.code, ran.out.splitlines()[0]) == (
        1,
        'a.tar.gz/one.json:1:46: error wrong-type: expected integer, found "two"',
    )
