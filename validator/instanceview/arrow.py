"""Tables of documents for an engine such as Spark or Dask: Arrow batches in, batches of findings or of counts out.

It needs the extra `instanceview[arrow]`. `worker` makes what an engine sends to its workers.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Unpack, cast

import pyarrow as pa

from instanceview.model.joined import total
from instanceview.model.limits import DEFAULTS
from instanceview.model.text import quote
from instanceview.running.choices import Counting, chosen
from instanceview.running.counts import Measure, counts_of
from instanceview.running.found import found_in_ranges, found_in_rows
from instanceview.running.job import Job
from instanceview.running.lines import SHORTER, Lines, ranges_of_file
from instanceview.running.rows import check_rows
from instanceview.running.runs import work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from instanceview.model.limits import Limits
    from instanceview.model.summary import Summary
    from instanceview.running.choices import Selecting

    Open = Callable[[str, str], Any]

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

_TEXT, _NUMBER = pa.string(), pa.int64()

FINDINGS = pa.schema(
    [
        pa.field("document", _NUMBER, nullable=False),
        pa.field("rule", _TEXT),
        pa.field("severity", _TEXT, nullable=False),
        pa.field("pointer", _TEXT),
        pa.field("element", _TEXT),
        pa.field("message", _TEXT, nullable=False),
        pa.field("line", _NUMBER),
        pa.field("column", _NUMBER),
        pa.field("kind", _TEXT),
        pa.field("api_version", _TEXT),
        pa.field("fingerprint", _TEXT),
    ]
)
"""A row for each finding, and for each row of the input that is not an instance view.

- `document`: the row of the input in its batch, from 0
- `rule`: the name of the rule; null where it is not a finding
- `severity`: `error`, `warning` or `note`; `unreadable` for what should have been checked and could not be, `skipped`
  for what is not an instance view, and `counted` for the findings of a document beyond the limit
- `pointer`, `element`: the JSON pointer into the text of the row, and the documented path; null where `rule` is
- `message`: the finding or the reason, one line
- `line`, `column`: the place in the text, both from 1; null where the whole text is meant
- `kind`, `api_version`: the tables that the document was checked against; null where `rule` is
- `fingerprint`: 16 hexadecimal digits, the same for the same finding of the same document; null where `rule` is
"""

SUMMARY = pa.schema(
    [
        pa.field("measure", _TEXT, nullable=False),
        *(pa.field(name, _TEXT) for name in Measure._fields[1:]),
        pa.field("count", _NUMBER, nullable=False),
    ]
)
"""A row for each number: the sum of `count` by all other columns is the summary of several batches.

The other columns are `measure`, and `kind`, `api_version`, `element`, `rule`, `severity` and `code`, null where they do
not apply. Measures are:

- `documents` by kind and api-version; `conformant`, those without an error; `worst`, those with findings by their
  highest severity
- `findings` by kind, api-version, rule and severity
- `skipped` and `unreadable` texts
- with coverage, by kind and api-version: `present` and `null`, documents with an element or with nothing but null in
  it; `statuses` by element and code; `undocumented`, documents with a member that no table has; `elements`, findings
  by element, rule and severity; and `incomplete`, batches with more unknown names than are counted
"""

RANGES = pa.schema(
    [
        pa.field("file", _TEXT, nullable=False),
        pa.field("first_line", _NUMBER, nullable=False),
        pa.field("start", _NUMBER, nullable=False),
        pa.field("size", _NUMBER),
    ]
)
"""A row for each range of whole lines: its `file`, the number of its `first_line` from 1, and its bytes.

`start` is the offset of the first byte, and `size` the number of bytes. It is null for a line that is larger than a
document may be, which is not read.
"""

FINDINGS_OF_RANGES = FINDINGS.append(RANGES.field("file"))
"""`FINDINGS` with the `file`: `line` is that of the file, and `document` is the row of the range in its batch."""

# Not imported: for a type checker, the package imports the whole interface, which is above this module.
_VERSION: str = sys.modules["instanceview"].__version__

_RANGE = 16 << 20
"""Bytes of a range: one core takes a fifth of a second for them, and a worker a few times as much memory."""


def check_batch(
    documents: object, *, column: str | None = None, id_column: str | None = None, **choices: Unpack[Selecting]
) -> pa.RecordBatch:
    """Return the findings in a column of texts as a batch of the schema `FINDINGS`, in the order of the input.

    `documents` is an array of text or binary, or a batch or table of Arrow, such as a frame of Polars. Of a table,
    `column` names the one with the texts, which it need not where no other is left. A column `url` has the URLs of the
    requests, which say kind and api-version. `id_column` names one that is passed through, as the last one.

    A text is JSON: a document, or a value with documents at any depth. Whatever else is in the column is a row with
    the reason, and no text raises an error. The choices are those of `check`, except `fail_on`. Raises UnknownNameError
    for an unknown name, TypeError for a column of another type, ValueError for a column that there is not.

    >>> import pyarrow as pa
    >>> from instanceview.arrow import check_batch
    >>> rows = check_batch(pa.array(['{"vmAgent": {}}', '{"vmAgent": 1}', None]), kind="vm").to_pylist()
    >>> [(row["document"], row["severity"], row["pointer"], row["message"]) for row in rows]
    [(1, 'error', '/vmAgent', 'expected object, found 1'), (2, 'skipped', None, 'no instance view: null')]
    """
    table = _table(documents)
    found = found_in_rows(_check(table, _column(table, column, id_column), choices))
    return _findings(found, table, id_column)


def summary_batch(
    documents: object,
    *,
    column: str | None = None,
    id_column: str | None = None,
    coverage: bool = False,
    **choices: Unpack[Selecting],
) -> pa.RecordBatch:
    """Return the counts of a column of texts as a batch of the schema `SUMMARY`; for the arguments, see `check_batch`.

    With `coverage`, it has the numbers of the conformance report too. The column of IDs is left out.

    >>> import pyarrow as pa
    >>> from instanceview.arrow import summary_batch
    >>> rows = summary_batch(pa.array(['{"vmAgent": {}}', '{"vmAgent": 1}', None]), kind="vm").to_pylist()
    >>> [(row["measure"], row["count"]) for row in rows]
    [('documents', 2), ('conformant', 1), ('worst', 1), ('findings', 1), ('skipped', 1)]
    """
    table = _table(documents)
    return _counts([_check(table, _column(table, column, id_column), {**choices, "coverage": coverage})])


def ranges(
    path: str | os.PathLike[str], *, size: int = _RANGE, open_file: Open = open, limits: Limits = DEFAULTS
) -> pa.RecordBatch:
    """Return the ranges of whole lines of a file of NDJSON as a batch of the schema `RANGES`; the file is read once.

    `size` is the number of bytes of a range, and `open_file` opens a path, such as one of another storage. Raises
    OSError for a file that cannot be read, ValueError for one that is packed or is not NDJSON, or for a size below 1.

    >>> from instanceview.arrow import ranges
    >>> ranges("samples/captures/answers.ndjson", size=2000).column("first_line").to_pylist()
    [1, 3]
    """
    if size < 1:
        raise ValueError(f"size: expected a number of bytes from 1, found {size}; leave it out for 16 MB")
    name = os.fspath(path)
    with open_file(name, "rb") as file:
        found = list(ranges_of_file(file, name, size, limits))
    return _batch(
        [(name, each.first_line, each.start, None if each.is_beyond else each.size) for each in found], RANGES
    )


def check_ranges(ranges: pa.RecordBatch, *, open_file: Open = open, **choices: Unpack[Selecting]) -> pa.RecordBatch:
    """Return the findings in ranges of files as a batch of the schema `FINDINGS_OF_RANGES`.

    `open_file` is as for `ranges`, and the choices are those of `check_batch`. Raises OSError for a file that cannot be
    read, so that the engine tries again.
    """
    found = list(found_in_ranges(_check_ranges(ranges, open_file, choices)))
    return _findings(found, pa.Table.from_batches([ranges]), "file")


def summary_of_ranges(
    ranges: pa.RecordBatch, *, open_file: Open = open, coverage: bool = False, **choices: Unpack[Selecting]
) -> pa.RecordBatch:
    """Return the counts of ranges of files as a batch of the schema `SUMMARY`; see `check_ranges`."""
    return _counts(_check_ranges(ranges, open_file, {**choices, "coverage": coverage}))


def worker(function: Callable[..., pa.RecordBatch], **arguments: object) -> Callable[[Any], Any]:
    """Return a function for the workers of an engine: batch to batch, table to table, or iterator to iterator.

    `function` is one of this module, and `arguments` are its own. What it returns can be sent to other processes. An
    iterator of ranges has a batch of results for each of them. A wrong choice raises here, as in `function`.

    On a worker with another version of the package, the first batch raises RuntimeError that names both.

    >>> import pyarrow as pa
    >>> from instanceview.arrow import check_batch, worker
    >>> work, batch = worker(check_batch, kind="vm"), pa.record_batch({"document": ["{}", "[]"]})
    >>> work(batch).num_rows, [found.num_rows for found in work(iter([batch, batch]))]
    (1, [1, 1])
    """
    _job({name: value for name, value in arguments.items() if name not in {"column", "id_column", "open_file"}})
    return partial(_work, function, arguments, _VERSION)


def _work(function: Callable[..., pa.RecordBatch], arguments: dict[str, Any], version: str, given: object) -> object:
    if version != _VERSION:
        here = f"this worker {_VERSION}"
        raise RuntimeError(f"the driver has instanceview {version}, {here}; install the same version on both")
    if isinstance(given, Iterator):
        # A batch of ranges may be a thousand gigabytes of lines: one range at a time, a worker needs the memory of one.
        parts = (
            chain.from_iterable(map(_single_rows, given)) if function in {check_ranges, summary_of_ranges} else given
        )
        return (function(part, **arguments) for part in parts)
    done = function(given, **arguments)
    return pa.Table.from_batches([done]) if isinstance(given, pa.Table) else done  # Ray takes no batch from a table


def _single_rows(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    return (batch.slice(row, 1) for row in range(batch.num_rows))


def _table(documents: object) -> pa.Table:
    """Return a caller's documents as a table; an array is its only column."""
    if isinstance(documents, (pa.Array, pa.ChunkedArray)):
        return pa.table({"document": documents})
    if isinstance(documents, pa.RecordBatch):
        return pa.Table.from_batches([documents])
    if isinstance(documents, pa.Table) or hasattr(documents, "__arrow_c_stream__"):
        return pa.table(documents)
    found = type(documents).__name__
    raise TypeError(f"expected an array, a batch or a table of Arrow, found {found}; convert it, such as with pa.array")


def _column(table: pa.Table, column: str | None, id_column: str | None) -> str:
    """Return the name of the column with the texts."""
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


def _job(choices: Mapping[str, Any]) -> Job:
    choice = chosen(cast("Counting", choices), Counting.__annotations__)
    return Job(choice.wanted(), choice.kind, choice.api_version)


def _check(table: pa.Table, column: str, choices: Mapping[str, Any]) -> Summary:
    """Check the texts of a column, and return their summary, in which a file is the number of a row."""
    job = _job(choices)
    has_urls = "url" in table.column_names and column != "url"
    urls = [url.decode("utf-8", "replace") if url else None for url in _values(table, "url")] if has_urls else None
    return check_rows(_values(table, column), urls, job.wanted, job.prepare)


def _values(table: pa.Table, column: str) -> list[bytes | None]:
    """Return the values of a column of text or binary; Arrow does not promise that a text is UTF-8."""
    array = table.column(column)
    try:
        return [value for chunk in array.chunks for value in chunk.cast(pa.binary()).to_pylist()]
    except pa.ArrowNotImplementedError:
        raise TypeError(f"column {quote(column)}: expected text or binary, found {array.type}; cast it") from None


def _check_ranges(ranges: pa.RecordBatch, open_file: Open, choices: Mapping[str, Any]) -> Iterator[Summary]:
    """Yield the summary of each range."""
    job = _job(choices)
    for each in ranges.select(RANGES.names).to_pylist():
        yield work(job, _read(open_file, **each))


def _read(open_file: Open, file: str, first_line: int, start: int, size: int | None) -> Lines:
    """Return the lines of a range; raises OSError."""
    if size is None:
        return Lines(file, first_line, 0, None, start, is_beyond=True)
    with open_file(file, "rb") as opened:
        opened.seek(start)
        content = opened.read(size)
    if len(content) < size:
        raise OSError(f"{quote(file)} {SHORTER}")
    return Lines(file, first_line, size, None, start, content)


def _findings(found: Sequence[tuple[Any, ...]], table: pa.Table, id_column: str | None) -> pa.RecordBatch:
    """Return rows of `FINDINGS` as a batch, with a column of the input at their end."""
    batch = _batch(found, FINDINGS)
    if id_column is None:
        return batch
    ids, rows = table.column(id_column), batch.column("document")
    try:
        ids = ids.take(rows).combine_chunks()
    except pa.ArrowNotImplementedError:  # a view of text, as Polars has it
        ids = pa.array([ids[row.as_py()].as_py() for row in rows], ids.type)
    return pa.RecordBatch.from_arrays([*batch.columns, ids], schema=FINDINGS.append(table.field(id_column)))


def _counts(summaries: Iterable[Summary]) -> pa.RecordBatch:
    """Return the counts of summaries, none of which is kept, as a batch."""
    counts = total(map(counts_of, summaries))
    return _batch([(*measure, number) for measure, number in counts.items()], SUMMARY)


def _batch(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as a batch."""
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(map(_valid, values), field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _valid(value: Any) -> Any:  # noqa: ANN401 (a value of a cell)
    """Return a value as Arrow takes it: half of a surrogate pair, which UTF-8 does not have, as its escape."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode()
    return value
