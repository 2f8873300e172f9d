"""Decorators of options that several commands have: the selection of findings, formats, and outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from instanceview.cli.named_values import KIND, complete_rule_list, complete_severity
from instanceview.cli.value_types import NameType, output_completion
from instanceview.tables.kinds import any_of, choice_of_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., Any]")
_FORMS = {
    "text": "for a terminal",
    "json": "for programs",
    "csv": "for tables and scripts",
    "markdown": "for pages",
}


def form_option(*names: str) -> Callable[[Command], Command]:
    """Return a decorator that gives a command the option `--format`, as `form`: one of these names, else the first."""
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


def one_kind_option() -> Callable[[Command], Command]:
    """Return a decorator that gives a command the option `--kind`, without which it shows all machine documents."""
    about = f"Only {choice_of_kinds()} (default: all machine documents)."
    return click.option("--kind", metavar="KIND", type=KIND, is_eager=True, help=about)


def selection_options() -> Callable[[Command], Command]:
    """Return a decorator that gives a command the options that select findings and set their severity."""
    return all_of(
        (
            _rules("--select", "Report only these rules."),
            _rules(
                "--extend-select",
                "Report these rules too, which are off by default; fidelity is all rules of that family.",
            ),
            _rules("--ignore", "Do not report these rules."),
            click.option(
                "--severity",
                multiple=True,
                metavar="RULE=LEVEL",
                shell_complete=complete_severity,
                help="Report a rule as error, warning or note.",
            ),
        )
    )


def _rules(name: str, about: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, metavar="RULE,...", shell_complete=complete_rule_list, help=about)


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


def quiet_or_verbose(context: click.Context) -> tuple[bool, bool]:
    """Return the values of `--quiet` and `--verbose`; where both are set, the source of higher precedence counts.

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


def all_of(decorators: tuple[Callable[[Command], Command], ...]) -> Callable[[Command], Command]:
    """Return one decorator that applies several; the first of them is the outermost."""

    def decorated(command: Command) -> Command:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorated
