"""The lists of the conformance report as Markdown: the unseen, the undocumented, disagreements and broken facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.text import number_of
from instanceview.reporting.conformance.timelines import changes, machine_text, states_text
from instanceview.reporting.markdown_report import code
from instanceview.reporting.places import markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.reporting.conformance.covered_values import NeverSeen
    from instanceview.reporting.conformance.deviating_values import Disagreement, Fidelity, Undocumented
    from instanceview.reporting.conformance.markdown_cells import Places
    from instanceview.reporting.conformance.values import MachineTimeline


def never_seen(never: NeverSeen) -> Iterator[str]:
    """Yield the documented elements and codes that no document has."""
    if not (never.elements or never.codes):
        return
    yield from ("", "## Documented and never seen", "")
    if never.elements:
        yield from ("The members of an element that was never seen are not listed.", "")
    for each in never.elements:
        yield f"- {each.kind}: `{each.element}`, 0 of {number_of(each.documents, 'document')}"
    yield from (f"- {code.element}: `{code.code}`" for code in never.codes)


def undocumented(unknown: Undocumented, places: Places) -> Iterator[str]:
    """Yield the members and codes that are not documented, each with its row of YAML."""
    if not (unknown.members or unknown.codes):
        return
    yield from ("", "## Seen and undocumented")
    for member in unknown.members:
        types = " or ".join(member.types)
        note = f"; {member.note}" if member.note else ""
        yield ""
        yield (
            f"- {member.kind}: {code(member.path)}, {types} in {number_of(member.documents, 'document')} at "
            f"{', '.join(member.api_versions)}{note}; for example {code(member.example)} in "
            f"{', '.join(map(places.cell, member.origins))}"
        )
        yield from _fenced(member.row)
    for each in unknown.codes:
        yield ""
        yield (
            f"- {each.element}: {code(each.code)}, {number_of(each.times, 'time')} at {', '.join(each.api_versions)}; "
            f"first in {', '.join(map(places.cell, each.origins))}{f'; {each.note}' if each.note else ''}"
        )
        yield from _fenced(each.row)
    if not unknown.is_whole:
        yield from ("", "There were more members or codes than are counted.")


def _fenced(row: str | None) -> Iterator[str]:
    if row:
        yield from ("", "  ```yaml", *(f"  {line}" for line in row.splitlines()), "  ```")


def disagreements(found: Sequence[Disagreement], places: Places) -> Iterator[str]:
    """Yield the elements at which documentation page, service and captures disagree."""
    if not found:
        return
    yield from ("", "## Page, service and captures", "")
    head = ["kind", "element", "rule", "here", "page", "service", "captures", "first"]
    rows = [
        [
            each.kind,
            f"`{each.element}`" if each.element else "the document",
            each.rule,
            f"{each.findings:,} of {each.documents:,}",
            each.page,
            each.service,
            each.observed,
            places.cell(each.first),
        ]
        for each in found
    ]
    yield from markdown_table(head, rows)


def fidelity(facts: Fidelity, places: Places) -> Iterator[str]:
    """Yield the facts about codes that statuses break."""
    broken = facts.broken
    if not broken:
        return
    yield from ("", "## What the service always or never does, and these documents do not", "")
    verb = "does" if len(broken) == 1 else "do"
    yield f"Of {number_of(facts.facts, 'fact')} about the codes of these documents, {len(broken)} {verb} not hold."
    yield ""
    rows = [[f"`{each.element}`", f"`{each.code}`", each.sentence, places.cell(each.first)] for each in broken]
    yield from markdown_table(["place", "code", "fact", "first"], rows)


def timeline(machine: MachineTimeline, places: Places) -> Iterator[str]:
    """Yield the states of a machine at each change."""
    yield from (f"{code(machine_text(machine))}, at each change:", "")
    rows = [[point.time, code(states_text(point)), places.cell(point.origin)] for point in changes(machine)]
    yield from markdown_table(["time", "states", "document"], rows)
