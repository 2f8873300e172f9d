"""`instanceview generate`: documents that conform, or that have exactly one fault, to feed mocks and load tests."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.options import API_VERSION, KIND, KINDS_WORDS, RULE, NameType, NumberType
from instanceview.generating.scenarios import ALL, ScenarioError, scenarios
from instanceview.generating.scenarios import scenario as document_of
from instanceview.generating.spoiling import CannotSpoilError
from instanceview.generating.spoiling import spoil as spoiled
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.literals import ApiVersion


def _scenarios(_context: click.Context | None) -> Mapping[str, str]:
    return {**scenarios(), ALL: "Any of these, chosen by the seed of each document."}


_SCENARIO = NameType("scenario", _scenarios, listed_by="instanceview generate --help")


class _Command(click.Command):
    """A command whose help lists the scenarios, which are read for the help alone."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each scenario with its subject."""
        with formatter.section("Scenarios"):
            formatter.write_dl(list(_scenarios(ctx).items()))


@click.command(cls=_Command)
@click.option("--scenario", metavar="NAME", type=_SCENARIO, default="running", help="Default: running.")
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest.")
@click.option("--kind", metavar="KIND", type=KIND, default=KINDS[0], help=f"{KINDS_WORDS}.")
@click.option("--count", metavar="N", type=NumberType(min=1), default=1, help="Write N documents (default: 1).")
@click.option(
    "--seed",
    metavar="S",
    type=int,
    default=0,
    help="Seed of the first document; each further document has the next.",
)
@click.option("--vary", is_flag=True, help="Vary the members and the number of disks and extensions.")
@click.option("--spoil", metavar="RULE", type=RULE, help="Add exactly one fault, a finding of RULE.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "ndjson"]),
    default="json",
    help="json (the default; an array for several documents) or ndjson (one document per line).",
)
def generate(form: str, count: int, seed: int, **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Generate instance views of a scenario that conform to the tables of their kind and api-version.

    The same options give the same documents.
    """
    texts = (_document_text(seed=each, **options) for each in range(seed, seed + count))
    if form == "ndjson":
        for text in texts:
            click.echo("".join(line.lstrip(" ") for line in text.split("\n")))  # JSON has no line break inside a text
    elif count == 1:
        click.echo(next(texts))
    else:
        for index, text in enumerate(texts):
            click.echo(("," if index else "[") + f"\n{text}", nl=False)
        click.echo("\n]")


def _document_text(scenario: str, spoil: str | None, api_version: ApiVersion | None, **options: Any) -> str:  # noqa: ANN401 (as above)
    """Return a document as indented JSON; a usage error names the options that do not go together."""
    version = api_version or api_versions()[-1]
    try:
        document = document_of(scenario, api_version=version, **options)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    if spoil is None:
        return json.dumps(document, indent=1)
    random = Random(options["seed"])  # noqa: S311 (no cipher)
    try:
        return spoiled(document, spoil, random, kind=options["kind"], api_version=version).text
    except CannotSpoilError as error:
        raise click.UsageError(str(error)) from None
