"""Rows of findings, counts and ranges to batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from instanceview.model.joined import total
from instanceview.running.arrow.schemas import FINDINGS, SUMMARY
from instanceview.running.counts import counts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from instanceview.model.summary import Summary


def findings_batch(found: Sequence[tuple[Any, ...]], table: pa.Table, id_column: str | None) -> pa.RecordBatch:
    """Return rows of `FINDINGS` as a batch, with the column of IDs of the input, if there is one, as the last."""
    batch = batch_of(found, FINDINGS)
    if id_column is None:
        return batch
    ids, rows = table.column(id_column), batch.column("document")
    try:
        ids = ids.take(rows).combine_chunks()
    except pa.ArrowNotImplementedError:  # Polars has views of text
        ids = pa.array([ids[row.as_py()].as_py() for row in rows], ids.type)
    return pa.RecordBatch.from_arrays([*batch.columns, ids], schema=FINDINGS.append(table.field(id_column)))


def counts_batch(summaries: Iterable[Summary]) -> pa.RecordBatch:
    """Return the counts of summaries as a batch; no summary is kept."""
    counts = total(map(counts_of, summaries))
    return batch_of([(*measure, number) for measure, number in counts.items()], SUMMARY)


def batch_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as a batch of a schema."""
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(map(_valid, values), field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _valid(value: Any) -> Any:  # noqa: ANN401 (a value of a cell)
    """Return a value as Arrow takes it: half a surrogate pair becomes its escape, since UTF-8 does not have it."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode()
    return value
