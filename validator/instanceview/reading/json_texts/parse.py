"""Bytes -> JSON values, under one policy; `json_texts/plain.py` has it for Python values.

The policy: UTF-8, with or without a byte order mark; no NaN and no Infinity; integers beyond 64 bits are
floating point; lone surrogates are kept; the limits of `model/limits.py`. Duplicate keys: the last one counts.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import orjson

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.places.source import line_and_column
from instanceview.reading.files.signatures import BOM, UTF16
from instanceview.reading.json_texts.bounds import TOKENS, first_beyond, may_be_beyond

INT64 = range(-(2**63), 2**64)
"""The integers that are kept as such; others are floating point."""
_LARGE = 1 << 18
"""Bytes of a text whose values may take too much memory: what those of a smaller one do is less than a start does."""
_LONGEST_INTEGER = 309  # digits; a longer one is beyond a double, and orjson refuses it too
_NUMBER = r"-?(?:[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|Infinity|NaN)"  # as the parser cuts it, whatever follows


class NotJSONError(ValueError):
    """A text that cannot be read as JSON: the reason, the offset of the fault, and its line and column, both from 1.

    The offset counts characters, a byte order mark among them; line and column count without it. Where the text is
    only a part of a file, its `Places` say the line and column in the file of that offset.
    """

    def __init__(self, reason: str, line: int = 1, column: int = 1, offset: int = 0) -> None:
        """Keep the reason and the place."""
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.offset = offset

    def again(self) -> NotJSONError:
        """Return the same fault without its traceback, whose frames have the whole text, some of them decoded."""
        return NotJSONError(self.reason, self.line, self.column, self.offset)


def _fault_at(reason: str, text: str, offset: int) -> NotJSONError:
    return NotJSONError(reason, *line_and_column(text, offset), offset)


_WIDE = frozenset(
    {(False, True, False, True), (True, False, True, False), (False, True, True, True), (True, True, True, False)}
)
"""The places of the NUL bytes among the first four bytes of UTF-16 and UTF-32, of either order (RFC 4627, 3)."""


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text without a byte order mark.

    Raises NotJSONError for UTF-16, UTF-32, another text that begins with NUL bytes, and invalid UTF-8.
    """
    if data.startswith(UTF16) or b"\x00" in data[:4]:
        if data.startswith(UTF16) or tuple(byte == 0 for byte in data[:4]) in _WIDE:
            raise NotJSONError("encoded as UTF-16 or UTF-32, not UTF-8; save it as UTF-8")
        before = data[: data.index(b"\x00")].removeprefix(BOM).decode("utf-8", "replace")
        raise _fault_at("a NUL byte, which a text does not have; remove the NUL bytes", before, len(before))
    content = data.removeprefix(BOM)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        offset = error.start + len(data) - len(content)
        reason = f"invalid UTF-8: byte 0x{data[offset]:02x} at offset {offset}; save it as UTF-8"
        raise _fault_at(reason, before, len(before)) from None


def parse(data: bytes, limits: Limits = DEFAULTS) -> object:
    """Return the JSON value of UTF-8 bytes.

    Raises NotJSONError with the place of the fault, or of what is beyond a limit.

    >>> parse(b'{"platformFaultDomain": 2}')
    {'platformFaultDomain': 2}
    """
    try:
        return _parsed(data, limits)
    except NotJSONError as error:
        error.offset += data.startswith(BOM)
        raise


def _parsed(data: bytes, limits: Limits) -> object:
    """Return the JSON value of UTF-8 bytes; raises NotJSONError, whose offset counts without a byte order mark."""
    try:
        return _load(data, limits)
    except json.JSONDecodeError as error:
        # Loaded here, since most texts have no fault: it saves 0.2 ms of a cold start of 65.
        from instanceview.reading.json_texts.faults import json_fault

        text = decode(data)
        reason, offset = json_fault(error, text)
        raise _fault_at(reason, text, offset) from None
    except _BadNumberError as error:
        # Numbers are read in order, so that the first such number outside a string is the one.
        text = decode(data)
        tokens = re.finditer(f"{TOKENS}|{_NUMBER}", text)
        offset = next(token.start() for token in tokens if token[0] == error.number)
        raise _fault_at(f"not JSON: {error.reason}", text, offset) from None


def is_json(data: bytes, limits: Limits = DEFAULTS) -> bool:
    """Return True if `parse` reads a text; no fault is put into words.

    >>> is_json(b'{"a": 1}'), is_json(b"{")
    (True, False)
    """
    try:
        _load(data, limits)
    except (NotJSONError, json.JSONDecodeError, _BadNumberError):
        return False
    return True


def _load(data: bytes, limits: Limits) -> object:
    """Return the JSON value of UTF-8 bytes; raises NotJSONError, json.JSONDecodeError and _BadNumberError."""
    if may_be_beyond(data, limits):
        text = decode(data)
        found = first_beyond(text, limits)
        if found:
            raise _fault_at(found[0], text, found[1])
    if len(data) > _LARGE:
        from instanceview.reading.json_texts import tiny_values  # few texts are that large

        if tiny_values.are_in(data):
            return tiny_values.load(decode(data), **_POLICY)
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError:
        # orjson refuses lone surrogates and byte order marks, and its places are in bytes.
        text = decode(data)
        if not text.strip():
            raise NotJSONError("empty; expected a JSON object") from None
        return json.loads(text, **_POLICY)
    return value


class _BadNumberError(Exception):
    """A number that JSON or this program cannot hold: its text and the reason."""

    def __init__(self, number: str, reason: str) -> None:
        super().__init__(reason)
        self.number = number
        self.reason = reason


def _refuse_constant(text: str) -> NoReturn:
    raise _BadNumberError(text, f"{text} is not a JSON number; use null or omit the member")


def _integer(text: str) -> int | float:
    digits = len(text.removeprefix("-"))
    if digits > _LONGEST_INTEGER:
        raise _BadNumberError(text, f"a number of {digits:,} digits; a double holds at most {_LONGEST_INTEGER}")
    value = int(text)
    return value if value in INT64 else _float(text)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise _BadNumberError(text, f"the number {text[:40]} is too large for a double")
    return value


_POLICY: dict[str, Any] = {"parse_constant": _refuse_constant, "parse_int": _integer, "parse_float": _float}


def in_body(reason: str) -> str:
    """Return the reason for a fault of a body inside another text.

    >>> in_body("not JSON: cut off"), in_body("an array has more than 9 items")
    ('the body is not JSON: cut off', 'in the body, an array has more than 9 items')
    """
    return f"in the body, {reason}" if reason.startswith("an ") else f"the body is {reason}"
