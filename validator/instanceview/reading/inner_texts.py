"""Strings, buffers, chunks and lines inside a value -> the text that they hold, where they hold one with JSON."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model.limits import DEFAULTS, Limits
from instanceview.reading.decoding import BeyondError, NotDecodedError, bytes_of, bytes_of_chunks, text_of
from instanceview.reading.files.signatures import PACKED, PACKED_BYTES
from instanceview.reading.json_texts.parse import is_json
from instanceview.reading.json_texts.partial import Fault, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORTEST = 20  # characters: `{"statuses":[{"code":` alone has more
_VALUE = re.compile(r'\{\s*+["}]|\[\s*+[\[{\]]')
_BEGINS = re.compile(r"[\s\ufeff]*+[{\[\"]")
_PACKED = re.compile(r"\s*+" + PACKED.decode())
_DATA_URL = re.compile(r"\Adata:[\w/+.;=-]{0,80}?;base64,")


class Inner(NamedTuple):
    """The text in a value; `exact` is False where it is written in another form.

    `fault` is the reason why it was not decoded, where that is a limit.
    """

    text: str
    exact: bool = True
    fault: str = ""


def text_in_string(value: str, limits: Limits = DEFAULTS) -> Inner | None:
    """Return the text of a string that is or has JSON, or has it packed; None where it has none.

    >>> text_in_string("eyJzdGF0dXNlcyI6IFtdfQ=="), text_in_string("a day in the life of it")
    (Inner(text='{"statuses": []}', exact=False, fault=''), None)
    """
    if len(value) < _SHORTEST and value[:1] != "{":
        return None
    value = _DATA_URL.sub("", value, count=1)
    if _BEGINS.match(value):
        return Inner(value)
    unpacked = None
    if _PACKED.match(value):
        joined = "".join(line.strip() for line in value.splitlines())  # MIME breaks base64
        unpacked = _unpacked(bytes_of(joined), limits)
    return unpacked or (Inner(value) if "{" in value else None)


def text_in_list(value: list[object], limits: Limits = DEFAULTS) -> Inner | None:
    """Return the text of a list that is nothing but the chunks, the bytes or the lines of one."""
    first = value[0] if value else None
    if isinstance(first, int) and first in PACKED_BYTES:
        return _unpacked(_of_numbers(value), limits)
    if not isinstance(first, str) or not all(isinstance(each, str) for each in value):
        return None
    chunks = [str(each) for each in value]
    if _PACKED.match(first):
        return _unpacked(bytes_of_chunks(chunks), limits)
    if not any(map(_BEGINS.match, chunks)) or not value[1:]:
        return None
    joined = (separator.join(chunks) for separator in ("", "\n"))
    whole = next((text for text in joined if is_json(text.encode("utf-8", "surrogatepass"))), None)
    text = whole or _with_value_over_lines(chunks)
    return Inner(text, exact=False) if text else None


def _with_value_over_lines(lines: list[str]) -> str | None:
    """Return the text of lines, such as `stdout_lines` of Ansible, if a value in it goes on in a further line."""
    separator = "" if all(line.endswith("\n") for line in lines[:-1]) else "\n"
    ends = list(accumulate(len(line) + len(separator) for line in lines))
    text = separator.join(lines)
    spans = embedded_values(text)
    return text if any(bisect_right(ends, start) < bisect_right(ends, end - 1) for start, end in spans) else None


def text_of_buffer(value: dict[str, object], limits: Limits = DEFAULTS) -> Inner | None:
    """Return the text of the bytes that Node.js writes as `{"type": "Buffer", "data": [...]}`."""
    data = value.get("data")
    if value.get("type") != "Buffer":
        return None
    if isinstance(data, str):
        return _unpacked(bytes_of(data), limits)
    return _unpacked(_of_numbers(data), limits) if isinstance(data, list) else None


def _of_numbers(value: list[object]) -> bytes | None:
    numbers = [each for each in value if isinstance(each, int) and 0 <= each < 256]  # noqa: PLR2004 (values of a byte)
    return bytes(numbers) if len(numbers) == len(value) else None


def _unpacked(data: bytes | None, limits: Limits) -> Inner | None:
    """Return the text of bytes, decompressed; None for none, and for what is not text."""
    try:
        text = text_of(data, limits) if data else ""
    except BeyondError as error:
        return Inner("", exact=False, fault=str(error))
    except NotDecodedError:
        return None
    return Inner(text, exact=False) if _BEGINS.match(text) else None


def embedded_values(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each JSON object, or array of objects, in a text; a value inside one is not yielded.

    After a fault the search goes on where the fault is, since nothing before it is whole. What is nested deeper than
    any limit allows is yielded up to there.

    >>> text = 'got {"a": [1]} and [{}], not {"b": 2'
    >>> [text[start:end] for start, end in embedded_values(text)]
    ['{"a": [1]}', '[{}]']
    """
    at = 0
    while begin := _VALUE.search(text, at):
        found = decoded(text, begin.start())
        at = max(found.offset, begin.start() + 1) if isinstance(found, Fault) else found[1]
        if not isinstance(found, Fault) or found.is_deep:
            yield begin.start(), at
