"""Refuses outputs that are inputs of the same run before anything is read, since the input would be lost."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import click

from instanceview.model.document import Skipped
from instanceview.model.text import safe
from instanceview.reading.contents import contents
from instanceview.reading.folders import member
from instanceview.reading.paths import STDIN, paths_of, simple
from instanceview.reading.sources import File

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from instanceview.cli.arguments import Inputs


def refuse_inputs(outputs: Iterable[tuple[Path | None, str]], inputs: Inputs, *others: object) -> None:
    """Raise BadParameter for an output that is also an input; each output has the name of its option.

    Files are compared by their identity, so that links and other spellings are the same file. `others` are further
    files that options name and the run reads. A file in a named folder is an input if it has a document or is broken,
    for which it is read up to its first document. A report of an earlier run has none.
    """
    existing = [(os.fspath(file), option) for file, option in outputs if file is not None and _is_file(file)]
    if not existing:
        return
    paths = [*paths_of(inputs.paths), *map(simple, inputs.names)]
    named = [each for each in (*paths, *others) if isinstance(each, str) and _is_file(each)]
    folders = [os.path.realpath(each) for each in paths if os.path.isdir(each)]
    is_piped = STDIN in inputs.paths or STDIN in others
    for file, option in existing:
        is_input = any(os.path.samefile(file, each) for each in named) or (is_piped and _is_standard_input(file))
        if is_input or (_is_below(file, folders) and _is_read(file, inputs)):
            raise click.BadParameter(f'"{safe(file)}" is also an input; name another file', param_hint=option)


def _is_file(path: str | Path) -> bool:
    """Return True for a file that exists; a pipe or a device such as /dev/stdout is written, never replaced."""
    try:
        return os.path.isfile(path)
    except ValueError:  # the name has a NUL
        return False


def _is_standard_input(file: str) -> bool:
    try:
        status = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError):  # it is closed, or in memory
        return False
    return stat.S_ISREG(status.st_mode) and os.path.samestat(status, os.stat(file))


def _is_below(file: str, folders: Iterable[str]) -> bool:
    path = os.path.realpath(file)
    return any(path.startswith(os.path.join(folder, "")) for folder in folders)


def _is_read(file: str, inputs: Inputs) -> bool:
    step = member(file, inputs.choice)
    return isinstance(step, File) and any(not isinstance(item, Skipped) for item in contents(step))
