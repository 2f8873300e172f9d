"""`instanceview generate`: documents that conform, or that have exactly one fault, to feed mocks and load tests."""

from __future__ import annotations

import json
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from instanceview.cli.commands.hazard_texts import hazard_list
from instanceview.cli.options import API_VERSION, KIND, KINDS_WORDS, RULE, NameType, NumberType
from instanceview.generating.hazards import able, hazards
from instanceview.generating.hazards import hazard as hazard_document
from instanceview.generating.scenarios import ScenarioError, scenarios
from instanceview.generating.scenarios import scenario as document_of
from instanceview.generating.spoiling import CannotSpoilError, scopes
from instanceview.generating.spoiling import spoil as spoiled
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from instanceview.generating.hazards import Hazard
    from instanceview.literals import ApiVersion, KindName

_ALL = "all"


def _scenarios(_context: click.Context | None) -> Mapping[str, str]:
    return scenarios()


def _hazards(_context: click.Context | None) -> Mapping[str, str]:
    return {_ALL: "every hazard", **{name: each.about for name, each in hazards().items()}}


_SCENARIO = NameType("scenario", _scenarios, listed_by="instanceview generate --help")
_HAZARD = NameType("hazard", _hazards, listed_by="instanceview generate --list-hazards")


class _Command(click.Command):
    """A command whose help lists the scenarios, which are read for the help alone."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each scenario with its subject."""
        with formatter.section("Scenarios"):
            formatter.write_dl(list(_scenarios(ctx).items()))


@click.command(cls=_Command)
@click.option("--scenario", metavar="NAME", type=_SCENARIO, default="running", help="Default: running.")
@click.option(
    "--hazard",
    metavar="NAME",
    type=_HAZARD,
    help="Write a document that misleads readers, in place of a scenario; with all, N documents of each hazard.",
)
@click.option("--list-hazards", is_flag=True, help="Explain the hazards, with the readers that each misleads.")
@click.option("--api-version", metavar="VERSION", type=API_VERSION, help="Default: the newest, or that of the hazard.")
@click.option("--kind", metavar="KIND", type=KIND, help=f"{KINDS_WORDS}; for a hazard, its own is the default.")
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
    help="json (the default; an array for several documents) or ndjson (one document per line).",
)
@click.pass_context
def generate(context: click.Context, /, form: str | None, count: int, seed: int, **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Generate instance views of a scenario that conform to the tables of their kind and api-version.

    The same options give the same documents. A hazard is a document that conforms and that misleads common readers;
    the service sends such documents.
    """
    if options.pop("list_hazards"):
        asked = _hazards_asked(options.pop("hazard") or _ALL, **options)
        click.echo("\n".join(hazard_list(asked, form)))
        return
    if options["hazard"]:
        _refuse_those_of_scenarios(context)
    subjects = _subjects(**options)
    texts = (_text(each, number, options["spoil"]) for each in subjects for number in range(seed, seed + count))
    if form == "ndjson":
        for text in texts:
            click.echo("".join(line.lstrip(" ") for line in text.split("\n")))  # JSON has no line break inside a text
    elif len(subjects) * count == 1:
        click.echo(next(texts))
    else:
        for index, text in enumerate(texts):
            click.echo(("," if index else "[") + f"\n{text}", nl=False)
        click.echo("\n]")


def _refuse_those_of_scenarios(context: click.Context) -> None:
    """Raise UsageError for an option of scenarios beside a hazard."""
    if context.get_parameter_source("scenario") == ParameterSource.COMMANDLINE:
        raise click.UsageError("--hazard and --scenario both say what to show; give one of them")
    if context.params["vary"]:
        raise click.UsageError("--vary may remove what a hazard is about; use --seed for other names and times")


class _Subject(NamedTuple):
    """What documents are to show, and their kind and api-version; `make` returns the document of a seed."""

    make: Callable[..., dict[str, Any]]
    name: str
    kind: KindName
    api_version: ApiVersion
    note: str = ""


def _subjects(hazard: str | None, scenario: str, *, vary: bool, **options: Any) -> list[_Subject]:  # noqa: ANN401 (as above)
    """Return the subjects that the options ask for: a scenario or hazards."""
    kind, version = options["kind"], options["api_version"]
    if hazard is None:
        made = partial(document_of, vary=vary)
        return [_Subject(made, scenario, kind or KINDS[0], version or api_versions()[-1])]
    return [
        _Subject(hazard_document, each.name, kind or each.kind, version or each.api_version, each.note)
        for each in _hazards_asked(hazard, **options)
    ]


def _hazards_asked(
    hazard: str, kind: KindName | None, api_version: ApiVersion | None, spoil: str | None, **_: object
) -> list[Hazard]:
    """Return the hazards that are asked for; of all, those that the kind, the api-version and the fault leave."""
    if hazard != _ALL:
        return [hazards()[hazard]]
    shown = [hazards()[name] for name in able(kind, api_version)]
    if spoil is None:
        return shown
    able_to = set(scopes(spoil))
    scoped = ((each, (kind or each.kind, api_version or each.api_version)) for each in shown)
    return [each for each, scope in scoped if scope in able_to and not each.note] or shown


def _text(subject: _Subject, seed: int, spoil: str | None) -> str:
    """Return a document as indented JSON; a usage error names the options that do not go together."""
    kind, version = subject.kind, subject.api_version
    if spoil and subject.note:
        raise click.UsageError(
            f'hazard "{subject.name}" has the note {subject.note} beside any fault; use another hazard'
        )
    try:
        document = subject.make(subject.name, kind=kind, api_version=version, seed=seed)
        if spoil is None:
            return json.dumps(document, indent=1)
        return spoiled(document, spoil, Random(seed), kind=kind, api_version=version).text  # noqa: S311 (no cipher)
    except (ScenarioError, CannotSpoilError) as error:
        raise click.UsageError(str(error)) from None
