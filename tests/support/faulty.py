"""Run the command line where the system fails it, and look at what every fault has to leave in order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from program import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DOCUMENT = json.dumps(
    {
        "computerName": "b",
        "platformFaultDomain": "two",
        "statuses": [{"code": "PowerState/running", "level": "info", "displayStatus": "VM running"}],
    }
)
"""A document with two errors."""
CLEAN = DOCUMENT.replace('"two"', "2").replace('"info"', '"Info"')
MANY = 400
"""Documents of `many.ndjson`: so many findings are put aside in a temporary file."""
NO_ROOM = "cannot write temporary files: {}; set TMPDIR to a folder with room"

SMALL_TASKS = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background lets its children ignore it
from instanceview.running import pool, tasks
pool._MUCH, tasks.LINES, tasks._GROUP, tasks._OPENING = 0, 4000, 4000, 100
from instanceview.__main__ import main
"""
"""The beginning of a program in which two jobs share even small inputs; it ends with a call of `main`."""


class Folder(NamedTuple):
    """A folder with inputs, in which a run begins, and its folder of temporary files."""

    path: Path

    @property
    def temporary(self) -> Path:
        """The folder of temporary files of each run."""
        return self.path.parent / f"{self.path.name}-tmp"

    def names(self) -> set[str]:
        """Return the names in the folder, hidden ones too."""
        return {each.name for each in self.path.iterdir()}


def folder_with_inputs(path: Path) -> Folder:
    """Return a new folder with a document, many documents in a file, and some in a folder."""
    folder = Folder(path / "run")
    folder.path.mkdir()
    folder.temporary.mkdir()
    (folder.path / "one.json").write_text(DOCUMENT)
    (folder.path / "many.ndjson").write_text(f"{DOCUMENT}\n" * MANY)
    documents = folder.path / "documents"
    documents.mkdir()
    for number in range(20):
        (documents / f"{number:02}.json").write_text(DOCUMENT)
    return folder


class Ended(NamedTuple):
    """The end of a run: its exit code, and both outputs as text."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        """The last line of standard error."""
        return (self.err.splitlines() or [""])[-1]


def run_in(  # noqa: PLR0913 (the surroundings of a process)
    folder: Folder,
    *arguments: str,
    before: Callable[[], object] | None = None,
    program: Iterable[str] = ("-W", "error", "-m", "instanceview"),
    stdin: bytes | int = b"",
    stdout: int | IO[bytes] = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
    variables: dict[str, str | None] | None = None,
) -> Ended:
    """Run `instanceview` in a folder, after `before` in its process, and check what holds after every fault.

    That is: it ends, standard error has no traceback, and the folder of temporary files is empty. A variable that is
    None is removed from the environment.
    """
    given = {"TMPDIR": str(folder.temporary), **(variables or {})}
    env = {name: value for name, value in {**environment(), **given}.items() if value is not None}
    source: Any = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder.path if folder.path.exists() else None,
        env=env,
        stdout=stdout,
        stderr=stderr,
        preexec_fn=before,
        timeout=60,
        check=False,
        **source,
    )
    ended = Ended(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode(errors="replace"))
    for word in ("Traceback", "Exception ignored", "panicked", "Warning"):
        assert word not in ended.err, ended.err
    assert os.listdir(folder.temporary) == []  # noqa: PTH208 (names alone)
    return ended


def begun(folder: Folder, *arguments: str, into: str = "") -> subprocess.Popen[bytes]:
    """Start a program whose jobs share small inputs, in a session of its own, and return it when `main` begins.

    `into` is code that runs before.
    """
    reader, writer = os.pipe()
    code = f"{SMALL_TASKS}\n{into}\nimport os\nos.write({writer}, b'.')\nos.close({writer})\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=folder.path,
        env=environment(TMPDIR=str(folder.temporary)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[writer],
        start_new_session=True,
    )
    os.close(writer)
    os.read(reader, 1)
    os.close(reader)
    return process


def of_session(session: int) -> list[int]:
    """Return the processes of a session that still run; one that ended and is not yet waited for does not."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, its = (each / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it has ended
            continue
        if int(its) == session and state not in "ZX":
            found.append(int(each.name))
    return found


def left_of(session: int, seconds: float = 10) -> list[int]:
    """Return the processes of a session that still run after some time."""
    until = time.monotonic() + seconds
    while (found := of_session(session)) and time.monotonic() < until:
        time.sleep(0.02)
    return found
