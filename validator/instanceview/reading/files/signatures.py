r"""File signatures: the first bytes that show how a text is encoded, or how a file is packed."""

from __future__ import annotations

import codecs
import re

BOM = codecs.BOM_UTF8
"""The byte order mark that some programs write before UTF-8."""

MAYBE_BOM = rb"(?:\xef\xbb\xbf)?"
"""An expression for the byte order mark of UTF-8, or none."""

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""The byte order marks of UTF-16; `UTF32_LE` begins with the first of them."""

UTF32_LE = codecs.BOM_UTF32_LE
"""The byte order mark of UTF-32, the lower byte first."""

GZIP = b"\x1f\x8b"
"""The signature of gzip (RFC 1952, 2.3.1)."""

ZSTD = b"\x28\xb5\x2f\xfd"
"""The signature of a frame of Zstandard (RFC 8878, 3.1.1)."""

ZIPS = frozenset({b"PK\x03\x04", b"PK\x05\x06"})
"""The signatures of a zip archive; the second is of one without files."""

XZ = b"\xfd7zXZ\x00"
"""The signature of xz (The .xz File Format, 2.1.1.1)."""

PACKED = (
    rb"(?:H4sI|UEsDB|KLUv|eJ[w-z]|eN[o-r]|eA[E-H]|eF[4-7]|e[yw]|W3|Ww|77u/"
    rb"|(?i:1f8b08|504b0304|28b52ffd|789c|78da|7801|785e|(?:efbbbf)?(?:7b|5b)(?:0[9ad]|2[02]|5b|7b)))"
)
"""An expression for the beginning of packed text: base64 and hexadecimal of what may hold JSON.

That is gzip, zip, zstd and zlib, and `{` and `[` with what can follow them, with the mark of UTF-8 too.
"""

PACKED_BYTES = frozenset(b'{[ \t\r\n"\x1fx\x28P\xef')
"""The first bytes of what may hold JSON: its own, and those of gzip, zlib, zstd, zip and the mark of UTF-8."""

HEAD = 512
"""Bytes that show how a file is packed: a tar archive begins with a header of this size."""

_SUM = slice(148, 156)
_OCTAL = b"01234567"
_BZIP2 = (b"1AY&SY", b"\x17rE8P\x90")  # after `BZh` and a digit: the first block, or the end of an empty text
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\xff]")

_UNREAD = (  # offset, signature and name of each format that is not read
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x04\x22\x4d\x18", "compressed with lz4"),
    (0, b"\x1f\x9d", "compressed with compress"),
    (0, b"PK\x03\x04", "a compressed zip archive"),
)


def packing(head: bytes) -> str | None:
    r"""Return the name of the way in which a file is packed that is read, by its signature; None if it has none.

    >>> packing(b"\x1f\x8b\x08\x00"), packing(b"BZh91AY&SY"), packing(b"{}")
    ('gzip', 'bzip2', None)
    """
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(ZSTD):
        return "zstd"
    if head.startswith(XZ):
        return "xz"
    if head.startswith(b"BZh") and head[4:10] in _BZIP2:
        return "bzip2"
    return None


def may_be_deflated(head: bytes) -> bool:
    """Return True if a file is not text by its first bytes, so that it may be packed without a signature."""
    return _NO_TEXT.search(head) is not None and not head.startswith((*ZIPS, *UTF16))


def is_tar(head: bytes) -> bool:
    """Return True if a file begins as a tar archive: its first header has the sum of its bytes (POSIX, pax)."""
    written = head[_SUM].strip(b" \x00")
    if len(head) < HEAD or not written or written.strip(_OCTAL):
        return False
    return int(written, 8) == sum(head[:HEAD]) - sum(head[_SUM]) + 8 * ord(" ")


def unread(head: bytes, file: str = "") -> str | None:
    r"""Return the name of the way in which a file is packed, by its first bytes, where it is not read; else None.

    Brotli has no signature: it is known by the file's name.

    >>> unread(b"7z\xbc\xaf\x27\x1c\x00\x04"), unread(b"\x0b\x02\x80", "a.json.br"), unread(b"{}")
    ('a 7-Zip archive', 'compressed with brotli', None)
    """
    if file.lower().endswith(".br") and _NO_TEXT.search(head, 0, HEAD):
        return "compressed with brotli"
    return next((name for start, signature, name in _UNREAD if head.startswith(signature, start)), None)


def begins_as_json(head: bytes) -> bool:
    r"""Return True if a text begins as a JSON object or array, which no program and no log does.

    >>> begins_as_json(b'\xef\xbb\xbf\n{"statuses": []}'), begins_as_json(b"nock('https://a')")
    (True, False)
    """
    return re.match(MAYBE_BOM + rb"\s*[{\[]", head) is not None
