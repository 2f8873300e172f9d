"""`instanceview report`: the options, and the run that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.arguments import inputs_of
from instanceview.cli.configured import ConfiguredCommand
from instanceview.cli.input_options import INPUT, input_options, jobs_option
from instanceview.cli.limit_options import LIMITS, OF_FINDINGS, limit_options, limits_in
from instanceview.cli.listing import listed
from instanceview.cli.overwriting import refuse_inputs
from instanceview.cli.progress import summarised
from instanceview.cli.report_comparison import compared
from instanceview.cli.report_output import least_shares, outputs, write
from instanceview.cli.selecting import selection_of
from instanceview.cli.shared_options import quiet_or_verbose, selection_options
from instanceview.model.report import summary_line
from instanceview.reporting import Layout
from instanceview.reporting.conformance import terminal
from instanceview.reporting.conformance.build import conformance
from instanceview.reporting.conformance.thresholds import shortfall_lines, shortfalls
from instanceview.reporting.text_report import inputs_lines, skipped_lines, unreadable
from instanceview.running.job import Job
from instanceview.running.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.cli.arguments import Inputs
    from instanceview.model.report import Report
    from instanceview.reporting.conformance.values import Conformance

GROUPS = {
    "Input": INPUT,
    "Selection": ("select", "extend-select", "ignore", "severity"),
    "Output": ("html", "markdown", "json", "verbose", "quiet"),
    "Verdict": ("min-coverage", "compare", "fail-on-regression"),
    "Performance": ("jobs",),
    "Limits": (*LIMITS, OF_FINDINGS),
}
"""The groups of the options in the help."""
_OWN = ("html", "markdown", "json", "verbose", "compare", "fail-on-regression")


@click.command(cls=ConfiguredCommand, groups=GROUPS, own=_OWN)
@input_options("Read")
@selection_options()
@click.option("--html", metavar="FILE", help="Write the report as one page for a browser to this file.")
@click.option("--markdown", metavar="FILE", help="Write the report as Markdown to this file.")
@click.option("--json", metavar="FILE", help="Write the report as JSON to this file; its schema is coverage.json.")
@click.option(
    "--verbose",
    "-v",
    is_flag=True,
    help="List everything that was never seen, is undocumented or is a disagreement, and all changes.",
)
@click.option("--quiet", "-q", is_flag=True, help="Print errors and nothing else.")
@click.option(
    "--min-coverage",
    multiple=True,
    metavar="[KIND=]SHARE",
    help="Exit with 1 if fewer elements were seen, and list them: 80% for every kind, or vm=80% for one; repeatable.",
)
@click.option(
    "--compare",
    nargs=2,
    metavar="OLD NEW",
    help="Print the changes between two reports in JSON, as Markdown; - is standard input; do not give a PATH.",
)
@click.option("--fail-on-regression", is_flag=True, help="Exit with 1 if --compare finds a change for the worse.")
@jobs_option("report")
@limit_options(has_findings=True)
@click.pass_context
def report(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Report what was seen of each element table and status code in files, folders, globs and standard input (-).

    Without PATH, the current folder is read. The report lists elements and codes that are documented and never seen, or
    seen and undocumented, and places where documentation page, service and captures disagree. It is a summary with
    bars. With --html, --markdown or --json, the file has the report, and the terminal has only the first lines of the
    summary. The file - is standard output.

    Exits with 0, whatever is found, and with 2 if an input could not be read. With --min-coverage and
    --fail-on-regression, it can exit with 1.
    """
    quiet, verbose = quiet_or_verbose(context)
    if options["fail_on_regression"] and not options["compare"]:
        raise click.UsageError("--fail-on-regression needs two reports; name them with --compare OLD NEW")
    files = outputs(options)
    if options["compare"]:
        context.exit(compared(context, files, quiet=quiet, verbose=verbose))
    least = least_shares(options["min_coverage"])
    inputs = inputs_of(context)
    refuse_inputs([(file, f"--{form}") for form, file in files.items()], inputs, options["files_from"])
    if options["list_files"]:
        context.exit(listed(inputs, verbose=verbose))
    result = _checked(context, inputs, quiet=quiet)
    built = conformance(result)
    write(built, files)
    is_shown = None in files.values()  # then standard output has only the report
    if inputs.nothing and not (quiet or result.documents or result.skipped or result.unreadable):
        click.echo(inputs.nothing, err=True)
    for item in result.unreadable:
        click.echo(unreadable(item, Layout()), err=True)
    missing = shortfalls(built, least)
    if not quiet:
        pieces = _summary(result, built, Layout(verbose=verbose, names_options=True), is_short=bool(files))
        click.echo("".join(pieces), nl=bool(missing), err=is_shown)
    click.echo("".join(f"{line}\n" for line in shortfall_lines(missing)), nl=False, err=is_shown)
    context.exit(result.exit_code if result.unreadable else int(bool(missing)))


def _summary(result: Report, built: Conformance, layout: Layout, *, is_short: bool) -> Iterator[str]:
    """Yield the summary of a run for a terminal; where a file has the report, it is short."""
    yield from (f"{line}\n" for line in skipped_lines(result, layout))
    if is_short:
        yield from (f"{line}\n" for line in (summary_line(result), *inputs_lines(result, layout)))
    else:
        yield from terminal.pieces(built, inputs_lines(result, layout), is_whole=layout.verbose)


def _checked(context: click.Context, inputs: Inputs, *, quiet: bool) -> Report:
    """Return the result of the run, with its coverage and without its findings, which are only counted."""
    options = context.params
    wanted = Wanted(selection=selection_of({**options, "max_findings": 0}), coverage=True, limits=limits_in(options))
    job = Job(wanted, options["kind"], options["api_version"], context.obj)
    return summarised(inputs, job, options["jobs"], quiet=quiet).report()
