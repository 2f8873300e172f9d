"""Decorators of the options that several commands have: what is read, and how much is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from instanceview.cli.named_values import API_VERSION, KIND, complete_rule_list, complete_severity
from instanceview.cli.value_types import NameType, NumberType, output_completion
from instanceview.tables.kinds import any_of, choice_of_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")

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
    """Return a decorator that gives a command the argument PATH and the options that say what is read.

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
            is_eager=True,  # here and elsewhere: it decides which api-versions are suggested
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


def form_option(*names: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the option `--format`, as `form`: one of some names, else the first."""
    return click.option(
        "--format",
        "form",
        metavar="FORMAT",
        type=NameType("format", lambda _: {name: _FORMS[name] for name in names}),
        default=names[0],
        help=f"{any_of(names)} (default: {names[0]}).",
    )


def destination_options(kind: NameType, what: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the options `--format` and `--output`, for `cli/destinations.py`.

    `kind` has the formats, the first of them the default; `what` is what they show, for the help.
    """
    formats = kind.names(None)
    return all_of(
        (
            click.option(
                "--format",
                "formats",
                multiple=True,
                metavar="FORMAT",
                type=kind,
                help=f"{any_of(tuple(formats))} (default: {next(iter(formats))}); repeatable.",
            ),
            click.option(
                "--output",
                "outputs",
                multiple=True,
                metavar="[FORMAT=]FILE",
                shell_complete=output_completion(formats),
                help=f"Write {what} to this file, in FORMAT or in that of its suffix; repeatable.",
            ),
        )
    )


_FORMS = {
    "text": "for a terminal",
    "json": "for programs",
    "csv": "for tables and scripts",
    "markdown": "for pages",
}


def selection_options() -> Callable[[Command], Command]:
    """Return a decorator that gives a command the options that say which findings count, and how severe they are."""
    return all_of(
        (
            click.option(
                "--select",
                multiple=True,
                metavar="RULE,...",
                shell_complete=complete_rule_list,
                help="Report only these rules.",
            ),
            click.option(
                "--extend-select",
                multiple=True,
                metavar="RULE,...",
                shell_complete=complete_rule_list,
                help="Report these rules too, which are off by default; fidelity is all rules of that family.",
            ),
            click.option(
                "--ignore",
                multiple=True,
                metavar="RULE,...",
                shell_complete=complete_rule_list,
                help="Do not report these rules.",
            ),
            click.option(
                "--severity",
                multiple=True,
                metavar="RULE=LEVEL",
                shell_complete=complete_severity,
                help="Report a rule as error, warning or note.",
            ),
        )
    )


def output_options(quiet: str, verbose: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the options `--color`, `--verbose` and `--quiet`, with their help."""
    colours = ("auto", "always", "never")
    return all_of(
        (
            click.option(
                "--color",
                type=click.Choice(colours, case_sensitive=False),
                default="auto",
                help="Use colours (default: auto, on a terminal).",
            ),
            click.option("--verbose", "-v", is_flag=True, help=verbose),
            click.option("--quiet", "-q", is_flag=True, help=quiet),
        )
    )


def jobs_option(same: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the option `--jobs`; `same` is what is the same for any number."""
    return click.option(
        "--jobs", type=NumberType(min=1), metavar="N", help=f"Use N processor cores (default: all); same {same}."
    )


def quiet_or_verbose(context: click.Context) -> tuple[bool, bool]:
    """Return the values of `--quiet` and `--verbose`; of both, the one that goes first by precedence is True.

    Raises UsageError where the same source sets both.
    """
    quiet, verbose = context.params["quiet"], context.params["verbose"]
    if quiet and verbose:
        sources = [context.get_parameter_source(name) for name in ("quiet", "verbose")]
        if sources[0] == sources[1]:
            raise click.UsageError("--quiet and --verbose exclude each other; use one of them")
        order = [ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT]
        quiet = next(source for source in order if source in sources) == sources[0]
        verbose = not quiet
    return quiet, verbose


def _flag(name: str, about: str) -> Callable[[Command], Command]:
    return click.option(name, is_flag=True, help=about)


def all_of(decorators: tuple[Callable[[Command], Command], ...]) -> Callable[[Command], Command]:
    """Return one decorator in place of several, of which the first is the outermost."""

    def decorated(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorated
