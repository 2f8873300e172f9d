"""Lines of NDJSON, many at a time: a chunk of them -> its summary, which merges with those of its neighbours."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from instanceview.checking.check import tables_for
from instanceview.model.document import Document, Origin
from instanceview.reading.formats import SUFFIXES, ndjson, suffix
from instanceview.reading.json_texts.parse import BOM
from instanceview.running.tally import FEW, Tally, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model.document import Skipped, Unreadable
    from instanceview.model.summary import Summary
    from instanceview.reading.inputs import File

    Inputs = Iterable[Document | Skipped | Unreadable]
    Gate = Callable[[bytes], bool]
    Prepare = Callable[[Inputs], Iterator[Document | Skipped | Unreadable]]


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
    from instanceview.checking.gate import text_gate  # 12 ms with msgspec, a fifth of the start on one file

    probe = next(iter(prepare([Document({}, origin)])))
    if not isinstance(probe, Document):
        return None
    tables = tables_for(probe, {})
    return None if tables.unlisted else text_gate(probe.kind, tables.api_version)


def not_clean(files: Iterable[File], gate_of: Callable[[File], Gate | None]) -> list[File]:
    """Return the files that are not certain to hold one document without findings; `gate_of` gives a file's gate."""
    return [file for file in files if not _is_clean(file, gate_of(file))]


def _is_clean(file: File, gate: Gate | None) -> bool:
    # What nobody named is read by its name. What was met in a folder is a file; what was named may be a pipe.
    if gate is None or not (os.path.isfile(file.path) if file.is_named else suffix(file.path) in SUFFIXES):
        return False
    try:
        with open(file.path, "rb", buffering=0) as content:
            data = content.read()
    except (OSError, ValueError):
        return False
    # No recording passes: it has other names at its top, or no JSON at all.
    return gate(data)
