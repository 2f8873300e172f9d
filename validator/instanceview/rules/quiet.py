"""Conditions under which a rule certainly reports nothing, each a set of JSON values.

They are data rather than predicates, so that the fast path can turn them into a scan of text, a type or a line of
generated code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Without(NamedTuple):
    """The texts in which none of these expressions is found.

    At the hook `document` the condition is about every text and every key of the document. An expression should have
    only literal characters, classes, groups and `|`, without anchors and look-around. Whatever it finds in a text it
    then finds in the JSON of the text too, which the fast path scans. For any other expression the rule is asked about
    every text, which is slower but just as correct.

    `closer` has narrower expressions for some expressions of one character, which is frequent in ordinary texts. Where
    only that character is found in a reported text, one of its narrower expressions is found too.
    """

    expressions: tuple[str, ...]
    closer: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Step(NamedTuple):
    """One character of a shape: its class in ASCII without the brackets, the steps after it, and whether it may repeat.

    A part ends at a step without steps after it. Steps that may occur at one place have no character in common.
    """

    characters: str
    after: tuple[Step, ...] = ()
    repeats: bool = False


def chain(*classes: str, after: tuple[Step, ...] = ()) -> tuple[Step, ...]:
    """Return the steps for one character of each class, in this order, and `after` after the last.

    >>> chain("a", "0-9")
    (Step(characters='a', after=(Step(characters='0-9', after=(), repeats=False),), repeats=False),)
    """
    for characters in reversed(classes):
        after = (Step(characters, after),)
    return after


class Like(NamedTuple):
    """The texts that have this shape from end to end, part by part."""

    parts: tuple[tuple[Step, ...], ...]

    def expression(self) -> str:
        """Return the regular expression that matches a text of this shape."""
        return "".join(map(_alternatives, self.parts))


def _alternatives(steps: tuple[Step, ...]) -> str:
    ways = [f"[{step.characters}]{'+' if step.repeats else ''}{_alternatives(step.after)}" for step in steps]
    return f"(?:{'|'.join(ways)})" if ways else ""


class AtLeast(NamedTuple):
    """The numbers that are not less than this one."""

    least: int


class Fewer(NamedTuple):
    """The lists with fewer items than this."""

    items: int


class Distinct(NamedTuple):
    """The lists in which no two items have equal texts at a member, ignoring case.

    The member is the first of these names that the tables have for the items.
    """

    names: tuple[str, ...]


Quiet = Without | Like | AtLeast | Fewer | Distinct | Callable[[Any], bool]
"""A condition under which a rule reports nothing: one of the known forms, or a predicate on the value."""
