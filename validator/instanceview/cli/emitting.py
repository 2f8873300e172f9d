"""Writes reports to their destinations: files or standard output, with colours or without."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from instanceview.cli.destinations import named
from instanceview.model.text import reason_of
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
"""The least characters that are written to standard output at once; not measured."""


def emit(report: Report, layout: Layout, targets: Iterable[Destination], colour: str) -> None:
    """Write each report to its target; `github` also appends Markdown to the summary of the step, if there is one."""
    for name, file in targets:
        text = pieces(name, report, layout._replace(colour=is_coloured(colour, file)))
        if file is None:
            for block in _blocks(text):
                click.echo(block, nl=False, color=True)  # the layout has the colours already
        else:
            from instanceview.cli.output import write_for  # most runs write no file: 7 ms

            write_for("--output", file, text)
        if name == "github" and os.environ.get(SUMMARY):
            from pathlib import Path

            _append(Path(os.environ[SUMMARY]), "".join(pieces("markdown", report, layout)))


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the same text in fewer pieces, since to print a piece takes as long as to make it."""
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


def _append(file: Path, text: str) -> None:
    try:
        with file.open("a", encoding="utf-8", newline="\n") as summary:
            summary.write(text)
    except OSError as error:
        message = f"cannot write {named(file)}: {reason_of(error)}; set it to a file that can be written"
        raise click.BadParameter(message, param_hint=SUMMARY) from None
