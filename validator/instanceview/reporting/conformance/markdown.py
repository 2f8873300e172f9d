"""The conformance report as Markdown, for a page of a repository or the summary of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.text import with_article
from instanceview.reporting.conformance.markdown_cells import Places, bar_cell
from instanceview.reporting.conformance.markdown_lists import (
    disagreements,
    fidelity,
    never_seen,
    timeline,
    undocumented,
)
from instanceview.reporting.conformance.markdown_tables import codes, elements, matrix
from instanceview.reporting.markdown_report import code
from instanceview.reporting.places import markdown_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.values import Conformance, Overview


def pieces(conformance: Conformance, address: Callable[[Origin], str | None] = lambda _: None) -> Iterator[str]:
    """Yield the report as Markdown; texts of an input are in code spans, where markup has no meaning.

    `address` returns the link to the file of a place, as seen from that of the report, None where there is none.
    """
    return (f"{line}\n" for line in _lines(conformance, Places(address)))


def _lines(conformance: Conformance, places: Places) -> Iterator[str]:
    yield from ("# Conformance report", "", f"By {conformance.tool}.", "")
    yield from _overview(conformance, places)
    yield from _unreadable(conformance, places)
    for table in conformance.tables:
        yield from _folded(
            f"Elements of {table.kind}: {table.seen} of {table.documented} seen", elements(table, places)
        )
    known = sum(each.times > 0 for each in conformance.status_codes)
    title = f"Status codes: {known} of {len(conformance.status_codes)} seen"
    yield from _folded(title, codes(conformance.status_codes, places))
    yield from never_seen(conformance.never_seen)
    yield from undocumented(conformance.undocumented, places)
    yield from disagreements(conformance.disagreements, places)
    yield from fidelity(conformance.fidelity, places)
    for each in conformance.timelines:
        title = f"Asked more than once: {len(each.points):,} answers of {with_article(each.kind)}"
        yield from _folded(title, timeline(each, places))
    for versions in conformance.matrix:
        yield from _folded(f"Elements of {versions.kind} by api-version", matrix(versions))


def _overview(conformance: Conformance, places: Places) -> Iterator[str]:
    overview = conformance.overview
    numbers = [
        ("documents", f"{overview.documents:,}"),
        ("conformant", f"{overview.conformant:,} {bar_cell(overview.conformant, overview.documents)}"),
        *((f"{severity}s", f"{number:,}") for severity, number in overview.findings.items()),
        ("skipped", f"{overview.skipped:,}"),
        ("unreadable", f"{overview.unreadable:,}"),
    ]
    yield from markdown_table([name for name, _ in numbers], [[text for _, text in numbers]])
    yield from ("", "## Coverage", "", *_coverage(conformance))
    versions = [(each.shown, each.documents) for each in overview.api_versions]
    for title, counts in (("kind", overview.kinds), ("api-version", versions), ("container", overview.containers)):
        yield ""
        shares = [[name, f"{number:,}", bar_cell(number, overview.documents)] for name, number in counts]
        yield from markdown_table([title, "documents", ""], shares)
    if overview.rules:
        yield from ("", "## Findings", "", *_findings(overview, places))


def _findings(overview: Overview, places: Places) -> Iterator[str]:
    """Yield the table of severities and that of rules, each with its share of all findings."""
    whole = sum(overview.findings.values())
    rows = [[name, f"{number:,}", bar_cell(number, whole)] for name, number in overview.findings.items()]
    yield from (*markdown_table(["severity", "findings", ""], rows), "")
    rows = [
        [
            f"[{each.rule}]({each.link})",
            each.severity,
            f"{each.findings:,}",
            bar_cell(each.findings, whole),
            places.cell(each.first),
        ]
        for each in overview.rules
    ]
    yield from markdown_table(["rule", "severity", "findings", "", "first"], rows)


def _coverage(conformance: Conformance) -> Iterator[str]:
    """Yield the table of kinds and of status codes, with the share of each that was seen."""
    codes = conformance.status_codes
    seen = sum(each.times > 0 for each in codes)
    rows = [
        *((table.kind, table.documents, table.seen, table.documented) for table in conformance.tables),
        ("status codes", conformance.overview.documents, seen, len(codes)),
    ]
    cells = [[name, f"{number:,}", f"{part:,} of {of:,}", bar_cell(part, of)] for name, number, part, of in rows]
    yield from markdown_table(["", "documents", "seen", ""], cells)


def _unreadable(conformance: Conformance, places: Places) -> Iterator[str]:
    if conformance.unreadable:
        yield from ("", "## Unreadable", "")
        yield from (f"- {places.cell(each.origin)}: {code(each.reason)}" for each in conformance.unreadable)
    more = conformance.overview.unreadable - len(conformance.unreadable)
    if more:
        yield f"- and {more:,} more"


def _folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", "<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>")
