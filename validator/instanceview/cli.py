"""The command line: the commands, and the options of `check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from instanceview import __version__
from instanceview.catalog import KINDS, UnknownNameError, known
from instanceview.commands import COMMANDS
from instanceview.commands.configured import ConfiguredCommand
from instanceview.commands.lazy import LazyGroup
from instanceview.commands.options import API_VERSION, ENGINE, KIND, RULE, complete_rule_list, complete_severity
from instanceview.engines import ENGINES
from instanceview.layout import Layout
from instanceview.model import Severity
from instanceview.reporters import REPORTERS
from instanceview.text import escape

if TYPE_CHECKING:
    from instanceview.report import Selection

SEVERITIES = tuple(severity.value for severity in reversed(Severity))
COLOURS = ("auto", "always", "never")


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="instanceview %(version)s")
def cli() -> None:
    """Check Azure VM instance views against the documented element tables of their api-version."""


@cli.command(cls=ConfiguredCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--api-version",
    metavar="VERSION",
    type=API_VERSION,
    help="Judge by the tables of this api-version (default: the newest).",
)
@click.option(
    "--kind",
    metavar="KIND",
    type=KIND,
    help=f"Judge as {', '.join(KINDS[:-1])} or {KINDS[-1]} (default: by the document's shape).",
)
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
    help="Count a rule as error, warning or note.",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    help="Exit with 1 from this severity on (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; 2 stays for what cannot be judged.")
@click.option("--format", "form", type=click.Choice(list(REPORTERS)), default="text", help="Default: text.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the report to this file, whole or not at all.")
@click.option("--max-findings", type=click.IntRange(min=0), metavar="N", help="Report the first N findings; count all.")
@click.option("--no-fold", is_flag=True, help="Show every finding of one rule and element in a document.")
@click.option("--color", type=click.Choice(COLOURS), default="auto", help="Default: auto, on a terminal.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and nothing else.")
@click.option(
    "--stdin-filename", metavar="NAME", default="<stdin>", help="What standard input is called in the report."
)
@click.option(
    "--engine",
    metavar="ENGINE",
    default=ENGINES[0],
    type=ENGINE,
    help="compiled (jsonschema-rs, the default) or reference (jsonschema); the findings are the same.",
)
@click.option("--baseline", type=click.Path(path_type=Path), help="Hide the findings that this file knows.")
@click.option("--write-baseline", is_flag=True, help="Write all findings into the baseline, then hide them.")
@click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what is found no more.")
@click.pass_context
def check(context: click.Context, /, paths: tuple[str, ...], output: Path | None, **options: Any) -> None:  # noqa: ANN401 (click gives options by name)
    """Check the documents in files, folders, globs and standard input (-).

    Exits with 0 when all conform, 1 with findings at or above --fail-on, 2 when something could not be judged.

    Options can also stand in .instanceview.toml and in variables, INSTANCEVIEW_FAIL_ON for --fail-on; `instanceview
    config` shows what holds.
    """
    from instanceview.api import judged_as  # so that --version and --help load no tables
    from instanceview.commands.known_findings import open_baseline, without_known
    from instanceview.inputs import read_all
    from instanceview.report import report

    baseline, wanted = open_baseline(options), _selection(options)
    inputs = judged_as(read_all(paths, options["stdin_filename"]), options["kind"], options["api_version"])
    inputs = context.obj.configured(inputs)
    result = report(
        baseline.watch(inputs) if baseline else inputs,
        fail_on=Severity(options["fail_on"]),
        engine_name=options["engine"],
        selection=wanted._replace(most=None if baseline else wanted.most, ignored=context.obj.ignoring()),
    )
    if baseline:
        result = without_known(baseline, result, wanted, options)
    layout = Layout(_coloured(options["color"], output), not options["no_fold"], options["quiet"])
    _emit(REPORTERS[options["form"]](result, layout), output)
    context.exit(0 if options["exit_zero"] and result.exit_code == 1 else result.exit_code)


def _selection(options: dict[str, Any]) -> Selection:
    """Return the findings that --select, --ignore, --severity and --max-findings ask for."""
    from instanceview.report import Selection

    select = _rule_names("--select", options["select"])
    severities = dict(_severity(text) for text in options["severity"])
    return Selection(select or None, _rule_names("--ignore", options["ignore"]), severities, options["max_findings"])


def _rule_names(option: str, values: tuple[str, ...]) -> frozenset[str]:
    names = (name.strip() for value in values for name in value.split(","))
    return frozenset(_rule_name(option, name) for name in names if name)


def _rule_name(option: str, name: str) -> str:
    try:
        return RULE.convert(name, None, None)
    except click.BadParameter as error:
        raise click.BadParameter(error.message, param_hint=option) from None


def _severity(text: str) -> tuple[str, Severity]:
    name, _, level = text.partition("=")
    try:
        return _rule_name("--severity", name), Severity(known("severity", level, SEVERITIES))
    except UnknownNameError as error:
        raise click.BadParameter(f"{error}; write RULE=LEVEL", param_hint="--severity") from None


def _coloured(choice: str, output: Path | None) -> bool:
    """Return whether to colour: as asked, else as FORCE_COLOR and NO_COLOR say, else on a terminal only."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (output is None and sys.stdout.isatty())


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False, color=True)  # the layout has decided on colours
        return
    from instanceview.output import write_whole

    try:
        write_whole(output, text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f'cannot write "{escape(str(output))}": {reason}; choose another file'
        raise click.BadParameter(message, param_hint="--output") from None
