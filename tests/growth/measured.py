"""Measures a run of `instanceview check` in a process of its own, and counts the calls of one in this process."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from click import ClickException
from program import environment

from instanceview.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapes import Shape

KILLED = -9
TOO_LONG = -24  # SIGXCPU, beyond RLIMIT_CPU
# The program ends by os._exit. VmHWM of Linux is the peak of this process; ru_maxrss begins with that of its parent.
_MEASURE = """
import json, os, resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv.pop(1)),) * 2)
end = os._exit
def tell(code):
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps([seconds, int(status["VmHWM"].split()[0]) * 1024]), file=sys.stderr, flush=True)
    end(code)
os._exit = tell
runpy.run_module("instanceview", run_name="__main__", alter_sys=True)
"""


class Run(NamedTuple):
    """Seconds of the processor, by user and system, and the peak of memory in bytes; infinite beyond the limit."""

    seconds: float
    peak: float


ENDLESS = Run(float("inf"), float("inf"))


def write(folder: Path, shape: Shape, size: int) -> Path:
    """Write the file of a shape into a folder of its own below this one, and return its path."""
    (folder / str(size)).mkdir()
    file = folder / str(size) / shape.file
    file.write_bytes(shape.content(size))
    return file


def measured(file: Path, limit: int = 60, command: Sequence[str] = ("check", "--jobs", "1")) -> Run:
    """Return the time and memory of a command on a file, ENDLESS where it takes more seconds than the limit."""
    program = [sys.executable, "-c", _MEASURE, str(limit), *command, str(file)]
    ran = subprocess.run(
        program, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, cwd=file.parent
    )
    if ran.returncode in {KILLED, TOO_LONG}:
        return ENDLESS
    assert ran.returncode in {0, 1, 2}, ran.stderr.decode()[-2000:]
    assert b"Traceback" not in ran.stderr, ran.stderr.decode()[-2000:]
    return Run(*json.loads(ran.stderr.splitlines()[-1]))


def best(file: Path, runs: int = 3, limit: int = 60) -> Run:
    """Return the least of several runs; one that takes more seconds than the limit is not repeated."""
    least = ENDLESS
    for _ in range(runs):
        run = measured(file, limit)
        least = min(least, run)
        if run == ENDLESS:
            break
    return least


def calls(file: Path, command: Sequence[str] = ("check", "--jobs", "1")) -> int:
    """Return how often functions are called and left by a run of a command on a file in this process."""
    number = count()

    def profile(*_: object) -> None:
        next(number)

    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), chdir(file.parent), suppress(ClickException):
        sys.setprofile(profile)
        try:
            cli.main([*command, str(file)], standalone_mode=False)
        finally:
            sys.setprofile(None)
    return next(number)
