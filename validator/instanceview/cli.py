"""The command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from instanceview.catalog import KINDS, UnknownNameError, api_versions, known
from instanceview.engines import ENGINES
from instanceview.model import Severity
from instanceview.reporters import REPORTERS

if TYPE_CHECKING:
    from collections.abc import Callable

SEVERITIES = tuple(severity.value for severity in reversed(Severity))


def _one_of(what: str, names: Callable[[], tuple[str, ...]]) -> Callable[..., str | None]:
    """Return a callback that takes one of the names and suggests the nearest for any other text."""

    def convert(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
        try:
            return None if value is None else known(what, value, names())
        except UnknownNameError as error:
            raise click.BadParameter(str(error)) from None

    return convert


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="instanceview", message="instanceview %(version)s")
def cli() -> None:
    """Check Azure VM instance views against the documented element tables of their api-version."""


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--api-version",
    metavar="VERSION",
    callback=_one_of("api-version", api_versions),
    help="Judge by the tables of this api-version (default: the newest).",
)
@click.option(
    "--kind",
    metavar="KIND",
    callback=_one_of("kind", lambda: KINDS),
    help=f"Judge as {', '.join(KINDS[:-1])} or {KINDS[-1]} (default: by the document's shape).",
)
@click.option(
    "--engine",
    metavar="ENGINE",
    default=ENGINES[0],
    callback=_one_of("engine", lambda: ENGINES),
    help="compiled (jsonschema-rs, the default) or reference (jsonschema); the findings are the same.",
)
@click.option("--format", "form", type=click.Choice(list(REPORTERS)), default="text", help="Default: text.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the report to this file, whole or not at all.")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default="error",
    help="Exit with 1 from this severity on (default: error).",
)
@click.pass_context
def check(context: click.Context, /, paths: tuple[str, ...], output: Path | None, **options: str) -> None:
    """Check the documents in files, folders, globs and standard input (-).

    Exits with 0 when all conform, 1 with findings at or above --fail-on, 2 when something could not be judged.
    """
    from instanceview.api import judged_as  # so that --version and --help load no tables
    from instanceview.inputs import read_all
    from instanceview.judge import report

    inputs = judged_as(read_all(paths), options["kind"], options["api_version"])
    result = report(inputs, fail_on=Severity(options["fail_on"]), engine_name=options["engine"])
    _emit(REPORTERS[options["form"]](result), output)
    context.exit(result.exit_code)


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    from instanceview.output import write_whole  # only with --output

    try:
        write_whole(output, text)
    except OSError as error:
        message = f'cannot write "{output}": {(error.strerror or str(error)).lower()}; choose another file'
        raise click.BadParameter(message, param_hint="--output") from None
