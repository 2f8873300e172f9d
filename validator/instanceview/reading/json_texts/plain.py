"""Python values -> JSON values, under the policy of texts."""

from __future__ import annotations

import math
from collections.abc import Mapping

import orjson

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.json_texts.bounds import may_be_beyond, too_deep, too_many
from instanceview.reading.json_texts.parse import INT64


def from_python(value: object, limits: Limits = DEFAULTS) -> object:
    """Return a Python value as a JSON value, a copy, under the same policy.

    Mappings are objects, lists and tuples arrays; subclasses of str, int and float (enums) become those.
    Raises TypeError for what JSON cannot hold, ValueError for NaN, Infinity and what is beyond a limit.

    >>> from_python({"disks": ({"name": "os"},)})
    {'disks': [{'name': 'os'}]}
    """
    from msgspec import json  # loaded here: it takes some ms, and files do without it

    # What is written and read back as an equal value is a JSON value: a time, a UUID, NaN or a tuple comes back as
    # something else. It takes 2 times as long as reading the text, and looking at each value in Python 15 times. It is
    # not written by orjson: that has no limit for tuples in tuples, so that one with itself inside ends the process.
    try:
        data = json.encode(value)
        copy: object = None if may_be_beyond(data, limits) else orjson.loads(data)
        is_same = bool(copy == value)
    except (TypeError, ValueError, RecursionError):
        is_same = False
    return copy if is_same else _converted(value, limits, 0)


def _converted(value: object, limits: Limits, depth: int) -> object:
    if not isinstance(value, (Mapping, list, tuple)):
        return _without_surplus(value)
    if depth >= limits.nesting:
        raise ValueError(too_deep(limits))
    if isinstance(value, Mapping):
        if len(value) > limits.members:
            raise ValueError(too_many("members", limits))
        return {_key(key): _converted(item, limits, depth + 1) for key, item in value.items()}
    if len(value) > limits.items:
        raise ValueError(too_many("items", limits))
    return [_converted(item, limits, depth + 1) for item in value]


def _without_surplus(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        whole = int(value)  # a range looks for an instance of a subclass one number at a time
        return whole if whole in INT64 else _as_float(whole)
    if isinstance(value, float):
        return _finite(float(value))
    reason = f"{type(value).__name__} is not a JSON type; use dict, list, str, int, float, bool or None"
    raise TypeError(reason)


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        reason = f"an integer of {value.bit_length():,} bits is too large for a double"
        raise ValueError(reason) from None


def _finite(value: float) -> float:
    if math.isfinite(value):
        return value
    reason = f"{value} is not a JSON number; use None or omit the member"
    raise ValueError(reason)


def _key(key: object) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    reason = f"a member name has the type {type(key).__name__}; use str"
    raise TypeError(reason)
