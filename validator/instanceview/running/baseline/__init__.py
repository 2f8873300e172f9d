"""The baseline: the known findings, so that only new ones are reported.

`check --baseline FILE` hides the findings that the file knows, `--write-baseline` writes all findings into it, and
`--prune-baseline` removes those that no longer occur.
"""

from __future__ import annotations

import errno
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.document import Unreadable
from instanceview.model.limits import option
from instanceview.model.severity import Severity
from instanceview.model.text import reason_of, safe
from instanceview.running.baseline.compare import Seen, compare, note
from instanceview.running.baseline.entries import BaselineError, Entry, entry, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report


class Baseline(NamedTuple):
    """A baseline file as it was read, and the files and documents of the runs since then."""

    file: Path
    known: Counter[Entry]
    seen: Seen

    def compare(self, report: Report, wants: Callable[[str], bool]) -> Compared:
        """Return the comparison with a report, which has all its documents and the findings of wanted rules.

        Findings of a document that `refused` adds to the unreadable inputs are not compared.
        """
        note(report, self.file.parent, self.seen)
        others = {each.origin for each in report.counted}
        compared = [finding for finding in report.findings if finding.document not in others]
        found = [entry(finding, self.file.parent) for finding in compared]
        known, left = compare(self.known, found, self.seen)
        taken = iter(known)
        answers = [finding.document not in others and next(taken) for finding in report.findings]
        reached = {each for each in self.known if wants(each.rule) and self._was_read(each.file)}
        gone = Counter({each: count for each, count in left.items() if each in reached})
        rest = Counter({each: count for each, count in self.known.items() if each not in reached})
        return Compared(answers, Counter(found), gone, rest)

    def _was_read(self, file: str) -> bool:
        """Return True if a file was checked, or no longer exists."""
        return self.seen.checked(file) or not (file.startswith("<") or _may_exist(self.file.parent / file))


def _may_exist(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a folder that cannot be read may have it
        return error.errno != errno.ENAMETOOLONG


class Compared(NamedTuple):
    """A run compared with its baseline: for each finding True if it is known, and three kinds of entries.

    `found` are those of this run, and `gone` those without a finding now. `others` are those about which this run says
    nothing, since their file was not checked or their rule not wanted.
    """

    answers: list[bool]
    found: Counter[Entry]
    gone: Counter[Entry]
    others: Counter[Entry]


def opened(
    file: Path, *, may_be_missing: bool = False, writer: str = "instanceview check --write-baseline"
) -> Baseline:
    """Return the baseline in a file; with `may_be_missing`, a missing file is an empty one.

    Raises BaselineError for a file that is not a baseline or cannot be read, with the next step; `writer` is the
    command or option that writes a baseline, for the message.
    """
    try:
        known = Counter[Entry]() if may_be_missing and not file.exists() else read(file)
    except FileNotFoundError:
        reason = f'no file "{safe(str(file))}"; {writer} creates it'
    except OSError as error:
        reason = f'cannot read "{safe(str(file))}": {reason_of(error)}'
    except BaselineError as error:
        reason = f"{error}; pass a file that {writer} wrote, or a new name with {writer}"
    else:
        return Baseline(file, known, Seen({}, set()))
    raise BaselineError(reason)


def refused(report: Report) -> Report:
    """Return a report in which documents with findings without a place are unreadable, since no entry covers those."""
    reason = f"not all findings have a place, so that a baseline cannot know them; {option('findings_per_document')} N"
    others = [Unreadable(each.origin, f"{reason} keeps more") for each in report.counted]
    return replace(report, unreadable=(*report.unreadable, *others)) if others else report


def hidden(report: Report, known: list[bool], most: int | None) -> Report:
    """Return a report without its known findings, with new counts and the first `most` of the other findings."""
    marked = list(zip(report.findings, known, strict=True))
    new = [replace(finding, baseline="new") for finding, is_known in marked if not is_known]
    old = tuple(replace(finding, baseline="unchanged") for finding, is_known in marked if is_known)
    worst = _worst(new)
    for each in report.counted:
        worst[each.origin] = _worse(each.worst, worst.get(each.origin))
    failing = {document for document, severity in worst.items() if severity.at_least(report.fail_on)}
    failed = {document for document, severity in _worst(old).items() if severity.at_least(report.fail_on)}
    counts = sum((each.by_severity() for each in report.counted), Counter(finding.severity for finding in new))
    return replace(
        report,
        findings=tuple(new if most is None else new[:most]),
        nonconformant=len(failing),
        counts={severity: counts[severity] for severity in Severity},
        checked=tuple(document._replace(worst=worst.get(document.origin)) for document in report.checked),
        known=old,
        known_documents=len(failed - failing),
    )


def _worst(findings: Iterable[Finding]) -> dict[Origin, Severity]:
    """Return the highest severity of each document with findings."""
    worst: dict[Origin, Severity] = {}
    for finding in findings:
        worst[finding.document] = _worse(finding.severity, worst.get(finding.document))
    return worst


def _worse(one: Severity, other: Severity | None) -> Severity:
    return one if other is None or one.at_least(other) else other
