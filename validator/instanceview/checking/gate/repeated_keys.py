"""Whether a key stands twice in the text of a value that was read: writing the value again tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import json

if TYPE_CHECKING:
    from collections.abc import Callable


def repeated_keys() -> Callable[[object, bytes], bool]:
    """Return what says whether a key may stand twice in the text of a value; False is certain.

    >>> may_repeat = repeated_keys()
    >>> may_repeat({"a": 1}, b'{"a":1}'), may_repeat({"a": 2}, b'{"a":1,"a":2}')
    (False, True)
    """
    write = json.Encoder().encode_into
    again = bytearray()  # used over and over, which saves a third of writing

    def may_repeat_keys(value: object, text: bytes) -> bool:
        write(value, again)
        # What is written again is as short as it can be: in a text of the same length no key stands twice. In a longer
        # one each key has its colon, as in what is written again, and so have the values, unless one is an escape.
        return len(again) != len(text) and (again.count(b":") != text.count(b":") or b"\\u003" in text)

    return may_repeat_keys
