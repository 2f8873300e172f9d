"""The element table of a kind, as text for a terminal, JSON and Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.commands.source_texts import source_items, source_lines
from instanceview.cli.named_values import API_VERSION, ELEMENT, KIND, KINDS_WORDS
from instanceview.cli.paragraphs import wrapped, wrapped_row
from instanceview.cli.shared_options import form_option
from instanceview.model.names import unknown
from instanceview.model.text import number_of
from instanceview.reporting.places import markdown_table
from instanceview.tables.catalog import UNVERSIONED, api_versions, version_of, versions_of
from instanceview.tables.descent import below, is_element, line_of
from instanceview.tables.describe import (
    about_text,
    evidence,
    evidence_text,
    row_text,
    span_text,
    type_text,
    values_text,
)
from instanceview.tables.elements import NEWEST, tree
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.tables.sources import links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from instanceview.tables.elements import Element

_HEAD = ("element", "type", "values", "since", "basis", "about")


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
    lines += ["", *source_lines(_bases(kind, rows), [(kind, api_version)])]
    return "".join(f"{line}\n" for line in lines)


def _bases(kind: str, rows: Sequence[Element]) -> set[str]:
    return {basis for element in rows for basis in evidence(kind, element.path).basis}


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


def _markdown_table(kind: str, api_version: str, rows: Sequence[Element]) -> str:
    head = [f"## {kind} at {api_version}", "", *source_items(_bases(kind, rows), kind, api_version), ""]
    return "".join(f"{line}\n" for line in [*head, *_table(kind, rows, api_version)])


def _table(kind: str, rows: Sequence[Element], api_version: str = NEWEST) -> list[str]:
    cells = [
        (
            f"`{element.path}`",
            type_text(element.member, api_version) + ("; required" if element.member.required else ""),
            values_text(element.member, api_version),
            span_text(element).removeprefix("since "),
            evidence_text(kind, element.path),
            about_text(kind, element),
        )
        for element in rows
    ]
    return list(markdown_table(_HEAD, cells))


def tables_index() -> str:
    """Return the element tables of all kinds over all api-versions as one Markdown document; machines come first."""
    groups = {"Machine documents": MACHINES, "Other kinds": tuple(FAMILY)}
    listed = (f"- {title}: {', '.join(f'[{kind}](#{kind})' for kind in kinds)}" for title, kinds in groups.items())
    parts = ["# Element tables", "", *listed, ""]
    for kind in KINDS:
        rows = tuple(below(tree(kind)))
        newest = versions_of(kind)[-1]
        parts += [f"## {kind}", "", tree(kind).member.about, ""]
        parts += [*source_items(_bases(kind, rows), kind, newest), "", *_table(kind, rows), ""]
    return "\n".join([*parts, "## Service definitions", "", *_definitions(), ""])


def _definitions() -> Iterator[str]:
    """Yield the lines of a table with the service definitions of each kind at each api-version."""
    rows = [(version, *(_file(kind, version) for kind in KINDS)) for version in api_versions()]
    yield from markdown_table(("api-version", *KINDS), rows)


def _file(kind: str, version: str) -> str:
    address = links(kind, version).get("service", "") if version in versions_of(kind) else ""
    return f"[{address.rpartition('/')[2]}]({address})" if address else ""


RENDERERS: Mapping[str, Callable[[str, str, Sequence[Element]], str]] = {
    "text": _terminal_table,
    "json": _json_table,
    "markdown": _markdown_table,
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
