"""What asks the rules of a value that was not met before, and remembers those of which they have nothing to say."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, json

from instanceview.checking.scope import hook_of_text
from instanceview.model.text import may_hold_secret, redact
from instanceview.rules import rules_for
from instanceview.rules.malformed_time import plain_time
from instanceview.rules.rule import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from instanceview.rules.rule import Hook, Scope
    from instanceview.tables.elements import Element

_MOST = 1 << 12  # what is remembered in one place, before it is forgotten: names and addresses never repeat
_LONGEST = 1 << 10  # characters; longer texts seldom repeat, and thousands of them would take much memory
_MOST_LISTS = 1 << 10
_LONGEST_LIST = 1 << 13


class Asker:
    """Asks the rules of one kind and api-version; where a value stands makes no difference to what they say of it."""

    def __init__(self, scope: Scope) -> None:
        """Begin with nothing remembered."""
        self.scope = scope

    def remembered(self, has_nothing: Callable[[Any, Any], bool]) -> tuple[set[Hashable], Callable[[Any, Any], bool]]:
        """Return a set of keys to look into, and what asks of a value by its key, and adds that where it may."""
        known: set[Hashable] = set()

        def learn(key: Hashable, value: object) -> bool:
            if not has_nothing(key, value):
                return False
            if len(known) >= _MOST:
                known.clear()
            if _length(key) <= _LONGEST:
                known.add(key)
            return True

        return known, learn

    def whole(
        self, decides: Callable[[bytes], Hashable]
    ) -> tuple[Callable[[bytes], int | None], Callable[[bytes], int | None]]:
        """Return what looks up the text of a list, and what asks of a new one.

        Both return a number for what decides of it, None for what is not known or not clean, as `decides` does.
        """
        known: dict[bytes, int] = {}
        numbers: dict[Hashable, int] = {}
        new = count(1)  # numbers that were forgotten are not given again

        def learn(text: bytes) -> int | None:
            key = decides(text)
            if key is None:
                return None
            if len(known) >= _MOST_LISTS:
                known.clear()
                numbers.clear()
            number = numbers.setdefault(key, next(new))
            if len(text) <= _LONGEST_LIST:
                known[text] = number
            return number

        return known.get, learn

    def status(self, element: Element, names: Sequence[str]) -> Callable[[Any, Any], bool]:
        """Return what says whether there is nothing to say of a status, by the tuple of what stands at these names."""

        def has_nothing(key: Any, _: object) -> bool:  # noqa: ANN401 (a text, UNSET, or a tuple of them)
            each = key if isinstance(key, tuple) else (key,)
            status = {name: text for name, text in zip(names, each, strict=True) if text is not UNSET}
            texts = ((element.children[name], text) for name, text in status.items())
            if not all(self._of_text(child, text) for child, text in texts):
                return False
            return self._of_value(element, "status", status)

        return has_nothing

    def statuses(self, element: Element, name: str) -> Callable[[Any, Any], bool]:
        """Return what says whether there is nothing to say of a list of statuses, by the tuple of their codes."""

        def has_nothing(key: tuple[Any, ...], _: object) -> bool:
            return UNSET not in key and self._of_value(element, "statuses", [{name: each} for each in key])

        return has_nothing

    def document(self, _: object, document: object) -> bool:
        """Return whether there is nothing to say of a document as a whole."""
        # Written and read, as rules look for objects and lists.
        return self._of_value(self.scope.root, "document", json.decode(json.encode(document)))

    def texts(self, elements: Mapping[str, Element]) -> Callable[[Sequence[tuple[str, str]]], bool]:
        """Return what says whether there is nothing to say of texts, each with the path of its element."""
        known, learn = self.remembered(lambda key, _: self._of_text(elements[key[0]], key[1]))

        def has_nothing(texts: Sequence[tuple[str, str]]) -> bool:
            if is_plain("\n".join([text for _, text in texts])):
                return True
            return all(is_plain(each[1]) or each in known or learn(each, None) for each in texts)

        return has_nothing

    def times(self, elements: Mapping[str, Element]) -> Callable[[Sequence[tuple[str, str]]], bool]:
        """Return what says whether there is nothing to say of times, each with the path of its element."""
        is_plain_time = plain_time()
        known, learn = self.remembered(lambda key, _: self._of_text(elements[key[0]], key[1]))
        return lambda times: all(is_plain_time(each[1]) or each in known or learn(each, None) for each in times)

    def _of_text(self, element: Element, text: str) -> bool:
        hook = hook_of_text(element.member)
        # The schema has the grammar of codes.
        hooks: tuple[Hook, ...] = ("pattern", "code") if hook == "code" else (hook,)
        return redact(text) == text and all(self._of_value(element, each, text) for each in hooks)

    def _of_value(self, element: Element, hook: Hook, value: object) -> bool:
        site = Site(hook, self.scope, (element.path,), element, value, None)
        return not any(True for rule in rules_for(hook) for _ in rule.check(site))


def is_plain(text: str) -> bool:
    """Return whether a text certainly holds neither secret nor placeholder.

    >>> is_plain("web_0"), is_plain("{name}")
    (True, False)
    """
    return "<" not in text and "{" not in text and not may_hold_secret(text)


def _length(key: object) -> int:
    """Return the characters of a key that is made of texts, an approximation of what it takes to remember it."""
    if isinstance(key, tuple):
        return sum(map(_length, key))
    return len(key) if isinstance(key, str) else 1
