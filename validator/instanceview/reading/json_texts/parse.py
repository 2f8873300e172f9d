"""Bytes and Python values -> JSON values, under one policy for every path.

The policy: UTF-8, with or without a byte order mark; no NaN and no Infinity; integers beyond 64 bits are
floating point; lone surrogates are kept; at most `MAX_DEPTH` levels. Duplicate keys: the last one counts.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Mapping
from typing import NoReturn

import orjson

from instanceview.places.source import line_and_column

MAX_DEPTH = 128
"""The most levels of nesting a document may have; real ones have 7, and engines give up at 255."""

BOM = codecs.BOM_UTF8
"""The byte order mark that some programs write before UTF-8."""

_INT64 = range(-(2**63), 2**64)
_LONGEST_INTEGER = 309  # digits; a longer one is beyond a double, which is where orjson gives up too
_TOKENS = r'(?s)"(?:[^"\\]|\\.)*+"?|[\[\]{}]'  # a string may lack its end, so that none is looked through twice


class NotJSONError(ValueError):
    """A text that cannot be read as JSON: why, and at which line and column (from 1), where known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the reason and the place."""
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


def begins_as_json(head: bytes) -> bool:
    r"""Return whether a text begins as a JSON object or array, which no program and no log does.

    >>> begins_as_json(b'\xef\xbb\xbf\n{"statuses": []}'), begins_as_json(b"nock('https://a')")
    (True, False)
    """
    return re.match(rb"(?:\xef\xbb\xbf)?\s*[{\[]", head) is not None


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text without a byte order mark.

    Raises NotJSONError for UTF-16, UTF-32 and invalid UTF-8.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:4]:
        reason = "encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8"
        raise NotJSONError(reason, 1, 1)
    content = data.removeprefix(BOM)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        offset = error.start + len(data) - len(content)
        reason = f"invalid UTF-8: byte 0x{data[offset]:02x} at offset {offset}; save it as UTF-8"
        raise NotJSONError(reason, *line_and_column(before, len(before))) from None


def parse(data: bytes) -> object:
    """Return the JSON value of UTF-8 bytes.

    Raises NotJSONError with the place of the fault.

    >>> parse(b'{"platformFaultDomain": 2}')
    {'platformFaultDomain': 2}
    """
    if data.count(b"[") + data.count(b"{") > MAX_DEPTH:
        _refuse_depth(decode(data))
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError:
        # orjson refuses lone surrogates and byte order marks, and its places are in bytes.
        return _parse_slowly(decode(data))
    return value


def _parse_slowly(text: str) -> object:
    if not text.strip():
        reason = "empty; an instance view is a JSON object"
        raise NotJSONError(reason, 1, 1)
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_float)
    except json.JSONDecodeError as error:
        from instanceview.reading.json_texts.faults import fault  # needed on the way out only

        reason, place = fault(error, text)
        raise NotJSONError(reason, *line_and_column(text, place)) from None
    except _BadNumberError as error:
        # Numbers are read in order, so that the first such number outside a string is the one.
        tokens = re.finditer(_TOKENS + r"|[^\s\[\]{},:\"]+", text)
        place = next(token.start() for token in tokens if token[0] == error.args[0])
        reason = f"not JSON: {error.args[1]}"
        raise NotJSONError(reason, *line_and_column(text, place)) from None


class _BadNumberError(Exception):
    """A number that JSON or this program has no place for: its text and the reason."""


def _refuse_constant(text: str) -> NoReturn:
    reason = f"{text} is no JSON number; write null or leave the member out"
    raise _BadNumberError(text, reason)


def _integer(text: str) -> int | float:
    digits = len(text.removeprefix("-"))
    if digits > _LONGEST_INTEGER:
        reason = f"a number of {digits:,} digits; a double holds at most {_LONGEST_INTEGER}"
        raise _BadNumberError(text, reason)
    value = int(text)
    return value if value in _INT64 else _float(text)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        reason = f"the number {text[:40]} is larger than a double holds"
        raise _BadNumberError(text, reason)
    return value


def _refuse_depth(text: str) -> None:
    depth = 0
    for token in re.finditer(_TOKENS, text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            reason = f"nested deeper than {MAX_DEPTH} levels"
            raise NotJSONError(reason, *line_and_column(text, token.start()))


def from_python(value: object, *, depth: int = 0) -> object:
    """Return a Python value as the JSON value it stands for, under the same policy.

    Mappings are objects, lists and tuples arrays; subclasses of str, int and float (enums) become plain.
    Raises TypeError for what JSON cannot hold, ValueError for NaN, Infinity and deep nesting.

    >>> from_python({"disks": ({"name": "os"},)})
    {'disks': [{'name': 'os'}]}
    """
    if isinstance(value, (Mapping, list, tuple)):
        if depth >= MAX_DEPTH:
            reason = f"nested deeper than {MAX_DEPTH} levels"
            raise ValueError(reason)
        if isinstance(value, Mapping):
            return {_key(key): from_python(item, depth=depth + 1) for key, item in value.items()}
        return [from_python(item, depth=depth + 1) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        whole = int(value)  # a range looks for an instance of a subclass one number at a time
        return whole if whole in _INT64 else _as_float(whole)
    if isinstance(value, float):
        return _finite(float(value))
    reason = f"{type(value).__name__} is no type of a JSON value; use dict, list, str, int, float, bool or None"
    raise TypeError(reason)


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        reason = f"an integer of {value.bit_length():,} bits is larger than a double holds"
        raise ValueError(reason) from None


def _finite(value: float) -> float:
    if math.isfinite(value):
        return value
    reason = f"{value} is no JSON number; use None or leave the member out"
    raise ValueError(reason)


def _key(key: object) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    reason = f"a member name is of type {type(key).__name__}; use str"
    raise TypeError(reason)
