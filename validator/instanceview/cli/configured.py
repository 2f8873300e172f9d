"""A command whose options can also be set by the environment and by the nearest configuration file.

Precedence: the option, its variable `INSTANCEVIEW_…`, the configuration, the default.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from instanceview.cli.options import PREFIX, configurable, key_of, settable, variable
from instanceview.model.paths import relative
from instanceview.running.configuration import nearest
from instanceview.running.configuration.settings import ONCE, Configuration, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_OF_DOCUMENTS = frozenset({"api-version", "kind"})
"""The keys whose values in a request URL take precedence over a configuration, so that documents get them later."""

_PREFIXES = (PREFIX, "INSTANCE_VIEW_")
"""The beginnings of variables that are meant for us: the right one, and one with an underscore too many."""
_FILES = frozenset({"output", "baseline"})
"""The keys whose values are files, which a configuration names relative to its folder."""
_LISTS = {"select": "rule", "extend-select": "rule", "ignore": "rule", "exclude": "pattern"}
"""The keys of options that take a list of any texts, each with the word for one of them."""


class UnusableError(click.ClickException):
    """A configuration that cannot be used, which is not a usage error, since the command line is right."""

    exit_code = 2


class ConfiguredCommand(click.Command):
    """A click command that takes missing options from the environment, then from a configuration.

    The configuration is the context's `obj`, for its settings that are not options. `groups` has the keys of the
    options in each group of the help, by its title. `own` are the keys that mean something else here than in `check`,
    for which the environment and the configuration are written: only the command line sets them.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (click's own arguments)
        groups: Mapping[str, Sequence[str]],
        own: Collection[str] = (),
        **kwargs: Any,  # noqa: ANN401 (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        self._groups = groups
        for parameter in self.params:
            if settable(parameter) and key_of(parameter) not in own:
                parameter.envvar = variable(parameter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options for `--help`, in groups."""
        from instanceview.cli.option_groups import write_groups  # a run without --help saves a module

        write_groups(ctx, formatter, self._groups)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, then fill in the settings of the configuration; help needs no configuration."""
        with _naming_variables():
            rest = super().parse_args(ctx, args)
            if not ctx.resilient_parsing:
                _refuse_empty(ctx)
        if not ctx.resilient_parsing:
            _warn_of_variables(ctx)
            ctx.obj = configure(ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (click's own result)
        """Run the command; an error about an option's value names the variable that has it."""
        with _naming_variables():
            return super().invoke(ctx)


def _refuse_empty(ctx: click.Context) -> None:
    """Raise BadParameter for an option that takes a list and is given none, most likely by an empty variable.

    Nobody who passes an empty list means the default, which is to report every finding.
    """
    for parameter in ctx.command.params:
        key, name = key_of(parameter), parameter.name or ""
        is_given = key in _LISTS and ctx.get_parameter_source(name) != ParameterSource.DEFAULT
        if is_given and not any(each.strip(", ") for each in ctx.params[name]):
            message = f"names no {_LISTS[key]}; name one, or omit the option"
            raise click.BadParameter(message, ctx, parameter)


def _warn_of_variables(ctx: click.Context) -> None:
    """Print a warning for each environment variable that is most likely a misspelt variable of an option."""
    known = {variable(each) for each in ctx.command.params if each.envvar}
    others = [name for name in os.environ if name.upper().startswith(_PREFIXES) and name not in known]
    if others and not ctx.params["quiet"]:
        from instanceview.cli.variables import misspelt  # most environments have none

        single = (each for each in ctx.command.params if isinstance(each, click.Option) and key_of(each) in ONCE)
        for line in misspelt(others, known, {variable(each): f"--{key_of(each)}" for each in single}):
            click.echo(line, err=True)


def configure(ctx: click.Context) -> Configuration:
    """Give options that have their defaults the values of the nearest configuration, and return it.

    It is searched from the working folder upwards, then from the folder that all paths of the command share. Raises
    UnusableError where it cannot be used.
    """
    if ctx.params["no_config"]:
        return Configuration()
    try:
        configuration = nearest(os.getcwd(), ctx.params["paths"])
    except FileNotFoundError:  # the working directory was deleted
        configuration = Configuration()
    except ConfigurationError as error:
        raise UnusableError(str(error)) from None
    for parameter in ctx.command.params:
        key = key_of(parameter)
        default = ctx.get_parameter_source(parameter.name or "") == ParameterSource.DEFAULT
        is_shared = configurable(parameter) and key not in _OF_DOCUMENTS
        if default and is_shared and key in configuration.values:
            value = as_option(parameter, configuration)
            ctx.params[parameter.name or ""] = parameter.type_cast_value(ctx, value)
            ctx.set_parameter_source(parameter.name or "", ParameterSource.DEFAULT_MAP)
    if configuration.unread and not ctx.params["quiet"]:
        message = f"settings in {configuration.unread} are ignored; {configuration.file} takes precedence"
        click.echo(message, err=True)
    return configuration


def as_option(parameter: click.Parameter, configuration: Configuration) -> object:
    """Return a setting in the form of its option: files relative to the working directory, severities as RULE=LEVEL."""
    value: Any = configuration.values[key_of(parameter)]
    if isinstance(value, dict):
        return [f"{name}={each}" for name, each in value.items()]
    if key_of(parameter) not in _FILES:
        return value
    return (
        [_file_from_here(each, configuration) for each in value]
        if parameter.multiple
        else _file_from_here(value, configuration)
    )


def _file_from_here(value: str, configuration: Configuration) -> str:
    """Return a file of a configuration relative to the working directory; a prefix FORMAT= or ./ is kept."""
    before, file = re.findall("^([a-z-]+=)?(.*)", value, re.DOTALL)[0]
    seen = relative(os.path.join(configuration.folder, file))
    # `./json` is a file, and `json` would be refused as a format without a file.
    return f"./{seen}" if file.startswith("./") and not before and "/" not in seen else f"{before}{seen}"


@contextmanager
def _naming_variables() -> Iterator[None]:
    """Make an error about a value from the environment name the variable, since that is to be changed."""
    try:
        yield
    except click.BadParameter as error:
        context, parameter = error.ctx or click.get_current_context(silent=True), error.param
        if context and parameter is None:
            named = [each for each in context.command.params if error.param_hint in each.opts]
            parameter = next(iter(named), None)
        if context and parameter and context.get_parameter_source(parameter.name or "") == ParameterSource.ENVIRONMENT:
            error.param_hint = variable(parameter)
        raise
