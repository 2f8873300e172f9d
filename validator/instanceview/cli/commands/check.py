"""`instanceview check`: the options, and the run that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.checking.engines import ENGINES
from instanceview.cli.arguments import inputs_of
from instanceview.cli.configured import ConfiguredCommand
from instanceview.cli.destinations import destinations
from instanceview.cli.emitting import emit
from instanceview.cli.input_options import INPUT, input_options, jobs_option
from instanceview.cli.limit_options import LIMITS, OF_FINDINGS, limit_options, limits_in
from instanceview.cli.named_values import ENGINE, FORMAT
from instanceview.cli.progress import summarised
from instanceview.cli.selecting import SEVERITIES, selection_of
from instanceview.cli.shared_options import destination_options, output_options, quiet_or_verbose, selection_options
from instanceview.cli.value_types import NumberType
from instanceview.model.severity import Severity
from instanceview.reporting import Layout, need_documents
from instanceview.running.job import Job
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from instanceview.running.baseline import Baseline

GROUPS = {
    "Input": INPUT,
    "Selection": ("select", "extend-select", "ignore", "severity", "fail-on", "exit-zero", "max-findings"),
    "Output": ("format", "output", "statistics", "documents", "no-fold", "color", "verbose", "quiet"),
    "Baseline": ("baseline", "write-baseline", "prune-baseline"),
    "Performance": ("jobs", "engine"),
    "Limits": (*LIMITS, OF_FINDINGS),
}
"""The keys of the options in each group of the help; the options are declared below."""


@click.command(cls=ConfiguredCommand, groups=GROUPS)
@input_options("Check")
@selection_options()
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES, case_sensitive=False),
    default="error",
    help="Exit with 1 for a finding of this severity or above (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 despite findings, 2 if an input is unreadable.")
@click.option("--max-findings", type=NumberType(min=0), metavar="N", help="Report the first N findings; count all.")
@destination_options(FORMAT, "a report")
@click.option(
    "--statistics", is_flag=True, help="Count by rule, element, status code and api-version; in text and json."
)
@click.option("--documents", is_flag=True, help="List each document with its kind and api-version; in json.")
@click.option("--no-fold", is_flag=True, help="Show all findings of one rule at one element of a document.")
@output_options(
    quiet="Print findings and nothing else.", verbose="List what was skipped, and every kind and api-version."
)
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Hide the known findings that this file lists.")
@click.option("--write-baseline", is_flag=True, help="Write all findings to the baseline, then hide them.")
@click.option("--prune-baseline", is_flag=True, help="Remove fixed findings from the baseline.")
@jobs_option("findings")
@click.option(
    "--engine",
    metavar="ENGINE",
    default=ENGINES[0],
    type=ENGINE,
    help="compiled (jsonschema-rs, the default) or reference (jsonschema); same findings.",
)
@limit_options(has_findings=True)
@click.pass_context
def check(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Check every instance view in files, folders, globs and standard input (-); without PATH, in the current folder.

    They can be at any depth of JSON and YAML, in recordings of requests, and in any text, such as a log or a page.

    Exits with 0 if all conform, 1 with findings at or above --fail-on, and 2 if an input could not be checked.

    Options can also be set in .instanceview.toml and by the environment variable below each option. Precedence:
    option, environment variable, file, default. `instanceview config` shows each value and its source.
    """
    targets = destinations(options["formats"], options["outputs"])
    layout = _layout(context, options)
    baseline, selection = _baseline(options), selection_of(options)
    wanted = Wanted(
        options["engine"],
        selection._replace(most=None if baseline else selection.most),
        any(need_documents(each.format, layout) for each in targets) or baseline is not None,
        options["statistics"],
        limits=limits_in(options),
    )
    job = Job(wanted, options["kind"], options["api_version"], context.obj)
    inputs = inputs_of(context)
    if options["outputs"]:
        from instanceview.cli.overwriting import refuse_inputs  # most runs write no file

        read = (options["files_from"], options["baseline"])
        refuse_inputs([(each.file, "--output") for each in targets], inputs, *read)
    if options["list_files"]:
        from instanceview.cli.listing import listed  # as above

        context.exit(listed(inputs, verbose=layout.verbose))
    summary = summarised(inputs, job, options["jobs"], quiet=layout.quiet)
    result = summary.report(Severity(options["fail_on"]))
    if baseline:
        from instanceview.cli.known_findings import without_known  # loaded with the baseline

        result = without_known(baseline, result, selection, options)
    if inputs.nothing and not (layout.quiet or result.documents or result.skipped or result.unreadable):
        click.echo(inputs.nothing, err=True)
    emit(result, layout, targets, options["color"])
    context.exit(0 if options["exit_zero"] and result.exit_code == 1 else result.exit_code)


def _layout(context: click.Context, options: dict[str, Any]) -> Layout:
    """Return the layout that the options ask for."""
    quiet, verbose = quiet_or_verbose(context)
    return Layout(
        fold=not options["no_fold"],
        quiet=quiet,
        verbose=verbose,
        names_options=True,
        documents=options["documents"],
    )


def _baseline(options: dict[str, Any]) -> Baseline | None:
    """Return the baseline that the options name, None where they name none."""
    if not (options["baseline"] or options["write_baseline"] or options["prune_baseline"]):
        return None
    from instanceview.cli.known_findings import open_baseline  # a run without a baseline saves 17 ms

    return open_baseline(options)
