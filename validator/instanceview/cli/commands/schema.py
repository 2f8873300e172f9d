"""`instanceview schema`: the JSON Schema of a kind at an api-version."""

from __future__ import annotations

import click

from instanceview.cli.options import API_VERSION, KIND
from instanceview.tables.catalog import KINDS, api_versions, schemas_folder


@click.command()
@click.argument("kind", type=KIND, default=KINDS[0])
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest.")
@click.option("--path", "as_path", is_flag=True, help="Print where the schema lies, for editors and other validators.")
def schema(kind: str, api_version: str | None, *, as_path: bool) -> None:
    """Print the JSON Schema (draft-07, self-contained) of KIND: vmss-vm (the default), vm or vmss."""
    file = schemas_folder() / (api_version or api_versions()[-1]) / f"{kind}.json"
    click.echo(file if as_path else file.read_text("utf-8"), nl=as_path)
