"""Findings against a baseline: which ones it knows, and which of its entries are gone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.paths import relative
from instanceview.model.text import redact

if TYPE_CHECKING:
    from pathlib import Path

    from instanceview.model.document import Origin
    from instanceview.model.report import Report
    from instanceview.running.baseline.entries import Entry


class Seen(NamedTuple):
    """What a run met: the identities of the documents by file, and the files that it could not read to the end."""

    identities: dict[str, set[str]]
    unreadable: set[str]

    def checked(self, file: str) -> bool:
        """Return whether the run would have met every finding of a file again."""
        return file in self.identities and file not in self.unreadable


def note(report: Report, folder: Path, seen: Seen) -> None:
    """Note in `seen` which files and documents a run met, files as a baseline in the folder names them."""
    for document in report.checked:
        seen.identities.setdefault(_named(document.origin, folder), set()).add(document.identity)
    for skipped in report.skipped:
        seen.identities.setdefault(_named(skipped.origin, folder), set())
    seen.unreadable.update(_named(unreadable.origin, folder) for unreadable in report.unreadable)


def _named(origin: Origin, folder: Path) -> str:
    return redact(relative(origin.file, folder))


def compare(known: Counter[Entry], found: list[Entry], seen: Seen) -> tuple[list[bool], Counter[Entry]]:
    """Return for each finding whether the baseline knows it, and the entries that no finding answers to.

    An entry answers for as many findings as it counts. A document that was given another name is known by what was
    found in it: where the baseline has a name that the file has no more, its entries answer for documents whose name
    the baseline has not.
    """
    left = Counter(known)
    answers = [_taken(left, each) for each in found]
    named = {(each.file, each.document) for each in known}
    gone = Counter(
        {each: n for each, n in left.items() if n and each.document not in seen.identities.get(each.file, ())}
    )
    unnamed: dict[Entry, list[Entry]] = {}
    for each in gone:
        unnamed.setdefault(each._replace(document=""), []).append(each)
    for index, each in enumerate(found):
        if not answers[index] and (each.file, each.document) not in named:
            renamed = unnamed.get(each._replace(document=""), ())
            answers[index] = any(_taken(left, old) for old in renamed)
    return answers, +left


def _taken(left: Counter[Entry], each: Entry) -> bool:
    if left[each] <= 0:
        return False
    left[each] -= 1
    return True
