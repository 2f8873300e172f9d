"""The conclusion at the top of the page: one sentence, a few figures, and what to look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import plural
from instanceview.reporting.conformance.bars import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reporting.conformance.values import Conformance, Overview, Undocumented

_RULES = 3
"""Rules with errors that are named at the top; the chart of rules has all."""


class Figure(NamedTuple):
    """A large figure, its name, what it counts, and the section with the details; `part` of `whole` is its bar."""

    name: str
    value: str
    counts: str
    section: str
    part: int = 0
    whole: int = 0


class Look(NamedTuple):
    """A thing to look at: its severity or `info`, a sentence, and the section that has the details."""

    tone: str
    text: str
    section: str


class Conclusion(NamedTuple):
    """The verdict on the documents in a sentence, `good`, `bad` or `empty`, what follows, figures, what to look at."""

    tone: str
    verdict: str
    sentence: str
    figures: tuple[Figure, ...]
    looks: tuple[Look, ...]


def conclusion(report: Conformance) -> Conclusion:
    """Return the conclusion of a report."""
    overview = report.overview
    if not overview.documents:
        return Conclusion("empty", "No instance view was found.", _not_read(overview), (), tuple(_looks(report)))
    tone = "bad" if overview.nonconformant else "good"
    return Conclusion(tone, _verdict(overview), _sentence(report), tuple(_figures(report)), tuple(_looks(report)))


def counted(number: int, word: str) -> str:
    """Return a number with separators, and its word.

    >>> counted(1, "document"), counted(2876, "document")
    ('1 document', '2,876 documents')
    """
    return f"{number:,} {plural(number, word)}"


def _verdict(overview: Overview) -> str:
    documents, failing = overview.documents, overview.nonconformant
    if not failing:
        return f"All {documents:,} documents conform." if documents > 1 else "The document conforms."
    if failing == documents:
        return f"None of the {documents:,} documents conforms." if documents > 1 else "The document does not conform."
    return f"{failing:,} of {documents:,} documents {'does' if failing == 1 else 'do'} not conform."


def _sentence(report: Conformance) -> str:
    seen, documented = elements(report)
    times, known = codes(report)
    subject = "They have" if report.overview.documents > 1 else "It has"
    return (
        f"{subject} {seen:,} of the {documented:,} documented elements and {times:,} of the {known:,} known status "
        f"codes. {_unknown(report.undocumented)} {_not_read(report.overview)}"
    ).rstrip()


def _unknown(unknown: Undocumented) -> str:
    members, codes = len(unknown.members), len(unknown.codes)
    parts = [counted(*each) for each in ((members, "member"), (codes, "status code")) if each[0]]
    if not parts:
        return "Nothing in them is undocumented."
    return f"{' and '.join(parts)} {'is' if members + codes == 1 else 'are'} not documented."


def _not_read(overview: Overview) -> str:
    if not overview.unreadable:
        return ""
    return f"{counted(overview.unreadable, 'input')} could not be read."


def elements(report: Conformance) -> tuple[int, int]:
    """Return how many elements were seen, and how many the documents of all kinds could have."""
    return sum(each.seen for each in report.tables), sum(each.documented for each in report.tables)


def codes(report: Conformance) -> tuple[int, int]:
    """Return how many known status codes were seen, and how many are known at their places."""
    return sum(each.times > 0 for each in report.status_codes), len(report.status_codes)


def _figures(report: Conformance) -> Iterator[Figure]:
    overview = report.overview
    part, whole = overview.conformant, overview.documents
    yield Figure("Conform", percent(part, whole), f"{part:,} of {counted(whole, 'document')}", "overview", part, whole)
    part, whole = elements(report)
    yield Figure("Elements seen", percent(part, whole), f"{part:,} of {whole:,} documented", "elements", part, whole)
    part, whole = codes(report)
    yield Figure("Status codes seen", percent(part, whole), f"{part:,} of {whole:,} known", "codes", part, whole)
    members, others = len(report.undocumented.members), len(report.undocumented.codes)
    more = "" if report.undocumented.is_whole else " or more"
    what = f"{counted(members, 'member')}, {counted(others, 'status code')}"
    yield Figure("Undocumented", f"{members + others:,}{more}", what, "undocumented")


def _looks(report: Conformance) -> Iterator[Look]:
    """Yield the things to look at, the gravest first."""
    overview = report.overview
    if overview.unreadable:
        yield Look("error", f"{_not_read(overview)} The command prints the reasons.", "overview")
    errors = [each for each in overview.rules if each.severity == "error"]
    for each in errors[:_RULES]:
        yield Look("error", f"{each.rule}: {counted(each.findings, 'error')}", "rules")
    if len(errors) > _RULES:
        yield Look("error", f"{counted(len(errors) - _RULES, 'more rule')} with errors", "rules")
    if overview.findings.get("warning"):
        yield Look("warning", counted(overview.findings["warning"], "warning"), "rules")
    unknown = [each for each in report.undocumented.members if not each.note]
    if unknown:
        verb = "is" if len(unknown) == 1 else "are"
        yield Look("warning", f"{counted(len(unknown), 'member')} {verb} in no element table", "undocumented")
    if report.undocumented.codes:
        what = counted(len(report.undocumented.codes), "status code")
        yield Look("warning", f"{what} not in the vocabulary", "undocumented")
    if report.disagreements:
        what = counted(len(report.disagreements), "place")
        yield Look("note", f"{what} where page, service and captures disagree", "disagreements")
    if report.never_seen.elements:
        what = counted(len(report.never_seen.elements), "documented element")
        yield Look("info", f"{what} never seen", "never-seen")
