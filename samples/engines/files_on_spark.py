"""Check files of NDJSON with Spark: spark-submit files_on_spark.py FINDINGS FILE..., then prints the summary."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from instanceview.arrow import FINDINGS_OF_RANGES, RANGES, SUMMARY, check_ranges, ranges, summary_of_ranges, worker


def cut(batches):
    """Yield the ranges of files, a batch for each."""
    for batch in batches:
        yield from map(ranges, batch.column("file").to_pylist())


def main(findings, *files):
    spark = SparkSession.builder.getOrCreate()
    tasks = 4 * spark.sparkContext.defaultParallelism
    names = spark.createDataFrame([[file] for file in files], "file string").repartition(min(len(files), tasks))
    # The first pass counts lines. Its result is small and is used twice.
    parts = names.mapInArrow(cut, from_arrow_schema(RANGES)).repartition(tasks).cache()
    checked = parts.mapInArrow(worker(check_ranges, kind="vmss-vm"), from_arrow_schema(FINDINGS_OF_RANGES))
    checked.write.mode("overwrite").parquet(findings)
    counts = parts.mapInArrow(worker(summary_of_ranges, kind="vmss-vm"), from_arrow_schema(SUMMARY))
    counts.groupBy(*SUMMARY.names[:-1]).sum("count").orderBy("measure", "rule").show(1000, truncate=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
