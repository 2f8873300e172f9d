"""The tables of the conformance report as Markdown: elements, status codes, and elements by api-version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.reporting.conformance.fidelity import captured_text
from instanceview.reporting.conformance.markdown_cells import bar_cell, counts_cell
from instanceview.reporting.markdown_report import code
from instanceview.reporting.places import markdown_table
from instanceview.tables.describe import captures_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.reporting.conformance.covered_values import CodeCoverage, Matrix, RowCoverage, TableCoverage
    from instanceview.reporting.conformance.markdown_cells import Places

_LETTERS = {"b": "●", "d": "○", "s": "!", "n": ""}
"""The mark of each letter of the matrix: documented and seen, documented, seen, neither."""


def elements(table: TableCoverage, places: Places) -> Iterator[str]:
    """Yield the rows of an element table that documents could have."""
    rows = (row for row in table.rows if row.documents or row.present)
    head = ["element", "since", "basis", "documents", "", "types and values", "findings", "first"]
    yield from markdown_table(head, [_row_cells(row, places) for row in rows])


def _row_cells(row: RowCoverage, places: Places) -> list[str]:
    null = f", {row.nulls:,} null" if row.nulls else ""
    kind = f"{row.type}, {row.format}" if row.format else row.type
    return [
        f"[`{row.element}`]({row.link})<br>{kind}<br>{row.about}",
        row.span(),
        _basis(row.basis, row.captures),
        f"{row.present:,} of {row.documents:,}{null}",
        bar_cell(row.present, row.documents),
        "; ".join(part for part in (_types(row), _values(row)) if part),
        ", ".join(f"{rule} {number:,}" for rule, number in row.findings.items()),
        places.cell(row.first),
    ]


def _basis(basis: Sequence[str], captures: int) -> str:
    return ", ".join([*basis, *([captures_text(captures)] if captures else [])])


def _types(row: RowCoverage) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in {**row.types, **row.formats}.items())


def _values(row: RowCoverage) -> str:
    """Return the values that were seen, and those that the row lists and no document has."""
    if row.has_many_values:
        return "many values"
    seen = [
        f"{code(each.value)}{' (not listed)' if each.is_documented is False else ''} {each.times:,}"
        for each in row.values
    ]
    unseen = [f"{code(value)} never" for value in row.unseen_values()] if row.documents else []
    return ", ".join([*seen, *unseen])


def codes(entries: Sequence[CodeCoverage], places: Places) -> Iterator[str]:
    """Yield the entries of the vocabulary."""
    head = ["place", "code", "basis", "times", "with a time", "levels", "display texts", "api-versions", "first"]
    yield from markdown_table(head, [_code_cells(entry, places) for entry in entries])


def _code_cells(entry: CodeCoverage, places: Places) -> list[str]:
    return [
        f"`{entry.element}`<br>{', '.join(entry.kinds)}",
        f"[`{entry.code}`]({entry.link})<br>{entry.about}",
        ", ".join([*entry.basis, *([captured_text(entry.captures)] if entry.captures else [])]),
        f"{entry.times:,}",
        f"{entry.timed:,}" if entry.times else "",
        counts_cell(entry.levels),
        counts_cell(entry.display_texts),
        ", ".join(f"{version} {number:,}" for version, number in entry.api_versions.items()),
        places.cell(entry.first),
    ]


def matrix(versions: Matrix) -> Iterator[str]:
    """Yield the elements of a kind, with a mark for each api-version."""
    yield from ("● documented and seen, ○ documented and not seen, ! seen and not documented", "")
    rows = [[f"`{row.element}`", *(_LETTERS[letter] for letter in row.cells)] for row in versions.rows]
    yield from markdown_table(["element", *versions.api_versions], rows)
