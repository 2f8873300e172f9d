"""`instanceview generate`: documents that conform, or that have exactly one fault, to feed mocks and load tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from instanceview.cli.commands.generation import hazards_asked, of_hazards, of_scenario
from instanceview.cli.commands.hazard_texts import hazard_list
from instanceview.cli.named_values import API_VERSION, KIND, KINDS_WORDS, RULE
from instanceview.cli.value_types import NameType, NumberType
from instanceview.generating.hazards import hazards
from instanceview.generating.scenarios import ALL, scenarios

if TYPE_CHECKING:
    from collections.abc import Mapping


def _scenarios(_context: click.Context | None) -> Mapping[str, str]:
    return {**scenarios(), ALL: "Any of these, chosen by the seed of each document."}


def _hazards(_context: click.Context | None) -> Mapping[str, str]:
    return {ALL: "every hazard", **{name: each.about for name, each in hazards().items()}}


_SCENARIO = NameType("scenario", _scenarios)
_HAZARD = NameType("hazard", _hazards, listed_by="instanceview generate --list-hazards")
_FORMAT = NameType(
    "format", lambda _: {"json": "indented", "ndjson": "a line for each", "text": "for the list of hazards"}
)
_OF_DOCUMENTS = ("scenario", "count", "seed", "vary", "spoil")
"""The options that have no meaning for a list of hazards."""


class _Command(click.Command):
    """A command whose help lists the scenarios, which only the help reads."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each scenario with the sentence about it."""
        with formatter.section("Scenarios"):
            formatter.write_dl(list(_scenarios(ctx).items()))


@click.command(cls=_Command)
@click.option(
    "--scenario",
    metavar="NAME",
    type=_SCENARIO,
    help="Default: running for VMs and scale sets, succeeded for other kinds.",
)
@click.option(
    "--hazard",
    metavar="NAME",
    type=_HAZARD,
    help="Write a document that misleads readers, in place of a scenario; with all, N documents of each hazard.",
)
@click.option(
    "--list-hazards",
    is_flag=True,
    help="Explain the hazards, or that of --hazard, with the readers that each misleads.",
)
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest, or that of the hazard.")
@click.option(
    "--kind", metavar="KIND", type=KIND, is_eager=True, help=f"{KINDS_WORDS}; for a hazard, its own is the default."
)
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
    metavar="FORMAT",
    type=_FORMAT,
    help="json (the default; an array for several documents) or ndjson (one document per line); text for the list.",
)
@click.pass_context
def generate(context: click.Context, /, form: str | None, count: int, seed: int, **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Generate instance views of a scenario that conform to the tables of their kind and api-version.

    The same options give the same documents. A hazard is a document that conforms and that misleads common readers;
    the service sends such documents.
    """
    kind, version, fault = options["kind"], options["api_version"], options["spoil"]
    _refuse(context)
    if options["list_hazards"]:
        click.echo("\n".join(hazard_list(hazards_asked(options["hazard"] or ALL, kind, version), form)))
        return
    if options["hazard"]:
        subjects = of_hazards(options["hazard"], kind, version, fault)
    else:
        subjects = [of_scenario(options["scenario"], kind, version, vary=options["vary"])]
    texts = (each.text(number, fault) for each in subjects for number in range(seed, seed + count))
    if form == "ndjson":
        for text in texts:
            click.echo("".join(line.lstrip(" ") for line in text.split("\n")))  # JSON has no line break inside a text
    elif len(subjects) * count == 1:
        click.echo(next(texts))
    else:
        for index, text in enumerate(texts):
            click.echo(("," if index else "[") + f"\n{text}", nl=False)
        click.echo("\n]")


def _refuse(context: click.Context) -> None:
    """Raise UsageError for options that do not go together."""
    given = context.params
    if given["list_hazards"]:
        typed = [each for each in _OF_DOCUMENTS if context.get_parameter_source(each) == ParameterSource.COMMANDLINE]
        if typed:
            message = (
                f"--list-hazards writes no document; remove --{typed[0]}, or narrow the list with --hazard or --kind"
            )
            raise click.UsageError(message)
        return
    if given["form"] == "text":
        raise click.UsageError("--format text is for --list-hazards; documents are json or ndjson")
    if given["hazard"] and context.get_parameter_source("scenario") == ParameterSource.COMMANDLINE:
        raise click.UsageError("--hazard and --scenario both say what to show; give one of them")
    if given["hazard"] and given["vary"]:
        raise click.UsageError("--vary may remove what a hazard is about; use --seed for other names and times")
