"""What is measured of memory: the peak of one process on a short and on a long stream."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
import peers
from rounds import Row

from instanceview.reporting import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sizes import Sizes

WORK = (
    "The most memory that the process of `instanceview check FILE --jobs 1` held at once (VmHWM of Linux; ru_maxrss "
    "would begin with that of the parent), 2 % faulty. The last columns are megabytes."
)
_STATUS = Path("/proc/self/status")
_PEAK = f"""
import os, runpy, sys
end = os._exit
def tell(code):
    said = dict(line.split(":", 1) for line in open("{_STATUS}"))
    print(said["VmHWM"].split()[0], file=sys.stderr, flush=True)
    end(code)
os._exit = tell  # which is how the program ends
runpy.run_module("instanceview", run_name="__main__", alter_sys=True)
"""


def rows(sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Yield the rows of this part of the table; none where the system does not tell."""
    if not _STATUS.exists():
        return
    reports: dict[str, tuple[str, ...]] = {"text report": ("text",), "every report": tuple(FORMATS)}
    peaks: dict[int, dict[str, float]] = {}
    for size in (sizes.short, sizes.stream, sizes.long):
        file = corpora.lines(folder / "memory.jsonl", 0.02, size)
        peaks[size] = {what: _peak(file, folder, formats) for what, formats in reports.items()}
        file.unlink()
    for size in (sizes.long, sizes.stream):
        for what, peak in peaks[size].items():
            short = peaks[sizes.short][what]
            title = f"peak memory, {size / 1e6:.0f} MB against {sizes.short / 1e6:.0f} MB, {what}"
            yield Row(title, "<= 1.05", (peak / short,), peak, short)


def _peak(file: Path, folder: Path, formats: Sequence[str]) -> float:
    """Return the peak of memory of a run that writes reports in these formats, in MB."""
    options = [each for name in formats for each in ("--output", f"{name}={folder / name}")]
    command = [sys.executable, "-c", _PEAK, "check", str(file), "--jobs", "1", *peers.TABLES, *options]
    ran = subprocess.run(
        command, env=peers.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if ran.returncode not in {0, 1}:
        raise peers.FailedError(f"check ended with {ran.returncode}: {ran.stderr.decode()[-300:]}")
    return int(ran.stderr.split()[-1]) * 1024 / 1e6
