"""The names of an option outside the command line: its key in a configuration, and its environment variable."""

from __future__ import annotations

import click

from instanceview.running.configuration.settings import ONCE

PREFIX = "INSTANCEVIEW_"
"""The beginning of the environment variable of an option."""
NO_CONFIG = "no-config"
"""The option that decides if a configuration is read, so that a configuration cannot set it."""


def key_of(parameter: click.Parameter) -> str:
    """Return the key of an option: its longest name without the dashes before it.

    >>> key_of(click.Option(["--quiet", "-q"]))
    'quiet'
    """
    return max(parameter.opts, key=len).lstrip("-")


def settable(parameter: click.Parameter) -> bool:
    """Return True if the environment can set a parameter, as the command line does."""
    return isinstance(parameter, click.Option) and key_of(parameter) not in ONCE


def configurable(parameter: click.Parameter) -> bool:
    """Return True if a configuration can set a parameter of a `ConfiguredCommand`, as the environment does."""
    return bool(parameter.envvar) and key_of(parameter) != NO_CONFIG


def variable(parameter: click.Parameter) -> str:
    """Return the environment variable of an option.

    >>> variable(click.Option(["--fail-on"]))
    'INSTANCEVIEW_FAIL_ON'
    """
    return f"{PREFIX}{key_of(parameter).upper().replace('-', '_')}"
