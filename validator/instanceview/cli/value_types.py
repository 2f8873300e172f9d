"""The types of values that options take, with their completion in a shell: names, lists of names, numbers, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from instanceview.model.names import UnknownNameError, fold, known
from instanceview.model.text import quote
from instanceview.model.written_limits import shown, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from click.shell_completion import CompletionItem

    _Type = click.ParamType[str]
    Names = Callable[[click.Context | None], Mapping[str, str]]
    Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
else:
    _Type = click.ParamType  # not generic before click 8.4


class NameType(_Type):
    """A parameter that takes one of several names; `names` maps each to a few words, which a shell may show beside it.

    One class serves all of them, since the classes of click are slow to define and every command waits for them.
    """

    def __init__(
        self,
        name: str,
        names: Names,
        read: Callable[[str], str] = str,
        listed_by: str = "",
        elsewhere: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Keep the name of the parameter, and the command that lists its values where there are many.

        `elsewhere` returns the command for a name of another kind, empty for any other text.
        """
        self.name = name
        self.names = names
        self.read = read
        self.listed_by = listed_by
        self.elsewhere = elsewhere

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name in its own spelling, whatever its case; other text is a usage error with the nearest name."""
        # A name of another kind is accepted, since the command has a better message for it, but is not suggested.
        names = tuple(self.names(None))
        typed = self.read(value)
        name = typed if typed in names else {each.lower(): each for each in names}.get(typed.lower(), typed)
        try:
            return name if name in names else known(self.name, name, tuple(self.names(ctx)), self.listed_by)
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
        return [completion(name, help=words or None) for name, words in names if name.startswith(incomplete)]


class NumberType(click.IntRange):
    """A parameter that takes a whole number, `min` or more."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ANN401 (click's own)
        """Return the number; anything else is a usage error with the allowed values, which click does not name."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"expected a whole number of at least {self.min}; found {quote(value)}", param, ctx)


class LimitType(_Type):
    """A parameter that takes the value of a limit as text: a size, a number or seconds, or a word that turns it off."""

    def __init__(self, name: str, default: str) -> None:
        """Keep the name of the limit, and its default as a text."""
        self.name = name
        self.default = default

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401 (click's own)
        """Return the value in its usual form; any other text is a usage error with the expected form."""
        if value == self.default:  # as nearly always
            return self.default
        try:
            return shown(self.name, value_of(self.name, str(value)))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def completion(value: str, **about: Any) -> CompletionItem:  # noqa: ANN401 (click's own)
    """Return a suggestion for a shell; `help` is shown beside it; for the type "file" the shell completes a path."""
    from click.shell_completion import CompletionItem  # a run without completion saves 0.5 ms

    return CompletionItem(value, **about)


def list_completion(kind: NameType) -> Completion:
    """Return the completion of the last name of a list, NAME,..., as `check --select` takes one."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        before, comma, last = incomplete.rpartition(",")
        items = kind.shell_complete(ctx, param, last)
        return [completion(f"{before}{comma}{item.value}", help=item.help) for item in items]

    return complete


def several(kind: NameType) -> Callable[[click.Context, click.Parameter, Sequence[str]], tuple[str, ...]]:
    """Return the callback of a repeatable option that takes NAME,..., which returns each name once.

    A path of elements that is not a name itself means every name below it: `extensions` means `extensions.statuses`
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


def output_completion(formats: Mapping[str, str]) -> Completion:
    """Return the completion of FORMAT=FILE, as `check --output` takes it; the shell completes the file."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 (click's interface)
        there = [each for each in formats.items() if "=" not in incomplete and each[0].startswith(incomplete)]
        named = [completion(f"{name}=", help=about) for name, about in there]
        return named or [completion(incomplete, type="file")]

    return complete
