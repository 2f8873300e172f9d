"""The tables of a caller: the column with the documents, and the values of a column."""

from __future__ import annotations

import pyarrow as pa

from instanceview.model.text import quote
from instanceview.running.arrow.schemas import FINDINGS


def table_of(documents: object) -> pa.Table:
    """Return a caller's documents as a table, whose only column is an array; raises TypeError for other values."""
    if isinstance(documents, (pa.Array, pa.ChunkedArray)):
        return pa.table({"document": documents})
    if isinstance(documents, pa.RecordBatch):
        return pa.Table.from_batches([documents])
    if isinstance(documents, pa.Table) or hasattr(documents, "__arrow_c_stream__"):
        return pa.table(documents)
    found = type(documents).__name__
    raise TypeError(f"expected an array, a batch or a table of Arrow, found {found}; convert it, such as with pa.array")


def column_of(table: pa.Table, column: str | None, id_column: str | None) -> str:
    """Return the name of the column with the texts; raises ValueError where there is not exactly one."""
    names = table.column_names
    for name in (column, id_column):
        if name is not None and names.count(name) != 1:
            raise ValueError(f"expected one column {quote(name)}, found {', '.join(map(quote, names))}")
    if id_column in FINDINGS.names:
        raise ValueError(f"id_column: the findings have a column {quote(id_column)} of their own; rename it")
    left = [column] if column else [name for name in names if name not in {"url", id_column}]
    if len(left) != 1:
        found = ", ".join(map(quote, left)) or "none"
        raise ValueError(f"expected one column with the documents, found {found}; name it with column=")
    return left[0]


def values_of(table: pa.Table, column: str) -> list[bytes | None]:
    """Return the values of a column of text or binary as bytes, since Arrow does not promise that a text is UTF-8."""
    array = table.column(column)
    try:
        return [value for chunk in array.chunks for value in chunk.cast(pa.binary()).to_pylist()]
    except pa.ArrowNotImplementedError:
        raise TypeError(f"column {quote(column)}: expected text or binary, found {array.type}; cast it") from None
