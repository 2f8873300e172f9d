"""A baseline: the known findings, so that only new ones are reported.

`check --baseline FILE` hides the findings that the file knows, `--write-baseline` writes all findings into it, and
`--prune-baseline` removes those that no longer occur.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.severity import Severity
from instanceview.model.text import escape
from instanceview.running.baseline.compare import Seen, compare, note
from instanceview.running.baseline.entries import BaselineError, Entry, entry, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from instanceview.model.document import Origin
    from instanceview.model.finding import Finding
    from instanceview.model.report import Report


class Baseline(NamedTuple):
    """A baseline file as it was read, and the files and documents of the run since then."""

    file: Path
    known: Counter[Entry]
    seen: Seen

    def compare(self, report: Report, wants: Callable[[str], bool]) -> Compared:
        """Return the comparison with a report, which has all its documents and the findings of wanted rules."""
        note(report, self.file.parent, self.seen)
        found = [entry(finding, self.file.parent) for finding in report.findings]
        answers, left = compare(self.known, found, self.seen)
        reached = {each for each in self.known if wants(each.rule) and self._was_read(each.file)}
        gone = Counter({each: count for each, count in left.items() if each in reached})
        others = Counter({each: count for each, count in self.known.items() if each not in reached})
        return Compared(answers, Counter(found), gone, others)

    def _was_read(self, file: str) -> bool:
        """Return True if a file was checked, or no longer exists."""
        missing = not file.startswith("<") and not (self.file.parent / file).exists()
        return self.seen.checked(file) or missing


class Compared(NamedTuple):
    """A run compared with its baseline: for each finding True if it is known, and three kinds of entries.

    `found` are those of this run, `gone` those without a finding now, and `others` those that this run says nothing
    about: their file was not checked, or their rule not wanted.
    """

    answers: list[bool]
    found: Counter[Entry]
    gone: Counter[Entry]
    others: Counter[Entry]


def opened(file: Path, *, anew: bool = False, writer: str = "instanceview check --write-baseline") -> Baseline:
    """Return the baseline in a file, an empty one if it is written `anew` and does not exist yet.

    Raises BaselineError for a file that is not a baseline or cannot be read, with the next step; `writer` is what
    writes a baseline, for its words.
    """
    try:
        known = Counter[Entry]() if anew and not file.exists() else read(file)
    except FileNotFoundError:
        reason = f'no file "{escape(str(file))}"; {writer} creates it'
    except OSError as error:
        reason = f'cannot read "{escape(str(file))}": {(error.strerror or str(error)).lower()}'
    except BaselineError as error:
        reason = f"{error}; pass a file that {writer} wrote, or a new name with {writer}"
    else:
        return Baseline(file, known, Seen({}, set()))
    raise BaselineError(reason)


def hidden(report: Report, known: list[bool], most: int | None) -> Report:
    """Return a report without its known findings, counted anew, with the first `most` of the others."""
    marked = list(zip(report.findings, known, strict=True))
    new = [replace(finding, baseline="new") for finding, is_known in marked if not is_known]
    old = tuple(replace(finding, baseline="unchanged") for finding, is_known in marked if is_known)
    worst = _worst(new)
    failing = {document for document, severity in worst.items() if severity.at_least(report.fail_on)}
    failed = {document for document, severity in _worst(old).items() if severity.at_least(report.fail_on)}
    counts = Counter(finding.severity for finding in new)
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
    """Return the severest finding of each document that has one."""
    worst: dict[Origin, Severity] = {}
    for finding in findings:
        if finding.severity.at_least(worst.get(finding.document, finding.severity)):
            worst[finding.document] = finding.severity
    return worst
