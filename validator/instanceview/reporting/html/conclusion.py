"""The conclusion at the top of the page: one sentence, a few figures, and what to look at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.text import counted
from instanceview.reporting.conformance.bars import percent
from instanceview.reporting.html.looks import Look, looks, not_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.reporting.conformance.deviating_values import Undocumented
    from instanceview.reporting.conformance.values import Conformance, Overview


class Figure(NamedTuple):
    """A large figure, its name, what it counts, and the section with the details; `part` of `whole` is its bar."""

    name: str
    value: str
    counts: str
    section: str
    part: int = 0
    whole: int = 0


class Conclusion(NamedTuple):
    """The verdict on the documents with its tone, then a sentence, figures, and the things to look at first.

    The tone is `good`, `bad`, `empty`, or `fair` for documents that conform and break facts of the service.
    """

    tone: str
    verdict: str
    sentence: str
    figures: tuple[Figure, ...]
    looks: tuple[Look, ...]


def conclusion(report: Conformance) -> Conclusion:
    """Return the conclusion of a report."""
    overview = report.overview
    if not overview.documents:
        return Conclusion("empty", "No instance view was found.", not_read(overview), (), tuple(looks(report)))
    broken = len(report.fidelity.broken)
    tone = "bad" if overview.nonconformant else "fair" if broken else "good"
    return Conclusion(
        tone, _verdict(overview, broken), _sentence(report), tuple(_figures(report)), tuple(looks(report))
    )


def _verdict(overview: Overview, broken: int) -> str:
    documents, failing = overview.documents, overview.nonconformant
    if not failing:
        verdict = f"All {documents:,} documents conform" if documents > 1 else "The document conforms"
        differs = "differs" if documents == 1 else "differ"
        return f"{verdict}, but {differs} from the service in {counted(broken, 'fact')}." if broken else f"{verdict}."
    if failing == documents:
        return f"None of the {documents:,} documents conforms." if documents > 1 else "The document does not conform."
    return f"{failing:,} of {documents:,} documents {'does' if failing == 1 else 'do'} not conform."


def _sentence(report: Conformance) -> str:
    seen, documented = elements(report)
    times, known = codes(report)
    subject = "They have" if report.overview.documents > 1 else "It has"
    return (
        f"{subject} {seen:,} of the {documented:,} documented elements and {times:,} of the {known:,} known status "
        f"codes. {_unknown(report.undocumented)} {not_read(report.overview)}"
    ).rstrip()


def _unknown(unknown: Undocumented) -> str:
    members, codes = len(unknown.members), len(unknown.codes)
    parts = [counted(*each) for each in ((members, "member"), (codes, "status code")) if each[0]]
    if not parts:
        return "Nothing in them is undocumented."
    others = _elsewhere(unknown)
    known = f"; {counted(others, 'member')} {'is' if others == 1 else 'are'} at other api-versions" if others else ""
    return f"{' and '.join(parts)} {'is' if members + codes == 1 else 'are'} not documented{known}."


def _elsewhere(unknown: Undocumented) -> int:
    """Return the number of members that are documented, but not at the api-version of the document."""
    return sum(each.note is not None for each in unknown.members)


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
    facts = report.fidelity.facts
    part = facts - len(report.fidelity.broken)
    yield Figure(
        "Like the service", percent(part, facts), f"{part:,} of {counted(facts, 'fact')}", "fidelity", part, facts
    )
    elsewhere = _elsewhere(report.undocumented)
    members, others = len(report.undocumented.members) - elsewhere, len(report.undocumented.codes)
    more = "" if report.undocumented.is_whole else " or more"
    what = f"{counted(members, 'member')}, {counted(others, 'status code')}"
    what += f"; {counted(elsewhere, 'member')} at other api-versions" if elsewhere else ""
    yield Figure("Undocumented", f"{members + others:,}{more}", what, "undocumented")
