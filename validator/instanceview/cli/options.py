"""Parameter types that the commands share: names of rules, api-versions, kinds and elements.

Each takes one of its names, suggests the nearest for any other text, and completes names in a shell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.checking.engines import ENGINES
from instanceview.model.names import UnknownNameError, known
from instanceview.model.pointer import without_indices
from instanceview.model.text import quote
from instanceview.reporting import FORMATS
from instanceview.tables.catalog import api_versions
from instanceview.tables.kinds import KIND_VALUES, KINDS, any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from click.shell_completion import CompletionItem

    _Type = click.ParamType[str]
    Names = Callable[[click.Context | None], Mapping[str, str]]
else:
    _Type = click.ParamType  # not generic before click 8.4


class NameType(_Type):
    """A parameter that takes one of some names; `names` has a few words for each, which a shell may show beside it.

    One class serves all, since the classes of click are slow to define and every command waits for them.
    """

    def __init__(self, name: str, names: Names, read: Callable[[str], str] = str, listed_by: str = "") -> None:
        """Keep what the parameter is called, and the command that lists its names where they are many."""
        self.name = name
        self.names = names
        self.read = read
        self.listed_by = listed_by

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; any other text is a usage error that suggests the nearest."""
        # Without the context: an element of another kind is known, and the command says where it stands.
        names = tuple(self.names(None))
        name = self.read(value)
        if name not in names and self.listed_by:
            hint = _suggestion(name, names)
            self.fail(f"unknown {self.name} {quote(value)};{hint} `{self.listed_by}` lists them all", param, ctx)
        try:
            return known(self.name, name, names)
        except UnknownNameError as error:
            self.fail(str(error), param, ctx)

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 (click's interface)
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the names that begin with what was typed."""
        from click.shell_completion import CompletionItem  # as in the functions below, only needed for a completion

        names = self.names(ctx).items()
        return [CompletionItem(name, help=words or None) for name, words in names if name.startswith(incomplete)]


class NumberType(click.IntRange):
    """A parameter that takes a whole number, `min` or more."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 (click's own)
        """Return the number; anything else is a usage error that says what is allowed, which click leaves out."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"expected a whole number, {self.min} or more; found {quote(value)}", param, ctx)


def _suggestion(value: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only needed on the way out

    folded = {name.lower(): name for name in names}
    # Who types the last name of a path most likely means a place that has it.
    last = next((name for name in names if name.lower().endswith(f".{value.lower()}")), "")
    nearest = last or next((folded[each] for each in get_close_matches(value.lower(), folded, n=1)), "")
    return f' did you mean "{nearest}"?' if nearest else ""


def _kinds(_context: click.Context | None) -> Mapping[str, str]:
    return {name: kind.about for name, kind in KIND_VALUES.items()}


def _api_versions(_context: click.Context | None) -> Mapping[str, str]:
    return dict.fromkeys(api_versions(), "")


def _engines(_context: click.Context | None) -> Mapping[str, str]:
    return dict(zip(ENGINES, ("jsonschema-rs, the default", "jsonschema, slower"), strict=True))


def _formats(_context: click.Context | None) -> Mapping[str, str]:
    return FORMATS


def _rules(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.rules import RULES

    return {rule.name: rule.sentence for rule in RULES}


def _elements(context: click.Context | None) -> Mapping[str, str]:
    """Return the elements of the kind that the command line names, of every kind when it names none."""
    from instanceview.tables.elements import below, tree

    kind = context.params.get("kind") if context else None
    kinds = [kind] if kind in KINDS else KINDS
    return {element.path: element.member.about for each in kinds for element in below(tree(each))}


def complete_rule_list(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the last name of a list of rules, RULE,..., as `check --select` and `--ignore` take it."""
    from click.shell_completion import CompletionItem

    before, comma, last = incomplete.rpartition(",")
    items = RULE.shell_complete(ctx, param, last)
    return [CompletionItem(f"{before}{comma}{item.value}", help=item.help) for item in items]


def complete_severity(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete RULE=LEVEL, as `check --severity` takes it."""
    from click.shell_completion import CompletionItem

    rule, equals, level = incomplete.partition("=")
    if equals:
        words = ("error", "warning", "note")
        return [CompletionItem(f"{rule}={word}") for word in words if word.startswith(level)]
    return [CompletionItem(f"{item.value}=", help=item.help) for item in RULE.shell_complete(ctx, param, rule)]


def complete_output(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 (click's interface)
    """Complete FORMAT=FILE, as `check --output` takes it; the shell completes the file."""
    from click.shell_completion import CompletionItem

    if "=" in incomplete:
        return [CompletionItem(incomplete, type="file")]
    formats = [CompletionItem(f"{name}=", help=about) for name, about in FORMATS.items() if name.startswith(incomplete)]
    return formats or [CompletionItem(incomplete, type="file")]


KIND = NameType("kind", _kinds)
KINDS_WORDS = f"{KINDS[0]} (the default), {any_of(KINDS[1:])}"
"""The kinds, as the help of an option or argument lists them."""
API_VERSION = NameType("api-version", _api_versions)
ENGINE = NameType("engine", _engines)
FORMAT = NameType("format", _formats, listed_by="instanceview check --help")
RULE = NameType("rule", _rules, listed_by="instanceview explain")
ELEMENT = NameType("element", _elements, without_indices, "instanceview tables")


# What is done once and not every time: a configuration or a variable that always wrote a baseline would hide all.
_ONCE = frozenset({"write-baseline", "prune-baseline"})


def key_of(parameter: click.Parameter) -> str:
    """Return the key of an option: its longest name without the dashes before it.

    >>> key_of(click.Option(["--quiet", "-q"]))
    'quiet'
    """
    return max(parameter.opts, key=len).lstrip("-")


def settable(parameter: click.Parameter) -> bool:
    """Return whether a parameter can be set by the environment and by a configuration, beside the command line."""
    return isinstance(parameter, click.Option) and key_of(parameter) not in _ONCE


def variable(parameter: click.Parameter) -> str:
    """Return the environment variable of an option.

    >>> variable(click.Option(["--fail-on"]))
    'INSTANCEVIEW_FAIL_ON'
    """
    return f"INSTANCEVIEW_{key_of(parameter).upper().replace('-', '_')}"
