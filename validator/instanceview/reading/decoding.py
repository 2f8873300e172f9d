"""Encoded, packed or chunked bodies -> their text: base64, hexadecimal, gzip and zlib."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import TYPE_CHECKING

from instanceview.model.limits import DEFAULTS, Limits, beyond
from instanceview.model.text import counted
from instanceview.model.written_limits import size_shown
from instanceview.reading.files.signatures import GZIP
from instanceview.reading.json_texts.parse import NotJSONError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})++")
_BEGINNINGS_OF_GZIP = (GZIP.hex(), "H4sI")  # in hexadecimal and in base64
_AUTOMATIC = 47  # what zlib calls: gzip or zlib, by the header


class NotDecodedError(ValueError):
    """A body that should be decoded and cannot be; the text says why."""


class BeyondError(NotDecodedError):
    """A body that is decoded to more than a limit allows."""


def text_of(data: bytes, limits: Limits = DEFAULTS) -> str:
    """Return the text of bytes, decompressed if they are compressed.

    Raises NotDecodedError for what is not text, BeyondError for what is too large.

    >>> text_of(zlib.compress(b"{}")), text_of(b"{}")
    ('{}', '{}')
    """
    data = _decompressed(data, limits)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        reason = f"the body is not UTF-8: {place}; if brotli or zstd packed it, record it unpacked"
        raise NotDecodedError(reason) from None


def _decompressed(data: bytes, limits: Limits) -> bytes:
    is_gzip = data.startswith(GZIP)
    if not is_gzip and not (data[:1] == b"x" and len(data) > 1 and (data[0] << 8 | data[1]) % 31 == 0):
        return _up_to(limits.decoded_size, data, limits)
    most = limits.unpacked_most(len(data), limits.decoded_size)
    decompressor = zlib.decompressobj(_AUTOMATIC)
    try:
        plain = decompressor.decompress(data, most + 1)
    except zlib.error:
        if is_gzip:
            raise NotDecodedError("the body is broken gzip; record it again") from None
        return data  # two letters of a text that are a zlib header too
    _up_to(most, plain, limits)
    if not decompressor.eof and is_gzip:
        raise NotDecodedError("the compressed body is cut off; record it again")
    return plain if decompressor.eof else data


def _up_to(most: int, plain: bytes, limits: Limits) -> bytes:
    """Return decoded bytes; raises BeyondError if they are more than a limit allows."""
    if len(plain) <= most:
        return plain
    if most < limits.decoded_size:
        what = f"the body is more than {counted(limits.ratio, 'time')} larger than it is packed"
        raise BeyondError(beyond(what, "ratio"))
    raise BeyondError(beyond(f"the decoded body is larger than {size_shown(most)}", "decoded_size"))


def text_in(value: str | list[object], *, encoded: bool = False, limits: Limits = DEFAULTS) -> str | None:
    """Return the text of a body that is called encoded, or that is a list of chunks; None if it is not encoded.

    Chunks are hexadecimal or base64, as Polly.JS writes them. Text that is not base64, whatever the
    recording calls it, is not encoded. Raises NotDecodedError for what is not text, BeyondError for what is too large.

    >>> text_in("e30=", encoded=True), text_in(["7b", "7d"]), text_in("{}", encoded=True)
    ('{}', '{}', None)
    """
    if isinstance(value, list):
        data = bytes_of_chunks(chunk for chunk in value if isinstance(chunk, str))
    else:
        data = _base64(value) if encoded else None
    return None if data is None else text_of(data, limits)


def chunks_of(body: object, limits: Limits = DEFAULTS) -> list[object] | None:
    """Return the chunks of a body that is nothing but chunks of bytes, else None.

    They are in an array, or in the JSON text of one; or the body is gzip in hexadecimal, as nock writes it. Raises
    NotDecodedError where the first chunk begins gzip and one of them is broken.

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
            value = parse(body.encode("utf-8", "surrogatepass"), limits)
        except NotJSONError:
            return None
    if not isinstance(value, list) or not value:
        return None
    if all(isinstance(each, str) and bytes_of(each) for each in value):
        return value
    if isinstance(value[0], str) and value[0].startswith(_BEGINNINGS_OF_GZIP):
        raise NotDecodedError("a chunk of the body is neither hexadecimal nor base64; record it again")
    return None


def bytes_of_chunks(chunks: Iterable[str]) -> bytes | None:
    """Return the bytes of texts that are hexadecimal or base64, joined; None if one of them is not."""
    data = bytearray()
    for chunk in chunks:
        part = bytes_of(chunk)
        if part is None:
            return None
        data += part
    return bytes(data)


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
