"""What is measured of memory: the peak of one process on a short and on a long stream."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
import peers
from rounds import Row

from instanceview.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sizes import Sizes

WORK = (
    "The most memory that the process of `instanceview check FILE --jobs 1` held at once (VmHWM of Linux; ru_maxrss "
    "would begin with that of the parent), 2 % faulty. The last columns are megabytes."
)
_STATUS = Path("/proc/self/status")
_PEAK = f"""
import atexit, runpy, sys
def tell():
    said = dict(line.split(":", 1) for line in open("{_STATUS}"))
    print(said["VmHWM"].split()[0], file=sys.stderr)
atexit.register(tell)
runpy.run_module("instanceview", run_name="__main__", alter_sys=True)
"""


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table; none where the system does not tell."""
    if not _STATUS.exists():
        return
    every = [each for name in FORMATS for each in ("--output", f"{name}={folder / name}")]
    reports = {"text report": ["--quiet"], "every report": every}
    peaks: dict[int, dict[str, float]] = {}
    for size in (sizes.short, sizes.stream, sizes.long):
        file = corpora.lines(folder / "memory.jsonl", 0.02, size)
        peaks[size] = {name: _peak(file, options) for name, options in reports.items()}
        file.unlink()
    short = peaks[sizes.short]
    for name in reports:
        for size, aim in ((sizes.long, "<= 1.05"), (sizes.stream, "")):
            what = f"peak memory, {size / 1e6:.0f} MB against {sizes.short / 1e6:.0f} MB, {name}"
            yield Row(what, aim, (peaks[size][name] / short[name],), peaks[size][name], short[name])


def _peak(file: Path, options: list[str]) -> float:
    """Return the peak of memory of a run, in MB."""
    command = [sys.executable, "-c", _PEAK, "check", str(file), "--jobs", "1", *peers.JUDGED, *options]
    ran = subprocess.run(
        command, env=peers.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if ran.returncode not in {0, 1}:
        raise peers.FailedError(f"check ended with {ran.returncode}: {ran.stderr.decode()[-300:]}")
    return int(ran.stderr.split()[-1]) * 1024 / 1e6
