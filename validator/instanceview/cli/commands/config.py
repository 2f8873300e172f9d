"""`instanceview config`: the settings of `check` in this folder, and the source of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from instanceview.cli.commands.check import check
from instanceview.cli.options import key_of, settable, variable
from instanceview.model.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from instanceview.running.configuration.settings import Configuration

_WIDE = 44  # columns of key and value before the comment with the source; most settings fit


class Setting(NamedTuple):
    """A setting in effect: its key, its value (None: not set), the kind of its source, and the source."""

    key: str
    value: object
    source: str
    where: str | None


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
def config(form: str) -> None:
    """Show the settings that check has in this folder, and where each comes from.

    An option of check goes before its environment variable, that before the nearest .instanceview.toml or
    [tool.instanceview] in pyproject.toml, in this folder or above it, and that before the default.
    """
    context = check.make_context("check", ["-"])
    configuration: Configuration = context.obj
    settings = list(_settings(context, configuration))
    sections = [_section(configuration, number) for number in range(len(configuration.values.get("per-file", ())))]
    if form == "json":
        content = {"file": configuration.file, "settings": [each._asdict() for each in settings], "perFile": sections}
        click.echo(json.dumps(content, indent=1))
    else:
        click.echo("\n".join(_toml_lines(configuration, settings, sections)))


def _settings(context: click.Context, configuration: Configuration) -> Iterator[Setting]:
    """Yield the settings in the order of the help of `check`."""
    for parameter in context.command.params:
        key, name = key_of(parameter), parameter.name or ""
        if not settable(parameter):
            continue
        value = context.params[name]
        if key == "severity":
            value = dict(each.partition("=")[::2] for each in value)
        if context.get_parameter_source(name) == ParameterSource.ENVIRONMENT:
            yield Setting(key, _plain(value), "environment", variable(parameter))
        elif key in configuration.values:
            stated = configuration.values[key] if value is None else value
            yield Setting(key, _plain(stated), "file", f"{configuration.file}:{configuration.lines[key,]}")
        else:
            yield Setting(key, _plain(value), "default", None)


def _plain(value: Any) -> object:  # noqa: ANN401 (the value of any option)
    """Return an option's value as a JSON value."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int, dict)) else str(value)


def _section(configuration: Configuration, number: int) -> dict[str, Any]:
    where = f"{configuration.file}:{configuration.lines['per-file', number]}"
    return {**configuration.values["per-file"][number], "where": where}


def _toml_lines(configuration: Configuration, settings: list[Setting], sections: list[dict[str, Any]]) -> Iterator[str]:
    """Yield TOML with the sources as comments; a key that is not set is a comment altogether."""
    yield f"# {configuration.file or 'no configuration file in this folder or above it'}"
    for key, value, source, where in settings:
        text = f"# {key} is not set" if value is None else f"{key} = {_toml(value)}"
        yield f"{text:{_WIDE}}  # {where or source}"
    for section in sections:
        yield f"\n{'[[per-file]]':{_WIDE}}  # {section['where']}"
        yield from (f"{key} = {_toml(value)}" for key, value in section.items() if key != "where")


def _toml(value: object) -> str:
    """Return a value as TOML: JSON, but for the equals signs of a table."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(each)}' for key, each in value.items())} }}" if value else "{}"
    return escape(json.dumps(value, ensure_ascii=False))
