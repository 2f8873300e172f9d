"""Strings, buffers, chunks and lines inside a value -> the text that they hold, unpacked, where they hold one."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

from instanceview.reading.files.signatures import GZIP, PACKED, PACKED_BYTES
from instanceview.reading.json_texts.parse import is_json
from instanceview.reading.json_texts.partial import Fault, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 64 << 20
"""The most bytes that a decoded body may have; whole captured recordings, of many answers, have up to 0.4 MB."""

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_AUTOMATIC = 47  # what zlib calls: gzip or zlib, by the header
_SHORTEST = 20  # characters: `{"statuses":[{"code":` alone has more
_VALUE = re.compile(r'\{\s*+["}]|\[\s*+[\[{\]]')
_BEGINS = re.compile(r"[\s\ufeff]*+[{\[\"]")
_PACKED = re.compile(r"\s*+" + PACKED.decode())


class NotDecodedError(ValueError):
    """A body that should be decoded and cannot be; the text says why."""


def text_of(data: bytes) -> str:
    """Return the text of bytes, decompressed if they are compressed.

    Raises NotDecodedError for what is not text, or too large.

    >>> text_of(zlib.compress(b"{}")), text_of(b"{}")
    ('{}', '{}')
    """
    data = _decompressed(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        reason = f"the body is not UTF-8: {place}; if brotli or zstd packed it, record it unpacked"
        raise NotDecodedError(reason) from None


def _decompressed(data: bytes) -> bytes:
    is_gzip = data.startswith(GZIP)
    if not is_gzip and not (data[:1] == b"x" and len(data) > 1 and (data[0] << 8 | data[1]) % 31 == 0):
        return data
    decompressor = zlib.decompressobj(_AUTOMATIC)
    try:
        plain = decompressor.decompress(data, LARGEST + 1)
    except zlib.error:
        if is_gzip:
            raise NotDecodedError("the body is broken gzip; record it again") from None
        return data  # two letters of a text that are a zlib header too
    if len(plain) > LARGEST:
        raise NotDecodedError(f"the decompressed body is larger than {LARGEST >> 20} MiB")
    if not decompressor.eof and is_gzip:
        raise NotDecodedError("the compressed body is cut off; record it again")
    return plain if decompressor.eof else data


def text_in(value: str | list[object], *, encoded: bool = False) -> str | None:
    """Return the text of a body that is called encoded, or that is a list of chunks; None if it is not encoded.

    Chunks are hexadecimal or base64, as Polly.JS writes them. Text that is not base64, whatever the
    recording calls it, is not encoded. Raises NotDecodedError for what is not text, or too large.

    >>> text_in("e30=", encoded=True), text_in(["7b", "7d"]), text_in("{}", encoded=True)
    ('{}', '{}', None)
    """
    if isinstance(value, list):
        data = bytes_of_chunks([chunk for chunk in value if isinstance(chunk, str)])
    else:
        data = _base64(value) if encoded else None
    return None if data is None else text_of(data)


def chunks_of(body: object) -> list[object] | None:
    """Return the chunks of a body that is nothing but chunks of bytes, else None.

    They are in an array, or in the JSON text of one; or the body is gzip in hexadecimal, as nock writes it.

    >>> chunks_of('["1f8b"]'), chunks_of(["1f8b"]), chunks_of("1f8b08"), chunks_of('["a day"]'), chunks_of("[]")
    (['1f8b'], ['1f8b'], ['1f8b08'], None, None)
    """
    value = body
    if isinstance(body, str) and body.startswith(GZIP.hex()):
        value = [body]
    elif isinstance(body, str):
        if not body.startswith('["'):
            return None
        try:
            value = json.loads(body)
        except ValueError:
            return None
    if not isinstance(value, list) or not value:
        return None
    return value if all(isinstance(each, str) and bytes_of(each) for each in value) else None


def bytes_of_chunks(chunks: list[str]) -> bytes | None:
    """Return the bytes of texts that are hexadecimal or base64, joined; None if one of them is not."""
    parts = [bytes_of(chunk) for chunk in chunks]
    return None if None in parts else b"".join(part for part in parts if part)


def bytes_of(chunk: str) -> bytes | None:
    """Return the bytes of a text that is hexadecimal or base64, None for other texts."""
    if _HEX.fullmatch(chunk):
        return bytes.fromhex(chunk)
    return _base64(chunk) if _BASE64.fullmatch(chunk) else None


def _base64(text: str) -> bytes | None:
    squeezed = "".join(text.split())
    if not _BASE64.fullmatch(squeezed):
        return None
    padded = squeezed.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
    except binascii.Error:
        return None


_DATA_URL = re.compile(r"\Adata:[\w/+.;=-]{0,80}?;base64,")


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
    value = _DATA_URL.sub("", value, count=1)
    if _BEGINS.match(value):
        return Inner(value)
    unpacked = None
    if _PACKED.match(value):
        unpacked = _unpacked(bytes_of("".join(line.strip() for line in value.splitlines())))  # MIME breaks base64
    return unpacked or (Inner(value) if "{" in value else None)


def text_in_list(value: list[object]) -> Inner | None:
    """Return the text of a list that is nothing but the chunks, the bytes or the lines of one."""
    first = value[0] if value else None
    if isinstance(first, int) and first in PACKED_BYTES:
        return _unpacked(_of_numbers(value))
    if not isinstance(first, str) or not all(isinstance(each, str) for each in value):
        return None
    chunks = [str(each) for each in value]
    if _PACKED.match(first):
        return _unpacked(bytes_of_chunks(chunks))
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


def embedded_values(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each JSON object, or array of objects, in a text; a value inside one is not yielded.

    Behind a fault the search goes on where the fault is, since nothing before it is whole.

    >>> text = 'got {"a": [1]} and [{}], not {"b": 2'
    >>> [text[start:end] for start, end in embedded_values(text)]
    ['{"a": [1]}', '[{}]']
    """
    at = 0
    while begin := _VALUE.search(text, at):
        found = decoded(text, begin.start())
        if isinstance(found, Fault):
            at = max(found.offset, begin.start() + 1)
        else:
            at = found[1]
            yield begin.start(), at
