"""The command line: a group of commands, each of which is loaded when it runs."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from instanceview import __version__
from instanceview.cli.commands import COMMANDS, MODULES
from instanceview.model.ended import EndedError
from instanceview.model.names import unknown
from instanceview.model.redaction import redact_quoted
from instanceview.model.text import escape, quote, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARGUMENTS = "instanceview.arguments"
"""The key of all arguments in the context of click."""


class EndedRunError(click.ClickException):
    """A run that cannot go on; the text is the reason and the next step."""

    exit_code = 2


class LazyGroup(click.Group):
    """A click group that knows its commands by name, and loads one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's interface)
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's interface)
        """Load a command and return it; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        command: click.Command = getattr(import_module(f"instanceview.cli.commands.{module}"), module)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's interface)
        """Run the command; a run that the system ends has one line of error."""
        try:
            with _escaping(ctx.meta[_ARGUMENTS]):
                return super().invoke(ctx)
        except MemoryError:
            raise EndedRunError("there is not enough memory; try --jobs 1, or fewer files at once") from None
        except EndedError as error:
            raise EndedRunError(str(error)) from None
        except FileNotFoundError:
            if _is_here():
                raise
            raise EndedRunError("the current folder was removed; change to one that exists") from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options before the name of the command."""
        ctx.meta[_ARGUMENTS] = list(args)
        with _escaping(args):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name; the error for an unknown one has the nearest and all names."""
        name = args[0]
        if name not in COMMANDS and not ctx.resilient_parsing:
            if name == "-" or _is_path(name):
                ctx.fail(f"unknown command {quote(name)}; did you mean: instanceview check {_in_shell(name)}")
            if not name.startswith("-"):
                ctx.fail(unknown("command", name, tuple(COMMANDS), f"known: {', '.join(COMMANDS)}"))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's interface)
        """Write the list of commands for `--help`, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@contextmanager
def _escaping(arguments: list[str]) -> Iterator[None]:
    """Make the message of a wrong argument one safe line: click quotes it as it was typed, with its secrets.

    The whole arguments are at hand, since a list is split first, and the name of a secret may be in another part.
    """
    given = list(arguments)
    try:
        yield
    except click.UsageError as error:
        given += [value for name, value in os.environ.items() if name.startswith("INSTANCEVIEW_")]
        error.message = escape(redact_quoted(error.message, *given))  # type: ignore[misc]  # final only for its type; click reads it when it shows the error
        raise


def _is_here() -> bool:
    """Return True if the current folder exists."""
    try:
        os.getcwd()  # noqa: PTH109 (a Path takes 3 ms)
    except FileNotFoundError:
        return False
    return True


def _is_path(name: str) -> bool:
    """Return True if the word in place of a command is a file, a folder or a pattern, or looks like one.

    >>> [_is_path(name) for name in ("runs/a", "*.json", "none.har", ".", "chekc", "")]
    [True, True, True, True, False, False]
    """
    if re.search(r"[/\\*?\[]|^\.|\.[A-Za-z][A-Za-z0-9]*$", name):
        return True
    return bool(name) and not name.startswith("-") and os.path.lexists(name)


def _in_shell(name: str) -> str:
    """Return a name quoted for a shell, with control characters escaped."""
    from shlex import quote as shell_quoted  # a right command saves 1 ms

    return safe(shell_quoted(name))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="instanceview %(version)s")
def cli() -> None:
    """Check Azure VM instance views against the documented element tables of their api-version."""
