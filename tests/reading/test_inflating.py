"""Packed bytes are unpacked in pieces of any size, through parts after each other and zeros between them."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import TYPE_CHECKING

import pytest
from packed import deflated as raw

from instanceview.reading.files.inflating import MAKERS, Inflating, deflated
from instanceview.reading.files.signatures import packing

if TYPE_CHECKING:
    from collections.abc import Callable

PACK: dict[str, Callable[[bytes], bytes]] = {
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zlib": zlib.compress,
    "deflate": raw,
}
TEXT = b'{"a": "' + bytes(range(32, 127)) * 3 + b'"}'
LONG = b"x" * 3_000_000


def pieces(data: bytes, name: str, size: int) -> list[bytes]:
    file = Inflating(io.BytesIO(data), MAKERS[name])
    return [*iter(lambda: file.read1(size), b"")]


@pytest.mark.parametrize("name", PACK)
@pytest.mark.parametrize("size", [1, 7, 300, -1])
def test_a_piece_has_at_most_the_size_that_is_asked_for(name: str, size: int) -> None:
    for zeros in (b"", bytes(5)):
        data = (PACK[name](TEXT) + zeros) * 2
        found = pieces(data, name, size)
        assert b"".join(found) == TEXT * 2
        assert size < 0 or max(map(len, found)) <= size


@pytest.mark.parametrize("name", PACK)
def test_what_unpacks_to_much_is_given_in_pieces(name: str) -> None:
    found = pieces(PACK[name](LONG), name, -1)
    assert sum(map(len, found)) == len(LONG)
    assert max(map(len, found)) <= 1 << 14


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (zlib.compress(b"{}"), "zlib"),
        (zlib.compress(b"{}") + bytes(3), "zlib"),
        (zlib.compress(b"{}") + b"\r\n", "zlib"),
        (zlib.compress(b"{}") + b"x", None),
        (zlib.compress(LONG)[:2000], "zlib"),
        (raw(b"{}"), "deflate"),
        (raw(b"\x00{}"), None),
        (raw(b"\xff{ }   "), None),
        (raw("{é".encode()[:-1]), "deflate"),
        (raw(b"\xef\xbb\xbf{}"), "deflate"),
        (b"{}", None),
    ],
    ids=repr,
)
def test_deflate_is_known_by_what_it_unpacks_to(head: bytes, name: str | None) -> None:
    assert deflated(head) == name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x1f\x8c\x08", None),
        (b"BZh91AY&SY", "bzip2"),
        (b"BZh9\x17\x72\x45\x38\x50\x90", "bzip2"),
        (b"BZh9 is a word", None),
        (b"BZi91AY&SY", None),
        (b"\xfd7zXZ\x00", "xz"),
        (b"7zXZ\x00", None),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"", None),
    ],
)
def test_a_packed_file_is_known_by_its_signature(head: bytes, name: str | None) -> None:
    assert packing(head) == name
