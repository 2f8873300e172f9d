"""A chunk of NDJSON lines -> its summary, which merges with those of its neighbours; and the gate for whole files."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from itertools import chain, islice, repeat, zip_longest
from typing import TYPE_CHECKING, NamedTuple, cast

from instanceview.checking.check import tables_for
from instanceview.model.document import Document, Origin, Skipped, Tables
from instanceview.reading.dispatch import as_skipped
from instanceview.reading.files.names import suffix
from instanceview.reading.files.signatures import BOM
from instanceview.reading.formats import SUFFIXES, ndjson
from instanceview.reading.plain_files import weighed
from instanceview.running.tally import FEW, Tally
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from instanceview.checking.gate import TextGate
    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.document import Unreadable
    from instanceview.model.limits import Limits
    from instanceview.model.summary import Summary
    from instanceview.reading.sources import File

    Item = Document | Skipped | Unreadable
    Inputs = Iterable[Item]
    Prepare = Callable[[Inputs], Iterator[Document | Skipped | Unreadable]]


class Gate(NamedTuple):
    """The gate for documents of a file: the kind of a text that certainly is one without findings, and its tables."""

    kind_of: TextGate
    are_quiet: Callable[[Sequence[bytes]], bool]
    api_version: ApiVersion
    api_version_from: str

    def kinds_of(self, lines: Sequence[bytes]) -> list[str | None]:
        """Return the answers of `kind_of` for lines, of which some are scanned at once."""
        from instanceview.checking.gate import TOGETHER  # as in `gate_of_file`

        kinds: list[str | None] = []
        for start in range(0, len(lines), TOGETHER):
            some = lines[start : start + TOGETHER]
            kinds += map(self.kind_of, some, repeat(self.are_quiet(some)))
        return kinds

    def counted(self, kinds: Iterable[str | None]) -> Counter[Tables]:
        """Return the number of documents that passed by their tables, from the answers of `kind_of`."""
        counts = Counter(kind for kind in kinds if kind)
        return Counter({self.tables(kind): number for kind, number in counts.items()})

    def tables(self, kind: str) -> Tables:
        """Return the tables of a document that passed as this kind."""
        return Tables(cast("KindName", kind), self.api_version, self.api_version_from)


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
    doubted = [(number, line) for number, (line, kind) in numbered if kind is None]
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
    """Check the items of some lines, the first of which begins there, and cover the lines that the gate passed."""
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
    """Return the lines of a chunk, whose first one has this number, without the mark at the beginning of a file."""
    return (data.removeprefix(BOM) if first_line == 1 else data).split(b"\n")


def inputs_of_lines(  # noqa: PLR0913 (as above)
    numbered: Iterable[tuple[int, bytes]],
    data: bytes,
    origin: Origin,
    limits: Limits,
    *,
    is_named: bool,
    is_asked: bool,
) -> Iterable[Document | Skipped | Unreadable]:
    """Return the inputs in some lines of a chunk, each with its number; `data` is the whole of the chunk.

    `is_named` and `is_asked` are as in `check_lines`.
    """
    lines = ((number, line) for number, line in numbered if line.strip())
    items = chain.from_iterable(
        ndjson.of_line(line, number, origin, asked=is_asked, limits=limits) for number, line in lines
    )
    return map(as_skipped, items) if is_named else weighed(items, lambda: [data])


def gate_of_file(origin: Origin, wanted: Wanted, prepare: Prepare) -> Gate | None:
    """Return the gate for documents of a file that have no URL; see `gate_of`."""
    return gate_of(Document({}, origin), wanted, prepare)


def gate_of(document: Document, wanted: Wanted, prepare: Prepare) -> Gate | None:
    """Return the gate for documents such as this one; None where more than findings and coverage is wanted.

    There is none for an api-version that the tables do not list either.
    """
    plain = Wanted(selection=wanted.selection, coverage=wanted.coverage, limits=wanted.limits)
    if wanted != plain or wanted.selection.families():
        return None
    from instanceview.checking.gate import text_gate, texts_gate  # 12 ms with msgspec, a fifth of the start on one file

    probe = next(iter(prepare([document])))
    if not isinstance(probe, Document):
        return None
    tables = tables_for(probe)
    if tables.unlisted:
        return None
    kind, api_version = probe.kind, tables.api_version
    return Gate(text_gate(kind, api_version), texts_gate(kind, api_version), api_version, tables.api_version_from)


def with_evidence(gate: Gate) -> Gate:
    """Return the gate that passes only what is an instance view by itself, of what a gate passes.

    That is a document with a status code: its members are documented, or the gate would not pass it. Another one is
    left to `recognise`.
    """
    kind_of = gate.kind_of
    return gate._replace(kind_of=lambda data, is_quiet=False: kind_of(data, is_quiet) if _CODE.search(data) else None)


def not_clean(
    files: Iterable[File | Skipped], gate_of: Callable[[File], Gate | None], tally: Tally
) -> Iterator[File | Skipped]:
    """Yield the files that may have findings; of the others, which hold one document each, the tally counts it.

    `gate_of` gives the gate of a file.
    """
    for file in files:
        gate = None if isinstance(file, Skipped) else gate_of(file)
        data = _content(file) if gate and not isinstance(file, Skipped) else None
        data = data if data is not None and tally.limits.hold_for(len(data)) else None
        # A recording does not pass: it has other names at its top, or is not JSON.
        kind = gate.kind_of(data) if gate and data is not None else None
        if gate and kind and data is not None and not isinstance(file, Skipped):
            tables = gate.tables(kind)
            tally.clean(Counter([tables]))
            tally.cover([(data, tables, Origin(file.name, None, *_start(data)))], "JSON")
        else:
            yield file


def _start(data: bytes) -> tuple[int, int]:
    """Return the line and column of the first character of a JSON text."""
    space = data[: len(data) - len(data.lstrip())]
    return space.count(b"\n") + 1, len(space) - space.rfind(b"\n")


def _content(file: File) -> bytes | None:
    """Return the content of a file that may be a document by itself, else None."""
    # A file of a folder is read if its suffix is one of ours. A path that the caller named may be a pipe.
    if not (os.path.isfile(file.path) if file.is_named else suffix(file.path) in SUFFIXES):
        return None
    try:
        with open(file.path, "rb", buffering=0) as content:
            return content.read()
    except (OSError, ValueError):
        return None
