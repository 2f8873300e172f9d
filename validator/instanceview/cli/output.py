"""Writes a report: to a file as a whole or not at all, to a pipe or device directly."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from instanceview.cli.destinations import named
from instanceview.model.text import reason_of
from instanceview.running.held_back import ENDING, held_back

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """Write a report to a file so that nobody ever sees half of it; a pipe or device is written, never replaced.

    `text` may come in pieces. Missing folders are made. Raises OSError, and then the old content is still there.
    """
    pieces = [text] if isinstance(text, str) else text
    if path.exists() and (not path.is_file() or path.is_relative_to("/dev") or path.is_relative_to("/proc")):
        with path.open("ab") as file:  # /dev/stdout may be a file that others have written to
            file.writelines(piece.encode("utf-8") for piece in pieces)
        return
    target = Path(os.path.realpath(path))  # a link stays a link to the new content
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    with held_back(*ENDING):  # else a signal could leave our temporary file beside the one that it replaces
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(piece.encode("utf-8") for piece in pieces)
            Path(name).chmod(_mode(target))
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def write_for(option: str, path: Path, text: str | Iterable[str]) -> None:
    """Write a file that an option names, as `write_whole` does; raises BadParameter where it cannot be written."""
    try:
        write_whole(path, text)
    except OSError as error:
        message = f"cannot write {named(path)}: {reason_of(error)}; choose another file"
        raise click.BadParameter(message, param_hint=option) from None


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file would have."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
