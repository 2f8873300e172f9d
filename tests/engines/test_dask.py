"""Dask on two workers gives what one process gives, also where a worker is killed; its sample does what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from needs import DASK

pytest.importorskip("distributed", reason=DASK)
dataframes = pytest.importorskip("dask.dataframe", reason=DASK)

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from dask.distributed import Client, LocalCluster
from tabled import CHOICES, SHORT, Tabled, counted, dying, found, of_another_version, sample, tabled

from instanceview.arrow import (
    FINDINGS_OF_RANGES,
    check_batch,
    check_ranges,
    ranges,
    summary_batch,
    summary_of_ranges,
    worker,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")  # those of the engine


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Tabled:
    return tabled(tmp_path_factory.mktemp("dask"))


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


def parts(documents: Tabled) -> list[pa.RecordBatch]:
    cut = ranges(documents.file, size=SHORT)
    return [cut.slice(row, 1) for row in range(cut.num_rows)]


def test_ranges_of_a_file_have_its_findings(client: Any, documents: Tabled) -> None:
    checked = client.gather(client.map(worker(check_ranges, kind="vmss-vm"), parts(documents)))
    assert len(checked) > 20
    assert found(pa.Table.from_batches(checked)) == documents.of_file()


def test_a_frame_has_the_findings_and_counts_of_its_table(client: Any, documents: Tabled) -> None:
    frame = dataframes.read_parquet(documents.table, blocksize=None)
    assert frame.npartitions > 2
    checked = frame.map_partitions(_checked, meta=_checked(frame.head(0)))
    assert found(pa.Table.from_pandas(checked.compute(), preserve_index=False)) == documents.of_table()
    counts = client.gather(client.map(worker(summary_batch, column="document"), _batches(documents)))
    assert counted(counts) == documents.counts()


def _checked(frame: pd.DataFrame) -> pd.DataFrame:
    batch = pa.Table.from_pandas(frame, preserve_index=False)
    return check_batch(batch, column="document", id_column="id").to_pandas(types_mapper=pd.ArrowDtype)


def _batches(documents: Tabled) -> list[pa.RecordBatch]:
    batches: list[pa.RecordBatch] = pq.read_table(documents.table).drop_columns(["id"]).to_batches(max_chunksize=20)
    return batches


@pytest.mark.parametrize("function", [check_ranges, summary_of_ranges])
def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    function: Any, client: Any, documents: Tabled, tmp_path: Path
) -> None:
    flag = tmp_path / "killed"
    before = {each["pid"] for each in client.run(lambda: {"pid": __import__("os").getpid()}).values()}
    checked = client.gather(client.map(dying(flag, worker(function, **CHOICES)), parts(documents), pure=False))
    assert flag.exists()
    client.wait_for_workers(2)
    after = {each["pid"] for each in client.run(lambda: {"pid": __import__("os").getpid()}).values()}
    assert len(after - before) == 1
    here = [function(part, **CHOICES) for part in parts(documents)]
    told = counted if function is summary_of_ranges else lambda batches: found(pa.Table.from_batches(batches))
    assert told(checked) == told(here)


def test_another_version_on_a_worker_is_one_clear_error(client: Any, documents: Tabled) -> None:
    future = client.submit(of_another_version(check_ranges), parts(documents)[0])
    with pytest.raises(RuntimeError, match=r"the driver has instanceview 0\.0\.9, this worker \S+; install"):
        future.result()


def test_the_sample_writes_the_findings_and_prints_the_summary(
    documents: Tabled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample("on_dask.py")(f"{tmp_path}/findings", str(documents.file))
    assert found(pq.read_table(tmp_path / "findings", schema=FINDINGS_OF_RANGES)) == documents.of_file()
    total = counted([summary_of_ranges(ranges(documents.file), kind="vmss-vm")])
    words = [f"{' '.join(filter(None, measure))} {number}" for measure, number in total.items()]
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(words)
