"""The commands besides `check`: each in a file of its own, imported only when it runs.

`instanceview check` is started in hooks and loops, so it must not pay for its siblings: the command line knows them
by the strings below.
"""

from __future__ import annotations

from typing import NamedTuple


class LazyCommand(NamedTuple):
    """Where a command is found, `module:attribute`, and what the list of commands says of it."""

    target: str
    short_help: str


COMMANDS = {
    "extract": LazyCommand(
        "instanceview.cli.commands.extract:extract", "Write the documents of recordings to files of their own."
    ),
    "explain": LazyCommand(
        "instanceview.cli.commands.explain:explain", "Explain a rule, list all rules, or look up an element."
    ),
    "code": LazyCommand("instanceview.cli.commands.code:code", "Take status codes apart and say what they mean."),
    "tables": LazyCommand("instanceview.cli.commands.tables:tables", "Show the element table of a kind."),
    "schema": LazyCommand("instanceview.cli.commands.schema:schema", "Print a JSON Schema, or where it lies."),
    "diff": LazyCommand("instanceview.cli.commands.diff:diff", "Say what differs between two api-versions."),
    "config": LazyCommand(
        "instanceview.cli.commands.config:config", "Show the settings of check and where each comes from."
    ),
    "generate": LazyCommand(
        "instanceview.cli.commands.generate:generate", "Write documents that conform, or that have one fault."
    ),
}
"""Every command of this package, in the order that help lists them."""
