"""Tables of documents for an engine such as Spark or Dask: Arrow batches in, batches of findings or of counts out.

It needs the extra `instanceview[arrow]`. `worker` makes the function that an engine sends to its workers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Unpack

import pyarrow as pa

from instanceview.running.arrow.batches import batch_of, counts_batch, findings_batch
from instanceview.running.arrow.checks import check_column, check_each, job_of
from instanceview.running.arrow.columns import column_of, table_of
from instanceview.running.arrow.schemas import FINDINGS, FINDINGS_OF_RANGES, RANGES, SUMMARY
from instanceview.running.found import found_in_ranges, found_in_rows
from instanceview.running.given import limits_given
from instanceview.running.lines import ranges_of_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.model.limits import Limits
    from instanceview.running.arrow.checks import Open
    from instanceview.running.choices import Selecting

__all__ = [
    "FINDINGS",
    "FINDINGS_OF_RANGES",
    "RANGES",
    "SUMMARY",
    "check_batch",
    "check_ranges",
    "ranges",
    "summary_batch",
    "summary_of_ranges",
    "worker",
]

# Not imported: for a type checker, the package imports the whole interface, which is above this module.
_VERSION: str = sys.modules["instanceview"].__version__

_RANGE = 16 << 20
"""The bytes of a range: one core takes a fifth of a second for them, and a worker a few times as much memory."""


def check_batch(
    documents: object, *, column: str | None = None, id_column: str | None = None, **choices: Unpack[Selecting]
) -> pa.RecordBatch:
    """Return the findings in a column of texts as a batch of the schema `FINDINGS`, in the order of the input.

    `documents` is an array of text or binary, or a batch or table of Arrow, such as a frame of Polars. `column` names
    the column with the texts; omit it where the table has no other one. A column `url` has the URLs of the requests,
    which give kind and api-version. `id_column` names a column that is passed through as the last one.

    A text is JSON: a document, or a value with documents at any depth. Any other text has a row with the reason, and no
    text raises an error. The choices are those of `check`, except `fail_on`. Raises UnknownNameError
    for an unknown name, TypeError for a column of another type, ValueError for a column that does not exist.

    >>> import pyarrow as pa
    >>> from instanceview.arrow import check_batch
    >>> rows = check_batch(pa.array(['{"vmAgent": {}}', '{"vmAgent": 1}', None]), kind="vm").to_pylist()
    >>> [(row["document"], row["severity"], row["pointer"], row["message"]) for row in rows]
    [(1, 'error', '/vmAgent', 'expected object, found 1'), (2, 'skipped', None, 'no instance view: null')]
    """
    table = table_of(documents)
    found = found_in_rows(check_column(table, column_of(table, column, id_column), choices))
    return findings_batch(found, table, id_column)


def summary_batch(
    documents: object,
    *,
    column: str | None = None,
    id_column: str | None = None,
    coverage: bool = False,
    **choices: Unpack[Selecting],
) -> pa.RecordBatch:
    """Return the counts of a column of texts as a batch of the schema `SUMMARY`; for the arguments, see `check_batch`.

    With `coverage`, it also has the numbers of the conformance report. It does not have the column of IDs.

    >>> import pyarrow as pa
    >>> from instanceview.arrow import summary_batch
    >>> rows = summary_batch(pa.array(['{"vmAgent": {}}', '{"vmAgent": 1}', None]), kind="vm").to_pylist()
    >>> [(row["measure"], row["count"]) for row in rows]
    [('documents', 2), ('conformant', 1), ('worst', 1), ('findings', 1), ('skipped', 1)]
    """
    table = table_of(documents)
    return counts_batch([check_column(table, column_of(table, column, id_column), {**choices, "coverage": coverage})])


def ranges(
    path: str | os.PathLike[str], *, size: int = _RANGE, open_file: Open = open, limits: Limits | None = None
) -> pa.RecordBatch:
    """Return the ranges of whole lines of a file of NDJSON as a batch of the schema `RANGES`; the file is read once.

    `size` is the number of bytes of a range, and `open_file` opens a path, such as one of another storage. Raises
    OSError for a file that cannot be read, ValueError for one that is packed or is not NDJSON, or for a size below 1.

    >>> from instanceview.arrow import ranges
    >>> ranges("samples/captures/answers.ndjson", size=2000).column("first_line").to_pylist()
    [1, 3]
    """
    if size < 1:
        raise ValueError(f"size: expected a number of bytes from 1, found {size}; omit it for 16 MB")
    name = os.fspath(path)
    with open_file(name, "rb") as file:
        found = list(ranges_of_file(file, name, size, limits_given(limits)))
    return batch_of(
        [(name, each.first_line, each.start, None if each.is_beyond else each.size) for each in found], RANGES
    )


def check_ranges(ranges: pa.RecordBatch, *, open_file: Open = open, **choices: Unpack[Selecting]) -> pa.RecordBatch:
    """Return the findings in ranges of files as a batch of the schema `FINDINGS_OF_RANGES`.

    `open_file` is as for `ranges`, and the choices are those of `check_batch`. Raises OSError for a file that cannot be
    read, so that the engine tries again.
    """
    found = list(found_in_ranges(check_each(ranges, open_file, choices)))
    return findings_batch(found, pa.Table.from_batches([ranges]), "file")


def summary_of_ranges(
    ranges: pa.RecordBatch, *, open_file: Open = open, coverage: bool = False, **choices: Unpack[Selecting]
) -> pa.RecordBatch:
    """Return the counts of ranges of files as a batch of the schema `SUMMARY`; see `check_ranges`."""
    return counts_batch(check_each(ranges, open_file, {**choices, "coverage": coverage}))


def worker(function: Callable[..., pa.RecordBatch], **arguments: object) -> Callable[[Any], Any]:
    """Return a function for the workers of an engine: batch to batch, table to table, or iterator to iterator.

    `function` is one of this module, and `arguments` are its own. The result can be sent to other processes. An
    iterator of ranges has a batch of results for each of them. A wrong choice raises here, as in `function`.

    On a worker with another version of the package, the first batch raises RuntimeError, which names both versions.

    >>> import pyarrow as pa
    >>> from instanceview.arrow import check_batch, worker
    >>> work, batch = worker(check_batch, kind="vm"), pa.record_batch({"document": ["{}", "[]"]})
    >>> work(batch).num_rows, [found.num_rows for found in work(iter([batch, batch]))]
    (1, [1, 1])
    """
    job_of({name: value for name, value in arguments.items() if name not in {"column", "id_column", "open_file"}})
    return partial(_work, function, arguments, _VERSION)


def _work(function: Callable[..., pa.RecordBatch], arguments: dict[str, Any], version: str, given: object) -> object:
    if version != _VERSION:
        here = f"this worker {_VERSION}"
        raise RuntimeError(f"the driver has instanceview {version}, {here}; install the same version on both")
    if isinstance(given, Iterator):
        # A batch of ranges may be a thousand gigabytes of lines, so a worker reads one range at a time.
        parts = (
            chain.from_iterable(map(_single_rows, given)) if function in {check_ranges, summary_of_ranges} else given
        )
        return (function(part, **arguments) for part in parts)
    done = function(given, **arguments)
    return pa.Table.from_batches([done]) if isinstance(given, pa.Table) else done  # Ray takes no batch for a table


def _single_rows(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    return (batch.slice(row, 1) for row in range(batch.num_rows))
