"""`instanceview extract`: the documents of recordings, each in its own file."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from instanceview.cli.arguments import inputs_of
from instanceview.cli.commands.extraction import write_documents
from instanceview.cli.commands.manifest import NAME, manifest_pieces
from instanceview.cli.limit_options import limit_options, limits_in
from instanceview.cli.output import write_whole
from instanceview.cli.progress import Progress, item_advance
from instanceview.model.report import Report
from instanceview.model.skipped import skipped_groups
from instanceview.model.text import number_of, reason_of, safe
from instanceview.reading.inputs import read_steps
from instanceview.reporting import render

if TYPE_CHECKING:
    from instanceview.cli.arguments import Inputs
    from instanceview.cli.commands.extraction import Extraction
    from instanceview.model.limits import Limits


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option(
    "--to",
    "folder",
    required=True,
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Write to this folder, which must be new or empty.",
)
@click.option("--exclude", multiple=True, metavar="PATTERN,...", help="Skip paths that match (.gitignore syntax).")
@click.option("--no-ignore", is_flag=True, help="Ignore .gitignore and --exclude, and read the folders of other tools.")
@click.option("--verbatim", is_flag=True, help="Do not redact signatures, tokens and keys in documents and URLs.")
@click.option("--no-dedupe", is_flag=True, help="Write repeated documents every time.")
@limit_options()
@click.pass_context
def extract(context: click.Context, /, folder: Path, *, verbatim: bool, no_dedupe: bool, **_of_inputs: object) -> None:
    """Write each document in files, folders, globs, archives and standard input (-) to its own file in a folder.

    Without PATH, the current folder is read.

    A document is written as recorded, to FOLDER/<api-version>/<kind>-<number>.json. FOLDER/manifest.json
    lists the source of each. Exits with 2 if an input is unreadable; the others are written.
    """
    try:
        limits = limits_in(context.params)
        extraction = _extracted(inputs_of(context), folder, limits, verbatim=verbatim, no_dedupe=no_dedupe)
    except OSError as error:  # unreadable inputs are not errors here; the outcome has them
        message = f'cannot write to "{safe(str(folder))}": {reason_of(error)}; choose a new or empty folder'
        raise click.BadParameter(message, param_hint="--to") from None
    click.echo(_outcome(extraction, folder), nl=False)
    context.exit(2 if extraction.unreadable else 0)


def _extracted(inputs: Inputs, folder: Path, limits: Limits, *, verbatim: bool, no_dedupe: bool) -> Extraction:
    """Write the documents and the manifest; raises OSError where the folder cannot be written or is not empty."""
    planned = [*inputs.steps()]  # before the folder exists, since it may be inside one that is read
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
    documents = Progress(inputs.paths).watch(read_steps(planned, limits), item_advance)
    extraction = write_documents(documents, folder, verbatim=verbatim, once=not no_dedupe)
    if extraction.written or extraction.skipped:
        write_whole(folder / NAME, manifest_pieces(extraction, verbatim=verbatim))
    elif is_new:
        folder.rmdir()  # a mistyped name leaves no folder
    return extraction


def _outcome(extraction: Extraction, folder: Path) -> str:
    """Return the lines of unreadable inputs as `check` prints them, then the counts."""
    lines = render(Report(unreadable=extraction.unreadable), quiet=True)
    number = len(extraction.written)
    again = f", {extraction.recorded} recorded" if extraction.recorded > number else ""
    counts = [f"{number_of(number, 'document')}{again}: written to {safe(str(folder))}"]
    if not (number or extraction.skipped):
        counts = ["0 documents: nothing written"]
    redacted = sum(each.redacted for each in extraction.written)
    counts += [f"{redacted} with secrets redacted"] if redacted else []
    counts += [f"{len(extraction.unreadable)} unreadable"] if extraction.unreadable else []
    skipped = skipped_groups(extraction.skipped_by, names_options=True)
    listed = f"skipped: {skipped}; {NAME} has the reasons\n" if skipped else ""
    return f"{lines}{'; '.join(counts)}\n{listed}"
