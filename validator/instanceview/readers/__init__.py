"""Bytes -> documents: the readers, in the order they are asked, one file per container format."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from instanceview.model import Origin, Unreadable
from instanceview.parse import NotJSONError
from instanceview.readers import json_text, ndjson, yaml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from instanceview.model import Document, Skipped


class Reader(NamedTuple):
    """A container format: whether some bytes are of it, how its documents are read, and the files named after it."""

    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, Origin], Iterator[Document | Skipped | Unreadable]]
    suffixes: frozenset[str]


_JSON = frozenset({".json", ".ndjson", ".jsonl"})

READERS = (
    Reader(yaml_text.sniff, yaml_text.read, frozenset({".yaml", ".yml"})),
    Reader(ndjson.sniff, ndjson.read, _JSON),
    Reader(json_text.sniff, json_text.read, _JSON),
)
"""Every reader; the last one takes whatever is left."""


def read(data: bytes, origin: Origin) -> Iterator[Document | Skipped | Unreadable]:
    """Yield what is in the bytes of one file; what cannot be read is a value in the stream.

    A file whose name says its format is of that format, be it broken: flow style in a `.yaml` is no broken JSON, and
    a broken `.json` is no YAML. Anything else is what it looks like.
    """
    suffix = PurePath(origin.file).suffix.lower()
    readers = [reader for reader in READERS if suffix in reader.suffixes] or READERS
    reader = next((reader for reader in readers if reader.sniff(data)), readers[-1])
    try:
        yield from reader.read(data, origin)
    except NotJSONError as error:
        yield Unreadable(Origin(origin.file, None, error.line, error.column), error.reason)
