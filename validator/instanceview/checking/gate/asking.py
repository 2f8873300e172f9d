"""Ask the rules about a value of a document, and cache its key if no rule reports it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from msgspec import json

from instanceview.checking.gate.types import is_reported
from instanceview.checking.memo import Memo, shortcut
from instanceview.checking.scope import hook_of_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from instanceview.rules.site import Hook, Scope
    from instanceview.tables.elements import Element

_MOST_LISTS = 1 << 10  # texts of one list: a fleet has some dozens, and each may take 8 KB
_LONGEST_LIST = 1 << 13  # bytes of a list: the handlers of a captured machine take 2 to 6 KB


def texts_in_status_key() -> tuple[str, ...]:
    """Return the members of a status that are in its key, whose texts rules are asked about together with the status.

    There are none if a condition on statuses holds of some without a look at the key.
    """
    declared = shortcut("status")
    return () if declared.quiet else declared.reads


def holder_asker(scope: Scope, hook: Hook, element: Element) -> Callable[[Any], bool]:
    """Return a predicate on an object or list in its generated type: True if a rule reports it or a text of its key."""
    names = texts_in_status_key() if hook == "status" else ()
    texts = {name: element.children[name] for name in names if name in element.children}

    def ask(value: Any) -> bool:  # noqa: ANN401 (of a generated type)
        value_as_json = json.decode(json.encode(value))  # rules take dicts and lists
        if is_reported(scope, hook, element, value_as_json):
            return True
        return any(
            _is_text_reported(scope, child, value_as_json[name])
            for name, child in texts.items()
            if name in value_as_json
        )

    return ask


def _is_text_reported(scope: Scope, element: Element, text: str) -> bool:
    hook = hook_of_text(element.member)
    # The grammar of codes is in the schema: a code that fails it is for the hook `pattern`.
    hooks: tuple[Hook, ...] = ("pattern", "code") if hook == "code" else (hook,)
    return any(is_reported(scope, each, element, text) for each in hooks)


def cached(ask: Callable[[Any], bool]) -> tuple[dict[Hashable, object], Callable[[Hashable, Any], bool]]:
    """Return the known keys, and a function on a key and its value: True if a rule reports it, else it is known."""
    memo = Memo()

    def learn(key: Hashable, value: object) -> bool:
        if ask(value):
            return True
        memo.add(key)
        return False

    return memo.known, learn


def scalar_asker(scope: Scope, hook: Hook, element: Element) -> Callable[[Any], bool]:
    """Return a predicate on a scalar: True if a rule reports it."""
    if hook == "code":
        return lambda text: _is_text_reported(scope, element, text)
    return lambda value: is_reported(scope, hook, element, value)


def list_cache(
    decide: Callable[[bytes], Hashable],
) -> tuple[Callable[[Hashable], object], Callable[[bytes], object]]:
    """Return two functions on the JSON text of a list: one looks it up, the other learns it.

    Both return a number; lists with the same key have the same number. It is None for a list that is not known or that
    a rule reports. `decide` returns the key of a list, None if a rule reports it.
    """
    memo = Memo(_MOST_LISTS, _LONGEST_LIST)
    numbers = Memo(_MOST_LISTS, _LONGEST_LIST)
    new = count(1)  # a number is not used again after its key was removed

    def learn(text: bytes) -> object:
        key = decide(text)
        if key is None:
            return None
        number = numbers.known.get(key) or next(new)
        numbers.add(key, number)
        memo.add(text, number)
        return number

    return memo.known.get, learn
