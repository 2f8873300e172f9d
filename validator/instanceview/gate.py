"""Which documents certainly have no finding: most have none, and only the others need places, order and words.

It asks the same rules as `judge`, once for each value: what the rules had nothing to say of is remembered, and
statuses, names and texts repeat. Only times, which do not, are recognised by an expression of their own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from instanceview.resolve import PAGE_VERSION
from instanceview.rule import Site
from instanceview.rules import rules_for
from instanceview.text import may_hold_secret
from instanceview.visits import hook_of_text, is_named, is_status, scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from instanceview.elements import Element
    from instanceview.rule import Found, Hook, Scope

UNSURE = -1
"""The answer for a document that may have a finding."""

_MOST = 1 << 14  # values remembered at one element; texts with a time or an address in them never repeat

# Times of this century that no rule has anything to say of; the last days of the month are left to the rules.
_PLAIN_TIME = re.compile(
    r"20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,9})?(?:Z|[+-]00:00)"
)


class _Node(NamedTuple):
    """An element documented at an api-version, and what its rules had nothing to say of.

    `texts` are those of each of its members, where `_object` needs them at once; `own_texts` is its own share of its
    holder's. `others` has numbers, and what decides for statuses and lists.
    """

    scope: Scope
    element: Element
    hook: Hook
    children: Mapping[str, _Node]
    texts: Mapping[str, set[str]]
    own_texts: set[str]
    others: set[object]
    reads: tuple[str, ...]
    list_hook: Hook | None
    list_reads: tuple[str, ...]


class _RuleOfDocuments(NamedTuple):
    check: Callable[[Site], Iterator[Found]]
    reads: frozenset[str]


@cache
def _root(kind: str, api_version: str) -> _Node:
    scope = scope_of(kind, api_version)
    return _node(scope, scope.root)


def _node(scope: Scope, element: Element) -> _Node:
    here = {name: child for name, child in element.children.items() if child.documented_at(scope.api_version)}
    list_hook: Hook | None = "statuses" if is_status(element) else "named" if is_named(element) else None
    children = {name: _node(scope, child) for name, child in here.items()}
    return _Node(
        scope,
        element,
        hook_of_text(element.member),
        children,
        {name: child.own_texts for name, child in children.items()},
        set(),
        set(),
        _reads("status") if is_status(element) else (),
        list_hook,
        _reads(list_hook) if list_hook else (),
    )


def _reads(hook: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for rule in rules_for(hook) for name in rule.reads))


def keys_if_clean(kind: str, api_version: str, body: dict[str, object]) -> int:
    """Return how many keys a document has that no rule objects to, `UNSURE` where one may.

    That it fulfils its schema and repeats no key is for the caller to know.

    >>> keys_if_clean("vm", "2024-07-01", {"computerName": "app", "statuses": []})
    2
    >>> keys_if_clean("vm", "2024-07-01", {"statuses": [{"level": "Info"}]}) == UNSURE
    True
    """
    if api_version == PAGE_VERSION and kind == "vmss-vm":
        return UNSURE  # its rules look at every member
    root = _root(kind, api_version)
    keys = _object(root, body)
    if keys < 0:
        return UNSURE
    site = Site("document", root.scope, (), root.element, body, None)
    for rule in _rules_of_documents():
        if body.keys() >= rule.reads and any(rule.check(site)):
            return UNSURE
    return keys


@cache
def _rules_of_documents() -> tuple[_RuleOfDocuments, ...]:
    # Secrets are looked for in each text.
    rules = (rule for rule in rules_for("document") if rule.name != "secret-in-text")
    return tuple(_RuleOfDocuments(rule.check, frozenset(rule.reads)) for rule in rules)


def _object(node: _Node, value: dict[str, object]) -> int:
    """Return the number of keys in an object and below it."""
    keys = len(value)
    texts = node.texts
    for name, item in value.items():
        if type(item) is str:
            if item not in texts[name] and not _accepts(node.children[name], item):
                return UNSURE
            continue
        child = node.children[name]
        if type(item) is list:
            below = _list(child, item)
            if below < 0:
                return UNSURE
            keys += below
        elif type(item) is dict:
            below = _object(child, item)
            if below < 0 or (child.reads and not _status(child, item)):
                return UNSURE
            keys += below
        elif item is None or (item is not True and item is not False and not _is_number(child, item)):
            return UNSURE
    return keys


def _list(node: _Node, items: list[object]) -> int:
    keys = 0
    for item in items:
        if type(item) is not dict:
            return UNSURE
        below = _object(node, item)
        if below < 0 or (node.reads and not _status(node, item)):
            return UNSURE
        keys += below
    if node.list_hook and len(items) > 1 and not _several(node, items):
        return UNSURE
    return keys


def _accepts(node: _Node, text: str) -> bool:
    """Return whether no rule objects to a text."""
    if node.hook == "time" and _PLAIN_TIME.fullmatch(text):
        return True
    if may_hold_secret(text) or not _finds_nothing(node, node.hook, text):
        return False
    if len(node.own_texts) < _MOST:
        node.own_texts.add(text)
    return True


def _is_number(node: _Node, item: object) -> bool:
    return isinstance(item, (int, float)) and (item in node.others or _remembered(node, "number", item, item))


def _status(node: _Node, status: dict[str, object]) -> bool:
    """Return whether no rule objects to a status, by the members that decide."""
    key = ("status", *map(status.get, node.reads))
    return key in node.others or _remembered(node, "status", status, key)


def _several(node: _Node, items: list[object]) -> bool:
    """Return whether no rule objects to the items of a list, by the members that decide."""
    key = tuple(item.get(name) for item in items if isinstance(item, dict) for name in node.list_reads)
    return key in node.others or _remembered(node, node.list_hook or "named", items, key)


def _remembered(node: _Node, hook: Hook, value: object, key: object) -> bool:
    if not _finds_nothing(node, hook, value):
        return False
    if len(node.others) < _MOST:
        node.others.add(key)
    return True


def _finds_nothing(node: _Node, hook: Hook, value: object) -> bool:
    # Where the value stands makes no difference to whether there is a finding.
    site = Site(hook, node.scope, (node.element.path,), node.element, value, None)
    return not any(found for rule in rules_for(hook) for found in rule.check(site))
