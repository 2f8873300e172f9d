"""`instanceview state`: the options, and the run that they ask for."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from instanceview.checking.machine_state.expecting import read
from instanceview.checking.machine_state.path_values import UNKNOWN
from instanceview.checking.machine_state.paths import paths
from instanceview.cli.arguments import inputs_of
from instanceview.cli.configured import ConfiguredCommand
from instanceview.cli.destinations import Forms, destinations
from instanceview.cli.input_options import INPUT, input_options, jobs_option
from instanceview.cli.limit_options import LIMITS, limit_options, limits_in
from instanceview.cli.progress import Progress
from instanceview.cli.shared_options import destination_options, output_options, quiet_or_verbose
from instanceview.cli.state_output import Output, advance
from instanceview.cli.value_types import NameType
from instanceview.model.names import UnknownNameError, fold, known
from instanceview.reporting.states import FORMATS, Layout
from instanceview.reporting.states.rendering import Asked, rendered
from instanceview.reporting.states.words import FACETS
from instanceview.running.job import Job
from instanceview.running.pool import cores
from instanceview.running.runs import mapped
from instanceview.running.wanted import Wanted

GROUPS = {
    "Input": INPUT,
    "Selection": ("facets", "expect"),
    "Output": ("format", "output", "color", "verbose", "quiet"),
    "Performance": ("jobs",),
    "Limits": LIMITS,
}
"""The groups of the options in the help."""
_OWN = ("facets", "expect", "format", "output", "verbose")
_FORM = NameType("format", lambda _: FORMATS)
_FORMS = Forms(
    _FORM,
    {
        ".json": ("json", "ndjson"),
        ".ndjson": ("ndjson",),
        ".jsonl": ("ndjson",),
        ".csv": ("csv",),
        ".md": ("markdown", "text"),
    },
)


def _complete_facets(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Complete the last name of FACET,... in a shell."""
    before, comma, last = typed.rpartition(",")
    return [f"{before}{comma}{each}" for each in FACETS if each.startswith(last)]


def _complete_expectations(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Complete the last path or word of FACET=WORD,... in a shell; a word with spaces has hyphens in their place."""
    before, comma, last = typed.rpartition(",")
    path, equals, begun = last.partition("=")
    if not equals:
        return [f"{before}{comma}{each}=" for each in paths() if each.startswith(path)]
    known_words = paths()[path].known_words() if path in paths() else ()
    words = [each.replace(" ", "-") for each in known_words if each != UNKNOWN]
    return [f"{before}{comma}{path}={each}" for each in words if each.startswith(begun)]


@click.command("state", cls=ConfiguredCommand, groups=GROUPS, own=_OWN)
@input_options("Read")
@click.option(
    "--facets",
    multiple=True,
    metavar="FACET,...",
    shell_complete=_complete_facets,
    help=f"Show only these: {', '.join(FACETS)}.",
)
@click.option(
    "--expect",
    multiple=True,
    metavar="FACET=WORD,...",
    shell_complete=_complete_expectations,
    help="Exit with 1 unless every document has these words, such as power=running,extensions.failed=0.",
)
@destination_options(_FORM, "the states")
@output_options(
    quiet="Print states and nothing else.",
    verbose="Show every facet with its place, time and reason, and list what was skipped.",
)
@jobs_option("states")
@limit_options()
@click.pass_context
def machine_state(context: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Print the state of each machine and scale set in files, folders, globs and standard input (-).

    Without PATH, the current folder is read. It reads what check reads: documents, recordings, logs and archives.

    A machine has one line: its power state, provisioning, agent and extensions, each by the category of its status and
    never by its position. Facts that most readers miss are below it. A facet that cannot be known is unknown, with the
    reason.

    Exits with 0, with 1 where a document differs from --expect, and 2 if an input could not be read.
    """
    targets = destinations(options["formats"], options["outputs"], _FORMS)
    quiet, verbose = quiet_or_verbose(context)
    expected = _expected(options["expect"])
    layout = Layout(verbose=verbose, facets=_facets(options["facets"]), compares=bool(expected))
    inputs = inputs_of(context)
    if options["outputs"]:
        from instanceview.cli.overwriting import refuse_inputs  # most runs write no file

        refuse_inputs([(each.file, "--output") for each in targets], inputs, options["files_from"])
    if options["list_files"]:
        from instanceview.cli.listing import listed  # as above

        context.exit(listed(inputs, verbose=verbose))
    output = Output(targets, layout, options["color"], quiet=quiet)
    wanted = Wanted(limits=limits_in(options))
    job = Job(wanted, options["kind"], options["api_version"], context.obj)
    progress = Progress(paths, quiet=quiet)
    items = mapped(
        progress.begun(inputs.steps()),
        job,
        partial(rendered, asked=Asked(output.forms, expected)),
        options["jobs"] or cores(),
        once=not options["no_dedupe"],
    )
    code = output.write(progress.watch(items, advance), inputs.nothing)
    context.exit(code)


def _expected(texts: tuple[str, ...]) -> dict[str, str | int | None]:
    """Return the words that `--expect` names, by path; it is empty without the option."""
    try:
        return read(texts) if texts else {}
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--expect") from None


def _facets(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facets that `--facets` names, in the order of a state; none without the option."""
    named = {_facet(name.strip()) for text in texts for name in text.split(",") if name.strip()}
    if texts and not named:
        raise click.BadParameter("names no facet; name one, or omit the option", param_hint="--facets")
    return tuple(each for each in FACETS if each in named)


def _facet(typed: str) -> str:
    meant = next((each for each in FACETS if fold(each) == fold(typed)), typed)
    try:
        return known("facet", meant, FACETS)
    except UnknownNameError as error:
        raise click.BadParameter(str(error), param_hint="--facets") from None
