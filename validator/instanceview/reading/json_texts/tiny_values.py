"""A large JSON text of tiny values -> its value, in which small objects that are equal are one object of Python."""

# Goal: at most some 20 times the text in memory, whatever is in it.
#
# Plan: orjson makes its own tree before the values of Python, 3 to 7 times a text of tiny values, which then take 13
# to 17 times the text. The standard library's parser has no tree, and takes as long for such texts. It gives each
# object to a hook, which returns the object that it has for the same members. Nothing changes a value once it is read.
#
# Invariants: the key of an object differs for 1, 1.0 and True, and for the order of its members. It is short: what has
# more than a few short values is neither written as a key nor kept, so that the time grows with the text.
#
# Tried, for 3 MB of `{"name": "a"}` in bytes of memory for each byte and seconds: orjson 20.4 and 0.13, the parser of
# the standard library 12.9 and 0.11, with this hook 0.1 and 0.33. What remains above 20 are arrays in arrays, and
# objects of some ten bytes that all differ: `[]` is 72 bytes in Python, and `{"a": 1}` 208.

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_TINY = 16
"""Bytes for each comma and opening bracket, below which values are tiny: those of documents have 25 and more."""
_LONGEST = 256  # characters of a key: a long value takes little more in Python than in a text
_FEW = 8  # members or items of what is kept
_MOST = 4096  # objects that are kept; then it begins anew


def are_in(data: bytes) -> bool:
    """Return True if a text has so many values that those of Python take many times its size.

    >>> are_in(b'[{"name": "a"}]'), are_in(b'{"code": "ProvisioningState/succeeded", "level": "Info"}')
    (True, False)
    """
    return _TINY * (data.count(b",") + data.count(b"[") + data.count(b"{")) > len(data)


def load(text: str, **policy: Any) -> object:  # noqa: ANN401 (what json.loads takes)
    """Return the value of a JSON text; raises json.JSONDecodeError, and what the policy of numbers raises.

    >>> first, second = load('[{"a": 1}, {"a": 1}]')
    >>> first is second
    True
    """
    return json.loads(text, object_pairs_hook=Kept().members, **policy)


class Kept:
    """The short strings and small objects of one text so far, for a parser that makes each anew."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: dict[str, str] = {}
        self._by_members: dict[str, dict[str, object]] = {}
        self._ids: set[int] = set()  # of these objects, which live as long as this

    def members(self, pairs: Sequence[tuple[str, Any]]) -> dict[str, object]:
        """Return the object of some members, an earlier one where it is small and has the same."""
        if len(pairs) > _FEW or not all(self._is_small(value) for _, value in pairs):
            return dict(pairs)
        key = repr(pairs)
        found = self._by_members.get(key)
        if found is None:
            found = dict(pairs)
            if len(key) <= _LONGEST:
                self._keep(key, found)
        return found

    def mapping(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return an object, an earlier one where it is small and has the same members; a large one is not copied."""
        return value if len(value) > _FEW else self.members([*value.items()])

    def text(self, text: str) -> str:
        """Return a string, an earlier one where it is short and the same."""
        if len(text) > _LONGEST:
            return text
        if len(self._texts) == _MOST:
            self._texts.clear()
        return self._texts.setdefault(text, text)

    def _is_small(self, value: object) -> bool:
        """Return True if a value is a scalar, a kept object, or a short array of these."""
        if isinstance(value, list):
            return len(value) <= _FEW and not any(isinstance(item, list) or not self._is_small(item) for item in value)
        return not isinstance(value, dict) or id(value) in self._ids

    def _keep(self, key: str, value: dict[str, object]) -> None:
        if len(self._by_members) == _MOST:
            self._by_members.clear()
            self._ids.clear()
        self._by_members[key] = value
        self._ids.add(id(value))
