"""Measure engines on one file of lines: `python tests/benchmarks/on_engines.py [--write] MB...`.

It needs the extras `dask` and `spark`, Java, and room for the files in the folder of temporary files. The start of an
engine is not in its time: a first range is checked before the clock runs. Memory is the peak of one worker.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple

import corpora
import pyarrow as pa
import surroundings

from instanceview import check_chunk
from instanceview.arrow import FINDINGS_OF_RANGES, check_batch, check_ranges, ranges, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RESULTS = Path(__file__).with_name("ENGINES.md")
CHOICES: dict[str, Any] = {"kind": corpora.KIND, "api_version": corpora.VERSION}
FAULTY = 0.02
ROUNDS = 9


class Measured(NamedTuple):
    """A run: seconds of work, seconds of the start, findings, and the peak of a worker in MB."""

    seconds: float
    start: float
    findings: int
    peak: float

    def cells(self, size: int) -> list[str]:
        """Return the cells of a row."""
        rate = f"{size / self.seconds:.0f}"
        return [f"{self.start:.1f}", f"{self.seconds:.1f}", rate, str(self.findings), f"{self.peak:.0f}"]


def peak() -> float:
    """Return the peak of this process in MB."""
    with open("/proc/self/status") as status:  # noqa: PTH123 (sent to workers)
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def parts(file: Path) -> list[pa.RecordBatch]:
    """Return the ranges of a file, a batch for each; it reads the file once."""
    cut = ranges(file)
    return [cut.slice(row, 1) for row in range(cut.num_rows)]


def of_jobs(file: Path, jobs: int) -> Measured:
    """Measure the command line; its start is a run on a file of one line."""
    one = file.with_name("one.ndjson")
    one.write_bytes(file.open("rb").readline())

    def ran(path: Path) -> tuple[float, int, float]:
        program = [sys.executable, "-m", "instanceview", "check", str(path), "--jobs", str(jobs), "--format", "concise"]
        choices = ["--kind", corpora.KIND, "--api-version", corpora.VERSION]
        begin = perf_counter()
        done = subprocess.Popen([*program, *choices], stdout=subprocess.PIPE)
        lines = sum(1 for _ in done.stdout or ())
        _, _, usage = os.wait4(done.pid, 0)
        return perf_counter() - begin, lines - 2, usage.ru_maxrss / 1024

    start = ran(one)[0]
    seconds, findings, memory = ran(file)
    return Measured(seconds - start, start, findings, memory)


def of_dask(file: Path, workers: int) -> Measured:
    """Measure a local cluster of Dask with workers of one thread each."""
    from dask.distributed import Client, LocalCluster  # the other engines are measured without it

    begin = perf_counter()
    work = worker(check_ranges, **CHOICES)
    cluster = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    with cluster, Client(cluster) as client:
        first = parts(file)[0]
        client.gather([client.submit(work, first, workers=[each], pure=False) for each in _addresses(client)])
        begun = perf_counter()
        found = client.gather(client.map(work, parts(file), pure=False))
        return Measured(perf_counter() - begun, begun - begin, sum(map(len, found)), max(client.run(peak).values()))


def _addresses(client: Any) -> list[str]:  # noqa: ANN401 (of an engine)
    return list(client.scheduler_info(n_workers=-1)["workers"])


def of_spark(file: Path, cores: int) -> Measured:
    """Measure Spark on one machine with so many cores."""
    from pyspark.sql import SparkSession  # as above
    from pyspark.sql.pandas.types import from_arrow_schema

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = ":".join(sys.path)
    begin = perf_counter()
    settings = {"spark.ui.enabled": "false", "spark.log.level": "OFF"}
    builder = SparkSession.builder.master(f"local[{cores}]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    peaks = file.with_name("peaks")
    peaks.mkdir(exist_ok=True)
    work = partial(_noting, str(peaks), worker(check_ranges, **CHOICES))

    def checked(cut: list[pa.RecordBatch]) -> int:
        table = spark.createDataFrame(pa.Table.from_batches(cut)).repartition(max(len(cut) // 2, cores))
        return int(table.mapInArrow(work, from_arrow_schema(FINDINGS_OF_RANGES)).count())

    checked(parts(file)[: 2 * cores])
    begun = perf_counter()
    findings = checked(parts(file))
    end = perf_counter()
    spark.stop()
    return Measured(end - begun, begun - begin, findings, max(float(each.read_text()) for each in peaks.iterdir()))


def _noting(folder: str, work: Any, batches: Any) -> Iterator[pa.RecordBatch]:  # noqa: ANN401 (as above)
    """Yield the batches of some work, then write the peak of this process."""
    yield from work(batches)
    Path(folder, str(os.getpid())).write_text(str(peak()))


ENGINES = {"check, jobs": of_jobs, "Dask, workers": of_dask, "Spark, cores": of_spark}


def overhead() -> float:
    """Return the time of `check_batch` over that of `check_chunk` for the same lines: the median of all rounds."""
    lines = [text for text, _ in zip(corpora.documents(FAULTY), range(5000), strict=False)]
    column, data = pa.array(lines), b"\n".join(lines)
    ratios = [
        seconds(lambda: check_batch(column, **CHOICES)) / seconds(lambda: check_chunk(data, **CHOICES))
        for _ in range(ROUNDS)
    ]
    return median(ratios[1:])


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that some work takes."""
    begin = process_time()
    work()
    return process_time() - begin


def report(sizes: list[int]) -> Iterator[str]:
    """Yield the lines of the results as they come."""
    yield from surroundings.lines()
    yield f"- {', '.join(f'{name} {version(name)}' for name in ('pyarrow', 'distributed', 'pyspark'))}"
    yield f"- Documents: {FAULTY:.0%} faulty, in ranges of 16 MB; the first pass over the file is in the time"
    yield f"- `check_batch` over `check_chunk`, the same lines in one process: {overhead():.2f}"
    yield ""
    yield "| MB | engine | start, s | work, s | MB/s | findings | peak of a worker, MB |"
    yield "|---|---|---|---|---|---|---|"
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = corpora.lines(Path(folder) / "lines.ndjson", FAULTY, size * 1_000_000)
            for name in ENGINES:
                for number in (1, 2):
                    # Each in a process of its own, so that no engine has the memory of another.
                    program = [sys.executable, __file__, "--one", name, str(number), str(file)]
                    ran = subprocess.run(program, capture_output=True, text=True, check=True, env=dict(os.environ))
                    work, start, findings, memory = map(float, ran.stdout.split()[-4:])
                    measured = Measured(work, start, int(findings), memory)
                    yield f"| {size} | {name} {number} | {' | '.join(measured.cells(size))} |"


def main() -> None:
    """Print the results, or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--write", action="store_true", help="write the results to ENGINES.md")
    parser.add_argument("--one", nargs=3, help="an engine, its workers and a file")
    given = parser.parse_args()
    if given.one:
        name, number, file = given.one
        print(*ENGINES[name](Path(file), int(number)))
        return
    lines = []
    for line in report(given.sizes or [200, 1000]):
        print(line, flush=True)
        lines.append(line)
    if given.write:
        RESULTS.write_text("\n".join(["# Results of the engines", "", *lines, ""]), "utf-8")


if __name__ == "__main__":
    main()
