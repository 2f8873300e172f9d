"""Findings compared with a baseline: the known ones, and the entries that are gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.paths import relative
from instanceview.model.redaction import redact

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.model.document import Origin
    from instanceview.model.report import Report
    from instanceview.running.baseline.entries import Entry


class Seen(NamedTuple):
    """The inputs of a run: the identities of documents by file, and the files that could not be read to the end."""

    identities: dict[str, set[str]]
    unreadable: set[str]

    def checked(self, file: str) -> bool:
        """Return True if the run looked for every finding of a file."""
        return file in self.identities and file not in self.unreadable


def note(report: Report, folder: Path, seen: Seen) -> None:
    """Add the files and documents of a run to `seen`, with files relative to the folder of the baseline."""
    for document in report.checked:
        seen.identities.setdefault(_named(document.origin, folder), set()).add(document.identity)
    for skipped in report.skipped:
        if skipped.group == "no-view":  # a file that was skipped for another reason still has its findings
            seen.identities.setdefault(_named(skipped.origin, folder), set())
    seen.unreadable.update(_named(unreadable.origin, folder) for unreadable in report.unreadable)


def _named(origin: Origin, folder: Path) -> str:
    return redact(relative(origin.file, folder))


def compare(known: Counter[Entry], found: list[Entry], seen: Seen) -> tuple[list[bool], Counter[Entry]]:
    """Return for each finding True if the baseline knows it, and the entries without a finding.

    An entry covers as many findings as it counts. A document that was renamed is known by its findings: the entries of
    a name that the file no longer has cover those of a document whose name the baseline does not have.
    """
    left = Counter(known)
    answers = [_taken(left, each) for each in found]
    named = {(each.file, each.document) for each in known}
    gone = Counter(
        {each: n for each, n in left.items() if n and each.document not in seen.identities.get(each.file, ())}
    )
    unnamed: dict[Entry, list[Entry]] = {}
    for each in reversed(gone):  # they are taken from the end
        unnamed.setdefault(each._replace(document=""), []).append(each)
    for index, each in enumerate(found):
        if not answers[index] and (each.file, each.document) not in named:
            renamed = unnamed.get(each._replace(document=""), [])
            while renamed and left[renamed[-1]] <= 0:
                renamed.pop()
            answers[index] = bool(renamed) and _taken(left, renamed[-1])
    return answers, +left


def _taken(left: Counter[Entry], each: Entry) -> bool:
    if left[each] <= 0:
        return False
    left[each] -= 1
    return True
