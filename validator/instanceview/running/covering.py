"""The coverage of a tally: documents are held back, and then many are counted at once."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple, cast

from orjson import JSONDecodeError, loads

from instanceview.checking.coverage import CoverageCounter
from instanceview.reading.json_texts.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from instanceview.checking.check import Checked
    from instanceview.model.coverage import Coverage
    from instanceview.model.document import Document, Origin
    from instanceview.model.tables import Tables

HELD = 64
"""The most documents that are held back. If each is counted right after its check, a stream with 2 % faulty documents
takes longer, by half the time of a parse."""


class _Held(NamedTuple):
    """A document that is held back, and if it has no finding, so that it fits its tables."""

    document: Document
    tables: Tables
    fits: bool


class Covering:
    """The counts of a run so far, and the documents that are held back."""

    def __init__(self, container: str) -> None:
        """Begin with no documents; `container` is the format of the file, for documents that do not have it."""
        self._container = container
        self._counter = CoverageCounter()
        self._held: list[_Held] = []

    def see(self, document: Document) -> None:
        """Keep the states of a machine at the time of its answer, also of a repeated document."""
        self._counter.add_moment(document)

    def hold(self, document: Document, tables: Tables, found: Checked) -> None:
        """Hold a document back, and count its findings that are reported."""
        if len(self._held) == HELD:
            self.count()
        self._held.append(_Held(document, tables, found.fits))
        self._counter.add_findings(found.findings)
        self._counter.add_counted(found.counted, tables, document.origin)

    def count(self, texts: Iterable[tuple[bytes, Tables, Origin]] = (), container: str = "") -> None:
        """Count the documents that are held back, and the texts without findings between them.

        They are counted in the order of their lines, so that the first one with an element is named.
        """
        held, self._held = deque(self._held), []
        for text, tables, origin in texts:
            while held and (held[0].document.origin.line or 0) < (origin.line or 0):
                self._count_held(held.popleft())
            self._counter.add(_parsed(text), tables, origin, container, fits=True)
        for each in held:
            self._count_held(each)

    def _count_held(self, held: _Held) -> None:
        document, tables, fits = held
        container = document.container or self._container
        body = cast("dict[str, object]", document.body)
        self._counter.add(body, tables, document.origin, container, fits=fits)

    def absorb(self, coverage: Coverage) -> None:
        """Add the counts of the documents that come next."""
        self.count()
        self._counter.absorb(coverage)

    def coverage(self) -> Coverage:
        """Return the counts of all documents so far."""
        self.count()
        return self._counter.coverage()


def _parsed(text: bytes) -> dict[str, object]:
    """Return the value of a text that the gate passed, which is therefore an object and not deep."""
    try:
        value: dict[str, object] = loads(text)
    except JSONDecodeError:  # it has a lone surrogate
        return cast("dict[str, object]", parse(text))
    return value
