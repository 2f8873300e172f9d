"""`instanceview check`: the options, and the run that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from instanceview.checking.engines import ENGINES
from instanceview.cli.arguments import inputs_of, listed
from instanceview.cli.configured import ConfiguredCommand
from instanceview.cli.destinations import destinations, emit
from instanceview.cli.options import (
    API_VERSION,
    ENGINE,
    FORMAT,
    KIND,
    RULE,
    NumberType,
    complete_output,
    complete_rule_list,
    complete_severity,
)
from instanceview.cli.progress import Progress, task_advance
from instanceview.model.names import UnknownNameError, known
from instanceview.model.severity import Severity
from instanceview.model.text import quote
from instanceview.reporting import FORMATS, Layout, need_documents
from instanceview.running.pool import EndedError, Job, cores, summarise
from instanceview.running.tally import Selection, Wanted
from instanceview.tables.kinds import KINDS, any_of

if TYPE_CHECKING:
    from instanceview.running.baseline import Baseline

SEVERITIES = tuple(severity.value for severity in reversed(Severity))
COLOURS = ("auto", "always", "never")
GROUPS = {
    "Input": (
        "api-version",
        "kind",
        "exclude",
        "no-ignore",
        "as-folder",
        "files-from",
        "changed",
        "changed-since",
        "list-files",
        "stdin-filename",
        "no-config",
        "no-dedupe",
    ),
    "Selection": ("select", "ignore", "severity", "fail-on", "exit-zero", "max-findings"),
    "Output": ("format", "output", "statistics", "documents", "no-fold", "color", "verbose", "quiet"),
    "Baseline": ("baseline", "write-baseline", "prune-baseline"),
    "Performance": ("jobs", "engine"),
}
"""The groups of the options in the help: a new option is declared below, and its key is here."""


class CannotCheckError(click.ClickException):
    """A run that cannot go on; the text is the reason."""

    exit_code = 2


@click.command(cls=ConfiguredCommand, groups=GROUPS)
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--api-version",
    metavar="VERSION",
    type=API_VERSION,
    help="Check against the tables of this api-version (default: that of the request, else the newest).",
)
@click.option(
    "--kind",
    metavar="KIND",
    type=KIND,
    help=f"Check as {any_of(KINDS)} (default: by the request, else by the members of the document).",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN,...",
    help="Skip paths that match (.gitignore syntax), in folders and with --as-folder.",
)
@click.option("--no-ignore", is_flag=True, help="Ignore .gitignore and --exclude, and read the folders of other tools.")
@click.option("--as-folder", is_flag=True, help="Skip named files that are not instance views, as in a folder.")
@click.option("--files-from", metavar="FILE", help="Read file names from this file or - (separated by NUL or lines).")
@click.option("--changed", is_flag=True, help="Check only new files and files that differ from HEAD in git.")
@click.option("--changed-since", metavar="REV", help="Check only new files and files that differ from this revision.")
@click.option("--list-files", is_flag=True, help="Print the files that would be opened, without opening them.")
@click.option("--stdin-filename", metavar="NAME", default="<stdin>", help="Name of standard input in the report.")
@click.option("--no-config", is_flag=True, help="Read no configuration file.")
@click.option("--no-dedupe", is_flag=True, help="Check repeated documents every time.")
@click.option(
    "--select", multiple=True, metavar="RULE,...", shell_complete=complete_rule_list, help="Report only these rules."
)
@click.option(
    "--ignore", multiple=True, metavar="RULE,...", shell_complete=complete_rule_list, help="Do not report these rules."
)
@click.option(
    "--severity",
    multiple=True,
    metavar="RULE=LEVEL",
    shell_complete=complete_severity,
    help="Report a rule as error, warning or note.",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    help="Exit with 1 for a finding of this severity or above (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 despite findings, 2 if an input is unreadable.")
@click.option("--max-findings", type=NumberType(min=0), metavar="N", help="Report the first N findings; count all.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    type=FORMAT,
    help=f"{', '.join(list(FORMATS)[:-1])} or {list(FORMATS)[-1]} (default: text); repeatable.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="[FORMAT=]FILE",
    shell_complete=complete_output,
    help="Write a report to this file, in FORMAT or in that of its suffix; repeatable.",
)
@click.option(
    "--statistics", is_flag=True, help="Count by rule, element, status code and api-version; in text and json."
)
@click.option("--documents", is_flag=True, help="List each document with its kind and api-version; in json.")
@click.option("--no-fold", is_flag=True, help="Show all findings of one rule at one element of a document.")
@click.option("--color", type=click.Choice(COLOURS), default="auto", help="Use colours (default: auto, on a terminal).")
@click.option("--verbose", "-v", is_flag=True, help="List what was skipped, and every kind and api-version.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and nothing else.")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Hide the known findings that this file lists.")
@click.option("--write-baseline", is_flag=True, help="Write all findings to the baseline, then hide them.")
@click.option("--prune-baseline", is_flag=True, help="Remove fixed findings from the baseline.")
@click.option(
    "--jobs", type=NumberType(min=1), metavar="N", help="Use N processor cores (default: all); same findings."
)
@click.option(
    "--engine",
    metavar="ENGINE",
    default=ENGINES[0],
    type=ENGINE,
    help="compiled (jsonschema-rs, the default) or reference (jsonschema); same findings.",
)
@click.pass_context
def check(context: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Check every instance view in files, folders, globs and standard input (-); without PATH, in the current folder.

    They can be at any depth of JSON and YAML, in recordings of requests, and in any text, such as a log or a page.

    Exits with 0 if all conform, 1 with findings at or above --fail-on, and 2 if an input could not be checked.

    Options can also be set in .instanceview.toml and by the environment variable below each option. Precedence:
    option, environment variable, file, default. `instanceview config` shows each value and its source.
    """
    places = destinations(options["formats"], options["outputs"])
    layout = _layout(context, options)
    baseline, selection = _baseline(options), _selection(options)
    wanted = Wanted(
        options["engine"],
        selection._replace(most=None if baseline else selection.most),
        any(need_documents(place.format, layout) for place in places) or baseline is not None,
        options["statistics"],
    )
    job = Job(wanted, options["kind"], options["api_version"], context.obj)
    inputs = inputs_of(context)
    if options["list_files"]:
        context.exit(listed(inputs, verbose=layout.verbose))
    progress = Progress(paths, quiet=layout.quiet)
    try:
        summary = summarise(
            progress.begun(inputs.steps()),
            job,
            options["jobs"] or cores(),
            lambda done: progress.watch(done, task_advance),
        )
    except EndedError as error:
        raise CannotCheckError(str(error)) from None
    result = summary.report(Severity(options["fail_on"]))
    if baseline:
        from instanceview.cli.known_findings import without_known  # loaded already

        result = without_known(baseline, result, selection, options)
    if inputs.nothing and not (layout.quiet or result.documents or result.skipped or result.unreadable):
        click.echo(inputs.nothing, err=True)
    emit(result, layout, places, options["color"])
    context.exit(0 if options["exit_zero"] and result.exit_code == 1 else result.exit_code)


def _layout(context: click.Context, options: dict[str, Any]) -> Layout:
    """Return the layout that the options make; of `--quiet` and `--verbose` the one that goes first by precedence."""
    quiet, verbose = options["quiet"], options["verbose"]
    if quiet and verbose:
        sources = [context.get_parameter_source(name) for name in ("quiet", "verbose")]
        if sources[0] == sources[1]:
            raise click.UsageError("--quiet and --verbose exclude each other; use one of them")
        order = [ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT]
        quiet = next(source for source in order if source in sources) == sources[0]
        verbose = not quiet
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


def _selection(options: dict[str, Any]) -> Selection:
    """Return the selection of findings that the options make."""
    select = _rule_names("--select", options["select"])
    severities = dict(_severity(text) for text in options["severity"])
    ignore = _rule_names("--ignore", options["ignore"])
    return Selection(select or None, ignore, severities, options["max_findings"], once=not options["no_dedupe"])


def _rule_names(option: str, values: tuple[str, ...]) -> frozenset[str]:
    names = (name.strip() for value in values for name in value.split(","))
    return frozenset(_rule_name(option, name) for name in names if name)


def _rule_name(option: str, name: str) -> str:
    try:
        return RULE.convert(name, None, None)
    except click.BadParameter as error:
        words = name.split()
        rules = RULE.names(None) if len(words) > 1 else {}
        are_rules = bool(rules) and all(word in rules for word in words)
        message = f"{quote(name)} is several rules; separate them with commas" if are_rules else error.message
        raise click.BadParameter(message, param_hint=option) from None


def _severity(text: str) -> tuple[str, Severity]:
    name, equals, level = text.partition("=")
    if not equals:
        message = f"expected RULE=LEVEL, found {quote(text)}; levels: {', '.join(SEVERITIES)}"
        raise click.BadParameter(message, param_hint="--severity")
    try:
        return _rule_name("--severity", name), Severity(known("severity", level, SEVERITIES))
    except UnknownNameError as error:
        raise click.BadParameter(f"{error}; write RULE=LEVEL", param_hint="--severity") from None
