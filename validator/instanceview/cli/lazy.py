"""A group of commands that imports a command when it runs, and suggests the nearest name for an unknown one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from instanceview.model.text import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from instanceview.cli.commands import LazyCommand


class LazyGroup(click.Group):
    """A click group with commands that are only known by name until they run; those added as usual come first."""

    def __init__(self, *args: Any, lazy: Mapping[str, LazyCommand] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 (click's own arguments)
        super().__init__(*args, **kwargs)
        self.lazy: Mapping[str, LazyCommand] = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's interface)
        """Return the names of all commands, in the order they were added."""
        return [*self.commands, *(name for name in self.lazy if name not in self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now if it was not yet; None for an unknown name."""
        if cmd_name in self.lazy and cmd_name not in self.commands:
            module, _, attribute = self.lazy[cmd_name].target.partition(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments name; for an unknown one, the message has the nearest and all names."""
        names = self.list_commands(ctx)
        unknown = args[0] not in names and not args[0].startswith("-")
        if unknown and not ctx.resilient_parsing:
            from difflib import get_close_matches

            nearest = get_close_matches(args[0].lower(), names, n=1)
            suggestion = f' did you mean "{nearest[0]}"?' if nearest else ""
            ctx.fail(f"unknown command {quote(args[0])};{suggestion} known: {', '.join(names)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands for `--help` without importing them."""
        rows = [
            (name, self.commands[name].get_short_help_str(formatter.width))
            if name in self.commands
            else (name, self.lazy[name].short_help)
            for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
