"""Element tables as Markdown: one table, and the index of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from instanceview.cli.commands.source_texts import bases_of, source_items
from instanceview.reporting.places import markdown_table
from instanceview.tables.catalog import api_versions, versions_of
from instanceview.tables.descent import below
from instanceview.tables.describe import about_text, evidence_text, span_text, type_text, values_text
from instanceview.tables.elements import NEWEST, tree
from instanceview.tables.family import FAMILY
from instanceview.tables.kinds import KINDS, MACHINES
from instanceview.tables.sources import links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from instanceview.tables.elements import Element

_HEAD = ("element", "type", "values", "since", "basis", "about")


def markdown_of_table(kind: str, api_version: str, rows: Sequence[Element]) -> str:
    """Return rows of the table of a kind at an api-version as Markdown, with a heading."""
    sources = source_items(bases_of((kind, row.path) for row in rows), kind, api_version)
    head = [f"## {kind} at {api_version}", "", *sources, ""]
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
        parts += [*source_items(bases_of((kind, row.path) for row in rows), kind, newest), "", *_table(kind, rows), ""]
    return "\n".join([*parts, "## Service definitions", "", *_definitions(), ""])


def _definitions() -> Iterator[str]:
    """Yield the lines of a table with the service definitions of each kind at each api-version."""
    rows = [(version, *(_file(kind, version) for kind in KINDS)) for version in api_versions()]
    yield from markdown_table(("api-version", *KINDS), rows)


def _file(kind: str, version: str) -> str:
    address = links(kind, version).get("service", "") if version in versions_of(kind) else ""
    return f"[{address.rpartition('/')[2]}]({address})" if address else ""
