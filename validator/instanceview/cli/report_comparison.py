"""The option `--compare` of `instanceview report`: reads two reports and shows the changes between them."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from click.core import ParameterSource

from instanceview.cli.arguments import Inputs, UnusableInputError
from instanceview.cli.overwriting import refuse_inputs
from instanceview.cli.report_output import FORMS, write_pieces
from instanceview.model.text import one_line, quote, reason_of, safe
from instanceview.reading.files.whole import whole
from instanceview.reading.folders import EVERYTHING
from instanceview.reading.paths import STDIN
from instanceview.reporting.conformance import compare_markdown
from instanceview.reporting.conformance.compare import compare
from instanceview.reporting.conformance.values import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_COMPARE = ("compare", "fail_on_regression", *FORMS, "verbose", "quiet", "no_config")
"""The options that `--compare` allows; those of other forms have their own message."""


def compared(context: click.Context, files: Mapping[str, Path | None], *, quiet: bool, verbose: bool) -> int:
    """Print or write what changed between two reports, and return the exit code."""
    options = context.params
    if options["paths"]:
        raise click.UsageError("--compare takes two reports and no PATH; make a report of PATH with --json FILE first")
    for option in context.command.params:
        is_given = context.get_parameter_source(option.name or "") == ParameterSource.COMMANDLINE
        if is_given and option.name not in _OF_COMPARE:
            raise click.UsageError(f"{option.opts[0]} is not for --compare; use it where you make a report with --json")
    for form in ("html", "json"):
        if form in files:
            raise click.BadParameter("--compare writes Markdown; use --markdown FILE", param_hint=f"--{form}")
    refuse_inputs([(files.get("markdown"), "--markdown")], Inputs((), options["compare"], EVERYTHING, ""))
    old, new = (_report_in(name) for name in options["compare"])
    comparison = compare(old, new)
    pieces = compare_markdown.pieces(comparison, is_whole=verbose)
    if "markdown" in files:
        write_pieces(files["markdown"], pieces, "markdown")
    elif not quiet:
        click.echo("".join(pieces), nl=False)
    return int(bool(comparison.regressions) and options["fail_on_regression"])


def _report_in(name: str) -> dict[str, Any]:
    """Return the report in a file or in standard input; raises UnusableInputError for any other content."""
    step = "make one with: instanceview report PATH --json FILE"
    try:
        with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file:
            report = orjson.loads(whole(file))
    except OSError as error:
        raise UnusableInputError(f"--compare: {quote(name)} cannot be read: {reason_of(error)}; {step}") from None
    except ValueError:
        raise UnusableInputError(f"--compare: {quote(name)} is not JSON; {step}") from None
    version = report.get("version") if isinstance(report, dict) else None
    if not isinstance(report, dict) or "statusCodes" not in report:
        raise UnusableInputError(f"--compare: {quote(name)} is not a report of instanceview report; {step}")
    if version != VERSION:
        reason = f"has version {one_line(json.dumps(version))} of the report, expected {VERSION}"
        raise UnusableInputError(f"--compare: {quote(name)} {reason}; make it again from the same documents")
    fault = _fault(report)
    if fault:
        raise UnusableInputError(f"--compare: {quote(name)} differs from schemas/coverage.json at {fault}; {step}")
    content: dict[str, Any] = _safe_value(report)
    return content


def _safe_value(value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    """Return a JSON value with all texts made safe again, since another program may have written the file."""
    if isinstance(value, dict):
        return {_safe_value(name): _safe_value(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_safe_value(each) for each in value]
    return safe(value) if isinstance(value, str) else value


def _fault(report: dict[str, Any]) -> str:
    """Return the place of the first fault that the schema of the report finds, empty without one."""
    import jsonschema_rs  # only two reports need it

    from instanceview.tables.catalog import schemas_folder

    schema = json.loads((schemas_folder() / "coverage.json").read_bytes())
    error = next(iter(jsonschema_rs.Draft7Validator(schema).iter_errors(report)), None)
    return quote("".join(f"/{step}" for step in error.instance_path) or "/") if error else ""
