"""Decorators of the argument PATH, of the options that name inputs, and of the number of processor cores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from instanceview.cli.named_values import API_VERSION, KIND
from instanceview.cli.shared_options import all_of
from instanceview.cli.value_types import NumberType
from instanceview.tables.kinds import choice_of_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from instanceview.cli.shared_options import Command

INPUT = (
    "api-version",
    "kind",
    "exclude",
    "no-ignore",
    "as-folder",
    "files-from",
    "changed",
    "changed-since",
    "list-files",
    "stdin-filename",
    "no-config",
    "no-dedupe",
)
"""The keys of `input_options`, for the groups of a help."""


def input_options(verb: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the argument PATH and the options that name inputs.

    `verb` is what the command does with a document, such as `Check`, for the help. `cli/arguments.py` reads them.
    """
    every = (
        click.argument("paths", nargs=-1, metavar="[PATH...]"),
        click.option(
            "--api-version",
            metavar="VERSION",
            type=API_VERSION,
            help="Use the tables of this api-version (default: that of the request, else the newest).",
        ),
        click.option(
            "--kind",
            metavar="KIND",
            type=KIND,
            is_eager=True,  # here and elsewhere: the api-versions that are suggested depend on it
            help=f"{verb} as {choice_of_kinds()} (default: by the request, else by the members of the document).",
        ),
        click.option(
            "--exclude",
            multiple=True,
            metavar="PATTERN,...",
            help="Skip paths that match (.gitignore syntax), in folders and with --as-folder.",
        ),
        _flag("--no-ignore", "Ignore .gitignore and --exclude, and read the folders of other tools."),
        _flag("--as-folder", "Skip named files that are not instance views, as in a folder."),
        click.option(
            "--files-from", metavar="FILE", help="Read file names from this file or - (separated by NUL or lines)."
        ),
        _flag("--changed", f"{verb} only new files and files that differ from HEAD in git."),
        click.option(
            "--changed-since", metavar="REV", help=f"{verb} only new files and files that differ from this revision."
        ),
        _flag("--list-files", "Print the files that would be opened, without opening them."),
        click.option(
            "--stdin-filename", metavar="NAME", default="<stdin>", help="Name of standard input in the report."
        ),
        _flag("--no-config", "Read no configuration file."),
        _flag("--no-dedupe", f"{verb} repeated documents every time."),
    )
    return all_of(every)


def jobs_option(same: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command `--jobs`; `same` is the word for output that does not depend on it."""
    return click.option(
        "--jobs", type=NumberType(min=1), metavar="N", help=f"Use N processor cores (default: all); same {same}."
    )


def _flag(name: str, about: str) -> Callable[[Command], Command]:
    return click.option(name, is_flag=True, help=about)
