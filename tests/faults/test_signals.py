"""A signal at any moment: the program ends by it, with whole files or none, and leaves nothing behind.

Each combination of command, jobs and signal is ended at a moment drawn by a seed, once in each run of the tests.
`pytest tests/faults/test_signals.py --moments 200` draws as many moments for each.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from faulty import Folder, begun, folder_with_inputs, left_of, of_session

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = {
    "check": "check many.ndjson documents --no-fold --output json=a.json --output junit=b.xml",
    "state": "state many.ndjson documents --output json=a.json --output csv=b.csv",
    "report": "report many.ndjson documents --html a.html --json b.json",
}
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE")
ENDED = "Error: the system ended a process, most likely for lack of memory; try --jobs 1\n"


class Whole:
    """The result of a run that nobody ends: its seconds, exit code, standard output, and files by name."""

    def __init__(self, command: str, jobs: str, path: Path) -> None:
        """Run it."""
        self.arguments = [*COMMANDS[command].split(), "--jobs", jobs]
        self.folder = folder_with_inputs(path)
        began = time.monotonic()
        process = begun(self.folder, *self.arguments)
        self.out, err = process.communicate(timeout=60)
        self.seconds, self.code = time.monotonic() - began, process.returncode
        assert (self.code, err.startswith(b"Error")) == (0 if command != "check" else 1, False)
        self.files = self.taken()

    def taken(self) -> dict[str, bytes]:
        """Return the files that a run wrote, and remove them; the names of all others are as before."""
        names = self.folder.names() - {"one.json", "many.ndjson", "documents"}
        files = {name: (self.folder.path / name).read_bytes() for name in names}
        for name in names:
            (self.folder.path / name).unlink()
        return files


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Whole]:
    """A function to the whole result of a command with some jobs, which is made once."""
    made: dict[tuple[str, str], Whole] = {}

    def of(command: str, jobs: str) -> Whole:
        if (command, jobs) not in made:
            made[command, jobs] = Whole(command, jobs, tmp_path_factory.mktemp("whole"))
        return made[command, jobs]

    return of


def end(of: Whole, after: float, send: Callable[[subprocess.Popen[bytes]], object]) -> tuple[int, bytes, bytes]:
    """Run a command, end it after some seconds, and return its exit code and outputs; check what it leaves."""
    process = begun(of.folder, *of.arguments)
    try:
        time.sleep(after)
        send(process)
        out, err = process.communicate(timeout=60)
        assert left_of(process.pid) == []
    finally:
        for each in of_session(process.pid):
            os.kill(each, signal.SIGKILL)
    for name, content in of.taken().items():
        assert content == of.files[name], f"{name} is not whole"
    assert os.listdir(of.folder.temporary) == []  # noqa: PTH208 (names alone)
    assert of.out.startswith(out)
    return process.returncode, out, err


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("sent", SIGNALS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_signal_at_any_moment_ends_the_program_cleanly(
    command: str, sent: str, jobs: str, whole: Callable[[str, str], Whole], pytestconfig: pytest.Config
) -> None:
    of, number = whole(command, jobs), getattr(signal, sent)
    drawn = random.Random(f"{command} {sent} {jobs}")  # noqa: S311 (moments, not secrets)
    for _ in range(pytestconfig.getoption("moments")):
        code, out, err = end(of, drawn.uniform(0, of.seconds), lambda process: process.send_signal(number))
        if code == -number:
            assert err == b""
        else:
            assert (code, out) == (of.code, of.out), "it had not ended before the signal"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_worker_that_is_killed_is_one_line(
    command: str, whole: Callable[[str, str], Whole], pytestconfig: pytest.Config
) -> None:
    of, drawn = whole(command, "2"), random.Random(command)  # noqa: S311 (as above)

    def kill_worker(process: subprocess.Popen[bytes]) -> None:
        for each in of_session(process.pid):
            if each != process.pid:
                with suppress(ProcessLookupError):  # it has ended meanwhile
                    os.kill(each, signal.SIGKILL)
                return

    for _ in range(2 * pytestconfig.getoption("moments")):
        code, _, err = end(of, drawn.uniform(0, of.seconds), kill_worker)
        assert (code, err.decode()) in {(2, ENDED), (of.code, err.decode())}


def test_an_interrupt_from_the_keyboard_reaches_workers_too(whole: Callable[[str, str], Whole]) -> None:
    of = whole("check", "2")
    code, _, err = end(of, of.seconds / 3, lambda process: os.killpg(process.pid, signal.SIGINT))
    assert (code, err) == (-signal.SIGINT, b"")


WHILE_WRITING = """
import os, pathlib
chmod = pathlib.Path.chmod
def ended(self, *arguments):
    os.kill(os.getpid(), {})
    chmod(self, *arguments)
pathlib.Path.chmod = ended
"""


@pytest.mark.parametrize("sent", SIGNALS)
def test_a_signal_between_writing_and_renaming_leaves_a_whole_report(sent: str, folder: Folder) -> None:
    number = getattr(signal, sent)
    before = folder.names()
    process = begun(folder, "check", "one.json", "--output", "a.sarif", into=WHILE_WRITING.format(number.value))
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (-number, b"")
    assert folder.names() - before == {"a.sarif"}
    assert json.loads((folder.path / "a.sarif").read_text())["version"] == "2.1.0"
