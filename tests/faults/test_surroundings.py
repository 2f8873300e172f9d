"""Closed streams, strange environments, clocks, terminals, folders that are gone: the same output, or one line."""

from __future__ import annotations

import io
import os
import resource
import shutil
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

import pytest
from faulty import DOCUMENT, SMALL_TASKS, Folder, run_in

from instanceview.cli import progress

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = {
    "check": "check one.json",
    "state": "state one.json",
    "report": "report one.json --html page.html",
    "an unreadable input": "check missing.json",
    "a state that is unreadable": "state missing.json",
    "a wrong option": "check --nothing",
    "a file": "check many.ndjson --output json=report.json --jobs 2",
}


def closing(*streams: int) -> Callable[[], None]:
    def close() -> None:
        for each in streams:
            os.close(each)

    return close


@pytest.mark.parametrize("streams", [(0,), (2,), (0, 1, 2)])
@pytest.mark.parametrize("name", COMMANDS)
def test_closed_streams_change_no_exit_code_and_no_file(name: str, streams: tuple[int, ...], folder: Folder) -> None:
    arguments = COMMANDS[name].split()
    usual = run_in(folder, *arguments)
    files = taken(folder)
    ran = run_in(folder, *arguments, before=closing(*streams))
    assert (ran.code, taken(folder)) == (usual.code, files)
    assert ran.out == ("" if 1 in streams else usual.out)
    assert ran.err == ("" if 2 in streams else usual.err)


def taken(folder: Folder) -> dict[str, bytes]:
    """Return the new files of a run by their path, and remove them."""
    files = {}
    for path in sorted(folder.path.rglob("*"), reverse=True):
        name = str(path.relative_to(folder.path))
        if name.startswith(("documents", "one.json", "many.ndjson")):
            continue
        if path.is_dir():
            path.rmdir()
        else:
            files[name] = path.read_bytes()
            path.unlink()
    return files


AT_YEAR = """
import runpy, sys, time
time.time = time.time_ns = lambda: {0}
runpy.run_module("instanceview", run_name="__main__")
"""
SURROUNDINGS: dict[str, tuple[dict[str, str | None], tuple[str, ...]]] = {
    "C locale": ({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, ()),
    "ASCII": ({"PYTHONIOENCODING": "ascii"}, ()),
    "without assertions": ({}, ("-O",)),
    "without docstrings": ({}, ("-OO",)),
    "development mode": ({}, ("-X", "dev")),
    "isolated from the user": ({"HOME": None, "USER": None, "LOGNAME": None}, ()),
    "a home that is not there": ({"HOME": "/nowhere", "XDG_CONFIG_HOME": "/nowhere"}, ()),
    "a terminal without width": ({"COLUMNS": "0", "LINES": "0"}, ()),
    "a terminal of one column": ({"COLUMNS": "1", "LINES": "1"}, ()),
    "a dumb terminal": ({"TERM": "dumb"}, ()),
}


@pytest.mark.parametrize("name", SURROUNDINGS)
@pytest.mark.parametrize("command", ["check one.json 日本.json", "report 日本.json --html page.html"])
def test_the_surroundings_change_nothing(command: str, name: str, folder: Folder) -> None:
    (folder.path / "日本.json").write_text(DOCUMENT.replace('"b"', '"日本"'), encoding="utf-8")
    usual = run_in(folder, *command.split())
    variables, flags = SURROUNDINGS[name]
    ran = run_in(folder, *command.split(), variables=variables, program=(*flags, "-W", "error", "-m", "instanceview"))
    seen = usual.out.encode("ascii", "backslashreplace").decode() if ran.out.isascii() else usual.out
    assert (ran.code, ran.out, ran.err) == (usual.code, seen, usual.err)


@pytest.mark.parametrize("columns", ["0", "1"])
@pytest.mark.parametrize("command", ["check --help", "explain value-not-allowed", "code PowerState/running"])
def test_texts_that_are_wrapped_fit_any_terminal(command: str, columns: str, folder: Folder) -> None:
    ran = run_in(folder, *command.split(), variables={"COLUMNS": columns})
    assert (ran.code, ran.err, len(ran.out) > 100) == (0, "", True)


@pytest.mark.parametrize("moment", ["0", "1e11"])
@pytest.mark.parametrize("command", ["check one.json", "state one.json", "report one.json --json -"])
def test_the_clock_changes_nothing(command: str, moment: str, folder: Folder) -> None:
    # The clock of Python's modules, since a machine need not have libfaketime: those of native code stay right.
    usual = run_in(folder, *command.split())
    assert run_in(folder, *command.split(), program=("-W", "error", "-c", AT_YEAR.format(moment))) == usual


@pytest.mark.parametrize("width", [0, 1, 2, 80])
def test_the_line_of_progress_fits_any_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    show = progress._show  # noqa: SLF001 (a terminal without width is hard to make)
    shown = io.StringIO()
    done = Event()
    monkeypatch.setattr(progress, "AFTER", 0)
    monkeypatch.setattr(progress, "_EVERY", 0)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((width, 24)))
    monkeypatch.setattr(done, "wait", lambda _: bool(shown.getvalue()))
    show(progress.Progress([]), done, shown)
    assert all(len(part) < max(width, 1) for part in shown.getvalue().split("\r"))


GONE = "Error: the current folder was removed; change to one that exists\n"


def removed(folder: Folder) -> Callable[[], None]:
    def remove() -> None:
        (folder.path / "gone").mkdir()
        os.chdir(folder.path / "gone")
        (folder.path / "gone").rmdir()

    return remove


@pytest.mark.parametrize("command", ["check one.json", "state one.json", "check one.json --output a.sarif"])
def test_a_current_folder_that_was_removed_is_one_line(command: str, folder: Folder) -> None:
    ran = run_in(folder, *command.split(), before=removed(folder))
    assert (ran.code, ran.out, ran.err) == (2, "", GONE)


def test_a_whole_path_needs_no_current_folder(folder: Folder) -> None:
    ran = run_in(folder, "check", str(folder.path / "one.json"), before=removed(folder))
    assert (ran.code, "1 document: 0 conformant; 2 errors" in ran.out) == (1, True)


def test_a_report_has_the_permissions_that_a_new_file_has(folder: Folder) -> None:
    for mask, mode in ((0o777, 0), (0o077, 0o600), (0, 0o666)):
        ran = run_in(folder, "check", "one.json", "--output", "a.sarif", before=partial(os.umask, mask))
        assert (ran.code, (folder.path / "a.sarif").stat().st_mode & 0o777) == (1, mode)
        (folder.path / "a.sarif").unlink()


def limited(what: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(what, (most, most))


@pytest.mark.parametrize("most", [6, 8, 12])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_few_descriptors_are_enough_or_one_line(jobs: str, most: int, folder: Folder) -> None:
    program = ("-c", f"{SMALL_TASKS}\nmain()")
    arguments = ("check", "documents", "--jobs", jobs)
    usual = run_in(folder, *arguments, program=program)
    ran = run_in(folder, *arguments, program=program, before=limited(resource.RLIMIT_NOFILE, most))
    if ran.code == 2:
        assert "too many open files" in ran.out + ran.err
    else:
        assert ran == usual


def test_too_little_memory_is_one_line(folder: Folder) -> None:
    status = '{"code": "PowerState/running", "level": "info"}'
    (folder.path / "wide.json").write_text(f'{{"statuses": [{", ".join([status] * 200_000)}]}}')
    code = "from instanceview.__main__ import main\nimport resource\nimport orjson, jsonschema_rs, msgspec\n"
    code += f"used = int(open('/proc/self/statm').read().split()[0]) * {os.sysconf('SC_PAGE_SIZE')}\n"
    code += "resource.setrlimit(resource.RLIMIT_AS, (used + (90 << 20),) * 2)\nmain()"
    ran = run_in(folder, "check", "wide.json", program=("-c", code))
    assert (ran.code, ran.err) == (2, "Error: there is not enough memory; try --jobs 1, or fewer files at once\n")
