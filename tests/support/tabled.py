"""Documents as a file of NDJSON and as a table of Parquet, and the findings that every engine has to give for them."""

from __future__ import annotations

import os
import runpy
import signal
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from checkout import SAMPLES
from chunked import KIND, VERSION, lines

from instanceview import arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CHOICES: dict[str, Any] = {"kind": KIND, "api_version": VERSION}
SET = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/s"
URL = f"https://management.azure.com{SET}/virtualMachines/0/instanceView?api-version={VERSION}"
SHORT = 3000
"""Bytes of a range: some ten lines, so that each worker has several."""


class Tabled(NamedTuple):
    """A file and a table with the same lines, some of which are hostile; a document is null, and one is beyond a limit.

    `table` is a folder with the columns `id`, `url` and `document` in several files.
    """

    file: Path
    table: Path

    def of_file(self) -> list[Any]:
        """Return the findings of the file, each as it is compared."""
        return found(arrow.check_ranges(arrow.ranges(self.file), kind=KIND))

    def of_table(self) -> list[Any]:
        """Return the findings of the table."""
        return found(arrow.check_batch(pq.read_table(self.table), id_column="id", column="document"))

    def counts(self) -> Counter[Any]:
        """Return the counts of the table."""
        return counted([arrow.summary_batch(pq.read_table(self.table).drop_columns(["id"]))])


def tabled(folder: Path) -> Tabled:
    """Write the file and the table."""
    texts: list[bytes | None] = [*lines(), *lines()]
    (folder / "many.ndjson").write_bytes(b"\n".join(text for text in texts if text is not None))
    texts.append(None)
    table = pa.table(
        {
            "id": [f"machine {number}" for number in range(len(texts))],
            "url": [URL if number % 3 else None for number in range(len(texts))],
            "document": pa.array(texts, pa.binary()),
        }
    )
    (folder / "table").mkdir()
    for part, start in enumerate(range(0, len(texts), 60)):
        pq.write_table(table.slice(start, 60), folder / "table" / f"{part}.parquet")
    return Tabled(folder / "many.ndjson", folder / "table")


def found(table: pa.Table | pa.RecordBatch) -> list[Any]:
    """Return the rows of findings for a comparison: without their numbers in a batch, in an order of their own."""
    rows = table.select([name for name in table.schema.names if name != "document"]).to_pylist()
    return sorted((tuple(row.values()) for row in rows), key=repr)


def counted(batches: Iterable[pa.RecordBatch | pa.Table]) -> Counter[Any]:
    """Return the sums of batches of counts."""
    counts: Counter[Any] = Counter()
    for row in (row for batch in batches for row in batch.to_pylist()):
        counts[tuple(row[name] for name in arrow.SUMMARY.names[:-1])] += row["count"]
    return counts


def sample(name: str) -> Callable[..., None]:
    """Return the program of a sample, as a function of its arguments."""
    main: Callable[..., None] = runpy.run_path(str(SAMPLES / "engines" / name))["main"]
    return main


def dying(flag: Path, work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return work whose process is killed after the first batch that anyone did, and that is then as it was."""
    return partial(_dying, str(flag), work)


def _dying(flag: str, work: Callable[[Any], Any], given: Any) -> Any:  # noqa: ANN401 (a batch or an iterator)
    done = work(given)
    if isinstance(done, pa.RecordBatch):
        _die_once(flag)
        return done
    return _dying_behind(flag, done)


def _dying_behind(flag: str, done: Iterator[Any]) -> Iterator[Any]:
    for batch in done:
        yield batch
        _die_once(flag)


def _die_once(flag: str) -> None:
    try:
        Path(flag).touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def of_another_version(function: Callable[..., pa.RecordBatch]) -> Callable[[Any], Any]:
    """Return the work of a driver that has another version of the package."""
    work: Any = arrow.worker(function)
    return partial(work.func, *work.args[:-1], "0.0.9")
