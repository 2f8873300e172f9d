"""Workers that are not forked but spawned, as on macOS and Windows: the same output, and the same end."""

from __future__ import annotations

import os
import signal
import time

import pytest
from faulty import CLEAN, DOCUMENT, SMALL_TASKS, Folder, begun, left_of, of_session, run_in

STARTED = "import multiprocessing\nmultiprocessing.set_start_method('{}')"
SPAWNED = STARTED.format("spawn")
METHODS = ("spawn", "forkserver")
"""How a caller may want workers to start; the second is the default of Python 3.14 on Linux, and becomes the first."""
COMMANDS = {
    "check": "check many.ndjson documents --no-fold --format json",
    "findings of a configuration": "check many.ndjson documents",
    "state": "state many.ndjson documents --format csv",
    "report": "report many.ndjson documents --json -",
}


@pytest.mark.parametrize(("name", "method"), [*((name, "spawn") for name in COMMANDS), ("check", "forkserver")])
def test_spawned_workers_give_the_same(name: str, method: str, folder: Folder) -> None:
    (folder.path / ".instanceview.toml").write_text('[[per-file]]\nfiles = ["documents"]\nignore = ["wrong-type"]')
    (folder.path / "many.ndjson").write_text(f"{DOCUMENT}\n{CLEAN}\n" * 100)
    program = ("-c", f"{SMALL_TASKS}{STARTED.format(method)}\nmain()")
    one, two = (run_in(folder, *COMMANDS[name].split(), "--jobs", jobs, program=program) for jobs in "12")
    assert one == two
    assert len(one.out) > 1000


def test_the_installed_program_spawns_where_the_caller_says_so(folder: Folder) -> None:
    # As the program is started on macOS, where each worker imports its main module again.
    (folder.path / "sitecustomize.py").write_text(SPAWNED)
    (folder.path / "long.ndjson").write_text(f"{CLEAN}\n" * 150_000 + DOCUMENT)
    path = os.pathsep.join([str(folder.path), os.environ.get("PYTHONPATH", "")])
    ran = run_in(folder, "check", "long.ndjson", "--jobs", "2", variables={"PYTHONPATH": path})
    assert (ran.code, ran.err) == (1, "")
    assert "150001 documents: 150000 conformant; 2 errors, 0 warnings, 0 notes" in ran.out


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_spawned_worker(sent: str, method: str, folder: Folder) -> None:
    (folder.path / "many.ndjson").write_text(f"{DOCUMENT}\n" * 5000)
    process = begun(folder, "check", "many.ndjson", "--jobs", "2", into=STARTED.format(method))
    until = time.monotonic() + 30
    while len(of_session(process.pid)) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(process.pid, getattr(signal, sent))
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (-getattr(signal, sent), b"")
    assert left_of(process.pid) == []
