"""`instanceview schema`: the JSON Schema of a kind at an api-version, or of a file that a command writes or reads."""

from __future__ import annotations

import click

from instanceview.cli.named_values import API_VERSION, KINDS_WORDS
from instanceview.cli.value_types import NameType
from instanceview.tables.catalog import schemas_folder, version_of, versions_of
from instanceview.tables.kinds import KIND_VALUES, KINDS

FILES = {
    "report": "the JSON report of check",
    "state": "the JSON of state",
    "coverage": "the JSON of report",
    "vocabulary": "the JSON of code",
    "manifest": "the manifest of extract",
    "baseline": "a baseline of check",
    "config": "a configuration",
}
"""The schemas of what commands write and read, with what each describes."""
_NAME = NameType(
    "schema",
    lambda _: {**{name: kind.about for name, kind in KIND_VALUES.items()}, **FILES},
    lambda name: name.removeprefix("schemas/").removesuffix(".json"),  # as the guides name it
)


@click.command(
    help=f"""Print the JSON Schema (draft-07, self-contained) of NAME: {KINDS_WORDS}.

    Others describe what a command writes or reads: {", ".join(f"{name} ({about})" for name, about in FILES.items())}.
    """
)
@click.argument("name", type=_NAME, default=KINDS[0])
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest; only for a kind.")
@click.option("--path", "as_path", is_flag=True, help="Print the path of the schema, for editors and other validators.")
def schema(name: str, api_version: str | None, *, as_path: bool) -> None:
    """Print the JSON Schema of a kind at an api-version or of a file, or its path."""
    folder = schemas_folder()
    file = folder / f"{name}.json" if name in FILES else folder / _version(name, api_version) / f"{name}.json"
    if name in FILES and api_version:
        message = f"{name} is the same for every api-version; omit --api-version"
        raise click.BadParameter(message, param_hint="--api-version")
    click.echo(file if as_path else file.read_text("utf-8"), nl=as_path)


def _version(kind: str, api_version: str | None) -> str:
    """Return the api-version of a schema, the newest by default; raises BadParameter before the first of a kind."""
    versions = versions_of(kind)
    version = version_of(kind, api_version)
    if version not in versions:
        raise click.BadParameter(f"{kind} is defined since {versions[0]}; found {version}", param_hint="--api-version")
    return version
