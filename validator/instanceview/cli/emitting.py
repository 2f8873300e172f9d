"""Reports to their destinations: a file for each, or standard output, with colours or without."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from instanceview.cli.destinations import bad_output, named
from instanceview.reporting import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from instanceview.cli.destinations import Destination
    from instanceview.model.report import Report
    from instanceview.reporting import Layout

SUMMARY = "GITHUB_STEP_SUMMARY"
"""The environment variable with the file that GitHub Actions shows as the summary of a step."""

_BLOCK = 1 << 14
"""Characters that are written to standard output at once; not measured."""


def emit(report: Report, layout: Layout, places: Iterable[Destination], colour: str) -> None:
    """Write each report to its place; with `github`, append Markdown to the summary of the step, where there is one."""
    for name, file in places:
        text = pieces(name, report, layout._replace(colour=is_coloured(colour, file)))
        if file is None:
            for block in _blocks(text):
                click.echo(block, nl=False, color=True)  # the layout has the colours already
        else:
            write_file(file, text)
        if name == "github" and os.environ.get(SUMMARY):
            from pathlib import Path

            _append(Path(os.environ[SUMMARY]), "".join(pieces("markdown", report, layout)))


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the same text in fewer pieces: to show a piece takes as long as to make it."""
    block: list[str] = []
    size = 0
    for piece in pieces:
        block.append(piece)
        size += len(piece)
        if size > _BLOCK:
            yield "".join(block)
            block, size = [], 0
    yield "".join(block)


def is_coloured(choice: str, file: Path | None) -> bool:
    """Return True if a report has colours: by the option, else by FORCE_COLOR and NO_COLOR, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (file is None and sys.stdout.isatty())


def write_file(file: Path, text: Iterable[str]) -> None:
    """Write a report to a file; raises BadParameter where it cannot be written."""
    from instanceview.cli.output import write_whole  # as above: 7 ms

    try:
        write_whole(file, text)
    except OSError as error:
        raise bad_output(f"cannot write {_reason(file, error)}; choose another file") from None


def _append(file: Path, text: str) -> None:
    try:
        with file.open("a", encoding="utf-8", newline="\n") as summary:
            summary.write(text)
    except OSError as error:
        raise click.BadParameter(f"cannot write {_reason(file, error)}", param_hint=SUMMARY) from None


def _reason(file: Path, error: OSError) -> str:
    return f"{named(file)}: {(error.strerror or str(error)).lower()}"
