"""The gate for documents of a file: documents that certainly have no finding are counted without a check."""

from __future__ import annotations

import os
import re
from collections import Counter
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, cast

from instanceview.checking.check import tables_for
from instanceview.model.document import Document, Origin, Skipped
from instanceview.model.tables import Tables
from instanceview.reading.files.names import suffix
from instanceview.reading.formats import SUFFIXES
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from instanceview.checking.gate import TextGate
    from instanceview.literals import ApiVersion, KindName
    from instanceview.model.document import Unreadable
    from instanceview.reading.sources import File
    from instanceview.running.tally import Tally

    Item = Document | Skipped | Unreadable
    Prepare = Callable[[Iterable[Item]], Iterator[Item]]


_CODE = re.compile(rb'"code"\s*+:\s*+"[^"/\\]++/[^"/\\]')
"""The status code that shows a document to be an instance view."""


class Gate(NamedTuple):
    """The gate for documents of a file: `kind_of` returns the kind of a text that certainly is one without findings."""

    kind_of: TextGate
    are_quiet: Callable[[Sequence[bytes]], bool]
    api_version: ApiVersion
    api_version_from: str

    def kinds_of(self, lines: Sequence[bytes]) -> list[str | None]:
        """Return the answers of `kind_of` for lines; several lines are scanned at once."""
        from instanceview.checking.gate import TOGETHER  # as in `gate_of_file`

        kinds: list[str | None] = []
        for start in range(0, len(lines), TOGETHER):
            some = lines[start : start + TOGETHER]
            kinds += map(self.kind_of, some, repeat(self.are_quiet(some)))
        return kinds

    def counted(self, kinds: Iterable[str | None]) -> Counter[Tables]:
        """Return the numbers of documents that passed, by their tables, from the answers of `kind_of`."""
        counts = Counter(kind for kind in kinds if kind)
        return Counter({self.tables(kind): number for kind, number in counts.items()})

    def tables(self, kind: str) -> Tables:
        """Return the tables of a document that passed as this kind."""
        return Tables(cast("KindName", kind), self.api_version, self.api_version_from)


def gate_of_file(origin: Origin, wanted: Wanted, prepare: Prepare) -> Gate | None:
    """Return the gate for documents of a file that have no URL; see `gate_of`."""
    return gate_of(Document({}, origin), wanted, prepare)


def gate_of(document: Document, wanted: Wanted, prepare: Prepare) -> Gate | None:
    """Return the gate for documents like this one, None where more than findings and coverage is wanted.

    There is also none for an api-version that the tables do not list.
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
    """Return a gate that passes, of the texts that a gate passes, only those that are instance views by themselves.

    These have a status code. All their members are documented, since the gate passes no others. Texts without a code
    are left to `recognise`.
    """
    kind_of = gate.kind_of
    return gate._replace(kind_of=lambda data, is_quiet=False: kind_of(data, is_quiet) if _CODE.search(data) else None)


def with_members(gate: Gate) -> Gate:
    """Return a gate that also requires a member, since an empty object in a folder may be anything."""
    kind_of = gate.kind_of
    return gate._replace(kind_of=lambda data, is_quiet=False: kind_of(data, is_quiet) if b":" in data else None)


def not_clean(
    files: Iterable[File | Skipped], gate_of: Callable[[File], Gate | None], tally: Tally
) -> Iterator[File | Skipped]:
    """Yield the files that may have findings; the tally counts the one document in each other file.

    `gate_of` returns the gate for a file.
    """
    for file in files:
        gate = None if isinstance(file, Skipped) else gate_of(file)
        data = _content(file) if gate and not isinstance(file, Skipped) else None
        data = data if data is not None and tally.limits.hold_for(len(data)) else None
        # A recording does not pass, since it has other names at its top or is not JSON.
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
    """Return the content of a file that may be one document, else None."""
    # A file of a folder is read if its suffix is one of ours. A path that the caller named may be a pipe.
    if not (os.path.isfile(file.path) if file.is_named else suffix(file.path) in SUFFIXES):
        return None
    try:
        with open(file.path, "rb", buffering=0) as content:
            return content.read()
    except (OSError, ValueError):
        return None
