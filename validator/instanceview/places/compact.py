"""The compact text of a JSON value, which is as short as it can be: its spans, and a first test for repeated keys.

Most streams are compact. What precedes a member is then written again for its offset, which takes a tenth of the time
of a scan.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import orjson

from instanceview.places.spans import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Collection

    from instanceview.places.spans import Path


class Rewritten(NamedTuple):
    """A JSON text compared with the compact text of its value: True if they are equal, and if a key may repeat."""

    is_compact: bool
    may_repeat_keys: bool


def rewritten(data: bytes, body: object) -> Rewritten:
    r"""Return the comparison of a JSON text with the compact text of its value, which is written once for both.

    False for `may_repeat_keys` is certain, True asks for a scan. The compact text holds no key twice and each key has
    its colon, so that a repeated one shows in the count. An escape could hide a colon; then the answer is True.

    >>> rewritten(b'{"a": 1, "a": 2}', {"a": 2}), rewritten(b'{"a":1}', {"a": 1}), rewritten(b'{"a": 1}', {"a": 1})[1]
    (Rewritten(is_compact=False, may_repeat_keys=True), Rewritten(is_compact=True, may_repeat_keys=False), False)
    """
    written = compact(body)
    if written is None:
        return Rewritten(is_compact=False, may_repeat_keys=True)
    if written == data:
        return Rewritten(is_compact=True, may_repeat_keys=False)
    may_repeat = data.count(b":") != written.count(b":") or b"\\u00" in data
    return Rewritten(is_compact=False, may_repeat_keys=may_repeat)


def may_repeat_keys(data: bytes, body: object) -> bool:
    """Return True if a key may repeat in a JSON text with this value; False is certain."""
    return rewritten(data, body).may_repeat_keys


def compact(body: object) -> bytes | None:
    """Return the compact text of a JSON value, None where it cannot be written: it holds a lone surrogate."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return None


def compact_spans(body: object, wanted: Collection[Path]) -> Spans:
    """Return the spans of the wanted paths of a value in its compact text.

    >>> compact_spans({"a": 1, "b": [2, 30]}, [("b", 1)]).by_path
    {('b', 1): Span(key=None, start=14, end=16, key_end=0)}
    """
    return Spans({path: _span(body, path) for path in wanted}, [])


def _span(body: object, path: Path) -> Span:
    value, start = body, 0
    key, key_end = None, 0
    for step in path:
        if isinstance(value, dict):
            before = dict(islice(value.items(), list(value).index(step)))
            key = start + _length(before) if before else start + 1
            key_end = key + _length(step)
            start = key_end + 1
            value = value[step]
        elif isinstance(value, list) and isinstance(step, int):
            start += _length(value[:step]) if step else 1
            key, key_end = None, 0
            value = value[step]
    return Span(key, start, start + _length(value), key_end)


def _length(value: object) -> int:
    return len(orjson.dumps(value).decode())
