"""Check a table of Parquet with Spark: spark-submit table_on_spark.py TABLE FINDINGS, then prints the summary.

The table has the columns `id`, `document` and, where it is known, `url`.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from instanceview.arrow import FINDINGS, SUMMARY, check_batch, summary_batch, worker


def main(path, findings):
    spark = SparkSession.builder.getOrCreate()
    table = spark.read.parquet(path)
    schema = StructType([*from_arrow_schema(FINDINGS), table.schema["id"]])
    checked = table.mapInArrow(worker(check_batch, column="document", id_column="id"), schema)
    checked.write.mode("overwrite").parquet(findings)
    counts = table.mapInArrow(worker(summary_batch, column="document"), from_arrow_schema(SUMMARY))
    counts.groupBy(*SUMMARY.names[:-1]).sum("count").orderBy("measure", "rule").show(1000, truncate=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
