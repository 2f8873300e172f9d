"""`instanceview config`: the settings of `check` and `report` for some paths, and the source of each."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from instanceview.cli.commands.check import check
from instanceview.cli.commands.report import report
from instanceview.cli.options import configurable, key_of, variable
from instanceview.cli.shared_options import form_option
from instanceview.model.paths import relative
from instanceview.model.redaction import redact_value
from instanceview.model.text import harmless, safe
from instanceview.running.configuration.per_file import sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from instanceview.running.configuration.settings import Configuration

_NONE = "no configuration file in this folder or above it"
_WIDE = 44  # columns of key and value before the comment with the source; most settings fit


class Setting(NamedTuple):
    """A setting in effect: its key, its value (None if it is not set), the kind of its source, and the source."""

    key: str
    value: object
    source: str
    where: str | None


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@form_option("text", "json")
def config(paths: tuple[str, ...], form: str) -> None:
    """Show the settings of check and report, in this folder or for paths, and the source of each.

    If each PATH is a file, only the [[per-file]] sections that match one are shown. Later sections take precedence.

    Precedence: option, environment variable, configuration file, default. The configuration is the nearest
    .instanceview.toml, or [tool.instanceview] in pyproject.toml, in this folder or above it. Without one, it is
    the nearest in the folder that all paths share, or above that. Only one is read. With check --no-config, or
    INSTANCEVIEW_NO_CONFIG=1, none is read.
    """
    named = ["--", *(paths or ["-"])]
    context = check.make_context("check", named)
    configuration: Configuration = context.obj
    of_report = report.make_context("report", ["--quiet", *named])  # quiet: warnings are printed above
    settings = [*_settings(context, configuration, ()), *_settings(of_report, configuration, check.params)]
    about = [_section(configuration, number) for number in _numbers(configuration, paths)]
    if form == "json":
        content = {"file": configuration.file, "settings": [each._asdict() for each in settings], "perFile": about}
        click.echo(harmless(json.dumps(redact_value(content), indent=1)))
    else:
        head = "no configuration is read (--no-config)" if context.params["no_config"] else _NONE
        click.echo("\n".join(_toml_lines(configuration.file or head, settings, about)))


def _numbers(configuration: Configuration, paths: tuple[str, ...]) -> Iterator[int]:
    """Yield the numbers of the sections to show: all of them, or those that match a file if all paths are files."""
    files = {relative(path, configuration.folder) for path in paths if not os.path.isdir(path)}  # noqa: PTH112 (a Path raises for a name that is too long)
    is_narrowed = len(files) == len(set(paths)) > 0
    for number, section in enumerate(sections(configuration)):
        if not is_narrowed or any(section.matches(file) for file in files):
            yield number


def _settings(
    context: click.Context, configuration: Configuration, others: Iterable[click.Parameter]
) -> Iterator[Setting]:
    """Yield the settings of a command in the order of its help, without those that it shares with `others`."""
    shared = {key_of(each) for each in others}
    for parameter in context.command.params:
        key, name = key_of(parameter), parameter.name or ""
        if not configurable(parameter) or key in shared:
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


def _toml_lines(head: str, settings: list[Setting], about: list[dict[str, Any]]) -> Iterator[str]:
    """Yield TOML with the sources as comments; a key that is not set is only a comment."""
    yield f"# {head}"
    for key, value, source, where in settings:
        text = f"# {key} is not set" if value in (None, [], {}) else f"{key} = {_toml(value)}"
        yield f"{text:{_WIDE}}  # {where or source}"
    for section in about:
        yield f"\n{'[[per-file]]':{_WIDE}}  # {section['where']}"
        yield from (f"{key} = {_toml(value)}" for key, value in section.items() if key != "where")


def _toml(value: object) -> str:
    """Return a value as TOML, which is JSON except for the equals signs of a table."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(each)}' for key, each in value.items())} }}" if value else "{}"
    return safe(json.dumps(value, ensure_ascii=False))
