"""Bytes -> documents: the readers, in the order they are asked, one file per container format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from instanceview.model import Origin, Unreadable
from instanceview.parse import NotJSONError
from instanceview.readers import json_text, ndjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model import Document, Skipped


class Reader(NamedTuple):
    """A container format: whether some bytes are of it, and how its documents are read."""

    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, Origin], Iterator[Document | Skipped | Unreadable]]


READERS = (Reader(ndjson.sniff, ndjson.read), Reader(json_text.sniff, json_text.read))
"""Every reader; the last one takes whatever is left."""


def read(data: bytes, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in the bytes of one file; what cannot be read is a value in the stream."""
    reader = next(reader for reader in READERS if reader.sniff(data))
    try:
        yield from reader.read(data, origin)
    except NotJSONError as error:
        yield Unreadable(Origin(origin.file, None, error.line, error.column), error.reason)
