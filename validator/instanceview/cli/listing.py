"""The option `--list-files`: prints the files that a run would open, and opens none of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from instanceview.model.document import Skipped, shown_file
from instanceview.reading.inputs import FolderEnd
from instanceview.reading.sources import File, StandardInput

if TYPE_CHECKING:
    from instanceview.cli.arguments import Inputs


def listed(inputs: Inputs, *, verbose: bool) -> int:
    """Print each file that would be opened on its own line, and return the exit code.

    Standard error has the inputs that cannot be found, and with `verbose` those that are passed over.
    """
    code = 0
    for step in inputs.steps():
        if isinstance(step, (File, StandardInput)):
            is_missing = isinstance(step, File) and not os.path.exists(step.path)  # noqa: PTH110 (a Path raises for a name that is too long)
            click.echo(f"{shown_file(step.name)}{': no such file or directory' * is_missing}", err=is_missing)
            code = 2 if is_missing else code
            continue
        items = step.at_end(found_any=step.files > 0) if isinstance(step, FolderEnd) else [step]
        for item in items:
            is_skipped = isinstance(item, Skipped)
            if verbose or not is_skipped:
                click.echo(f"{shown_file(item.origin.file)}: {item.reason}", err=True)
            code = code if is_skipped else 2
    return code
