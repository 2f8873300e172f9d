"""A column of texts, or ranges of files -> summaries: the first step of each function of `instanceview.arrow`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa

from instanceview.model.text import quote
from instanceview.running.arrow.columns import values_of
from instanceview.running.arrow.schemas import RANGES
from instanceview.running.choices import Counting, chosen
from instanceview.running.job import Job
from instanceview.running.lines import SHORTER, Lines
from instanceview.running.rows import check_rows
from instanceview.running.runs import work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.model.summary import Summary

    Open = Callable[[str, str], Any]
    """A function that opens a path in a mode."""


def job_of(choices: Mapping[str, Any]) -> Job:
    """Return the job for the choices of a caller; raises UnknownNameError for an unknown name."""
    choice = chosen(cast("Counting", choices), Counting.__annotations__)
    return Job(choice.wanted(), choice.kind, choice.api_version)


def check_column(table: pa.Table, column: str, choices: Mapping[str, Any]) -> Summary:
    """Check the texts of a column, and return their summary, whose files are the numbers of rows."""
    job = job_of(choices)
    has_urls = "url" in table.column_names and column != "url"
    urls = [url.decode("utf-8", "replace") if url else None for url in values_of(table, "url")] if has_urls else None
    return check_rows(values_of(table, column), urls, job.wanted, job.prepare)


def check_each(ranges: pa.RecordBatch, open_file: Open, choices: Mapping[str, Any]) -> Iterator[Summary]:
    """Yield the summary of each range; raises TypeError for anything but a batch of ranges."""
    job = job_of(choices)
    if not (isinstance(ranges, pa.RecordBatch) and set(RANGES.names) <= set(ranges.schema.names)):
        found = ranges.schema.names if isinstance(ranges, pa.RecordBatch) else type(ranges).__name__
        raise TypeError(f"expected a batch of the schema RANGES, found {found}; make it with instanceview.arrow.ranges")
    for each in ranges.select(RANGES.names).to_pylist():
        yield work(job, _read(open_file, **each))


def _read(open_file: Open, file: str, first_line: int, start: int, size: int | None) -> Lines:
    """Return the lines of a range; raises OSError where they cannot be read or the file is shorter than it was."""
    if size is None:
        return Lines(file, first_line, 0, None, start, is_beyond=True)
    with open_file(file, "rb") as opened:
        opened.seek(start)
        content = opened.read(size)
    if len(content) < size:
        raise OSError(f"{quote(file)} {SHORTER}")
    return Lines(file, first_line, size, None, start, content)
