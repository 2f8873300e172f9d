"""The options of a command in groups, as its help shows them, each with its environment variable below it."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from instanceview.cli.options import key_of, variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_COLUMN = 32
"""Columns for the names of an option; longer names have their own line. click allows 30 and two spaces."""


def write_groups(context: click.Context, formatter: click.HelpFormatter, groups: Mapping[str, Sequence[str]]) -> None:
    """Write a section for each group, which has the keys of its options, then one for the other options."""
    options = [each for each in context.command.get_params(context) if isinstance(each, click.Option)]
    grouped = {key for keys in groups.values() for key in keys}
    others = [key_of(each) for each in options if key_of(each) not in grouped]
    for title, keys in {**groups, "Other options": others}.items():
        with formatter.section(title):
            for option in (each for each in options if key_of(each) in keys):
                for line in _lines(option, context, formatter.width - formatter.current_indent - _COLUMN):
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")


def _lines(option: click.Option, context: click.Context, width: int) -> Iterator[str]:
    """Yield the lines of an option: its names and its variable at the left, its help at the right."""
    names, text = option.get_help_record(context) or ("", "")
    left = [names, *([f"  {variable(option)}"] if option.envvar else [])]
    wrapped = textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)
    right = wrapped
    for number, one in enumerate(left):
        right = right if len(one) <= _COLUMN - 2 else [*right[:number], "", *right[number:]]
    for one, two in zip_longest(left, right, fillvalue=""):
        yield f"{one:{_COLUMN}}{two}".rstrip()
