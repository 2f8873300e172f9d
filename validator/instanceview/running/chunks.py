"""A chunk of NDJSON lines -> its summary, which merges with those of its neighbours; and the gate for whole files."""

from __future__ import annotations

import os
import re
import sys
from itertools import chain
from typing import TYPE_CHECKING

from instanceview.checking.check import tables_for
from instanceview.model.document import Document, Origin, Skipped
from instanceview.reading.contents import weighed
from instanceview.reading.dispatch import as_skipped
from instanceview.reading.files.names import suffix
from instanceview.reading.files.signatures import BOM
from instanceview.reading.formats import SUFFIXES, ndjson
from instanceview.running.tally import FEW, Tally, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model.document import Unreadable
    from instanceview.model.summary import Summary
    from instanceview.reading.contents import File

    Inputs = Iterable[Document | Skipped | Unreadable]
    Gate = Callable[[bytes], bool]
    Prepare = Callable[[Inputs], Iterator[Document | Skipped | Unreadable]]


_CODE = re.compile(rb'"code"\s*+:\s*+"[^"/\\]++/[^"/\\]')


def check_lines(  # noqa: PLR0913 (the place of the lines, and the choices of the run)
    data: bytes,
    file: str,
    first_line: int,
    wanted: Wanted,
    prepare: Prepare,
    *,
    is_named: bool = True,
    is_asked: bool = True,
) -> Summary:
    """Check the documents in whole lines; `prepare` gives documents the kind and api-version that the caller wants.

    `is_named` means that the caller named the file, `is_asked` that the lines are meant as instance views.
    """
    origin = Origin(file)
    is_clean = gate_of_file(origin, wanted, prepare)
    if is_clean and not is_asked:
        is_clean = with_evidence(is_clean)
    is_first = first_line == 1
    few = FEW if is_first else 0  # a later chunk is one of many documents
    tally = Tally(wanted, few=sys.maxsize if is_clean else few)
    lines = (data.removeprefix(BOM) if is_first else data).split(b"\n")
    # The gate takes all lines before any document is checked. In turn, each would find the processor's caches full of
    # the other's data: a stream with 2 % faulty documents took 4.2 O in place of 3.8 (O: parsing by orjson).
    doubted = [each for each in enumerate(lines, start=first_line) if not (is_clean and is_clean(each[1]))]
    tally.clean(len(lines) - len(doubted))
    items = chain.from_iterable(
        ndjson.of_line(line, number, origin, asked=is_asked) for number, line in doubted if line.strip()
    )
    for item in prepare(map(as_skipped, items) if is_named else weighed(items, lambda: [data])):
        tally.take(item)
    return tally.summary()


def gate_of_file(origin: Origin, wanted: Wanted, prepare: Prepare) -> Callable[[bytes], bool] | None:
    """Return the gate for documents of a file that have no URL; None where more than findings is wanted.

    There is none for an api-version that the tables do not list either.
    """
    if wanted != Wanted(selection=wanted.selection):
        return None
    from instanceview.checking.gate import text_gate  # 12 ms with msgspec, a fifth of the start on one file

    probe = next(iter(prepare([Document({}, origin)])))
    if not isinstance(probe, Document):
        return None
    tables = tables_for(probe, {})
    return None if tables.unlisted else text_gate(probe.kind, tables.api_version)


def with_evidence(gate: Gate) -> Gate:
    """Return the gate that passes only what is an instance view by itself, of what a gate passes.

    That is a document with a status code: its members are documented, or the gate would not pass it. Another one is
    left to `recognise`.
    """
    return lambda data: _CODE.search(data) is not None and gate(data)


def not_clean(files: Iterable[File | Skipped], gate_of: Callable[[File], Gate | None]) -> list[File | Skipped]:
    """Return the files but for those that hold one document without findings; `gate_of` gives a file's gate."""
    return [file for file in files if isinstance(file, Skipped) or not _is_clean(file, gate_of(file))]


def _is_clean(file: File, gate: Gate | None) -> bool:
    # A file of a folder is read if its suffix is one of ours. A path that the caller named may be a pipe.
    if gate is None or not (os.path.isfile(file.path) if file.is_named else suffix(file.path) in SUFFIXES):
        return False
    try:
        with open(file.path, "rb", buffering=0) as content:
            data = content.read()
    except (OSError, ValueError):
        return False
    # A recording does not pass: it has other names at its top, or is not JSON.
    return gate(data)
