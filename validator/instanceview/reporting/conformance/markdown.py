"""The conformance report as Markdown, for a page of a repository or the summary of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.model.document import place
from instanceview.model.text import number_of
from instanceview.reporting.conformance.bars import bar, percent
from instanceview.reporting.conformance.timelines import changes, machine_text, states_text
from instanceview.reporting.markdown_report import code
from instanceview.reporting.places import markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from instanceview.model.document import Origin
    from instanceview.reporting.conformance.values import (
        CodeCoverage,
        Conformance,
        MachineTimeline,
        Matrix,
        RowCoverage,
        TableCoverage,
        Undocumented,
    )

_LETTERS = {"b": "●", "d": "○", "s": "!", "n": ""}
"""The mark of each letter of the matrix: documented and seen, documented, seen, neither."""

_WIDTH = 10
"""Characters of a bar: a table of six columns fits on a page of GitHub."""


def pieces(conformance: Conformance) -> Iterator[str]:
    """Yield the report as Markdown; texts of an input are in code spans, where markup has no meaning."""
    return (f"{line}\n" for line in _lines(conformance))


def _lines(conformance: Conformance) -> Iterator[str]:
    yield from ("# Conformance report", "", f"By {conformance.tool}.", "")
    yield from _overview(conformance)
    for table in conformance.tables:
        yield from _folded(f"Elements of {table.kind}: {table.seen} of {table.documented} seen", _table(table))
    known = sum(each.times > 0 for each in conformance.status_codes)
    title = f"Status codes: {known} of {len(conformance.status_codes)} seen"
    yield from _folded(title, _codes(conformance.status_codes))
    yield from _never_seen(conformance)
    yield from _undocumented(conformance.undocumented)
    yield from _disagreements(conformance)
    yield from _fidelity(conformance)
    for timeline in conformance.timelines:
        title = f"Asked more than once: {len(timeline.points)} answers of a {timeline.kind}"
        yield from _folded(title, _timeline(timeline))
    for matrix in conformance.matrix:
        yield from _folded(f"Elements of {matrix.kind} by api-version", _matrix(matrix))


def _overview(conformance: Conformance) -> Iterator[str]:
    overview = conformance.overview
    numbers = [
        ("documents", overview.documents),
        ("conformant", overview.conformant),
        *((f"{severity}s", number) for severity, number in overview.findings.items()),
        ("skipped", overview.skipped),
        ("unreadable", overview.unreadable),
    ]
    yield from markdown_table([name for name, _ in numbers], [[f"{number:,}" for _, number in numbers]])
    yield from ("", "## Coverage", "")
    rows = [(table.kind, table.documents, table.seen, table.documented) for table in conformance.tables]
    codes = conformance.status_codes
    cells = [[name, f"{n:,}", f"{seen} of {of}", _bar(seen, of)] for name, n, seen, of in rows]
    seen = sum(each.times > 0 for each in codes)
    cells += [["status codes", f"{overview.documents:,}", f"{seen} of {len(codes)}", _bar(seen, len(codes))]]
    yield from markdown_table(["", "documents", "seen", ""], cells)
    for title, counts in (("api-version", overview.api_versions), ("container", overview.containers)):
        yield ""
        shares = [[each.name, f"{each.documents:,}", _bar(each.documents, overview.documents)] for each in counts]
        yield from markdown_table([title, "documents", ""], shares)
    if overview.rules:
        yield from ("", "## Findings by rule", "")
        found = [
            [f"[{each.rule}]({each.link})", each.severity, f"{each.findings:,}", _place(each.first)]
            for each in overview.rules
        ]
        yield from markdown_table(["rule", "severity", "findings", "first"], found)


def _bar(part: int, whole: int) -> str:
    return f"`{bar(part, whole, _WIDTH)}` {percent(part, whole)}"


def _place(origin: Origin | None) -> str:
    return code(place(origin)) if origin else ""


def _folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", "<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>")


def _table(table: TableCoverage) -> Iterator[str]:
    rows = (row for row in table.rows if row.documents or row.present)
    head = ["element", "documents", "", "types and values", "findings", "first"]
    yield from markdown_table(head, [_row_cells(row) for row in rows])


def _row_cells(row: RowCoverage) -> list[str]:
    null = f", {row.nulls:,} null" if row.nulls else ""
    return [
        f"[`{row.element}`]({row.link})",
        f"{row.present:,} of {row.documents:,}{null}",
        _bar(row.present, row.documents),
        "; ".join(part for part in (_types(row), _values(row)) if part),
        ", ".join(f"{rule} {number}" for rule, number in row.findings.items()),
        _place(row.first),
    ]


def _types(row: RowCoverage) -> str:
    """Return the types of the values where they are not all as documented, and the formats."""
    types = {name: number for name, number in row.types.items() if name != row.type}
    return ", ".join(f"{name} {number:,}" for name, number in {**types, **row.formats}.items())


def _values(row: RowCoverage) -> str:
    if row.has_many_values:
        return "many values"
    values = (f"{code(each.value)}{' (not listed)' if each.is_documented is False else ''}" for each in row.values)
    numbers = (f" {each.times:,}" for each in row.values)
    return ", ".join(value + number for value, number in zip(values, numbers, strict=True))


def _codes(codes: Sequence[CodeCoverage]) -> Iterator[str]:
    head = ["place", "code", "times", "with a time", "levels", "display texts", "first"]
    yield from markdown_table(head, [_code_cells(each) for each in codes])


def _code_cells(each: CodeCoverage) -> list[str]:
    return [
        f"`{each.element}`",
        f"`{each.code}`",
        f"{each.times:,}",
        f"{each.timed:,}" if each.times else "",
        _counts(each.levels),
        _counts(each.display_texts),
        _place(each.first),
    ]


def _counts(counts: Mapping[str, int] | None) -> str:
    if counts is None:
        return "many"
    return ", ".join(f"{code(name)} {number:,}" for name, number in counts.items())


def _never_seen(conformance: Conformance) -> Iterator[str]:
    never = conformance.never_seen
    if not (never.elements or never.codes):
        return
    yield from ("", "## Documented and never seen", "")
    yield from (f"- {each.kind}: `{each.element}`" for each in never.elements)
    yield from (f"- {each.element}: `{each.code}`" for each in never.codes)


def _undocumented(unknown: Undocumented) -> Iterator[str]:
    if not (unknown.members or unknown.codes):
        return
    yield from ("", "## Seen and undocumented")
    for member in unknown.members:
        types = " or ".join(member.types)
        note = f"; {member.note}" if member.note else ""
        yield ""
        yield (
            f"- {member.kind}: {code(member.path)}, {types} in {number_of(member.documents, 'document')} at "
            f"{', '.join(member.api_versions)}{note}; for example {code(member.example)} in {_place(member.origins[0])}"
        )
        yield from _fenced(member.row)
    for each in unknown.codes:
        yield ""
        yield (
            f"- {each.element}: {code(each.code)}, {number_of(each.times, 'time')} at {', '.join(each.api_versions)}; "
            f"first in {_place(each.origins[0])}{f'; {each.note}' if each.note else ''}"
        )
        yield from _fenced(each.row)
    if not unknown.is_whole:
        yield from ("", "There were more members or codes than are counted.")


def _fenced(row: str | None) -> Iterator[str]:
    if row:
        yield from ("", "  ```yaml", *(f"  {line}" for line in row.splitlines()), "  ```")


def _disagreements(conformance: Conformance) -> Iterator[str]:
    if not conformance.disagreements:
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
            _place(each.first),
        ]
        for each in conformance.disagreements
    ]
    yield from markdown_table(head, rows)


def _fidelity(conformance: Conformance) -> Iterator[str]:
    broken = conformance.fidelity.broken
    if not broken:
        return
    yield from ("", "## What the service always or never does, and these documents do not", "")
    facts = number_of(conformance.fidelity.facts, "fact")
    verb = "does" if len(broken) == 1 else "do"
    yield f"Of {facts} about the codes of these documents, {len(broken)} {verb} not hold."
    yield ""
    rows = [[f"`{each.element}`", f"`{each.code}`", each.sentence, _place(each.first)] for each in broken]
    yield from markdown_table(["place", "code", "fact", "first"], rows)


def _timeline(timeline: MachineTimeline) -> Iterator[str]:
    yield from (f"{code(machine_text(timeline))}, at each change:", "")
    rows = [[point.time, code(states_text(point)), _place(point.origin)] for point in changes(timeline)]
    yield from markdown_table(["time", "states", "document"], rows)


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield from ("● documented and seen, ○ documented and not seen, ! seen and not documented", "")
    rows = [[f"`{row.element}`", *(_LETTERS[letter] for letter in row.cells)] for row in matrix.rows]
    yield from markdown_table(["element", *matrix.api_versions], rows)
