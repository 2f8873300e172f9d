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

_UNREAD = (  # offset, signature and name of each format that is not read
    (4, b"1AY&SY", "packed with bzip2"),
    (0, b"\xfd7zXZ\x00", "packed with xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (257, b"ustar\x00", "a tar archive"),
    (257, b"ustar  \x00", "a tar archive"),  # of GNU
)


def unread(head: bytes) -> str | None:
    r"""Return the name of the way in which a file is packed, by its first bytes, where it is not read; else None.

    >>> unread(b"7z\xbc\xaf\x27\x1c\x00\x04"), unread(b"{}")
    ('a 7-Zip archive', None)
    """
    return next((name for start, signature, name in _UNREAD if head.startswith(signature, start)), None)


def begins_as_json(head: bytes) -> bool:
    r"""Return True if a text begins as a JSON object or array, which no program and no log does.

    >>> begins_as_json(b'\xef\xbb\xbf\n{"statuses": []}'), begins_as_json(b"nock('https://a')")
    (True, False)
    """
    return re.match(MAYBE_BOM + rb"\s*[{\[]", head) is not None
