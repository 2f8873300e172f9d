"""Lines of NDJSON, many at a time: a chunk of them -> its summary, which merges with those of its neighbours."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from instanceview.gate import text_gate
from instanceview.judge import tables_for
from instanceview.model import Document, Origin
from instanceview.parse import BOM
from instanceview.readers import ndjson
from instanceview.report import FEW, Tally, Wanted
from instanceview.statistics import Statistics
from instanceview.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model import Skipped, Unreadable

    Inputs = Iterable[Document | Skipped | Unreadable]
    Prepare = Callable[[Inputs], Iterator[Document | Skipped | Unreadable]]

__all__ = ["Statistics", "Summary", "check_chunk"]


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
    Raises UnknownNameError for an unknown kind or api-version, TypeError for what is no bytes.

    >>> from instanceview.batch import check_chunk
    >>> check_chunk(b'{"platformFaultDomain": "0"}\n{}\n', first_line=7).findings[0].origin.line
    7
    """
    from instanceview.api import judged_as

    if not isinstance(data, bytes):
        message = f"check_chunk takes bytes, found {type(data).__name__}; pass bytes, such as text.encode()"
        raise TypeError(message)
    return check_lines(data, file, first_line, Wanted(), lambda inputs: judged_as(inputs, kind, api_version))


def check_lines(data: bytes, file: str, first_line: int, wanted: Wanted, prepare: Prepare) -> Summary:
    """Judge the documents in whole lines; `prepare` gives a document the kind and api-version that the caller wants."""
    origin = Origin(file)
    is_clean = gate_of_file(origin, wanted, prepare)
    is_first = first_line == 1
    few = FEW if is_first else 0  # a later chunk is one of many documents
    tally = Tally(wanted, few=sys.maxsize if is_clean else few)
    lines = (data.removeprefix(BOM) if is_first else data).split(b"\n")
    # The gate is asked of all before any is judged: in turn, each would find the processor's caches full of what the
    # other needs, and a faulty document would take a third longer.
    doubted = [each for each in enumerate(lines, start=first_line) if not (is_clean and is_clean(each[1]))]
    tally.clean(len(lines) - len(doubted))
    for number, line in doubted:
        if line.strip():
            for item in prepare(ndjson.of_line(line, number, origin)):
                tally.take(item)
    return tally.summary()


def gate_of_file(origin: Origin, wanted: Wanted, prepare: Prepare) -> Callable[[bytes], bool] | None:
    """Return the gate for documents of this file that have no URL, None where there is none or more is wanted."""
    if wanted != Wanted(selection=wanted.selection):
        return None
    probe = next(iter(prepare([Document({}, origin)])))
    if not isinstance(probe, Document):
        return None
    judged = tables_for(probe, {})
    return None if judged.asked else text_gate(probe.kind, judged.api_version)
