"""Check files of NDJSON with Dask: python on_dask.py FOLDER FILE... writes the findings and prints the summary."""

import sys
from collections import Counter

import fsspec
import pyarrow
import pyarrow.parquet
from dask.distributed import Client, LocalCluster

from instanceview.arrow import SUMMARY, check_ranges, ranges, summary_of_ranges, worker


def open_file(path, mode):
    """Open a path of any storage that fsspec knows, such as s3://bucket/name or abfs://container/name."""
    return fsspec.open(path, mode).open()


def write(folder, number, findings):
    """Write a batch; a task that is done again, since its worker died, writes the same file again."""
    with fsspec.open(f"{folder}/part-{number:06}.parquet", "wb") as file:
        pyarrow.parquet.write_table(pyarrow.Table.from_batches([findings]), file)


def main(folder, *files):
    storage, path = fsspec.url_to_fs(folder)
    storage.makedirs(path, exist_ok=True)
    for old in storage.glob(f"{path}/part-*.parquet"):
        storage.rm(old)
    choices = {"open_file": open_file, "kind": "vmss-vm"}
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        cut = client.gather(client.map(ranges, files, open_file=open_file))
        parts = [batch.slice(row, 1) for batch in cut for row in range(batch.num_rows)]
        findings = client.map(worker(check_ranges, **choices), parts)
        counts = client.map(worker(summary_of_ranges, **choices), parts)
        client.gather(client.map(write, [folder] * len(parts), range(len(parts)), findings))
        summary = Counter()
        for row in (row for batch in client.gather(counts) for row in batch.to_pylist()):
            summary[" ".join(row[name] for name in SUMMARY.names[:-1] if row[name])] += row["count"]
    for measure, count in sorted(summary.items()):
        print(measure, count)


if __name__ == "__main__":
    main(*sys.argv[1:])
