"""The cache "no rule reports this value": its keys, and the conditions under which no rule need be asked.

A site is skipped if each rule of its hook allows it. A rule allows it if one of its conditions holds (`Rule.quiet`), or
if it reads the same (`Rule.reads`) as at an earlier site that no rule reported. Of a scalar a rule reads the whole
value. A rule that declares neither allows no skip, so every site of its hook is visited.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from instanceview.rules import rules_for
from instanceview.rules.quiet import AtLeast, Distinct, Fewer, Like, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from instanceview.rules.quiet import Quiet
    from instanceview.rules.rule import Rule
    from instanceview.rules.site import Hook
    from instanceview.tables.elements import Element

_MOST = 1 << 12  # keys at one element: names and addresses seldom repeat, so the cache is emptied when it is full
_LONGEST = 1 << 10  # characters of a key: longer texts seldom repeat, and thousands of them would take megabytes
SCALARS: frozenset[Hook] = frozenset({"time", "code", "open", "text", "number"})
"""The hooks whose rules read the whole value."""


class Memo:
    """The keys of values at one element that no rule reports; bounded, and emptied when it is full."""

    def __init__(self, most: int = _MOST, longest: int = _LONGEST) -> None:
        """Start empty: `most` keys, each of `longest` characters at most."""
        self.known: dict[Hashable, object] = {}
        self._most, self._longest = most, longest

    def add(self, key: Hashable, token: object = True) -> None:  # noqa: FBT002 (a token is any value)
        """Cache that no rule reports a value with this key; `token` is what `known` maps the key to."""
        if len(self.known) >= self._most and key not in self.known:
            self.known.clear()
        if _length(key) <= self._longest:
            self.known[key] = token


def _length(key: object) -> int:
    """Return the number of characters in a key, which approximates the memory that it takes."""
    if isinstance(key, tuple):
        return sum(map(_length, key))
    return len(key) if isinstance(key, (str, bytes)) else 1


def predicate(condition: Quiet, element: Element) -> Callable[[Any], object]:
    """Return a predicate on a value: true if a condition holds, so that its rule reports nothing.

    The predicate of a condition on texts takes texts only.

    >>> from instanceview.tables.elements import tree
    >>> is_quiet = predicate(Without(("<", "[{]")), tree("vm"))
    >>> is_quiet("web_0"), is_quiet("{name}")
    (True, False)
    """
    if isinstance(condition, (Without, Like)):
        return _text_predicate(condition)
    if isinstance(condition, AtLeast):
        return lambda number: isinstance(number, (int, float)) and number >= condition.least
    if isinstance(condition, Fewer):
        return lambda items: isinstance(items, list) and len(items) < condition.items
    if isinstance(condition, Distinct):
        name = compared_member(condition, element)
        return lambda items: _are_distinct(items, name)
    return condition


@cache
def _text_predicate(condition: Without | Like) -> Callable[[str], object]:
    if isinstance(condition, Without):
        search = re.compile("|".join(condition.expressions)).search
        return lambda text: search(text) is None
    return re.compile(condition.expression()).fullmatch


def compared_member(condition: Distinct, element: Element) -> str | None:
    """Return the member by which a condition compares the items of an element, None if the tables have none of them."""
    return next((name for name in condition.names if name in element.children), None)


def _are_distinct(items: list[Any], name: str | None) -> bool:
    try:
        return len({each[name].lower() for each in items}) == len(items)
    except (KeyError, TypeError, AttributeError):  # an item lacks the member or a text there; the rules check it
        return False


class Shortcut(NamedTuple):
    """The declarations of all rules of a hook, combined.

    `is_open`: some rule declares nothing, so no site of the hook is skipped. `needed` has the conditions of each rule
    that declares no `reads`: to skip a site, one condition of each rule must hold. `quiet` has those of each other
    rule; if one of each holds too, a site is skipped without a look at the cache. It is None if one of these rules has
    no condition. `reads` are the members that make the cache key.
    """

    is_open: bool
    needed: tuple[tuple[Quiet, ...], ...]
    quiet: tuple[tuple[Quiet, ...], ...] | None
    reads: tuple[str, ...]


@cache  # each element asks for some
def shortcut(hook: Hook) -> Shortcut:
    """Return the declarations of all rules of a hook, combined.

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
