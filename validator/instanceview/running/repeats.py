"""The repeated documents of a recording: each is checked once, and its repetitions are counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from instanceview.running.spool import Spool, batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from instanceview.model.document import Document, Origin
    from instanceview.model.finding import Finding


class Repeats:
    """The documents of the current recording, by which a repeated one is recognised.

    Only the documents of the current recording are kept; findings of earlier ones keep their counts. A recording that
    is read twice, because it was named twice, counts as two.
    """

    def __init__(self) -> None:
        """Begin with no documents."""
        self._file = ""
        # A place is one text: origins with their URLs would take three times as much memory.
        self._first: dict[bytes, str] = {}
        self._now: dict[str, int] = {}
        self._times: dict[tuple[str, str], int] = {}

    def is_repeat(self, document: Document) -> bool:
        """Return True if the same recording had this document before, and count it."""
        if document.identity is None:
            return False
        file, here = document.recording or document.origin.file, _place_key(document.origin)
        if file != self._file or self._first.get(document.identity) == here:
            self._file, self._first, self._now = file, {}, {}
        first = self._first.setdefault(document.identity, here)
        if first is here:
            return False
        # A second reading of the recording counts from one again; its origins are equal to those of the first.
        self._times[document.origin.file, first] = self._now[first] = self._now.get(first, 1) + 1
        return True

    def times(self, origin: Origin) -> int:
        """Return the number of times that the document at a place was recorded."""
        return self._times.get((origin.file, _place_key(origin)), 1)

    def counted(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Return the findings with the number of times that their documents were recorded."""
        if not self._times:
            return findings
        counted: Spool[Finding] = Spool()
        for batch in batches(findings):
            counted.extend(map(self._with_times, batch))
        return counted.short()

    def _with_times(self, finding: Finding) -> Finding:
        times = self.times(finding.document)
        return finding if times == 1 else replace(finding, recorded=times)


def _place_key(origin: Origin) -> str:
    return f"{origin.entry}:{origin.line}:{origin.column}"
