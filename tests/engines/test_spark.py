"""Spark gives what one process gives, also where a task is killed and done again; its samples do what they say."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from needs import SPARK

pytest.importorskip("pyspark", reason=SPARK)
if not shutil.which("java"):
    pytest.skip(SPARK, allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from tabled import CHOICES, SHORT, Tabled, dying, found, of_another_version, sample, tabled

from instanceview.arrow import FINDINGS, FINDINGS_OF_RANGES, check_batch, check_ranges, ranges, worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore")  # those of the engine

# A task is tried four times, as on a cluster; the rest saves seconds.
SETTINGS = {
    "spark.master": "local[2,4]",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "20",
    "spark.log.level": "OFF",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Tabled:
    return tabled(tmp_path_factory.mktemp("spark"))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        # Workers find the package, and the modules of the tests, where this process does.
        patch.setenv("PYTHONPATH", ":".join(sys.path))
        builder = SparkSession.builder
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


@pytest.mark.usefixtures("spark")
def test_the_sample_for_files_writes_the_findings_and_prints_the_summary(
    documents: Tabled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample("files_on_spark.py")(f"{tmp_path}/findings", str(documents.file))
    assert found(pq.read_table(tmp_path / "findings").select(FINDINGS_OF_RANGES.names)) == documents.of_file()
    assert "|documents " in capsys.readouterr().out


@pytest.mark.usefixtures("spark")
def test_the_sample_for_a_table_writes_the_findings_and_prints_the_summary(
    documents: Tabled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample("table_on_spark.py")(str(documents.table), f"{tmp_path}/findings")
    assert found(pq.read_table(tmp_path / "findings").select([*FINDINGS.names, "id"])) == documents.of_table()
    rows = [line.strip("|").split("|") for line in capsys.readouterr().out.splitlines() if line.startswith("|")][1:]
    values = [[None if value.strip() == "NULL" else value.strip() for value in row] for row in rows]
    assert {tuple(row[:-1]): int(row[-1] or 0) for row in values} == documents.counts()


def test_a_task_whose_worker_is_killed_is_done_again_and_doubles_nothing(
    spark: Any,
    documents: Tabled,
    tmp_path: Path,
) -> None:
    cut = pa.Table.from_batches([ranges(documents.file, size=SHORT)])
    table = spark.createDataFrame(cut).repartition(2)
    work = dying(tmp_path / "killed", worker(check_ranges, **CHOICES))
    table.mapInArrow(work, from_arrow_schema(FINDINGS_OF_RANGES)).write.parquet(f"{tmp_path}/findings")
    assert (tmp_path / "killed").exists()
    here = pa.Table.from_batches([check_ranges(ranges(documents.file), **CHOICES)])
    assert found(pq.read_table(tmp_path / "findings").select(FINDINGS_OF_RANGES.names)) == found(here)


def test_another_version_on_a_worker_is_one_clear_error(spark: Any, documents: Tabled) -> None:
    table = spark.read.parquet(str(documents.table)).select("document").limit(1)
    checked = table.mapInArrow(of_another_version(check_batch), from_arrow_schema(FINDINGS))
    with pytest.raises(Exception, match=r"the driver has instanceview 0\.0\.9, this worker \S+; install"):
        checked.collect()
