"""A chunk of NDJSON lines -> its summary, which merges with those of its neighbours."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from instanceview.model.document import Origin
from instanceview.reading.dispatch import as_skipped
from instanceview.reading.files.signatures import BOM
from instanceview.reading.formats import ndjson
from instanceview.reading.plain_files import weighed
from instanceview.running.gates import gate_of_file, with_evidence
from instanceview.running.tally import FEW, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.model.limits import Limits
    from instanceview.model.summary import Summary
    from instanceview.model.tables import Tables
    from instanceview.running.gates import Gate, Item, Prepare
    from instanceview.running.wanted import Wanted


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
    """Check the documents in whole lines, and return their summary.

    `prepare` gives documents the kind and api-version that the caller wants. `is_named` means that the caller named the
    file, and `is_asked` that the lines are meant as instance views.
    """
    origin = Origin(file)
    lines = split_lines(data, first_line)
    gate = gate_of_file(origin, wanted, prepare) if wanted.limits.hold_for(max(map(len, lines))) else None
    if gate and not is_asked:
        gate = with_evidence(gate)
    few = FEW if first_line == 1 else 0  # a later chunk is one of many documents
    tally = Tally(wanted, few=sys.maxsize if gate else few, container="NDJSON")
    # The gate takes all lines before any document is checked. In turn, each would find the processor's caches full of
    # the other's data: a stream with 2 % faulty documents took 4.2 O in place of 3.8 (O: parsing by orjson).
    kinds = gate.kinds_of(lines) if gate else []
    tally.clean(gate.counted(kinds) if gate else Counter())
    numbered = enumerate(zip_longest(lines, kinds), start=first_line)
    doubted = [(number, line) for number, (line, kind) in numbered if kind is None and line.strip()]
    items = prepare(inputs_of_lines(doubted, data, origin, wanted.limits, is_named=is_named, is_asked=is_asked))
    if gate and wanted.coverage:
        _take_with_passed(tally, items, list(zip(lines, kinds, strict=True)), gate, Origin(file, line=first_line))
    else:
        for item in items:
            tally.take(item)
    return tally.summary()


def _take_with_passed(
    tally: Tally, items: Iterator[Item], lines: list[tuple[bytes, str | None]], gate: Gate, begin: Origin
) -> None:
    """Check the items of lines, and count the coverage of those that the gate passed; `begin` is the first place."""
    from instanceview.running.covering import HELD  # a run without coverage saves the module

    first, start = begin.line or 1, 0
    while some := list(islice(items, HELD)):
        for item in some:
            tally.take(item)
        end = max(start, (some[-1].origin.line or 0) - first)
        tally.cover(_passed(lines[start:end], gate, begin.file, first + start), "NDJSON")
        start = end
    tally.cover(_passed(lines[start:], gate, begin.file, first + start), "NDJSON")


def _passed(
    lines: list[tuple[bytes, str | None]], gate: Gate, file: str, first_line: int
) -> Iterator[tuple[bytes, Tables, Origin]]:
    """Yield the lines that the gate passed, with their tables and places."""
    tables = {kind: gate.tables(kind) for _, kind in lines if kind}
    for number, (line, kind) in enumerate(lines, start=first_line):
        if kind:
            column = len(line) - len(line.lstrip()) + 1
            yield line, tables[kind], Origin(file, None, number, column)


def split_lines(data: bytes, first_line: int) -> list[bytes]:
    """Return the lines of a chunk, without the byte order mark where it is the beginning of a file."""
    return (data.removeprefix(BOM) if first_line == 1 else data).split(b"\n")


def inputs_of_lines(  # noqa: PLR0913 (as above)
    numbered: Iterable[tuple[int, bytes]],
    data: bytes,
    origin: Origin,
    limits: Limits,
    *,
    is_named: bool,
    is_asked: bool,
) -> Iterable[Item]:
    """Return the inputs in lines of a chunk, which have their numbers; `data` is the whole chunk.

    `is_named` and `is_asked` are as in `check_lines`.
    """
    lines = ((number, line) for number, line in numbered if line.strip())
    items = chain.from_iterable(
        ndjson.of_line(line, number, origin, asked=is_asked, limits=limits) for number, line in lines
    )
    return map(as_skipped, items) if is_named else weighed(items, lambda: [data])
