"""The cache "no rule reports this value": its keys, and the conditions under which no rule need be asked.

A site is skipped if each rule of its hook either declares that it reports nothing there (`Rule.quiet`), or reads
nothing else than a value that no rule reported before (`Rule.reads`). Scalars are read whole. A rule that declares
neither makes its hook's sites unskippable: where nothing is declared, nothing is skipped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.rules import rules_for
from instanceview.rules.rule import AtLeast, Distinct, Fewer, Like, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from instanceview.rules.rule import Hook, Quiet, Rule
    from instanceview.tables.elements import Element

_MOST = 1 << 12  # keys at one element: names and addresses never repeat, so the cache is emptied when it is full
_LONGEST = 1 << 10  # characters of a key: longer texts seldom repeat, and thousands of them would take megabytes
SCALARS: frozenset[Hook] = frozenset({"time", "code", "open", "text", "number"})
"""The hooks whose rules read the whole value."""


class Memo:
    """Keys of values at one element that no rule reports; bounded, and emptied when it is full."""

    def __init__(self, most: int = _MOST, longest: int = _LONGEST) -> None:
        """Begin with nothing known."""
        self.known: dict[Hashable, object] = {}
        self._most, self._longest = most, longest

    def add(self, key: Hashable, token: object = True) -> None:  # noqa: FBT002 (any value does)
        """Cache that no rule reports what has this key."""
        if len(self.known) >= self._most and key not in self.known:
            self.known.clear()
        if _length(key) <= self._longest:
            self.known[key] = token


def _length(key: object) -> int:
    """Return the characters of a key that is made of texts, an approximation of the memory it takes."""
    if isinstance(key, tuple):
        return sum(map(_length, key))
    return len(key) if isinstance(key, (str, bytes)) else 1


def predicate(condition: Quiet, element: Element) -> Callable[[Any], object]:
    """Return a predicate on a value: true if a condition holds, so that a rule reports nothing.

    That of a condition on texts takes no other value.

    >>> from instanceview.tables.elements import tree
    >>> is_quiet = predicate(Without(("<", "[{]")), tree("vm"))
    >>> is_quiet("web_0"), is_quiet("{name}")
    (True, False)
    """
    if isinstance(condition, Without):
        search = re.compile("|".join(condition.expressions)).search
        return lambda text: search(text) is None
    if isinstance(condition, Like):
        return re.compile(condition.expression()).fullmatch
    if isinstance(condition, AtLeast):
        return lambda number: isinstance(number, (int, float)) and number >= condition.least
    if isinstance(condition, Fewer):
        return lambda items: isinstance(items, list) and len(items) < condition.items
    if isinstance(condition, Distinct):
        name = first_of(condition, element)
        return lambda items: _are_distinct(items, name)
    return condition


def first_of(condition: Distinct, element: Element) -> str | None:
    """Return the member by which a condition compares the items of an element, None where the tables have none."""
    return next((name for name in condition.names if name in element.children), None)


def _are_distinct(items: list[Any], name: str | None) -> bool:
    try:
        return len({each[name].lower() for each in items}) == len(items)
    except (KeyError, TypeError, AttributeError):  # the rules look closer at an item without such a text
        return False


class Shortcut(NamedTuple):
    """What the rules of a hook declare, taken together.

    `is_open`: some rule declares nothing, so that no site of the hook is skipped. `needed` are the conditions of the
    rules that no cache serves, of each of which one must hold. `quiet` are the same of all the others, None where one
    of these declares none. `reads` are the members that make the key of the cache.
    """

    is_open: bool
    needed: tuple[tuple[Quiet, ...], ...]
    quiet: tuple[tuple[Quiet, ...], ...] | None
    reads: tuple[str, ...]


def shortcut(hook: Hook) -> Shortcut:
    """Return what the rules of a hook declare, taken together.

    >>> shortcut("status").reads
    ('code', '*', 'level', 'displayStatus')
    >>> shortcut("null").is_open
    True
    """
    rules = rules_for(hook)
    cached = [rule for rule in rules if hook in SCALARS or rule.reads]
    others = [rule for rule in rules if rule not in cached]
    return Shortcut(
        any(hook not in rule.quiet for rule in others),
        _conditions(hook, others),
        _conditions(hook, cached) if all(hook in rule.quiet for rule in cached) else None,
        tuple(dict.fromkeys(name for rule in cached for name in rule.reads)),
    )


def _conditions(hook: Hook, rules: Iterable[Rule]) -> tuple[tuple[Quiet, ...], ...]:
    return tuple(dict.fromkeys(rule.quiet[hook] for rule in rules if hook in rule.quiet))
