"""The options `--baseline`, `--write-baseline` and `--prune-baseline` of `check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from instanceview.cli.output import write_for
from instanceview.model.text import number_of, safe
from instanceview.running.baseline import Baseline, hidden, opened, refused
from instanceview.running.baseline.entries import BaselineError, as_text

if TYPE_CHECKING:
    from instanceview.model.report import Report
    from instanceview.running.wanted import Selection

_OPTIONS = {"write_baseline": "--write-baseline", "prune_baseline": "--prune-baseline"}


def open_baseline(options: dict[str, Any]) -> Baseline | None:
    """Return the baseline that the options name, None where they name none.

    Raises click.UsageError for options that contradict each other, and for a file that is not a baseline.
    """
    flags = [name for option, name in _OPTIONS.items() if options[option]]
    name: str | None = options["baseline"]
    if len(flags) > 1:
        raise click.UsageError(f"{' and '.join(flags)} exclude each other; use one of them")
    if name is None:
        if flags:
            raise click.UsageError(f"{flags[0]} needs a baseline; name its file with --baseline FILE")
        return None
    try:
        return opened(Path(name), may_be_missing=options["write_baseline"], writer="--write-baseline")
    except BaselineError as error:
        raise click.BadParameter(str(error), param_hint="--baseline") from None


def without_known(baseline: Baseline, report: Report, selection: Selection, options: dict[str, Any]) -> Report:
    """Return the report without the known findings, and write the baseline if an option asks for it."""
    report = refused(report)
    compared = baseline.compare(report, selection.wants)
    if options["write_baseline"]:
        write_for("--baseline", baseline.file, as_text(compared.others | compared.found))
        _echo(f"{number_of(compared.found.total(), 'finding')} written to", baseline, options)
        others = {each.origin for each in report.counted}
        return hidden(report, [finding.document not in others for finding in report.findings], selection.most)
    if options["prune_baseline"]:
        if compared.gone:
            write_for("--baseline", baseline.file, as_text(baseline.known - compared.gone))
        _echo(f"{number_of(compared.gone.total(), 'finding')} removed from", baseline, options)
    elif compared.gone:
        are, them = ("are", "them") if compared.gone.total() > 1 else ("is", "it")
        gone = number_of(compared.gone.total(), "finding")
        _echo(f"{gone} of the baseline {are} no longer found; --prune-baseline removes {them} from", baseline, options)
    return hidden(report, compared.answers, selection.most)


def _echo(words: str, baseline: Baseline, options: dict[str, Any]) -> None:
    if not options["quiet"]:
        click.echo(f"{words} {safe(str(baseline.file))}", err=True)
