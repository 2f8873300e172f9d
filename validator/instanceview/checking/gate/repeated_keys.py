"""Detect repeated keys in the JSON text of a value: the value is written again, and the texts are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import json

if TYPE_CHECKING:
    from collections.abc import Callable


def repeated_keys() -> Callable[[object, bytes], bool]:
    """Return a predicate on a value and its JSON text: False if certainly no object in the text repeats a key.

    >>> may_repeat = repeated_keys()
    >>> may_repeat({"a": 1}, b'{"a":1}'), may_repeat({"a": 2}, b'{"a":1,"a":2}')
    (False, True)
    """
    write = json.Encoder().encode_into
    again = bytearray()  # one buffer for all texts, which saves a third of the time of writing

    def may_repeat_keys(value: object, text: bytes) -> bool:
        write(value, again)
        # The value is written as short as it can be: a text of the same length repeats no key. A longer text without a
        # repeated key has as many colons: one a key, and those in values, unless some are escaped.
        return len(again) != len(text) and (again.count(b":") != text.count(b":") or b"\\u003" in text)

    return may_repeat_keys
