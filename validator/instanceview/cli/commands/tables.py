"""The element table of a kind, as text for a terminal, JSON and Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.commands.source_texts import bases_of, source_lines
from instanceview.cli.commands.table_pages import markdown_of_table
from instanceview.cli.named_values import API_VERSION, ELEMENT, KIND, KINDS_WORDS
from instanceview.cli.paragraphs import wrapped, wrapped_row
from instanceview.cli.shared_options import form_option
from instanceview.model.names import unknown
from instanceview.model.text import number_of
from instanceview.tables.catalog import UNVERSIONED, version_of, versions_of
from instanceview.tables.descent import below, is_element, line_of
from instanceview.tables.describe import (
    about_text,
    evidence,
    row_text,
    span_text,
)
from instanceview.tables.elements import NEWEST
from instanceview.tables.kinds import KINDS
from instanceview.tables.sources import links

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from instanceview.tables.elements import Element


def rows_at(kind: str, api_version: str, path: str = "") -> tuple[Element, ...]:
    """Return the elements of a kind that an api-version documents, at and below a path, in document order.

    >>> [element.path for element in rows_at("vm", "2024-07-01", "vmHealth.status")][:2]
    ['vmHealth.status', 'vmHealth.status.code']
    """
    if path and not is_element(kind, path):
        return ()
    start = line_of(kind, path)[-1]
    elements = (*([start] if path else []), *below(start))
    return tuple(element for element in elements if element.documented_at(api_version))


def _terminal_table(kind: str, api_version: str, rows: Sequence[Element]) -> str:
    name = kind if api_version == UNVERSIONED else f"{kind} at {api_version}"
    lines = [f"{name}: {number_of(len(rows), 'element')}", ""]
    for element in rows:
        lines += wrapped_row(row_text(kind, element, api_version), "    ")
        lines += wrapped(about_text(kind, element), "    ")
    lines += ["", *source_lines(bases_of((kind, row.path) for row in rows), [(kind, api_version)])]
    return "".join(f"{line}\n" for line in lines)


def _json_table(kind: str, api_version: str, rows: Sequence[Element]) -> str:
    elements = [row_as_json(kind, element, api_version) for element in rows]
    sources = links(kind, api_version)
    table = {"kind": kind, "apiVersion": api_version, "sources": sources, "elements": elements}
    return json.dumps(table, indent=1) + "\n"


def row_as_json(kind: str, element: Element, api_version: str) -> dict[str, Any]:
    """Return a row as a JSON value, without the cells that it lacks."""
    member = element.member
    basis, captures = evidence(kind, element.path)
    row = {
        "element": element.path,
        "type": member.type,
        "format": member.format,
        "values": list(member.values_at(api_version)),
        "closed": member.closed,
        "required": member.required,
        "since": element.since,
        "until": "" if element.until == NEWEST else element.until,
        "observedSince": member.observed_since,
        "textAt": member.text_at,
        "basis": list(basis),
        "captures": captures,
        "about": about_text(kind, element),
    }
    return {name: value for name, value in row.items() if value}


RENDERERS: Mapping[str, Callable[[str, str, Sequence[Element]], str]] = {
    "text": _terminal_table,
    "json": _json_table,
    "markdown": markdown_of_table,
}
"""The function that writes a table, by the name of its format."""


@click.command()
@click.argument("element", type=ELEMENT, required=False)
@click.option("--kind", metavar="KIND", type=KIND, is_eager=True, default=KINDS[0], help=f"{KINDS_WORDS}.")
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest.")
@form_option("text", "json", "markdown")
def tables(element: str | None, kind: str, api_version: str | None, form: str) -> None:
    """Show the element table of a kind at an api-version: ELEMENT and its members, or the whole document.

    Each row has the type, values, documenting api-versions, evidence and description of an element.
    """
    version = version_of(kind, api_version)
    if version not in versions_of(kind):
        raise click.BadParameter(_not_of_kind(kind, version), param_hint="--api-version")
    rows = rows_at(kind, version, element or "")
    if element and not rows:
        raise click.BadParameter(_why_none(kind, version, element), param_hint="ELEMENT")
    click.echo(RENDERERS[form](kind, version, rows), nl=False)


def _not_of_kind(kind: str, version: str) -> str:
    """Return the message that a known api-version does not define a kind, with those that do."""
    versions = versions_of(kind)
    return unknown(
        f"api-version of {kind}", version, versions, f"known: {versions[0]} to {versions[-1]}, {len(versions)} in all"
    )


def _why_none(kind: str, version: str, element: str) -> str:
    """Return the message that a table lacks an element, with the tables that have it."""
    spans = [f"{each} {span_text(line_of(each, element)[-1])}" for each in KINDS if is_element(each, element)]
    return f'"{element}" is not documented in {kind} at {version}; documented in {", ".join(spans)}'
