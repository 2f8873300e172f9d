"""The summary of the conformance report for a terminal, with bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import place
from instanceview.model.text import number_of
from instanceview.reporting.conformance.bars import bar, percent
from instanceview.reporting.conformance.timelines import changes, machine_text, states_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from instanceview.reporting.conformance.values import Conformance, Overview

    _List = tuple[str, str, list[str]]
    """The title of a list, the word for an item, and the items."""

_SHOWN = 5
"""Items of a list that a summary shows, unless all are asked for."""


def pieces(conformance: Conformance, inputs: Iterable[str] = (), *, is_whole: bool = False) -> Iterator[str]:
    """Yield the summary; `is_whole` lists all that is undocumented, was never seen, or is a disagreement.

    `inputs` are lines on the inputs, which are shown below the first line.
    """
    return (f"{line}\n" for line in _lines(conformance, inputs, is_whole=is_whole))


def _lines(conformance: Conformance, inputs: Iterable[str], *, is_whole: bool) -> Iterator[str]:
    overview = conformance.overview
    yield _first_line(overview)
    yield from inputs
    if not overview.documents:
        return
    for title, counts in (
        ("documents by kind", overview.kinds),
        ("documents by api-version", [(each.shown, each.documents) for each in overview.api_versions]),
        ("documents by container", overview.containers),
    ):
        yield from ("", f"{title}:")
        yield from _bars([(name, number, overview.documents) for name, number in counts])
    yield from ("", "elements seen, of those documented at the api-versions of the documents:")
    yield from _bars([(table.kind, table.seen, table.documented) for table in conformance.tables], of=True)
    if codes := _codes_by_place(conformance):
        yield from ("", "status codes seen, of those known at their place:")
        yield from _bars(codes, of=True)
    if overview.rules:
        yield from ("", "findings by rule:")
        most = max(each.findings for each in overview.rules)
        rows = [(f"{each.rule} ({each.severity})", each.findings, most) for each in overview.rules]
        yield from _bars(rows, shares=False)
    yield from _lists(conformance, is_whole=is_whole)


def _first_line(overview: Overview) -> str:
    again = f", {overview.recorded:,} recorded" if overview.recorded > overview.documents else ""
    rate = f" ({percent(overview.conformant, overview.documents)})" if overview.documents else ""
    findings = ", ".join(number_of(number, severity) for severity, number in overview.findings.items())
    unreadable = f"; {overview.unreadable:,} unreadable" if overview.unreadable else ""
    return (
        f"{number_of(overview.documents, 'document')}{again}: {overview.conformant:,} conformant{rate}; "
        f"{findings}{unreadable}"
    )


def _bars(rows: Sequence[tuple[str, int, int]], *, of: bool = False, shares: bool = True) -> Iterator[str]:
    """Yield a line with a bar for each name, number and whole; `of` shows the whole, `shares` the percentage."""
    width = max((len(name) for name, _, _ in rows), default=0)
    numbers = [f"{part:,} of {whole:,}" if of else f"{part:,}" for _, part, whole in rows]
    right = max(map(len, numbers), default=0)
    for (name, part, whole), number in zip(rows, numbers, strict=True):
        share = f"  {percent(part, whole)}" if shares else ""
        yield f"  {name:<{width}}  {number:>{right}}  {bar(part, whole)}{share}"


def _codes_by_place(conformance: Conformance) -> list[tuple[str, int, int]]:
    places: dict[str, tuple[int, int]] = {}
    for code in conformance.status_codes:
        seen, known = places.get(code.element, (0, 0))
        places[code.element] = (seen + (code.times > 0), known + 1)
    return [(name, *numbers) for name, numbers in places.items()]


def _lists(conformance: Conformance, *, is_whole: bool) -> Iterator[str]:
    for each in (*_never_seen(conformance), *_undocumented(conformance)):
        yield from _listed(*each, is_whole=is_whole)
    if not conformance.undocumented.is_whole:
        yield "  there were more members or codes than are counted"
    for each in _contradictions(conformance):
        yield from _listed(*each, is_whole=is_whole)
    machines = [
        f"{machine_text(each)}: {number_of(len(each.points), 'answer')} from {each.points[0].time} to "
        f"{each.points[-1].time}, {number_of(len(changes(each)) - 1, 'change')}; last {states_text(each.points[-1])}"
        for each in conformance.timelines
    ]
    yield from _listed("asked more than once", "machine", machines, is_whole=is_whole)


def _never_seen(conformance: Conformance) -> Iterator[_List]:
    never = conformance.never_seen
    elements = [f"{each.kind}: {each.element}" for each in never.elements]
    yield "documented and never seen, without their members", "element", elements
    yield "known and never seen", "status code", [f"{each.element}: {each.code}" for each in never.codes]


def _undocumented(conformance: Conformance) -> Iterator[_List]:
    unknown = conformance.undocumented
    members = [
        f"{each.kind}: {each.path}, {' or '.join(each.types)} in {number_of(each.documents, 'document')}"
        f" at {place(each.origins[0])}{f'; {each.note}' if each.note else ''}"
        for each in unknown.members
    ]
    yield "seen and undocumented", "member", members
    codes = [
        f"{each.element}: {each.code}, {number_of(each.times, 'time')}, at {place(each.origins[0])}"
        f"{f'; {each.note}' if each.note else ''}"
        for each in unknown.codes
    ]
    yield "seen and unknown", "status code", codes


def _contradictions(conformance: Conformance) -> Iterator[_List]:
    disagreements = [
        f"{each.kind}: {each.element or 'the document'}: {each.rule}, {each.findings:,} of {each.documents:,}"
        for each in conformance.disagreements
    ]
    yield "where page, service and captures disagree", "disagreement", disagreements
    broken = [
        f"{each.element}: {each.code}: {each.sentence}; first {place(each.first)}"
        for each in conformance.fidelity.broken
    ]
    yield "what the service always or never does, and these documents do not", "fact", broken


def _listed(title: str, thing: str, items: Sequence[str], *, is_whole: bool) -> Iterator[str]:
    """Yield the lines of a list with its title and number; `thing` is the word for an item."""
    if not items:
        return
    yield from ("", f"{title}: {number_of(len(items), thing)}")
    shown = items if is_whole else items[:_SHOWN]
    yield from (f"  {item}" for item in shown)
    if len(shown) < len(items):
        yield f"  and {len(items) - len(shown):,} more; --verbose lists them"
