"""`instanceview diff`: the differences between two api-versions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.commands.differences import difference
from instanceview.cli.commands.source_texts import bases_of, source_lines
from instanceview.cli.commands.tables import row_as_json
from instanceview.cli.named_values import API_VERSION
from instanceview.cli.paragraphs import wrapped, wrapped_row
from instanceview.cli.shared_options import form_option, one_kind_option
from instanceview.reporting.places import csv_table, markdown_table
from instanceview.tables.catalog import version_of
from instanceview.tables.describe import SEPARATOR, row_text
from instanceview.tables.kinds import MACHINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.cli.commands.differences import Change, Difference
    from instanceview.tables.elements import Element

_COLUMNS = ("kind", "change", "element", "details")


@click.command()
@click.argument("before", metavar="V1", type=API_VERSION)
@click.argument("after", metavar="V2", type=API_VERSION)
@one_kind_option()
@form_option("text", "json", "csv", "markdown")
def diff(before: str, after: str, kind: str | None, form: str) -> None:
    """Show the members and values that the element tables of V2 add, remove and change compared with V1.

    Either version may be the older one.
    """
    differences = [
        difference(each, version_of(each, before), version_of(each, after)) for each in ([kind] if kind else MACHINES)
    ]
    if form == "json":
        kinds = {each.kind: _as_json(each, before, after) for each in differences}
        click.echo(json.dumps({"from": before, "to": after, "kinds": kinds}, indent=1))
    elif form == "csv":
        click.echo(csv_table(_COLUMNS, _rows(differences, before, after)), nl=False)
    elif form == "markdown":
        rows = [(kind, word, f"`{path}`", text) for kind, word, path, text in _rows(differences, before, after)]
        click.echo("".join(f"{line}\n" for line in markdown_table(_COLUMNS, rows)), nl=False)
    else:
        click.echo(_differences_text(differences, before, after), nl=False)


def _rows(differences: Sequence[Difference], before: str, after: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of each row of the element tables that differs, by kind, in the order of the text."""
    for each in differences:
        kind = each.kind
        yield from ((kind, "added", row.path, _details(kind, row, after)) for row in each.added)
        yield from ((kind, "removed", row.path, _details(kind, row, before)) for row in each.removed)
        yield from ((kind, "changed", change.element.path, _change(change)) for change in each.changed)


def _details(kind: str, element: Element, version: str) -> str:
    """Return the row of an element without its path, which has its own cell."""
    return row_text(kind, element, version).partition(SEPARATOR)[2]


def _differences_text(differences: Sequence[Difference], before: str, after: str) -> str:
    blocks = ["\n".join(difference_lines(each, before, after)) for each in differences]
    kinds = [each.kind for each in differences if each.added or each.removed]
    tables = [(kind, version) for kind in kinds for version in (before, after)]
    sources = "\n".join(source_lines(bases_of_changes(differences), tables))
    return "\n\n".join([*blocks, *([sources] if sources else [])]) + "\n"


def bases_of_changes(differences: Sequence[Difference]) -> set[str]:
    """Return every basis of the rows that were added or removed."""
    return bases_of((each.kind, row.path) for each in differences for row in (*each.added, *each.removed))


def difference_lines(difference: Difference, before: str, after: str) -> Iterator[str]:
    """Yield the numbers of changed rows, and a paragraph for each, wrapped to the terminal."""
    is_versioned = version_of(difference.kind, before) == before
    head = f"{difference.kind} from {before} to {after}" if is_versioned else f"{difference.kind} has no api-version"
    if difference.is_empty:
        yield f"{head}: nothing changed"
        return
    yield f"{head}: {counts_text(difference)}"
    for element in difference.added:
        yield from wrapped_row(row_text(difference.kind, element, after), "      ", "  + ")
    for element in difference.removed:
        yield from wrapped_row(row_text(difference.kind, element, before), "      ", "  - ")
    for change in difference.changed:
        yield from wrapped(f"{change.element.path}: {_change(change)}", "      ", "  ~ ")


def counts_text(difference: Difference) -> str:
    """Return the numbers of rows that were added, removed and changed, in words."""
    counts = [
        (len(difference.added), "added"),
        (len(difference.removed), "removed"),
        (len(difference.changed), "changed"),
    ]
    return ", ".join(f"{number} {word}" for number, word in counts if number)


def _change(change: Change) -> str:
    parts = [f"value {value} added" for value in change.added] + [f"value {value} removed" for value in change.removed]
    parts += [f"{name} {_fact(old)}, now {_fact(new)}" for name, (old, new) in change.facts.items()]
    return "; ".join(parts)


def _fact(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _as_json(difference: Difference, before: str, after: str) -> dict[str, Any]:
    kind = difference.kind
    return {
        "added": [row_as_json(kind, element, after) for element in difference.added],
        "removed": [row_as_json(kind, element, before) for element in difference.removed],
        "changed": [change_as_json(change) for change in difference.changed],
    }


def change_as_json(change: Change) -> dict[str, Any]:
    """Return a changed row as a JSON value: its element, its values and other cells that differ."""
    facts = {name: {"from": old, "to": new} for name, (old, new) in change.facts.items()}
    values = {"valuesAdded": list(change.added), "valuesRemoved": list(change.removed)}
    return {"element": change.element.path, **{name: value for name, value in values.items() if value}, **facts}
