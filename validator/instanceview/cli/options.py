"""Parameter types that the commands share: names of rules, api-versions, kinds and elements.

Each takes one of its names in any case, suggests the nearest for any other text, and completes names in a shell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from instanceview.checking.engines import ENGINES
from instanceview.model.names import ONCE, UnknownNameError, fold, known
from instanceview.model.pointer import without_indices
from instanceview.model.text import quote
from instanceview.reporting import FORMATS
from instanceview.rules.rule import OFF
from instanceview.tables.catalog import api_versions
from instanceview.tables.elements import elements_of
from instanceview.tables.kinds import KIND_VALUES, KINDS, any_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from click.shell_completion import CompletionItem

    _Type = click.ParamType[str]
    Names = Callable[[click.Context | None], Mapping[str, str]]
    Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
else:
    _Type = click.ParamType  # not generic before click 8.4


class NameType(_Type):
    """A parameter that takes one of some names; `names` maps each to a few words, which a shell may show beside it.

    One class serves all, since the classes of click are slow to define and every command waits for them.
    """

    def __init__(
        self,
        name: str,
        names: Names,
        read: Callable[[str], str] = str,
        listed_by: str = "",
        elsewhere: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Keep the name of the parameter, and the command that lists its values where they are many.

        `elsewhere` returns the command for a name of another kind, empty for any other text.
        """
        self.name = name
        self.names = names
        self.read = read
        self.listed_by = listed_by
        self.elsewhere = elsewhere

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is spelt, typed in any case; other text is a usage error that suggests the nearest."""
        # Without the context: an element of another kind is known, and the command names the kinds that have it.
        names = tuple(self.names(None))
        typed = self.read(value)
        name = typed if typed in names else {each.lower(): each for each in names}.get(typed.lower(), typed)
        try:
            return known(self.name, name, names, self.listed_by)
        except UnknownNameError as error:
            command = self.elsewhere(name)
            self.fail(f"unknown {self.name} {quote(name)}; try: {command}" if command else str(error), param, ctx)

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 (click's interface)
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the names that begin with the typed text."""
        names = self.names(ctx).items()
        return [_completion(name, help=words or None) for name, words in names if name.startswith(incomplete)]


class NumberType(click.IntRange):
    """A parameter that takes a whole number, `min` or more."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 (click's own)
        """Return the number; anything else is a usage error with the allowed values, which click leaves out."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"expected a whole number of at least {self.min}; found {quote(value)}", param, ctx)


def _completion(value: str, **about: Any) -> CompletionItem:  # noqa: ANN401 (click's own)
    from click.shell_completion import CompletionItem  # a run that completes nothing saves 0.5 ms

    return CompletionItem(value, **about)


def _kinds(_context: click.Context | None) -> Mapping[str, str]:
    return {name: kind.about for name, kind in KIND_VALUES.items()}


def _api_versions(_context: click.Context | None) -> Mapping[str, str]:
    return dict.fromkeys(api_versions(), "")


def _places(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.tables.known_codes import places  # here and below: a run that names none saves the module

    return places()


def _categories(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.tables.known_codes import categories

    return categories()


def _levels(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.tables.known_codes import LEVELS

    return dict.fromkeys(LEVELS, "")


def _engines(_context: click.Context | None) -> Mapping[str, str]:
    return dict(zip(ENGINES, ("jsonschema-rs, the default", "jsonschema, slower"), strict=True))


def _formats(_context: click.Context | None) -> Mapping[str, str]:
    return FORMATS


def _rule_names(_context: click.Context | None) -> Mapping[str, str]:
    from instanceview.rules import RULES  # a run that names no rule saves the 40 modules of the rules

    return {rule.name: rule.sentence for rule in RULES}


def _extensions(context: click.Context | None) -> Mapping[str, str]:
    return {**dict.fromkeys(OFF, "every rule of this family"), **_rule_names(context)}


def _elements(context: click.Context | None) -> Mapping[str, str]:
    """Return the elements of the kind that the command line names, of every kind when it names none."""
    kind = context.params.get("kind") if context else None
    found = elements_of([kind] if kind in KINDS else KINDS)
    return {path: element.member.about for path, element in found.items()}


def _elsewhere(name: str) -> str:
    """Return the command that explains a rule, an element, a status code or its text, empty for any other text."""
    from instanceview.tables.known_codes import shown_as, vocabulary

    path = without_indices(name).lower()
    if name in _rule_names(None):
        return f"instanceview explain {name}"
    if re.fullmatch(r"[A-Za-z]\w*(/[\w.-]+)+", name):
        return f"instanceview code {name}"
    if any(shown_as(name, vocabulary())):
        return f"instanceview code {quote(name)}"
    named = [each for each in _elements(None) if path and f".{each.lower()}".endswith(f".{path}")]
    return f"instanceview explain --element {min(named, key=len)}" if named else ""


def _rule_or_code(name: str) -> str:
    """Return the command that explains a rule or a status code in place of an element."""
    command = _elsewhere(name)
    return "" if "--element" in command else command


def list_completion(kind: NameType) -> Completion:
    """Return the completion of the last name of a list, NAME,..., as `check --select` takes one."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        before, comma, last = incomplete.rpartition(",")
        items = kind.shell_complete(ctx, param, last)
        return [_completion(f"{before}{comma}{item.value}", help=item.help) for item in items]

    return complete


def several(kind: NameType) -> Callable[[click.Context, click.Parameter, Sequence[str]], tuple[str, ...]]:
    """Return the callback of a repeatable option that takes NAME,...: it returns the names, each once.

    A path of elements that is not a name of its own means every name below it: `extensions` is `extensions.statuses`
    and others.
    """

    def convert(ctx: click.Context, param: click.Parameter, texts: Sequence[str]) -> tuple[str, ...]:
        found: list[str] = []
        for typed in (each.strip() for text in texts for each in text.split(",")):
            below = [name for name in kind.names(None) if typed and fold(name).startswith(f"{fold(typed)}.")]
            is_name = any(fold(name) == fold(typed) for name in kind.names(None))
            found += below if below and not is_name else [kind.convert(typed, param, ctx)]
        return tuple(dict.fromkeys(found))

    return convert


def complete_severity(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete RULE=LEVEL, as `check --severity` takes it."""
    rule, equals, level = incomplete.partition("=")
    if equals:
        words = ("error", "warning", "note")
        return [_completion(f"{rule}={word}") for word in words if word.startswith(level)]
    return [_completion(f"{item.value}=", help=item.help) for item in RULE.shell_complete(ctx, param, rule)]


def output_completion(formats: Mapping[str, str]) -> Completion:
    """Return the completion of FORMAT=FILE, as `check --output` takes it; the shell completes the file."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 (click's interface)
        there = [each for each in formats.items() if "=" not in incomplete and each[0].startswith(incomplete)]
        named = [_completion(f"{name}=", help=about) for name, about in there]
        return named or [_completion(incomplete, type="file")]

    return complete


KIND = NameType("kind", _kinds)
KINDS_WORDS = f"{KINDS[0]} (the default), {any_of(KINDS[1:])}"
"""The kinds, as the help of an option or argument lists them."""
API_VERSION = NameType("api-version", _api_versions)
PLACE = NameType("place", _places)
CATEGORY = NameType("category", _categories)
LEVEL = NameType("level", _levels)
ENGINE = NameType("engine", _engines)
FORMAT = NameType("format", _formats)
RULE = NameType("rule", _rule_names, listed_by="instanceview explain")
EXTENSION = NameType("rule", _extensions, listed_by="instanceview explain")
"""A rule, or a family of rules that are off by default."""
EXPLAINED = NameType("rule", _rule_names, listed_by="instanceview explain", elsewhere=_elsewhere)
"""A rule, where names of elements and codes are typed too."""
ELEMENT = NameType("element", _elements, without_indices, "instanceview tables", _rule_or_code)
complete_rule_list = list_completion(RULE)


PREFIX = "INSTANCEVIEW_"
"""The beginning of the environment variable of an option."""
NO_CONFIG = "no-config"
"""The option that decides if a configuration is read, which a configuration cannot say."""


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
    """Return True if a configuration can set a parameter, as the command line and the environment do."""
    return settable(parameter) and key_of(parameter) != NO_CONFIG


def variable(parameter: click.Parameter) -> str:
    """Return the environment variable of an option.

    >>> variable(click.Option(["--fail-on"]))
    'INSTANCEVIEW_FAIL_ON'
    """
    return f"{PREFIX}{key_of(parameter).upper().replace('-', '_')}"
