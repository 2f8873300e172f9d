"""`instanceview tables`: the element table of a kind at an api-version."""

from __future__ import annotations

import click

from instanceview.catalog import KINDS, api_versions
from instanceview.commands.options import API_VERSION, ELEMENT, KIND


@click.command()
@click.argument("element", type=ELEMENT, required=False)
@click.option("--kind", metavar="KIND", type=KIND, default=KINDS[0], help="vmss-vm (the default), vm or vmss.")
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="Default: text."
)
def tables(element: str | None, kind: str, api_version: str | None, form: str) -> None:
    """Show the element table of a kind at an api-version: ELEMENT and what is below it, or the whole document.

    Each element has its type, its values, the api-versions that document it, what shows it, and what it is.
    """
    from instanceview.commands.table_texts import RENDERERS, rows_at

    version = api_version or api_versions()[-1]
    rows = rows_at(kind, version, element or "")
    if element and not rows:
        raise click.BadParameter(_why_none(kind, version, element), param_hint="ELEMENT")
    click.echo(RENDERERS[form](kind, version, rows), nl=False)


def _why_none(kind: str, version: str, element: str) -> str:
    """Return that an element is not in a table, and which tables have it."""
    from instanceview.rows import is_element, line_of, span_text

    spans = [f"{each} {span_text(line_of(each, element)[-1])}" for each in KINDS if is_element(each, element)]
    return f'"{element}" is not documented in {kind} at {version}; documented in {", ".join(spans)}'
