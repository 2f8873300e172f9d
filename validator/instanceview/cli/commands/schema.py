"""`instanceview schema`: the JSON Schema of a kind at an api-version."""

from __future__ import annotations

import click

from instanceview.cli.options import API_VERSION, KIND, KINDS_WORDS
from instanceview.tables.catalog import schemas_folder, versions_of
from instanceview.tables.kinds import KINDS


@click.command(help=f"Print the JSON Schema (draft-07, self-contained) of KIND: {KINDS_WORDS}.")
@click.argument("kind", type=KIND, default=KINDS[0])
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest.")
@click.option("--path", "as_path", is_flag=True, help="Print the path of the schema, for editors and other validators.")
def schema(kind: str, api_version: str | None, *, as_path: bool) -> None:
    """Print the JSON Schema of a kind at an api-version, or its path."""
    versions = versions_of(kind)
    version = api_version or versions[-1]
    if version not in versions:
        raise click.BadParameter(f"{kind} is defined since {versions[0]}; found {version}", param_hint="--api-version")
    file = schemas_folder() / version / f"{kind}.json"
    click.echo(file if as_path else file.read_text("utf-8"), nl=as_path)
