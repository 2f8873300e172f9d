"""Strings, buffers, chunks and lines inside a JSON or YAML value -> the text that they hold, unpacked."""

from __future__ import annotations

import re
from typing import NamedTuple

from instanceview.reading.decoding import NotDecodedError, bytes_of, text_of
from instanceview.reading.json_texts.parse import is_json

_SHORTEST = 20  # characters: `{"statuses":[{"code":` alone has more
_BEGINS = re.compile(r"[\s\ufeff]*+[{\[\"]")
# The first characters of what may be packed: base64 of gzip, zlib, zstd, and of `{` and `[` with what can follow them;
# the same in hexadecimal.
_PACKED = re.compile(
    r"\s*+(?:H4sI|eJ|eN|eA|eF|KLUv|ey|ew|W3|Ww|(?i:1f8b08|789c|78da|7801|28b52ffd|7b(?:22|20|0a|0d|09)|5b(?:7b|20|0a|0d|22)))"
)
_FIRST_BYTES = frozenset(b'{[ \r\n\t"x\x1f\x28')


class Inner(NamedTuple):
    """The text in a value; `exact` is False where it is written in another form."""

    text: str
    exact: bool = True


def text_in_string(value: str) -> Inner | None:
    """Return the text of a string that is or has JSON, or has it packed; None where it has none.

    >>> text_in_string("eyJzdGF0dXNlcyI6IFtdfQ=="), text_in_string("a day in the life of it")
    (Inner(text='{"statuses": []}', exact=False), None)
    """
    if len(value) < _SHORTEST:
        return None
    if _BEGINS.match(value):
        return Inner(value)
    unpacked = _unpacked(bytes_of(value.strip())) if _PACKED.match(value) else None
    return unpacked or (Inner(value) if "{" in value else None)


def text_in_list(value: list[object]) -> Inner | None:
    """Return the text of a list that is nothing but the chunks, the bytes or the lines of one."""
    first = value[0] if value else None
    if isinstance(first, int) and first in _FIRST_BYTES:
        return _unpacked(_of_numbers(value))
    if not isinstance(first, str) or not all(isinstance(each, str) for each in value):
        return None
    chunks = [str(each) for each in value]
    if _PACKED.match(first):
        parts = [bytes_of(each) for each in chunks]
        return _unpacked(None if None in parts else b"".join(part for part in parts if part))
    if not _BEGINS.match(first) or not value[1:]:
        return None
    joined = (separator.join(chunks) for separator in ("", "\n"))
    return next((Inner(text, exact=False) for text in joined if is_json(text.encode("utf-8", "surrogatepass"))), None)


def text_of_buffer(value: dict[str, object]) -> Inner | None:
    """Return the text of the bytes that Node.js writes as `{"type": "Buffer", "data": [...]}`."""
    data = value.get("data")
    if value.get("type") != "Buffer":
        return None
    if isinstance(data, str):
        return _unpacked(bytes_of(data))
    return _unpacked(_of_numbers(data)) if isinstance(data, list) else None


def _of_numbers(value: list[object]) -> bytes | None:
    numbers = [each for each in value if isinstance(each, int) and 0 <= each < 256]  # noqa: PLR2004 (values of a byte)
    return bytes(numbers) if len(numbers) == len(value) else None


def _unpacked(data: bytes | None) -> Inner | None:
    """Return the text of bytes, decompressed; None for none, and for what is not text."""
    try:
        text = text_of(data) if data else ""
    except NotDecodedError:
        return None
    return Inner(text, exact=False) if _BEGINS.match(text) else None
