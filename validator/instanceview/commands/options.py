"""Parameter types that the commands share: names of rules, api-versions, kinds and elements.

Each takes one of its names, suggests the nearest for any other text, and completes names in a shell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from instanceview.catalog import KINDS, UnknownNameError, api_versions, known
from instanceview.engines import ENGINES
from instanceview.text import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.shell_completion import CompletionItem

    _Type = click.ParamType[str]
else:
    _Type = click.ParamType  # not generic before click 8.4


class NameType(_Type):
    """A parameter that takes one of some names; each name has a few words that a shell may show beside it."""

    def names(self, ctx: click.Context | None) -> Mapping[str, str]:
        """Return the names, each with its words."""
        raise NotImplementedError

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; any other text is a usage error that suggests the nearest."""
        try:
            return known(self.name, value, tuple(self.names(ctx)))
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


class KindType(NameType):
    """A kind of document."""

    name = "kind"

    def names(self, ctx: click.Context | None) -> Mapping[str, str]:  # noqa: ARG002 (kinds need no context)
        """Return the kinds, each with what it is the instance view of."""
        return dict(zip(KINDS, ("one VM of a scale set", "a single VM", "a scale set's summary"), strict=True))


class ApiVersionType(NameType):
    """One of the 30 api-versions."""

    name = "api-version"

    def names(self, ctx: click.Context | None) -> Mapping[str, str]:  # noqa: ARG002 (api-versions need no context)
        """Return the api-versions, oldest first."""
        return dict.fromkeys(api_versions(), "")


class EngineType(NameType):
    """One of the engines."""

    name = "engine"

    def names(self, ctx: click.Context | None) -> Mapping[str, str]:  # noqa: ARG002 (engines need no context)
        """Return the engines, the default first."""
        return dict(zip(ENGINES, ("jsonschema-rs, the default", "jsonschema, slower"), strict=True))


class RuleType(NameType):
    """The name of a rule."""

    name = "rule"

    def names(self, ctx: click.Context | None) -> Mapping[str, str]:  # noqa: ARG002 (rules need no context)
        """Return the rules, each with its sentence."""
        from instanceview.rules import RULES

        return {rule.name: rule.sentence for rule in RULES}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; any other text is a usage error that suggests the nearest."""
        names = tuple(self.names(ctx))
        if value not in names:
            hint = _suggestion(value, names)
            self.fail(f"unknown rule {quote(value)};{hint} `instanceview explain` lists them all", param, ctx)
        return value


class ElementType(NameType):
    """The dotted path of an element; a JSON pointer or a path with indices, as reports show them, is taken too."""

    name = "element"

    def names(self, ctx: click.Context | None) -> Mapping[str, str]:
        """Return the elements of the kind that the command line names, of every kind when it names none."""
        from instanceview.elements import tree
        from instanceview.rows import below

        kind = ctx.params.get("kind") if ctx else None
        kinds = [kind] if kind in KINDS else KINDS
        return {element.path: element.member.about for each in kinds for element in below(tree(each))}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the dotted path; an unknown one is a usage error that suggests the nearest."""
        names = tuple(self.names(None))  # an element of another kind is known; the command says where it stands
        path = without_indices(value)
        if path not in names:
            # Who types the last name alone most likely means a place that has it.
            nearest = next((name for name in names if name.lower().endswith(f".{path.lower()}")), "")
            hint = f' did you mean "{nearest}"?' if nearest else _suggestion(path, names)
            self.fail(f"unknown element {quote(value)};{hint} `instanceview tables` lists them all", param, ctx)
        return path


def without_indices(text: str) -> str:
    """Return the dotted path that a JSON pointer or a path with indices means.

    >>> without_indices("/vmAgent/statuses/0/level"), without_indices("disks[0].name"), without_indices("disks[].name")
    ('vmAgent.statuses.level', 'disks.name', 'disks.name')
    """
    if text.startswith("/"):
        return ".".join(step for step in text[1:].split("/") if not step.isdecimal())
    return re.sub(r"\[[0-9]*\]", "", text)


def _suggestion(value: str, names: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # only needed on the way out

    folded = {name.lower(): name for name in names}
    nearest = get_close_matches(value.lower(), folded, n=1)
    return f' did you mean "{folded[nearest[0]]}"?' if nearest else ""


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


KIND, API_VERSION, ENGINE = KindType(), ApiVersionType(), EngineType()
RULE, ELEMENT = RuleType(), ElementType()
"""The types, ready for `type=`."""
