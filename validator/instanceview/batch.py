"""Lines of NDJSON, many at a time: a chunk of them -> its summary, which merges with those of its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from instanceview.engines import engine
from instanceview.gate import keys_if_clean
from instanceview.model import Document, Origin
from instanceview.parse import BOM
from instanceview.positions import may_space_keys
from instanceview.readers import ndjson
from instanceview.report import Tally, Wanted
from instanceview.resolve import judged_by
from instanceview.summary import Statistics, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model import Skipped, Unreadable

    Inputs = Iterable[Document | Skipped | Unreadable]
    Prepare = Callable[[Inputs], Iterator[Document | Skipped | Unreadable]]

__all__ = ["Statistics", "Summary", "check_chunk"]


class _Tables(NamedTuple):
    """What is known of the lines' tables before they are read."""

    kind: str | None
    api_version: str | None
    source: str


def check_chunk(
    data: bytes,
    *,
    file: str = "<chunk>",
    first_line: int = 1,
    api_version: str | None = None,
    kind: str | None = None,
) -> Summary:
    r"""Judge the documents in whole lines of NDJSON, one a line.

    `file` and `first_line`, from 1, say where the lines stand. What cannot be read is in the summary's `unreadable`.
    Raises UnknownNameError for an unknown kind or api-version.

    >>> from instanceview.batch import check_chunk
    >>> check_chunk(b'{"platformFaultDomain": "0"}\n{}\n', first_line=7).findings[0].origin.line
    7
    """
    from instanceview.api import judged_as

    return check_lines(data, file, first_line, Wanted(), lambda inputs: judged_as(inputs, kind, api_version))


def check_lines(data: bytes, file: str, first_line: int, wanted: Wanted, prepare: Prepare) -> Summary:
    """Judge the documents in whole lines; `prepare` gives a document the kind and api-version that the caller wants."""
    tally = Tally(wanted)
    origin = Origin(file)
    tables = _tables(origin, prepare)
    clean = 0
    if wanted != Wanted(selection=wanted.selection) or may_space_keys(data):
        tables = None
    lines = data.removeprefix(BOM) if first_line == 1 else data
    for number, line in enumerate(lines.split(b"\n"), start=first_line):
        if tables and _is_clean(line, tables):
            clean += 1
        elif line.strip():
            tally.clean(clean)
            clean = 0
            for item in prepare(ndjson.of_line(line, number, origin)):
                tally.take(item)
    tally.clean(clean)
    return tally.summary()


def _tables(origin: Origin, prepare: Prepare) -> _Tables | None:
    """Return what a document of this file without a URL would be judged by."""
    probe = next(iter(prepare([Document({}, origin)])))
    if not isinstance(probe, Document):
        return None
    return _Tables(probe.kind, probe.api_version, probe.api_version_from)


def _is_clean(line: bytes, tables: _Tables) -> bool:
    """Return whether a line certainly holds one document without findings; False where that is not certain.

    A document that fulfils its schema has documented members alone, so that it needs no other look at its shape or
    its depth. No key of the chunk has white space before its colon.
    """
    try:
        body = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    if type(body) is not dict or not body:
        return False
    judged = judged_by(body, *tables)
    if judged.asked or engine("compiled", judged.kind, judged.api_version)(body):
        return False
    return keys_if_clean(judged.kind, judged.api_version, body) == line.count(b'":')
